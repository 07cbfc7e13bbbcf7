/** The parts of Telegram's updates that the bot reads, and where and who they say something was. Pure. */
import { z } from 'zod';
import type { Conversation, User } from '../../core/chat.js';

export const userSchema = z.object({
  id: z.int(),
  is_bot: z.boolean().default(false),
  first_name: z.string().default(''),
  last_name: z.string().optional(),
});

export const chatSchema = z.object({ id: z.int(), type: z.enum(['private', 'group', 'supergroup']) });

const entitySchema = z.object({
  type: z.string(),
  offset: z.int(),
  length: z.int(),
  user: z.object({ id: z.int() }).optional(),
});
export type Entity = z.infer<typeof entitySchema>;

/** Every size of one picture; the list grows, so that of equal ones the last is meant. */
const photoSchema = z.array(
  z.object({ file_id: z.string(), width: z.int().default(0), height: z.int().default(0) }),
);
const fileSchema = z.object({ file_id: z.string(), file_name: z.string().optional() });

export const messageSchema = z.looseObject({
  message_id: z.int(),
  /** In seconds. */
  date: z.int(),
  chat: chatSchema,
  from: userSchema,
  /** Set for channels and anonymous administrators: nobody whom the directory could bind. */
  sender_chat: z.unknown().optional(),
  is_topic_message: z.boolean().optional(),
  message_thread_id: z.int().optional(),
  text: z.string().optional(),
  entities: z.array(entitySchema).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entitySchema).optional(),
  photo: photoSchema.optional().catch(undefined),
  document: fileSchema.optional().catch(undefined),
  video: fileSchema.optional().catch(undefined),
  reply_to_message: z
    .looseObject({ from: userSchema.optional(), forum_topic_created: z.unknown().optional() })
    .optional(),
});
export type TelegramMessage = z.infer<typeof messageSchema>;

/** Any of them says that the words are somebody else's; the older ones come from older servers. */
export const FORWARD_MARKS = [
  ...['forward_origin', 'forward_date', 'forward_from', 'forward_from_chat', 'forward_sender_name'],
];

export function parseConversation(
  message: Pick<TelegramMessage, 'chat' | 'is_topic_message' | 'message_thread_id'>,
): Conversation {
  const conversation: Conversation = {
    platform: 'telegram',
    chatId: String(message.chat.id),
    isDirect: message.chat.type === 'private',
  };
  // Replies in ordinary supergroups carry a thread id too; only that of a forum topic can be sent to.
  if (message.is_topic_message && message.message_thread_id !== undefined)
    conversation.threadId = String(message.message_thread_id);
  return conversation;
}

export function parseUser(user: z.infer<typeof userSchema>): User {
  const name = [user.first_name, user.last_name].filter(Boolean).join(' ');
  return { platform: 'telegram', id: String(user.id), ...(name && { name }) };
}
