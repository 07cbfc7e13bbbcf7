/** What names a move without asking for it, and slips that are noticed once a request is filed. */
import { isEnded, type Request } from '../core/request.js';
import type { Context } from '../core/types.js';
import type { MoveWords } from '../requests/move-table.js';
import {
  isQuestion,
  isUrgedAlready,
  isCalming,
  movesDenied,
  movesSaid,
  tellsProgress,
} from '../requests/move-words.js';
import { isActive, mustChoose } from '../requests/log.js';
import { actsFor, isCallerSide } from '../requests/permissions.js';
import { isRedirect } from '../requests/redirect.js';
import { isTakenBack } from '../text/denial.js';
import { actual, isSupposed } from '../text/frames.js';
import { normalizeText } from '../text/normalize.js';
import { isSend } from '../nlu/draft-words.js';
import { parseScores } from '../nlu/slots.js';
import { parseRuling } from '../nlu/ruling.js';
import type { Actor } from '../requests/moves.js';
import type { Reading, ReadingDeps } from './reading.js';
import { ACTS, intentOf } from './request-intents.js';
import { STATUS_INTENT } from './requests-status.js';
import { isOpenTo, numberIn, referenceOf, spokenOf, type World } from './requests-world.js';

/** 要是还没修好就催一下: urging, were it so; null where something is asked for as well. */
export function supposedIn(text: string, words: readonly MoveWords[]): MoveWords | null {
  if (!isSupposed(text) || isQuestion(text) || words.some(({ isNamed }) => isNamed)) return null;
  // 要是真修好了我就给五分.
  if (parseScores(text) !== null && parseScores(actual(text)) === null)
    return { move: 'rate', side: 'caller', isNamed: true };
  return movesSaid(text).find(({ isNamed }) => isNamed) ?? null;
}

/** 刚才写错了,是王庄村口不是张庄. */
export const SLIPPED =
  /^(?:哎呀?|不好意思|不对)?[,\uff0c\s]*(?:刚才|刚刚|刚|上面|前面|上一件|那件|这件|那个|这个)?(?:我)?(?:的)?(?:报|写|说|填|打|发|弄|搞)的?(?:地点|位置|内容|单位|地方)?(?:写|填|报|说|弄|搞)?错(?:字|地方|地点)?了?[,\uff0c。:\uff1a\s]{1,3}.{0,4}(?:是|不是|改).{2,60}$/;

const SLIPPED_MS = 60 * 60_000;

/** The request of the speaker's that was filed a moment ago, and nothing else was spoken of since. */
function filedJustNow(ctx: Context, requests: readonly Request[]): Request | null {
  const { session, now } = ctx;
  if (!session?.request || session.focus || session.flow) return null;
  const found = requests.find(({ number }) => number === session.request);
  const filed = found?.events[0];
  return found && filed && filed.by?.name === ctx.person?.name && now - filed.at < SLIPPED_MS ? found : null;
}

/** 提交, said again of what was sent a moment ago: it is shown that it is. */
export function sentOf(ctx: Context, { requests }: World): Reading | null {
  const filed = isSend(ctx.text) ? filedJustNow(ctx, requests) : null;
  return filed
    ? {
        ...{ intent: STATUS_INTENT, slots: { value: filed.number }, probability: 0.985 },
        why: `${filed.number} is sent already`,
      }
    : null;
}

/** As it was written, before it was taken for a correction of an answer. */
export const saidBy = ({ update }: Context): string => (update.kind === 'message' ? update.text.trim() : '');

/** Said and not done: how it would be done. */
export function heldOf(words: MoveWords, ctx: Context, world: World): Reading | null {
  const { move } = words;
  const open = world.requests.filter((it) => isOpenTo(words, it, world, ctx.now));
  if (open.length === 0) return null;
  const { basis, matches } = referenceOf(move, ctx, { ...world, requests: open });
  const among = basis === 'named' ? matches : open;
  const one = spokenOf(ctx, among);
  return {
    intent: STATUS_INTENT,
    slots: { action: 'held', move, value: one?.number ?? '' },
    probability: 0.985,
    why: `${move} is only supposed, threatened or quoted`,
  };
}

