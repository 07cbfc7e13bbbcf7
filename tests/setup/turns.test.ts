import { expect, it } from 'vitest';
import { createTurns } from '../../src/setup/turns.js';

function open() {
  const state = { now: 0 };
  return { state, turns: createTurns<string>(() => state.now) };
}

it('gives nothing where nothing waits', () => {
  expect(open().turns.next()).toBeNull();
});

it('lets a line go before the pages that came earlier', () => {
  const { turns } = open();
  for (const page of ['page 1', 'page 2']) turns.add(page, 300);
  turns.add('line', 12);
  turns.add('button', 0);
  expect([1, 2, 3, 4, 5].map(() => turns.next())).toEqual(['button', 'line', 'page 1', 'page 2', null]);
});

it('keeps the order of what is as long', () => {
  const { turns } = open();
  for (const line of ['a', 'b', 'c']) turns.add(line, 20);
  expect([1, 2, 3].map(() => turns.next())).toEqual(['a', 'b', 'c']);
});

it('does not let a page wait for ever while lines keep coming', () => {
  const { state, turns } = open();
  turns.add('page', 300);
  let given = 0;
  for (; turns.next() !== 'page'; given++) {
    state.now += 100;
    turns.add(`line ${given}`, 10);
    turns.add(`another ${given}`, 10);
    if (given > 1_000) break;
  }
  expect(given).toBeLessThan(60);
});
