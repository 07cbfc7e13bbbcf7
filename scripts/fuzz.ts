/**
 * `npm run fuzz`: hostile updates at the real program on both platforms, while innocents ask plain questions.
 * The same seed gives the same updates; `--only INDEX` gives one of them alone, `--replay FILE` those of a file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { INTENTS_DIR } from '../src/config.js';
import { playAlone, type Played } from './fuzz/alone.js';
import { runFuzz } from './fuzz/run.js';
import { loadVocabulary } from './fuzz/sentences.js';
import type { Platform } from './fuzz/stage.js';
import { fuzzUpdate, type FuzzUpdate } from './fuzz/updates.js';

const USAGE =
  'npm run fuzz -- [--updates 500] [--seed N] [--store lowdb|postgres] [--platform both|telegram|feishu] [--only INDEX] [--replay FILE]';
const PROBLEMS_SHOWN = 40;
const SUSPECTS_FILE = 'fuzz-suspects.json';

const { values } = parseArgs({
  options: {
    updates: { type: 'string', default: '500' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    store: { type: 'string', default: 'lowdb' },
    platform: { type: 'string', default: 'both' },
    only: { type: 'string' },
    replay: { type: 'string' },
  },
});
const [updates, seed, only] = [values.updates, values.seed, values.only ?? '0'].map(Number) as [
  number,
  number,
  number,
];
const { store, platform } = values;
if (
  !(updates > 0 && Number.isInteger(seed) && only >= 0) ||
  (store !== 'lowdb' && store !== 'postgres') ||
  (platform !== 'both' && platform !== 'telegram' && platform !== 'feishu')
) {
  console.error(USAGE);
  process.exit(64);
}
const platforms: Platform[] = platform === 'both' ? ['telegram', 'feishu'] : [platform];
const vocabulary = loadVocabulary(INTENTS_DIR);

// Ends the program as well.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

/** One after the other, each followed by a plain question; what came of it. */
async function alone(given: FuzzUpdate[]): Promise<never> {
  const played = await playAlone({ store, platforms } as Parameters<typeof playAlone>[0], given, (line) =>
    console.log(`  ${line}`),
  );
  for (const one of played) show(one);
  process.exit(played.some(({ isHarmless }) => !isHarmless) ? 1 : 0);
}

function show({ given, told, isHarmless, waitedMs }: Played): void {
  console.log(`#${given.index} ${given.kind} in ${given.chatId} (${given.platform})`);
  console.log(`  ${JSON.stringify(given.update).slice(0, 2_000)}`);
  console.log(`  told: ${told.map((text) => JSON.stringify(text.slice(0, 120))).join(' | ') || 'nothing'}`);
  console.log(
    `  ${isHarmless ? `an innocent was answered after ${Math.round(waitedMs)} ms` : 'THE INNOCENT WAS NOT ANSWERED'}`,
  );
}

if (values.replay !== undefined) await alone(JSON.parse(readFileSync(values.replay, 'utf8')) as FuzzUpdate[]);
if (values.only !== undefined) await alone([fuzzUpdate(seed, only, Date.now(), { vocabulary, platforms })]);

console.log(`fuzz: ${updates} updates, seed ${seed}, store ${store}, ${platforms.join(' and ')}`);
const { counts, problems, suspects, dir } = await runFuzz({
  updates,
  seed,
  store,
  platforms,
  vocabulary,
  report: (line) => console.log(`  ${line}`),
});
for (const [name, count] of Object.entries(counts)) console.log(name.padEnd(40), String(count).padStart(9));
for (const problem of problems.slice(0, PROBLEMS_SHOWN)) console.log(problem);
if (suspects.length > 0) {
  writeFileSync(SUSPECTS_FILE, JSON.stringify(suspects));
  console.log(
    `${suspects.length} updates were under way at standstills: npm run fuzz -- --replay ${SUSPECTS_FILE} finds which`,
  );
}
if (problems.length > 0) console.log(`seed ${seed}; the data is kept in ${dir}`);
process.exit(problems.length > 0 ? 1 : 0);
