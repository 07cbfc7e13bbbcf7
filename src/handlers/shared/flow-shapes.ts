/** What dialogues keep, piece by piece. Of what people can send into them nothing is taken on trust. */
import { z } from 'zod';
import { isDate, isInstant } from '../../calendar/local.js';
import type { Recipient, When } from '../../core/reminder.js';
import { REQUEST_KINDS } from '../../core/request.js';
import { VALUE_KINDS } from '../../nlu/actions.js';
import { MOVES, type Draft } from '../../requests/moves.js';
import { type Attachment, PLATFORMS } from '../../core/chat.js';

const Platform = z.enum(PLATFORMS);
const Instant = z.number().refine(isInstant);
const MINUTES_A_DAY = 1_440;
const [requestNumber, reminderId, occurrenceId] = [
  z.string().regex(/^QS-20\d{2}-\d{6,7}$/),
  VALUE_KINDS.reminder,
  VALUE_KINDS.occurrence,
];

const Conversation = z.object({
  platform: Platform,
  chatId: z.string().min(1),
  threadId: z.string().optional(),
  isDirect: z.boolean(),
});

const Attachments = z.array(
  z.object({
    platform: Platform,
    kind: z.enum(['photo', 'file']),
    id: z.string(),
    messageId: z.string().optional(),
    name: z.string().optional(),
    content: z.string().optional(),
    encoding: z.enum(['base64', 'charts']).optional(),
    sha256: z.string().optional(),
  }) satisfies z.ZodType<Attachment>,
);

const To = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), account: z.string(), name: z.string(), organization: z.string() }),
  z.object({ kind: z.literal('group'), conversation: Conversation }),
  z.object({
    kind: z.literal('unit'),
    organization: z.string(),
    person: z.string().optional(),
    rows: z.array(z.string()).optional(),
  }),
]) satisfies z.ZodType<Recipient>;

const Count = z.number().int().min(-1_000).max(1_000);
const Rule = z.object({
  rrule: z.string().regex(/^FREQ=[A-Z0-9=;,+-]{1,300}$/),
  from: z.string().refine(isDate),
  times: z
    .array(
      z
        .number()
        .min(-MINUTES_A_DAY)
        .max(2 * MINUTES_A_DAY),
    )
    .max(MINUTES_A_DAY)
    .readonly(),
  special: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('workdays') }),
      z.object({ kind: z.literal('nth-workday'), n: Count }),
      z.object({ kind: z.literal('festival'), name: z.string(), side: z.enum(['on', 'before', 'after']) }),
      z.object({ kind: z.literal('lunar'), month: Count.nullable(), day: Count }),
      z.object({ kind: z.literal('last-if-short') }),
    ])
    .optional(),
  shift: z.enum(['none', 'next', 'previous', 'skip']).optional(),
  lead: z.object({ days: Count.optional(), workdays: Count.optional() }).optional(),
  except: z.array(z.string().refine(isDate)).max(400).readonly().optional(),
});

const SetWhen = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('once'), at: Instant }),
  z.object({ kind: z.literal('recurring'), rule: Rule }),
]) satisfies z.ZodType<When>;

/** A reminder in the making. */
export const ReminderFlow = z.object({
  text: z.string(),
  to: z.array(To).min(1),
  when: SetWhen.nullable(),
  said: z.string(),
  /** The times that were offered; 今晚的 chooses among them. */
  offered: z.array(Instant).max(50).optional(),
  /** One word for all who are called: they are listed before it is set. */
  whole: z.string().max(80).optional(),
  /** Those of them who have no account. */
  unbound: z.array(z.string()).max(400).optional(),
  /** Somebody whom nobody knows, who is asked about; `text` is then the whole of what was said. */
  whom: z.string().max(12).optional(),
  /** 明天三点开党组会: nobody has asked for a reminder yet. */
  isBare: z.literal(true).optional(),
  /** 例会前一刻钟: what it is reckoned from, whose hour is asked for. */
  event: z
    .strictObject({ name: z.string().max(40), length: z.string().max(12), day: z.string().max(80) })
    .optional(),
  /** `isTimed`: something begins at its time. */
  notice: z
    .strictObject({
      kind: z.enum(['meeting', 'urgent']),
      place: z.string(),
      isTimed: z.boolean(),
      before: z.number().int().positive().max(100_000).optional(),
    })
    .optional(),
});
export type ReminderFlow = z.infer<typeof ReminderFlow>;

/** Whose word is asked for: why not, or who comes instead. */
export const NoticeFlow = z.strictObject({ occurrence: occurrenceId, answer: z.enum(['leave', 'sends']) });
export type NoticeFlow = z.infer<typeof NoticeFlow>;

/** Which reminders are to be taken back once that is confirmed. */
export const CancelFlow = z.strictObject({ ids: z.array(reminderId).min(1).max(1_000) });
export type CancelFlow = z.infer<typeof CancelFlow>;

/** What is put off (`occurrence`) or moved (`reminder`) while the new time is asked; a `change` while it is asked of which. */
export const SnoozeFlow = z.union([
  z.strictObject({ change: z.string().min(1), ids: z.array(reminderId).min(1).max(1_000) }),
  z.strictObject({ occurrence: occurrenceId }),
  z.strictObject({ reminder: reminderId }),
]);
export type SnoozeFlow = z.infer<typeof SnoozeFlow>;

