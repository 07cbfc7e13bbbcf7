/** Events of Feishu -> updates of the core. Pure; what is not for us is null. */
import { z } from 'zod';
import type { Conversation, Heard, Message } from '../../core/chat.js';
import { FORM, MORE, pressedIn } from './buttons.js';
import { readForm } from './forms.js';
import { instantOf } from './times.js';
import { MERGED, parseContent, parseKind } from './content.js';
import { chatId, openId, toMs } from './ids.js';
import { idText } from '../shapes.js';

/** The app's own bot, from `bot/v3/info`. */
export type BotIdentity = { openId: string; name: string };

export type MessageScope = {
  bot: BotIdentity;
  /** True for messages this bot sent: the event names only the id of the message replied to, not its author. */
  isOwnMessage: (messageId: string) => boolean;
};

/** im.message.receive_v1, flattened by the SDK's dispatcher (../README.md: Events). */
const messageSchema = z.object({
  sender: z.object({ sender_id: z.object({ open_id: openId }), sender_type: z.string() }),
  message: z.object({
    message_id: idText,
    parent_id: z.string().nullish(),
    thread_id: z.string().nullish(),
    create_time: z.coerce.number().positive(),
    chat_id: chatId,
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z
      .array(
        z.object({
          key: idText,
          id: z.object({ open_id: z.string().nullish() }).nullish(),
          name: z.string(),
        }),
      )
      .nullish(),
  }),
});

/**
 * The value of our buttons, see `renderButton`. `chat`, `direct` and `thread` say where the card was sent; `to` says
 * to whom, in the chat with that person.
 */
const valueSchema = z.object({
  id: idText,
  value: z.string().default(''),
  to: z.string().optional(),
  chat: z.string().optional(),
  direct: z.boolean().default(false),
  thread: z.string().optional(),
});

/** card.action.trigger, flattened. */
const clickSchema = z.object({
  event_id: idText,
  create_time: z.coerce.number().positive().optional().catch(undefined),
  operator: z.object({ open_id: openId }),
  /** `option`: what was picked in a picker_datetime or from 更多; `form_value`: what was filled in. */
  action: z.object({
    value: valueSchema,
    option: z.string().optional(),
    form_value: z.record(z.string(), z.unknown()).optional().catch(undefined),
  }),
  context: z.object({ open_message_id: idText, open_chat_id: chatId }),
});

/** `/word`, with the name it is meant for, at the start of a text. */
const COMMAND = /^(\/[\p{L}\p{N}_.-]+)(?:@([^\s@]+))?(?=\s|$)/u;

/** The mentions inside a text: `@_user_1`, `@_all` (../README.md: Mentions). Digits are greedy: 1 is not 10. */
const MENTION = /@_user_\d+|@_all/g;

/** Stands for a mention that was taken out, so that the spaces around it become one. */
const CUT = '\u0000';
const CUT_WITH_SPACES = new RegExp(`(?<![^\\S\\n])[^\\S\\n]*${CUT}[^\\S\\n]*`, 'g');

const FORWARDED_CARD = '这张卡片是转发来的,不能在这里办理。请在原来的会话里操作,或直接向机器人提问。';
const OUTDATED_CARD = '这张卡片已过期,不能再操作。请重新向机器人发送。';

type Mention = { isBot: boolean; name: string };

/** The message that this one replies to, or null. */
export function parseParentId(raw: unknown): string | null {
  return messageSchema.safeParse(raw).data?.message.parent_id || null;
}

/**
 * Null for messages of bots (also our own), for the malformed, and for what has neither text nor attachment and is not
 * for us: a sticker. A picture that nobody addressed may be what a dialogue with its sender waits for.
 */
