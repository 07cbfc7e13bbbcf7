/** The words of the bot: what comes in, what a handler sees, what it returns. Read this file first. */
import type { Card } from './card.js';
import type { Person, RowRef } from './domain.js';
import type { RecordKind, StoreReader, Timer } from './ports.js';
import type { Occurrence, Reminder } from './reminder.js';
import type { Request, Ruling } from './request.js';

export const PLATFORMS = ['console', 'telegram', 'feishu'] as const;
export type Platform = (typeof PLATFORMS)[number];

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
  /** A file that the bot made itself is carried along as text. */
  content?: string;
};

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
};

/** A click on one of our own buttons. */
export type Action = Received & {
  kind: 'action';
  /** The message that carries the card. */
  messageId: string;
  action: { id: string; value: string };
};

/** What an adapter makes of anything a platform sends. */
export type Heard = Message | Action;

/** Somebody speaks to the bot and waits for it. */
export const isForUs = (update: Heard): boolean => update.kind === 'action' || update.isAddressed;

/** A timer whose time has come; it enters the same path as what people say. */
export type DueTimer = {
  kind: 'job';
  /** `job:` key `@` instant: stable however often it is claimed. */
  id: string;
  at: number;
  timer: Timer;
};

export type Update = Heard | DueTimer;

/**
 * An answer to send: a card always has a text form (`cardToText`), `mention` calls somebody in a group, `text` of an
 * attachment is its caption.
 */
export type Reply =
  { text: string; mention?: User } | { card: Card } | { attachment: Attachment; text: string };

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
  /** The request spoken of last, so that "签收" alone means it. */
  request?: string;
  /** The reminder spoken of last. */
  reminder?: string;
  /** What the bot is asking this person for; the next message of the person is the answer. */
  flow?: Flow;
  /** A late message that would act; it acts when the person confirms. */
  late?: { text: string } | { action: Action['action'] };
};

/** The button that lets a late message act after all (middleware/late.ts). */
export const LATE_GO = 'late-go';

/** A dialogue of several steps. `intent` hears what the person says next; `data` is its own, as JSON. */
export type Flow = { intent: string; asks: string; data: Record<string, unknown> };

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
  update: Heard;
  /** The text without the command word, in one form (nlu/normalize.ts), or an empty string for an action. */
  text: string;
  /** The same as it was written: what is kept and passed on. */
  raw: string;
  /** The bound person, or null when the account is bound to nobody. */
  person: Person | null;
  match: IntentMatch;
  session: Session | null;
  /** In ms since the epoch. */
  now: number;
  /** How long the message has waited since it was sent, ms, by a clock that never jumps. */
  waitedMs: number;
  /** The query side of the store. */
  read: StoreReader;
  /** The next number of a series, never given twice; one that is not used leaves a gap. */
  takeNumber: (series: string) => Promise<number>;
};

/** What the handler of a due timer may look at. */
export type TimerContext = {
  update: DueTimer;
  now: number;
  read: StoreReader;
  /** Of a direct chat; null when the platform does not say. Rejects when it may say so later: the timer is tried again. */
  isRead: (platform: Platform, messageId: string) => Promise<boolean | null>;
  /** The bytes of what somebody sent. Throws BotError as `Adapter.download` does. */
  readAttachment: (attachment: Attachment) => Promise<Uint8Array>;
};

/** What a handler wants done; `core/bot.ts` carries all of them out in one store commit. */
export type Effect =
  | { kind: 'reply'; reply: Reply }
  | { kind: 'edit'; messageId: string; reply: Reply }
  | { kind: 'setSession'; session: Session | null }
  | { kind: 'note'; topic: NoteTopic; text: string; rows: RowRef[]; verdict?: Verdict }
  /** To another place than where the update came from. With a `slot`, the card shown there under that name is replaced. */
  | { kind: 'send'; to: Conversation; reply: Reply; slot?: string; occurrence?: string }
  /** Version 0 for a new one; the commit fails with CONFLICT, and the handler runs again, when another was first. */
  | { kind: 'saveRequest'; request: Request; expectedVersion: number }
  | { kind: 'saveRuling'; ruling: Ruling }
  | { kind: 'saveReminder'; reminder: Reminder; expectedVersion: number }
  | { kind: 'saveOccurrence'; occurrence: Occurrence; expectedVersion: number }
  /** Sets or moves the timer of this key. */
  | { kind: 'schedule'; timer: Timer }
  | { kind: 'cancel'; key: string }
  | { kind: 'record'; what: RecordKind; request?: string; data: Record<string, string | number | string[]> };

/**
 * What is kept for the 编办 (the office that owns the lists): text without names. `chosen-instead`: the first row is the
 * one that was chosen, the second the one that had been answered. `unanswered`: the lists did not say, and nobody pressed
 * anything yet. `verdict`: what the 编办 decided on the questions of the text, one a line.
 */
export type NoteTopic =
  'not-this-row' | 'no-row' | 'wrong-answer' | 'chosen-instead' | 'unanswered' | 'verdict';

/** What becomes of questions that lie close together, in the next draft edition. `row` is `list/number`. */
export type Verdict =
  | { kind: 'phrasing'; row: string; matter: string; phrasings: string[] }
  | { kind: 'alias'; unit: string; alias: string }
  | { kind: 'new-row'; listId: string; matter: string; phrasings: string[] }
  | { kind: 'rejected' }
  /** Takes the verdict on the same questions back. */
  | { kind: 'withdrawn' };

export type Handler = (ctx: Context) => Effect[] | Promise<Effect[]>;

/** Replies of a timer's handler are `send` effects: nobody has spoken to whom one could reply. */
export type TimerHandler = (ctx: TimerContext) => Effect[] | Promise<Effect[]>;

/** `feishu:oc_x` or `feishu:oc_x:thread`; direct chats carry a `d` so that the key is reversible. */
export function conversationKey(c: Conversation): string {
  return [c.platform, c.isDirect ? 'd' : 'g', encodeURIComponent(c.chatId), c.threadId ?? '']
    .join(':')
    .replace(/:$/, '');
}

/** The direct chat with an account, `platform:id`. Null for what is no account. */
export function directChat(account: string): Conversation | null {
  const [, platform, chatId] = /^(console|telegram|feishu):(.+)$/.exec(account) ?? [];
  return platform && chatId ? { platform: platform as Platform, chatId, isDirect: true } : null;
}
