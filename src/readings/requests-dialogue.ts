/** A message in an open dialogue on requests: the answer to what was asked, a change of the draft, or something else. */
import { z } from 'zod';
import type { Context } from '../core/types.js';
import { saysWrong } from '../nlu/draft-corrections.js';
import {
  afterNotYet,
  behindHeld,
  draftChanges,
  holdsDraft,
  isSend,
  keepsToKnown,
  sameAnswer,
  takesAllSupport,
} from '../nlu/draft-words.js';
import { isComplaint } from '../nlu/request-kinds.js';
import { parseScores } from '../nlu/slots.js';
import { isQuestion, movesIn, tellsProgress } from '../requests/move-words.js';
import { CONFIRM, isNo, isYes } from '../requests/yes-no.js';
import { sharedPiece } from '../text/shared-piece.js';
import { normalizeText } from '../text/normalize.js';
import { draftSpeech } from './draft-speech.js';
import { noAnswer, saidInstead } from './no-answer.js';
import { otherwise, OTHERS } from './otherwise.js';
import { saidToReadBack, saysAnew } from './requests-read-back.js';
import { ACTS, intentOf } from './request-intents.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

const YES = '确认';

const isOfRequests = (intent: string): boolean => intent === 'file_request' || ACTS.has(intent);

const LEAVES =
  /^(?:那|还是|哦|噢|嗯)?(?:先)?(?:取消|算了|不用了|不(?:办|弄|报|交|搞|提交|填|写|要)了|退出|放弃|先不(?:办|弄|报|交|提交|发)|回头再|以后再说|换个(?:问题|话题|事))/;
const ANOTHER = /^(?:换个(?:问题|话题)|算了)[,\uff0c。:\uff1a\s](.{4,})$/s;
const INSTEAD = /^(?:算了|不用了)(?:吧)?[,\uff0c。\s]*((?:还是|就|改|按|换)\S.*)$/s;
/** 等下先问一句,…; 顺便问下,…; 问个事:… announces a question that is none of what was asked for. */
const ASIDE =
  /^(?:等[下会]儿?|等一[下等会]儿?|对了|那个|哎|诶|先不(?:提交|发|报|交|急)|先|再|另外|顺便|顺带|插一句|多嘴|麻烦|我|想|要|跟?[你您]|[,\uff0c。\s]){0,6}(?:问|请教|打听|咨询)(?:一?[下句声]|[你您]|[个件](?:别的)?(?:事儿?|事情|问题)){0,2}[,\uff0c。:\uff1a\s]\s*(?<asked>\S[\s\S]{3,})$/;
/** 接着报刚才的,呼叫交通局,…: back to the draft after something else. */
const GOES_ON =
  /^(?:好的?|行|那|嗯|知道了|[,\uff0c。\s]){0,4}(?:接着|继续|回到)(?:报|说|弄|填|写|提|来|办|发)?(?:刚才|前面|上面|那个|那件|我)?[^,\uff0c。:\uff1a\s]{0,4}(?:的|呼叫|草稿|请求)(?:吧)?(?:$|[,\uff0c。:\uff1a\s]\s*(?<rest>\S[\s\S]*)$)/;
/** 刚才没交那个接着弄 院长说漏了三个屋. */
const GOES_ON_WITH =
  /^(?:好的?|行|中|那|嗯|把|[,\uff0c。\s]){0,4}(?:刚才|刚刚|前面|上面)?(?:没|还没)(?:提?交|发|报|弄完|写完|填完)(?:上去|完|出去)?(?:的)?[那这](?:个|件|份|条)?(?:草稿|呼叫|请求|单子)?(?:接着|继续|再)(?:弄|报|写|填|办|来|说|整)(?:吧|着|一下|一?弄)?(?:$|[,\uff0c。:\uff1a\s]\s?(?<rest>\S[^]*)$)/;
