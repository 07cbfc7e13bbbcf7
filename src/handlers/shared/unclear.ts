/** A message that says nothing of its own (readings/unclear.ts): that it was not understood, and what stands open. */
import { replyText } from '../../core/effects.js';
import type { Context, Effect } from '../../core/types.js';
import type { Knowledge } from '../../lists/knowledge.js';
import { shorten } from '../../text/shorten.js';

const SAID_MAX = 20;
const NAMED_MAX = 16;
const named = (text: string): string => `“${shorten(text, NAMED_MAX)}”`;

/** The session is left as it is: the next message may still be about what stands open. */
export async function unclear({ text, session, read }: Context, { index }: Knowledge): Promise<Effect[]> {
  const [reminder, request] = await Promise.all([
    session?.reminder ? read.getReminder(session.reminder) : null,
    session?.request ? read.getRequest(session.request) : null,
  ]);
  const entry = session?.focus ? index.get(session.focus) : null;
  const open = [
    reminder && `刚才的提醒${named(reminder.text)}:可以说“什么时候提醒”“改到周五下午三点”“取消”。`,
    request && `刚才的请求${request.number}:可以说“到哪一步了”“最晚什么时候答复”“催一下”。`,
    entry && `刚才的事项${named(entry.row.matter)}:可以问“镇里做什么”“能不能罚”“依据”“找谁”。`,
  ].filter((line) => line !== null);
  const more =
    open.length > 0 ? open : ['请说全一些,例如“路灯坏了归谁管”“巡河的提醒改到周五”“积水的那件到哪一步了”。'];
  return [replyText([`没有听明白“${shorten(text, SAID_MAX)}”说的是哪件事。`, ...more].join('\n'))];
}
