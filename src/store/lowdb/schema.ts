/** The shapes that the lowdb store keeps, checked when they are read from the disk. */
import { z } from 'zod';
import { NOTICE_ANSWERS, OCCURRENCE_STATUSES, type Occurrence, type Reminder } from '../../core/reminder.js';
import type { Ruling } from '../../core/request.js';
import { Action, Conversation, Heard, Platform } from './chat-shape.js';
import { Evaluation } from './evaluation-shape.js';
import { Outgoing } from './message-shape.js';
import type { Session } from '../../core/session.js';
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

const Flow = z.object({
  intent: z.string(),
  asks: z.string(),
  data: z.record(z.string(), z.unknown()),
  isDraft: z.boolean().optional(),
});

const Session = z.object({
  updatedAt: z.number(),
  question: z.string().optional(),
  focus: z.string().optional(),
  offered: z.array(z.string()),
  isChoosing: z.boolean(),
  listing: z.object({ filter: z.record(z.string(), z.string()), page: z.number() }).optional(),
  request: z.string().optional(),
  reminder: z.string().optional(),
  statistics: z.object({ shown: z.string(), at: z.number(), figure: z.string().optional() }).optional(),
  flow: Flow.optional(),
  left: z.object({ flow: Flow, isOffered: z.boolean() }).optional(),
  late: z.union([z.object({ text: z.string() }), z.object({ action: Action })]).optional(),
}) satisfies z.ZodType<Session>;

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

const Recipient = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), account: z.string(), name: z.string(), organization: z.string() }),
  z.object({ kind: z.literal('group'), conversation: Conversation }),
  z.object({
    kind: z.literal('unit'),
    organization: z.string(),
    person: z.string().optional(),
    rows: z.array(z.string()).optional(),
  }),
]);

const Recurrence = z.object({
  rrule: z.string(),
  from: z.string(),
  times: z.array(z.number()).readonly(),
  special: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('workdays') }),
      z.object({ kind: z.literal('nth-workday'), n: z.number() }),
      z.object({
        kind: z.literal('festival'),
        name: z.string(),
        side: z.enum(['on', 'before', 'after']),
      }),
      z.object({ kind: z.literal('lunar'), month: z.number().nullable(), day: z.number() }),
      z.object({ kind: z.literal('last-if-short') }),
    ])
    .optional(),
  shift: z.enum(['none', 'next', 'previous', 'skip']).optional(),
  lead: z.object({ days: z.number().optional(), workdays: z.number().optional() }).optional(),
  except: z.array(z.string()).readonly().optional(),
});

const Reminder = z.object({
  id: z.string(),
  version: z.number(),
  source: z.enum(['own', 'duty', 'measure']),
  reference: z.string().optional(),
  measure: z
    .object({
      aspect: z.string(),
      text: z.string(),
      progress: z.array(z.object({ at: z.number(), by: z.string(), text: z.string() })),
      doneAt: z.number().nullable(),
    })
    .optional(),
  notice: z
    .object({
      kind: z.enum(['meeting', 'urgent']),
      place: z.string(),
      startsAt: z.number().nullable(),
      before: z.number().optional(),
      answers: z.array(
        z.object({
          account: z.string(),
          name: z.string(),
          answer: z.enum(NOTICE_ANSWERS),
          text: z.string(),
          at: z.number(),
        }),
      ),
      calledAt: z.number().nullable(),
    })
    .optional(),
  text: z.string(),
  owner: z.object({ account: z.string(), name: z.string(), organization: z.string() }),
  to: z.array(Recipient),
  when: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('once'), at: z.number() }),
    z.object({ kind: z.literal('recurring'), rule: Recurrence }),
    z.object({
      kind: z.literal('deadline'),
      date: z.string(),
      workdaysBefore: z.array(z.number()),
      minutes: z.number(),
      overdue: Recurrence,
    }),
  ]),
  said: z.string(),
  late: z.enum(['send', 'merge', 'skip']),
  isUrgent: z.boolean(),
  channel: z.enum(['message', 'digest']),
  status: z.enum(['active', 'ended', 'cancelled']),
  edits: z.number(),
  nextAt: z.number().nullable(),
  ruleAt: z.number().nullable(),
  pausedAt: z.number().optional(),
  createdAt: z.number(),
}) satisfies z.ZodType<Reminder>;

const Occurrence = z.object({
  id: z.string(),
  version: z.number(),
  reminder: z.string(),
  text: z.string(),
  dueAt: z.number(),
  to: Recipient,
  status: z.enum(OCCURRENCE_STATUSES),
  reason: z.string().optional(),
  digest: z.string().optional(),
  isUrgent: z.boolean(),
  hops: z.array(
    z.object({
      at: z.number(),
      to: z.string(),
      outcome: z.enum(['pending', 'sent', 'failed', 'uncertain']),
      reason: z.string().optional(),
    }),
  ),
  changedAt: z.number(),
}) satisfies z.ZodType<Occurrence>;

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
