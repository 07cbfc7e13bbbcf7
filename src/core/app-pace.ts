/** One limiter for each app, of calls: keeps all its chats together under what the platform allows, and answers before broadcasts. */
import { RANKS, type Rank, type Room } from './rank.js';
import { leftIn, takenFrom } from './pace.js';
import type { AppLimit, Pace } from './ports.js';
import type { Platform } from './chat.js';

/** Calls reach the platform later than they begin, some more than others: a window is taken so much longer, ms. */
const JITTER_MS = 50;

/**
 * How much of each limit the ranks may use: an answer finds room while two thousand notices leave. Of a second little is
 * kept back, for the next one is near.
 */
const PORTIONS: Readonly<Record<Rank, number>> = { 0: 1, 1: 0.95, 2: 0.9 };
const SHORT_PORTIONS: Readonly<Record<Rank, number>> = { 0: 1, 1: 0.98, 2: 0.97 };
const SHORT_MS = 5_000;

/**
 * Of a long limit so much may leave at once, the rest evenly: a flood at full speed would use up Feishu's minute in twenty
 * seconds, and nobody would be answered in the other forty. As it is the longest silence is this share of the window.
 */
const BURST = 0.05;

type App = {
  limits: readonly AppLimit[];
  /** When what may leave at once would be there again in full, for each limit. */
  fullAt: number[];
  /** When the last calls began, oldest first. */
  begun: number[];
  /** Calls of what is claimed, not begun. */
  reserved: number;
  pausedUntil: number;
  /** After a pause one message is tried before the others follow. */
  isTrying: boolean;
};

export type AppPacer = {
  /** What may be claimed now, at most `most`; null while the app has no room for anything. */
  room(platform: Platform, now: number, most: number): Room | null;
  /** Holds places for the calls of what is being claimed. */
  reserve(platform: Platform, count: number): void;
  release(platform: Platform, count: number): void;
  /** A call begins, from a place that was held or beyond them. */
  take(platform: Platform, now: number, isHeld: boolean): void;
  /** The platform said to wait. */
  pause(platform: Platform, until: number): void;
  /** The platform took a message. */
  works(platform: Platform): void;
};

/**
 * In memory; `shareOf` says how many living processes send for the same app, among which its limits are divided. A restart
 * forgets what the last minute saw, and a platform that minds says how long to wait.
 */
export function createAppPacer(
  limitsOf: (platform: Platform) => readonly AppLimit[],
  shareOf: (platform: Platform) => number,
): AppPacer {
  const apps = new Map<Platform, App>();
  const appOf = (platform: Platform): App => {
    const app = apps.get(platform) ?? {
      ...{ limits: limitsOf(platform), fullAt: [], begun: [], reserved: 0, pausedUntil: 0, isTrying: false },
    };
    apps.set(platform, app);
    return app;
  };

  const freeOf = (app: App, rank: Rank, share: number, now: number): number =>
    Math.min(
      ...app.limits.map((limit, i) => {
        const { count, perMs } = limit;
        const used = app.begun.length - firstAfter(app.begun, now - perMs - JITTER_MS);
        const portion = (perMs < SHORT_MS ? SHORT_PORTIONS : PORTIONS)[rank];
        const left = Math.floor((count * portion) / share) - used - app.reserved;
        if (perMs < SHORT_MS) return left;
        return Math.min(left, leftIn(app.fullAt[i] ?? 0, paceOf(limit, share), now) - app.reserved);
      }),
      Number.MAX_SAFE_INTEGER,
    );
  const shareNow = (platform: Platform): number => Math.max(1, shareOf(platform));

  return {
    room(platform, now, most) {
      const app = appOf(platform);
      if (now < app.pausedUntil) return null;
      const longest = Math.max(0, ...app.limits.map(({ perMs }) => perMs));
      app.begun.splice(0, firstAfter(app.begun, now - longest - JITTER_MS));
      if (app.isTrying) return app.reserved > 0 ? null : { rank: 2, count: 1 };
      const share = shareNow(platform);
      const rank = RANKS.findLast((it) => freeOf(app, it, share, now) > 0);
      return rank === undefined ? null : { rank, count: Math.min(most, freeOf(app, rank, share, now)) };
    },
    reserve: (platform, count) => void (appOf(platform).reserved += count),
    release: (platform, count) => void (appOf(platform).reserved -= count),
    take(platform, now, isHeld) {
      const app = appOf(platform);
      if (isHeld) app.reserved -= 1;
      app.begun.push(now);
      const share = shareNow(platform);
      app.fullAt = app.limits.map((limit, i) => takenFrom(app.fullAt[i] ?? 0, paceOf(limit, share), now));
    },
    pause(platform, until) {
      const app = appOf(platform);
      if (until <= app.pausedUntil) return;
      app.pausedUntil = until;
      app.isTrying = true;
    },
    works: (platform) => void (appOf(platform).isTrying = false),
  };
}

/** All of a process's share of a limit, used evenly but for what may leave at once. */
const paceOf = ({ count, perMs }: AppLimit, share: number): Pace => ({
  burst: (count * BURST) / share,
  everyMs: (perMs * share) / count,
});

/** Index of the first instant after `at`. */
function firstAfter(instants: readonly number[], at: number): number {
  let low = 0;
  for (let high = instants.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
