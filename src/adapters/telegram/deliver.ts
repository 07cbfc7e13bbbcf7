/** Outgoing messages -> Bot API calls: parts, edits, degraded cards and files, migrated groups. */
import { z } from 'zod';
import { asRepeatable, BotError, errorText } from '../../core/errors.js';
import type { Adapter, Logger } from '../../core/ports.js';
import { sendingOf, type Sending } from '../sending.js';
import { failureOf, type Failure, type TelegramApi } from './api.js';
import { callsOfAttachment, renderAttachment, type MediaPart } from './attachments.js';
import type { Moves } from './moves.js';
import { renderFallback, renderReply, withAsking, type TextPart } from './render.js';
import type { Outgoing } from '../../core/store.js';

type Part = TextPart | MediaPart;

/** How far one message came, with the ids of the parts that are sent; kept so that a retry goes on where it stopped. */
type Progress = { form: number; sent: (string | null)[] };

/** Keys remembered: far more than are retried at one time. */
const PROGRESS_MAX = 1_000;

const sentSchema = z.object({ message_id: z.number() });

/**
 * See `Adapter.deliver`. Of several messages the id is that of the one with the keyboard (it is the one to edit later),
 * without one that of the first. An edited card of several messages replaces only that one.
 * Telegram has no idempotency key. Within one process a key is therefore never sent twice; after a restart or an
 * unknown outcome (UNCERTAIN) a repeated part is possible.
 */
export function createSender(deps: {
  api: TelegramApi;
  moves: Moves;
  log: Logger;
  transferTimeoutMs: number;
  /** Without privacy mode the bot hears whatever is said in its groups. */
  hearsAll: () => boolean;
}): Pick<Adapter, 'deliver' | 'callsOf'> {
  const { api, moves, log, transferTimeoutMs } = deps;
  const progressByKey = new Map<string, Progress>();

  async function deliver(
    outgoing: Outgoing,
    content?: Uint8Array,
    onCall?: () => void,
  ): Promise<{ messageId: string | null }> {
    const message = sendingOf(outgoing, onCall);
    const progress = progressOf(message.key);
    const forms = render(message, content);
    for (;;) {
      const parts = forms[Math.min(progress.form, forms.length - 1)] ?? [];
      const part = parts[progress.sent.length];
      if (!part) return { messageId: progress.sent[indexToEdit(parts)] ?? null };
      try {
        progress.sent.push(await put(message, part, progress.sent.length === 0));
      } catch (error) {
        // A file that is shown already must not be sent once more in another form.
        const isShown = 'attachment' in message.reply && progress.sent.length > 0;
        if (!isRefused(error) || isShown || progress.form >= forms.length - 1) throw error;
        log.warn(
          { key: message.key, error: errorText(error) },
          'telegram refuses the message, simplifying it',
        );
        progress.form += 1;
        progress.sent = [];
      }
    }
  }

  function progressOf(key: string): Progress {
    const progress = progressByKey.get(key) ?? { form: 0, sent: [] };
    progressByKey.set(key, progress);
    if (progressByKey.size > PROGRESS_MAX)
      for (const oldest of progressByKey.keys()) {
        progressByKey.delete(oldest);
        break;
      }
    return progress;
  }

  /** The forms of a message, best first. */
  function render(message: Outgoing, content: Uint8Array | undefined): Part[][] {
    const { key, reply } = message;
    if ('attachment' in reply) return renderAttachment(reply, content);
    if (!('card' in reply)) return [asking(message, renderReply(reply))];
    const fallback = () => asking(message, renderFallback(reply.card));
    try {
      return [asking(message, renderReply(reply)), fallback()];
    } catch (error) {
      // A button whose data does not fit.
      log.warn({ key, error: errorText(error) }, 'the card cannot be shown on telegram, sending it as text');
      return [fallback()];
    }
  }

  function asking({ asks, owner, replyTo, conversation }: Outgoing, parts: TextPart[]): TextPart[] {
    const id = /^telegram:(\d+)$/.exec(owner ?? '')?.[1];
    if (!asks || !id || conversation.isDirect || deps.hearsAll()) return parts;
    return withAsking(parts, { platform: 'telegram', id }, Boolean(replyTo));
  }

  /** The first part replaces or answers a message; the others follow it. A text cannot become a file. */
  async function put(message: Sending, part: Part, isFirst: boolean): Promise<string | null> {
    const { conversation, editMessageId } = message;
    if (isFirst && editMessageId !== undefined && 'text' in part) {
      const number = moves.numberOf(conversation.chatId, editMessageId);
      if (number !== null && (await edit(message, number, part))) return editMessageId;
    }
    return send(message, part, isFirst);
  }

  /** False when the message cannot be edited any more. */
  async function edit(
    { conversation: { chatId }, onCall }: Sending,
    messageId: string,
    part: TextPart,
  ): Promise<boolean> {
    try {
      onCall();
      const target = {
        chat_id: chatIdOf(moves.now(chatId) ?? chatId),
        message_id: Number(messageId),
        inline_message_id: undefined,
      };
      await api.call('editMessageText', { ...target, ...textOf(part) });
      return true;
    } catch (error) {
      const failure = failureOf(error);
      if (failure?.action === 'done') return true;
      if (!failure || (!isMigration(failure) && failure.action !== 'anew')) throw asRepeatable(error);
      log.info(
        { error: errorText(error) },
        'the telegram message can no longer be edited, sending a new one',
      );
      return false;
    }
  }

  async function send(message: Sending, part: Part, isFirst: boolean): Promise<string | null> {
    const { conversation, replyTo } = message;
    const { chatId, threadId } = conversation;
    // A supergroup numbers its messages anew: the old ids of replies and threads mean other messages there.
    const answered = replyTo === undefined ? null : moves.numberOf(chatId, replyTo);
    try {
      return await post(message, part, {
        chat_id: chatIdOf(moves.now(chatId) ?? chatId),
        ...(threadId !== undefined && { message_thread_id: Number(threadId) }),
        ...(isFirst &&
          answered !== null &&
          /^\d+$/.test(answered) && {
            reply_parameters: { message_id: Number(answered), allow_sending_without_reply: true },
          }),
      });
    } catch (error) {
      const failure = failureOf(error);
      if (failure?.action === 'general' && conversation.threadId !== undefined) {
        log.warn(
          { key: message.key, error: errorText(error) },
          'the topic takes nothing, sending to General',
        );
        return post(message, part, { chat_id: chatIdOf(moves.now(chatId) ?? chatId) });
      }
      if (!failure || !isMigration(failure)) throw error;
      const to = String(failure.migrateToChatId);
      moves.learn(chatId, to);
      return post(message, part, { chat_id: chatIdOf(to) });
    }
  }

  async function post(
    { conversation: { chatId }, onCall }: Sending,
    part: Part,
    target: Target,
  ): Promise<string | null> {
    onCall();
    const answer =
      'text' in part
        ? await api.call('sendMessage', {
            ...target,
            ...textOf(part),
            ...(part.isAsking && { reply_markup: { force_reply: true as const, selective: true } }),
            ...(part.asksContact && isPrivate(chatId) && { reply_markup: SHARE_CONTACT }),
          })
        : await api.call(part.method, mediaOf(target, part) as never, { timeoutMs: transferTimeoutMs });
    const id = sentSchema.safeParse(answer).data?.message_id;
    return id === undefined ? null : moves.nameOf(chatId, String(id));
  }

  return {
    deliver,
    callsOf(message) {
      const { reply } = message;
      if ('attachment' in reply) return callsOfAttachment(reply);
      return render(message, undefined)[0]?.length ?? 1;
    },
  };
}

