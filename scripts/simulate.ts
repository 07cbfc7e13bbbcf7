/** `npm run simulate`: a year of reminders under a fake clock, with restarts and faults; counts what was lost or doubled. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { simulate } from './simulate/run.js';

const USAGE =
  'npm run simulate -- [--people 5000] [--occurrences 100000] [--seed 1] [--restarts 100] [--crashes 150] [--downtimes 20] [--dir FOLDER]';
const SHOWN = 20;

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '5000' },
    occurrences: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    restarts: { type: 'string', default: '100' },
    crashes: { type: 'string', default: '150' },
    downtimes: { type: 'string', default: '20' },
    dir: { type: 'string', default: tmpdir() },
  },
});
const numbers = ['people', 'occurrences', 'seed', 'restarts', 'crashes', 'downtimes'] as const;
const parsed = Object.fromEntries(numbers.map((name) => [name, Number(values[name])])) as Record<
  (typeof numbers)[number],
  number
>;
if (!Object.values(parsed).every((n) => Number.isInteger(n) && n >= 0) || parsed.people < 12) {
  console.error(USAGE);
  process.exit(64);
}

const dir = mkdtempSync(join(values.dir, 'qingdan-year-'));
try {
  console.log(`simulate 2026: ${JSON.stringify(parsed)}`);
  const { counts, violations, seconds, maxLagMs } = await simulate({
    ...parsed,
    dir,
    report: (line) => console.log(`  ${line}`),
  });
  for (const [name, value] of Object.entries(counts)) console.log(name.padEnd(48), value);
  console.log('latest outside of downtimes (ms)'.padEnd(48), maxLagMs);
  console.log('took (s)'.padEnd(48), seconds);
  console.log('memory (MB)'.padEnd(48), Math.round(process.memoryUsage().rss / 2 ** 20));
  console.log('violations'.padEnd(48), violations.length);
  for (const violation of violations.slice(0, SHOWN)) console.log(`  ${violation}`);
  process.exitCode = violations.length > 0 ? 1 : 0;
} finally {
  rmSync(dir, { recursive: true, force: true });
}