/** 机井的别催, 书记说先不要呼叫住建局, 急啥还没到点: examples alone take it for the act that it denies. */
export function refrainedOf({ text, match }: Context, words: readonly MoveWords[]): Reading | null {
  const { intent } = match;
  const move = movesDenied(text).find((it) => intentOf(it) === intent);
  const isOfUrging = intent === intentOf('urge');
  const isCalm = isOfUrging && isCalming(text);
  const isUrged = isOfUrging && (isUrgedAlready(text) || isCalm);
  const isCalled = intent === 'file_request' && deniesCall(text);
  if (words.some(({ isNamed }) => isNamed) || !(move || isUrged || isCalled)) return null;
  if ((isQuestion(text) && !isCalm) || ASKS_WHAT.test(text)) return null;
  return refrainedAs(move ?? (isUrged ? 'urge' : ''), 'names the act only to deny it, or as done');
}
/** 供电公司配合啥. */
const ASKS_WHAT = /(?:配合|协助|协办|负责|管|干|做)(?:些|点)?(?:啥|什么)[呢啊呀]?$/;
export const refrainedAs = (move: string, why: string): Reading => ({
  ...{ intent: STATUS_INTENT, slots: { action: 'refrained', move }, probability: 0.985, why },
});

/** 上回呼叫妇联那事人家办得真好: an earlier call is praised, and none wanted. */
export const isPraised = (text: string): boolean =>
  EARLIER.test(text) && PRAISE.test(text) && !/又|还是|[不没别](?!错)|这[次回]|请|麻烦/.test(text);
const EARLIER = /^(?:上[次回]|上个?[月周]|以前|之前|去年|前[几两]?[天次回]|那[次回])/;
const PRAISE =
  /(?:办|处理|解决|弄|修|干|做)得[^,\uff0c。\s]{0,3}(?:好|快|漂亮|利索|不错|及时|到位|干净)|真(?:好|快|行|给力)|给力|(?:挺|很|特别)(?:好|快|及时|满意)|不错|点个?赞/;

const CALL_DENIED =
  /(?:先不要?|暂不|先别|别|不用|不要|不必|无需|没必要|甭)(?:急着|忙着|再)?(?:去|给|向|找|跟)?[^,\uff0c。;\uff1b\s]{0,6}?(?:呼叫|提交|上报|报(?=$|[了给上吧,\uff0c。\s]))/;
const CALLS = /呼叫|提交|上报|报(?=$|[了给上吧])/;
const deniesCall = (text: string): boolean =>
  CALL_DENIED.test(text) ||
  text.split(/[,\uff0c。;\uff1b\s]/).some((clause) => {
    const found = CALLS.exec(clause);
    return found !== null && isTakenBack(clause, found.index, found[0].length);
  });

/** 不对,改成综合执法局主办, by whoever ruled a moment ago: the ruling is corrected, once that is read back. */
export async function misruledOf(
  ctx: Context,
  { roles }: Actor,
  { knowledge, policies }: ReadingDeps,
): Promise<Reading | null> {
  const said = MISRULED.exec(saidBy(ctx))?.[1];
  const { session, person, now } = ctx;
  if (said === undefined || !session?.request || !roles.includes('list-office')) return null;
  const request = await ctx.read.getRequest(session.request);
  const ruled = request?.events.findLast(({ kind }) => kind === 'ruled' || kind === 'ruling-corrected');
  const isFresh = ruled?.by?.name === person?.name && now - (ruled?.at ?? 0) < SLIPPED_MS;
  const { mentions } = knowledge().directory;
  if (!request || !isFresh || parseRuling(said, mentions, policies.ruling.listOffice).lead === '')
    return null;
  return {
    intent: intentOf('correct-ruling'),
    slots: { move: 'correct-ruling', implied: 'doubtful', value: request.number },
    ...{ text: normalizeText(said), raw: said },
    probability: 1,
    why: `a slip in the ruling of ${request.number}`,
  };
}
const MISRULED =
  /^(?:不对|不是|错了|写错了|说错了|弄错了|等等|更正)[了啦]?[,\uff0c。!\uff01\s]{1,3}((?:改|应|还是|是|换|更正)[^\n]{2,80})$/;

