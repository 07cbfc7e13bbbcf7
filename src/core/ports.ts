/** Every seam of the core on one page. */
import type { Conversation, NoteTopic, Reply, Session, Update } from './types.js';

/** A way to talk: one platform. */
export type Adapter = {
  name: Conversation['platform'];
  /** Resolves when the platform is reached and updates flow into `onUpdate`. */
  start(onUpdate: (update: Update) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
  /**
   * Sends or, with `editMessageId`, replaces. Throws BotError; the key makes a repeated send harmless where the
   * platform supports it.
   */
  deliver(message: Outgoing): Promise<void>;
};

/** A message waiting to be delivered; stored as a job. */
export type Outgoing = {
  /** `${update.id}#${n}`: the idempotency key. */
  key: string;
  conversation: Conversation;
  reply: Reply;
  /** Message to answer (threads the reply in groups). */
  replyTo?: string;
  /** Card message to replace instead of sending a new one. */
  editMessageId?: string;
};

export type OutgoingJob = { message: Outgoing; attempts: number; runAt: number };

/** What the 编办 reads later: one remark about one answer. */
export type Note = { at: number; topic: NoteTopic; text: string; rows: string[]; edition: string };

export type Change =
  | { kind: 'session'; key: string; session: Session | null }
  | { kind: 'note'; note: Note }
  | { kind: 'outgoing'; job: OutgoingJob }
  /** Consumes the claimed update; fails with CONFLICT when the lease is not ours any more. */
  | { kind: 'updateDone'; id: string; lease: string; at: number }
  | { kind: 'outgoingDone'; key: string }
  | { kind: 'outgoingRetry'; key: string; attempts: number; runAt: number };

export type ClaimResult = 'claimed' | 'in-flight' | 'done';

export type Store = {
  getSession(key: string): Promise<Session | null>;
  listNotes(): Promise<Note[]>;
  /** Takes the update for `leaseMs`; a repeated delivery gets 'in-flight' or 'done'. */
  claimUpdate(id: string, lease: string, now: number, leaseMs: number): Promise<ClaimResult>;
  releaseUpdate(id: string, lease: string): Promise<void>;
  /** All or nothing, durable when it resolves. */
  commit(changes: Change[]): Promise<void>;
  /** Messages that are due and not delivered yet, oldest first. */
  dueOutgoing(now: number): Promise<OutgoingJob[]>;
  close(): Promise<void>;
};

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
