/** Outgoing messages -> calls: answers, pushes, replaced cards, files, and what is done when they are refused. */
import type { TemplateCard } from '@wecom/aibot-node-sdk';
import type { Block } from '../../core/card.js';
import { BotError, errorText } from '../../core/errors.js';
import type { Adapter, Logger } from '../../core/ports.js';
import { sendingOf, type Sending } from '../sending.js';
import { conversationKey } from '../../core/chat.js';
import type { Outgoing } from '../../core/store.js';
import { failureOf, type Chat, type WecomApi } from './api.js';
import { unsentLine, uploadAttachment, type Media } from './attachments.js';
import type { Calls } from './calls.js';
import { taskIdOf } from './parse.js';
import {
  renderChoices,
  renderLine,
  renderReply,
  renderRetired,
  renderWhole,
  type WrittenReply,
} from './render.js';

export type SenderOptions = { api: WecomApi; calls: Calls; log: Logger };

/** One call of a message. */
type Part = { words: string } | { card: TemplateCard; isWhole: boolean } | { media: Media };

/** How many parts of one message are shown; kept so that a retry goes on where it stopped. */
type Progress = { sent: number; parts: Part[] | null };

/** Keys remembered: far more than are retried at one time. */
const PROGRESS_MAX = 1_000;

/** Only what calls the bot is heard in a group. */
const CALL_ME = '(请在群里 @我 作答)';

/**
 * See `Adapter.deliver`. WeCom names no message: the id is that of the card with the buttons, or would be. A card is replaced only
 * in the seconds after somebody pressed it and only by a short one; else it follows as a new message. Files have no id. WeCom knows no idempotency key:
 * within one process a part that is shown is not sent again.
 */
