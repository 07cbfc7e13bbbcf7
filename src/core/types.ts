/** The words of the bot: what comes in, what a handler sees, what it returns. Read this file first. */
import type { Card } from './card.js';
import type { Person, RowRef } from './domain.js';

export type Platform = 'console' | 'telegram' | 'feishu';

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

/** A text message. */
export type Message = Received & {
  kind: 'message';
  messageId: string;
  text: string;
  /** True when the bot was mentioned, replied to or commanded, or the chat is direct. */
  isAddressed: boolean;
};

/** A click on one of our own buttons. */
export type Action = Received & {
  kind: 'action';
  /** The message that carries the card. */
  messageId: string;
  action: { id: string; value: string };
};

/** What an adapter makes of anything a platform sends. */
export type Update = Message | Action;

/** An answer to send: a card always has a text form (`cardToText`). */
export type Reply = { text: string } | { card: Card };

/** What one person and the bot spoke of last in one conversation; follow-ups and numbered choices read it. */
export type Session = {
  /** In ms since the epoch; older than SESSION_TTL_MS means forgotten. */
  updatedAt: number;
  /** The question the shown rows answer. */
  question?: string;
  /** The row of the last answer. */
  focus?: RowRef;
  /** Rows offered by buttons, in the order shown. */
  offered: RowRef[];
  /** Set while the bot waits for a choice among `offered`: the one flow in which plain group talk is heard. */
  isChoosing: boolean;
  /** The last structured listing, so that "下一页" goes on. */
  listing?: { filter: Record<string, string>; page: number };
};

/** An intent with the filled slots and how it was found. */
export type IntentMatch = {
  intent: string;
  slots: Record<string, string>;
  /** Estimated probability that this intent is meant, 0 to 1. */
  score: number;
  via: 'command' | 'action' | 'flow' | 'example';
  /** Probability of every intent, where examples were compared. */
  scores: Readonly<Record<string, number>>;
};

/** Everything a handler may look at. Read-only; time and ids are arguments. */
export type Context = {
  update: Update;
  /** The text without the command word, or an empty string for an action. */
  text: string;
  /** The bound person, or null when the account is bound to nobody. */
  person: Person | null;
  match: IntentMatch;
  session: Session | null;
  /** In ms since the epoch. */
  now: number;
};

/** What a handler wants done; `core/bot.ts` carries all of them out in one store commit. */
export type Effect =
  | { kind: 'reply'; reply: Reply }
  | { kind: 'edit'; messageId: string; reply: Reply }
  | { kind: 'setSession'; session: Session | null }
  | { kind: 'note'; topic: NoteTopic; text: string; rows: RowRef[] };

/** What is kept for the 编办 (the office that owns the lists): text without names. */
export type NoteTopic = 'not-this-row' | 'no-row' | 'wrong-answer';

export type Handler = (ctx: Context) => Effect[] | Promise<Effect[]>;

/** `feishu:oc_x` or `feishu:oc_x:thread`; direct chats carry a `d` so that the key is reversible. */
export function conversationKey(c: Conversation): string {
  return [c.platform, c.isDirect ? 'd' : 'g', encodeURIComponent(c.chatId), c.threadId ?? '']
    .join(':')
    .replace(/:$/, '');
}
