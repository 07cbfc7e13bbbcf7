/**
 * Steps 3, 4 and 11 of the one path: what was heard is kept and confirmed, worked off conversation by conversation, and
 * set aside when it cannot be handled: a bad update hurts its sender alone.
 */
import type { Delivery } from './delivery.js';
import { BotError, errorText, isStoreFailure } from './errors.js';
import { LEASE_MS, type Leases } from './leases.js';
import type { Clock, Ids, Logger } from './ports.js';
import { type Heard, type Platform, isForUs } from './chat.js';
import type { Change, Store, Claim, ClaimedUpdate } from './store.js';

/**
 * Handled at once, each of another conversation. Few: one processor does the work, so more would only make those wait
 * whose turn comes first. Enough that one that waits for a language model does not hold up the others.
 */
const HANDLED_AT_ONCE = 4;
/** Claimed at once, those whose turn comes next among them: a claim is a write to the disk, which takes as long as handling one. */
const CLAIMED_AT_ONCE = 16;
/** Handlings that may fail for the update's own reason. */
const MAX_FAILURES = 2;
/** Ends of the process in a row while the same update was handled. */
const MAX_CRASHES = 2;
/** Wait before the next try when the store was the reason, ms. */
const RETRY_MS = 1_000;

/** Why an update is set aside that was being handled at two ends of the process in a row. */
export const CRASHED_TWICE = '处理这条消息时程序两次中断';
export const SET_ASIDE = '这条消息没有处理成功,已记录。如需办理,请换个说法再发一次,或联系管理员。';

export type InboxDeps = {
  store: Pick<Store, 'keepUpdate' | 'claimDueUpdates' | 'commit'>;
  platforms: ReadonlySet<Platform>;
  delivery: Delivery;
  leases: Leases;
  clock: Clock;
  steady: Clock;
  ids: Ids;
  log: Logger;
  isBound: (update: Heard) => boolean;
  /** What the update changes; pure, so that it may run again when another commit was first. */
  changesOf: (update: Heard, failures: number) => Promise<Change[]>;
  commitOf: (make: () => Promise<Change[]>) => Promise<void>;
  /** Lets `idle` wait for it. */
  track: <T>(task: Promise<T>) => Promise<T>;
  onTrouble: (update: Heard) => void;
};

export type Inbox = {
  /** Resolves when the update is kept; rejects when the platform should deliver it again. */
  accept(update: Heard): Promise<void>;
  /** Takes up what waits; called at start and every second or so. */
  work(): Promise<void>;
};

