/** The shapes of messages that leave, as the lowdb store keeps them. */
import { z } from 'zod';
import { MARKS } from '../../core/card.js';
import type { Form as CoreForm } from '../../core/form.js';
import type { Outgoing as CoreOutgoing } from '../../core/store.js';
import { Attachment, Conversation, User } from './chat-shape.js';

const Button = z.object({
  id: z.string(),
  label: z.string(),
  value: z.string().optional(),
  style: z.enum(['primary', 'default']).optional(),
});

const Block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('field'), label: z.string(), text: z.string(), isOwn: z.boolean().optional() }),
  z.object({ kind: z.literal('source'), text: z.string() }),
  z.object({
    kind: z.literal('table'),
    columns: z.array(
      z.object({ label: z.string(), share: z.number(), isNumber: z.literal(true).optional() }),
    ),
    rows: z.array(z.array(z.string())),
    text: z.string(),
  }),
  z.object({
    kind: z.literal('chart'),
    text: z.string(),
    chart: z.object({
      title: z.string(),
      kind: z.enum(['rows', 'columns']),
      categories: z.array(z.string()),
      series: z.array(z.object({ name: z.string(), values: z.array(z.number()) })),
    }),
  }),
]);

const Field = { name: z.string(), label: z.string(), isRequired: z.literal(true).optional() };
const Option = z.object({ label: z.string(), value: z.string() });
const Form = z.object({
  id: z.string(),
  value: z.string().optional(),
  fields: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        ...Field,
        kind: z.literal('words'),
        value: z.string().optional(),
        isLong: z.literal(true).optional(),
      }),
      z.object({
        ...Field,
        kind: z.literal('choice'),
        options: z.array(Option),
        value: z.string().optional(),
      }),
      z.object({ ...Field, kind: z.literal('day') }),
      z.object({ ...Field, kind: z.literal('time'), value: z.number().optional() }),
      z.object({ ...Field, kind: z.enum(['person', 'people']), among: z.array(z.string()) }),
    ]),
  ),
}) satisfies z.ZodType<CoreForm>;

const Reply = z.union([
  z.object({
    card: z.object({
      title: z.string(),
      blocks: z.array(Block),
      buttons: z.array(Button),
      picker: z.object({ id: z.string(), label: z.string() }).optional(),
      marks: z.array(z.enum(MARKS)).optional(),
    }),
  }),
  z.object({ attachment: Attachment, text: z.string() }),
  z.object({
    text: z.string(),
    mention: User.optional(),
    asksContact: z.literal(true).optional(),
    form: Form.optional(),
  }),
]);

export const Outgoing = z.object({
  key: z.string(),
  conversation: Conversation,
  reply: Reply,
  replyTo: z.string().optional(),
  editMessageId: z.string().optional(),
  slot: z.string().optional(),
  occurrence: z.string().optional(),
  owner: z.string().optional(),
  asks: z.literal(true).optional(),
  // `true` before it named people.
  buzz: z.array(z.string()).optional().catch(undefined),
  calls: z.number().optional(),
  rank: z.union([z.literal(0), z.literal(1), z.literal(2)]).optional(),
}) satisfies z.ZodType<CoreOutgoing>;
