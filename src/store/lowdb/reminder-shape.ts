/** Reminders and their occurrences as the lowdb store keeps them. */
import { z } from 'zod';
import {
  NOTICE_ANSWERS,
  OCCURRENCE_STATUSES,
  type Occurrence as CoreOccurrence,
  type Reminder as CoreReminder,
} from '../../core/reminder.js';
import { Conversation } from './chat-shape.js';

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

export const Reminder = z.object({
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
}) satisfies z.ZodType<CoreReminder>;

export const Occurrence = z.object({
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
}) satisfies z.ZodType<CoreOccurrence>;
