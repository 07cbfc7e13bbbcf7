/** The words of the bot: what comes in, what a handler sees, what it returns. Read this file first. */
import type { Person, RowRef } from './domain.js';
import type { Heard, Platform, Attachment, Reply, Conversation } from './chat.js';
import type { Session } from './session.js';
import type { NoteTopic, Verdict } from './note.js';
import type { RecordKind, StoredChange, StoreReader, Timer } from './store.js';

/** A timer whose time has come; it enters the same path as what people say. */
export type DueTimer = {
  kind: 'timer';
  /** `timer:` key `@` instant: stable however often it is claimed. */
  id: string;
  at: number;
  timer: Timer;
};

export type Update = Heard | DueTimer;

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
  /** The text without the command word, in one form (text/normalize.ts), or an empty string for an action. */
  text: string;
  /** The same as it was written: what is kept and passed on. */
  raw: string;
  /** The bound person, or null when the account is bound to nobody. */
  person: Person | null;
  match: IntentMatch;
  session: Session | null;
  /** What was answered last where everybody sees it, perhaps to somebody else: a colleague's 那镇里呢 may mean it. */
  around?: Session | null;
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
  /**
   * `platform:id` of the accounts that have these telephone numbers and e-mail addresses, by a look at most `maxAgeMs` old; empty
   * where it is not told. Rejects when it may be told later.
   */
  accountsOf: (
    platform: Platform,
    contacts: readonly string[],
    maxAgeMs: number,
  ) => Promise<ReadonlyMap<string, string>>;
  /** The bytes of what somebody sent. Throws BotError as `Adapter.download` does. */
  readAttachment: (attachment: Attachment) => Promise<Uint8Array>;
};

/** What a handler wants done; `core/bot.ts` carries all of them out in one store commit. */
export type Effect =
  /** When another commit was first (CONFLICT), the handler runs again. */
  | StoredChange
  | { kind: 'reply'; reply: Reply }
  | { kind: 'edit'; messageId: string; reply: Reply }
  | { kind: 'setSession'; session: Session | null }
  | { kind: 'note'; topic: NoteTopic; text: string; rows: RowRef[]; verdict?: Verdict; unit?: string }
  /** To another place than where the update came from. With a `slot`, the card shown there under that name is replaced. */
  | {
      kind: 'send';
      to: Conversation;
      reply: Reply;
      slot?: string;
      occurrence?: string;
      isUrgent?: true;
      buzz?: string[];
    }
  | { kind: 'record'; what: RecordKind; request?: string; data: Record<string, string | number | string[]> };

export type Handler = (ctx: Context) => Effect[] | Promise<Effect[]>;

/** Replies of a timer's handler are `send` effects: nobody has spoken to whom one could reply. */
export type TimerHandler = (ctx: TimerContext) => Effect[] | Promise<Effect[]>;
