/** `npm run editions -- list | diff A B | approve ID --by NAME | publish ID | rollback`. */
import { parseArgs } from 'node:util';
import { TIME_ZONE } from '../src/calendar/local.js';
import { INTENTS_DIR, loadConfig, readEnv } from '../src/config.js';
import { BotError, errorText } from '../src/core/errors.js';
import { editionTools } from '../src/setup/edition-tools.js';
import { diffEditions, diffText } from '../src/editions/diff.js';
import { approveDraft, draftState, listDrafts, publishDraft, rollBack } from '../src/editions/drafts.js';
import { contentOf, listPublished } from '../src/editions/listed.js';
import { osAccount } from './shared/os-account.js';
import { loadTools } from '../src/setup/resources.js';

const USAGE = '用法:npm run editions -- list | diff 甲 乙 | approve 草稿 --by 姓名 | publish 草稿 | rollback';

const format = new Intl.DateTimeFormat('zh-CN', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: TIME_ZONE,
});

function listText(dataDir: string): string {
  const { current, editions } = listPublished(dataDir);
  const lines = editions.map(({ id, publishedAt, lists, rows }) => {
    const state = id === current ? '现行' : '已发布';
    return `${id}  ${state}  ${format.format(publishedAt)}  ${lists} 份清单,${rows} 项`;
  });
  const published = new Set(editions.map((edition) => edition.id));
  for (const draft of listDrafts(dataDir)) {
    if (published.has(draft.id)) continue;
    const lost = draft.lost.length > 0 ? `,${draft.lost.length} 个问题不再答对` : '';
    lines.push(
      `${draft.id}  草稿,${draftState(draft)}  ${format.format(draft.importedAt)}  ${draft.importedBy}导入,${draft.lists.length} 份清单,${draft.rows.length} 项${lost}`,
    );
  }
  return lines.length > 0 ? lines.join('\n') : '还没有版次。';
}

async function run(args: string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { by: { type: 'string' } },
  });
  const [command, a = '', b = ''] = positionals;
  const config = loadConfig(readEnv());
  const { dataDir } = config;
  switch (command) {
    case 'list':
      return listText(dataDir);
    case 'diff':
      if (!a || !b) throw new BotError('CONFIG', USAGE);
      return diffText(diffEditions(contentOf(dataDir, a), contentOf(dataDir, b)));
    case 'approve': {
      if (!a || !values.by?.trim()) throw new BotError('CONFIG', USAGE);
      const by = values.by.trim();
      const draft = await approveDraft(dataDir, a, { by, account: osAccount(), now: Date.now() });
      return `草稿 ${draft.id} 已由${draft.approvedBy ?? ''}(账号 ${draft.approvedAccount ?? ''})核准。发布:npm run editions -- publish ${draft.id}。`;
    }
    case 'publish': {
      if (!a) throw new BotError('CONFIG', USAGE);
      const tools = await loadTools(config, { intentsDir: INTENTS_DIR, clock: Date.now });
      const { calibrationKey, check } = editionTools(config, tools);
      const edition = await publishDraft(dataDir, a, { calibrationKey, check, now: Date.now() });
      return `版次 ${edition.id} 已生效:${edition.lists.length} 份清单,${edition.rows.length} 项。正在运行的机器人几秒内改用新版次。`;
    }
    case 'rollback': {
      const edition = await rollBack(dataDir);
      return `已退回版次 ${edition.id}:${edition.lists.length} 份清单,${edition.rows.length} 项。正在运行的机器人几秒内改用该版次。`;
    }
    default:
      throw new BotError('CONFIG', USAGE);
  }
}

try {
  console.log(await run(process.argv.slice(2)));
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