/** Bot API, KeyboardButton: `request_contact` works in private chats only, whose ids are those of people. */
const isPrivate = (chatId: string): boolean => /^\d+$/.test(chatId);
const SHARE_CONTACT = {
  keyboard: [[{ text: '分享本人手机号', request_contact: true }]],
  resize_keyboard: true,
  one_time_keyboard: true,
};

type Target = {
  chat_id: number | string;
  message_thread_id?: number;
  reply_parameters?: { message_id: number; allow_sending_without_reply: boolean };
};

function indexToEdit(parts: Part[]): number {
  return Math.max(
    0,
    parts.findIndex((part) => 'text' in part && part.keyboard !== undefined),
  );
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

function textOf(part: TextPart) {
  return {
    text: part.text,
    link_preview_options: { is_disabled: true },
    ...(part.isHtml && { parse_mode: 'HTML' as const }),
    ...(part.keyboard && { reply_markup: { inline_keyboard: part.keyboard } }),
  };
}

function mediaOf({ reply_parameters: answered, ...target }: Target, { method, file, caption }: MediaPart) {
  // In a multipart body telegraf 4.16.3 leaves objects out that are not files; as JSON text they pass.
  const reply = typeof file === 'string' ? answered : JSON.stringify(answered);
  return {
    ...target,
    [method === 'sendPhoto' ? 'photo' : 'document']: file,
    ...(caption && { caption }),
    ...(answered && { reply_parameters: reply }),
  };
}