/** 回来了 刚才那个草稿给我看看, 草稿还在不. */
const SHOWS_DRAFT =
  /(?:刚才|刚刚|那|这|我)[^,\uff0c。\s]{0,3}(?:草稿|单子|呼叫)(?:再|给|让|我)*(?:看看?|看一?下|看一?眼|瞧瞧?|发我|调出来|拿出来|显示)|(?:看看?|看一?下|看一?眼|调出)(?:刚才|刚刚|那|这|我)?[^,\uff0c。\s]{0,3}草稿|(?:我|刚才|这个?|[这那]件)(?:投|报|发|提|呼叫)的(?:[这那](?:个|件|单))?(?:是|要|会)?(?:投|报|发|提|送|呼叫)?(?:给|到)(?:了)?(?:哪|谁)|草稿(?:还)?(?:在不在?|在吗|在没|呢|哪去了|去哪了)/;
/** What is asked while the draft is laid aside. */
const ASKS_ASIDE = /谁|哪|啥|什么|多少|几[个家天项]|咋|怎么|[吗么呢不没?\uff1f]$/;
const knownTo = (data: unknown): string[] => Known.safeParse(data).data?.known ?? [];
const Known = z.object({ known: z.array(z.string()) });

/** A draft that was compared, with open requests that may be of the same matter. */
const isAskedOfSame = (data: unknown): boolean => Offered.safeParse(data).success;
const Offered = z.object({ draft: z.object({}), similar: z.array(z.string()).min(1) });

