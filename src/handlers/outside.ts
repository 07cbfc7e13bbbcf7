/** Policy questions, small talk and the rest: a short courteous reply, unless the lists are sure that it is a listed matter. */
import { replyText } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { askerOf } from '../lists/answer.js';
import { isThanks } from '../requests/move-words.js';
import { answerFromLists } from './ask_responsibility.js';
import { repliesOf, type HandlerDeps } from './deps.js';

export const OUTSIDE_REPLIES = ['reply'] as const;
const UNCLEAR_REPLIES = ['unclear'] as const;
export const OFF_TOPIC_REPLIES = ['reply', 'unclear', 'notice'] as const;
export const SMALLTALK_REPLIES = ['reply', 'unclear', 'thanks', 'self'] as const;

/** Said by readings/unlikely.ts of a message that asks what a rule says. */
const TERMS = 'terms';
/**
 * What does not look like a question to the lists is answered from them only when that is rather right than not, else rows
 * are offered: on the tuning halves two of five false answers are none any more, and no question loses its answer.
 */
const AT_LEAST = { answer: 0.62, offer: 0.15 };

/**
 * Less surely than this the examples call it chat or another trade only because it is like nothing else (帮我报给他们吧 0.29, 郑九知道吗
 * 0.33; what is chat has 0.6 and more): it is said that it was not understood.
 */
const UNSURE = 0.5;

/** 会议通知:… that names nobody whom it could go to (readings/notices.ts): nothing is sent or set. */
const TO_NOBODY = 'to-nobody';

export function createOffTopic(deps: HandlerDeps): Handler {
  const reply = repliesOf(deps.intents, 'off_topic', OFF_TOPIC_REPLIES);
  const others = createOutside(deps, 'off_topic');
  return (ctx) => (ctx.match.slots['action'] === TO_NOBODY ? [replyText(reply('notice'))] : others(ctx));
}

/** Vented beside a reminder (readings/reminder-aside.ts). */
const ASIDE = 'aside';
/** Asked what it is (readings/unlikely.ts). */
const SELF = 'self';

/** 谢谢 is no question to answer. */
export function createSmalltalk(deps: HandlerDeps): Handler {
  const reply = repliesOf(deps.intents, 'smalltalk', SMALLTALK_REPLIES);
  const others = createOutside(deps, 'smalltalk');
  return (ctx) => {
    // What was spoken of stands as it stood: the session is left alone.
    if (ctx.match.slots['action'] === ASIDE) return [replyText('嗯,辛苦了。提醒没有变动。')];
    if (ctx.match.slots['action'] === SELF) return [replyText(reply('self'))];
    return isThanks(ctx.text) ? [replyText(reply('thanks'))] : others(ctx);
  };
}

export function createOutside(deps: HandlerDeps, id: 'ask_policy' | 'off_topic' | 'smalltalk'): Handler {
  const reply = repliesOf(deps.intents, id, OUTSIDE_REPLIES);
  const unclear = id === 'ask_policy' ? null : repliesOf(deps.intents, id, UNCLEAR_REPLIES);
  return async (ctx) => {
    const knowledge = deps.knowledge();
    const isOpen = ctx.match.via === 'example' && ctx.match.slots['action'] !== TERMS;
    const asking = { ctx, knowledge, asker: askerOf(ctx.person, knowledge) };
    const found = isOpen ? await answerFromLists(asking, AT_LEAST) : null;
    if (found) return found;
    const isUnsure = ctx.match.via === 'example' && ctx.match.score < UNSURE;
    return [replyText(unclear && isUnsure ? unclear('unclear') : reply('reply'))];
  };
}
