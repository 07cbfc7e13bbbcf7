/** The shapes of chats and of what is heard in them, as the lowdb store keeps them. */
import { z } from 'zod';
import { type ChatEvent, type Heard as CoreHeard, PLATFORMS } from '../../core/chat.js';

export const Platform = z.enum(PLATFORMS);

export const Conversation = z.object({
  platform: Platform,
  chatId: z.string(),
  threadId: z.string().optional(),
  isDirect: z.boolean(),
});

export const Attachment = z.object({
  platform: Platform,
  kind: z.enum(['photo', 'file']),
  id: z.string(),
  messageId: z.string().optional(),
  name: z.string().optional(),
  content: z.string().optional(),
  encoding: z.enum(['base64', 'charts']).optional(),
  sha256: z.string().optional(),
});

export const User = z.object({ platform: Platform, id: z.string(), name: z.string().optional() });

const Received = {
  id: z.string(),
  conversation: Conversation,
  user: User,
  at: z.number(),
  messageId: z.string(),
};

const Event = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['joined', 'edited', 'recalled', 'anonymous', 'place']) }),
  z.object({ kind: z.literal('left'), why: z.enum(['removed', 'disbanded', 'blocked']) }),
  z.object({ kind: z.literal('entered'), payload: z.string().optional() }),
  z.object({ kind: z.literal('unsupported'), what: z.enum(['voice', 'other']) }),
  z.object({ kind: z.literal('contact'), telephone: z.string(), isOwn: z.boolean() }),
]) satisfies z.ZodType<ChatEvent>;

export const Action = z.object({
  id: z.string(),
  value: z.string(),
  filled: z.record(z.string(), z.string()).optional(),
});

export const Heard = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('message'),
    ...Received,
    text: z.string(),
    attachments: z.array(Attachment).optional(),
    isAddressed: z.boolean(),
    isForwarded: z.literal(true).optional(),
    isFromCard: z.literal(true).optional(),
    event: Event.optional(),
  }),
  z.object({
    kind: z.literal('action'),
    ...Received,
    action: Action,
  }),
]) satisfies z.ZodType<CoreHeard>;
