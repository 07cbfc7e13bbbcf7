/** What is said of reminders that exist: moved, put off, renamed, taken back, asked about, done. Pure. */
import { ASKS_HOW, askOf, QUESTION } from './ask-words.js';
import { endingIn } from './ending.js';
import {
  addedHour,
  composedOf,
  endedLater,
  EVER,
  isOneTimeLeftOut,
  isTold,
  leftOutIn,
  unskipOf,
} from './change-words.js';
import { keptDaysIn } from './kept-days.js';
import { onceIn } from './once-words.js';
import { offDaysIn } from './off-days-said.js';
import { pausedIn, restingIn, type Resting } from './resting.js';
import { plainWords, SETS } from './plain-words.js';
import { reportOf, type Report } from './report-words.js';
import { shiftOf, type Shift } from './shift-words.js';

/** `about`: the words that name the reminder, as they stand before what is said of it. */
export type Change =
  | {
      kind: 'retime';
      about: string;
      time: string;
      /** 提前到周五. */
      isEarlier?: boolean;
      /** 就那一次. */
      isOnce?: boolean;
      /** 改到下周一 再早十分钟. */
      then?: Shift;
      /** 改成晚上九点半 延到1月15号: its last day as well. */
      until?: string;
    }
  | Shift
  | { kind: 'reword'; about: string; text: string }
  | {
      kind: 'swap';
      about: string;
      from: string;
      to: string;
      /** Nothing but its object changes. */ verb?: string;
    }
  | { kind: 'workdays' | 'days-off-too'; about: string }
  /** Where a day off falls. */
  | { kind: 'shift-off'; about: string; shift: 'next' | 'previous' | 'skip' }
  /** One or some times are left out; '' is the next one. */
  | { kind: 'skip'; about: string; time: string }
  | { kind: 'append'; about: string; text: string }
  /** Whom it goes to, instead of whom it went to or as well. */
  | {
      kind: 'person';
      about: string;
      words: string;
      how: 'instead' | 'added' | 'removed';
      /** Of several only this one gives way. */
      from?: string;
      /** 光提醒罗乙五, 再加上商务局: only of who is known. */
      isOnly?: boolean;
      /** 转给张三: also said of requests. */
      isHandedOn?: boolean;
    }
  /** 后半晌四点再加一回: one hour more of a rule. */
  | { kind: 'add-hour'; about: string; time: string }
  /** 之前跳掉的那次恢复吧: what was left out comes after all. */
  | { kind: 'unskip'; about: string }
  /** One of several weekdays or hours of a rule. */
  | { kind: 'drop'; about: string; time: string; /** 光周二叫: only these stay. */ isKept?: boolean }
  /** Of what comes again only this one: 不用每周,就这周五. */
  | { kind: 'once'; about: string; time: string }
  /** Until a day that is named. */
  | ({ kind: 'rest' } & Resting)
  /** Until further notice. */
  | { kind: 'pause' | 'resume'; about: string }
  /** The last or the first day of a rule. */
  | {
      kind: 'until' | 'from';
      about: string;
      time: string;
      /** 下周起不用了: the day before it is the last. */ isBefore?: boolean;
    };

export type Speech =
  | Change
  /** `some`: several, named by their places in a list. */
  | { kind: 'cancel'; about: string; which: 'one' | 'all' | 'others' | 'some' }
  | { kind: 'restore' }
  | { kind: 'ask'; about: string; isFollowUp: boolean }
  | Report;

export const REMINDER_WORD = /提醒|闹钟|闹铃|定时/;
const MOVE =
  /(?:时间)?(?:再)?(?:改|换|调整|调|挪|移|放|推迟|推后|推|延后|延迟|顺延|延|提前|提早|变更|变|更改|修改)(?:一下)?(?:时间)?(?:到|成|为|至|在|回|作|(?=[周今明后大下每两隔上中晚早\d一二三四五六七八九十本这星礼]))/;
