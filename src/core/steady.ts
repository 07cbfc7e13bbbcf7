/** A clock that never jumps, for paces, leases and waits: somebody may set the wall clock while the bot runs. */
import type { Clock } from './ports.js';

/** Milliseconds since the epoch as they would be had nobody touched the clock since `startAt`. `monotonic`: ms since whenever. */
export function createSteady(startAt: number, monotonic: () => number): Clock {
  const began = monotonic();
  return () => Math.round(startAt + monotonic() - began);
}
