/** The last steps of the one path: what the outbox holds leaves, once, in order, at the platforms' pace. */
import { type Room } from './rank.js';
import { createContentReader, type ContentDeps } from './attachments.js';
import { BotError, errorText, type ErrorCode } from './errors.js';
import { LEASE_MS, type Leases } from './leases.js';
import { isToldBack, nextStep, toldBack } from './outbox.js';
import { wordToOwner } from './undeliverable.js';
import { createAppPacer } from './app-pace.js';
import { createPacer } from './pace.js';
import type { Adapter, Clock, Ids, Logger } from './ports.js';
import { conversationKey, type Platform, type Reply } from './chat.js';
import { SAID } from './request.js';
import type { ClaimedMessage, SendOutcome, Outgoing, ShownCard, Store, OutboxClaim } from './store.js';

/** Sends under way at once; each is of another conversation. */
const SENDS_AT_ONCE = 20;

/** Messages that one commit may give out at once; the others wait their turn in the outbox. */
const COMMIT_AT_ONCE = 3;

/** What an operator must mend is said so often, ms. */
const REMIND_OPERATOR_MS = 10 * 60_000;

export type DeliveryDeps = {
  store: Store;
  adapters: Adapter[];
  /** What people see: when something was sent. */
  clock: Clock;
  /** Paces, leases and waits: it never jumps. */
  steady: Clock;
  /** Platforms of this process; messages to others are for other processes. */
  platforms: ReadonlySet<Platform>;
  ids: Ids;
  log: Logger;
  /** A send may take minutes: an attachment is fetched and uploaded first. */
  leases: Leases;
  /** The hash by which the record vouches for what was said; nothing is vouched for where it is absent. */
  digest?: (said: Reply) => string;
  /** How many living processes send for the platform. */
  processesOf: (platform: Platform) => number;
} & ContentDeps;

type Ending = {
  reason?: string | undefined;
  code?: ErrorCode | undefined;
  shown?: { slot: string; card: ShownCard };
  /** Id of the message, where the platform tells whether it was read. */
  seenAs?: string | undefined;
  /** As it was sent. */
  said?: Reply;
};

/** Said of a message whose platform no process runs. */
export const STRANDED = '没有运行中的进程连接该平台';

export type Delivery = {
  /** Sends what is due; each message that leaves makes the next one of its conversation due. */
  deliverDue(): Promise<void>;
  /** Sends what is claimed already, and what waits behind it. */
  deliver(messages: ClaimedMessage[]): Promise<void>;
  /** For a commit that gives its messages out at once; `settle` must follow. */
  claim(): OutboxClaim;
  /** Another process was told to wait until then. */
  pause(platform: Platform, until: number): void;
  /** Gives back the room of a claim that its messages do not take. */
  settle(claim: OutboxClaim, messages: ClaimedMessage[]): void;
};

/** Appended to the next message of the chat; Telegram has no key by which a repeated send would be dropped. */
const DOUBT = '(此前有一条消息可能没有送达,如有缺漏请再问一次。)';

