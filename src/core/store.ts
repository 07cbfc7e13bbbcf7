/** The store: what is kept, how it changes, how it is asked. */
import type { OccurrenceFilter, ReminderFilter, RequestFilter } from './filters.js';
import type { Rank, Room } from './rank.js';
import type { Conversation, Reply, Platform, Heard } from './chat.js';
import type { Session } from './session.js';
import type { Evaluation } from './evaluation.js';
import type { Request, Ruling } from './request.js';
import type { Reminder, Occurrence } from './reminder.js';
import type { Note } from './note.js';
import type { Binding } from './binding.js';

/** A message that is to be delivered. */
export type Outgoing = {
  /** `${update.id}#${n}`: the idempotency key. */
  key: string;
  conversation: Conversation;
  reply: Reply;
  /** Message to answer (threads the reply in groups). */
  replyTo?: string;
  /** Card message to replace instead of sending a new one. */
  editMessageId?: string;
  /** Name of the one live card that this is; the message shown under it so far is replaced while that is possible. */
  slot?: string;
  /** Id of the occurrence of a reminder that this is: how the sending ended is told to it by a timer `delivered`. */
  occurrence?: string;
  /** `platform:id` of whoever asked or acted: told directly when the message cannot be delivered (./undeliverable.ts). */
  owner?: string;
  /** It asks its owner for words: in a group the platform helps them to be heard. */
  asks?: true;
  /** Absent: an answer. */
  rank?: Rank;
  /** So many calls to the platform, on which its limits are; absent: one. */
  calls?: number;
  /** Accounts, `platform:id`, whose people are alerted beyond the message itself, where the platform can. */
  buzz?: string[];
};

/** Where the live card of a slot is shown. */
export type ShownCard = { conversation: Conversation; messageId: string; sentAt: number };

/**
 * A durable timer. `key` is its identity: setting it again moves it. One with a `platform` is carried out only by a
 * process that runs it.
 */
export type Timer = {
  key: string;
  runAt: number;
  kind: string;
  payload: Record<string, unknown>;
  platform?: Platform;
};

/** A due timer that this process may carry out until the lease ends. */
export type ClaimedTimer = { timer: Timer; attempts: number; lease: string };

/** A message in the outbox. Messages of one conversation leave in the order of their commits. */
export type WaitingMessage = {
  message: Outgoing;
  /** Sends begun so far. */
  attempts: number;
  runAt: number;
  /** When the first send began, or null: the platform's dedupe window counts from here. */
  firstTriedAt: number | null;
};

/** A message that this process may send until the lease ends; the token fences off a holder that came too late. */
export type ClaimedMessage = WaitingMessage & {
  lease: string;
  /** An earlier holder began a send and never said how it ended: it crashed, or its lease ran out. */
  isInterrupted: boolean;
  /** Of an earlier message to this chat it is not known whether it arrived, and nobody has been told yet. */
  isAfterDoubt: boolean;
};

/** Something claimed: a message by its key, a timer by its key, an update by its id, with the token of the claim. */
export type Hold = { kind: 'message' | 'timer' | 'update'; key: string; lease: string };

/** How a message ended. 'uncertain': whether it arrived is unknown and asking again could double it. */
export type SendOutcome = 'sent' | 'failed' | 'uncertain';

/** A message that did not simply arrive, kept for the operator. */
export type Undelivered = { key: string; outcome: 'failed' | 'uncertain'; at: number; reason: string };

/** answer · transition (of a request) · refusal (of an act) · delivery · admin · timer. */
export type RecordKind = 'answer' | 'transition' | 'refusal' | 'delivery' | 'admin' | 'timer';

/** What the record (台账) keeps of one act. Persons appear as `platform:id` only. */
export type RecordEntry = {
  at: number;
  kind: RecordKind;
  /** `platform:id`; null for the clock. */
  actor: string | null;
  /** The update that caused it. */
  update: string | null;
  request?: string;
  data: Record<string, string | number | string[]>;
};

/** One line of the record. `hash` is over `prev` and the canonical JSON of all else (store/record.ts). */
/** `mac`: of the hash, by the key of the machine where there is one. */
export type RecordLine = RecordEntry & { seq: number; prev: string; hash: string; mac?: string };