async function read(ctx: Context, deps: ReadingDeps): Promise<Reading[]> {
  const { session, update, match, text } = ctx;
  const flow = session?.flow;
  if (!flow || !isOfRequests(flow.intent) || update.kind !== 'message') return [];
  if (update.attachments?.length && text === '') return [];
  const own = (why: string, said?: string): Reading[] => [
    {
      ...{ intent: flow.intent, slots: { action: 'said' }, probability: 1, why },
      ...(said !== undefined && { text: normalizeText(said), raw: said }),
    },
  ];
  if (isAskedOfSame(flow.data) && flow.asks === '' && sameAnswer(text) !== null)
    return own('answers whether it is the same matter');
  const aside = ASIDE.exec(ctx.raw)?.groups?.['asked'];
  if (aside !== undefined) return otherwise(ctx, deps, { said: aside, isLeft: false, isClear: true });
  const isDraft = flow.intent === 'file_request';
  const goesOn = isDraft ? (GOES_ON.exec(ctx.raw) ?? GOES_ON_WITH.exec(ctx.raw.trim()))?.groups : undefined;
  const said = goesOn?.['rest'] ?? '';
  if (goesOn && said !== '' && (flow.asks !== '' || isSend(normalizeText(said)) || changesDraft(said, deps)))
    return own('goes on with the draft', said);
  if (goesOn && said.length >= TOLD_LEAST && !isQuestion(said))
    return own('goes on with the draft, and tells more', `补充说明:${said}`);
  if (goesOn || (isDraft && SHOWS_DRAFT.test(text)))
    return [{ intent: flow.intent, slots: { action: 'again' }, probability: 1, why: 'back to the draft' }];
  const unsentYet = isDraft ? afterNotYet(ctx.raw) : null;
  if (unsentYet !== null && changesDraft(unsentYet, deps))
    return own('changes the draft, which is not sent yet', unsentYet);
  const asideHeld = isDraft ? behindHeld(ctx.raw) : ctx.raw.trim();
  if (asideHeld !== ctx.raw.trim() && ASKS_ASIDE.test(asideHeld))
    return otherwise(ctx, deps, { said: asideHeld, isLeft: false, isClear: true });
  // 先放着, where nothing has been told yet: there is nothing to keep.
  if (isDraft && flow.asks !== '' && behindHeld(text) === '' && !Told.safeParse(flow.data).success)
    return own('leaves the dialogue', '取消');
  if (isDraft && holdsDraft(text))
    return [{ intent: flow.intent, slots: { action: 'draft-hold' }, probability: 1, why: 'the draft waits' }];
  const [known] = isDraft && keepsToKnown(text) ? knownTo(flow.data) : [];
  if (known !== undefined)
    return [
      {
        ...{ intent: flow.intent, slots: { action: 'draft-known', value: known }, probability: 1 },
        why: `files nothing beside ${known}`,
      },
    ];
  // 算了 发吧: what is given up is the doubt.
  if (isDraft && flow.asks === '' && LEAVES.test(text) && isSend(text)) return own('sends the draft', '提交');
  if (isDraft && takesAllSupport(text) && !isQuestion(text)) return own('takes the supporting units away');
  const anew = isDraft ? calledAnew(ctx.raw, deps) : null;
  if (anew !== null) return otherwise(ctx, deps, { said: anew, isLeft: true, isClear: true });
  const rest = ANOTHER.exec(text)?.[1]?.trim();
  const isOpen = isDraft && !['text', 'place'].includes(flow.asks) && !isQuestion(text);
  const speech = isOpen ? draftSpeech(rest ?? ctx.raw, ctx, deps) : null;
  if (speech?.kind === 'changes' && !isOfText(ctx.raw, deps)) return own('changes the units', speech.words);
  if (rest && deps.match && (isQuestion(rest) || OTHERS.test(rest) || !LEAVES.test(text) || isCall(rest)))
    return otherwise(ctx, deps, { said: rest, isLeft: true });
  // 算了还是按一般的来: what follows is how it should be.
  const instead = isDraft ? INSTEAD.exec(ctx.raw)?.[1] : undefined;
  if (instead !== undefined && changesDraft(instead, deps)) return own('changes the draft', instead);
  const leftTo = isDraft ? null : leftFor(ctx.raw, flow.intent);
  if (leftTo !== null) return otherwise(ctx, deps, { said: leftTo, isLeft: true, isClear: true });
  if (LEAVES.test(text)) return own('leaves the dialogue', '取消');
  if (isDraft) {
    const { directory } = deps.knowledge();
    const unsent = withoutSend(ctx.raw);
    if (isSend(text) && unsent !== '' && changesDraft(unsent, deps) && !affirmsLead(unsent, flow.data, deps))
      return own('changes the draft before it is sent', unsent);
    if (isSend(text)) return own('sends the draft');
    if (speech?.kind === 'leaves') return own('leaves the draft', '取消');
    if (
      !isQuestion(text) &&
      (flow.asks === '' || saidInstead(text) !== 'question') &&
      flow.asks !== 'text' &&
      draftChanges(text, ctx.raw, directory.mentions).length > 0
    )
      return own('changes the draft');
    if (flow.asks === '' && tellsMore(ctx, flow.data))
      return own('more of what the draft says', `补充说明:${ctx.raw}`);
    // 不对 in front of an open draft is said of it, and no remark on an answer.
    if (flow.asks === '' && saysWrong(text) && !isQuestion(text)) return own('says that the draft is wrong');
    if (flow.asks === '') return [];
  }
  if (match.via !== 'flow') return [];
  if (flow.asks === CONFIRM && !isYes(text) && !isNo(text)) {
    const found = await saidToReadBack(ctx, flow.data, deps);
    if (found === 'repeats') return own('says the same move again', YES);
    if (found === 'another') return otherwise(ctx, deps, { said: ctx.raw, isLeft: true, isClear: true });
    if (found === 'asks') return otherwise(ctx, deps, { said: ctx.raw, isLeft: false, isClear: true });
    // 给个满分, while something else waits for a yes.
    if (flow.intent !== intentOf('rate') && isRating(text))
      return otherwise(ctx, deps, { said: ctx.raw, isLeft: true, isClear: true });
    // 还有 上门那个辅警张嘴就骂人 这算不算能投诉的, while something waits for a yes.
    if (ANOTHER_MATTER.test(text) && (isQuestion(text) || isComplaint(text)))
      return otherwise(ctx, deps, { said: ctx.raw, isLeft: false, isClear: true });
    // 那就承诺12月16号下班前…, while something else that was said of the case waits for a yes.
    if (tellsProgress(ctx.raw.trim()))
      return otherwise(ctx, deps, { said: ctx.raw, isLeft: true, isClear: true });
    // Another move: what was read back is left undone.
    const [other] = movesIn(text).filter(({ isNamed }) => isNamed);
    const isAnother =
      other !== undefined &&
      intentOf(other.move) !== flow.intent &&
      !(NAMES_UNITS.has(flow.intent) && NAMES_UNITS.has(intentOf(other.move)));
    if (isAnother) return otherwise(ctx, deps, { said: ctx.raw, isLeft: true, isClear: true });
  }
  const isAsked = flow.asks === 'which' || flow.asks === CONFIRM;
  if (isAsked && !isDraft && (await saysAnew(ctx, moveIn(flow.data), deps)))
    return otherwise(ctx, deps, { said: ctx.raw, isLeft: true, isClear: true });
  if (flow.asks === 'which' && namesAnother(text, flow))
    return otherwise(ctx, deps, { said: ctx.raw, isLeft: true, isClear: true });
  return noAnswer(ctx, deps, flow);
}