/** 改成下午三点就那一次. */
const JUST_ONCE = /^(.+?)[,\uff0c\s]{0,2}(?:就|只|仅|光)(?:改)?(?:那|这)?一?[次回天](?:吧|就行)?$/;
/** 算了还是周四,改下午三点. */
const DAY_BEFORE = /(?:^|[,\uff0c\s了])(?:还是|那就|就|要不|干脆)(?<day>[^,\uff0c\s]{2,8})[,\uff0c\s]+$/;
const BACK_TO = /^(?:那?就|还是|要不|要么|干脆)(?<time>.{2,20}?)(?:吧|好了|得了|行了)?$/;
const SWAP =
  /^(?:(?:哎呀?|啊|额|呃|唉|哦|噢|不对|手误|笔误|口误|(?:内容|名字|地名|字)?[说打写搞弄记输填]?错(?:了?一?个?别?字(?![说打写搞弄记输填发]?[错反]))?了?)[,\uff0c。!\uff01\s]*)*(?:不是|不在)(?<from>[^,\uff0c\s。是]{1,20})[,\uff0c\s]*(?:而|就|应该|应当)?是(?<to>.{1,60})$/;
/** 备案表才对 不是审查表. */
/** 内容改下 送的是会议纪要; 送的不是发文稿 是批示件: what is done stays, and what it is done with changes. */
const DONE_WITH =
  /^(?:(?:不对|错了|[说打写弄搞记]错了|(?:提醒)?(?:的)?内容(?:要|得)?(?:改|换|更正|纠正)(?:一下|下)?|(?:改|换|更正|纠正)(?:一下|下)(?:内容)?)[,\uff0c。\s]{0,3})?(?<verb>[\u4e00-\u9fff]{1,2})的(?:应该)?(?:不是(?<from>[^,\uff0c\s是]{1,16})[,\uff0c\s]*(?:而|应该)?)?是(?<to>[^,\uff0c\s谁哪啥什]{2,20})$/;
const IS_RIGHT =
  /^(?:(?:不对|错了|[写打说]错了)[,\uff0c\s]{1,2})?(?<to>[^,\uff0c\s。不是]{2,16})才(?:对|是)[,\uff0c\s]*不是(?<from>[^,\uff0c\s。]{1,20})$/;
/** 是老张不是老李; 写错了 是备案表 不是审查表. */
const BUT_NOT =
  /^(?:(?:哦|噢|哎呀?|唉|额|呃|啊|不对|手误|笔误|口误|(?:名字|内容|字|这|那个?)?(?:[说打写搞弄记输填发]?错|[弄搞写说打]?反)(?:了?一?个?别?字(?![说打写搞弄记输填发]?[错反]))?了?[啦咯]?)[,\uff0c。!\uff01\s]*)*(?:应该|应当|其实|要)?(?:得)?(?:是|叫)(?<to>[^,\uff0c\s。]{1,20}?)(?:才对|啊|呀|哈)?[,\uff0c\s]*(?:可|而|并|根本|哪)?(?:不是|不叫|没有?说|别写成?|(?:我)?(?:打|写|说|弄|输)成了?)(?<from>[^,\uff0c\s。]{1,20}?)(?:了|啊|哈|的)?$/;
const WRONG =
  /^(?:(?:刚才|刚刚|刚|字|内容|地名|名字|村名)(?:那个|这个|那条|这条|设的|说的)?)?(?:(?:哎|唉|不对|不是|手误|笔误|口误|[说打写搞弄记输找叫认]?错(?:了?一?个?别?字|(?:人|时间|日子|地方|地点)(?=了|[,\uff0c。\s]))?)(?:了|啦)?[,\uff0c。!\uff01\s]{0,3}){1,4}(?:(?:应该|应当|其实|要)?(?:是|就是|改成?)|(?:应该|应当|其实|是)?(?:是)?提醒(?!我|时间))?(?<to>[^,\uff0c\s。].{0,59})$/;
