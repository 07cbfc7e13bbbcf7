/** Events of Feishu -> updates of the core. Pure; what is not for us is null. */
import { z } from 'zod';
import type { Action, Conversation, Message } from '../../core/types.js';

/** The app's own bot, from `bot/v3/info`. */
export type BotIdentity = { openId: string; name: string };

export type MessageScope = {
  bot: BotIdentity;
  /** True for messages this bot sent: the event names only the id of the message replied to, not its author. */
  isOwnMessage: (messageId: string) => boolean;
};

const text = z.string().min(1);

/** im.message.receive_v1, flattened by the SDK's dispatcher (PLATFORMS.md, A2). */
const messageSchema = z.object({
  sender: z.object({ sender_id: z.object({ open_id: text }), sender_type: z.string() }),
  message: z.object({
    message_id: text,
    parent_id: z.string().nullish(),
    thread_id: z.string().nullish(),
    create_time: z.coerce.number().positive(),
    chat_id: text,
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z
      .array(
        z.object({ key: text, id: z.object({ open_id: z.string().nullish() }).nullish(), name: z.string() }),
      )
      .nullish(),
  }),
});

/** The value of our buttons, see `renderButton`. `chat`, `direct` and `thread` say where the card was sent. */
const valueSchema = z.object({
  id: text,
  value: z.string().default(''),
  chat: z.string().optional(),
  direct: z.boolean().default(false),
  thread: z.string().optional(),
});

/** card.action.trigger, flattened. */
const clickSchema = z.object({
  event_id: text,
  create_time: z.coerce.number().positive().optional().catch(undefined),
  operator: z.object({ open_id: text }),
  action: z.object({ value: valueSchema }),
  context: z.object({ open_message_id: text, open_chat_id: text }),
});

const node = z.looseObject({ tag: z.string(), text: z.string().optional(), user_id: z.string().optional() });
const postSchema = z.object({ title: z.string().default(''), content: z.array(z.array(node)) });
/** Older clients wrap the post in its language. */
const anyPostSchema = z.union([
  postSchema,
  z
    .record(z.string(), postSchema)
    .transform((byLanguage) => Object.values(byLanguage)[0] ?? { title: '', content: [] }),
]);

/** `/word`, with the name it is meant for, at the start of a text. */
const COMMAND = /^(\/[\p{L}\p{N}_.-]+)(?:@([^\s@]+))?(?=\s|$)/u;

/** The mentions inside a text: `@_user_1`, `@_all` (PLATFORMS.md, B). Digits are greedy: 1 is not 10. */
const MENTION = /@_user_\d+|@_all/g;

/** Stands for a mention that was taken out, so that the spaces around it become one. */
const CUT = '\u0000';
const CUT_WITH_SPACES = new RegExp(`[^\\S\\n]*${CUT}[^\\S\\n]*`, 'g');

type Mention = { isBot: boolean; name: string };

/** Null for messages of bots (also our own), for the malformed, and for what has no text and is not for us. */
export function parseMessage(raw: unknown, { bot, isOwnMessage }: MessageScope): Message | null {
  const event = messageSchema.safeParse(raw);
  if (!event.success) return null;
  const { sender, message } = event.data;
  const userId = sender.sender_id.open_id;
  if (sender.sender_type !== 'user' || userId === bot.openId) return null;

  const mentions = new Map<string, Mention>(
    (message.mentions ?? []).map((m) => [m.key, { isBot: m.id?.open_id === bot.openId, name: m.name }]),
  );
  const written = restoreMentions(contentText(message.message_type, message.content), mentions);
  const command = COMMAND.exec(written);
  const isForOther = command?.[2] !== undefined && command[2] !== bot.name;
  const isDirect = message.chat_type === 'p2p';
  const isAddressed =
    isDirect ||
    [...mentions.values()].some((m) => m.isBot) ||
    (!!message.parent_id && isOwnMessage(message.parent_id)) ||
    (command !== null && !isForOther);
  const plain = command?.[1] && !isForOther ? command[1] + written.slice(command[0].length) : written;
  if (plain === '' && !isAddressed) return null;

  return {
    kind: 'message',
    id: `feishu:${message.message_id}`,
    conversation: conversationOf(message.chat_id, isDirect, message.thread_id),
    user: { platform: 'feishu', id: userId },
    at: message.create_time,
    messageId: message.message_id,
    text: plain,
    isAddressed,
  };
}

/**
 * Null for what is not a click on a button of ours, and for clicks on a card that was forwarded elsewhere
 * (DESIGN.md, 4: a forwarded card cannot act). `now` is used when the event names no time.
 */
export function parseAction(raw: unknown, now: number): Action | null {
  const event = clickSchema.safeParse(raw);
  if (!event.success) return null;
  const { event_id, create_time, operator, action, context } = event.data;
  const { id, value, chat, direct, thread } = action.value;
  if (chat !== undefined && chat !== context.open_chat_id) return null;
  return {
    kind: 'action',
    id: `feishu:${event_id}`,
    conversation: conversationOf(context.open_chat_id, direct, thread),
    user: { platform: 'feishu', id: operator.open_id },
    at: create_time === undefined ? now : toMs(create_time),
    messageId: context.open_message_id,
    action: { id, value },
  };
}

function conversationOf(chatId: string, isDirect: boolean, threadId?: string | null): Conversation {
  return { platform: 'feishu', chatId, isDirect, ...(threadId && { threadId }) };
}

/** Callbacks count in microseconds, messages in milliseconds (PLATFORMS.md, B). */
function toMs(time: number): number {
  return time >= 1e14 ? Math.floor(time / 1_000) : time;
}

/** The text of `text` and `post`; all other kinds (image, file, sticker …) have none. */
function contentText(type: string, content: string): string {
  const body = parseJson(content);
  if (type === 'text') return z.object({ text: z.string() }).safeParse(body).data?.text ?? '';
  if (type !== 'post') return '';
  const post = anyPostSchema.safeParse(body).data;
  if (!post) return '';
  const lines = post.content.map((line) =>
    line.map((n) => (n.tag === 'at' ? n.user_id : n.text) ?? '').join(''),
  );
  return [post.title, ...lines].filter((line) => line.trim() !== '').join('\n');
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
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