/** What handlers have stored as it is: an effect and a change in one. A new stored thing is named here. */
export type StoredChange =
  /** Fails with CONFLICT unless the stored version is `expectedVersion` (0: there is none yet). */
  | { kind: 'request'; request: Request; expectedVersion: number }
  | { kind: 'ruling'; ruling: Ruling }
  /** Like `request`: 0 for a new one. */
  | { kind: 'reminder'; reminder: Reminder; expectedVersion: number }
  | { kind: 'occurrence'; occurrence: Occurrence; expectedVersion: number }
  | { kind: 'evaluation'; evaluation: Evaluation; expectedVersion: number }
  /** Sets or moves a timer; whoever holds it loses it. */
  | { kind: 'schedule'; timer: Timer }
  | { kind: 'cancel'; key: string }
  /** The last one of each place holds. */
  | { kind: 'binding'; binding: Binding };

export type Change =
  | StoredChange
  | { kind: 'session'; key: string; session: Session | null }
  | { kind: 'record'; entry: RecordEntry }
  /** Takes the timer away; fails with CONFLICT when the lease is not ours any more. */
  | { kind: 'timerDone'; key: string; lease: string }
  /** Frees the timer for a later try; fails with CONFLICT when the lease is not ours any more. */
  | { kind: 'timerRetry'; key: string; lease: string; runAt: number }
  | { kind: 'note'; note: Note }
  /** A group has another id now; the last move of each is kept. */
  | { kind: 'chatMoved'; move: ChatMove }
  | { kind: 'outgoing'; message: Outgoing; runAt: number }
  /** Takes the claimed update out of the inbox, for good; fails with CONFLICT when the lease is not ours any more. */
  | { kind: 'updateDone'; id: string; lease: string; at: number }
  /** The same for an update that cannot be handled: it is kept aside. */
  | { kind: 'updateSetAside'; id: string; lease: string; at: number; reason: string }
  /** Frees the claimed update for a later try; `hasFailed` counts it as its own failure. CONFLICT as above. */
  | { kind: 'updateRetry'; id: string; lease: string; runAt: number; hasFailed: boolean }
  /**
   * Takes the message out of the outbox; fails with CONFLICT when the lease is not ours any more. `shown`: the message is now
   * the live card of its slot.
   */
  | {
      kind: 'outgoingDone';
      key: string;
      lease: string;
      outcome: SendOutcome;
      at: number;
      reason?: string;
      shown?: { slot: string; card: ShownCard };
      /** The message said that an earlier one may not have arrived. */
      isDoubtTold?: boolean;
    }
  /** Frees the message for a later try; fails with CONFLICT when the lease is not ours any more. */
  | { kind: 'outgoingRetry'; key: string; lease: string; runAt: number };

export type RequestPage = { requests: Request[]; total: number };

/** The query side of the store. What is returned belongs to the caller. */
export type StoreReader = {
  getSession(key: string): Promise<Session | null>;
  /** Also an archived one. */
  getRequest(number: string): Promise<Request | null>;
  findRequests(filter: RequestFilter, page: { offset: number; limit: number }): Promise<RequestPage>;
  /** Filed from `from` on, before `to`, ms, also archived ones; oldest first. Reads files. Throws 'STORE' on damaged ones. */
  listFiled(from: number, to: number): Promise<Request[]>;
  listRulings(): Promise<Ruling[]>;
  getEvaluation(id: string): Promise<Evaluation | null>;
  /** Newest first. */
  listEvaluations(): Promise<Evaluation[]>;
  getReminder(id: string): Promise<Reminder | null>;
  findReminders(filter: ReminderFilter): Promise<Reminder[]>;
  getOccurrence(id: string): Promise<Occurrence | null>;
  /** Those that are over are kept for some weeks only; the record keeps their traces. */
  findOccurrences(filter: OccurrenceFilter): Promise<Occurrence[]>;
  getCard(slot: string): Promise<ShownCard | null>;
  getTimer(key: string): Promise<Timer | null>;
  /** Lines of the record that name this request, oldest first. Reads files: for an export, not for every message. */
  listRecord(request: string): Promise<RecordLine[]>;
  /** The last line of the record, as a seal names it; null while there is none. */
  getRecordHead(): Promise<{ seq: number; hash: string } | null>;
  /** In the order in which they were kept. */
  listNotes(): Promise<Note[]>;
  listBindings(): Promise<Binding[]>;
  /** Messages that failed or whose arrival is uncertain, oldest first. */
  listUndelivered(): Promise<Undelivered[]>;
  /** Updates that could not be handled, oldest first. */
  listSetAside(): Promise<SetAside[]>;
};