export function createInbox(deps: InboxDeps): Inbox {
  const { store, platforms, leases, clock, steady, ids, log, track } = deps;
  let running = 0;
  /** Something may wait that was not given with its acceptance; counts up when something may have begun to. */
  let mayWait = true;
  let news = 0;
  /** What was held when a process ended is held one at a time, so that only the guilty one is counted again. */
  let isSuspectHeld = false;
  const inTurn = createLimiter(HANDLED_AT_ONCE);

  const claim = (): Claim => ({ now: steady(), lease: ids(), leaseMs: LEASE_MS, platforms });

  const setAside = async ({ update, lease }: ClaimedUpdate, reason: string): Promise<void> => {
    const { id, conversation } = update;
    const at = clock();
    log.error({ update: id, reason }, 'an update cannot be handled and is set aside (npm run undelivered)');
    const changes: Change[] = [{ kind: 'updateSetAside', id, lease, at, reason }];
    if (isForUs(update))
      changes.push({
        kind: 'outgoing',
        message: { key: `${id}#aside`, conversation, reply: { text: SET_ASIDE } },
        runAt: steady(),
      });
    await store.commit(changes);
    track(deps.delivery.deliverDue()).catch((error: unknown) =>
      log.error({ error: errorText(error) }, 'outbox'),
    );
  };

  const afterFailure = async (claimed: ClaimedUpdate, error: unknown): Promise<void> => {
    const { update, lease, failures } = claimed;
    log.error({ update: update.id, failures, error: errorText(error) }, 'update failed');
    const hasFailed = isOwnFault(error);
    if (hasFailed && failures + 1 >= MAX_FAILURES) return setAside(claimed, errorText(error));
    if (isStoreFailure(error)) deps.onTrouble(update);
    const runAt = steady() + (hasFailed ? 0 : RETRY_MS);
    expectMore();
    await store.commit([{ kind: 'updateRetry', id: update.id, lease, runAt, hasFailed }]);
  };

  const handle = async (claimed: ClaimedUpdate): Promise<void> => {
    const { update, lease, crashes, failures } = claimed;
    try {
      if (crashes >= MAX_CRASHES) return await setAside(claimed, CRASHED_TWICE);
      try {
        await deps.commitOf(async () => [
          ...(await deps.changesOf(update, failures)),
          { kind: 'updateDone', id: update.id, lease, at: clock() },
        ]);
      } catch (error) {
        await afterFailure(claimed, error);
      }
    } catch (error) {
      // The store is away, or the lease was lost: whoever gets the update next goes on.
      expectMore();
      log.warn({ update: update.id, error: errorText(error) }, 'end of handling not noted');
    }
  };

  const start = (claimed: ClaimedUpdate): void => {
    running++;
    const hold = { kind: 'update' as const, key: claimed.update.id, lease: claimed.lease };
    const isSuspect = isSuspected(claimed);
    const task = leases.hold(hold, () => inTurn(() => handle(claimed)));
    workSoon(
      task.finally(() => {
        running--;
        news++;
        if (isSuspect) isSuspectHeld = false;
      }),
    );
  };

  const workSoon = (after: Promise<void>): void =>
    void track(after.then(work).catch((error: unknown) => log.warn({ error: errorText(error) }, 'inbox')));

  /** Before the first of them is handled, the others are free again: an end of the process is then not theirs. */
  const putBackSuspects = async (claimed: ClaimedUpdate[]): Promise<ClaimedUpdate[]> => {
    const suspects = claimed.filter(isSuspected);
    const others = suspects.slice(isSuspectHeld ? 0 : 1);
    isSuspectHeld ||= suspects.length > 0;
    if (others.length === 0) return claimed;
    const runAt = steady() + RETRY_MS;
    await store.commit(
      others.map(({ update, lease }) => ({
        kind: 'updateRetry',
        id: update.id,
        lease,
        runAt,
        hasFailed: false,
      })),
    );
    return claimed.filter((it) => !others.includes(it));
  };

  const workOff = async (): Promise<void> => {
    for (let before = -1; mayWait && before !== news;) {
      before = news;
      const wasIdle = running === 0;
      const free = CLAIMED_AT_ONCE - running;
      if (free <= 0) return;
      const claimed = await putBackSuspects(await store.claimDueUpdates(claim(), free));
      claimed.forEach(start);
      // What runs holds back what follows it in its conversation.
      if (wasIdle && running === 0 && news === before) mayWait = false;
    }
  };

  /** One claim at a time: two would each see nothing because of the other. */
  let working: Promise<void> | null = null;
  const work = (): Promise<void> => (working ??= workOff().finally(() => (working = null)));

  const expectMore = (): void => {
    mayWait = true;
    news++;
  };

  return {
    async accept(update) {
      const isFree = running < CLAIMED_AT_ONCE;
      const kept = await store.keepUpdate(update, {
        isBound: deps.isBound(update),
        now: steady(),
        ...(isFree && { claim: claim() }),
      });
      if (typeof kept === 'object') start(kept);
      else if (kept === 'kept') {
        expectMore();
        // It is kept: the platform need not wait for a claim, and must not give it again when that fails.
        workSoon(Promise.resolve());
      }
    },
    work() {
      // Retries and what a dead process left become due without anybody saying so.
      expectMore();
      return work();
    },
  };
}

/** Not for want of the store or of somebody else: trying for ever would not help. */
const isOwnFault = (error: unknown): boolean =>
  !(error instanceof BotError) ||
  !['STORE', 'UNAVAILABLE', 'UNCERTAIN', 'RATE_LIMITED', 'UNAUTHORIZED', 'BLOCKED'].includes(error.code);

/** It was held when a process ended; once more, and it is set aside. */
const isSuspected = ({ crashes }: ClaimedUpdate): boolean => crashes > 0 && crashes < MAX_CRASHES;

/** At most `limit` tasks at once; the others follow in the order of the calls. */
function createLimiter(limit: number): (task: () => Promise<void>) => Promise<void> {
  const waiting: (() => void)[] = [];
  let free = limit;
  return async (task) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
