/** `npm run import -- FILE... [--kind K] [--scope S] [--title T] [--map number=A,…] [--dry-run [--json]]`. */
import { LIST_KINDS, parseListKind, traitsOf, type ListKind } from '../../src/core/list-kinds.js';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { loadConfig, readEnv } from '../../src/config.js';
import { BotError, errorText } from '../../src/core/errors.js';
import { CORRECTION_FIELDS, parseCorrections, type Corrections } from '../../src/editions/import/columns.js';
import { loadMemory, remapOf, remember } from '../../src/editions/import/memory.js';
import { readListFile, type FileOptions, type FileReading } from '../../src/editions/import/read-file.js';
import { readingsJson, readingText, toConfirm } from '../../src/editions/import/report.js';
import type { Stated } from '../../src/editions/import/to-edition.js';
import type { Directory } from '../../src/organizations/directory.js';
import { loadDirectory } from '../../src/organizations/load.js';
import { draftFromFiles } from './import-draft.js';
import { createProgress, printAbove } from './progress.js';
import { storedNotes } from './stored.js';
import { osAccount } from './os-account.js';

const USAGE =
  '用法:npm run import -- 文件… [--kind 类型] [--scope 镇街或类别] [--title 标题 --issuer 发文机关 --number 文号 --effective 生效日期] [--map number=A,matter=C] [--by 导入人] [--confirm] [--dry-run [--json]]';

function parseFlags(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        kind: { type: 'string' },
        scope: { type: 'string' },
        title: { type: 'string' },
        issuer: { type: 'string' },
        number: { type: 'string' },
        effective: { type: 'string' },
        map: { type: 'string' },
        by: { type: 'string' },
        confirm: { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw new BotError('CONFIG', `命令有误:${cause instanceof Error ? cause.message : ''}。${USAGE}`, {
      cause,
    });
  }
}

export function parseKind(text: string | undefined): ListKind | undefined {
  if (text === undefined) return undefined;
  const found = parseListKind(text);
  if (found) return found;
  const kinds = LIST_KINDS.map((kind) => `${kind}(${traitsOf(kind).name})`);
  throw new BotError('CONFIG', `没有“${text}”这种清单。可用的类型:${kinds.join('、')}。`);
}

function parseMap(text: string | undefined): Corrections {
  try {
    return text === undefined ? {} : parseCorrections(text);
  } catch (cause) {
    const part = cause instanceof Error ? cause.message : '';
    throw new BotError(
      'CONFIG',
      `--map 中的“${part}”有误。写成“栏目=列号”,栏目可用:${CORRECTION_FIELDS};列号为 A、B、C…,不要的写 -。`,
      { cause },
    );
  }
}

/** The county's directory, or null where the folder has none yet. */
const directoryOf = (knowledgeDir: string): Directory | null => {
  const dir = join(knowledgeDir, 'organizations');
  return existsSync(dir) ? loadDirectory(dir) : null;
};

function readBytes(file: string): Uint8Array | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

const missing = (file: string): FileReading => ({
  ...{ file, lists: [], tables: [], warnings: [], isOwn: false, county: '' },
  problems: [{ file, row: 0, column: '', message: '读不到这个文件', remedy: '核对文件名和所在文件夹' }],
});

async function readAll(files: string[], options: FileOptions): Promise<FileReading[]> {
  const readings: FileReading[] = [];
  const progress = createProgress('读取', files.length);
  for (const file of files) {
    const bytes = readBytes(file);
    readings.push(bytes ? await readListFile(file, bytes, options) : missing(file));
    progress.step();
  }
  progress.stop();
  return readings;
}

/** Asks at a terminal whether the columns are right: corrections, null for yes, `stop` for no import. Else null. */
async function askColumns(): Promise<Corrections | null | 'stop'> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    for (;;) {
      const answer = await terminal.question(
        '各列对应是否正确?正确按回车;要改的写成 matter=C,leadUnit=D;不导入写 n:',
      );
      if (answer.trim() === '') return null;
      if (/^(n|no|否|不)$/i.test(answer.trim())) return 'stop';
      try {
        return parseMap(answer);
      } catch (error) {
        console.error(errorText(error));
      }
    }
  } finally {
    terminal.close();
  }
}

/** Asked at a terminal; elsewhere said how to confirm. */
async function isConfirmed(count: number, isJson: boolean): Promise<boolean> {
  if (!isJson && process.stdin.isTTY && process.stdout.isTTY) {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await terminal.question(
      `有 ${count} 处待确认。均已对照印发文本核对无误的输入 y,不导入按回车:`,
    );
    terminal.close();
    if (/^(y|yes|是|对)$/i.test(answer.trim())) return true;
  } else if (!isJson) console.error(`有 ${count} 处待确认,未作任何更改。核对无误的,加 --confirm 重新导入。`);
  return false;
}

/** @returns the exit code: 1 when any file has a problem, or something to confirm that nobody confirmed. */
export async function importFiles(args: string[]): Promise<number> {
  const { values, positionals } = parseFlags(args);
  if (positionals.length === 0) throw new BotError('CONFIG', `没有给出文件。${USAGE}`);
  if (values.effective !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(values.effective))
    throw new BotError('CONFIG', `--effective 须写成 2026-01-01 的样子,不是“${values.effective}”。`);
  const kind = parseKind(values.kind);
  let corrections = parseMap(values.map);
  const config = loadConfig(readEnv());
  const options = {
    ...(kind && { kind }),
    ...(values.title && { title: values.title }),
    ...(values.scope && { scope: values.scope }),
    directory: directoryOf(config.knowledgeDir),
  };
  const memory = loadMemory(config.dataDir);
  let readings: FileReading[];
  for (;;) {
    readings = await readAll(positionals, { ...options, remap: remapOf(corrections, memory, values.issuer) });
    if (values.json) break;
    console.log(readings.map(readingText).join('\n\n'));
    const answer = await askColumns();
    if (answer === null) break;
    if (answer === 'stop') return 1;
    corrections = { ...corrections, ...answer };
  }
  const isCorrected = Object.keys(corrections).length > 0;
  const hasProblems = readings.some((reading) => reading.problems.length > 0);
  if (values.json) console.log(JSON.stringify(readingsJson(readings)));
  if (hasProblems) {
    if (!values.json) console.error('有问题,未作任何更改。请按处理办法改正后重新导入。');
    return 1;
  }
  const doubts = values.confirm ? 0 : toConfirm(readings).length;
  if (doubts > 0 && !(await isConfirmed(doubts, values.json === true))) return 1;
  if (isCorrected && !values['dry-run'])
    for (const { issuer, table } of readings.flatMap((reading) => reading.lists))
      if (values.issuer ?? issuer)
        await remember(config.dataDir, values.issuer ?? issuer, [table.header], corrections);
  if (values['dry-run']) return 0;
  const stated: Stated = Object.fromEntries(
    (['title', 'issuer', 'number', 'effective', 'scope'] as const).flatMap((key) =>
      values[key] === undefined ? [] : [[key, values[key]]],
    ),
  );
  const by = values.by ?? userInfo().username;
  console.log(
    await draftFromFiles(config, readings, stated, {
      ...{ by, account: osAccount(), now: Date.now(), notes: await storedNotes(config) },
      onReadable: printAbove,
    }),
  );
  return 0;
}
