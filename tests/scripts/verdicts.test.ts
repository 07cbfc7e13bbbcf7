/** The bars of the platforms: what passes and what does not. */
import { describe, expect, it } from 'vitest';
import { problemsOf, type Rush } from '../../scripts/bench/verdict.js';
import { problemOf } from '../../scripts/cards/verdict.js';

describe('a rush of updates', () => {
  const GOOD: Rush = {
    ...{ slowestAckMs: 120, answered: 1_200, asked: 1_200, isInOrder: true, earlyMb: 90, lateMb: 110 },
    out: [{ most: 50, limit: 50, perMs: 1_000 }],
  };
  it.each<[string, Partial<Rush>, string | null]>([
    ['that met all', {}, null],
    ['with a late acknowledgement', { slowestAckMs: 3_000 }, '3000 ms'],
    ['with an answer that is missing', { answered: 1_199 }, '1199 of 1200'],
    ['out of order', { isInOrder: false }, 'order'],
    ['over a limit', { out: [{ most: 51, limit: 50, perMs: 1_000 }] }, '51 messages'],
    ['that holds more and more', { lateMb: 200 }, '200 MB'],
  ])('%s', (_, change, problem) => {
    const found = problemsOf({ ...GOOD, ...change });
    expect(found).toHaveLength(problem === null ? 0 : 1);
    if (problem !== null) expect(found[0]).toContain(problem);
  });
});

it.each<[string, number, number | null, boolean, string | null]>([
  ['a card that fits', 672, 672, true, null],
  ['one that is too high', 673, 100, true, '超过'],
  ['a long one that may be', 900, 500, false, null],
  ['a long one whose primary button is out of view', 900, 673, false, '主按钮'],
  ['one without a primary button', 300, null, true, null],
])('%s', (_, height, primaryEnd, mustFit, problem) => {
  const found = problemOf({ height, primaryEnd }, mustFit);
  if (problem === null) expect(found).toBeNull();
  else expect(found).toContain(problem);
});
