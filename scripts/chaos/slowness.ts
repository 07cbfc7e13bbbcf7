/** How much slower than usual the machine is: else a process on a busy one would die before it has done anything. */

/** What the times of a run are made for. */
const USUAL_START_MS = 1_500;
const SLOWNESS_MAX = 10;

/** By the median of the last starts, ms. */
export function slowness(startsMs: readonly number[]): number {
  const recent = startsMs.slice(-5).sort((a, b) => a - b);
  return Math.min(Math.max((recent[recent.length >> 1] ?? 0) / USUAL_START_MS, 1), SLOWNESS_MAX);
}
