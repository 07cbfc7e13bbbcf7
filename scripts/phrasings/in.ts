/** What comes in: answers of a model, by file or asked for here; what is struck. Either ends in a draft edition. */
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { INTENTS_DIR, type Config } from '../../src/config.js';
import { rowKey } from '../../src/core/domain.js';
import { BotError } from '../../src/core/errors.js';
import { mayAddTo } from '../../src/editions/drafts.js';
import { loadPhrasings, savePhrasings, strike } from '../../src/editions/phrasings/accepted.js';
import type { Checked } from '../../src/editions/phrasings/checks.js';
import { generatedText, generatePhrasings, rowsToAsk } from '../../src/editions/phrasings/generate.js';
import { readPhrasingFile } from '../../src/editions/phrasings/read-file.js';
import { takenText } from '../../src/editions/phrasings/report.js';
import { readStruck } from '../../src/editions/phrasings/samples.js';
import { createTakePhrasings } from '../../src/editions/phrasings/take.js';
import { createPhrasingWriter } from '../../src/nlu/write-phrasings.js';
import { editionTools } from '../../src/setup/edition-tools.js';
import { loadTools, type Tools } from '../../src/setup/resources.js';
import type { Flags } from '../phrasings.js';
import { draftFromFiles } from '../shared/import-draft.js';
import { createProgress } from '../shared/progress.js';
import { storedNotes } from '../shared/stored.js';
import { readBytes } from './out.js';
import { openSource, rowsOf, sourceName, whoRuns, type Source } from './source.js';

const toolsFor = (config: Config): Promise<Tools> =>
  loadTools(config, { intentsDir: INTENTS_DIR, clock: Date.now });

async function draftOf(
  config: Config,
  { draft }: Source,
  { flags, files, tools }: { flags: Flags; files: string[]; tools?: Tools },
): Promise<string> {
  const who = whoRuns(flags.by);
  if (draft && !mayAddTo(draft, who))
    return `已保存,待并入。草稿 ${draft.id} 由${draft.importedBy}提交,请${draft.importedBy}重新导入清单文件,新的草稿会自动并入。`;
  const making = { ...who, now: Date.now(), notes: await storedNotes(config), from: draft, files };
  return draftFromFiles(config, [], {}, making, tools);
}

export async function importFiles(config: Config, files: string[], flags: Flags): Promise<string> {
  const source = openSource(config, flags);
  const tools = await toolsFor(config);
  const take = createTakePhrasings(editionTools(config, tools), source.content);
  const said = [`按${sourceName(source)}核对。`];
  let isTaken = false;
  for (const file of files) {
    const { proposals, unread } = await readPhrasingFile(
      basename(file),
      readBytes(file),
      source.content.rows,
    );
    const bar = createProgress('核对问法', proposals.length);
    let checked: Checked;
    try {
      checked = await take(proposals, { onProgress: bar.set, isDryRun: flags['dry-run'] });
    } finally {
      bar.stop();
    }
    isTaken ||= checked.accepted.length > 0;
    said.push(`${file}:${takenText(checked, unread)}`);
  }
  if (flags['dry-run']) said.push('仅作核对,没有采用。');
  else if (isTaken)
    said.push(await draftOf(config, source, { flags, files: files.map((it) => basename(it)), tools }));
  return said.join('\n');
}

const CALLS = 200;

export async function generate(config: Config, flags: Flags): Promise<string> {
  const { llm } = config;
  if (!llm)
    throw new BotError(
      'CONFIG',
      '没有设置语言模型。处理办法:设置 LLM_BASE_URL、LLM_MODEL,或用 npm run phrasings -- export 导出后在别处生成。',
    );
  const budget = flags.calls === undefined ? CALLS : Number(flags.calls);
  if (!Number.isInteger(budget) || budget < 1)
    throw new BotError('CONFIG', `--calls 应为正整数,不是“${flags.calls ?? ''}”。`);
  const source = openSource(config, flags);
  const { content } = source;
  const rows = rowsOf(source, flags.list);
  const total = rowsToAsk(config.dataDir, content, rows).length;
  if (total === 0) return `${sourceName(source)}:各事项都已有足够的问法。`;
  const tools = await toolsFor(config);
  const bar = createProgress('生成问法', total);
  try {
    const result = await generatePhrasings({
      ...{ dataDir: config.dataDir, content, rows, budget, wait: sleep, onProgress: bar.set },
      ask: createPhrasingWriter(llm),
      take: createTakePhrasings(editionTools(config, tools), content),
    });
    bar.stop();
    const said = [takenText(result, result.unread), ...generatedText(result)];
    if (result.accepted.length > 0)
      said.push(await draftOf(config, source, { flags, files: [`生成问法(${llm.model})`], tools }));
    return said.join('\n');
  } finally {
    bar.stop();
  }
}

/** `what`: `list/number`, or the workbook of `samples` with its marks. */
export async function strikeTexts(
  config: Config,
  what: string,
  text: string | undefined,
  flags: Flags,
): Promise<string> {
  const source = openSource(config, flags);
  const { lists, rows } = source.content;
  const stored = loadPhrasings(config.dataDir);
  const said: string[] = [];
  let count = 0;
  if (/\.(xlsx|csv)$/i.test(what)) {
    for (const { row, named } of await readStruck(basename(what), readBytes(what), rows)) {
      const struck = typeof row === 'string' ? [] : strike(stored, lists, row, named.text);
      count += struck.length;
      if (struck.length === 0)
        said.push(
          `${named.where}“${named.text}”没有划去:${typeof row === 'string' ? row : '没有这条生成的问法'}`,
        );
    }
  } else {
    const row = rows.find((it) => rowKey(it) === what);
    if (!row) throw new BotError('DATA', `${sourceName(source)}中没有“${what}”。处理办法:写成“清单/序号”。`);
    const struck = strike(stored, lists, row, text);
    count = struck.length;
    if (count === 0) said.push(`“${row.matter}”没有${text === undefined ? '' : '这条'}生成的问法。`);
    said.push(...struck.map((it) => `已划去:${row.matter}“${it}”`));
  }
  if (count === 0) return [...said, '没有划去任何问法。'].join('\n');
  await savePhrasings(config.dataDir, stored);
  said.push(`划去 ${count} 条,以后也不会再采用。`);
  return [...said, await draftOf(config, source, { flags, files: ['划去生成的问法'] })].join('\n');
}
