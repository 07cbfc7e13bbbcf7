/** What happened to a Telegram chat instead of being said in it: taken in and out, opened, edited, pins, numbers, voices. Pure. */
import { z } from 'zod';
import { pinText, type ChatEvent, type Heard } from '../../core/chat.js';
import {
  chatSchema,
  FORWARD_MARKS,
  parseConversation,
  parseUser,
  userSchema,
  type TelegramMessage,
} from './shapes.js';

/** Kinds without text that a person sends as a message; all else without text (joins, pins …) is service talk. */
const MEDIA = [
  ...['photo', 'document', 'sticker', 'voice', 'video', 'video_note', 'audio', 'animation'],
  ...['location', 'venue', 'contact', 'poll', 'dice', 'story', 'paid_media', 'checklist'],
];
const VOICES = ['voice', 'audio', 'video_note'];

/** Something that a person sends, whether or not the bot can read it. */
export const isMedia = (message: TelegramMessage): boolean =>
  MEDIA.some((kind) => message[kind] !== undefined);

const memberSchema = z.object({
  chat: chatSchema,
  from: userSchema,
  date: z.int(),
  old_chat_member: z.object({ status: z.string() }),
  new_chat_member: z.object({ status: z.string() }),
});
const isIn = ({ status }: { status: string }): boolean => ['member', 'administrator'].includes(status);

/** The bot was taken into a group, or out of it, or was blocked by a person; null where nothing of it changed. */
export function parseMember(id: string, raw: unknown): Heard | null {
  const change = memberSchema.safeParse(raw).data;
  if (!change || change.from.is_bot || isIn(change.old_chat_member) === isIn(change.new_chat_member))
    return null;
  const isNow = isIn(change.new_chat_member);
  const isDirect = change.chat.type === 'private';
  // Whoever unblocks the bot writes to it.
  if (isNow && isDirect) return null;
  return {
    kind: 'message',
    id,
    conversation: parseConversation({ chat: change.chat }),
    user: parseUser(change.from),
    at: change.date * 1_000,
    messageId: '',
    text: '',
    isAddressed: true,
    event: isNow ? { kind: 'joined' } : { kind: 'left', why: isDirect ? 'blocked' : 'removed' },
  };
}

const contactSchema = z.object({ phone_number: z.string().max(32), user_id: z.int().optional() });
const locationSchema = z.object({ latitude: z.number(), longitude: z.number() });
const venueSchema = z.object({
  title: z.string().default(''),
  address: z.string().default(''),
  location: locationSchema,
});

/** `/start`, and what a link hands on with it (Bot API, deep linking: letters, digits, `_`, `-`). */
const START = /^\/start(?:@\w+)?(?:\s+([\w-]{1,64}))?\s*$/;

/** What a message is beyond its words, with the words that stand for it; null for an ordinary one. */
export function parseEvent(
  message: TelegramMessage,
  { text, isDirect }: { text: string | undefined; isDirect: boolean },
): { event: ChatEvent; text: string } | null {
  const contact = contactSchema.safeParse(message['contact']).data;
  if (contact) {
    const isPassedOn = FORWARD_MARKS.some((mark) => message[mark] !== undefined);
    const isOwn = contact.user_id === message.from.id && !isPassedOn;
    return { event: { kind: 'contact', telephone: contact.phone_number, isOwn }, text: '' };
  }
  const venue = venueSchema.safeParse(message['venue']).data;
  const location = venue?.location ?? locationSchema.safeParse(message['location']).data;
  if (location) {
    const name = venue ? [venue.title, venue.address].filter(Boolean).join(',') : '';
    return { event: { kind: 'place' }, text: pinText(name, location.latitude, location.longitude) };
  }
  const start = isDirect && text !== undefined ? START.exec(text) : null;
  if (start) return { event: { kind: 'entered', ...(start[1] && { payload: start[1] }) }, text: '' };
  if (text !== undefined || message.photo || message.document || message.video) return null;
  const what = VOICES.some((kind) => message[kind] !== undefined) ? 'voice' : 'other';
  return { event: { kind: 'unsupported', what }, text: '' };
}
