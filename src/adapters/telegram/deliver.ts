/** Outgoing messages -> Bot API calls: parts, edits, degraded cards, migrated groups. */
import { BotError, errorText } from '../../core/errors.js';
import type { Logger, Outgoing } from '../../core/ports.js';
import { failureOf, type Failure, type TelegramApi } from './api.js';
import { renderFallback, renderReply, type Part } from './render.js';

export type Sender = {
  /** See `Adapter.deliver`. */
  deliver(message: Outgoing): Promise<void>;
  /** From now on, what is meant for group `from` goes to `to`. */
  moveChat(from: string, to: string): void;
};

/** How far one message came; kept so that a retry goes on where it stopped. */
type Progress = { sent: number; isPlain: boolean };

/** Keys remembered: far more than are retried at one time. */
const PROGRESS_MAX = 1_000;

/** The message that should be replaced is not there or not ours to change any more. */
const NOT_EDITABLE =
  /message to edit not found|message can't be edited|MESSAGE_ID_INVALID|no text in the message|identifier is not specified/i;

/**
 * Telegram has no idempotency key. Within one process a key is therefore never sent twice; after a restart or an
 * unknown outcome (UNCERTAIN) a repeated part is possible.
 */
export function createSender(deps: { api: TelegramApi; log: Logger }): Sender {
  const { api, log } = deps;
  const moved = new Map<string, string>();
  const progressByKey = new Map<string, Progress>();

  async function deliver(message: Outgoing): Promise<void> {
    const progress = progressOf(message.key);
    let parts = render(message, progress);
    while (progress.sent < parts.length) {
      const part = parts[progress.sent];
      if (!part) return;
      try {
        await put(message, part, progress.sent === 0);
        progress.sent += 1;
      } catch (error) {
        if (!isRefused(error) || progress.isPlain || !('card' in message.reply)) throw error;
        log.warn(
          { key: message.key, error: errorText(error) },
          'telegram refuses the card, sending it as text',
        );
        Object.assign(progress, { sent: 0, isPlain: true });
        parts = render(message, progress);
      }
    }
  }

  function progressOf(key: string): Progress {
    const progress = progressByKey.get(key) ?? { sent: 0, isPlain: false };
    progressByKey.set(key, progress);
    if (progressByKey.size > PROGRESS_MAX)
      for (const oldest of progressByKey.keys()) {
        progressByKey.delete(oldest);
        break;
      }
    return progress;
  }

  function render({ key, reply }: Outgoing, progress: Progress): Part[] {
    if (!('card' in reply)) return renderReply(reply);
    try {
      if (!progress.isPlain) return renderReply(reply);
    } catch (error) {
      // A button whose data does not fit.
      log.warn({ key, error: errorText(error) }, 'the card cannot be shown on telegram, sending it as text');
      progress.isPlain = true;
    }
    return renderFallback(reply.card);
  }

  /** The first part replaces or answers a message; the others follow it. */
  async function put(message: Outgoing, part: Part, isFirst: boolean): Promise<void> {
    const hasMoved = moved.has(message.conversation.chatId);
    if (isFirst && message.editMessageId !== undefined && !hasMoved) {
      if (await edit(message.conversation.chatId, message.editMessageId, part)) return;
      log.info({ key: message.key }, 'the telegram message can no longer be edited, sending a new one');
    }
    await send(message, part, isFirst);
  }

  /** False when the message cannot be edited any more. */
  async function edit(chatId: string, messageId: string, part: Part): Promise<boolean> {
    try {
      const target = {
        chat_id: chatIdOf(chatId),
        message_id: Number(messageId),
        inline_message_id: undefined,
      };
      await api.call('editMessageText', { ...target, ...contentOf(part) });
      return true;
    } catch (error) {
      const failure = failureOf(error);
      if (failure?.description.includes('message is not modified')) return true;
      if (failure && (isMigration(failure) || NOT_EDITABLE.test(failure.description))) return false;
      throw error;
    }
  }

  async function send(message: Outgoing, part: Part, isFirst: boolean): Promise<void> {
    const { conversation, replyTo } = message;
    const target = moved.get(conversation.chatId);
    if (target !== undefined) return sendTo(target, part);
    try {
      await api.call('sendMessage', {
        chat_id: chatIdOf(conversation.chatId),
        ...contentOf(part),
        ...(conversation.threadId !== undefined && { message_thread_id: Number(conversation.threadId) }),
        ...(isFirst &&
          replyTo !== undefined &&
          /^\d+$/.test(replyTo) && {
            reply_parameters: { message_id: Number(replyTo), allow_sending_without_reply: true },
          }),
      });
    } catch (error) {
      const failure = failureOf(error);
      if (!failure || !isMigration(failure)) throw error;
      const to = String(failure.migrateToChatId);
      moveChat(conversation.chatId, to);
      await sendTo(to, part);
    }
  }

  /** A supergroup numbers its messages anew: the old ids of replies and threads mean other messages there. */
  async function sendTo(chatId: string, part: Part): Promise<void> {
    await api.call('sendMessage', { chat_id: chatIdOf(chatId), ...contentOf(part) });
  }

  function moveChat(from: string, to: string): void {
    moved.set(from, to);
    log.info({ from, to }, 'telegram group became a supergroup');
  }

  return { deliver, moveChat };
}

function isRefused(error: unknown): boolean {
  return error instanceof BotError && error.code === 'REJECTED';
}

function isMigration(failure: Failure): boolean {
  return failure.migrateToChatId !== undefined;
}

/** Ids are numbers on the wire; `@name` of a public group stays as it is. */
function chatIdOf(chatId: string): number | string {
  return /^-?\d+$/.test(chatId) ? Number(chatId) : chatId;
}

function contentOf(part: Part) {
  return {
    text: part.text,
    link_preview_options: { is_disabled: true },
    ...(part.isHtml && { parse_mode: 'HTML' as const }),
    ...(part.keyboard && { reply_markup: { inline_keyboard: part.keyboard } }),
  };
}