/** 昨天我打电话催过李四了: told by who has a case that goes on; nothing is wanted, and nobody is urged. */
export const urgedOf = ({ text, match }: Context, { requests, actor }: World): Reading | null =>
  !ACTS.has(match.intent) &&
  isUrgedAlready(text) &&
  !isQuestion(text) &&
  requests.some((it) => !isEnded(it) && isCallerSide(actor, it))
    ? {
        ...{ intent: STATUS_INTENT, slots: { action: 'refrained', move: 'urge' } },
        ...{ probability: 0.985, why: 'tells that somebody was urged' },
      }
    : null;

/** 那改成执法局,再发一遍, of the one that came back: it goes to that unit, once that is read back. */
export function redirectedOf(ctx: Context, { requests, actor, deps }: World): Reading | null {
  if (!isRedirect(ctx.text, deps.knowledge().directory.mentions)) return null;
  const one = spokenOf(
    ctx,
    requests.filter((it) => mustChoose(it) && isCallerSide(actor, it)),
  );
  return one
    ? {
        intent: intentOf('transfer'),
        slots: { move: 'transfer', implied: 'doubtful', value: one.number },
        probability: 0.985,
        why: `to whom ${one.number} goes after its return`,
      }
    : null;
}

/** 进展 已联系施工队,周五上门: told under its name by who handles it, of the case that it names, spoken of last, or the only one. */
export function progressOf(ctx: Context, world: World): Reading | null {
  if (!tellsProgress(saidBy(ctx))) return null;
  const mine = world.requests.filter((it) =>
    it.assignments.some((part) => isActive(part) && actsFor(world.actor, part.organization)),
  );
  const { basis, matches } = referenceOf('note', ctx, { ...world, requests: mine });
  const one = spokenOf(ctx, basis === 'named' && matches.length > 0 ? matches : mine);
  return one
    ? {
        intent: intentOf('note'),
        slots: { move: 'note', value: one.number, progress: 'yes' },
        probability: 0.985,
        why: `progress of ${one.number}, called so`,
      }
    : null;
}

/** 我来裁定 QS-2026-000001 由执法局主办: by number it is the move, and who may not is told so. */
export function rulingOf(ctx: Context, { actor }: World): Reading | null {
  const number = numberIn(ctx);
  if (number === null || actor.roles.includes('list-office') || !RULES.test(ctx.text)) return null;
  return {
    intent: intentOf('rule'),
    slots: { move: 'rule', value: number },
    probability: 0.985,
    why: `a ruling on ${number} by somebody else`,
  };
}
const RULES = /^(?:我们?|我来|这|那|现在|就|来|直接|[,\uff0c\s]){0,4}裁定/;

/** What was wrong in a request that is filed is added to it, once that is read back. */
export function mendedOf(ctx: Context, { requests, actor }: World): Reading | null {
  const said = saidBy(ctx);
  if (!SLIPPED.test(said)) return null;
  const filed = filedJustNow(ctx, requests);
  if (!filed || !isCallerSide(actor, filed)) return null;
  return {
    intent: intentOf('note'),
    slots: { move: 'note', implied: 'doubtful', value: filed.number },
    ...{ text: normalizeText(said), raw: said },
    probability: 0.96,
    why: `a slip in ${filed.number}`,
  };
}

/** 未解决结案是个啥意思, 退回和转办有啥区别, 啥情况下才能暂停啊: a term of requests is explained, and nothing done. */
export const explainedOf = ({ text, match: { intent } }: Context): Reading | null =>
  OF_TERM.test(text) ||
  HOW_TO.test(text) ||
  HOW_TO_TELL.test(text) ||
  HOW_TO_CALL.test(text) ||
  WHETHER_TO_CALL.test(text) ||
  (CONDITIONS.test(text) &&
    (ACTS.has(intent) || intent === 'help') &&
    movesSaid(withoutAsking(text)).length > 0)
    ? { intent: 'help', probability: 0.986, why: 'asks what a term of requests means' }
    : null;
