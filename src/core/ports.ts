/** Every seam of the core on one page. */
import type { Attachment, Conversation, Heard } from './chat.js';
import type { Outgoing } from './store.js';

/** A way to talk: one platform. */
export type Adapter = {
  name: Conversation['platform'];
  /** How long (ms) the platform drops a repeated send with the same key; 0 when it does not. */
  dedupeWindowMs: number;
  /** The platform's limits on messages to one chat, as it counts them (a picture with a text may be two); the bot stays under them. */
  pace: { direct: Pace; group: Pace };
  /** The platform's limits on all messages of the app together; the bot stays under each of them. */
  appPace: readonly AppLimit[];
  /** How long (ms) after its sending a message can be replaced. */
  editWindowMs: number;
  /** Resolves when the platform is reached and updates flow into `onUpdate`. */
  start(onUpdate: (update: Heard) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
  /**
   * Sends or, with `editMessageId`, replaces; resolves to the message that shows it now. Throws BotError; the key makes
   * a repeated send harmless where the platform supports it. `content` are the bytes of an attachment.
   */
  deliver(
    message: Outgoing,
    content?: Uint8Array,
    /** At each call that counts against `pace` and `appPace`, as it begins. */
    onCall?: () => void,
  ): Promise<{ messageId: string | null }>;
  /** How many such calls the message will take when nothing is refused. Absent: always one. */
  callsOf?(message: Outgoing): number;
  /**
   * Whether the person of a direct chat has seen a message of ours of the last days; absent where the platform does not
   * tell. Throws BotError.
   */
  isRead?(messageId: string): Promise<boolean>;
  /**
   * Ids of the accounts that have these telephone numbers and e-mail addresses, by a look at most `maxAgeMs` old; those that
   * nobody has are left out. Absent where the platform does not tell. Throws BotError.
   */
  accountsOf?(contacts: readonly string[], maxAgeMs: number): Promise<ReadonlyMap<string, string>>;
  /** A link by which people come to the bot, with a payload of letters, digits, `_` and `-` where the platform hands one on; null before the start. */
  inviteLink?(payload: string): string | null;
  /** The bytes of an attachment of this platform. Throws BotError: TARGET_GONE when the platform gives it out no more. */
  download(attachment: Attachment): Promise<Uint8Array>;
};

/** A token bucket: `burst` messages at once, then one every `everyMs`. */
export type Pace = { burst: number; everyMs: number };

/** `count` messages in any `perMs`. */
export type AppLimit = { count: number; perMs: number };

/** Milliseconds since the epoch. */
export type Clock = () => number;

/** A new unguessable id. */
export type Ids = () => string;

export type Logger = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};
