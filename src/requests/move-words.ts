/** What everyday words may mean to do with a request. Which of it is meant follows from who speaks and what stands open. Pure. */
import { actual, isHypothetical, isIntended, isJoke, isSecondHand } from '../text/frames.js';
import { PROGRESS, DONE, NOT_DONE, ACK, WORDS, type MoveWords } from './move-table.js';
import { isTakenBack, isUndecided } from '../text/denial.js';
import type { Move } from './moves.js';
import { tellsNoWork } from './no-work.js';

/** What is asked does nothing: "归不归住建局管?". 躺了好几天, 下游住着人呢 ask nothing. */
const QUESTION =
  /(?:啥|什么|何种|哪种)(?:样的)?(?:情况下|情形下?|条件|时候(?:才|可以))|(?:啥|什么)(?:意思|区别|不同|讲究|用处|后果)|[?\uff1f]\s*$|[吗么]\s*$|(?<!(?:着|正)[^,\uff0c。\s]{0,6})呢\s*$|[是对]吧\s*$|(?:过|了)没(?:有)?[。!\uff01]?$|(?<=[催签答办评退转派收])没\S{0,2}[催签答办评退转派收](?:了|过)?$|谁(?:签|答|催|办|收|接|派|转|退|定|评|批)|哪[个位](?:人|同志)?(?:给)?签|(?:[在到归是由]|定的)(?:的)?哪[一]?[家个儿里]|最[晚迟早].{0,5}(?:签|答|办|回|几点|哪天)|几点|归不归|(?:咋|怎么|如何|怎样)(?:个|去|来)?(?:签|催|评|办结)|是不是|该不该|能不能|可不可以|要不要|会不会|用不用|有没有|^谁|谁(?:管|负责|牵头|来|家|的|该)|归谁|找谁|哪(?:个|家|些|里|儿|一)|怎么(?:办|算|弄|处理)$|为什么|为啥|多少|(?<![好十这那前没]|过(?=几天))几(?:天|个|项|号|次|回|件|家)|啥时候|什么时候|(?:会|要|能|得)?(?:咋|怎么?)样$|(?<=[\u4e00-\u9fff]{2})不$|(?<!都|也|还|一点|根本|啥|么|从来|并)没(?:有)?$|^不[^,\uff0c。\s]{1,8}行不行|^(?:还没|不会|该不会|应该)[^,\uff0c。\s]{2,10}吧$|(?:签收?|接|退回?|撤回?|催办?|转办?|答复?|评价?|办结|报|提交?|发|呼叫)过(?:了|的)?吧$|(?<=\S)算不算|(?:多久|多长时间|多少天|几天|啥时候|什么时候|何时)[^,\uff0c。\s]{0,10}(?:能|可以|该|好)(?:再)?(?:催|撤|评|退|转|延)(?:办|回|价|期)?[啊呀呢]?$/;

/** 那件撤掉没 QS-2026-000001: the number behind it is no part of what is asked. */
export const isQuestion = (text: string): boolean =>
  QUESTION.test(text.replace(NUMBER_LAST, '').replace(TONE_LAST, ''));
/** 能延期不啊, 签了没呀. */
const TONE_LAST = /(?<=[不没吗么样办谁哪里儿么啥])[啊呀哦哟呐哈嘞哩]+[。!\uff01]?\s*$/;
const NUMBER_LAST = /\s{0,3}qs-?\d{4}-?\d{1,6}\s{0,3}$/i;
export const isProgress = (text: string): boolean => PROGRESS.test(text);
export const isDone = (text: string): boolean =>
  !PROGRESS.test(text) && clausesOf(actual(text)).some((it) => DONE.test(it) && isFirstHand(it));
const isFirstHand = (clause: string): boolean => !NOT_DONE.test(clause) && !isSecondHand(clause);
/** 办好了: says that it is done, and nothing of what was done. */
export const isBareDone = (text: string): boolean => BARE_DONE.test(text.trim());
const BARE_DONE =
  /^(?:[这那](?:件|个|边)?(?:事情?|事儿|单子)?|已经?|都|全部?|刚刚?|我们?|[,\uff0c。\s]){0,5}(?:(?:办|处理|弄|搞|解决)(?:理|完|好|妥|成|掉|结|决){0,2}(?:了|啦|完毕)|搞定了?|完成了?|完事了?|好了)[。!\uff01]?$/;
