import { describe, expect, it } from 'vitest';
import { createShares, waitedMs } from '../../src/core/shares.js';
import { createClock } from '../helpers/clock.js';
import { makeMessage } from '../helpers/context.js';
import type { Message } from '../../src/core/chat.js';

const clock = createClock();
const DAY_MS = 86_400_000;

function makeScene() {
  const wall = createClock(clock());
  const steady = createClock(clock());
  const shares = createShares({ clock: wall, steady });
  const pass = (ms: number) => (wall.advance(ms), steady.advance(ms));
  const say = (id: string, { isBound = false, chat = id, at = wall(), isDirect = true } = {}) =>
    shares.take(messageOf(id, chat, at, isDirect), isBound);
  return { wall, steady, pass, say };
}

const messageOf = (id: string, chatId: string, at: number, isDirect: boolean): Message =>
  makeMessage({
    at,
    user: { platform: 'telegram', id },
    conversation: { platform: 'telegram', chatId, isDirect },
  });

const many = <T>(n: number, task: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => task(i));
const taken = (verdicts: string[]): number => verdicts.filter((it) => it === 'take').length;

describe('a share', () => {
  it('ends in one word, then in silence, and comes back with time', () => {
    const { say, pass } = makeScene();
    const verdicts = many(400, () => say('s'));
    const used = taken(verdicts);
    expect(used).toBeGreaterThan(5);
    expect(used).toBeLessThan(30);
    expect(verdicts.slice(used)).toEqual(['tell', ...many(399 - used, () => 'drop')]);
    pass(60_000);
    expect(say('s')).toBe('take');
    expect(many(400, () => say('s')).filter((it) => it === 'tell')).toHaveLength(1);
  });

  it('that stays used up, because all strangers together go on, is told of again', () => {
    const { say, pass } = makeScene();
    const flood = () => many(400, (i) => say(`stranger ${i}`));
    flood();
    say('s');
    const heard = many(12, () => {
      pass(100_000);
      flood();
      return say('s');
    });
    expect(heard.filter((it) => it === 'tell')).toHaveLength(2);
    expect(heard).not.toContain('take');
  });

  it('of one account leaves everybody else theirs', () => {
    const { say } = makeScene();
    many(400, () => say('s'));
    expect(say('other')).toBe('take');
    expect(say('person', { isBound: true })).toBe('take');
  });

  it('of all strangers together leaves bound people theirs', () => {
    const { say } = makeScene();
    const verdicts = many(2_000, (i) => say(`stranger ${i}`));
    expect(taken(verdicts)).toBeLessThan(500);
    expect(verdicts.at(-1)).toBe('tell');
    expect(taken(many(30, () => say('person', { isBound: true })))).toBe(30);
  });

  it('of a group is shared by who speaks in it', () => {
    const { say } = makeScene();
    const inGroup = (i: number) => say(`p${i}`, { chat: 'g', isDirect: false, isBound: true });
    expect(taken(many(1_000, inGroup))).toBeLessThan(300);
    expect(say('p1', { isBound: true })).toBe('take');
  });

  it('counts what waited at the platform at the time when it was sent', () => {
    const { say, wall } = makeScene();
    const begun = wall() - DAY_MS;
    expect(taken(many(300, (i) => say('s', { at: begun + i * 60_000 })))).toBe(300);
  });

  it.each([3_600_000, -3_600_000, DAY_MS, -DAY_MS])('outlives a wall clock that jumps by %i ms', (jump) => {
    const { say, wall, pass } = makeScene();
    const talk = () => many(40, () => (pass(6_000), say('s')));
    expect(taken(talk())).toBe(40);
    const before = wall();
    wall.advance(jump);
    // The platform tells the true time.
    const verdicts = many(40, (i) => {
      pass(6_000);
      return say('s', { at: before + (i + 1) * 6_000 });
    });
    expect(taken(verdicts)).toBe(40);
    expect(taken(talk())).toBe(40);
  });

  it('is not asked for in the terminal', () => {
    const { wall, steady } = makeScene();
    const shares = createShares({ clock: wall, steady });
    expect(taken(many(1_000, () => shares.take(makeMessage(), false)))).toBe(1_000);
  });
});

describe('the wait of a message', () => {
  it('is told by the clock that has not jumped', () => {
    const at = clock();
    const make = (wall: number, steady: number) =>
      waitedMs({ at }, { clock: () => at + wall, steady: () => at + steady });
    expect(make(5_000, 5_000)).toBe(5_000);
    expect(make(5_000 + DAY_MS, 5_000)).toBe(5_000);
    expect(make(5_000, 5_000 + DAY_MS)).toBe(5_000);
    expect(make(5_000 - DAY_MS, 5_000)).toBe(0);
  });
});
