/**
 * What is wanted of a case in everyday words, and read back before it is done: more time, asked for in a question (再给三天中不); who
 * leads, by 督办 (就叫水利局主办); a ruling put right, by the 编办 (QS-… 那个裁错了 牵头的应该是农业农村局); what was merged taken out
 * again, by 督办 (QS-… 还是拆出来吧).
 */
import type { Context } from '../core/types.js';
import { moreDaysIn } from '../nlu/slots.js';
import { parseRuling } from '../nlu/ruling.js';
import { isActive } from '../requests/log.js';
import { isQuestion } from '../requests/move-words.js';
import type { Move } from '../requests/moves.js';
import { actsFor } from '../requests/permissions.js';
import { normalizeText } from '../text/normalize.js';
import { isHypothetical, isSecondHand } from '../text/frames.js';
import type { Reading } from './reading.js';
import { intentOf } from './request-intents.js';
import { saidBy } from './requests-held.js';
import { numberIn, refusedOn, spokenOf, type World } from './requests-world.js';

const PROBABILITY = 0.985;

export const orderedOf = (ctx: Context, world: World): Reading | null =>
  wishedOf(ctx, world) ?? ledOf(ctx, world) ?? rightedOf(ctx, world) ?? takenOutOf(ctx, world);

const WISH = /宽限|延期|延长|推迟|往后(?:推|放|拖|挪)|延到|缓|再给|多给|晚/;
const WISHES =
  /(?:能不能|可不可以|能否|可否|可以)|(?:中|行|成|好|可以)(?:不|吗|么)(?:中|行|成|好)?[啊呀?\uff1f]?$/;
/** 宽限到下周五: until a day. */
const TO_A_DAY =
  /(?:宽限|延期?|延长|推迟?|放|拖|缓)(?:到|至)(?:[这下本]?(?:周|星期|礼拜)|月底|明|后天|\d|[一二三四五六七八九十])/;
/** 他们能不能再给三天 is somebody else's. */
const THEIRS = /他们|人家|对方|[镇乡]里|咋|怎么|为啥|谁|啥|最多|几[天次回]/;

/** 闸板要现做 能不能宽限到下周五: asked for by whoever handles the case; read back, so that a question does nothing. */
function wishedOf(ctx: Context, world: World): Reading | null {
  const { text, now } = ctx;
  if (!WISH.test(text) || !WISHES.test(text) || THEIRS.test(text) || isHypothetical(text)) return null;
  if (moreDaysIn(text) === null && !TO_A_DAY.test(text)) return null;
  const own = world.requests.filter((request) =>
    request.assignments.some((part) => isActive(part) && actsFor(world.actor, part.organization)),
  );
  const one = spokenOf(
    ctx,
    own.filter((request) => refusedOn('ask-extension', request, world, now) === null),
  );
  return one ? readBack('ask-extension', one.number, 'more time is asked for', { wished: 'yes' }) : null;
}

const LEADS =
  /(?:叫|让|由|定|给|归|指定|换)[^,\uff0c。\s]{2,12}(?:来)?(?:主办|牵头|主责|挑头|负责)|[^,\uff0c。\s]{2,12}(?:主办|牵头)(?:吧|算了|得了)?$/;

/** 别推了 就叫水利局主办, by 督办: whoever it names leads. */
function ledOf(ctx: Context, world: World): Reading | null {
  const { text } = ctx;
  const isDesk = world.actor.roles.includes('deadline-office');
  if (!isDesk || !LEADS.test(text) || isNoOrder(text)) return null;
  if (world.deps.knowledge().directory.mentions(text).length === 0) return null;
  const one = oneOf(ctx, world);
  return one ? readBack('assign-lead', one, 'who leads, by 督办') : null;
}

const MISRULED =
  /(?:裁定?|判|定)(?:的|得)?(?:给)?(?:是)?(?:错了?|不对|有误)[了啦]?[,\uff0c。!\uff01\s]{0,3}(?<right>[^\n]{4,80})$/;

/** QS-… 那个裁错了 牵头的应该是农业农村局, by the 编办. */
function rightedOf(ctx: Context, world: World): Reading | null {
  const { actor, deps } = world;
  const said = saidBy(ctx);
  const right = MISRULED.exec(said)?.groups?.['right'];
  const number = oneOf(ctx, world);
  if (right === undefined || number === undefined || !actor.roles.includes('list-office')) return null;
  const { mentions } = deps.knowledge().directory;
  if (isNoOrder(said) || parseRuling(right, mentions, deps.policies.ruling.listOffice).lead === '')
    return null;
  const found = readBack('correct-ruling', number, 'a ruling is put right');
  return { ...found, text: normalizeText(right), raw: right, probability: 1 };
}

const APART = /拆(?:出来|出去|开|分|回来|成两)|分开(?:办|来)|(?:别|不)(?:并|合并)了/;

/** QS-… 还是拆出来吧, by 督办. */
function takenOutOf({ text, ...ctx }: Context, { actor }: World): Reading | null {
  if (!actor.roles.includes('deadline-office') || !APART.test(text) || isNoOrder(text)) return null;
  return numberIn({ text, now: ctx.now }) === null
    ? null
    : {
        ...{ intent: 'merge_request', slots: { joining: 'split' }, probability: PROBABILITY },
        why: 'what was merged is taken out',
      };
}

const isNoOrder = (text: string): boolean =>
  isQuestion(text) || isHypothetical(text) || isSecondHand(text) || /问问|先不|别忙|再说|等/.test(text);

const oneOf = (ctx: Context, { requests }: World): string | undefined =>
  numberIn(ctx) ?? spokenOf(ctx, requests)?.number;

const readBack = (
  move: Exclude<Move, 'join'>,
  number: string,
  why: string,
  more: Record<string, string> = {},
): Reading => ({
  ...{ intent: intentOf(move), probability: PROBABILITY, why },
  slots: { move, implied: 'doubtful', value: number, ...more },
});
