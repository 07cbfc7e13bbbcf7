/** The one path of a message (DESIGN.md, section 3): claim, queue, match, handle, commit, deliver. */
import { compose, type Middleware } from './compose.js';
import type { Person } from './domain.js';
import { BotError, errorText } from './errors.js';
import { nextStep } from './outbox.js';
import type { Adapter, Change, ClaimedJob, Clock, Ids, Logger, Outcome, Outgoing, Store } from './ports.js';
import { conversationKey, type Context, type Effect, type Handler, type IntentMatch } from './types.js';
import type { Session, Update, User } from './types.js';

/** Nobody remembers what "那镇里呢" refers to after half an hour. */
export const SESSION_TTL_MS = 30 * 60_000;
/** Longer than any handler runs; a crashed claim is free again after it. */
const CLAIM_LEASE_MS = 60_000;
/** Longer than any send may take, its HTTP limit included. */
const SEND_LEASE_MS = 60_000;
/** Sends under way at once; each is of another conversation. */
const SENDS_AT_ONCE = 20;
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
  /** Everything under way, for `idle`. */
  const active = new Set<Promise<unknown>>();
  const track = <T>(task: Promise<T>): Promise<T> => {
    const done: Promise<unknown> = task.catch(() => undefined).finally(() => active.delete(done));
    active.add(done);
    return task;
  };

  const process = async (update: Update, lease: string): Promise<void> => {
    const now = clock();
    const sessionKey = `${conversationKey(update.conversation)}|${update.user.id}`;
    const stored = await store.getSession(sessionKey);
    const session = stored && now - stored.updatedAt <= SESSION_TTL_MS ? stored : null;
    const matched = await deps.match({ update, session });
    const effects = matched
      ? await run({ update, session, now, ...matched, person: deps.personOf(update.user) } satisfies Context)
      : [];
    const changes = interpret(update, effects, sessionKey, now, deps.editionId());
    await store.commit([...changes, { kind: 'updateDone', id: update.id, lease, at: now }]);
  };

  const finish = (job: ClaimedJob, outcome: Outcome, reason?: string): Promise<void> => {
    const { key } = job.message;
    if (outcome !== 'sent') log.error({ key, attempts: job.attempts, reason }, `delivery ${outcome}`);
    return store.commit([
      { kind: 'outgoingDone', key, lease: job.lease, outcome, at: clock(), ...(reason && { reason }) },
    ]);
  };

  const deliver = async (job: ClaimedJob): Promise<void> => {
    const { message, lease } = job;
    const adapter = adapters.get(message.conversation.platform);
    if (!adapter) return finish(job, 'failed', 'this platform is not configured any more');
    const next = (error: unknown) => nextStep(job, error, clock(), adapter.dedupeWindowMs);
    const before = job.isInterrupted ? next(new BotError('UNCERTAIN', 'an earlier send was cut off')) : null;
    if (before?.kind === 'end') return finish(job, before.outcome, before.reason);
    try {
      await adapter.deliver(message);
    } catch (error) {
      const step = next(error);
      if (step.kind === 'end') return finish(job, step.outcome, step.reason);
      log.warn({ key: message.key, attempts: job.attempts, reason: step.reason }, 'delivery will be retried');
      return store.commit([{ kind: 'outgoingRetry', key: message.key, lease, runAt: step.runAt }]);
    }
    return finish(job, 'sent');
  };

  /** Sends what is due; each message that leaves makes the next one of its conversation due. */
  const deliverDue = async (): Promise<void> => {
    const jobs = await store.claimDueJobs(clock(), ids(), SEND_LEASE_MS, SENDS_AT_ONCE);
    await Promise.all(
      jobs.map(async (job) => {
        try {
          await deliver(job);
        } catch (error) {
          // The store could not note the end: after the lease the send counts as cut off.
          log.error({ key: job.message.key, error: errorText(error) }, 'end of delivery not noted');
          return;
        }
        await deliverDue();
      }),
    );
  };

  const deliverSoon = (): void => {
    track(deliverDue()).catch((error: unknown) => log.error({ error: errorText(error) }, 'outbox'));
  };

  const handleClaimed = async (update: Update, lease: string): Promise<void> => {
    try {
      for (let conflicts = 0; ; conflicts++) {
        try {
          await process(update, lease);
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
  };

  return {
    handle(update) {
      const run = async (): Promise<void> => {
        const lease = ids();
        const claim = await store.claimUpdate(update.id, lease, clock(), CLAIM_LEASE_MS);
        if (claim === 'done') return;
        if (claim === 'in-flight') throw new BotError('CONFLICT', `update ${update.id} is being handled`);
        await store.withConversation(conversationKey(update.conversation), () =>
          handleClaimed(update, lease),
        );
        deliverSoon();
      };
      return track(run());
    },
    deliverDue: () => track(deliverDue()),
    async idle() {
      while (active.size > 0) await Promise.all(active);
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
): Change[] {
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
  for (const message of outgoing) changes.push({ kind: 'outgoing', message, runAt: now });
  return changes;
}
