/** Chance from a seed, the same everywhere: a failure can be repeated. */

/** Numbers from 0 to 1. */
export type Random = () => number;

/** mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError('nothing to pick from');
  return value;
}

/** The same with names for what is often asked of it. */
export type Dice = {
  next: Random;
  int(below: number): number;
  chance(p: number): boolean;
  pick<T>(of: readonly T[]): T;
};

export function createDice(random: Random): Dice {
  const int = (below: number) => Math.floor(random() * below);
  return { next: random, int, chance: (p) => random() < p, pick: (of) => pick(random, of) };
}