/** The dates of a notice that was pasted. */
export const PastedFlow = z.strictObject({
  from: z.string().max(60),
  dated: z
    .array(
      z.strictObject({
        kind: z.enum(['meeting', 'deadline']),
        text: z.string().min(1).max(80),
        at: Instant,
        remindAt: Instant,
      }),
    )
    .min(1)
    .max(6),
});
export type PastedFlow = z.infer<typeof PastedFlow>;

/** A rectification measure in the making: what is missing is asked for once, then it is read back. */
export const RegisterFlow = z.strictObject({
  problem: z.string().max(300),
  action: z.string().max(300),
  person: z.string().max(20),
  unit: z.string().max(60),
  deadline: z.string().refine(isDate).nullable(),
  isAsked: z.boolean(),
});
export type RegisterFlow = z.infer<typeof RegisterFlow>;

export const MEASURE_ACTS = ['progress', 'done', 'reopen', 'deadline', 'person'] as const;
/** A move on one of these measures: it is asked which, or it was read back. */
export const MeasureFlow = z.strictObject({
  act: z.enum(MEASURE_ACTS),
  ids: z.array(reminderId).min(1).max(200),
  text: z.string().max(300),
  deadline: z.string().refine(isDate).optional(),
  /** Who is to answer for it. */
  person: z.string().max(20).optional(),
});
export type MeasureFlow = z.infer<typeof MeasureFlow>;

/** A move on a request that still lacks words. */
export const ActFlow = z.object({
  move: z.enum(MOVES),
  number: requestNumber,
  assignment: z
    .string()
    .regex(/^A\d{1,4}$/)
    .optional(),
  text: z.string(),
  attachments: Attachments,
  /** Begun by a button or by a command with a number: nothing was concluded from words. */
  isSure: z.boolean().default(false),
  /** What was picked in a form. */
  filled: z.record(z.string().max(20), z.string().max(2_000)).optional(),
});
export type ActFlow = z.infer<typeof ActFlow>;

/** A move of which several requests could be meant. */
export const ChoiceFlow = z.object({
  move: z.enum(MOVES),
  among: z.array(requestNumber).min(1),
  text: z.string(),
  attachments: Attachments,
});
export type ChoiceFlow = z.infer<typeof ChoiceFlow>;
export const MoveFlow = z.union([ActFlow, ChoiceFlow]);

/** What was said of a case, and the moves that it may be; `status`: only to be shown. */
export const SaidFlow = z.strictObject({
  /** The first is what was most likely meant: a yes is enough. */
  isLikely: z.boolean().optional(),
  text: z.string().min(1),
  attachments: Attachments,
  options: z
    .array(
      z.strictObject({
        intent: z.string().max(30),
        move: z.enum([...MOVES, 'status']),
        number: requestNumber,
      }),
    )
    .min(1)
    .max(8),
});
export type SaidFlow = z.infer<typeof SaidFlow>;

/** Two requests that are to become one, or two again, once that is confirmed. */
export const MergeFlow = z.strictObject({
  joining: z.enum(['merge', 'split']),
  into: requestNumber,
  from: requestNumber,
  reason: z.string().max(2_000),
});
export type MergeFlow = z.infer<typeof MergeFlow>;

const Parts = z.array(z.object({ unit: z.string(), duty: z.string() }));
const RequestDraft = z.object({
  kind: z.enum(REQUEST_KINDS),
  urgency: z.enum(['normal', 'urgent']),
  text: z.string(),
  place: z.string(),
  wantedAt: Instant.nullable(),
  attachments: Attachments,
  evidence: z
    .object({
      ref: z.string(),
      title: z.string(),
      documentNumber: z.string(),
      editionLabel: z.string(),
      number: z.string(),
      domain: z.string().optional(),
      matter: z.string(),
      lead: Parts,
      support: Parts,
      basis: z.array(z.string()),
    })
    .nullable(),
  lead: z.string(),
  support: z.array(z.string()),
  conversation: Conversation,
}) satisfies z.ZodType<Draft>;

/** A request in the making; `similar` are the open ones that were offered to join, `known` those of the own unit that its card told of. */
export const DraftFlow = z.object({
  draft: RequestDraft,
  note: z.string(),
  isCompared: z.boolean(),
  similar: z.array(requestNumber).default([]),
  known: z.array(requestNumber).optional(),
});
export type DraftFlow = z.infer<typeof DraftFlow>;

/** What the shown card of remarks is about: `questions` of the group, `chosen` rows by `list/number`. */
/** Of whom a binding is wanted; the unit where an invitation named it. */
export const BindFlow = z.object({ unit: z.string().max(60).nullable() });

export const ReviewFlow = z.object({
  questions: z.array(z.string()),
  chosen: z.array(z.string()),
  /** Who leads a row instead, as people said. */
  units: z.array(z.object({ row: z.string(), unit: z.string() })).default([]),
});
export type ReviewFlow = z.infer<typeof ReviewFlow>;

const Evaluated = z.string().regex(/^PJ-20\d{2}-\d{6}$/);
const Named = z.string().min(1).max(80);
/** What is scored, appealed against or decided while the words are awaited. */
export const EvaluationFlow = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('score'), id: Evaluated, body: Named }),
  z.strictObject({ step: z.literal('appeal'), id: Evaluated, township: Named, body: Named }),
  z.strictObject({
    step: z.literal('decide'),
    id: Evaluated,
    appeal: z.string().regex(/^S\d{1,4}$/),
    isUpheld: z.boolean(),
  }),
]);
export type EvaluationFlow = z.infer<typeof EvaluationFlow>;