/** 这咋退啊, 咋签收: how it is done. */
const HOW_TO =
  /^(?:那|这|它)?(?:个|件|单子?)?(?:要|得|该|想)?(?:咋|怎么|如何|怎样)(?:个|样)?(?:去|来|才能|能)?(?:签|退|催|撤|转办|延期|答复|评价|办结|督办)(?:收|回|办|单|掉|给|下)?(?:呢|啊|呀|法|的|嘛|哩)?[?\uff1f]?$/;
/** 进度是咋报来着 我头回用. */
const HOW_TO_TELL =
  /^(?:那|请?问下?|这个?|[,\uff0c\s]){0,3}(?:进[度展]|答复|延期|评价|签收|退回)(?:情况)?(?:是|该|要|得|应该)?(?:咋|怎么|如何|怎样)(?:个|样)?(?:去|来)?(?:报|写|填|说|发|弄|提|点|用)(?:来着|法|的|呢|啊|呀|哩)?(?:$|[,\uff0c。?\uff1f\s](?:我|俺)?[^,\uff0c。\s]{0,10}$)/;
/** 呼叫商务局咋写. */
const HOW_TO_CALL =
  /^呼叫[^,\uff0c:\uff1a。\s]{0,10}?(?:咋|怎么|如何|怎样)(?:个|样)?(?:去|来)?(?:写|填|用|发|报|弄|提|叫)(?:[呢啊呀法的嘛哩]){0,2}[?\uff1f]?$/;
/** 麻烦问下呼叫住建局行不行, 能不能呼叫住建局: whether one may call is asked, of no matter that is told. */
const LEADS_IN =
  '(?:麻烦|请|劳驾|那|我|俺|咱们?|你|您|想|要|先|就|再|帮忙|[问说打听咨询请教]{1,2}|一?[下句声]|这种|这事儿?|这个|直接|[,\\uff0c\\s]){0,8}';
const WHETHER = '(?:能不能|可不可以|可以不可以|该不该|要不要|用不用|能否|可否)';
const TAGS =
  '(?:行不行?|行[吗么]|中不中?|成不成?|可不可以|可以[吗么不]|好不好|合不合适|合适[吗么不]|对不对|对[吗么不]|有用[吗么不没]|管不管用)';
const WHETHER_TO_CALL = new RegExp(
  `^${LEADS_IN}(?:${WHETHER}(?:直接|去|再)?呼叫[^,\\uff0c:\\uff1a。\\s]{0,10}(?:${TAGS})?|呼叫[^,\\uff0c:\\uff1a。\\s]{0,10}?[,\\uff0c\\s]?${TAGS})[啊呀呢]?[?\\uff1f]?$`,
);
const withoutAsking = (text: string): string => text.replace(CONDITIONS, '').replace(/[?\uff1f吗呢]$/, '');
const CONDITIONS = /(?:啥|什么|何种|哪种)(?:样的)?(?:情况下?|情形下?|条件下?)/;
const OF_TERM =
  /^(?:那|请?问下?|这个|所谓|卡片上的?|你?说的|[“"”,\uff0c\s]){0,4}(?:未解决结案|办结|结案|暂停(?:计时)?|签收|答复|退回|转办|协办|延期|(?:提请)?裁定|督办|催办|会商|交办|撤回|评价|重新办理|补充说明|帮办代办|帮办|代办|乡呼县应|呼叫|执法调度|征求意见|执法监督|并入)[”"]?(?:是|到底|究竟|这个词?|(?:和|跟|与)[\u4e00-\u9fff]{2,6}|个|有){0,4}(?:啥|什么)(?:意思|区别|不同|讲究|用处)/;
