/** Every seam of the core on one page. */
import type { Conversation, NoteTopic, Reply, Session, Update } from './types.js';

/** A way to talk: one platform. */
export type Adapter = {
  name: Conversation['platform'];
  /** How long (ms) the platform drops a repeated send with the same key; 0 when it does not. */
  dedupeWindowMs: number;
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

/** A message in the outbox. Messages of one conversation leave in the order of their commits. */
export type OutgoingJob = {
  message: Outgoing;
  /** Sends begun so far. */
  attempts: number;
  runAt: number;
  /** When the first send began, or null: the platform's dedupe window counts from here. */
  firstTriedAt: number | null;
};

/** A job that this process may send until the lease ends; the token fences off a holder that came too late. */
export type ClaimedJob = OutgoingJob & {
  lease: string;
  /** An earlier holder began a send and never said how it ended: it crashed, or its lease ran out. */
  isInterrupted: boolean;
};

/** How a message ended. 'uncertain': whether it arrived is unknown and asking again could double it. */
export type Outcome = 'sent' | 'failed' | 'uncertain';

/** A message that did not simply arrive, kept for the operator. */
export type Undelivered = { key: string; outcome: 'failed' | 'uncertain'; at: number; reason: string };

/** What the 编办 reads later: one remark about one answer. */
export type Note = { at: number; topic: NoteTopic; text: string; rows: string[]; edition: string };

export type Change =
  | { kind: 'session'; key: string; session: Session | null }
  | { kind: 'note'; note: Note }
  | { kind: 'outgoing'; message: Outgoing; runAt: number }
  /** Consumes the claimed update; fails with CONFLICT when the lease is not ours any more. */
  | { kind: 'updateDone'; id: string; lease: string; at: number }
  /** Takes the job out of the outbox; fails with CONFLICT when the lease is not ours any more. */
  | { kind: 'outgoingDone'; key: string; lease: string; outcome: Outcome; at: number; reason?: string }
  /** Frees the job for a later try; fails with CONFLICT when the lease is not ours any more. */
  | { kind: 'outgoingRetry'; key: string; lease: string; runAt: number };

export type ClaimResult = 'claimed' | 'in-flight' | 'done';

export type Store = {
  getSession(key: string): Promise<Session | null>;
  listNotes(): Promise<Note[]>;
  /** Messages that have not left yet, in their order. */
  listOutgoing(): Promise<OutgoingJob[]>;
  /** Messages that failed or whose arrival is uncertain, oldest first. */
  listUndelivered(): Promise<Undelivered[]>;
  /**
   * Runs `task` while no other holder, here or in another process on the same data, runs one for the same key; waiting
   * ones follow in the order of their calls within a process.
   */
  withConversation<T>(key: string, task: () => Promise<T>): Promise<T>;
  /** Takes the update for `leaseMs`; a repeated delivery gets 'in-flight' or 'done'. */
  claimUpdate(id: string, lease: string, now: number, leaseMs: number): Promise<ClaimResult>;
  releaseUpdate(id: string, lease: string): Promise<void>;
  /** All or nothing, durable when it resolves. */
  commit(changes: Change[]): Promise<void>;
  /**
   * Up to `limit` due messages that are the first of their conversation, oldest first, each held until `now + leaseMs`
   * with the token `lease`. Counts an attempt and notes its time durably before it resolves, so that a send that a
   * crash cuts off is known to have begun. An expired lease is free again.
   */
  claimDueJobs(now: number, lease: string, leaseMs: number, limit: number): Promise<ClaimedJob[]>;
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
