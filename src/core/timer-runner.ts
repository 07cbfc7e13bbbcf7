/** Due timers enter the one path: claimed, handled and committed like what people say. */
import { errorText } from './errors.js';
import { interpretTimer } from './interpret.js';
import { LEASE_MS, type Leases } from './leases.js';
import type { Clock, Ids, Logger } from './ports.js';
import type { DueTimer, TimerContext, TimerHandler } from './types.js';
import type { Platform } from './chat.js';
import type { Change, ClaimedTimer, Store } from './store.js';

/** Timers carried out at once. */
const TIMERS_AT_ONCE = 50;
/** Waits before the next try of a timer whose handler failed, in ms; the last one repeats: it is never given up. */
const TIMER_RETRY_MS = [1_000, 10_000, 60_000, 600_000];

export type TimerRunnerDeps = Pick<TimerContext, 'isRead' | 'accountsOf' | 'readAttachment'> & {
  store: Store;
  leases: Leases;
  /** Timers come due by the time that people see. */
  clock: Clock;
  steady: Clock;
  ids: Ids;
  log: Logger;
  platforms: ReadonlySet<Platform>;
  handlers: Record<string, TimerHandler>;
  editionId: () => string;
  commitOf: (make: () => Promise<Change[]>) => Promise<void>;
};

/** Resolves when nothing is due any more. */
export function createTimerRunner(deps: TimerRunnerDeps): () => Promise<void> {
  const { store, leases, clock, steady, ids, log, platforms, isRead, accountsOf, readAttachment } = deps;

  const run = async ({ timer, lease, attempts }: ClaimedTimer): Promise<void> => {
    const update: DueTimer = {
      kind: 'timer',
      id: `timer:${timer.key}@${timer.runAt}`,
      at: timer.runAt,
      timer,
    };
    try {
      const handler = deps.handlers[timer.kind];
      if (!handler) throw new Error(`no handler for timers of the kind ${timer.kind}`);
      await deps.commitOf(async () => {
        const ctx = { update, now: clock(), read: store, isRead, accountsOf, readAttachment };
        const changes = interpretTimer(ctx, await handler(ctx), deps.editionId());
        // First: the handler may set the same timer anew.
        return [{ kind: 'timerDone', key: timer.key, lease }, ...changes];
      });
    } catch (error) {
      const waitMs = TIMER_RETRY_MS[Math.min(attempts, TIMER_RETRY_MS.length) - 1] ?? 0;
      const retry: Change = { kind: 'timerRetry', key: timer.key, lease, runAt: clock() + waitMs };
      await store.commit([retry]).then(
        () => log.error({ timer: timer.key, attempts, error: errorText(error) }, 'timer failed'),
        // Somebody has set it anew meanwhile, or the store is away and the lease will end.
        (again: unknown) => log.warn({ timer: timer.key, error: errorText(again) }, 'timer not put off'),
      );
    }
  };

  return async () => {
    for (;;) {
      const claim = { now: steady(), lease: ids(), leaseMs: LEASE_MS, platforms };
      const claimed = await store.claimDueTimers(clock(), claim, TIMERS_AT_ONCE);
      await Promise.all(
        claimed.map((each) =>
          leases.hold({ kind: 'timer', key: each.timer.key, lease: each.lease }, () => run(each)),
        ),
      );
      if (claimed.length < TIMERS_AT_ONCE) return;
    }
  };
}
