/**
 * What is said while a dialogue on requests waits for words of one's own (a reason, a place, what was done) and is none of them:
 * thanks, a pause, a question, a reminder, an act on another case. It is answered, and what was asked for is asked again. A needless
 * question costs a moment; words that were not meant for it would go out in a return or an answer.
 */
import type { Session } from '../core/session.js';
import type { Context } from '../core/types.js';
import { behindHeld, holdsDraft } from '../nlu/draft-words.js';
import { parseTime } from '../nlu/dates/parse.js';
import { isAck, isOnlyThanks, isQuestion, movesDenied, movesIn } from '../requests/move-words.js';
import { caseQuestion } from '../requests/questions.js';
import { ruleAsked } from '../requests/rules-asked.js';
import { CONFIRM } from '../requests/yes-no.js';
import { matchedOutside, otherwise, OTHERS } from './otherwise.js';
import type { Reading, ReadingDeps } from './reading.js';
import { REMINDER_INTENTS } from './reminder-dialogues.js';
import { ACTS, intentOf } from './request-intents.js';
import { asksOfOne, LISTS, STATUS_INTENT } from './requests-status.js';

type Flow = NonNullable<Session['flow']>;
export type Instead = 'seen' | 'hold' | 'call' | 'question';

/** Words that must come before a number, a unit, pictures or a place: a question is none of them. */
const OF_FIELD: ReadonlySet<string> = new Set(['lead', 'support', 'place', 'wanted', 'photos']);
/** Moves that are wished for. */
const OF_WISHES: ReadonlySet<string> = new Set(['ask-extension', 'transfer', 'add-support']);
/** Asked for by their own words: a yes, one of several. */
const OF_CHOICE: ReadonlySet<string> = new Set([CONFIRM, 'which', '']);
/** Longer is told, whatever it ends in. */
const MAX_LENGTH = 40;
/** How sure the examples must be where what was told might be a matter as well. */
const [LEAST, OF_CALL] = [0.6, 0.5];
/** What a matter that is told is taken for by its examples. */
const OF_MATTER: ReadonlySet<string> = new Set(['file_request', 'ask_responsibility', 'correct_answer']);

export async function noAnswer(ctx: Context, deps: ReadingDeps, flow: Flow): Promise<Reading[]> {
  const { text, raw } = ctx;
  const isDraft = flow.intent === 'file_request';
  const kind = saidInstead(text, isDraft || OF_WISHES.has(flow.asks));
  const aside = async (isClear: boolean) => {
    const found = await otherwise(ctx, deps, { said: raw, isLeft: false, isClear });
    return kind === 'question' ? found.map((it) => ({ ...it, isAsked: true as const })) : found;
  };
  if (OF_CHOICE.has(flow.asks)) return isOther(text) ? aside(false) : [];
  if (kind === 'seen') return isOnlyThanks(text) ? aside(true) : [again(flow, 'seen, and nothing told')];
  // 先放着 leaves a move.
  if (kind === 'hold') return isDraft || behindHeld(text) === text.trim() ? [held(ctx, flow)] : [];
  const isUnit = deps.knowledge().directory.mentions(text).length > 0;
  if (kind === 'call' && (REMINDS.test(text) || (await isTaken(ctx, deps, ofCalls, OF_CALL))))
    return aside(true);
  if (text.length <= ACT_MAX && namesAct(text, flow) && (await isTaken(ctx, deps, ofActs(flow), LEAST)))
    return aside(true);
  // 啥时候能有人来, 先不用催, while a unit is asked for: none is named.
  const isNoUnit = /^(?:lead|support)$/.test(flow.asks) && !isUnit;
  if (isNoUnit && (isOther(text) || movesDenied(text).length > 0)) return aside(true);
  if (OTHERS.test(text)) return aside(false);
  if (kind !== 'question') return [];
  const isOfCase = caseQuestion(text)?.rest === '' || ruleAsked(text) !== null;
  if (flow.asks === 'text' && isOfCase) return aside(true);
  if (flow.asks === 'text') return (await isTaken(ctx, deps, besideMatter(text), LEAST)) ? aside(true) : [];
  if (flow.asks === 'wanted' && !ASKS_OUTRIGHT.test(text) && saysWhen(ctx, deps)) return [];
  // 清单写的是交通局,凭啥退给我们: a reason, though it asks.
  return aside(OF_FIELD.has(flow.asks) ? !isUnit : !isUnit && !OF_LISTS.test(text));
}

/** 水管爆了啥时候能来人修 tells a matter; 我那件签了没 asks of one. */
const besideMatter =
  (text: string) =>
  (intent: string): boolean =>
    !OF_MATTER.has(intent) &&
    !ACTS.has(intent) &&
    (intent !== STATUS_INTENT || LISTS.test(text) || asksOfOne(text));

const isOther = (text: string): boolean =>
  OTHERS.test(text) || (isQuestion(text) && text.length <= MAX_LENGTH);
const ASKS_OUTRIGHT = /谁|哪|啥|什么|多少|咋|怎么|多久|星期几|几号/;
const OF_LISTS = /清单|第[一二三四五六七八九十\d]+[批项条]/;
/** An act that is named and no more. */
const ACT_MAX = 24;

