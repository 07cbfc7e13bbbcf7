/** What names a move or speaks of requests, and fits no case of the speaker's. */
import type { Context } from '../core/types.js';
import type { MoveWords } from '../requests/move-table.js';
import { isAck, isQuestion, isThanks } from '../requests/move-words.js';
import type { Reading } from './reading.js';
import { intentOf } from './request-intents.js';
import { asksOfOne, LISTS, STATUS, STATUS_INTENT } from './requests-status.js';
import { numberIn, referenceOf, spokenOf, type World } from './requests-world.js';

/** Words of thanks and of having seen. */
const COURTESY = 0.96;
/** Above every side of the row that stands open. */
const DECLINED = 0.985;
const BARE_MAX = 6;

/** Words that are of requests alone. */
export const OF_REQUESTS =
  /催|撤|逾期|超期|超时|在办|签收|评价|打分|满意|分[。!\uff01]?$|延期|办结|裁定|转办|转给|退回|答复|请求|呼叫|单子|这件|那件|暂停|恢复计时|协办|重新办/;

type Taken = { isAct: boolean; isQuery: boolean; hasDone: boolean };

export function ofNoCase(
  ctx: Context,
  world: World,
  words: readonly MoveWords[],
  { isAct, isQuery, hasDone }: Taken,
): Reading | null {
  const { text } = ctx;
  // 签, 这个退了吧, from somebody on whose cases it is not open: that is said.
  const bare = text.length <= BARE_MAX && !isQuestion(text) ? words.find((it) => it.isNamed) : undefined;
  if (bare && bare.move !== 'urge' && bare.move !== 'note')
    return {
      intent: intentOf(bare.move),
      slots: { move: bare.move },
      probability: 0.93,
      why: `${bare.move}, and nothing else`,
    };
  if (hasDone) return { ...courtesy(ctx), probability: DECLINED };
  if (isThanks(text) || (isAck(text) && text.length <= 12 && words.every(({ isNamed }) => !isNamed)))
    return courtesy(ctx);
  // "路灯的催过没有", where there is none of it.
  if (asksOfOne(text) && OF_REQUESTS.test(text) && referenceOf(null, ctx, world).matches.length === 0)
    return { intent: STATUS_INTENT, probability: 0.92, why: 'asks of a request that is not there' };
  // "电线杆快倒了" from somebody who has nothing to answer.
  const number = numberIn(ctx);
  // 是不是该催一下了, 催过几回了: asked of a case, which is shown, and nothing is done.
  const asked = isAct && isQuestion(text) && words.length === 0 && OF_REQUESTS.test(text);
  const one =
    number === null ? spokenOf(ctx, world.requests) : world.requests.find((it) => it.number === number);
  if (asked && one)
    return {
      intent: STATUS_INTENT,
      slots: { value: one.number },
      probability: 0.92,
      why: `a question about ${one.number}`,
    };
  if (isAct && number === null && (!OF_REQUESTS.test(text) || (isQuestion(text) && words.length === 0)))
    return {
      intent: 'ask_responsibility',
      probability: 0.91,
      why: 'no request of theirs that these words fit',
    };
  const isOfNone =
    isQuery && number === null && !LISTS.test(text) && referenceOf(null, ctx, world).matches.length === 0;
  return isOfNone && !STATUS.test(text)
    ? { intent: 'ask_responsibility', probability: 0.905, why: 'no request that these words name' }
    : null;
}

/** Certain, so that nobody looks for a row about it. */
export const courtesy = ({ match }: Context): Reading => ({
  intent: 'smalltalk',
  probability: Math.max(COURTESY, match.score),
  via: { ...match, via: 'flow' },
  why: 'thanks, and nothing that it could do',
});
