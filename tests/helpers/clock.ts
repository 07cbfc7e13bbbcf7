/** A clock that moves only when a test moves it. */
import type { Clock } from '../../src/core/ports.js';

/** 2026-03-02 09:00 in Shanghai, a Monday. */
export const START = Date.UTC(2026, 2, 2, 1);

export type MovableClock = Clock & { advance(ms: number): void };

export function createClock(start = START): MovableClock {
  let now = start;
  return Object.assign(() => now, { advance: (ms: number) => void (now += ms) });
}

/** `31m`, `45s`, `2h`, `3d` in ms. */
export function parseDuration(text: string): number {
  const [, count, unit = ''] = /^(\d+)(s|m|h|d)$/.exec(text) ?? [];
  const ms = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit];
  if (!count || !ms) throw new Error(`not a duration: ${text}`);
  return Number(count) * ms;
}
