/** A Telegram update -> what was heard, for the core, or null for what the bot has no use for. Pure. */
import { z } from 'zod';
import { decodeButton } from '../../core/card.js';
import { ALBUM } from './albums.js';
import type { Attachment, Conversation, Heard, User } from '../../core/chat.js';

/** What getMe says about the bot itself. */
export const botSchema = z.object({
  id: z.int(),
  username: z.string(),
  can_read_all_group_messages: z.boolean().optional(),
});
export type BotIdentity = z.infer<typeof botSchema>;

/** The only kinds asked for in getUpdates. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

/** Asks what the bot can do (intents/help.yaml). */
const WELCOME_COMMAND = '/help';

const userSchema = z.object({
  id: z.int(),
  is_bot: z.boolean().default(false),
  first_name: z.string().default(''),
  last_name: z.string().optional(),
});

const chatSchema = z.object({ id: z.int(), type: z.enum(['private', 'group', 'supergroup']) });

const entitySchema = z.object({
  type: z.string(),
  offset: z.int(),
  length: z.int(),
  user: z.object({ id: z.int() }).optional(),
});
type Entity = z.infer<typeof entitySchema>;

/** Every size of one picture; the list grows, so that of equal ones the last is meant. */
const photoSchema = z.array(
  z.object({ file_id: z.string(), width: z.int().default(0), height: z.int().default(0) }),
);
const fileSchema = z.object({ file_id: z.string(), file_name: z.string().optional() });

/** Kinds without text that a person sends as a message; all else without text (joins, pins …) is service talk. */
const MEDIA = [
  ...['photo', 'document', 'sticker', 'voice', 'video', 'video_note', 'audio', 'animation'],
  ...['location', 'venue', 'contact', 'poll', 'dice'],
];

const messageSchema = z.looseObject({
  message_id: z.int(),
  /** In seconds. */
  date: z.int(),
  chat: chatSchema,
  from: userSchema,
  /** Set for channels and anonymous administrators: nobody whom the directory could bind. */
  sender_chat: z.unknown().optional(),
  is_topic_message: z.boolean().optional(),
  message_thread_id: z.int().optional(),
  text: z.string().optional(),
  entities: z.array(entitySchema).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entitySchema).optional(),
  photo: photoSchema.optional().catch(undefined),
  document: fileSchema.optional().catch(undefined),
  video: fileSchema.optional().catch(undefined),
  reply_to_message: z
    .looseObject({ from: userSchema.optional(), forum_topic_created: z.unknown().optional() })
    .optional(),
});
type TelegramMessage = z.infer<typeof messageSchema>;

/** Any of them says that the words are somebody else's; the older ones come from older servers. */
const FORWARD_MARKS = [
  ...['forward_origin', 'forward_date', 'forward_from', 'forward_from_chat', 'forward_sender_name'],
];
const QUOTES: ReadonlySet<string> = new Set(['blockquote', 'expandable_blockquote']);

const clickSchema = z.object({
  id: z.string(),
  from: userSchema,
  /** Present for every callback button; missing for games. */
  data: z.string(),
  /** An old message comes without its content (InaccessibleMessage), but always with chat and id. */
  message: z.object({
    message_id: z.int(),
    chat: chatSchema,
    is_topic_message: z.boolean().optional(),
    message_thread_id: z.int().optional(),
  }),
});

const updateSchema = z.looseObject({ update_id: z.int() });
const queryIdSchema = z.looseObject({
  callback_query: z.looseObject({ id: z.string().regex(/^[^\p{Cc}\p{Cs}]{1,128}$/u) }),
});
const migrationSchema = z.looseObject({
  // Only groups become supergroups; their ids are below zero (Bot API).
  message: z.looseObject({
    chat: z.looseObject({ id: z.int().negative() }),
    migrate_to_chat_id: z.int().negative(),
  }),
});

/** The number that getUpdates counts by, or null when this is not an update at all. */
export function parseUpdateId(raw: unknown): number | null {
  return updateSchema.safeParse(raw).data?.update_id ?? null;
}