export function createDelivery(deps: DeliveryDeps): Delivery {
  const { store, clock, steady, platforms, ids, log, leases } = deps;
  const adapters = new Map(deps.adapters.map((adapter) => [adapter.name, adapter]));
  const withContent = createContentReader(adapters, deps);
  const pacer = createPacer();
  const apps = createAppPacer((platform) => adapters.get(platform)?.appPace ?? [], deps.processesOf);
  /** When each trouble of an operator was last said. */
  const saidAt = new Map<string, number>();

  const finish = (
    claimed: ClaimedMessage,
    outcome: SendOutcome,
    { reason, code, shown, seenAs, said }: Ending = {},
  ): Promise<unknown> => {
    const { key, conversation, occurrence } = claimed.message;
    if (outcome !== 'sent') log.error({ key, attempts: claimed.attempts, reason }, `delivery ${outcome}`);
    const at = clock();
    const data = {
      ...{ key, outcome, to: conversationKey(conversation), attempts: claimed.attempts },
      ...(said && deps.digest && { [SAID]: deps.digest(said) }),
    };
    return store.commit([
      {
        kind: 'outgoingDone',
        key,
        lease: claimed.lease,
        outcome,
        at,
        ...(reason && { reason }),
        ...(shown && { shown }),
        ...(claimed.isAfterDoubt && outcome === 'sent' && { isDoubtTold: true }),
      },
      { kind: 'record', entry: { at, kind: 'delivery', actor: null, update: null, data } },
      ...(isToldBack(occurrence, outcome)
        ? [toldBack(claimed.message, occurrence, outcome, at, { reason, seenAs })]
        : []),
      ...(outcome === 'failed' ? wordToOwner(claimed.message, code, steady()) : []),
    ]);
  };

  /** The operator hears of each trouble at once, and again while it lasts; the rest is a warning. */
  const sayRetry = ({ message: { key, conversation }, attempts }: ClaimedMessage, error: unknown): void => {
    const reason = errorText(error);
    const isForOperator =
      error instanceof BotError && (error.code === 'BLOCKED' || error.code === 'UNAUTHORIZED');
    if (!isForOperator) return log.warn({ key, attempts, reason }, 'delivery will be retried');
    const { platform } = conversation;
    const { remedy } = error;
    const trouble = `${platform} ${error.code} ${remedy ?? ''}`;
    const now = steady();
    const fields = { key, platform, attempts, reason, ...(remedy && { remedy }) };
    if (now - (saidAt.get(trouble) ?? -Infinity) < REMIND_OPERATOR_MS)
      return log.warn(fields, 'delivery will be retried');
    saidAt.set(trouble, now);
    log.error(fields, 'messages wait until an operator mends this');
  };

  /** The message with the card of its slot to replace, where the platform still allows that. */
  const aim = async (
    message: Outgoing,
    adapter: Adapter,
  ): Promise<{ message: Outgoing; card: ShownCard | null }> => {
    const card = message.slot === undefined ? null : await store.getCard(message.slot);
    const isThere = card && conversationKey(card.conversation) === conversationKey(message.conversation);
    if (!isThere || clock() - card.sentAt >= adapter.editWindowMs) return { message, card: null };
    return { message: { ...message, editMessageId: card.messageId }, card };
  };

  /** What is said of one chat slows that chat alone. */
  const slowDown = ({ message: { conversation } }: ClaimedMessage, error: unknown): void => {
    if (!(error instanceof BotError) || error.isOfChat) return;
    // An answer about this message: the app as such is heard again.
    if (error.code === 'REJECTED' || error.code === 'TARGET_GONE') apps.works(conversation.platform);
    if (error.retryAfterMs === undefined) return;
    const until = steady() + error.retryAfterMs;
    apps.pause(conversation.platform, until);
    // Other processes of the app meet the same limit.
    store.pause(conversation.platform, until).catch((reason: unknown) => {
      log.warn({ reason: errorText(reason) }, 'other processes are not told to wait');
    });
    log.warn({ platform: conversation.platform, waitMs: error.retryAfterMs }, 'the platform says to wait');
  };

  const send = async (claimed: ClaimedMessage, adapter: Adapter, onCall: () => void): Promise<unknown> => {
    const { lease } = claimed;
    const { message, card } = await aim(
      claimed.isAfterDoubt ? withDoubt(claimed.message) : claimed.message,
      adapter,
    );
    const next = (error: unknown) => nextStep(claimed, error, steady(), adapter.dedupeWindowMs);
    // Replacing a message once more harms nobody; sending it might.
    const isDoubtful = claimed.isInterrupted && message.editMessageId === undefined;
    const before = isDoubtful ? next(new BotError('UNCERTAIN', 'an earlier send was cut off')) : null;
    if (before?.kind === 'end') return finish(claimed, before.outcome, { reason: before.reason });
    let messageId: string | null;
    let said: Reply;
    try {
      const ready =
        'attachment' in message.reply ? await withContent(message, message.reply.attachment) : { message };
      const sent = wellFormed(ready.message);
      said = sent.reply;
      ({ messageId } = await adapter.deliver(sent, ready.content, onCall));
    } catch (error) {
      const step = next(error);
      const code = error instanceof BotError ? error.code : undefined;
      slowDown(claimed, error);
      if (step.kind === 'end') return finish(claimed, step.outcome, { reason: step.reason, code });
      sayRetry(claimed, error);
      return store.commit([{ kind: 'outgoingRetry', key: message.key, lease, runAt: step.runAt }]);
    }
    const { slot, conversation } = message;
    apps.works(conversation.platform);
    const ending = { said, ...(messageId !== null && adapter.isRead && { seenAs: messageId }) };
    if (messageId === null || slot === undefined) return finish(claimed, 'sent', ending);
    const sentAt = card?.messageId === messageId ? card.sentAt : clock();
    return finish(claimed, 'sent', { ...ending, shown: { slot, card: { conversation, messageId, sentAt } } });
  };

  /** Counts each call as it begins; `close` gives back the places of those not made: what calls later, an alert, has none. */
  const meterOf = ({ message: { conversation, calls = 1 } }: ClaimedMessage, adapter: Adapter) => {
    const { platform, isDirect } = conversation;
    let held = calls;
    return {
      onCall: (): void => {
        apps.take(platform, steady(), held > 0);
        held = Math.max(0, held - 1);
        pacer.take(conversationKey(conversation), adapter.pace[isDirect ? 'direct' : 'group'], steady());
      },
      close: (): void => {
        apps.release(platform, held);
        held = 0;
      },
    };
  };

  const deliver = async (claimed: ClaimedMessage): Promise<unknown> => {
    const { platform } = claimed.message.conversation;
    const adapter = adapters.get(platform);
    if (!adapter) {
      apps.release(platform, claimed.message.calls ?? 1);
      return finish(claimed, 'failed', { reason: STRANDED });
    }
    const meter = meterOf(claimed, adapter);
    try {
      return await send(claimed, adapter, meter.onCall);
    } finally {
      meter.close();
    }
  };

  const claimAtMost = (most: number): OutboxClaim => {
    const now = steady();
    const rooms = [...platforms].flatMap((it): [Platform, Room][] => {
      const room = apps.room(it, now, most);
      return room ? [[it, room]] : [];
    });
    for (const [platform, { count }] of rooms) apps.reserve(platform, count);
    const room = new Map(rooms);
    return {
      ...{ now, lease: ids(), leaseMs: LEASE_MS, except: pacer.waiting(now), room },
      platforms: new Set(room.keys()),
    };
  };

  const settle = ({ room }: OutboxClaim, messages: ClaimedMessage[]): void => {
    for (const [platform, { count }] of room ?? [])
      apps.release(
        platform,
        count -
          messages
            .filter(({ message }) => message.conversation.platform === platform)
            .reduce((sum, { message }) => sum + (message.calls ?? 1), 0),
      );
  };

  const deliverAll = async (messages: ClaimedMessage[]): Promise<void> => {
    await Promise.all(
      messages.map(async (claimed) => {
        try {
          const { lease, message } = claimed;
          await leases.hold({ kind: 'message', key: message.key, lease }, () => deliver(claimed));
        } catch (error) {
          // The store could not note the end: after the lease the send counts as cut off.
          log.error({ key: claimed.message.key, error: errorText(error) }, 'end of delivery not noted');
          return;
        }
        await deliverDue();
      }),
    );
  };

  const deliverDue = async (): Promise<void> => {
    const claim = claimAtMost(SENDS_AT_ONCE);
    if (claim.platforms.size === 0) return;
    let messages: ClaimedMessage[] = [];
    try {
      messages = await store.claimDueMessages(claim, SENDS_AT_ONCE);
    } finally {
      settle(claim, messages);
    }
    return deliverAll(messages);
  };

  return {
    pause: apps.pause,
    deliverDue,
    deliver: deliverAll,
    claim: () => claimAtMost(COMMIT_AT_ONCE),
    settle,
  };
}

/** Half characters and NUL, which people do paste, are refused by both platforms: the answer would be lost with them. */
function wellFormed(message: Outgoing): Outgoing {
  const json = JSON.stringify(message.reply);
  if (!/\\u(?:d[89a-f]|0000)/.test(json)) return message;
  const mend = (_: string, value: unknown): unknown =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value;
  return { ...message, reply: JSON.parse(json, mend) as Outgoing['reply'] };
}

function withDoubt(message: Outgoing): Outgoing {
  const { reply } = message;
  if ('card' in reply) {
    const blocks = [...reply.card.blocks, { kind: 'source' as const, text: DOUBT }];
    return { ...message, reply: { card: { ...reply.card, blocks } } };
  }
  return { ...message, reply: { ...reply, text: [reply.text, DOUBT].filter(Boolean).join('\n') } };
}
