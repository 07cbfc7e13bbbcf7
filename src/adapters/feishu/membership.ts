/** The bot is taken into a group, or out of it. */
import { z } from 'zod';
import type { Message } from '../../core/chat.js';
import type { Clock, Logger } from '../../core/ports.js';
import { chatId, groupOf, openId, text, toMs } from './parse.js';

/** im.chat.member.bot.added_v1 and deleted_v1, im.chat.disbanded_v1, flattened. */
const memberSchema = z.object({
  event_id: text,
  create_time: z.coerce.number().positive().optional().catch(undefined),
  chat_id: chatId,
  operator_id: z.object({ open_id: openId }).nullish(),
});

/** Asks what the bot can do (intents/help.yaml). */
const WELCOME_COMMAND = '/help';

/** Whoever takes the bot into a group is told there what it can do, as if they had asked; the operator reads of both. */
export function createMembership({ log, now }: { log: Logger; now: Clock }) {
  return (data: unknown, isIn: boolean): Message | null => {
    const event = memberSchema.safeParse(data).data;
    if (!event) return null;
    const by = event.operator_id?.open_id;
    const fields = { chatId: event.chat_id, by };
    if (!isIn) log.error(fields, 'the bot was taken out of a feishu group, or the group was disbanded');
    else log.info(fields, 'the bot is in a feishu group');
    if (!isIn || !by) return null;
    return {
      kind: 'message',
      id: `feishu:${event.event_id}`,
      conversation: groupOf(event.chat_id),
      user: { platform: 'feishu', id: by },
      at: event.create_time === undefined ? now() : toMs(event.create_time),
      messageId: '',
      text: WELCOME_COMMAND,
      isAddressed: true,
    };
  };
}
