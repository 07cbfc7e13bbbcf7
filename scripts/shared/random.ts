/** What is asked of chance from a seed. */
import type { Random } from '../../src/text/random.js';

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
