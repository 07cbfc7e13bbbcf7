/**
 * "答错了,应该归城管": kept for the 编办 with the question, the row that was shown and the unit that is said to lead it; the lists
 * stay in force.
 */
import { replyText } from '../core/effects.js';
import type { Context, Handler } from '../core/types.js';
import type { IndexedRow } from '../lists/row-index.js';
import { parseRuling } from '../nlu/ruling.js';
import { remark, repliesOf, type HandlerDeps } from './deps.js';

export const CORRECT_ANSWER_REPLIES = ['reply', 'nothing'] as const;

export function createCorrectAnswer(deps: HandlerDeps): Handler {
  const textOf = repliesOf(deps.intents, 'correct_answer', CORRECT_ANSWER_REPLIES);
  return (ctx) => {
    const { session } = ctx;
    if (!session?.question && !session?.focus) return [replyText(textOf('nothing'))];
    const text = `${session.question ?? ''} ⇒ ${ctx.text}`;
    const entry = session.focus ? deps.knowledge().index.get(session.focus) : null;
    const unit = entry ? proposed(ctx, entry, deps) : '';
    if (entry && unit && entry.row.lead.some((part) => part.unit === unit))
      return [
        replyText(
          `《${entry.list.title}》第${entry.row.number}项“${entry.row.matter}”列明的主体责任单位就是${unit}。`,
        ),
      ];
    const what = entry && unit ? `您建议第${entry.row.number}项“${entry.row.matter}”改由${unit}负责。` : '';
    return [
      remark(deps, 'wrong-answer', text, session.focus ? [session.focus] : [], unit),
      replyText(`${what}${textOf('reply')}`),
    ];
  };
}

/** The unit that the words say leads the row; '' where they say none, or a list whose rows have no lead is meant. */
const proposed = ({ text }: Context, { row }: IndexedRow, deps: HandlerDeps): string =>
  row.lead.length === 0 || row.guide ? '' : parseRuling(text, deps.knowledge().directory.mentions).lead;
