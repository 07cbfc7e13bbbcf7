/** Outgoing messages -> API calls: edits, replies, and what is done when they are refused. */
import { createHash } from 'node:crypto';
import { BotError, errorText } from '../../core/errors.js';
import type { Logger, Outgoing } from '../../core/ports.js';
import type { FeishuApi } from './api.js';
import { failureOf, isMessageGone } from './http.js';
import { renderEdit, renderReply, type Content } from './render.js';

export type Sender = {
  /** See `Adapter.deliver`. */
  deliver(message: Outgoing): Promise<void>;
  /** True for messages sent since the start, as far as OWN_MESSAGES_MAX reaches back. */
  isOwnMessage(messageId: string): boolean;
};

/** Ids of sent messages kept, to recognize replies to them. */
export const OWN_MESSAGES_MAX = 2_000;

/** Create and reply take at most 50 characters (PLATFORMS.md, B). */
export const UUID_MAX = 50;

/** Bad parameters, card too large, card not creatable. */
const CARD_CODES = new Set([230001, 230025, 230099]);

/** Bad parameters: here an id that names no message. */
const NO_SUCH_MESSAGE = 230001;

export function createSender({ api, log }: { api: FeishuApi; log: Logger }): Sender {
  const own = new Set<string>();

  function remember(messageId: string): void {
    own.add(messageId);
    if (own.size > OWN_MESSAGES_MAX) for (const oldest of own) return void own.delete(oldest);
  }

  async function deliver(message: Outgoing): Promise<void> {
    const { conversation, reply, editMessageId } = message;
    let forms = renderReply(reply, conversation);
    if (editMessageId !== undefined) {
      const refusal = await edit(editMessageId, message);
      if (!refusal) return;
      if (isCardRefused(refusal)) forms = forms.slice(-1);
    }
    await sendFirstAccepted(message, forms);
  }

  /** Null when it worked, the refusal when a new message must do; throws what can be retried and lost chats. */
  async function edit(messageId: string, message: Outgoing): Promise<BotError | null> {
    const card = renderEdit(message.reply, message.conversation);
    if (!card) return new BotError('REJECTED', 'the card is too large');
    try {
      await api.patch(messageId, card);
      remember(messageId);
      return null;
    } catch (error) {
      if (!isRefused(error) && !isMessageGone(error)) throw error;
      log.warn({ key: message.key, error: errorText(error) }, 'feishu does not edit the card, sending anew');
      return error as BotError;
    }
  }

  async function sendFirstAccepted(message: Outgoing, forms: Content[]): Promise<void> {
    const [form, ...simpler] = forms;
    if (!form) return;
    try {
      remember(await send(message, form));
    } catch (error) {
      if (simpler.length === 0 || !isCardRefused(error)) throw error;
      log.warn({ key: message.key, error: errorText(error) }, 'feishu refuses the card, sending it as text');
      await sendFirstAccepted(message, simpler);
    }
  }

  async function send({ key, conversation, replyTo }: Outgoing, form: Content): Promise<string> {
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

  return { deliver, isOwnMessage: (messageId) => own.has(messageId) };
}

/** The key itself where it fits: it can then be found in Feishu's own logs. */
export function uuidOf(key: string): string {
  return key.length <= UUID_MAX ? key : createHash('sha256').update(key).digest('hex').slice(0, UUID_MAX);
}

function isRefused(error: unknown): boolean {
  return error instanceof BotError && error.code === 'REJECTED';
}

/** 200xxx are all about cards (PLATFORMS.md, B: 200340, 200530, 200830 …). */
function isCardRefused(error: unknown): boolean {
  const code = failureOf(error)?.code ?? 0;
  return isRefused(error) && (CARD_CODES.has(code) || Math.floor(code / 1_000) === 200);
}
