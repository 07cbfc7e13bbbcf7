/** Outgoing messages -> API calls: edits, replies, files, and what is done when they are refused. */
import { createHash } from 'node:crypto';
import { asRepeatable, BotError, errorText } from '../../core/errors.js';
import type { Adapter, Logger } from '../../core/ports.js';
import type { FeishuApi } from './api.js';
import { uploadAttachment } from './attachments.js';
import { failureOf, isMessageGone } from './http.js';
import { renderEdit, renderReply, renderText, type FeishuContent, type WrittenReply } from './render.js';
import type { Outgoing } from '../../core/store.js';

export type SenderOptions = {
  api: FeishuApi;
  log: Logger;
  /** Sees the id of every message that now shows something of ours. */
  onSent: (messageId: string) => void;
};

/** Create and reply take at most 50 characters (../README.md: Sending). */
export const UUID_MAX = 50;

/** Bad parameters, card too large, card not creatable. */
const CARD_CODES = new Set([230001, 230025, 230099]);

/** Bad parameters: here an id that names no message. */
const NO_SUCH_MESSAGE = 230001;

/** See `Adapter.deliver`. The id of an attachment with a text is that of the attachment, which stands below. */
export function createSender({ api, log, onSent }: SenderOptions): Adapter['deliver'] {
  async function deliver(message: Outgoing, content?: Uint8Array): Promise<{ messageId: string | null }> {
    const { reply, conversation, editMessageId } = message;
    // A card cannot become a picture: such an edit is a new message.
    if ('attachment' in reply) return sendAttachment(message, reply, content);
    let forms = renderReply(reply, conversation);
    if (editMessageId !== undefined) {
      const refusal = await edit(editMessageId, message, reply);
      if (!refusal) return { messageId: editMessageId };
      if (isCardRefused(refusal)) forms = forms.slice(-1);
    }
    return sendFirstAccepted(message, forms);
  }

  /** Uploaded first: when that fails nothing was shown yet. Both messages have a key of their own. */
  async function sendAttachment(
    message: Outgoing,
    { attachment, text }: Extract<Outgoing['reply'], { attachment: unknown }>,
    content: Uint8Array | undefined,
  ): Promise<{ messageId: string | null }> {
    const form = await uploadAttachment({ api, log }, attachment, content);
    if (text !== '') await send({ ...message, key: `${message.key}/text` }, renderText(text));
    return sendFirstAccepted(message, [form]);
  }

  /** Null when it worked, the refusal when a new message must do; throws what can be retried and lost chats. */
  async function edit(messageId: string, message: Outgoing, reply: WrittenReply): Promise<BotError | null> {
    const card = renderEdit(reply, message.conversation);
    if (!card) return new BotError('REJECTED', 'the card is too large');
    try {
      await api.patch(messageId, card);
      onSent(messageId);
      return null;
    } catch (error) {
      if (!isRefused(error) && !isMessageGone(error)) throw asRepeatable(error);
      log.warn({ key: message.key, error: errorText(error) }, 'feishu does not edit the card, sending anew');
      return error as BotError;
    }
  }

  async function sendFirstAccepted(
    message: Outgoing,
    [form, ...simpler]: FeishuContent[],
  ): Promise<{ messageId: string | null }> {
    if (!form) return { messageId: null };
    try {
      return { messageId: (await send(message, form)) || null };
    } catch (error) {
      if (simpler.length === 0 || !isCardRefused(error)) throw error;
      log.warn({ key: message.key, error: errorText(error) }, 'feishu refuses the card, sending it as text');
      return sendFirstAccepted(message, simpler);
    }
  }

  /** Resolves to an empty id when Feishu names none. */
  async function send(message: Outgoing, form: FeishuContent): Promise<string> {
    const messageId = await post(message, form);
    if (messageId) onSent(messageId);
    return messageId;
  }

  async function post({ key, conversation, replyTo }: Outgoing, form: FeishuContent): Promise<string> {
    const uuid = uuidOf(key);
    if (replyTo !== undefined)
      try {
        return await api.reply(replyTo, form, uuid, conversation.threadId !== undefined);
      } catch (error) {
        if (!isMessageGone(error) && failureOf(error)?.code !== NO_SUCH_MESSAGE) throw error;
        log.info({ key, error: errorText(error) }, 'the message to answer is gone, sending to the chat');
      }
    return api.create(conversation.chatId, form, uuid);
  }

  return deliver;
}

/** The key itself where it fits: it can then be found in Feishu's own logs. */
export function uuidOf(key: string): string {
  return key.length <= UUID_MAX ? key : createHash('sha256').update(key).digest('hex').slice(0, UUID_MAX);
}

function isRefused(error: unknown): boolean {
  return error instanceof BotError && error.code === 'REJECTED';
}

/** 200xxx are all about cards (../README.md: Refusals). */
function isCardRefused(error: unknown): boolean {
  const code = failureOf(error)?.code ?? 0;
  return isRefused(error) && (CARD_CODES.has(code) || Math.floor(code / 1_000) === 200);
}
