/** The shape of a stored request, checked when it is read from the disk. */
import { z } from 'zod';
import {
  ASSIGNMENT_STATUSES,
  EVENT_KINDS,
  REQUEST_KINDS,
  REQUEST_STATUSES,
  type Request,
} from '../../core/request.js';
import { Attachment, Conversation } from './chat-shape.js';

const Responsibility = z.object({ unit: z.string(), duty: z.string() });

const Event = z.object({
  kind: z.enum(EVENT_KINDS),
  at: z.number(),
  by: z.object({ account: z.string(), name: z.string(), organization: z.string() }).nullable(),
  assignment: z.string().optional(),
  made: z.array(z.string()).optional(),
  text: z.string().optional(),
  attachments: z.array(Attachment).optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

export const StoredRequest = z.object({
  number: z.string(),
  version: z.number(),
  kind: z.enum(REQUEST_KINDS),
  urgency: z.enum(['normal', 'urgent']),
  text: z.string(),
  place: z.string(),
  wantedAt: z.number().nullable(),
  attachments: z.array(Attachment),
  callers: z.array(
    z.object({
      organization: z.string(),
      account: z.string(),
      conversation: Conversation,
      joinedAt: z.number(),
      rating: z
        .object({
          speed: z.number(),
          handling: z.number(),
          result: z.number(),
          words: z.string(),
          at: z.number(),
        })
        .nullable(),
    }),
  ),
  evidence: z
    .object({
      ref: z.string(),
      title: z.string(),
      documentNumber: z.string(),
      editionLabel: z.string(),
      number: z.string(),
      domain: z.string().optional(),
      matter: z.string(),
      lead: z.array(Responsibility),
      support: z.array(Responsibility),
      basis: z.array(z.string()),
    })
    .nullable(),
  status: z.enum(REQUEST_STATUSES),
  assignments: z.array(
    z.object({
      id: z.string(),
      organization: z.string(),
      role: z.enum(['lead', 'support']),
      status: z.enum(ASSIGNMENT_STATUSES),
    }),
  ),
  held: z.record(z.string(), z.array(z.string())).optional(),
  events: z.array(Event),
  dueAt: z.number().nullable(),
}) satisfies z.ZodType<Request>;