/** 是档案室 打错字了. */
const WRONG_LAST =
  /^(?:应该|应当|其实)?是(?<to>[^,\uff0c\s。是不]{2,16})[,\uff0c\s]{1,2}(?:我|刚才|刚刚|上面)?(?:[说打写搞弄记输填]错(?:了?一?个?别?字)?|手误|笔误|口误)(?:了|啦)?$/;
const REWORD =
  /(?:(?:内容|事情|事项|文字|事)(?:你|您)?(?:给我|帮我|给俺)?(?:改|换|写)(?:一下)?[,\uff0c\s]{0,2}(?:改|换)?(?:成|为|作)|(?:提醒的?)?内容(?:应该)?(?:就是|是|写)(?!得?错)|改成提醒(?:我|我们|大家|一下)(?=\S{2}))[:\uff1a\s]*[“"]?(?<text>[^”"]{1,200})[”"]?$/;
const WORKDAYS =
  /(?:周末|双休日?|节假日|周六日|(?:周|星期|礼拜)六[、和跟,\uff0c\s]?(?:周|星期|礼拜)[日天]|休息日|放假)(?:那?两天)?(?:就|也|都)?(?:算了|免了|歇着|(?:不用|不要|别|不必|不)(?:再)?(?:提醒|叫|喊|响)?)|(?:只|就|仅)(?:在)?工作日(?:提醒|叫|喊|响)?|(?:改成|改为|换成)(?:每个?)?工作日$/;

/** The forms that other wordings are brought to (readings/reminder-speech.ts). */
const SKIP = /^(?:跳过|略过)(?<time>.{0,20}?)(?:那次|这次|那一次|这一次|一次|那回|这回)?$/;
const SKIP_LONG =
  /^(?<about>[^,\uff0c\s]{2,14}?(?:的(?:提醒)?|那个|这个|提醒))?(?:先|暂时|就)?(?:停|暂停|停掉|别叫|不用)(?<time>[一两二三四五六七八九十\d]{1,2}个?(?:周|星期|礼拜|月|天))(?:吧|再说)?$/;
const DROP = /^去掉(?<time>.{1,12})那次$/;
const KEEP = /^只留(?<time>.{2,12})那次$/;
const FROM =
  /^(?:从)?(?!.*(?:哪|几[号点天]|什么|啥|何时))(?<time>[^从\s]{2,10}?)(?:开始|起)(?:再?(?:提醒|叫|喊|响))?(?:我)?(?:吧|算)?$/;
const PLACE = /^(?:地点|位置|地方|会场)(?:改|换|定|变)?(?:在|到|成|为|是)(?<text>\S.{1,40})$/;
const PERSON =
  /^(?<about>[^,\uff0c\s]{1,12}?(?:那[个条]|的))?(?:以后|往后|今后)?(?:都|就)?(?:(?<added>也)|(?<removed>不再)|把(?<from>[^,\uff0c\s]{2,8})换成|改成|改为|换成|改)提醒(?<words>(?!大家|大伙)[^我俺咱各全群,\uff0c\s].{1,100})$/;
/** 何乙不用了,光提醒罗乙五. */
const ONLY =
  /^(?:[^,，\s]{1,12}[,，\s]{1,2})?(?:光|只|就|仅|只要)(?:提醒|叫|喊|通知|告诉)(?!到|一[次遍回声下])(?<words>[^,，\s]{1,8}?)(?:一个人?|一人|自己)?(?:就(?:行|好|可以|够)了?)?(?:吧)?$/;
/** 这个转给张三,让他去. */
const HANDED_ON =
  /^(?:这个|这条|那个|那条|它|还是)?(?:提醒)?(?:还是)?(?:转给|换给|交给|改给|让给)(?<words>[^我俺咱大各全群,\uff0c\s]{2,6})(?:[,\uff0c\s]*(?:让|叫)[他她]去.{0,6})?$/;
/** 再加上商务局, 水利局那边就算了, 把林业局拿掉. */
const LOOSE =
  /^(?:再|还|另外|也)?(?:加上|带上|算上|叫上|捎上|添上)(?<added>[\u4e00-\u9fff]{2,10}?)(?:吧|也|一起)?$|^(?:把)?(?<removed>(?![周星礼今明后这那下上节假双平以])[\u4e00-\u9fff、和]{2,16}?)(?:那边|那里|那头)?(?:就|可以|先)?(?:算了|免了|拿掉|拿下|划掉|踢掉)(?:吧)?$/;
const APPEND =
  /^(?<about>[^,\uff0c\s]{1,10}?(?:[那这][个条]|的))?(?:再|还|顺便|另外)?(?:在)?(?:提醒)?(?:的)?(?:内容|后面|里面|事项|备注)?(?:里|后[面头边]|上)?(?:再)?(?:加一句|加上一句|补一句|补上一句|添一句|加句|添上一句|内容加上?|后[面头边](?:再)?[加添补]上?(?:一句)?|内容补充|备注(?:一下|上)?|后面写上|加上(?=带|写|记得|要|拿|备|别|穿))[:\uff1a,\uff0c\s]{0,2}(?<text>.{2,100})$/;
/** 送到三楼 你给我加上; 水利局 也加上 is whom it goes to. */
const APPEND_LAST =
  /^(?<text>[^,\uff0c。]{3,40}[^局办村所站镇乡队社区们,\uff0c\s])[,\uff0c\s]{1,2}(?:你|您)?(?:也|再|顺便)?(?:给我|帮我|给俺|替我)?(?:把[它这那]个?)?(?:也|再)?(?:加上去?|加进去?|补上去?|补进去|写上去?|写进去|添上去?|备注上)(?:吧)?$/;

export const CANCELS =
  /取消|删除|删掉|删了|删|去掉|关掉|停掉|停了|停止|撤掉|撤了|撤销|作废|清空|(?<=全|都|统统|一律)(?:给我)?清(?:了|掉)|(?<=[日号天周一二三四五六次个回])不用(?=[,\uff0c\s])|不用(?:了|再|提醒|叫|喊|$|(?![谢说问急管看客])[\u4e00-\u9fff]{1,2}了$)|不要了|不必|不需要|不再|别再|结了吧|免了|划掉|终止/;
/** 先别取消, 取消了吗. */
export const NOT_YET =
  /(?:别|不要|先不|不用|暂不|勿|不能|没让你?)(?:急着|忙着|着急|给我|要)?(?:取消|删|撤|停掉?|去掉)|(?:取消|删|撤|停)(?:掉|了)?(?:没有?|吗|么)[?\uff1f]?$/;
const ALL =
  /(?:全部|全都|所有|都|一律|统统|全)(?:的)?(?:提醒)?(?:给我|帮我|替我|给俺)?(?:取消|删|清|停|撤|不要|不用|关)|(?:取消|删除|删掉|清空|停掉|关掉)(?:我)?(?:的)?(?:全部|所有)|清空|一个(?:都|也)?不留/;
const SOME =
  /(?:前|后|头|最后)(?:面)?(?:那|的)?[两二三四五六七八\d][个条项]|第?[一二三四五六七八九\d][个条]?(?:和|跟|、|,|\uff0c|还有)第?[一二三四五六七八九\d]{1,2}(?:[个条]|(?=都|$))/;
const OTHERS =
  /(?:除了|除去|除)(?<kept>[^,\uff0c]{1,30}?)(?:以外|之外|外)?[,\uff0c\s]*(?:其他|其它|其余|别的|剩下|都|全)|(?:只|就|光|单)(?:留|保留)(?:着)?(?<left>.{1,30})/;
const RESTORE = /(?:恢复|还原|加回来|找回来|补回来|(?:取消|删|撤)错了?)/;

const MAX_LENGTH = 80;

/** What it may be, likeliest first; none for what speaks of no reminder. Which one is for `naming.ts` to find. */
export function speechesOf(text: string): Speech[] {
  const said = plainWords(text.trim().replace(/[。.!\uff01~]{0,3}$/, '')).trim();
  if (said === '' || said.length > MAX_LENGTH) return [];
  const kept = keptDaysIn(said) ? changeOf(said) : null;
  return [restoreOf(said), kept, cancelOf(said), changeOf(said), askOf(said), reportOf(said)].filter(
    (it) => it !== null,
  );
}

const restoreOf = (said: string): Speech | null =>
  RESTORE.test(said) && said.length <= 26 ? { kind: 'restore' } : null;

function cancelOf(said: string): Speech | null {
  const others = OTHERS.exec(said)?.groups;
  const kept = others?.['kept'] ?? others?.['left'];
  if (kept && (CANCELS.test(said) || others?.['left']))
    return { kind: 'cancel', about: kept, which: 'others' };
  if (WORKDAYS.test(said) || endingIn(said) || restingIn(said) || ONLY.test(said) || onceIn(said) !== null)
    return null;
  if (pausedIn(said)?.kind === 'pause' || isOneTimeLeftOut(said) || keptDaysIn(said)) return null;
  const found = CANCELS.exec(said);
  if (NOT_YET.test(said)) return null;
  if (!found || ASKS_HOW.test(said) || SETS.test(said.replace(CANCELS, ''))) return null;
  if (isTold(said, found)) return null;
  if (QUESTION.test(said) && /[?\uff1f吗]$/.test(said)) return null;
  if (SOME.test(said)) return { kind: 'cancel', about: said, which: 'some' };
  if (ALL.test(said.replace(EVER, ''))) return { kind: 'cancel', about: '', which: 'all' };
  const about = said.slice(0, found.index) + ' ' + said.slice(found.index + found[0].length);
  return { kind: 'cancel', about, which: 'one' };
}

/** What has one form only. */
function plainChangeOf(said: string): Change | null {
  const drop = DROP.exec(said)?.groups?.['time'];
  if (drop) return { kind: 'drop', about: '', time: drop };
  const keep = KEEP.exec(said)?.groups?.['time'];
  const kept = keep ? { about: '', days: keep } : keptDaysIn(said);
  if (kept) return { kind: 'drop', about: kept.about, time: kept.days, isKept: true };
  const skip = SKIP.exec(said)?.groups ?? SKIP_LONG.exec(said)?.groups;
  if (skip)
    return { kind: 'skip', about: skip['about'] ?? '', time: (skip['time'] ?? '').replace(/的$/, '') };
  const leftOut = leftOutIn(said);
  if (leftOut) return { kind: 'skip', ...leftOut };
  const unskipped = unskipOf(said);
  if (unskipped !== null) return { kind: 'unskip', about: unskipped };
  const added = addedHour(said);
  if (added) return { kind: 'add-hour', ...added };
  const once = onceIn(said);
  if (once !== null) return { kind: 'once', about: '', time: once };
  const resting = restingIn(said);
  if (resting) return { kind: 'rest', ...resting };
  const paused = pausedIn(said);
  if (paused) return paused;
  const person = PERSON.exec(said)?.groups;
  if (person?.['words'])
    return {
      ...{ kind: 'person', about: person['about'] ?? '', words: person['words'] },
      ...(person['from'] && { from: person['from'] }),
      how: person['added'] ? 'added' : person['removed'] ? 'removed' : 'instead',
    };
  const only = ONLY.exec(said)?.groups?.['words'];
  if (only) return { kind: 'person', about: '', words: only, how: 'instead', isOnly: true };
  const next = HANDED_ON.exec(said)?.groups?.['words'];
  if (next) return { kind: 'person', about: '', words: next, how: 'instead', isHandedOn: true };
  const ending = endingIn(said);
  if (ending) return { kind: 'until', ...ending };
  const from = FROM.exec(said)?.groups?.['time'];
  if (from) return { kind: 'from', about: '', time: from };
  const place = PLACE.exec(said)?.groups?.['text'];
  if (place) return { kind: 'append', about: '', text: `地点:${place.trim()}` };
  const append = (APPEND.exec(said) ?? APPEND_LAST.exec(said))?.groups;
  if (append?.['text']) return { kind: 'append', about: append['about'] ?? '', text: append['text'].trim() };
  const off = offDaysIn(said);
  return off && !SETS.test(off.about) ? off : null;
}

/** 改到周六行吗 asks politely. */
const ALL_RIGHT =
  /(?<=.{4})[,\uff0c\s]{0,2}(?:(?:可以|好|行|成|中)(?:吗|么|不|嘛)|行不行|好不好|可不可以|成不成|中不中)[?\uff1f]?$/;

export function changeOf(given: string): Change | null {
  const said = plainWords(given).replace(ALL_RIGHT, '');
  const ended = endedLater(said);
  const timed = ended && changeOf(ended.first);
  if (ended && timed?.kind === 'retime') return { ...timed, until: ended.day };
  const plain = plainChangeOf(said);
  if (plain) return plain;
  const reword = REWORD.exec(said);
  if (reword?.groups?.['text'])
    return { kind: 'reword', about: said.slice(0, reword.index), text: reword.groups['text'].trim() };
  if (WORKDAYS.test(said)) return { kind: 'workdays', about: said.replace(WORKDAYS, ' ') };
  const loose = LOOSE.exec(said)?.groups;
  const [added, removed] = [loose?.['added'], loose?.['removed']];
  if (added) return { kind: 'person', about: '', words: added, how: 'added', isOnly: true };
  if (removed) return { kind: 'person', about: '', words: removed, how: 'removed', isOnly: true };
  const swap = (SWAP.exec(said) ?? BUT_NOT.exec(said) ?? IS_RIGHT.exec(said))?.groups;
  if (swap?.['from'] && swap['to']) return swapped(swap['from'], swap['to'].trim());
  const { verb, from = '', to } = DONE_WITH.exec(said)?.groups ?? {};
  if (verb !== undefined && to !== undefined)
    return { kind: 'swap', about: '', from: `${verb}${from}`, to: `${verb}${to}`, verb };
  const composed = composedOf(said);
  const first = composed && changeOf(composed.first);
  if (composed && first?.kind === 'retime') return { ...first, then: composed.then };
  const shift = shiftOf(said);
  if (shift) return shift;
  if (SETS.test(said)) return null;
  const wrong = (WRONG.exec(said) ?? WRONG_LAST.exec(said))?.groups?.['to'];
  // 写错了 是提醒郑九: whom it goes to.
  if (wrong) return { kind: 'swap', about: '', from: '', to: wrong.trim().replace(CALLS_ONE, '') };
  const move = MOVE.exec(said);
  if (move) {
    const time = said.slice(move.index + move[0].length).trim();
    const before = said.slice(0, move.index);
    const day = DAY_BEFORE.exec(before)?.groups?.['day'];
    if (time !== '' && day) return { kind: 'retime', about: '', time: `${day}${time}` };
    if (time !== '') {
      const [, only = time] = JUST_ONCE.exec(time) ?? [];
      const isOnce = JUST_ONCE.test(time);
      return {
        ...{ kind: 'retime', about: before, time: only, isEarlier: /提[前早]/.test(move[0]) },
        ...(isOnce && { isOnce }),
      };
    }
  }
  const back = BACK_TO.exec(said)?.groups?.['time'];
  return back ? { kind: 'retime', about: '', time: back } : null;
}

/** 不是提醒我 是提醒唐丙八: whom it goes to, and no word of the matter. */
function swapped(from: string, to: string): Change {
  const [gone, next] = [from, to].map((it) => it.replace(CALLS_ONE, ''));
  if (next === undefined || next === to || gone === undefined || gone === from)
    return { kind: 'swap', about: '', from, to };
  const isSelf = /^[我俺咱]/.test(gone);
  return { kind: 'person', about: '', words: next, how: 'instead', ...(!isSelf && { from: gone }) };
}
const CALLS_ONE = /^(?:给)?(?:提醒|通知|叫|喊)(?=[\u4e00-\u9fff]{1,8}$)/;