/** What a sentence is by itself that is no answer to a question for words; `isWished`: 能不能周五前来 is a wish. Pure. */
export function saidInstead(text: string, isWished = true): Instead | null {
  if (isOnlyThanks(text) || (text.length <= SEEN_MAX && (SEEN.test(text) || isAck(text)))) return 'seen';
  if (holdsDraft(text) || KEEPS.test(text) || UNDONE.test(text)) return 'hold';
  if (text.length > MAX_LENGTH) return null;
  if (CALLS.test(text)) return 'call';
  const last = text.split(/[,\uff0c。;\uff1b!\uff01\s]+/).findLast((it) => it !== '') ?? '';
  const asks = isWished ? last.replace(POLITE, '') : last;
  return asks !== '' && !INDEFINITE.test(asks) && (isQuestion(asks) || ASKS_FOR.test(asks))
    ? 'question'
    : null;
}
/** 今晚谁值班, 低保要啥材料. */
const ASKS_FOR = /谁|哪(?!怕)|啥(?!的)|什么|多少|咋|怎么|多久|多长|何时|[?\uff1f]$|星期几|几[号点个件项]/;
/** 谁也不管, 不知道哪家的: nothing is asked. */
const INDEFINITE =
  /(?:谁|哪[个家里儿]?|啥|什么|多少|咋|怎么)[^,\uff0c。\s]{0,4}[也都]|(?:不知道?|不清楚|不晓得|无论|不管|不论|随便)[^,\uff0c。\s]{0,4}(?:谁|哪|啥|什么|多少|咋|怎么)|没有?(?:谁|啥|什么|多少|咋|怎么)/;
const SEEN_MAX = 8;
const SEEN =
  /^(?:好[的嘞吧啊]?|行|中|嗯+|哦+|噢|成|可以|知道了?|明白了?|了解|ok|收到|对|是的?|您?好|你好|在吗)[了吧啊呀。!\uff01]{0,2}$/;
/** 这事你先记着, 我再想想. */
const KEEPS =
  /^(?:这个?|那|这事儿?|这件|你|您|就|嗯|哦|[,\uff0c\s]){0,5}(?:先|暂时|暂且)(?:给我|帮我)?(?:记着|记下|记一下|等等|等一[下等]|缓缓|缓一缓|停一停|停一下|别动|不动|不急|别急)(?:吧|哈|啊|呢|再说)?[。!\uff01]?$|^(?:那|就|还是)?(?:改天|过[几两]天|晚点|晚些|下次|下回|明天|等等)再(?:说|弄|办|报|写|填)(?:吧|哈)?[。!\uff01]?$/;
/** 提醒店家整改到位 may be what was done. */
const REMINDS = /^(?:再|请|麻烦|帮我?|给|顺便)?提醒(?:一?[下声])?(?:我|俺|咱|大家|全镇|各村|各办)/;
/** 先别撤 我问下村里: what is asked for is not to be done yet. */
const UNDONE =
  /^(?:等等|等一?下|慢着|哎|那|还是|[,\uff0c\s]){0,3}(?:(?:先|暂时?)(?:不要?|别|甭|莫|不急着|不忙)|别|甭|莫)(?:急着|忙着|着急)?(?:撤|退|转|签|延|停|评|催|结|答|回)(?:回复?|办|收|单|期|价|表|案)?(?:了|吧|呢|啊)?(?:$|[,\uff0c。!\uff01\s])/;
const CALLS =
  /(?:叫|喊|招呼)(?:一?[下声])?(?:我|俺)(?!们)|提醒(?:一?[下声])?(?:我|俺|咱|大家|全镇|各村|各办)|(?:^|[,\uff0c\s])(?:再|请|麻烦|帮我?|给)?提醒(?!他们|村民|群众|施工|业主|商户)|提醒(?:取消|删|撤|停|改|关|都有|有哪)|闹钟/;
/** 能不能延到12月20号, 给交通局行不行: wanted, though it sounds as if it were asked. */
const POLITE =
  /^(?:看)?(?:能不能|可不可以|能否|可否)|(?:行不行|行[吗么]|可以[吗么]|可不可以|中不中|成不成|好[吗么]|好不好)[啊呀?\uff1f]?$/g;

const again = ({ intent }: Flow, why: string): Reading => ({
  ...{ intent, slots: { action: 'again' }, probability: 1, why },
});

/** A draft is held; what a move still lacks is asked again. */
function held({ match }: Context, flow: Flow): Reading {
  const why = 'waits, and tells nothing';
  if (flow.intent === 'file_request')
    return { intent: flow.intent, slots: { action: 'draft-hold' }, probability: 1, why };
  const slots = { action: 'refrained', move: 'hold' };
  return { intent: STATUS_INTENT, slots, via: { ...match, via: 'example' }, probability: 1, why };
}

/** 水利局那件催一下, while something else waits for words. */
const namesAct = (text: string, flow: Flow): boolean =>
  !isQuestion(text) &&
  movesIn(text).some(({ move, isNamed }) => isNamed && move !== 'note' && intentOf(move) !== flow.intent) &&
  (flow.intent === 'file_request' || CALLED_OTHER.test(text));
const CALLED_OTHER = /(?:那|这|另)(?:一)?[件个单]|qs-?\d/i;

const saysWhen = ({ text, now }: Context, { calendar }: ReadingDeps): boolean =>
  parseTime(text, { now, calendar, purpose: 'deadline' }) !== null;

const ofCalls = (intent: string): boolean =>
  REMINDER_INTENTS.has(intent) || ACTS.has(intent) || intent === 'list_reminders';
const ofActs =
  (flow: Flow) =>
  (intent: string): boolean =>
    ACTS.has(intent) && intent !== flow.intent;

/** By the examples, as if no dialogue stood open. */
async function isTaken(
  ctx: Context,
  deps: ReadingDeps,
  isOf: (intent: string) => boolean,
  least: number,
): Promise<boolean> {
  const found = await matchedOutside(ctx, deps, ctx.text);
  if (!found) return false;
  const { intent, via, score } = found.match;
  return isOf(intent) && (via !== 'example' || score >= least);
}