/**
 * 需要水利局派抽水车支援, 门口积水都没过膝盖了, while a complete draft of that matter is shown: it is told there, and no other draft
 * takes its place. Whoever calls anew says so.
 */
function tellsMore({ text, match }: Context, data: unknown): boolean {
  const draft = Told.safeParse(data).data?.draft;
  const isStatement =
    match.via === 'example' && text.length >= MORE_LEAST && text.length <= MORE_MOST && !isQuestion(text);
  if (!draft || !isStatement || OTHERS.test(text) || CALLS_ANEW.test(text)) return false;
  const matter = draft.place === '' ? draft.text : draft.text.replaceAll(draft.place, ' ');
  const isOfMatter = sharedPiece(text, matter, isWord) !== '';
  if (match.intent === 'file_request') return !/[:\uff1a]/.test(text) && (isOfMatter || WANTS.test(text));
  return isOfMatter && !ACTS.has(match.intent) && movesIn(text).length === 0;
}
/** What is wanted for a matter that is told: 派车支援, and no work on another thing. */
const WANTS =
  /^(?!.*[修换扫装补]).*(?:支援|增援|协助|封[路道]|疏导|加派|尽快|抓紧|赶紧|人手|设备|(?:派|来)[^,\uff0c。\s]{0,5}[车泵机])/;
const Told = z.object({ draft: z.object({ text: z.string().min(1), place: z.string() }) });
const [MORE_LEAST, MORE_MOST] = [6, 80];
const TOLD_LEAST = 4;
const isWord = (piece: string): boolean => /^[\u4e00-\u9fff]{2,}$/.test(piece);
const CALLS_ANEW =
  /呼叫|会商|调度|交办|裁定|(?:再|另|还|又|也|想|要|帮[我俺]?|给[我俺]?|麻烦|请)[^,\uff0c。\s]{0,6}?(?:报|发|提|反映|派单)(?:一?[个件下条单]|上去|给)|另外|别的|换个|新的|第二件|提醒|通知|预约|帮办|代办|取消|不是|错/;

const ANOTHER_MATTER = /^(?:还有|另外|对了|再(?:一个|问)|顺便|顺带|还想问)/;

const isRating = (text: string): boolean =>
  /[1-5一二两三四五]分|[1-5一二三四五](?:颗)?星|满分|打分|评[分价]/.test(text) &&
  parseScores(text) !== null &&
  !isQuestion(text);

const Move = z.object({ move: z.string() });
const moveIn = (data: unknown): string => Move.safeParse(data).data?.move ?? '';

const changesDraft = (raw: string, deps: ReadingDeps): boolean =>
  draftChanges(normalizeText(raw), raw, deps.knowledge().directory.mentions).length > 0;

/** 核实过了就是卫健, in front of 提交: the lead that the draft has already. */
function affirmsLead(raw: string, data: unknown, deps: ReadingDeps): boolean {
  const { mentions } = deps.knowledge().directory;
  const lead = Led.safeParse(data).data?.draft.lead;
  const changes = draftChanges(normalizeText(raw), raw, mentions);
  return changes.every(({ field }) => field === 'lead') && mentions(raw).every(({ unit }) => unit === lead);
}
const Led = z.object({ draft: z.object({ lead: z.string().min(1) }) });

/** 水利局那件撤回, while it is asked which one is urged. */
function namesAnother(text: string, flow: { intent: string; data: unknown }): boolean {
  const [named] = movesIn(text).filter(({ isNamed }) => isNamed);
  return named !== undefined && intentOf(named.move) !== flow.intent;
}

