/** Outgoing messages -> API calls: edits, replies, files, and what is done when they are refused. */
import { createHash } from 'node:crypto';
import { asRepeatable, BotError, errorText } from '../../core/errors.js';
import type { Adapter, Logger } from '../../core/ports.js';
import { sendingOf, type Sending } from '../sending.js';
import type { FeishuApi } from './api.js';
import { renderUnsent, uploadAttachment } from './attachments.js';
import { createAlerts } from './alerts.js';
import type { Clicks } from './clicks.js';
import { actionFor, failureOf } from './http.js';
import type { Action } from './refusals.js';
import { maskNumbers, NOTICE, textOf } from './masked.js';
import { renderEdit, renderReply, renderText, type FeishuContent, type WrittenReply } from './render.js';
import { conversationKey } from '../../core/chat.js';
import type { Outgoing } from '../../core/store.js';

export type GoneWhy = 'removed' | 'disbanded';
/** The bot is not in the group; the group is no more (im.message.create). */
const GONE: ReadonlyMap<number, GoneWhy> = new Map([
  [230002, 'removed'],
  [232009, 'disbanded'],
]);

export type SenderOptions = {
  api: FeishuApi;
  clicks: Clicks;
  log: Logger;
  /** Hears of a group that a refusal says is lost: one that was disbanded with its history kept sends no event. */
  onGone: (chatId: string, why: GoneWhy) => void;
  /** Sees the id of every message that now shows something of ours. */
  onSent: (messageId: string) => void;
};

/** Create and reply take at most 50 characters (../README.md: Sending). */
export const UUID_MAX = 50;

