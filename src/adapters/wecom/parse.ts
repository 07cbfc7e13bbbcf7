/** Frames of WeCom -> updates of the core. Pure; what is not for us is null. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { decodeButton } from '../../core/card.js';
import type { Action, Attachment, Conversation, Message } from '../../core/chat.js';
import { idText } from '../shapes.js';

/** Where a file lies for five minutes, and the key that it is encrypted with. */
export type FileSource = { url: string; aesKey: string | undefined };

/** `files` belong to the attachments of the message, one to one. */
export type ParsedMessage = { update: Message; files: FileSource[] };

const media = z.object({ url: z.url({ protocol: /^https?$/ }).max(4_096), aeskey: z.string().optional() });
const content = z.object({ content: z.string() });

const sender = {
  msgid: idText,
  chattype: z.enum(['single', 'group']),
  chatid: idText.optional(),
  from: z.object({ userid: idText }),
  create_time: z.number().positive().optional().catch(undefined),
};

const messageSchema = z.object({
  ...sender,
  msgtype: z.string(),
  text: content.optional().catch(undefined),
  voice: content.optional().catch(undefined),
  image: media.optional().catch(undefined),
  file: media.optional().catch(undefined),
  video: media.optional().catch(undefined),
  mixed: z
    .object({
      msg_item: z.array(
        z
          .object({ msgtype: z.string(), text: content.optional(), image: media.optional() })
          .catch({ msgtype: '' }),
      ),
    })
    .optional()
    .catch(undefined),
});

const clickSchema = z.object({
  ...sender,
  event: z.object({
    eventtype: z.literal('template_card_event'),
    template_card_event: z.object({ event_key: idText.max(1_024), task_id: idText }),
  }),
});

/** In a group every message begins with calling the bot; WeCom does not tell the bot's own name. */
const CALL = /^\s*@\S{1,64}\s*/u;
/** Or ends with it. */
const CALL_AT_END = /\s@\S{1,64}\s*$/u;

/** Null for what is malformed, and for kinds without words or files. In groups only what calls the bot comes. */
export function parseMessage(body: unknown, now: number): ParsedMessage | null {
  const message = messageSchema.safeParse(body).data;
  const conversation = message && conversationOf(message);
  if (!message || !conversation) return null;
  const items = message.mixed?.msg_item ?? [];
  const words = [
    message.text?.content,
    message.voice?.content,
    ...items.map((item) => item.text?.content),
  ].filter((it) => it !== undefined);
  const media = [
    ...[message.image, ...items.map((item) => item.image)].map((it) => ['photo', it] as const),
    ...[message.file, message.video].map((it) => ['file', it] as const),
  ].flatMap(([kind, it]) => (it ? [{ kind, source: { url: it.url, aesKey: it.aeskey } }] : []));
  if (words.length === 0 && media.length === 0) return null;
  const spoken = words.join('\n');
  const attachments = media.map(({ kind }, n): Attachment => ({
    platform: 'wecom',
    kind,
    id: fileId(message.msgid, n),
    messageId: message.msgid,
  }));
  return {
    update: {
      kind: 'message',
      ...received(message, conversation, now),
      messageId: message.msgid,
      text: (conversation.isDirect ? spoken : withoutCall(spoken)).trim(),
      ...(attachments.length > 0 && { attachments }),
      isAddressed: true,
    },
    files: media.map(({ source }) => source),
  };
}

/** `taskId` is that of the very card that was pressed. */
export type ParsedClick = { update: Action; taskId: string };

/** Null for what is no click on a button of ours, and for one on a card of another chat. */
export function parseClick(body: unknown, now: number): ParsedClick | null {
  const event = clickSchema.safeParse(body).data;
  const conversation = event && conversationOf(event);
  if (!event || !conversation) return null;
  const { event_key, task_id } = event.event.template_card_event;
  if (!task_id.startsWith(placeOf(conversation))) return null;
  return {
    taskId: task_id,
    update: {
      kind: 'action',
      ...received(event, conversation, now),
      messageId: PART.exec(task_id)?.[1] ?? task_id,
      action: decodeButton(event_key),
    },
  };
}

/** The message id of a card of ours: digits, letters and `-`, at most 128; it tells its chat, and never comes twice. */
export const taskIdOf = (conversation: Conversation, key: string): string =>
  `${placeOf(conversation)}${hash(key).slice(0, 32)}`;

/** Of the cards of one message, each has an id of its own; the message has that of the first. */
export const partOf = (taskId: string, n: number): string => (n === 0 ? taskId : `${taskId}-${n + 1}`);
const PART = /^([^-]+-[^-]+)-\d+$/;

const placeOf = ({ chatId, isDirect }: Conversation): string =>
  `${hash(`${isDirect ? 'd' : 'g'}:${chatId}`).slice(0, 16)}-`;

const hash = (value: string): string => createHash('sha256').update(value).digest('hex');

/** The name under which the bytes of a message are kept. */
const fileId = (messageId: string, n: number): string => hash(`${messageId}/${n}`).slice(0, 40);

type Sender = { msgid: string; from: { userid: string }; create_time?: number | undefined };

const received = ({ msgid, from, create_time }: Sender, conversation: Conversation, now: number) => ({
  id: `wecom:${msgid}`,
  conversation,
  user: { platform: 'wecom' as const, id: from.userid },
  // Seconds in events; of messages no page names the unit.
  at: create_time === undefined ? now : create_time < 1e11 ? create_time * 1_000 : create_time,
});

/** A person's chat has the person's id. Null for a group without one. */
function conversationOf(from: {
  chattype: 'single' | 'group';
  chatid?: string | undefined;
  from: { userid: string };
}): Conversation | null {
  if (from.chattype === 'single') return { platform: 'wecom', chatId: from.from.userid, isDirect: true };
  return from.chatid === undefined ? null : { platform: 'wecom', chatId: from.chatid, isDirect: false };
}

function withoutCall(spoken: string): string {
  return CALL.test(spoken) ? spoken.replace(CALL, '') : spoken.replace(CALL_AT_END, '');
}
