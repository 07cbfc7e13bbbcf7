/** What one person and the bot spoke of last, as the lowdb store keeps it. */
import { z } from 'zod';
import type { Session as CoreSession } from '../../core/session.js';
import { Action } from './chat-shape.js';
import { Reminder } from './reminder-shape.js';

const Flow = z.object({
  intent: z.string(),
  asks: z.string(),
  data: z.record(z.string(), z.unknown()),
  isDraft: z.boolean().optional(),
});

const names = z.array(z.string());

/** Every field by its name: one that is missing here would be forgotten by a restart, and does not compile. */
const FIELDS = {
  updatedAt: z.number(),
  question: z.string().optional(),
  focus: z.string().optional(),
  spoken: z.array(z.object({ question: z.string(), rows: names })).optional(),
  offered: names,
  isChoosing: z.boolean(),
  listing: z.object({ filter: z.record(z.string(), z.string()), page: z.number() }).optional(),
  request: z.string().optional(),
  cases: z.object({ shown: names, at: z.number() }).optional(),
  reminder: z.string().optional(),
  reminders: z.object({ shown: names, at: z.number(), from: z.number().optional() }).optional(),
  reminderBefore: Reminder.pick({ id: true, when: true, said: true, text: true, to: true, edits: true })
    .extend({ made: z.string().optional() })
    .optional(),
  refusedReminder: z.object({ text: z.string(), time: z.string(), at: z.number() }).optional(),
  danger: z.object({ line: z.string(), at: z.number(), told: z.string().optional() }).optional(),
  statistics: z.object({ shown: z.string(), at: z.number(), figure: z.string().optional() }).optional(),
  roster: z
    .object({
      units: names,
      day: z.string().optional(),
      part: z.enum(['now', 'day', 'night']).optional(),
      names,
      at: z.number(),
    })
    .optional(),
  flow: Flow.optional(),
  left: z.object({ flow: Flow, isOffered: z.boolean() }).optional(),
  late: z.union([z.object({ text: z.string() }), z.object({ action: Action })]).optional(),
} satisfies Record<keyof Required<CoreSession>, z.ZodType>;

export const Session = z.object(FIELDS) satisfies z.ZodType<CoreSession>;
