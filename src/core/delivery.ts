/** The last steps of the one path: what the outbox holds leaves, once, in order, at the platforms' pace. */
import { asRepeatable, BotError, errorText, type ErrorCode } from './errors.js';
import { LEASE_MS, type Leases } from './leases.js';
import { isToldBack, nextStep, toldBack } from './outbox.js';
import { createPacer } from './pace.js';
import type { Adapter, Clock, Ids, Logger } from './ports.js';
import { conversationKey, type Attachment, type Platform } from './chat.js';
import type { ClaimedMessage, SendOutcome, Outgoing, ShownCard, Store, OutboxClaim } from './store.js';

/** Sends under way at once; each is of another conversation. */
const SENDS_AT_ONCE = 20;

/** The source of an attachment may give it out later. */
const WORTH_RETRYING: ReadonlySet<ErrorCode> = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'UNAUTHORIZED']);

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
};

type Ending = {
  reason?: string | undefined;
  shown?: { slot: string; card: ShownCard };
  /** Id of the message, where the platform tells whether it was read. */
  seenAs?: string | undefined;
};

/** Said of a message whose platform no process runs. */
export const STRANDED = '没有运行中的进程连接该平台';

export type Delivery = {
  /** Sends what is due; each message that leaves makes the next one of its conversation due. */
  deliverDue(): Promise<void>;
  /** Sends what is claimed already, and what waits behind it. */
  deliver(messages: ClaimedMessage[]): Promise<void>;
  /** For a commit that gives its messages out at once. */
  claim(): OutboxClaim;
};

/** Appended to the next message of the chat; Telegram has no key by which a repeated send would be dropped. */
const DOUBT = '(此前有一条消息可能没有送达,如有缺漏请再问一次。)';

export function createDelivery(deps: DeliveryDeps): Delivery {
  const { store, clock, steady, platforms, ids, log, leases } = deps;
  const adapters = new Map(deps.adapters.map((adapter) => [adapter.name, adapter]));
  const pacer = createPacer();

  const finish = (
    claimed: ClaimedMessage,
    outcome: SendOutcome,
    { reason, shown, seenAs }: Ending = {},
  ): Promise<unknown> => {
    const { key, conversation, occurrence } = claimed.message;
    if (outcome !== 'sent') log.error({ key, attempts: claimed.attempts, reason }, `delivery ${outcome}`);
    const at = clock();
    const data = { key, outcome, to: conversationKey(conversation), attempts: claimed.attempts };
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
    ]);
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

  /** What cannot be fetched any more is said instead; what may come back is tried again with the message. */
  const fetchContent = async (
    message: Outgoing,
    attachment: Attachment,
  ): Promise<{ message: Outgoing; content?: Uint8Array }> => {
    const gone = (why: string) => ({
      message: {
        ...message,
        reply: { text: [`(附件未能转发:${why})`, captionOf(message)].filter(Boolean).join('\n') },
      },
    });
    if (attachment.content !== undefined)
      return { message, content: new TextEncoder().encode(attachment.content) };
    const source = adapters.get(attachment.platform);
    if (!source) return gone('来源平台已停用');
    try {
      return { message, content: await source.download(attachment) };
    } catch (error) {
      log.warn({ key: message.key, error: errorText(error) }, 'an attachment cannot be fetched');
      const reason = asRepeatable(error);
      if (reason instanceof BotError && WORTH_RETRYING.has(reason.code)) throw reason;
      return gone('来源平台已不再提供,请向发送人索取');
    }
  };

  const send = async (claimed: ClaimedMessage, adapter: Adapter): Promise<unknown> => {
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
    try {
      const ready =
        'attachment' in message.reply ? await fetchContent(message, message.reply.attachment) : { message };
      ({ messageId } = await adapter.deliver(wellFormed(ready.message), ready.content));
    } catch (error) {
      const step = next(error);
      if (step.kind === 'end') return finish(claimed, step.outcome, { reason: step.reason });
      log.warn(
        { key: message.key, attempts: claimed.attempts, reason: step.reason },
        'delivery will be retried',
      );
      return store.commit([{ kind: 'outgoingRetry', key: message.key, lease, runAt: step.runAt }]);
    }
    const { slot, conversation } = message;
    if (messageId === null) return finish(claimed, 'sent');
    const seenAs = adapter.isRead ? { seenAs: messageId } : {};
    if (slot === undefined) return finish(claimed, 'sent', seenAs);
    const sentAt = card?.messageId === messageId ? card.sentAt : clock();
    return finish(claimed, 'sent', { ...seenAs, shown: { slot, card: { conversation, messageId, sentAt } } });
  };

  const deliver = async (claimed: ClaimedMessage): Promise<unknown> => {
    const { conversation } = claimed.message;
    const adapter = adapters.get(conversation.platform);
    if (!adapter) return finish(claimed, 'failed', { reason: STRANDED });
    pacer.take(
      conversationKey(conversation),
      adapter.pace[conversation.isDirect ? 'direct' : 'group'],
      steady(),
    );
    return send(claimed, adapter);
  };

  const claim = (): OutboxClaim => {
    const now = steady();
    return { now, lease: ids(), leaseMs: LEASE_MS, platforms, except: pacer.waiting(now) };
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

  const deliverDue = async (): Promise<void> =>
    deliverAll(await store.claimDueMessages(claim(), SENDS_AT_ONCE));

  return { deliverDue, deliver: deliverAll, claim };
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

const captionOf = ({ reply }: Outgoing): string => ('attachment' in reply ? reply.text : '');
