/** The shapes that the lowdb store keeps, checked when they are read from the disk. */
import { z } from 'zod';
import type { Ruling } from '../../core/request.js';
import { Conversation, Heard, Platform } from './chat-shape.js';
import { Evaluation } from './evaluation-shape.js';
import { Outgoing } from './message-shape.js';
import { Occurrence, Reminder } from './reminder-shape.js';
import { Session } from './session-shape.js';
import type { Verdict as CoreVerdict, Note } from '../../core/note.js';
import type { ShownCard, Timer, Undelivered, SetAside as CoreSetAside } from '../../core/store.js';
import type { Binding } from '../../core/binding.js';

const Lease = z.object({ token: z.string(), until: z.number() }).nullable();

const StoredMessage = z.object({
  message: Outgoing,
  /** Place in the order of all messages. */
  seq: z.number(),
  attempts: z.number(),
  runAt: z.number(),
  firstTriedAt: z.number().nullable(),
  lease: Lease,
  isInterrupted: z.boolean(),
});
export type StoredMessage = z.infer<typeof StoredMessage>;

/** An update in the inbox. */
const Entry = z.object({
  update: Heard,
  /** Place in the order of all. */
  seq: z.number(),
  isBound: z.boolean(),
  failures: z.number(),
  crashes: z.number(),
  runAt: z.number(),
  lease: Lease,
});
export type Entry = z.infer<typeof Entry>;

const SetAside = z.object({
  update: Heard,
  at: z.number(),
  reason: z.string(),
}) satisfies z.ZodType<CoreSetAside>;

const StoredTimer = z.object({
  timer: z.object({
    key: z.string(),
    runAt: z.number(),
    kind: z.string(),
    payload: z.record(z.string(), z.unknown()),
    platform: Platform.optional(),
  }) satisfies z.ZodType<Timer>,
  /** Place among those of the same instant. */
  seq: z.number(),
  attempts: z.number(),
  lease: Lease,
});
export type StoredTimer = z.infer<typeof StoredTimer>;

const Undelivered = z.object({
  key: z.string(),
  outcome: z.enum(['failed', 'uncertain']),
  at: z.number(),
  reason: z.string(),
}) satisfies z.ZodType<Undelivered>;

const Phrasings = z.array(z.string());
const Verdict = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phrasing'), row: z.string(), matter: z.string(), phrasings: Phrasings }),
  z.object({ kind: z.literal('alias'), unit: z.string(), alias: z.string() }),
  z.object({
    kind: z.literal('new-row'),
    listId: z.string(),
    matter: z.string(),
    phrasings: Phrasings,
    lead: z.string().optional(),
    support: z.array(z.string()).optional(),
  }),
  z.object({ kind: z.literal('unit'), row: z.string(), matter: z.string(), unit: z.string() }),
  z.object({ kind: z.literal('rejected') }),
  z.object({ kind: z.literal('withdrawn') }),
]) satisfies z.ZodType<CoreVerdict>;

const Note = z.object({
  at: z.number(),
  topic: z.enum(['not-this-row', 'no-row', 'wrong-answer', 'chosen-instead', 'unanswered', 'verdict']),
  text: z.string(),
  rows: z.array(z.string()),
  edition: z.string(),
  verdict: Verdict.optional(),
  unit: z.string().optional(),
}) satisfies z.ZodType<Note>;

const Ruling = z.object({
  request: z.string(),
  at: z.number(),
  matter: z.string(),
  lead: z.string(),
  support: z.array(z.string()),
  text: z.string(),
  by: z.string(),
  isWithdrawn: z.boolean().optional(),
}) satisfies z.ZodType<Ruling>;

const ShownCard = z.object({
  conversation: Conversation,
  messageId: z.string(),
  sentAt: z.number(),
}) satisfies z.ZodType<ShownCard>;

const RecordHead = z.object({ seq: z.number(), hash: z.string() });

/** Everything but the requests, which have a file of their own. */
export const VALUES = {
  sessions: Session,
  notes: Note,
  /** Consumed updates and when. */
  updates: z.number(),
  outgoing: StoredMessage,
  undelivered: Undelivered,
  inbox: Entry,
  setAside: SetAside,
  /** Conversations with a message that may not have arrived, and since when; nobody has been told. */
  doubts: z.number(),
  moves: z.object({ platform: Platform, from: z.string(), to: z.string() }),
  bindings: z.object({
    place: z.string(),
    to: z.object({ unit: z.string(), name: z.string().optional() }).nullable(),
    by: z.string().nullable(),
    at: z.number(),
  }) satisfies z.ZodType<Binding>,
  rulings: Ruling,
  reminders: Reminder,
  occurrences: Occurrence,
  evaluations: Evaluation,
  cards: ShownCard,
  timers: StoredTimer,
  /** What is counted: `seq`, `latestAt`, and `number:` with the name of a series. */
  counters: z.number(),
  /** The one key `head`. */
  record: RecordHead,
};

/** First line of a snapshot. */
export const Header = z.object({
  version: z.number(),
  /** Journal segments below this number are contained in the snapshot. */
  segment: z.number(),
  /** The record reached at least to here; `npm run verify-log` notices when its end is cut off. */
  record: RecordHead,
});
export type Header = z.infer<typeof Header>;

/** The state before there were requests: one JSON. */
export const OldState = z.object({
  version: z.literal(2),
  segment: z.number(),
  sessions: z.record(z.string(), Session),
  notes: z.array(Note),
  updates: z.record(z.string(), z.number()),
  outgoing: z.record(z.string(), StoredMessage),
  nextSeq: z.number(),
  undelivered: z.array(Undelivered),
});
export type OldState = z.infer<typeof OldState>;
