/** Who is told, and what, when a message cannot be delivered: nobody waits for an answer that will not come. Pure. */
import type { ErrorCode } from './errors.js';
import { conversationKey, directChat, type Reply } from './chat.js';
import type { Change, Outgoing } from './store.js';

/** Of what could not be delivered, so much is named, in characters. */
const NAMED_MAX = 30;

/** Why, in words for people. */
const WHY: Partial<Record<ErrorCode, string>> = {
  TARGET_GONE: '机器人不在群内、被禁言或被对方停用',
  REJECTED: '平台没有接受这条消息',
};

const UNKNOWN = '平台长时间不能使用';

/**
 * The owner gets the answer of a group directly, and of a notice to others a word that it did not arrive. Nothing where
 * the direct chat with the owner was itself the target.
 */
export function wordToOwner(message: Outgoing, code: ErrorCode | undefined, at: number): Change[] {
  const { owner, conversation, key } = message;
  const to = owner === undefined ? null : directChat(owner);
  // The terminal has one chat.
  if (!to || to.platform === 'console' || conversationKey(to) === conversationKey(conversation)) return [];
  const why = (code && WHY[code]) ?? UNKNOWN;
  const isAnswer = message.replyTo !== undefined || message.editMessageId !== undefined;
  const reply = isAnswer
    ? withLead(message.reply, `您在群里的消息没能在群内答复(${why}),转到这里答复您。`)
    : { text: `有一条通知没有送达:${nameOf(message.reply)}(${why})。请直接电话联系对方。` };
  return [{ kind: 'outgoing', message: { key: `${key}/owner`, conversation: to, reply }, runAt: at }];
}

function withLead(reply: Reply, lead: string): Reply {
  if ('card' in reply)
    return {
      card: { ...reply.card, blocks: [{ kind: 'text', text: lead }, ...reply.card.blocks] },
    };
  if ('attachment' in reply) return { ...reply, text: [lead, reply.text].filter(Boolean).join('\n') };
  return { text: `${lead}\n${reply.text}` };
}

function nameOf(reply: Reply): string {
  const text =
    'card' in reply
      ? reply.card.title
      : 'attachment' in reply
        ? (reply.attachment.name ?? '附件')
        : reply.text;
  const characters = [...(text.trim().split('\n')[0] ?? '')];
  return `“${characters.slice(0, NAMED_MAX).join('')}${characters.length > NAMED_MAX ? '…' : ''}”`;
}
