/** A token bucket for each chat: keeps the bot under the platforms' limits instead of running into them. */
import type { Pace } from './ports.js';

/** How many may leave at once of a bucket that would be full again at `fullAt`. */
export const leftIn = (fullAt: number, { burst, everyMs }: Pace, now: number): number =>
  Math.floor(burst - Math.max(0, fullAt - now) / everyMs);

/** When it would be full again, once one more has left. */
export const takenFrom = (fullAt: number, { everyMs }: Pick<Pace, 'everyMs'>, now: number): number =>
  Math.max(fullAt, now) + everyMs;

export type Pacer = {
  /** Keys whose next message must wait. */
  waiting(now: number): Set<string>;
  /** Counts a message to this chat. */
  take(key: string, pace: Pace, now: number): void;
};

/** In memory: after a restart the buckets are full, and a platform that minds says how long to wait. */
export function createPacer(): Pacer {
  /** When the bucket would be full again, and its pace. */
  const buckets = new Map<string, { fullAt: number; pace: Pace }>();
  return {
    waiting(now) {
      const keys = new Set<string>();
      for (const [key, { fullAt, pace }] of buckets) {
        if (fullAt <= now) buckets.delete(key);
        else if (leftIn(fullAt, pace, now) < 1) keys.add(key);
      }
      return keys;
    },
    take(key, pace, now) {
      const { fullAt } = buckets.get(key) ?? { fullAt: now };
      buckets.set(key, { fullAt: takenFrom(fullAt, pace, now), pace });
    },
  };
}
