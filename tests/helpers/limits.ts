/** What a platform lets through: so many calls in any window, by whatever they are counted under. */
import type { Clock } from '../../src/core/ports.js';

export type Limit = { count: number; perMs: number };

/** Takes a call, or says how long (ms) to wait; a call that is not taken counts for nothing. */
export function createLimits(now: Clock): (key: string, limits: readonly Limit[]) => number {
  const taken = new Map<string, number[]>();
  return (key, limits) => {
    const at = now();
    const calls = taken.get(key) ?? [];
    taken.set(key, calls);
    const waits = limits.map(({ count, perMs }) => {
      const oldest = calls.at(-count);
      return calls.length >= count && oldest !== undefined && at - oldest < perMs ? oldest + perMs - at : 0;
    });
    const wait = Math.max(0, ...waits);
    if (wait === 0) calls.push(at);
    return wait;
  };
}
