/** Forged arguments of buttons, and JSON values that stand where another was expected. */
import { pick } from '../shared/random.js';
import type { Random } from '../../src/text/random.js';

const NINES = '9'.repeat(40);
const FORGED = [
  ...[
    '',
    '1e300',
    '-1e300',
    'NaN',
    'Infinity',
    '-1',
    '0',
    '1',
    '2',
    '1.5',
    '-0',
    '0x10',
    NINES,
    `-${NINES}`,
    '8640000000000001',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'prototype',
    'hasOwnProperty',
    'null',
    'undefined',
    'true',
    '[]',
    '{}',
    '[object Object]',
  ],
  ...[
    '\u0000',
    '\ud800',
    '👨‍👩‍👧‍👦'.repeat(2),
    '字'.repeat(21),
    'a'.repeat(64),
    ' '.repeat(40),
    '\n',
    '../../x',
    "' or 1=1 --",
    '%s',
  ],
  ...[
    'telegram:100042',
    'feishu:ou_90_0',
    'console:张三',
    'QS-2026-000001',
    'QS-2026-000001 A1',
    'QS-9999-999999',
    'QS-2026-1e3',
  ],
  ...[
    'TX-1',
    'TX-000001',
    'TX-000001@0',
    'TX-000001#1e300',
    'TX-999999999',
    'R1',
    'A1',
    'A99',
    'normal',
    'urgent',
    'lead',
  ],
  ...[
    'all 1e300',
    'all -1',
    'todo 99999999',
    'todo NaN',
    'mine 0',
    '__proto__ 1',
    'constructor 2',
    '1e300 lead',
    '2 __proto__',
    'all',
  ],
];

/** Up to 64 bytes, as Telegram has it; Feishu's may be of any length. */
export function forgedValue(random: Random): string {
  if (random() < 0.7) return pick(random, FORGED);
  const parts = [pick(random, FORGED), pick(random, FORGED)];
  return parts.join(pick(random, [' ', '|', ':', '@', ',', '#']));
}

const deep = (levels: number): unknown => {
  let value: unknown = 1;
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
};

const WRONG: readonly (() => unknown)[] = [
  () => null,
  () => undefined,
  () => true,
  () => 0,
  () => -1,
  () => 1e300,
  () => -1e300,
  () => 1.5,
  () => 2 ** 53,
  () => -(2 ** 63),
  () => 1e-320,
  () => '',
  () => ' ',
  () => 'NaN',
  () => '1e999',
  () => '\ud800',
  () => 'a\u0000b',
  () => [],
  () => [[]],
  () => ({}),
  () => deep(200),
  () => JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') as unknown,
  () => Array.from({ length: 1_000 }, (_, i) => i),
  () => '长'.repeat(20_000),
];

export const wrongValue = (random: Random): unknown => pick(random, WRONG)();

type Place = { holder: Record<string, unknown>; key: string };

const placesOf = (value: unknown): Place[] =>
  typeof value === 'object' && value !== null
    ? Object.keys(value).flatMap((key) => {
        const holder = value as Record<string, unknown>;
        return [{ holder, key }, ...placesOf(holder[key])];
      })
    : [];

/** A copy with one to three fields missing, of another type, or doubled under a name that objects inherit. */
export function mutated(random: Random, original: object): object {
  const copy = structuredClone(original);
  for (let turns = 1 + Math.floor(random() * 3); turns > 0; turns--) {
    const places = placesOf(copy);
    if (places.length === 0) break;
    const { holder, key } = pick(random, places);
    const how = random();
    if (how < 0.25) delete holder[key];
    else if (how < 0.9) own(holder, key, wrongValue(random));
    else own(holder, '__proto__', holder[key]);
  }
  return copy;
}

/** As JSON.parse makes it, whatever its name is. */
function own(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}
