/** How much of the bot everybody gets: a token bucket for each account and chat, and one for all strangers together. */
import { leftIn, takenFrom } from './pace.js';
import type { Clock, Pace } from './ports.js';
import { conversationKey, type Heard } from './chat.js';

/**
 * People type a message in some seconds; a card is worked through click by click. Far above what anybody says, far below
 * what one processor can answer (about 150 a second).
 */
export const SHARES = {
  bound: { burst: 60, everyMs: 1_000 },
  stranger: { burst: 12, everyMs: 5_000 },
  /** Everything said to the bot in one group. */
  group: { burst: 120, everyMs: 250 },
  strangers: { burst: 150, everyMs: 50 },
} satisfies Record<string, Pace>;

/** Whoever goes on meanwhile is told again. */
const TELL_EVERY_MS = 10 * 60_000;

/** Buckets kept before those that are full again are forgotten. */
const KEPT = 20_000;

/** `tell`: too much, for the first time since the last that was taken, or for a while. */
export type Verdict = 'take' | 'tell' | 'drop';

export type Shares = { take(update: Heard, isBound: boolean): Verdict };

/**
 * In memory: a restart gives everybody a full share. What waited at the platform while the bot was down counts at the
 * time at which it was sent, so that nobody's day is dropped as a flood.
 */
export function createShares({ clock, steady }: { clock: Clock; steady: Clock }): Shares {
  const buckets = new Map<string, { fullAt: number; lastAt: number; toldAt: number | null }>();

  const forget = (now: number): void => {
    if (buckets.size < KEPT) return;
    for (const [key, { fullAt }] of buckets) if (fullAt <= now) buckets.delete(key);
  };

  return {
    take(update, isBound) {
      const { user, conversation } = update;
      // The terminal belongs to whoever sits at it.
      if (user.platform === 'console') return 'take';
      const now = steady();
      forget(now);
      const sentAt = now - waitedMs(update, { clock, steady });
      const wanted: [string, Pace][] = [
        [`${user.platform}:${user.id}`, isBound ? SHARES.bound : SHARES.stranger],
        ...(conversation.isDirect ? [] : [[conversationKey(conversation), SHARES.group] as [string, Pace]]),
        ...(isBound ? [] : [['strangers', SHARES.strangers] as [string, Pace]]),
      ];
      const found = wanted.map(([key, share]) => {
        const bucket = buckets.get(key) ?? { fullAt: 0, lastAt: 0, toldAt: null };
        const at = Math.max(bucket.lastAt, sentAt);
        return { key, share, bucket, at, isEmpty: leftIn(bucket.fullAt, share, at) < 1 };
      });
      const own = found[0];
      if (!own) return 'take';
      if (found.some(({ isEmpty }) => isEmpty)) {
        const { toldAt } = own.bucket;
        if (toldAt !== null && now - toldAt < TELL_EVERY_MS) return 'drop';
        buckets.set(own.key, { ...own.bucket, toldAt: now });
        return 'tell';
      }
      for (const { key, share, bucket, at } of found)
        buckets.set(key, { fullAt: takenFrom(bucket.fullAt, share, at), lastAt: at, toldAt: null });
      return 'take';
    },
  };
}

/** A message that waited so long is answered with a word about it, and does nothing unasked. Shorter nobody wonders. */
export const LATE_MS = 10 * 60_000;

/** How long the message has waited since it was sent, ms; of two clocks the one that says less, for the other has jumped. */
export const waitedMs = (
  { at }: Pick<Heard, 'at'>,
  { clock, steady }: { clock: Clock; steady: Clock },
): number => Math.max(0, Math.min(clock(), steady()) - at);
