/** `npm run import-measures -- FILE.csv [--dry-run]`: checks the table of rectification measures and makes its reminders, all or nothing. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCalendar } from '../src/calendar/calendar.js';
import { toLocal, yearOf } from '../src/calendar/local.js';
import { loadConfig, readEnv, type Config } from '../src/config.js';
import { BotError, errorText } from '../src/core/errors.js';
import { interpretTimer } from '../src/core/interpret.js';
import { reminderId } from '../src/core/reminder.js';
import type { DueTimer } from '../src/core/types.js';
import { problemText } from '../src/files/problem.js';
import { loadDirectory } from '../src/organizations/load.js';
import { readMeasures } from '../src/reminders/measure-table.js';
import { countsText } from '../src/reminders/measure-view.js';
import { importEffects, storedMeasures } from '../src/reminders/measures.js';
import { loadRules } from '../src/reminders/rules.js';
import { loadPolicies } from '../src/requests/policy.js';
import { openLowdbStore } from '../src/store/lowdb/index.js';
import type { Store } from '../src/core/store.js';
import { PROBLEMS_ONLY } from './shared/silent-log.js';

const USAGE = '用法:npm run import-measures -- 文件.csv [--dry-run]';

async function run(): Promise<void> {
  const { file, isDryRun } = readArgs();
  const bytes = readTable(file);
  const config = loadConfig(readEnv());
  const now = Date.now();
  const directory = loadDirectory(join(config.knowledgeDir, 'organizations'), now);
  const calendar = loadCalendar(config.calendarDir);
  const rules = loadRules(config.remindersDir);
  const office = loadPolicies(config.requestsDir).call.deadlineOffice;
  const store = await openStore(config);
  try {
    const existing = await storedMeasures(store);
    const table = readMeasures(basename(file), bytes, { directory, existing, now });
    for (const warning of table.warnings) console.error(`注意:${warning}。`);
    if (table.problems.length > 0)
      throw new BotError('DATA', [...table.problems.map(problemText), '未作任何更改。'].join('\n'));
    const year = yearOf(toLocal(now).date);
    const nextNumber = isDryRun ? () => Promise.resolve(1) : () => store.takeNumber(`reminder:${year}`);
    const { effects, counts } = await importEffects(table.rows, {
      existing,
      read: store,
      takeId: async () => reminderId(year, await nextNumber()),
      office,
      by: office,
      // The platforms matter only when a message leaves.
      world: { calendar, directory, rules, platforms: new Set() },
      now,
    });
    if (isDryRun) {
      console.log(`检查通过,共 ${table.rows.length} 项:将${countsText(counts)}。试运行,未作任何更改。`);
      return;
    }
    effects.push({ kind: 'record', what: 'admin', data: { act: 'import-measures', ...counts } });
    await store.commit(interpretTimer({ update: updateOf(now), now }, effects, ''));
    console.log(`已导入整改措施,共 ${table.rows.length} 项:${countsText(counts)}。`);
  } finally {
    await store.close();
  }
}

function readArgs(): { file: string; isDryRun: boolean } {
  try {
    const { values, positionals } = parseArgs({
      options: { 'dry-run': { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [file] = positionals;
    if (file !== undefined && positionals.length === 1) return { file, isDryRun: values['dry-run'] };
  } catch (error) {
    throw new BotError('CONFIG', `${errorText(error)}\n${USAGE}`, { cause: error });
  }
  throw new BotError('CONFIG', USAGE);
}

function readTable(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new BotError('DATA', `${file}:读不到这个文件(${errorText(cause)})。处理办法:检查路径。`, { cause });
  }
}

/** A running bot holds the folder of the default store; on PostgreSQL it may go on. */
async function openStore(config: Config): Promise<Store> {
  if (config.databaseUrl) {
    const { openPostgresStore } = await import('../src/store/postgres/index.js');
    return openPostgresStore({
      url: config.databaseUrl,
      log: PROBLEMS_ONLY,
      recordKey: config.recordKey,
    });
  }
  try {
    return await openLowdbStore(join(config.dataDir, 'store'), undefined, { recordKey: config.recordKey });
  } catch (cause) {
    throw new BotError(
      'STORE',
      `${errorText(cause)}\n机器人运行时,可由督办或编办在私聊中发送“整改导入”并粘贴表格,不必停机。`,
      { cause },
    );
  }
}

/** What the record names as the cause. */
const updateOf = (now: number): DueTimer => ({
  kind: 'timer',
  id: `import-measures@${now}`,
  at: now,
  timer: { key: 'import-measures', runAt: now, kind: 'import-measures', payload: {} },
});

try {
  await run();
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
