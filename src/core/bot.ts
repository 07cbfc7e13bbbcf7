/** The one path of a message (DESIGN.md, section 3): claim, queue, match, handle, commit, deliver. */
import { compose, type Middleware } from './compose.js';
import type { Person } from './domain.js';
import { BotError, errorText, isRetryable } from './errors.js';
import type { Adapter, Change, Clock, Ids, Logger, Outgoing, OutgoingJob, Store } from './ports.js';
import { conversationKey, type Context, type Effect, type Handler, type IntentMatch } from './types.js';
import type { Session, Update, User } from './types.js';

/** Nobody remembers what "那镇里呢" refers to after half an hour. */
export const SESSION_TTL_MS = 30 * 60_000;
/** Longer than any handler runs; a crashed claim is free again after it. */
const CLAIM_LEASE_MS = 60_000;
/** Waits before the next try of a delivery, in ms; after the last one the message is given up and reported. */
const RETRY_MS = [1_000, 5_000, 30_000, 120_000, 600_000];
/** Re-runs after another commit was first. */
const MAX_CONFLICTS = 3;

export type Matcher = (input: {
  update: Update;
  session: Session | null;
}) => Promise<{ match: IntentMatch; text: string } | null>;

export type BotDeps = {
  store: Store;
  adapters: Adapter[];
  /** Null when the message is not for the bot. */
  match: Matcher;
  handlers: Record<string, Handler>;
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
  handle(update: Update): Promise<void>;
  /** Delivers what is due; called after every commit, at start and by a timer. */
  deliverDue(): Promise<void>;
  /** Resolves when nothing is being handled or delivered. */
  idle(): Promise<void>;
};

export function createBot(deps: BotDeps): Bot {
  const { store, clock, ids, log } = deps;
  const adapters = new Map(deps.adapters.map((adapter) => [adapter.name, adapter]));
  const run = compose(deps.middleware, async (ctx) => {
    const handler = deps.handlers[ctx.match.intent];
    if (!handler) throw new Error(`no handler for intent ${ctx.match.intent}`);
    return handler(ctx);
  });
  /** The end of what runs for each conversation: the next update waits behind it. */
  const tails = new Map<string, Promise<void>>();
  const delivering = new Map<string, Promise<void>>();

  /** Runs `task` behind everything earlier of the same key, never in parallel, never dropped. */
  const inOrder = (
    queue: Map<string, Promise<void>>,
    key: string,
    task: () => Promise<void>,
  ): Promise<void> => {
    const result = (queue.get(key) ?? Promise.resolve()).then(task);
    const tail = result.catch(() => undefined);
    queue.set(key, tail);
    void tail.then(() => {
      if (queue.get(key) === tail) queue.delete(key);
    });
    return result;
  };

  const process = async (update: Update, lease: string): Promise<Outgoing[]> => {
    const now = clock();
    const sessionKey = `${conversationKey(update.conversation)}|${update.user.id}`;
    const stored = await store.getSession(sessionKey);
    const session = stored && now - stored.updatedAt <= SESSION_TTL_MS ? stored : null;
    const matched = await deps.match({ update, session });
    const effects = matched
      ? await run({ update, session, now, ...matched, person: deps.personOf(update.user) } satisfies Context)
      : [];
    const { changes, outgoing } = interpret(update, effects, sessionKey, now, deps.editionId());
    await store.commit([...changes, { kind: 'updateDone', id: update.id, lease, at: now }]);
    return outgoing;
  };

  const deliver = async ({ message, attempts }: OutgoingJob): Promise<void> => {
    const adapter = adapters.get(message.conversation.platform);
    if (!adapter) return;
    try {
      await adapter.deliver(message);
      await store.commit([{ kind: 'outgoingDone', key: message.key }]);
    } catch (error) {
      const wait = RETRY_MS[attempts];
      if (!isRetryable(error) || wait === undefined) {
        log.error({ key: message.key, attempts, error: errorText(error) }, 'message given up');
        await store.commit([{ kind: 'outgoingDone', key: message.key }]);
        return;
      }
      const retryAfter = error instanceof BotError ? (error.retryAfterMs ?? 0) : 0;
      const runAt = clock() + Math.max(wait, retryAfter);
      log.warn({ key: message.key, attempts, error: errorText(error), runAt }, 'delivery failed, will retry');
      await store.commit([{ kind: 'outgoingRetry', key: message.key, attempts: attempts + 1, runAt }]);
    }
  };

  const inFlight = new Set<string>();
  /** Messages of one chat leave one after the other, in the order they were committed. */
  const enqueue = async (job: OutgoingJob): Promise<void> => {
    const { key, conversation } = job.message;
    if (inFlight.has(key)) return;
    inFlight.add(key);
    try {
      await inOrder(delivering, conversationKey(conversation), () => deliver(job));
    } catch (error) {
      log.error({ key, error: errorText(error) }, 'delivery not recorded');
    } finally {
      inFlight.delete(key);
    }
  };

  return {
    async handle(update) {
      const lease = ids();
      const claim = await store.claimUpdate(update.id, lease, clock(), CLAIM_LEASE_MS);
      if (claim === 'done') return;
      if (claim === 'in-flight') throw new BotError('CONFLICT', `update ${update.id} is being handled`);
      await inOrder(tails, conversationKey(update.conversation), async () => {
        try {
          for (let conflicts = 0; ; conflicts++) {
            try {
              const outgoing = await process(update, lease);
              for (const message of outgoing) void enqueue({ message, attempts: 0, runAt: 0 });
              return;
            } catch (error) {
              const isConflict = error instanceof BotError && error.code === 'CONFLICT';
              if (!isConflict || conflicts >= MAX_CONFLICTS) throw error;
            }
          }
        } catch (error) {
          await store.releaseUpdate(update.id, lease);
          log.error({ update: update.id, error: errorText(error) }, 'update failed');
          throw error;
        }
      });
    },
    async deliverDue() {
      await Promise.all((await store.dueOutgoing(clock())).map(enqueue));
    },
    async idle() {
      while (tails.size + delivering.size > 0) await Promise.all([...tails.values(), ...delivering.values()]);
    },
  };
}

/** Effects as changes of the store, with the messages among them. */
function interpret(
  update: Update,
  effects: Effect[],
  sessionKey: string,
  now: number,
  edition: string,
): { changes: Change[]; outgoing: Outgoing[] } {
  const changes: Change[] = [];
  const outgoing: Outgoing[] = [];
  for (const effect of effects) {
    switch (effect.kind) {
      case 'reply':
      case 'edit':
        outgoing.push({
          key: `${update.id}#${outgoing.length}`,
          conversation: update.conversation,
          reply: effect.reply,
          ...(effect.kind === 'edit'
            ? { editMessageId: effect.messageId }
            : !update.conversation.isDirect && { replyTo: update.messageId }),
        });
        break;
      case 'setSession':
        changes.push({ kind: 'session', key: sessionKey, session: effect.session });
        break;
      case 'note':
        changes.push({
          kind: 'note',
          note: { at: now, topic: effect.topic, text: effect.text, rows: effect.rows, edition },
        });
        break;
    }
  }
  for (const message of outgoing)
    changes.push({ kind: 'outgoing', job: { message, attempts: 0, runAt: now } });
  return { changes, outgoing };
}