export function createSender({ api, calls, log }: SenderOptions): Pick<Adapter, 'deliver' | 'callsOf'> {
  const progressByKey = new Map<string, Progress>();

  async function deliver(
    outgoing: Outgoing,
    content?: Uint8Array,
    onCall?: () => void,
  ): Promise<{ messageId: string | null }> {
    const message = sendingOf(outgoing, onCall);
    const { reply, editMessageId, key } = message;
    if ('attachment' in reply) return sendAttachment(message, reply, content);
    const progress = progressOf(key);
    if (editMessageId !== undefined && progress.sent === 0 && (await replace(editMessageId, message, reply)))
      return { messageId: editMessageId };
    const taskId = taskIdOf(message.conversation, key);
    const parts = partsOf(message, reply);
    await sendParts(message, progress, parts);
    return { messageId: taskId };
  }

  function progressOf(key: string): Progress {
    const progress = progressByKey.get(key) ?? { sent: 0, parts: null };
    progressByKey.set(key, progress);
    if (progressByKey.size > PROGRESS_MAX) progressByKey.delete([...progressByKey.keys()][0] ?? '');
    return progress;
  }

  /** False when a new message must do. */
  async function replace(messageId: string, { key }: Outgoing, reply: WrittenReply): Promise<boolean> {
    const click = calls.takePressed(messageId);
    if (!click) return false;
    const text: Block = { kind: 'text', text: 'text' in reply ? reply.text : '' };
    const card = 'card' in reply ? reply.card : { title: '', blocks: [text], buttons: [] };
    const whole = renderWhole(card, click.taskId);
    try {
      await api.updateCard(click.reqId, whole ?? renderRetired(card.title || '已更新', click.taskId));
      return whole !== null;
    } catch (error) {
      log.info({ key, error: errorText(error) }, 'the wecom card cannot be replaced, sending a new one');
      return false;
    }
  }

  async function sendParts(message: Sending, progress: Progress, parts: Part[]): Promise<void> {
    if (progress.sent === 0) progress.sent = await answer(message, parts);
    while (progress.sent < parts.length) {
      const part = parts[progress.sent];
      if (part) await push(message, part);
      progress.sent += 1;
    }
  }

  /** The first answer to a message goes by its own call, which also ends the wait that its person sees; returns how many parts went. */
  async function answer(message: Sending, [first, second]: Part[]): Promise<number> {
    if (!first || 'media' in first) return 0;
    const reqId = calls.takeSaid(updateOf(message), conversationKey(message.conversation));
    if (reqId === null) return 0;
    const both = 'words' in first && second && 'card' in second ? { ...first, ...second } : null;
    try {
      message.onCall();
      await api.respond(reqId, both ?? first);
      return both ? 2 : 1;
    } catch (error) {
      if (!isRefused(error)) throw error;
      log.info({ key: message.key, error: errorText(error) }, 'the message cannot be answered by its call');
      return 0;
    }
  }

  /** Of a card that is refused the choices go as words, and what it alone showed. */
  async function push({ key, conversation, reply, onCall }: Sending, part: Part): Promise<void> {
    onCall();
    const chat: Chat = { id: conversation.chatId, isDirect: conversation.isDirect };
    if ('words' in part) return api.pushWords(chat, part.words);
    if ('media' in part) return api.pushMedia(chat, part.media.kind, part.media.mediaId);
    try {
      await api.pushCard(chat, part.card);
    } catch (error) {
      if (!isRefused(error) || !('card' in reply)) throw error;
      log.warn({ key, error: errorText(error) }, 'wecom refuses the card, sending its choices as words');
      for (const words of renderChoices(reply.card, part.isWhole)) {
        onCall();
        await api.pushWords(chat, words);
      }
    }
  }

  /** Uploaded first: when that fails nothing was shown yet. */
  async function sendAttachment(
    message: Sending,
    { attachment, text }: Extract<Outgoing['reply'], { attachment: unknown }>,
    content: Uint8Array | undefined,
  ): Promise<{ messageId: null }> {
    const progress = progressOf(message.key);
    progress.parts ??= await mediaParts();
    try {
      await sendParts(message, progress, progress.parts);
    } catch (error) {
      const part = progress.parts[progress.sent];
      if (!isRefused(error) || !part || !('media' in part)) throw error;
      log.warn({ key: message.key, error: errorText(error) }, 'wecom refuses the file in this chat');
      progress.parts = [...progress.parts.slice(0, progress.sent), ...wordsOf(unsentLine(attachment))];
      await sendParts(message, progress, progress.parts);
    }
    return { messageId: null };

    async function mediaParts(): Promise<Part[]> {
      const media = await uploadAttachment({ api, log }, attachment, content);
      const words = text === '' ? [] : wordsOf(text);
      return [...words, ...(typeof media === 'string' ? wordsOf(media) : [{ media }])];
    }
  }

  return {
    deliver,
    callsOf(message) {
      const { reply } = message;
      if ('attachment' in reply) return 1 + (reply.text === '' ? 0 : wordsOf(reply.text).length);
      return partsOf(message, reply).length;
    },
  };
}

function partsOf(message: Outgoing, reply: WrittenReply): Part[] {
  const taskId = taskIdOf(message.conversation, message.key);
  const { words, cards } = renderReply(withCallMe(message, reply), taskId);
  // No words stand before a short card: it holds all of it.
  const isWhole = words.length === 0;
  return [...words.map((it) => ({ words: it })), ...cards.map((card) => ({ card, isWhole }))];
}

const wordsOf = (text: string): Part[] => renderLine(text).map((words) => ({ words }));

function withCallMe({ asks, conversation }: Outgoing, reply: WrittenReply): WrittenReply {
  if (!asks || conversation.isDirect) return reply;
  if (!('card' in reply)) return { ...reply, text: `${reply.text}\n${CALL_ME}` };
  return { card: { ...reply.card, blocks: [...reply.card.blocks, { kind: 'text', text: CALL_ME }] } };
}

/** Keys begin with the id of the update that they answer (`Outgoing`). */
const updateOf = ({ key }: Outgoing): string => key.slice(0, key.indexOf('#'));

/** The form, or the call that it answers: another may do. A chat that cannot be written to is none of it. */
function isRefused(error: unknown): boolean {
  const action = failureOf(error)?.action;
  return error instanceof BotError && (action === 'simpler' || action === 'anew');
}
