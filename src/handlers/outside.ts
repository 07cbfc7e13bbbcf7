/** Policy questions, small talk and the rest: a short courteous reply, unless the lists are sure that it is a listed matter. */
import { replyText } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { askerOf } from '../lists/answer.js';
import { answerFromLists } from './ask_responsibility.js';
import { repliesOf, type HandlerDeps } from './deps.js';

export const OUTSIDE_REPLIES = ['reply'] as const;

export function createOutside(deps: HandlerDeps, id: 'ask_policy' | 'off_topic' | 'smalltalk'): Handler {
  const reply = repliesOf(deps.intents, id, OUTSIDE_REPLIES);
  return async (ctx) => {
    const knowledge = deps.knowledge();
    const found =
      ctx.match.via === 'example'
        ? await answerFromLists({ ctx, knowledge, asker: askerOf(ctx.person, knowledge) })
        : null;
    return found ?? [replyText(reply('reply'))];
  };
}
