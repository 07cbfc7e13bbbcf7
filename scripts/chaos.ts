/** `npm run chaos`: the real bot, killed and cut off while people talk to it; counts what was lost or doubled. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT } from '../src/config.js';
import { isFailed } from './chaos/oracle.js';
import { runChaos } from './chaos/run.js';

const USAGE = 'npm run chaos -- [--kills 200] [--store lowdb|postgres] [--seed N] [--minutes 20]';
const PROBLEMS_SHOWN = 20;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    store: { type: 'string', default: 'lowdb' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    minutes: { type: 'string', default: '20' },
  },
});
const [kills, seed, minutes] = [values.kills, values.seed, values.minutes].map(Number) as [
  number,
  number,
  number,
];
const { store } = values;
if (!(kills > 0 && minutes > 0 && Number.isInteger(seed)) || (store !== 'lowdb' && store !== 'postgres')) {
  console.error(USAGE);
  process.exit(64);
}

// Ends the bot as well.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
console.log(`chaos: ${kills} kills, store ${store}, seed ${seed}`);
const { verdict, counts, dataDir } = await runChaos({
  kills,
  store,
  seed,
  minutes,
  main: join(PROJECT_ROOT, 'dist', 'src', 'main.js'),
  knowledge: join(PROJECT_ROOT, 'knowledge'),
  report: (line) => console.log(`  ${line}`),
});
const { problems, ...judged } = verdict;
const rows = [...Object.entries(counts).sort(([a], [b]) => a.localeCompare(b)), ...Object.entries(judged)];
for (const [name, value] of rows) console.log(name.padEnd(34), String(value).padStart(7));
for (const problem of problems.slice(0, PROBLEMS_SHOWN)) console.log(problem);
const isIncomplete = counts['kills'] !== kills;
if (isIncomplete) console.log(`only ${counts['kills']} of ${kills} kills`);
if (isFailed(verdict)) console.log(`the data is kept in ${dataDir}`);
// A process that would not end must not hold this one.
process.exit(isFailed(verdict) || isIncomplete ? 1 : 0);
