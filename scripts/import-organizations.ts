/**
 * `npm run import-organizations -- FILE... [--dry-run]`: units, offices, posts and persons from a workbook or CSV files,
 * all or nothing. The folder is replaced whole; the old one is kept beside it.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify as yamlText } from 'yaml';
import { loadConfig, readEnv, type Config } from '../src/config.js';
import { BotError, errorText } from '../src/core/errors.js';
import { readGrids } from '../src/files/read-grids.js';
import { problemText } from '../src/files/problem.js';
import { readCsv } from '../src/files/csv/strict-table.js';
import { checkTables } from '../src/organizations/check-tables.js';
import {
  diffFolders,
  FILES,
  foldersText,
  mergeTables,
  renderFile,
  type FileName,
  type Folder,
} from '../src/organizations/folder.js';
import { loadDirectory } from '../src/organizations/load.js';
import { countLabels, readTables, type ReadTables } from '../src/organizations/tables.js';
import { syncFolder } from '../src/store/lowdb/lines.js';
import { editionInForce } from './shared/import-draft.js';
import { rowKey } from '../src/core/domain.js';

const USAGE =
  '用法:npm run import-organizations -- 文件.xlsx|文件.csv… [--dry-run] [--county 县名 --city 市名]';
/** Written only where there is something to write. */
const OPTIONAL: ReadonlySet<FileName> = new Set(['groups.csv', 'staffing.csv']);
const NAMES = Object.keys(FILES) as FileName[];

function readArgs() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean' }, county: { type: 'string' }, city: { type: 'string' } },
    });
    if (positionals.length > 0) return { files: positionals, ...values };
  } catch (cause) {
    throw new BotError('CONFIG', `${errorText(cause)}\n${USAGE}`, { cause });
  }
  throw new BotError('CONFIG', USAGE);
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new BotError('DATA', `${file}:读不到这个文件(${errorText(cause)})。处理办法:检查路径。`, { cause });
  }
}

async function readFiles(files: string[]): Promise<ReadTables> {
  const all: ReadTables = { tables: {}, problems: [], warnings: [] };
  for (const file of files) {
    const container = await readGrids(file, readBytes(file), countLabels);
    const read = readTables(file, container.grids);
    all.warnings.push(...container.warnings, ...read.warnings);
    // A file that cannot be read holds no tables: that alone is said.
    all.problems.push(...(container.problems.length > 0 ? container.problems : read.problems));
    for (const [name, entries] of Object.entries(read.tables))
      (all.tables[name as keyof ReadTables['tables']] ??= []).push(...entries);
  }
  return all;
}

function readFolder(dir: string): Folder {
  const folder: Folder = {};
  for (const name of NAMES) {
    const file = join(dir, name);
    if (existsSync(file))
      folder[name] = (readCsv(file, readFileSync(file)).table?.rows ?? []).map(({ cells }) => cells);
  }
  return folder;
}

/** `list/number` of the edition in force; none where the folder or its lists cannot be read yet. */
function rowsInForce(config: Config, dir: string): Set<string> {
  try {
    return new Set(editionInForce(config, loadDirectory(dir)).rows.map(rowKey));
  } catch {
    return new Set();
  }
}

/** Writes the whole new folder and reads it as the bot does. @throws BotError 'DATA' when it does not hold together. */
async function prepare(
  dir: string,
  folder: Folder,
  county: { county: string; city: string } | null,
): Promise<string> {
  const next = `${dir}.new`;
  rmSync(next, { recursive: true, force: true });
  if (existsSync(dir)) cpSync(dir, next, { recursive: true });
  else mkdirSync(next, { recursive: true });
  if (county) writeFileSync(join(next, 'county.yaml'), yamlText(county));
  for (const name of NAMES) {
    const rows = folder[name];
    if (rows || !OPTIONAL.has(name))
      writeFileSync(join(next, name), renderFile(name, rows ?? []), { flush: true });
  }
  await syncFolder(next);
  try {
    loadDirectory(next);
  } catch (error) {
    rmSync(next, { recursive: true, force: true });
    throw new BotError('DATA', errorText(error).replaceAll(next, dir), { cause: error });
  }
  return next;
}

/** @returns the folder in which the old files are kept; null where there were none. */
function replaceFolder(dir: string, next: string, now: Date): string | null {
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14);
  const backup = existsSync(dir) ? `${dir}.backup-${stamp}` : null;
  if (backup) renameSync(dir, backup);
  renameSync(next, dir);
  return backup;
}

/** A run that was cut off between its two renames left the new folder whole and no old one in its place. */
function recover(dir: string): void {
  if (existsSync(dir) || !existsSync(`${dir}.new`)) return;
  const backups = readdirSync(join(dir, '..')).some((name) => name.startsWith('organizations.backup-'));
  if (backups) renameSync(`${dir}.new`, dir);
}

async function run(): Promise<void> {
  const { files, county, city = '', 'dry-run': isDryRun = false } = readArgs();
  const config = loadConfig(readEnv());
  const dir = join(config.knowledgeDir, 'organizations');
  recover(dir);
  if (!existsSync(join(dir, 'county.yaml')) && !county)
    throw new BotError('CONFIG', `${dir} 还没有县名。处理办法:加上 --county 县名 --city 市名。`);
  const read = await readFiles(files);
  for (const warning of read.warnings) console.error(`注意:${problemText(warning)}`);
  const before = readFolder(dir);
  const problems = [...read.problems, ...checkTables(read, before, rowsInForce(config, dir))];
  if (problems.length > 0)
    throw new BotError('DATA', [...problems.map(problemText), '未作任何更改。'].join('\n'));
  const after = mergeTables(before, read);
  const diffs = diffFolders(before, after);
  console.log(diffs.length > 0 ? foldersText(diffs) : '与现有名录相同。');
  if (diffs.length === 0 && !county) return;
  const next = await prepare(dir, after, county ? { county, city } : null);
  if (isDryRun) {
    rmSync(next, { recursive: true, force: true });
    console.log('检查通过。试运行,未作任何更改。');
    return;
  }
  const backup = replaceFolder(dir, next, new Date());
  await syncFolder(config.knowledgeDir);
  console.log(
    `已写入 ${dir}${backup ? `,原有名录保存在 ${backup}` : ''}。正在运行的机器人几秒内改用新名录。`,
  );
}

try {
  await run();
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
