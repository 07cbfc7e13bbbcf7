/** What a unit asked its caller for, in a pause or beside it, and what the caller says then. Pure. */
import type { Request } from '../core/request.js';
import type { Context } from '../core/types.js';
import { pairsOf } from '../organizations/names.js';
import { isPaused } from '../requests/log.js';
import { isQuestion, isThanks } from '../requests/move-words.js';
import { isCallerSide } from '../requests/permissions.js';
import type { Reading } from './reading.js';
import { intentOf } from './request-intents.js';
import type { World } from './requests-world.js';

/** More than what only leads to a move. */
const PROBABILITY = 0.92;
/** Two characters beside each other that the answer shares with what was asked for. */
const SUPPLIED_PAIRS = 2;
const MAX_LENGTH = 60;

/** The kinds of things that are asked for, and what answers look like that name one. */
const ANSWERED: readonly (readonly [RegExp, RegExp])[] = [
  [
    /哪一?个?(?:村|组|社区|小区|路|街|段|位置|地方|里|儿)|(?:具体|详细)(?:位置|地点|地址)|什么(?:位置|地方)|在哪/,
    /[村庄屯寨组区路街巷桥沟河坡口段号院楼](?![\u4e00-\u9fff]{0,1}(?:吗|么|呢))/,
  ],
  [
    /哪一?(?:天|年|个?月)|几[号点月]|什么时候|啥时候|何时|多久/,
    /[\d一二两三四五六七八九十]{1,3}[年月日号天点]|[昨前今]天|上(?:周|个?月|星期|礼拜)|去年|(?:周|星期|礼拜)[一二三四五六日天]|[年月]初|[年月]底/,
  ],
  [
    /多少|几[户人个件亩处盏米家头口]|多[大深长宽高]|面积|数量/,
    /[\d一二两三四五六七八九十百千半几来多]{1,6}(?:多|来)?(?:户|人|个|件|亩|处|盏|米|公里|里|家|头|口|平|吨|方|根|棵)/,
  ],
  [
    /(?:哪|几)一?(?:栋|幢|号楼|单元|层|户)|楼号|楼栋|门牌|房号|户号|单元/,
    /[\d一二三四五六七八九十]{1,3}(?:号楼|栋|幢|单元|层|室|户|号院|号(?!线))|[东西南北]头/,
  ],
  [/联系(?:人|电话|方式)|谁|电话|姓名/, /\d{7}|叫|姓|[\u4e00-\u9fff]{1,3}(?:书记|主任|组长|村长|支书)/],
];
/** What an answer begins with: 是梨树沟村. */
const ANSWERS = /^(?:就?是|在|有|从|大概|大约|一共|总共|具体|联系人|电话|地点|位置|时间)/;
const OTHERWISE = /呼叫|提醒|归谁|谁管|催|撤|清单|依据/;

/** 灯杆编号是LD-12到LD-20, 是梨树沟村,上周开始的: it goes to the case of which it was asked. */
export function supplied(ctx: Context, world: World): Reading | null {
  if (isQuestion(ctx.text)) return null;
  return resumed(ctx, world) ?? told(ctx, world);
}

/** What was asked for so that the clock may go on. */
function resumed({ text, session }: Context, { actor, requests }: World): Reading | null {
  const pairs = pairsOf(text);
  const [one, other] = requests.filter((request) => {
    const asked = isCallerSide(actor, request) ? pausedFor(request) : null;
    if (asked === null) return false;
    const isShared = pairs.filter((pair) => asked.includes(pair)).length >= SUPPLIED_PAIRS;
    return (isShared && session?.request !== undefined) || (ANSWERS.test(text) && isAnswer(text, asked));
  });
  return one && !other ? readingOf('resume', one, true, 'names what a paused request waits for') : null;
}

const isAnswer = (text: string, asked: string): boolean =>
  text.length <= MAX_LENGTH &&
  !OTHERWISE.test(text) &&
  ANSWERED.some(([wanted, answer]) => wanted.test(asked) && answer.test(text));

/** The answer to what was asked last of a case, while its clock runs. */
function told({ text, match }: Context, { actor, requests }: World): Reading | null {
  if (match.via !== 'example' || text.length > MAX_LENGTH || isThanks(text) || OTHERWISE.test(text))
    return null;
  const [one, other] = requests.filter(
    (request) => isCallerSide(actor, request) && askedIn(request) !== null,
  );
  if (!one || other) return null;
  const asked = askedIn(one) ?? '';
  const answered = ANSWERED.filter(([wanted, answer]) => wanted.test(asked) && answer.test(text)).length;
  const isPlain = ANSWERS.test(text) || answered > 1;
  return answered > 0 ? readingOf('note', one, !isPlain, 'answers what was asked of it last') : null;
}

const readingOf = (
  move: 'note' | 'resume',
  { number }: Request,
  isImplied: boolean,
  why: string,
): Reading => ({
  intent: intentOf(move),
  slots: {
    ...{ move, value: number },
    ...(isImplied && { implied: move === 'note' ? 'doubtful' : 'yes' }),
  },
  probability: PROBABILITY,
  why,
});

/** What the unit asks the caller for, while its clock stands still. */
function pausedFor(request: Request): string | null {
  if (!request.assignments.some((assignment) => isPaused(request, assignment))) return null;
  return request.events.findLast(({ kind }) => kind === 'paused')?.text ?? '';
}

/** The question that a unit of the case put last, and nobody has said anything since. */
function askedIn({ events, callers }: Request): string | null {
  const last = events.findLast(({ text, by }) => text !== undefined && by !== null);
  const isOfCaller = callers.some(({ organization }) => organization === last?.by?.organization);
  if (!last || last.kind !== 'noted' || isOfCaller || last.facts?.['isProgress'] === true) return null;
  const asked = last.text ?? '';
  return ASKS.test(asked) ? asked : null;
}
const ASKS =
  /哪|几|多少|多[大深长宽高]|什么|啥|谁|何时|请.{0,6}(?:补充|说明|提供|告知)|联系(?:人|电话|方式)|[?\uff1f]$/;
