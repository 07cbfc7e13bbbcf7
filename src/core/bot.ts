/** The one path of a message (DESIGN.md, section 3): claim, queue, match, handle, commit, deliver. */
import { compose, type Middleware } from './compose.js';
import { createDelivery } from './delivery.js';
import type { Person } from './domain.js';
import { BotError, errorText, isPassing } from './errors.js';
import { interpretHeard, interpretTimer } from './interpret.js';
import { createLeases, LEASE_MS } from './leases.js';
import type { Adapter, Change, ClaimedTimer, Clock, Ids, Logger, Store } from './ports.js';
import { createTroubleNotice, isStoreFailure } from './trouble.js';
import { conversationKey } from './types.js';
import type {
  DueTimer,
  Handler,
  Heard,
  IntentMatch,
  Session,
  TimerContext,
  TimerHandler,
  User,
} from './types.js';

/** Nobody remembers what "那镇里呢" refers to after half an hour. */
export const SESSION_TTL_MS = 30 * 60_000;
/** Timers carried out at once. */
const TIMERS_AT_ONCE = 50;
/** Waits before the next try of a timer whose handler failed, in ms; the last one repeats: it is never given up. */
const TIMER_RETRY_MS = [1_000, 10_000, 60_000, 600_000];
/** Re-runs after another commit was first. */
const MAX_CONFLICTS = 5;

export type Matcher = (input: {
  update: Heard;
  session: Session | null;
}) => Promise<{ match: IntentMatch; text: string; raw: string } | null>;

export type BotDeps = {
  store: Store;
  adapters: Adapter[];
  /** Null when the message is not for the bot. */
  match: Matcher;
  handlers: Record<string, Handler>;
  /** By the kind of the timer. */
  timers: Record<string, TimerHandler>;
  middleware: Middleware[];
  personOf: (user: User) => Person | null;
  /** Edition in force, noted beside remarks. */
  editionId: () => string;
  clock: Clock;
  ids: Ids;
  log: Logger;
};

export type Bot = {
  /** Resolves when the update and its effects are durable; rejects when the platform should deliver it again. */
  handle(update: Heard): Promise<void>;
  /** Carries out due timers, delivers what is due, renews leases; called at start and every second or so. */
  runDue(): Promise<void>;
  /** Resolves when nothing is being handled or delivered. */
  idle(): Promise<void>;
};

export function createBot(deps: BotDeps): Bot {
  const { store, clock, ids, log } = deps;
  const leases = createLeases(store, clock);
  const deliverDue = createDelivery({ ...deps, leases });
  const sayTrouble = createTroubleNotice(deps);
  const run = compose(deps.middleware, async (ctx) => {
    const handler = deps.handlers[ctx.match.intent];
    if (!handler) throw new Error(`no handler for intent ${ctx.match.intent}`);
    return handler(ctx);
  });
  /** Everything under way, for `idle`. */
  const active = new Set<Promise<unknown>>();
  const track = <T>(task: Promise<T>): Promise<T> => {
    const done: Promise<unknown> = task.catch(() => undefined).finally(() => active.delete(done));
    active.add(done);
    return task;
  };

  const changesOf = async (update: Heard): Promise<Change[]> => {
    const now = clock();
    const sessionKey = `${conversationKey(update.conversation)}|${update.user.id}`;
    const stored = await store.getSession(sessionKey);
    const session = stored && now - stored.updatedAt <= SESSION_TTL_MS ? stored : null;
    const matched = await deps.match({ update, session });
    if (!matched) return [];
    const person = deps.personOf(update.user);
    const ctx = { update, session, now, ...matched, person, read: store, takeNumber: store.takeNumber };
    // Before the handler: another edition may come into force while it answers from this one.
    const edition = deps.editionId();
    return interpretHeard(ctx, await run(ctx), sessionKey, edition);
  };

  /** Pure handlers may run again when another commit was first. */
  const commitOf = async (make: () => Promise<Change[]>): Promise<void> => {
    for (let conflicts = 0; ; conflicts++) {
      try {
        return await store.commit(await make());
      } catch (error) {
        const isConflict = error instanceof BotError && error.code === 'CONFLICT';
        if (!isConflict || conflicts >= MAX_CONFLICTS) throw error;
      }
    }
  };

  const deliverSoon = (): void => {
    track(deliverDue()).catch((error: unknown) => log.error({ error: errorText(error) }, 'outbox'));
  };

  const handleClaimed = async (update: Heard, lease: string): Promise<void> => {
    try {
      await commitOf(async () => [
        ...(await changesOf(update)),
        { kind: 'updateDone', id: update.id, lease, at: clock() },
      ]);
    } catch (error) {
      await store.releaseUpdate(update.id, lease);
      log.error({ update: update.id, error: errorText(error) }, 'update failed');
      throw error;
    }
  };

  const isRead: TimerContext['isRead'] = async (platform, messageId) => {
    try {
      return (await deps.adapters.find(({ name }) => name === platform)?.isRead?.(messageId)) ?? null;
    } catch (error) {
      if (isPassing(error)) throw error;
      log.warn({ messageId, error: errorText(error) }, 'whether a message was read is not told');
      return null;
    }
  };

  const readAttachment: TimerContext['readAttachment'] = async (attachment) => {
    const adapter = deps.adapters.find(({ name }) => name === attachment.platform);
    if (!adapter) throw new BotError('TARGET_GONE', '来源平台已停用');
    return adapter.download(attachment);
  };

  const runTimer = async ({ timer, lease, attempts }: ClaimedTimer): Promise<void> => {
    const update: DueTimer = { kind: 'job', id: `job:${timer.key}@${timer.runAt}`, at: timer.runAt, timer };
    try {
      const handler = deps.timers[timer.kind];
      if (!handler) throw new Error(`no handler for timers of the kind ${timer.kind}`);
      await commitOf(async () => {
        const ctx = { update, now: clock(), read: store, isRead, readAttachment };
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

  const runTimers = async (): Promise<void> => {
    for (;;) {
      const claimed = await store.claimDueTimers(clock(), ids(), LEASE_MS, TIMERS_AT_ONCE);
      await Promise.all(
        claimed.map((each) =>
          leases.hold({ kind: 'timer', key: each.timer.key, lease: each.lease }, () => runTimer(each)),
        ),
      );
      if (claimed.length < TIMERS_AT_ONCE) return;
    }
  };

  const renewLeases = (): Promise<void> =>
    leases
      .renew()
      .catch((error: unknown) => log.warn({ error: errorText(error) }, 'leases not renewed, trying again'));

  return {
    handle(update) {
      const run = async (): Promise<void> => {
        const lease = ids();
        const claim = await store.claimUpdate(update.id, lease, clock(), LEASE_MS);
        if (claim === 'done') return;
        if (claim === 'in-flight') throw new BotError('CONFLICT', `update ${update.id} is being handled`);
        await leases.hold({ kind: 'update', key: update.id, lease }, () =>
          store.withConversation(conversationKey(update.conversation), () => handleClaimed(update, lease)),
        );
        deliverSoon();
      };
      const task = run().catch((error: unknown) => {
        if (isStoreFailure(error)) void track(sayTrouble(update));
        throw error;
      });
      return track(task);
    },
    runDue: () => track(Promise.all([renewLeases(), runTimers().then(deliverDue)]).then(() => undefined)),
    async idle() {
      while (active.size > 0) await Promise.all(active);
    },
  };
}