/** 进展 已联系施工队; 再补一条进展:三张表并成一张了: what follows tells it. */
export const PROGRESS_HEAD =
  /^(?:再|又|还)?(?:补充?|报|说|加|更新)?(?:一?[条下个])?(?:最新)?(?:进展|进度)(?:情况|说明|更新)?[:\uff1a,\uff0c\s]+(?:qs-\d{4}-\d{1,6}[:\uff1a,\uff0c\s]+)?(?=\S{4})(?!qs-?\d|\d)/i;
export const tellsProgress = (text: string): boolean =>
  (PROGRESS_HEAD.test(text) || PROMISES.test(text)) &&
  !isQuestion(text) &&
  !/[那这](?:个|件|单)(?:事儿?|的)?$|到哪|(?:咋|怎么)样|如何/.test(text);
/** 中 那就承诺12月16号下班前把这车查清爽: by when, promised by whoever handles it. */
const PROMISES =
  /^(?:中|好的?|行|成|可以|嗯|那|就|这样|我们?|俺们?|咱们?|局里|[,\uff0c\s]){0,6}(?:承诺|保证)[^,\uff0c。\s]{2,14}?(?:前|内|之前|以前)[^,\uff0c。\s]{2,20}/;
/** 进度 专家组今天下午进场勘察: a word that calls for how it stands, and behind it how the work goes on. */
export const tellsOn = (text: string): boolean =>
  tellsProgress(text) && GOES_ON.test(text) && !/的[^,\uff0c。\s]{0,6}$/.test(text);
const GOES_ON =
  /了(?!没|吗|么|不)|已经?|正在|[今明后][天日晚早]|[上下]午|周[一二三四五六日天]|完成|[进到]场|预计/;
export const isAck = (text: string): boolean => ACK.test(text);

const THANKS = /谢[谢了啦咯]|多谢|感谢|辛苦|应该的|不客气|麻烦(?:你|您)们?了|给力/;
/** 行 谢了, 麻烦你了: nothing but thanks. */
export const isOnlyThanks = (text: string): boolean => ONLY_THANKS.test(text);
/** 今儿可真冷: of the weather, and of no work. */
export const isOfWeather = (text: string): boolean => WEATHER.test(text);
const WEATHER =
  /^(?:唉|哎|啊|[,\uff0c\s])*(?:(?:今[天儿]|昨[天晚]|这[两几]?天|外[头面边]|早上|晚上)(?:的)?)?(?:天|天气)?(?:可|还|也|是)?(?:真是?|好|太|挺|怪|够|忒|贼|老)(?:的)?(?:冷|热|闷|晒|潮|凉快|暖和|冻人)(?:了|啊|呀|哈|的|得很|死了|死人|人){0,2}[。!\uff01~]?$/;
const ONLY_THANKS =
  /^(?:行|好的?|中|嗯|哦|成|可以|那|就|太|真是?|知道了?|明白了?|ok|[,\uff0c。!\uff01\s])*(?:谢[谢了啦咯]?|多谢|感谢|辛苦|麻烦(?=你|您|大家|各位))(?:谢|了|啦|哈|您|你|们|啊|各位|大家|同志|[,\uff0c。!\uff01~\s])*$/;
/** Thanks and nothing that is wanted. */
export const isThanks = (text: string): boolean => THANKS.test(text) && text.length <= 24;

const DECLINES =
  /(?:不|不用|用不着|不必|甭)(?:再|急着|着急)?(?:往(?:上面?|县里|县上)|给县里)?(?:上报|报|提交|呼叫)(?:了|上去|上来)?[吧啦哈]?[。!\uff01]?$/;
/** 明白了,先不往上报: who only asked, and is done. */
export const declinesToFile = (text: string): boolean => DECLINES.test(text);

/** 先别签收: what follows is why, and no progress. */
const REFRAINS =
  /(?:先|暂时?|还)?(?:别|不要|先不|暂不)(?:急着|忙着|着急|忙|急)?(?:签|接|转|退|答复|办结|撤|评)/;
const REFRAINED = /签|转(?!账)|退(?!役|休)|撤|办结/;
const isRefrained = (text: string): boolean =>
  REFRAINS.test(text) ||
  clausesOf(text).some((clause) => {
    const found = REFRAINED.exec(clause);
    return found !== null && isTakenBack(clause, found.index, found[0].length);
  });