/** 算了 我直接呼叫残联吧,请上门给王大娘评残: the last thing that is called takes the place of the draft. */
function calledAnew(raw: string, deps: ReadingDeps): string | null {
  const said = (CALLED_ANEW.exec(raw.trim()) ?? CALLED_WHOLE.exec(raw.trim()))?.groups?.['call'];
  const [unit] = deps.knowledge().directory.mentions(said ?? '');
  if (said === undefined || !unit || unit.index > '呼叫一下 '.length) return null;
  const matter = said.slice(unit.index + unit.alias.length).replace(/[^\u4e00-\u9fff]/g, '');
  return matter.length >= MATTER_LEAST && !isQuestion(said) ? said : null;
}
const CALLED_ANEW =
  /^(?:算了|不用了|换一?个|还是算了|哦不|不对)(?:吧)?[,\uff0c。!\uff01\s]{0,3}(?:我们?|俺们?|咱们?|还是|就|直接|干脆|那|改|要不|重新|另外|再|请|麻烦|帮我?){0,4}(?<call>呼叫\S[\s\S]{5,300})$/;
const MATTER_LEAST = 6;
/** 呼叫水利局:南岗四组水管冻裂两天了,…; 想好了还是报 呼叫公安局 …: whom and what, whole, behind a draft that only mused. */
const CALLED_WHOLE =
  /^(?:[^,\uff0c。:\uff1a\s]{0,6}(?:想好|决定|问清|商量好|还是|那就|干脆)[^,\uff0c。:\uff1a\s不别]{0,5}[,\uff0c。\s]{1,3})?(?:请|麻烦|帮我?|再|还是|那就|就){0,2}(?<call>呼叫[^,\uff0c。:\uff1a\s]{2,14}[,\uff0c:\uff1a\s]\s?\S[\s\S]{5,300})$/;

/** 算了不退了 先签收; 不是不是 手滑 是签收: another move, behind nothing but what takes this one back. */
function leftFor(raw: string, intent: string): string | null {
  const found = TAKEN_BACK.exec(raw.trim())?.groups?.['rest'] ?? '';
  const rest = found.replace(
    /^(?:是|我?要的?是|应该是|改成|改为|换成|还是|那就|就|那)(?:要|想)?(?=\S{2})/,
    '',
  );
  const [named] = isQuestion(rest) ? [] : movesIn(rest).filter((it) => it.isNamed && !it.isDoubtful);
  return named !== undefined && intentOf(named.move) !== intent ? rest : null;
}
const TAKEN_BACK =
  /^(?:(?:算了|罢了|不是|不对|错了|哎呀?|唉|哦|等等|手滑|手误|口误|(?:我|俺)?(?:点|按|打|说|发|写|看|搞|弄)错了?|(?:先|就|那|还是|我们?|俺们?)?(?:不|别)(?:要|用)?(?:退|转|撤|催|延|停|改|办)(?:回去?|办|单|期)?)[了吧啊呀]?[,\uff0c。!\uff01\s]{0,2}){1,5}(?<=[了吧啊呀误滑是对错,\uff0c。!\uff01\s])(?<rest>\S[\s\S]{1,80})$/;

/** A text, a place or a sentence for the draft may name units as well. */
const isOfText = (raw: string, deps: ReadingDeps): boolean =>
  draftChanges(normalizeText(raw), raw, deps.knowledge().directory.mentions).some(({ field }) =>
    ['text', 'more-text', 'place', 'swap', 'name'].includes(field),
  );
const isCall = (text: string): boolean => /^(?:呼叫|会商|交办|征求|申请裁定|提醒|进度|查)/.test(text);
/** 急 提交吧: what stands before the last clause. */
const withoutSend = (raw: string): string => /^(.*)[,\uff0c。;\uff1b\s]/s.exec(raw.trim())?.[1]?.trim() ?? '';

/** What was read back may be said anew with other units: 自规局主办 住建局协办. */
const NAMES_UNITS: ReadonlySet<string> = new Set(['rule_request', 'transfer_request']);

export const readRequestDialogue: Reader = { name: 'request dialogues', inDialogue: true, read };
