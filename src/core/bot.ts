/** The one path of a message (src/README.md: The one path): keep, claim, queue, match, handle, commit, deliver. */
import { compose, type Middleware } from './compose.js';
import type { ContentDeps } from './attachments.js';
import { createDelivery } from './delivery.js';
import { replyText, setSession } from './effects.js';
import type { Person } from './domain.js';
import { BotError, errorText, isPassing, isStoreFailure } from './errors.js';
import { createInbox } from './inbox.js';
import { interpretGate, interpretHeard } from './interpret.js';
import { createLeases } from './leases.js';
import type { Adapter, Clock, Ids } from './ports.js';
import { createShares, waitedMs } from './shares.js';
import { createStranded } from './stranded.js';
import { createTimerRunner } from './timer-runner.js';
import { createTroubleNotice } from './trouble.js';
import type { Effect, Handler, IntentMatch, TimerContext, TimerHandler } from './types.js';
import { conversationKey, type Heard, type Platform, type Reply, type User, isForUs } from './chat.js';
import { leftOf, roomKeyOf, type Session } from './session.js';
import type { Change, ClaimedMessage, Outgoing, Store } from './store.js';

/** Nobody remembers what "那镇里呢" refers to after half an hour. */
export const SESSION_TTL_MS = 30 * 60_000;
/** Re-runs after another commit was first. */
const MAX_CONFLICTS = 5;
const FORGOTTEN = '刚才的步骤已失效,已重新开始。';
const BUSY = '消息较多,请稍后再试。刚才这条没有处理。';

export type Matcher = (input: {
  update: Heard;
  session: Session | null;
}) => Promise<{ match: IntentMatch; text: string; raw: string } | null>;

export type BotDeps = {
  store: Store;
  adapters: Adapter[];
  /** Null when the message is not for the bot. */
  match: Matcher;
  /** Whether a message that nobody addressed to the bot may yet be for it, such as the answer to its question. */
  mayHear?: (update: Heard, session: Session | null) => boolean;
  /** Answers instead of everything else, e.g. who may not use the bot; null lets the update pass. */
  gate?: (update: Heard, person: Person | null) => Effect[] | null;
  handlers: Record<string, Handler>;
  /** By the kind of the timer. */
  timers: Record<string, TimerHandler>;
  middleware: Middleware[];
  personOf: (user: User) => Person | null;
  /** Edition in force, noted beside remarks. */
  editionId: () => string;
  /** The time that people see. */
  clock: Clock;
  /** For paces, leases and waits: in step with `clock` at the start, and it never jumps. `clock` itself in tests. */
  steady?: Clock;
  /** Kept up to date with what the living processes run; this process alone by default. */
  livePlatforms?: Set<Platform>;
  ids: Ids;
  /** The hash of a message as it was sent, for the record. */
  digest?: (said: Reply) => string;
} & ContentDeps;

export type Bot = {
  /** Resolves when the update is kept; it is handled soon. Rejects when the platform should deliver it again. */
  accept(update: Heard): Promise<void>;
  /** Carries out due timers, handles and delivers what is due, renews leases; called at start and every second or so. */
  runDue(): Promise<void>;
  /** Resolves when nothing is being handled or delivered. */
  idle(): Promise<void>;
};

