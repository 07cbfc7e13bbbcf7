/** `npm run fuzz-texts`: structured hostile texts through every reader of texts; exit code 1 when one throws or is slow. */
import { parseArgs } from 'node:util';
import { createTextParsers } from './fuzz/text-parsers.js';
import { hostileTexts } from './fuzz/texts.js';
import { createDice } from './shared/random.js';
import { createRandom } from '../src/text/random.js';

const USAGE = 'npm run fuzz-texts -- [--count 20000] [--seed 1] [--limit-ms 50]';
const REPEATS = 3;
const SHOWN = 120;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    'limit-ms': { type: 'string', default: '50' },
  },
});
const [count, seed, limitMs] = [Number(values.count), Number(values.seed), Number(values['limit-ms'])];
if (![count, seed, limitMs].every((n) => Number.isInteger(n) && n >= 0)) {
  console.error(USAGE);
  process.exit(64);
}

const parsers = createTextParsers(process.env['KNOWLEDGE_DIR'] ?? 'knowledge');
const longest = new Map(parsers.map(({ name }) => [name, { ms: 0, text: '' }]));
let thrown = 0;
const texts = hostileTexts(createDice(createRandom(seed)));
const show = (text: string) =>
  `${JSON.stringify(text.slice(0, SHOWN))}${text.length > SHOWN ? ` (${text.length})` : ''}`;

for (let i = 0; i < count; i++) {
  const text = texts.next().value as string;
  for (const { name, parse } of parsers) {
    const spend = (): number => {
      const before = performance.now();
      parse(text);
      return performance.now() - before;
    };
    try {
      const most = longest.get(name);
      let ms = spend();
      if (!most || ms <= most.ms) continue;
      // A machine pauses now and then: what is slow is measured again, and the least counts.
      for (let n = 0; n < REPEATS; n++) ms = Math.min(ms, spend());
      if (ms > most.ms) longest.set(name, { ms, text });
    } catch (error) {
      thrown++;
      console.error(
        `${name} throws ${error instanceof Error ? error.message : String(error)}: ${show(text)}`,
      );
    }
  }
}
for (const [name, { ms, text }] of longest)
  console.log(name.padEnd(20), `${ms.toFixed(2)} ms`.padStart(12), show(text));
const worst = Math.max(...[...longest.values()].map(({ ms }) => ms));
console.log(`${count} texts, seed ${seed}: longest ${worst.toFixed(2)} ms, ${thrown} thrown`);
process.exitCode = thrown > 0 || worst > limitMs ? 1 : 0;