/** Whether and how somebody was urged is asked; "怎么还没来?" and "能催一下吗" urge. */
const OF_URGING =
  /催[^,\uff0c。\s]{0,8}(?:啥|什么)(?:意思|区别|条件)|催[^,\uff0c。\s]{0,6}(?:过|了)(?:没|吗|么|[?\uff1f])|催没催|谁催|(?:过|了)(?:没有?|吗|么)[?\uff1f]?$|催[办促单]?(?:有|会|要|算|是|得|还)[^,\uff0c。\s]{0,10}[吗么?\uff1f]|(?:怎么|咋|如何|多久|几[次回]|隔|最多)[^,\uff0c。\s]{0,6}催|催[^,\uff0c。\s]{0,6}的话|谁说[^,\uff0c。\s]{0,4}催|催[^,\uff0c。\s]{0,6}(?:几[次回]|多少|多久|怎么|有用|限制|会不会|得罪|合适|管用|影响|作用|好意思|讨嫌)/;
const isUrgent = (text: string): boolean =>
  /怎么还|催|还没/.test(text) && !OF_URGING.test(text) && !ASKS_WHICH.test(text);
/** 哪些件到现在还没签收, 谁还没答复, 催过几回了, 是不是该催一下 ask; 那几个催一下 does not. */
const ASKS_WHICH =
  /还(?:是)?没(?:有)?(?:人|谁)?(?:给)?(?:签收?|接单?|答复?|回复?)[吗么]|哪[些几]|(?<![那这])几[件单]|多少[件个单]|谁还没|催(?:过|了)(?:几|多少)|(?:是不是|该不该|要不要|用不用|需不需要)(?:该|要|得|再|先)?催|还没[^,\uff0c。\s]{0,6}的?(?:要紧|咋办|怎么办|会)/;
/** 我昨天催过了: said of what was done, beside nothing that complains. */
const HAS_URGED =
  /(?:已经?|刚刚?|刚才|才|昨[天晚]|前[天儿]|今天|上午|下午|之前|早上?|都|^(?:我|俺)们?[^,\uff0c。\s]{0,4})(?![^,\uff0c。\s]{0,10}(?:把|帮|给我))[^,\uff0c。\s]{0,10}催(?:过|了)[^,\uff0c。\s]{0,4}$/;
const COMPLAINS = /还|怎么|没|不|再|又|[?\uff1f]/;

const clausesOf = (text: string): string[] => text.split(/[,\uff0c。;\uff1b\s]/).filter(Boolean);

/** In the order in which they are tried. A question asks: "归不归住建局管?"; beside an order it is part of the reason. */
export const movesIn = (text: string): MoveWords[] => {
  const said = actual(text);
  // How the work goes on may hang on something.
  const found = movesSaid(said).filter(({ move, isNamed }) => isNamed || move !== 'note');
  const whole = movesSaid(text);
  // 我打算过两天签收 is no progress of the work.
  const isOfMove = whole.some(
    (it) =>
      it.isNamed && it.side === 'assignee' && (it.isDoubtful || found.every(({ move }) => move !== it.move)),
  );
  const notes =
    isOfMove || denies(text)
      ? []
      : whole
          .filter(({ move, isNamed }) => !isNamed && move === 'note')
          .map((it) =>
            isHypothetical(text) || isJoke(text) || tellsNoWork(text) ? { ...it, isDoubtful: true } : it,
          );
  return [...found, ...notes].sort((a, b) => placeOf(a) - placeOf(b));
};
const placeOf = (words: MoveWords): number =>
  WORDS.findIndex(
    (it) =>
      it.move === words.move &&
      it.isNamed === words.isNamed &&
      it.side === words.side &&
      it.kind === words.kind,
  );

/** Whatever is named, supposed or not: 要是还没修好就催一下 names urging. */
export function movesSaid(text: string): MoveWords[] {
  const clauses = clausesOf(text);
  const clauseOf = (pattern: RegExp) => clauses.find((it) => pattern.test(it)) ?? text;
  // 怎么还没来? urges, and does nothing else.
  const isOrder = (clause: string, move: Move) =>
    !isQuestion(clause) || (move === 'urge' && isUrgent(clause));
  if (ASKED_WHOLE.test(text) && !isUrgent(text)) return [];
  const refrains = isRefrained(text);
  const hasUrged = isUrgedAlready(text);
  return WORDS.filter(
    ({ isNamed, move }) => (isNamed || !refrains) && !(hasUrged && move === 'urge'),
  ).flatMap(({ pattern, but, ...words }) => {
    if (!pattern.test(text) || but?.test(text)) return [];
    const clause = clauseOf(pattern);
    if (!isOrder(clause, words.move) || (words.isNamed && isDenied(clause, pattern))) return [];
    if (words.isNamed && isNotDone(clause, pattern, words.move)) return [];
    return [isDoubtedIn(text, clause, words) ? { ...words, isDoubtful: true } : words];
  });
}

