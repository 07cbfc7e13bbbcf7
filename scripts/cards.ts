/**
 * `npm run cards -- [FOLDER]`: the cards that people see most, drawn from their Feishu JSON as PNG by a headless Chromium, with
 * their heights; exit code 1 where one that must fit a telephone (351 x 672 px) does not, or its primary button is out of view.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderCard, renderEdit } from '../src/adapters/feishu/render.js';
import { INTENTS_DIR, loadConfig, readEnv } from '../src/config.js';
import { answerCard, askerOf } from '../src/lists/answer.js';
import { sourceOf } from '../src/lists/row-parts.js';
import { openAssistant } from '../src/setup/assistant.js';
import { loadTools } from '../src/setup/resources.js';
import { findBrowser, measure, photograph } from './cards/browser.js';
import { pageOf } from './cards/html.js';
import { playScene, SCENE_AT } from './cards/play.js';
import { SCENES } from './cards/scenes.js';
import { PHONE_HEIGHT, problemOf } from './cards/verdict.js';

/** EX_UNAVAILABLE. */
const NO_BROWSER = 69;

const [folder = 'gallery', ...more] = process.argv.slice(2);
if (more.length > 0 || folder.startsWith('-')) {
  console.error('用法:npm run cards -- [文件夹]');
  process.exit(64);
}
const browser = findBrowser(process.env);
if (!browser) {
  console.error(
    '没有找到 Chromium,不能画卡片。处理办法:安装 chromium 和一套中文字体(Debian:apt-get install chromium fonts-noto-cjk),或用环境变量 CHROMIUM 写明它的路径。',
  );
  process.exit(NO_BROWSER);
}
const dir = mkdtempSync(join(tmpdir(), 'qingdan-cards-'));
try {
  const config = { ...loadConfig(readEnv()), dataDir: dir };
  const tools = await loadTools(config, { intentsDir: INTENTS_DIR, clock: () => SCENE_AT });
  const assistant = await openAssistant(config, tools, SCENE_AT);
  const place = { platform: 'feishu', chatId: 'oc_gallery', isDirect: true } as const;
  const cards: { name: string; json: string }[] = [];
  for (const scene of SCENES) {
    const content = renderEdit(await playScene(scene, tools, assistant), place);
    if (!content) throw new Error(`scene ${scene.name}: the card does not fit a message`);
    cards.push({ name: scene.name, json: content.content });
  }
  const measures = measure(browser, pageOf(cards), dir);
  mkdirSync(folder, { recursive: true });
  for (const card of cards) {
    const { height, primaryEnd } = measures[card.name] ?? { height: 0, primaryEnd: null };
    photograph(browser, pageOf([card]), height, join(folder, `${card.name}.png`), dir);
    const mustFit = SCENES.some((it) => it.name === card.name && it.mustFit === true);
    const problem = problemOf({ height, primaryEnd }, mustFit);
    if (problem) process.exitCode = 1;
    console.log(
      card.name.padEnd(14),
      `${height} px`.padStart(8),
      primaryEnd === null ? '' : `主按钮至 ${primaryEnd} px`,
      problem ?? '',
    );
  }
  writeFileSync(join(folder, 'README.md'), galleryPage());
  const asker = askerOf(tools.directory.personNamed(SCENES[0]?.turns[0]?.as ?? ''), assistant.knowledge);
  const answers = assistant.knowledge.index.entries.flatMap((entry, i) => {
    const content = renderCard(answerCard(entry, assistant.knowledge, asker), place);
    return content ? [{ name: `row${i}`, title: sourceOf(entry), json: content.content }] : [];
  });
  const heights = measure(browser, pageOf(answers), dir);
  const wrong = answers.flatMap(({ name, title }) => {
    const measured = heights[name];
    // What was not measured has not passed.
    const problem = measured ? problemOf(measured, true) : '没有量到';
    return problem ? [`  ${measured?.height ?? '?'} px ${title}:${problem}`] : [];
  });
  console.log(`${answers.length} 项清单的答复卡片,不合 ${PHONE_HEIGHT} px 的 ${wrong.length} 张`);
  for (const line of wrong) console.log(line);
  if (wrong.length > 0) process.exitCode = 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}

function galleryPage(): string {
  const parts = SCENES.map(({ name, title, turns, on }) => {
    const said = turns.map((turn) => `${turn.as}:${'say' in turn ? `“${turn.say}”` : `按“${turn.press}”`}`);
    return `## ${title}\n\n${said.join(';')}${on ? `。${on}看到` : ''}\n\n<img src="${name}.png" width="351" alt="${title}">\n`;
  });
  return `# 卡片图册\n\n由 \`npm run cards\` 用示例县的数据按飞书卡片的 JSON 画成,宽 351 像素,供编办和乡镇了解样式;飞书客户端的实际显示以其版本为准。\n\n${parts.join('\n')}`;
}