export function parseMessage(raw: unknown, { bot, isOwnMessage }: MessageScope): Message | null {
  const event = messageSchema.safeParse(raw);
  if (!event.success) return null;
  const { sender, message } = event.data;
  const userId = sender.sender_id.open_id;
  if (sender.sender_type !== 'user' || userId === bot.openId) return null;

  const mentions = new Map<string, Mention>(
    (message.mentions ?? []).map((m) => [m.key, { isBot: m.id?.open_id === bot.openId, name: m.name }]),
  );
  const content = parseContent(message.message_type, message.content, message.message_id);
  const written = restoreMentions(content.text, mentions);
  const command = COMMAND.exec(written);
  const isForOther = command?.[2] !== undefined && command[2] !== bot.name;
  const isDirect = message.chat_type === 'p2p';
  const isAddressed =
    isDirect ||
    [...mentions.values()].some((m) => m.isBot) ||
    (!!message.parent_id && isOwnMessage(message.parent_id)) ||
    (command !== null && !isForOther);
  const plain = command?.[1] && !isForOther ? command[1] + written.slice(command[0].length) : written;
  const special = parseKind(message.message_type, message.content);
  if (plain === '' && content.attachments.length === 0 && !isAddressed && special?.event.kind !== 'place')
    return null;

  return {
    kind: 'message',
    id: `feishu:${message.message_id}`,
    conversation: isDirect ? directWith(userId) : groupOf(message.chat_id, message.thread_id),
    user: { platform: 'feishu', id: userId },
    at: message.create_time,
    messageId: message.message_id,
    text: special?.text ?? plain,
    ...(special && { event: special.event }),
    ...(content.attachments.length > 0 && { attachments: content.attachments }),
    isAddressed,
    ...(message.message_type === MERGED && { isForwarded: true }),
  };
}

/** The token with which the card of a click can be replaced, or null. */
export function parseClickToken(raw: unknown): string | null {
  return z.looseObject({ token: idText }).safeParse(raw).data?.token ?? null;
}

/** Why a click does nothing, in the words that its person sees. */
export function parseRefusedClick(raw: unknown): string {
  return clickSchema.safeParse(raw).success ? FORWARDED_CARD : OUTDATED_CARD;
}

/**
 * Null for what is not a click on a button of ours, and for clicks on a card that was forwarded elsewhere or by
 * somebody else than the person it was sent to (../README.md: Clicks). `now` is used when the
 * event names no time.
 */
export function parseAction(raw: unknown, now: number): Heard | null {
  const event = clickSchema.safeParse(raw);
  if (!event.success) return null;
  const { event_id, create_time, operator, action, context } = event.data;
  const { id, value, to, chat, direct, thread } = action.value;
  if (chat !== undefined && chat !== context.open_chat_id) return null;
  if (to !== undefined && to !== operator.open_id) return null;
  const received = {
    id: `feishu:${event_id}`,
    conversation:
      direct || to !== undefined ? directWith(operator.open_id) : groupOf(context.open_chat_id, thread),
    user: { platform: 'feishu' as const, id: operator.open_id },
    at: create_time === undefined ? now : toMs(create_time),
    messageId: context.open_message_id,
  };
  if (id === FORM.submit) {
    // What was written into the form of a card was said to the bot.
    const words = z.string().safeParse(action.form_value?.[FORM.words]).data?.trim();
    return words ? { ...received, kind: 'message', text: words, isAddressed: true, isFromCard: true } : null;
  }
  if (id === MORE)
    return action.option ? { ...received, kind: 'action', action: pressedIn(action.option) } : null;
  if (action.form_value)
    return { ...received, kind: 'action', action: { id, value, filled: readForm(action.form_value) } };
  const picked = action.option === undefined ? value : instantOf(action.option);
  return { ...received, kind: 'action', action: { id, value: picked } };
}

/**
 * By the person: that is how the directory knows the chat, and two names for one chat would be two queues, whose messages
 * overtake each other.
 */
export function directWith(openId: string): Conversation {
  return { platform: 'feishu', chatId: openId, isDirect: true };
}

export function groupOf(chatId: string, threadId?: string | null): Conversation {
  return { platform: 'feishu', chatId, isDirect: false, ...(threadId && { threadId }) };
}

/** Takes the bot's own mention out and writes the others as the client shows them: `@name`. */
function restoreMentions(content: string, mentions: Map<string, Mention>): string {
  return content
    .replace(MENTION, (key) => {
      const mention = mentions.get(key);
      if (mention?.isBot) return CUT;
      return mention ? `@${mention.name}` : key === '@_all' ? '@所有人' : key;
    })
    .replace(CUT_WITH_SPACES, (cut) => (cut.length > CUT.length ? ' ' : ''))
    .trim();
}
