/** What goes out: batches for a model, what was generated, which matters of the bank rows are near to. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INTENTS_DIR, type Config } from '../../src/config.js';
import { rowKey, type BankMatches } from '../../src/core/domain.js';
import { BotError } from '../../src/core/errors.js';
import { renderMarkdown, renderPhrasingBook } from '../../src/editions/phrasings/batches.js';
import { rowsToAsk } from '../../src/editions/phrasings/generate.js';
import { DOUBTFUL, matchesOf, phrasingsLine } from '../../src/editions/phrasings/report.js';
import { renderSampleBook } from '../../src/editions/phrasings/samples.js';
import { shareMatters } from '../../src/editions/phrasings/share.js';
import { BankMatter } from '../../src/lists/bank.js';
import { readJsonLines } from '../../src/lists/calibration-files.js';
import { editionTools } from '../../src/setup/edition-tools.js';
import { loadTools } from '../../src/setup/resources.js';
import type { Flags } from '../phrasings.js';
import { openSource, rowsOf, sourceName, type Source } from './source.js';

export async function exportBatches(config: Config, file: string, flags: Flags): Promise<string> {
  const source = openSource(config, flags);
  const wanted = rowsOf(source, flags.list);
  const rows = flags.all ? wanted : rowsToAsk(config.dataDir, source.content, wanted);
  const { id } = source.content;
  if (rows.length === 0) return `${sourceName(source)}:各事项都已有足够的问法。要全部导出的,加 --all。`;
  if (/\.xlsx$/i.test(file)) writeFileSync(file, await renderPhrasingBook(rows, id));
  else if (/\.(md|txt)$/i.test(file)) writeFileSync(file, renderMarkdown(rows, id));
  else throw new BotError('CONFIG', `文件名须以 .md、.txt 或 .xlsx 结尾,不是“${file}”。`);
  return `${file}:${rows.length} 项(${sourceName(source)})。得到回答后:npm run phrasings -- import 文件。`;
}

export async function exportSamples(config: Config, file: string, flags: Flags): Promise<string> {
  if (!/\.xlsx$/i.test(file)) throw new BotError('CONFIG', `文件名须以 .xlsx 结尾,不是“${file}”。`);
  const source = openSource(config, flags);
  const rows = source.content.rows.filter((row) => row.generated);
  if (rows.length === 0) return `${sourceName(source)}中没有生成的问法。`;
  writeFileSync(file, await renderSampleBook(rows));
  const count = rows.reduce((sum, row) => sum + (row.generated?.length ?? 0), 0);
  return `${file}:${rows.length} 项,生成的问法 ${count} 条(${sourceName(source)})。标注后:npm run phrasings -- strike ${file}。`;
}

export function shareText(config: Config, file: string, flags: Flags): string {
  const source = openSource(config, flags);
  const { matters, left } = shareMatters(source.content, source.directory);
  if (matters.length === 0) return `${sourceName(source)}中没有可以提供的问法。`;
  writeFileSync(file, matters.map((matter) => `${JSON.stringify(matter)}\n`).join(''));
  const count = matters.reduce((sum, { phrasings }) => sum + phrasings.length, 0);
  return [
    `${file}:${matters.length} 个事项,${count} 条问法(${sourceName(source)}),已去掉县名、乡镇名。请核对后再提供给其他县。`,
    ...(left.length > 0 ? [`可能写有地名、人名,没有导出的 ${left.length} 条:`] : []),
    ...left.map((line) => `  ${line}`),
  ].join('\n');
}

export async function matchesText(config: Config, flags: Flags): Promise<string> {
  const source = openSource(config, flags);
  const matches = source.content.matches ?? (await findMatches(config, source));
  if (!matches) return '没有通用问法或语义模型,各事项没有对应的通用事项。';
  const titles = new Map(
    readJsonLines(join(config.phrasingsDir, 'bank.jsonl'), BankMatter).map(({ id, matter }) => [id, matter]),
  );
  const content = { ...source.content, matches };
  const all = matchesOf(content);
  const shown = flags.doubtful ? all.filter(({ found }) => (found[0]?.similarity ?? 0) < DOUBTFUL) : all;
  return [
    `${sourceName(source)}。${phrasingsLine(content)}`,
    `相近度低于 ${DOUBTFUL} 的对应存疑,排在前面;存疑的事项请自拟或生成问法。`,
    ...shown.map(({ row, found }) => {
      const named = found.map(({ id, similarity }) => `${titles.get(id) ?? id} ${similarity.toFixed(2)}`);
      const mark = (found[0]?.similarity ?? 0) < DOUBTFUL ? '存疑 ' : '';
      return `${mark}${rowKey(row)} ${row.matter}:${named.join('、') || '没有相近的通用事项'}`;
    }),
  ].join('\n');
}

async function findMatches(config: Config, { content }: Source): Promise<BankMatches | null> {
  const tools = await loadTools(config, { intentsDir: INTENTS_DIR, clock: Date.now });
  const { openKnowledge } = editionTools(config, tools);
  return (await openKnowledge({ ...content, publishedAt: 0, expected: null })).index.matches;
}

export const readBytes = (file: string): Uint8Array => {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new BotError('DATA', `读不到文件 ${file}。处理办法:请核对路径。`, { cause });
  }
};