/** A mark, or 是啥意思 at the end, asks about all that stands before it. */
const ASKED_WHOLE = /[?\uff1f]\s*$|(?:啥|什么)(?:意思|区别|条件)[啊呀呢]?[。!\uff01]?$/;

const isDenied = (clause: string, pattern: RegExp): boolean => {
  const found = pattern.exec(clause);
  return found !== null && isTakenBack(clause, found.index, found[0].length);
};
/** Some move is named only to be denied or put off: 等他们回话了再签收. */
const denies = (text: string): boolean =>
  isUndecided(text) ||
  clausesOf(text).some((clause) =>
    WORDS.some(
      ({ isNamed, side, pattern, but }) =>
        isNamed &&
        (isDenied(clause, pattern) ||
          (side === 'assignee' && pattern.test(clause) && but?.test(clause) === true)),
    ),
  );

/** Moves that are named only to be left undone, or told not to be done: 机井的别催,人家昨天来过了; 我还没签收呢. */
export const movesDenied = (text: string): Move[] =>
  clausesOf(text).flatMap((clause) =>
    WORDS.filter(
      ({ isNamed, move, pattern }) =>
        isNamed && (isDenied(clause, pattern) || isNotDone(clause, pattern, move)),
    ).map(({ move }) => move),
  );

/** 我还没签收呢, 俺没撤回过: tells that it was not done; 没签收的都签了 wants it. */
const isNotDone = (clause: string, pattern: RegExp, move: Move): boolean => {
  const found = TOLD_NOT_DONE.has(move) ? pattern.exec(clause) : null;
  if (found === null) return false;
  const after = clause.slice(found.index + found[0].length);
  return NOT_DONE_YET.test(clause.slice(0, found.index)) && !after.startsWith('的');
};
const TOLD_NOT_DONE: ReadonlySet<Move> = new Set(['sign', 'return', 'withdraw']);
const NOT_DONE_YET = /(?<![催有签撤退])[没未](?:有|来得及|顾[上得]|正式|给[你他她]们?|把它?)?$/;

/** 我电话里催过他们了: told of what was done, and nothing wanted. */
export const isUrgedAlready = (text: string): boolean => HAS_URGED.test(text) && !COMPLAINS.test(text);

/** 急啥还没到点, 不着急,慢慢来: whoever says so urges nobody. */
export const isCalming = (text: string): boolean => CALMS.test(text) && !/催|快|抓紧|赶紧|尽快/.test(text);
const CALMS =
  /(?:急|慌|忙)(?:个)?(?:啥|什么|球|锤子|么子)|着(?:啥|什么|个啥)急|(?:不|甭|别|莫|不用|先不)(?:着急|急|慌|忙)(?:着)?(?:$|[,\uff0c。!\uff01\s嘛吧了哈])|^还早(?:着)?(?:呢|哩|嘞)?(?:$|[,\uff0c。!\uff01\s])/;

/** 退回,这归镇里管吗: an order ends in no question, but for manners. */
export const endsAsking = (text: string): boolean => ENDS_ASKING.test(text);
const ENDS_ASKING =
  /(?<!行|好|可以|成)(?:吗|么|没有)[。.!\uff01]?$|(?:啥|什么)(?:意思|区别|条件)[啊呀呢]?[。.!\uff01]?$/;

/** What callers hear and what goes on is told of others by its nature. */
function isDoubtedIn(text: string, clause: string, { move, side, isNamed }: MoveWords): boolean {
  if (move === 'note' || (side === 'caller' && !isNamed)) return false;
  if (isNamed && move !== 'urge' && ENDS_ASKING.test(text)) return true;
  return move === 'urge' ? isJoke(text) || isIntended(clause) : isSecondHand(clause) || isJoke(text);
}

/** Moves that bind others or cannot be taken back. */
const BINDING: ReadonlySet<Move> = new Set([
  'rule',
  'rate',
  'conclude',
  'close-unsolved',
  'withdraw',
  'grant-extension',
  'refuse-extension',
  'approve',
  'refuse-approval',
  'admit',
  'refuse-admission',
  'correct-ruling',
  'withdraw-ruling',
  'assign-lead',
]);
export const isBinding = (move: Move): boolean => BINDING.has(move);
