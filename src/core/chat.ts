/** What is said and where: platforms, conversations, what comes in, what is answered. */
import type { Card } from './card.js';
import type { Filled, Form } from './form.js';

/** Every platform that there is an adapter for: the one list of them. */
export const PLATFORMS = ['console', 'telegram', 'feishu', 'wecom'] as const;
export type Platform = (typeof PLATFORMS)[number];

export const isPlatform = (name: string): name is Platform => PLATFORMS.some((it) => it === name);

/** Platforms that show pictures and have no charts in their cards. */
const PICTURED: ReadonlySet<Platform> = new Set(['telegram', 'wecom']);
export const isPictured = (platform: Platform): boolean => PICTURED.has(platform);

/** One place where people talk. `chatId` and `threadId` are the platform's own ids. */
export type Conversation = {
  platform: Platform;
  chatId: string;
  threadId?: string;
  /** True for a one-to-one chat with the bot. */
  isDirect: boolean;
};

/** A platform account. It proves nothing about a person until the directory binds it to one. */
export type User = { platform: Platform; id: string; name?: string };

type Received = {
  /** Stable over redeliveries of the same event, unique over platforms: the key of the claim. */
  id: string;
  conversation: Conversation;
  user: User;
  /** When the platform says it happened, in ms since the epoch. */
  at: number;
};

/** A picture or file, by the id under which its platform gives it out. */
export type Attachment = {
  platform: Platform;
  kind: 'photo' | 'file';
  id: string;
  /** Feishu gives a file out only together with the message it came in. */
  messageId?: string;
  /** Name of a file as its sender called it. */
  name?: string;
  /** A file that the bot made itself is carried along as text; bytes that are no text as base64; charts as JSON, drawn when it is sent. */
  content?: string;
  encoding?: 'base64' | 'charts';
  /** SHA-256 of its bytes in hex, where they are kept here: they can be held against it. */
  sha256?: string;
};

/** What happened to a chat instead of being said in it. The platform says so: nobody can write it. */
export type ChatEvent =
  /** The bot was taken into the group. */
  | { kind: 'joined' }
  | { kind: 'left'; why: 'removed' | 'disbanded' | 'blocked' }
  /** Somebody opened the chat with the bot for the first time; `payload` is that of the link they came by. */
  | { kind: 'entered'; payload?: string }
  | { kind: 'edited' | 'recalled' }
  /** Spoken for a group or a channel: there is no person to whom it could be answered for. */
  | { kind: 'anonymous' }
  /** Something that the bot cannot read. */
  | { kind: 'unsupported'; what: 'voice' | 'other' }
  /** A pin on a map; the text says where. */
  | { kind: 'place' }
  /** A telephone number; `isOwn`: the platform vouches that it is that of who sent it. */
  | { kind: 'contact'; telephone: string; isOwn: boolean };

/** A message: text, attachments or both. */
export type Message = Received & {
  kind: 'message';
  messageId: string;
  text: string;
  /** Absent when there are none. */
  attachments?: Attachment[];
  /** True when the bot was mentioned, replied to or commanded, or the chat is direct. */
  isAddressed: boolean;
  /** Somebody else's words that were passed on or quoted: never an instruction of who sent them (middleware/forwarded.ts). */
  isForwarded?: true;
  /** Written into a card of ours, which is replaced by what comes of it. */
  isFromCard?: true;
  event?: ChatEvent;
};

/** A click on one of our own buttons. */
export type Action = Received & {
  kind: 'action';
  /** The message that carries the card. */
  messageId: string;
  /** `filled`: of a form. */
  action: { id: string; value: string; filled?: Filled };
};

/** What an adapter makes of anything a platform sends. */
export type Heard = Message | Action;

/**
 * An answer to send: a card always has a text form (`cardToText`), `mention` calls somebody in a group, `asksContact` offers the
 * person to share the own telephone number where the platform can vouch for it, `form` is shown where the platform has
 * forms, `text` of an attachment is its caption.
 */
export type Reply =
  | { text: string; mention?: User; asksContact?: true; form?: Form }
  | { card: Card }
  | { attachment: Attachment; text: string };

/** `feishu:oc_x` or `feishu:oc_x:thread`; direct chats carry a `d` so that the key is reversible. */
export function conversationKey(c: Conversation): string {
  return [c.platform, c.isDirect ? 'd' : 'g', encodeURIComponent(c.chatId), c.threadId ?? '']
    .join(':')
    .replace(/:$/, '');
}

/** The direct chat with an account, `platform:id`. Null for what is no account. */
export function directChat(account: string): Conversation | null {
  const [, platform = '', chatId] = /^([a-z]+):(.+)$/.exec(account) ?? [];
  return chatId && isPlatform(platform) ? { platform, chatId, isDirect: true } : null;
}

/** A pin on a map in words; degrees. */
export function pinText(name: string, latitude: number, longitude: number): string {
  const at = `${latitude < 0 ? '南' : '北'}纬${Math.abs(latitude).toFixed(6)},${longitude < 0 ? '西' : '东'}经${Math.abs(longitude).toFixed(6)}`;
  return name ? `${name}(${at})` : at;
}

/** Somebody speaks to the bot and waits for it. */
export const isForUs = (update: Heard): boolean => update.kind === 'action' || update.isAddressed;