const memberSchema = z.object({
  chat: chatSchema,
  from: userSchema,
  date: z.int(),
  old_chat_member: z.object({ status: z.string() }),
  new_chat_member: z.object({ status: z.string() }),
});
const isIn = ({ status }: { status: string }): boolean => ['member', 'administrator'].includes(status);

/** The bot was taken into a group, or out of it, or was blocked by a person. */
export function parseMembership(raw: unknown): { chatId: string; isIn: boolean; by: string } | null {
  const change = memberSchema.safeParse(updateSchema.safeParse(raw).data?.my_chat_member).data;
  if (!change || isIn(change.old_chat_member) === isIn(change.new_chat_member)) return null;
  const { chat, from, new_chat_member } = change;
  return { chatId: String(chat.id), isIn: isIn(new_chat_member), by: String(from.id) };
}

/** Whoever takes the bot into a group is told there what it can do, as if they had asked. */
function parseWelcome(id: string, raw: unknown): Heard | null {
  const change = memberSchema.safeParse(raw).data;
  if (!change || change.chat.type === 'private' || change.from.is_bot) return null;
  if (isIn(change.old_chat_member) || !isIn(change.new_chat_member)) return null;
  return {
    kind: 'message',
    id,
    conversation: parseConversation({ chat: change.chat }),
    user: parseUser(change.from),
    at: change.date * 1_000,
    messageId: '',
    text: WELCOME_COMMAND,
    isAddressed: true,
  };
}

/** The click that must be answered, whatever is made of it. */
export function parseQueryId(raw: unknown): string | null {
  return queryIdSchema.safeParse(raw).data?.callback_query.id ?? null;
}

/** A group that became a supergroup, and so has another id from now on. */
export function parseMigration(raw: unknown): { from: string; to: string } | null {
  const message = migrationSchema.safeParse(raw).data?.message;
  return message ? { from: String(message.chat.id), to: String(message.migrate_to_chat_id) } : null;
}

/** `receivedAt` (ms) is the time of a click, for which Telegram gives none. */
export function parseUpdate(raw: unknown, bot: BotIdentity, receivedAt: number): Heard | null {
  const { data: update } = updateSchema.safeParse(raw);
  if (!update) return null;
  const id = `telegram:${update.update_id}`;
  if (update.callback_query !== undefined) return parseClick(id, update.callback_query, receivedAt);
  if (update.my_chat_member !== undefined) return parseWelcome(id, update.my_chat_member);
  return parseMessage(id, update.message, bot);
}

function parseClick(id: string, raw: unknown, receivedAt: number): Heard | null {
  const { data: click } = clickSchema.safeParse(raw);
  if (!click || click.from.is_bot) return null;
  return {
    kind: 'action',
    id,
    conversation: parseConversation(click.message),
    user: parseUser(click.from),
    at: receivedAt,
    messageId: String(click.message.message_id),
    action: decodeButton(click.data),
  };
}

function parseMessage(id: string, raw: unknown, bot: BotIdentity): Heard | null {
  const { data: message } = messageSchema.safeParse(raw);
  if (!message || message.from.is_bot || message.sender_chat !== undefined) return null;
  const original = message.text ?? message.caption;
  const isMedia = MEDIA.some((kind) => message[kind] !== undefined);
  if (original === undefined && !isMedia) return null;
  const entities = message.entities ?? message.caption_entities ?? [];
  const quotes = entities.filter(({ type }) => QUOTES.has(type));
  const own = cleanText(original ?? '', entities, quotes, bot);
  const isPassedOn = FORWARD_MARKS.some((mark) => message[mark] !== undefined);
  const isForwarded = isPassedOn || (quotes.length > 0 && own.text === '');
  const { text } = isForwarded ? cleanText(original ?? '', entities, [], bot) : own;
  const conversation = parseConversation(message);
  // A mention inside of what is passed on calls nobody.
  const isAddressed = conversation.isDirect || (own.isForBot && !isPassedOn) || isReplyToBot(message, bot);
  const attachments = attachmentsOf(message);
  // A picture that nobody addressed may be what a dialogue with its sender waits for; a sticker is not.
  if (original === undefined && attachments.length === 0 && !isAddressed) return null;
  return {
    kind: 'message',
    id,
    conversation,
    user: parseUser(message.from),
    at: message.date * 1_000,
    messageId: String(message.message_id),
    text,
    ...(attachments.length > 0 && { attachments }),
    isAddressed,
    ...(isForwarded && { isForwarded }),
  };
}

