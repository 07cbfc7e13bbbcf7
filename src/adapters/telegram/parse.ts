/** A Telegram update -> what was heard, for the core, or null for what the bot has no use for. Pure. */
import { z } from 'zod';
import { decodeButton } from '../../core/card.js';
import { ALBUM } from './albums.js';
import { isMedia, parseEvent, parseMember } from './events.js';
import {
  chatSchema,
  FORWARD_MARKS,
  messageSchema,
  parseConversation,
  parseUser,
  userSchema,
  type Entity,
  type TelegramMessage,
} from './shapes.js';
import type { Attachment, Heard, Message } from '../../core/chat.js';

/** What getMe says about the bot itself. */
export const botSchema = z.object({
  id: z.int(),
  username: z.string(),
  can_read_all_group_messages: z.boolean().optional(),
});
export type BotIdentity = z.infer<typeof botSchema>;

/** The only kinds asked for in getUpdates. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

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
  if (update.my_chat_member !== undefined) return parseMember(id, update.my_chat_member);
  if (update.edited_message !== undefined) return parseEdited(id, update.edited_message, bot);
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

function parseMessage(id: string, raw: unknown, bot: BotIdentity): Message | null {
  const { data: message } = messageSchema.safeParse(raw);
  if (!message || (message.from.is_bot && message.sender_chat === undefined)) return null;
  const original = message.text ?? message.caption;
  if (original === undefined && !isMedia(message)) return null;
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
  const received = {
    kind: 'message' as const,
    id,
    conversation,
    user: parseUser(message.from),
    at: message.date * 1_000,
    messageId: String(message.message_id),
  };
  // For a group or a channel: nobody whom the directory could bind. A channel's own posts are talk of its group.
  if (message.sender_chat !== undefined) {
    const isTalk = !isAddressed || message['is_automatic_forward'] === true;
    return isTalk ? null : { ...received, text: '', isAddressed, event: { kind: 'anonymous' } };
  }
  const found = parseEvent(message, { text: original, isDirect: conversation.isDirect });
  // A picture or a pin that nobody addressed may be what a dialogue with its sender waits for; a sticker is not.
  const isPin = found?.event.kind === 'place';
  if (original === undefined && attachments.length === 0 && !isAddressed && !isPin) return null;
  if (found) return { ...received, text: found.text, isAddressed, event: found.event };
  return {
    ...received,
    text,
    ...(attachments.length > 0 && { attachments }),
    isAddressed,
    ...(isForwarded && { isForwarded }),
  };
}

/** Only words can be other than they were; a moving pin and a poll come as edits too. */
function parseEdited(id: string, raw: unknown, bot: BotIdentity): Heard | null {
  const heard = parseMessage(id, raw, bot);
  if (!heard?.isAddressed || heard.text === '' || heard.event) return null;
  const { attachments: _attachments, isForwarded: _isForwarded, ...rest } = heard;
  return { ...rest, text: '', event: { kind: 'edited' } };
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