/** See `Adapter.deliver`. The id of an attachment with a text is that of the attachment, which stands below. */
export function createSender({ api, clicks, log, onGone, onSent }: SenderOptions): Adapter['deliver'] {
  const alert = createAlerts({ api, log, uuidOf });
  async function deliver(
    message: Outgoing,
    content?: Uint8Array,
    onCall?: () => void,
  ): Promise<{ messageId: string | null }> {
    try {
      return await show(sendingOf(message, onCall), content);
    } catch (error) {
      const { chatId, isDirect } = message.conversation;
      const why = isDirect ? undefined : GONE.get(failureOf(error)?.code ?? 0);
      if (why) onGone(chatId, why);
      throw error;
    }
  }

  async function show(
    message: Sending,
    content: Uint8Array | undefined,
  ): Promise<{ messageId: string | null }> {
    const { reply, conversation, editMessageId } = message;
    if (editMessageId === undefined) clicks.passed(updateOf(message), conversationKey(conversation));
    // A card cannot become a picture: such an edit is a new message.
    if ('attachment' in reply) return sendAttachment(message, reply, content);
    const asks = message.asks === true && !conversation.isDirect;
    let forms = renderReply(reply, conversation, asks);
    if (editMessageId !== undefined) {
      const action = await edit(editMessageId, message, reply);
      if (!action) return { messageId: editMessageId };
      if (action !== 'anew') forms = simplerForms(action, forms, reply);
    }
    return sendFirstAccepted(message, forms);
  }

  /** Uploaded first: when that fails nothing was shown yet. Both messages have a key of their own. */
  async function sendAttachment(
    message: Sending,
    { attachment, text }: Extract<Outgoing['reply'], { attachment: unknown }>,
    content: Uint8Array | undefined,
  ): Promise<{ messageId: string | null }> {
    const form = await uploadAttachment({ api, log }, attachment, content);
    if (text !== '') {
      const words = { ...message, key: `${message.key}/text`, reply: { text } };
      await sendFirstAccepted(words, [renderText(text)]);
    }
    return sendFirstAccepted(message, form.type === 'text' ? [form] : [form, renderUnsent(attachment)]);
  }

  /** Null when it worked, else why a new message must do; throws what can be retried and lost chats. */
  async function edit(messageId: string, message: Sending, reply: WrittenReply): Promise<Action | null> {
    const card = renderEdit(reply, message.conversation, message.asks && !message.conversation.isDirect);
    if (!card) {
      clicks.passed(updateOf(message), conversationKey(message.conversation));
      return 'anew';
    }
    const inAnswer = clicks.takeCard(updateOf(message), messageId, card);
    if (inAnswer) {
      await inAnswer;
      onSent(messageId);
      return null;
    }
    await clicks.settled(messageId);
    try {
      message.onCall();
      await api.patch(messageId, card);
      onSent(messageId);
      return null;
    } catch (error) {
      const action = actionFor(error);
      if (action && (await updateByToken(messageId, card))) return null;
      if (action !== 'anew' && !isRefused(error)) throw asRepeatable(error);
      const fields = { key: message.key, error: errorText(error) };
      log[levelOf(action)](fields, 'feishu does not edit the card, sending anew');
      return action ?? 'simpler';
    }
  }

  /** A card that was clicked a while ago can also be replaced by the click's token. */
  async function updateByToken(messageId: string, card: FeishuContent): Promise<boolean> {
    const token = clicks.takeToken(messageId);
    if (token === null) return false;
    try {
      await api.updateByToken(token, card);
      onSent(messageId);
      return true;
    } catch (error) {
      log.info(
        { messageId, error: errorText(error) },
        'the card cannot be replaced by the token of its click',
      );
      return false;
    }
  }

  async function sendFirstAccepted(
    message: Sending,
    [form, ...simpler]: FeishuContent[],
  ): Promise<{ messageId: string | null }> {
    if (!form) return { messageId: null };
    try {
      return { messageId: (await send(message, form)) || null };
    } catch (error) {
      const action = actionFor(error);
      if (!isRefused(error) || !action) throw error;
      const rest = simplerForms(action, [form, ...simpler], message.reply);
      if (rest.length === 0) throw error;
      log[levelOf(action)](
        { key: message.key, error: errorText(error) },
        'feishu refuses the message, simplifying it',
      );
      return sendFirstAccepted(message, rest);
    }
  }

  /** Resolves to an empty id when Feishu names none. */
  async function send(message: Sending, form: FeishuContent): Promise<string> {
    const messageId = await post(message, form);
    if (messageId) onSent(messageId);
    // Not awaited: the message is there.
    if (messageId && message.buzz) void alert(messageId, message, message.onCall);
    return messageId;
  }

  async function post({ key, conversation, replyTo, onCall }: Sending, form: FeishuContent): Promise<string> {
    const uuid = uuidOf(key);
    // A welcome answers no message.
    if (replyTo)
      try {
        onCall();
        return await api.reply(replyTo, form, uuid, conversation.threadId !== undefined);
      } catch (error) {
        if (actionFor(error) !== 'anew') throw error;
        log.info({ key, error: errorText(error) }, 'the message to answer is gone, sending to the chat');
      }
    onCall();
    return api.create(conversation.chatId, form, uuid);
  }

  return deliver;
}

/** See `Adapter.callsOf`. */
export const callsOf = ({ reply }: Outgoing): number => ('attachment' in reply && reply.text !== '' ? 2 : 1);

/** A content that is refused is for the operator to know; a card that is refused is our own affair. */
const levelOf = (action: Action | null): 'warn' | 'error' =>
  action === 'masked' || action === 'notice' ? 'error' : 'warn';

/** What is tried after the first of the forms was refused; the last of them is always a short line. */
function simplerForms(
  action: Action,
  [form, ...simpler]: FeishuContent[],
  reply: Outgoing['reply'],
): FeishuContent[] {
  const notice = renderText(NOTICE);
  const masked = renderText(maskNumbers(textOf(reply)));
  if (form?.content === notice.content) return [];
  if (action === 'masked' && form?.content !== masked.content) return [masked];
  if (action === 'masked' || action === 'notice') return [notice];
  return simpler;
}

/** Keys begin with the id of the update that they answer (`Outgoing`). */
const updateOf = ({ key }: Outgoing): string => key.slice(0, key.indexOf('#'));

/** The key itself where it fits: it can then be found in Feishu's own logs. */
export function uuidOf(key: string): string {
  return key.length <= UUID_MAX ? key : createHash('sha256').update(key).digest('hex').slice(0, UUID_MAX);
}

function isRefused(error: unknown): boolean {
  return error instanceof BotError && error.code === 'REJECTED';
}
