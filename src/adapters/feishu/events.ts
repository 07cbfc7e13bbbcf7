/** What happened to a Feishu chat instead of being said in it: taken in and out, opened, a menu, recalled. */
import { z } from 'zod';
import type { ChatEvent, Conversation, Message, User } from '../../core/chat.js';
import type { Clock, Logger } from '../../core/ports.js';
import { chatId, openId, toMs } from './ids.js';
import { idText } from '../shapes.js';
import { directWith, groupOf } from './parse.js';

/** The events with these handlers (../README.md: Events). */
export const CHAT_EVENTS = [
  'im.chat.member.bot.added_v1',
  'im.chat.member.bot.deleted_v1',
  'im.chat.disbanded_v1',
  'im.chat.access_event.bot_p2p_chat_entered_v1',
  'application.bot.menu_v6',
  'im.message.recalled_v1',
] as const;
export type ChatEventName = (typeof CHAT_EVENTS)[number];

const base = {
  event_id: idText,
  create_time: z.coerce.number().positive().optional().catch(undefined),
};
const person = z.object({ open_id: openId });
/** Flattened by the SDK. A group may be ended by nobody whom the app may know. */
const memberSchema = z.object({
  ...base,
  chat_id: chatId,
  operator_id: z.object({ open_id: openId.optional().catch(undefined) }).nullish(),
});
const enteredSchema = z.object({ ...base, operator_id: person, last_message_id: z.string().optional() });
/** The operator writes the key of each entry of the menu: it is a command of ours. */
const menuSchema = z.object({
  ...base,
  operator: z.object({ operator_id: person }),
  event_key: z.string().regex(/^\/?[\p{L}\p{N}_-]{1,30}$/u),
});
const recalledSchema = z.object({ ...base, message_id: idText });

const DAY_MS = 24 * 3_600_000;

/** In place of an account that is not told. */
const NOBODY = 'ou_unknown';
/** Messages of which it is known who wrote them; a message is recalled soon or never. */
const HEARD_MAX = 2_000;

type Heard = { conversation: Conversation; user: User };

export function createChatEvents({ log, now }: { log: Logger; now: Clock }) {
  const heard = new Map<string, Heard>();

  const received = (
    { event_id, create_time }: { event_id: string; create_time?: number | undefined },
    conversation: Conversation,
    user: string,
  ) => ({
    kind: 'message' as const,
    id: `feishu:${event_id}`,
    conversation,
    user: { platform: 'feishu' as const, id: user },
    at: create_time === undefined ? now() : toMs(create_time),
    messageId: '',
    text: '',
    isAddressed: true,
  });

  const member = (data: unknown, event: ChatEvent): Message | null => {
    const found = memberSchema.safeParse(data).data;
    if (!found) return null;
    const by = found.operator_id?.open_id;
    const fields = { chatId: found.chat_id, by };
    if (event.kind === 'left')
      log.error(fields, 'the bot was taken out of a feishu group, or the group was disbanded');
    else log.info(fields, 'the bot is in a feishu group');
    if (event.kind === 'joined' && !by) return null;
    return { ...received(found, groupOf(found.chat_id), by ?? NOBODY), event };
  };

  const entered = (data: unknown): Message | null => {
    const found = enteredSchema.safeParse(data).data;
    // Reported at each opening: only who has never seen a message here is new.
    if (!found || found.last_message_id) return null;
    const user = found.operator_id.open_id;
    return { ...received(found, directWith(user), user), event: { kind: 'entered' } };
  };

  const menu = (data: unknown): Message | null => {
    const found = menuSchema.safeParse(data).data;
    if (!found) return null;
    const user = found.operator.operator_id.open_id;
    return { ...received(found, directWith(user), user), text: found.event_key };
  };

  const recalled = (data: unknown): Message | null => {
    const found = recalledSchema.safeParse(data).data;
    const by = found && heard.get(found.message_id);
    if (!found || !by) return null;
    heard.delete(found.message_id);
    return { ...received(found, by.conversation, by.user.id), event: { kind: 'recalled' } };
  };

  return {
    /** Who wrote a message, for the time that it is recalled. */
    remember({ messageId, conversation, user }: Message): void {
      heard.set(messageId, { conversation, user });
      for (const oldest of heard.keys()) {
        if (heard.size <= HEARD_MAX) break;
        heard.delete(oldest);
      }
    },
    /** A group that is lost, as its own event would say; once a day, should its unit be bound to it anew. */
    gone: (chatId: string, why: 'removed' | 'disbanded'): Message => ({
      ...received({ event_id: `gone_${chatId}_${Math.floor(now() / DAY_MS)}` }, groupOf(chatId), NOBODY),
      event: { kind: 'left', why },
    }),
    /** Null for what nobody needs to hear of. */
    read(name: ChatEventName, data: unknown): Message | null {
      switch (name) {
        case 'im.chat.member.bot.added_v1':
          return member(data, { kind: 'joined' });
        case 'im.chat.member.bot.deleted_v1':
          return member(data, { kind: 'left', why: 'removed' });
        case 'im.chat.disbanded_v1':
          return member(data, { kind: 'left', why: 'disbanded' });
        case 'im.chat.access_event.bot_p2p_chat_entered_v1':
          return entered(data);
        case 'application.bot.menu_v6':
          return menu(data);
        case 'im.message.recalled_v1':
          return recalled(data);
      }
    },
  };
}