export function createBot(deps: BotDeps): Bot {
  const { store, clock, ids, log, steady = clock, mayHear = () => true, gate = () => null } = deps;
  const platforms = new Set(deps.adapters.map(({ name }) => name));
  const leases = createLeases(store, steady);
  let processes: ReadonlyMap<Platform, number> = new Map();
  const processesOf = (platform: Platform): number => processes.get(platform) ?? 1;
  const delivery = createDelivery({ ...deps, steady, platforms, leases, processesOf });
  const sayTrouble = createTroubleNotice({ ...deps, clock: steady });
  const shares = createShares({ clock, steady });
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

  const sessionKeyOf = (update: Heard): string => `${conversationKey(update.conversation)}|${update.user.id}`;
  const isFresh = ({ updatedAt }: Session): boolean => clock() - updatedAt <= SESSION_TTL_MS;
  const sessionOf = async (update: Heard): Promise<Session | null> => {
    const stored = await store.getSession(sessionKeyOf(update));
    return !stored || isFresh(stored) ? stored : leftOf(stored, clock());
  };
  const aroundOf = async (update: Heard): Promise<Session | null> => {
    const key = roomKeyOf(update);
    const shown = key === null ? null : await store.getSession(key);
    return shown && isFresh(shown) ? shown : null;
  };

  /** The second try goes without what was stored of the dialogue: it may be what cannot be read any more. */
  const changesOf = async (update: Heard, failures: number): Promise<Change[]> => {
    const now = clock();
    const person = deps.personOf(update.user);
    // Before the handler: another edition may come into force while it answers from this one.
    const edition = deps.editionId();
    const gated = gate(update, person);
    if (gated) return interpretGate(update, now, gated, edition);
    const stored = await sessionOf(update);
    const session = failures > 0 ? null : stored;
    const around = await aroundOf(update);
    const matched = await deps.match({ update, session });
    if (!matched) return [];
    const waited = waitedMs(update, { clock, steady });
    const ctx = { update, session, around, now, waitedMs: waited, ...matched, person };
    const whole = { ...ctx, read: store, takeNumber: store.takeNumber };
    const effects = await run(whole);
    const forgotten = stored && !session ? [setSession(null), replyText(FORGOTTEN)] : [];
    return interpretHeard(whole, [...forgotten, ...effects], sessionKeyOf(update), edition);
  };

  /** Handlers know the time that people see; messages wait by the one that never jumps. */
  const atSteadyTime = (change: Change): Change =>
    change.kind === 'outgoing' ? { ...change, message: counted(change.message), runAt: steady() } : change;

  const counted = (message: Outgoing): Outgoing => {
    const { platform } = message.conversation;
    const calls = deps.adapters.find(({ name }) => name === platform)?.callsOf?.(message) ?? 1;
    return calls > 1 ? { ...message, calls } : message;
  };

  const commit = async (changes: Change[]): Promise<void> => {
    const claim = delivery.claim();
    let messages: ClaimedMessage[] = [];
    try {
      messages = await store.commit(changes, claim);
    } finally {
      delivery.settle(claim, messages);
    }
    soon(delivery.deliver(messages));
  };

  /** Pure handlers may run again when another commit was first. What they say is on its way at once. */
  const commitOf = async (make: () => Promise<Change[]>): Promise<void> => {
    for (let conflicts = 0; ; conflicts++) {
      try {
        await commit((await make()).map(atSteadyTime));
        return;
      } catch (error) {
        const isConflict = error instanceof BotError && error.code === 'CONFLICT';
        if (!isConflict || conflicts >= MAX_CONFLICTS) throw error;
      }
    }
  };

  const soon = (work: Promise<unknown>): void => {
    track(work).catch((error: unknown) => log.error({ error: errorText(error) }, 'outbox'));
  };

  const isBound = (update: Heard): boolean => deps.personOf(update.user) !== null;
  const onTrouble = (update: Heard): void => void track(sayTrouble(update));
  const inbox = createInbox({
    store,
    platforms,
    delivery,
    leases,
    clock,
    steady,
    ids,
    log,
    isBound,
    changesOf,
    commitOf,
    track,
    onTrouble,
  });

  const isRead: TimerContext['isRead'] = async (platform, messageId) => {
    try {
      return (await deps.adapters.find(({ name }) => name === platform)?.isRead?.(messageId)) ?? null;
    } catch (error) {
      if (isPassing(error)) throw error;
      log.warn({ messageId, error: errorText(error) }, 'whether a message was read is not told');
      return null;
    }
  };

  const accountsOf: TimerContext['accountsOf'] = async (platform, contacts, maxAgeMs) => {
    try {
      const adapter = deps.adapters.find(({ name }) => name === platform);
      const found = (await adapter?.accountsOf?.(contacts, maxAgeMs)) ?? new Map<string, string>();
      return new Map([...found].map(([contact, id]) => [contact, `${platform}:${id}`]));
    } catch (error) {
      if (isPassing(error)) throw error;
      log.warn({ platform, error: errorText(error) }, 'whose telephone numbers these are, is not told');
      return new Map();
    }
  };

  const readAttachment: TimerContext['readAttachment'] = async (attachment) => {
    const adapter = deps.adapters.find(({ name }) => name === attachment.platform);
    if (!adapter) throw new BotError('TARGET_GONE', '来源平台已停用');
    return adapter.download(attachment);
  };

  const runTimers = createTimerRunner({
    store,
    leases,
    clock,
    steady,
    ids,
    log,
    platforms,
    commitOf,
    handlers: deps.timers,
    editionId: deps.editionId,
    isRead,
    accountsOf,
    readAttachment,
  });
  const lookAfterStranded = createStranded({
    store,
    steady,
    clock,
    ids,
    log,
    platforms,
    live: deps.livePlatforms ?? new Set(),
    onBeat: (found, pauses) => {
      processes = found;
      for (const [platform, until] of pauses) delivery.pause(platform, until);
    },
  });

  const renewLeases = (): Promise<void> =>
    leases
      .renew()
      .catch((error: unknown) => log.warn({ error: errorText(error) }, 'leases not renewed, trying again'));

  /** Everybody has a share; beyond it nothing is kept, and it is said once. */
  const accept = async (update: Heard): Promise<void> => {
    if (!isForUs(update) && !mayHear(update, await sessionOf(update))) return;
    switch (shares.take(update, isBound(update))) {
      case 'take':
        return inbox.accept(update);
      case 'drop':
        return log.debug({ update: update.id }, 'more than a share, dropped');
      case 'tell': {
        log.warn({ update: update.id, user: update.user.id }, 'more than a share, dropped from here on');
        const { id, conversation } = update;
        const message = { key: `${id}#busy`, conversation, reply: { text: BUSY } };
        await store.commit([{ kind: 'outgoing', message, runAt: steady() }]);
        soon(delivery.deliverDue());
      }
    }
  };

  return {
    accept: (update) =>
      track(
        accept(update).catch((error: unknown) => {
          if (isStoreFailure(error)) onTrouble(update);
          throw error;
        }),
      ),
    runDue: () =>
      track(
        Promise.all([
          renewLeases(),
          inbox.work(),
          lookAfterStranded(),
          runTimers().then(delivery.deliverDue),
        ]).then(() => undefined),
      ),
    async idle() {
      while (active.size > 0) await Promise.all(active);
    },
  };
}