/** Of an album those of all its messages (./albums.ts). */
function attachmentsOf(message: TelegramMessage): Attachment[] {
  const album = z.array(messageSchema).safeParse(message[ALBUM]).data;
  return (album ?? [message]).flatMap(parseAttachments);
}

/** At most one of a message. An animation comes as a document too. */
function parseAttachments({ photo, document, video }: TelegramMessage): Attachment[] {
  const largest = photo?.reduce<(typeof photo)[number] | undefined>(
    (best, size) => (best && best.width * best.height > size.width * size.height ? best : size),
    undefined,
  );
  if (largest) return [{ platform: 'telegram', kind: 'photo', id: largest.file_id }];
  const file = document ?? video;
  if (!file) return [];
  const { file_id: id, file_name: name } = file;
  return [{ platform: 'telegram', kind: 'file', id, ...(name && { name }) }];
}

function parseConversation(
  message: Pick<TelegramMessage, 'chat' | 'is_topic_message' | 'message_thread_id'>,
): Conversation {
  const conversation: Conversation = {
    platform: 'telegram',
    chatId: String(message.chat.id),
    isDirect: message.chat.type === 'private',
  };
  // Replies in ordinary supergroups carry a thread id too; only that of a forum topic can be sent to.
  if (message.is_topic_message && message.message_thread_id !== undefined)
    conversation.threadId = String(message.message_thread_id);
  return conversation;
}

function parseUser(user: z.infer<typeof userSchema>): User {
  const name = [user.first_name, user.last_name].filter(Boolean).join(' ');
  return { platform: 'telegram', id: String(user.id), ...(name && { name }) };
}

/** In a topic every message "replies" to the service message that opened the topic: that is not meant. */
function isReplyToBot({ reply_to_message: replied }: TelegramMessage, bot: BotIdentity): boolean {
  return replied?.from?.id === bot.id && replied.forum_topic_created === undefined;
}

/**
 * The text without the mention of the bot and without `@botname` behind a command. Entity offsets count UTF-16
 * units (Bot API, MessageEntity), as JavaScript does. A command without `@` is for this bot: in privacy mode
 * Telegram hands over only those. What is quoted is left out.
 */
function cleanText(
  original: string,
  entities: Entity[],
  quotes: Entity[],
  bot: BotIdentity,
): { text: string; isForBot: boolean } {
  const ownName = `@${bot.username}`.toLowerCase();
  let text = original;
  let isForBot = false;
  const isQuoted = ({ offset }: Entity) =>
    quotes.some((quote) => offset >= quote.offset && offset < quote.offset + quote.length);
  const left = entities.filter((entity) => quotes.includes(entity) || !isQuoted(entity));
  for (const entity of left.sort((a, b) => b.offset - a.offset)) {
    const end = entity.offset + entity.length;
    if (quotes.includes(entity)) {
      text = text.slice(0, entity.offset) + text.slice(end);
      continue;
    }
    const word = original.slice(entity.offset, end);
    if (entity.type === 'bot_command') {
      const at = word.indexOf('@');
      const isOurs = at < 0 || word.slice(at).toLowerCase() === ownName;
      if (isOurs && original.slice(0, entity.offset).trim() === '') isForBot = true;
      if (isOurs && at >= 0) text = text.slice(0, entity.offset + at) + text.slice(end);
    } else if (
      (entity.type === 'mention' && word.toLowerCase() === ownName) ||
      (entity.type === 'text_mention' && entity.user?.id === bot.id)
    ) {
      isForBot = true;
      text = removeMention(text.slice(0, entity.offset), text.slice(end));
    }
  }
  return { text: text.trim(), isForBot };
}

/** "@bot,路灯" is "路灯", and no double space stays behind in the middle. */
function removeMention(before: string, after: string): string {
  if (before.trim() === '') return after.replace(/^[\s,:\u3001\uff0c\uff1a]+/, '');
  return /\s$/.test(before) ? before + after.trimStart() : before + after;
}
