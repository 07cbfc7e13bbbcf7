/** "答错了,应该归城管": kept for the 编办 with the question and the row that was shown; the lists stay in force. */
import { replyText } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { remark, repliesOf, type HandlerDeps } from './deps.js';

export const CORRECT_ANSWER_REPLIES = ['reply', 'nothing'] as const;

export function createCorrectAnswer(deps: HandlerDeps): Handler {
  const textOf = repliesOf(deps.intents, 'correct_answer', CORRECT_ANSWER_REPLIES);
  return (ctx) => {
    const { session } = ctx;
    if (!session?.question && !session?.focus) return [replyText(textOf('nothing'))];
    const text = `${session.question ?? ''} ⇒ ${ctx.text}`;
    return [
      remark(deps, 'wrong-answer', text, session.focus ? [session.focus] : []),
      replyText(textOf('reply')),
    ];
  };
}