/** A group that the core knows as `from`, and its platform as `to`. */
export type ChatMove = { platform: Platform; from: string; to: string };

export type Store = StoreReader & {
  listMoves(platform: Platform): Promise<ChatMove[]>;
  /** Messages that have not left yet, in their order. */
  listOutgoing(): Promise<WaitingMessage[]>;
  /**
   * Keeps what was heard until it is handled; durable when it resolves, and 'known' when it was kept before. With a claim
   * it is given at once where nothing of its conversation waits before it. `isBound`: from a person of the directory;
   * their updates are given before those of strangers.
   */
  keepUpdate(
    update: Heard,
    options: { isBound: boolean; now: number; claim?: Claim },
  ): Promise<ClaimedUpdate | 'kept' | 'known'>;
  /** Up to `limit` updates that are the first of their conversation, each held until `now + leaseMs`. */
  claimDueUpdates(claim: Claim, limit: number): Promise<ClaimedUpdate[]>;
  /** Puts an update that was set aside back into the inbox, as if it came now; false when there is none. */
  replayUpdate(id: string, now: number): Promise<boolean>;
  /**
   * All or nothing, durable when it resolves. With a claim, the messages put in that are the first of their conversation
   * are given at once, as `claimDueMessages` would.
   */
  commit(changes: Change[], claim?: OutboxClaim): Promise<ClaimedMessage[]>;
  /**
   * Up to `limit` due messages that are the first of their conversation, by the best rank of what waits there and oldest
   * first, each held until `now + leaseMs`
   * with the token `lease`. Counts an attempt and notes its time durably before it resolves, so that a send that a
   * crash cuts off is known to have begun. An expired lease is free again.
   */
  claimDueMessages(claim: OutboxClaim, limit: number): Promise<ClaimedMessage[]>;
  /** Up to `limit` timers due at `due`, earliest first, each held until `now + leaseMs`. An expired lease is free again. */
  claimDueTimers(due: number, claim: Claim, limit: number): Promise<ClaimedTimer[]>;
  /** What is still held with its token is held until `until`; what is not any more stays as it is. */
  renewLeases(holds: Hold[], until: number): Promise<void>;
  /** The next number of a series, from 1; never given twice, also over restarts and processes. */
  takeNumber(series: string): Promise<number>;
  /**
   * Where the steady clock of a starting process begins, ms: in step with the processes that live, else at `wall`, but
   * never before what is stored. So a wall clock that was set back or forward holds up nothing and frees no living lease.
   */
  startTime(wall: number): Promise<number>;
  /** Says that this process lives and what it runs; resolves to how many living processes run each platform. */
  beat(platforms: ReadonlySet<Platform>, now: number): Promise<ReadonlyMap<Platform, number>>;
  /** The app said to wait until then, steady; for all processes of this store. An earlier end than the known one changes nothing. */
  pause(platform: Platform, until: number): Promise<void>;
  listPauses(): Promise<ReadonlyMap<Platform, number>>;
  close(): Promise<void>;
};

/** On whose behalf, until when and for which platforms something is claimed. Times are those of the steady clock. */
export type Claim = {
  now: number;
  lease: string;
  leaseMs: number;
  /** What this process runs: the rest is for other processes. */
  platforms: ReadonlySet<Platform>;
};

/**
 * Keys of conversations in `except` are left out: their pace does not allow a message yet. A platform in `room` gives at most
 * so many, of these ranks only.
 */
export type OutboxClaim = Claim & { except?: ReadonlySet<string>; room?: ReadonlyMap<Platform, Room> };

/** An update out of the inbox that this process may handle until the lease ends. */
export type ClaimedUpdate = {
  update: Heard;
  lease: string;
  /** Handlings that failed for the update's own reason. */
  failures: number;
  /** Handlings that ended with their process: it crashed, was killed, or was blocked and ended by the watchdog. */
  crashes: number;
};

/** An update that could not be handled, kept for the operator. */
export type SetAside = { update: Heard; at: number; reason: string };
