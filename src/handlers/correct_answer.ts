/** "答错了,应该归城管": kept for the 编办 with the question and the row that was shown; the lists stay in force. */
import { replyText } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { remark, replyOf, type HandlerDeps } from './deps.js';

export function createCorrectAnswer(deps: HandlerDeps): Handler {
  return (ctx) => {
    const { session } = ctx;
    const reply = (key: string) => replyText(replyOf(deps.intents, 'correct_answer', key));
    if (!session?.question && !session?.focus) return [reply('nothing')];
    const text = `${session.question ?? ''} ⇒ ${ctx.text}`;
    return [remark(deps, 'wrong-answer', text, session.focus ? [session.focus] : []), reply('reply')];
  };
}
