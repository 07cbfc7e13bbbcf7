/** What this process holds in the store. Leases are short, so that what a dead process held is soon free, and renewed while it lives. */
import type { Clock } from './ports.js';
import type { Hold, Store } from './store.js';

/** A process that does not move for so long is taken for dead: what it held goes to another one, and it is fenced off. */
export const LEASE_MS = 15_000;
/** Leases with less time left are renewed; far more than the pause between two calls of `renew`. */
const RENEW_BELOW_MS = 10_000;

export type Leases = {
  /** Keeps what was claimed a moment ago until the task ends. */
  hold<T>(hold: Hold, task: () => Promise<T>): Promise<T>;
  /** To be called every second or so; rejects when the store is away, and may be called again. */
  renew(): Promise<void>;
};

export function createLeases(store: Pick<Store, 'renewLeases'>, clock: Clock): Leases {
  const held = new Map<Hold, { until: number }>();
  return {
    async hold(hold, task) {
      held.set(hold, { until: clock() + LEASE_MS });
      try {
        return await task();
      } finally {
        held.delete(hold);
      }
    },
    async renew() {
      const now = clock();
      const short = [...held].filter(([, { until }]) => until - now < RENEW_BELOW_MS);
      if (short.length === 0) return;
      const holds = short.map(([hold]) => hold);
      await store.renewLeases(holds, now + LEASE_MS);
      for (const [, lease] of short) lease.until = now + LEASE_MS;
    },
  };
}
