/** Changes that say two things at once, and what is added to a rule or comes after all. Pure. */
import { isReported } from '../text/frames.js';
import { shiftOf, type Shift } from './shift-words.js';

const CLAUSES = /[,\uff0c;\uff1b。\s]+/;

/** 桌签的改到下周一 再早十分钟; 改到下午一点,另外提前一刻钟也响一下: the first clause, and what comes to it. Null: not two. */
export function composedOf(said: string): { first: string; then: Shift } | null {
  const [first = '', second = '', more] = said.split(CLAUSES).filter(Boolean);
  if (second === '' || more !== undefined) return null;
  const then = /^(?:再|另外|还要|也|顺便)/.test(second) ? shiftOf(second) : null;
  return then && shiftOf(first) === null ? { first, then } : null;
}

const CLOCK = /\d[:\uff1a]\d|[\d一二两三四五六七八九十]点|[早晚午]/;
const LAST_DAY =
  /^(?:再|就|一直|然后|都|并){0,2}(?:延长|延|提醒|弄|搞|持续|响)?到(?<day>[^,\uff0c\s]{2,10}?)(?:为止|就行了?|就停|结束)?(?:吧)?$/;
/** 改成晚上九点半 延到1月15号: an hour, and a last day behind it. Null: not both. */
export function endedLater(said: string): { first: string; day: string } | null {
  const clauses = said.split(CLAUSES).filter(Boolean);
  const day = LAST_DAY.exec(clauses.at(-1) ?? '')?.groups?.['day'];
  const first = clauses.slice(0, -1).join(' ');
  return day !== undefined && !CLOCK.test(day) && CLOCK.test(first) && /[改换调]/.test(first)
    ? { first, day }
    : null;
}

const SPAN =
  '(?:(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:[上中下]旬)?|(?:这个?|本|下个?)(?:月|周|星期|礼拜)(?:[上中下]旬)?|(?:这|下)一?[次回]|(?:元旦|春节|清明|五一|端午|中秋|国庆)(?:放假|假期|期间)?(?:那[几一两三]天|(?:所在的?)?那一?个?(?:周|星期|礼拜))?)';
/** 三月这次跳过去, 这个月的先跳过, 一月上旬停. */
const LEAVE_OUT = new RegExp(
  `^(?<about>[^,\uff0c\\s]{2,8}?的?|[那这][个条])?(?<time>${SPAN})(?:的)?(?:[那这]一?[次回个])?(?:[^,\uff0c\\s]{1,6}[,\uff0c\\s]{1,2})?(?:就|先|都|给我|帮我|暂时){0,2}(?:跳(?:过|掉)(?:去|了)?|略过|停(?:一停|一[次回]|掉|了)?|免了|歇(?:着|一[次回])?|(?:不用|别|不必)(?:再)?(?:响|提醒|叫|喊|报|弄|发)?了?)(?:吧|了|算了)?(?:啊|哈|呗)?(?:[,\uff0c\\s]{1,2}(?<rest>[^,\uff0c]{1,14}))?$`,
);
/** 下周一我去市里培训那天就别喊我了 就那一回: why stands between the day and what becomes of it. */
const THAT_DAY_NOT =
  /^(?:(?:啊|哎|哦|对了|那个|嗯){1,3}[,\uff0c\s]{0,2})?(?<time>(?:这个?|本|下个?)(?:周|星期|礼拜)[一二三四五六日天]|[明后]天|大后天|(?:\d{1,2}月)?\d{1,2}[日号])[,\uff0c\s]?(?:我|俺|要|得)[^,\uff0c\s]{2,14}[,\uff0c\s]{0,2}(?:那|这)一?[天次回](?:的)?(?:就|先|都){0,2}(?:别|不用|不要|不必|甭)(?:再)?(?:喊|叫|提醒|响|催)(?:我们?|俺|大家)?了?(?:吧)?(?:[,\uff0c\s]{1,2}(?:就|只|光)(?:那|这)一?[次回天])?$/;
/** 今天的就算了. */
const THAT_ONE_NOT =
  /^(?<about>[^,\uff0c\s]{2,8}的)?(?<time>今天|明天|大?后天|(?:这个?|本|下个?)(?:周|星期|礼拜)[一二三四五六日天]?|(?:\d{1,2}月)?\d{1,2}[日号])(?:的|[那这]一?[次回])(?:[那这]一?[次回])?(?:就|先|也)?(?:算了|免了|不算)(?:吧)?$/;
const NOT_A_REASON = /几|哪|吗|么|谁|怎么|咋|[改换挪]|提醒|从|到|再|恢复|以后|照/;

/** 自来水下周停 tells what happens; 周报的下周停, 周报下周那次停 and 周报下周先停 order it. */
const ONLY_TOLD = /停|歇/;
const ORDERED = /提醒|的|[那这]一?[次回个条]|一[次回]|先|暂时|给我|帮我/;

export function leftOutIn(said: string): { about: string; time: string } | null {
  const day = THAT_DAY_NOT.exec(said)?.groups?.['time'];
  if (day) return { about: '', time: day };
  const one = THAT_ONE_NOT.exec(said)?.groups;
  if (one) return { about: one['about'] ?? '', time: one['time'] ?? '' };
  const { about = '', time, rest = '' } = LEAVE_OUT.exec(said)?.groups ?? {};
  if (time === undefined || NOT_A_REASON.test(rest)) return null;
  // 这周不用响 领导说不要了 says why.
  if (isReported(said.slice(0, said.length - rest.length))) return null;
  if (about !== '' && ONLY_TOLD.test(said) && !ORDERED.test(said)) return null;
  return { about, time: /^(?:这|下)一?[次回]$/.test(time) ? '' : time };
}

/** 这个以后都不要了 is said of one. */
export const EVER = /(?<=以后|往后|今后)(?:就)?都/;

/** 12月这一回免了,年底村里忙 takes back no more than that one. */
export const isOneTimeLeftOut = (said: string): boolean =>
  /[那这]一?(?:[次回]|个?(?:周|星期|礼拜))/.test(said) && leftOutIn(said) !== null;

const OF_SPAN = /[^,\uff0c\s的](?:(?:这|本|下)个?(?:周|月|星期|礼拜)|[今明后]天)$/;
/** 听说周报不用报了, 自来水下周停了 tell; 不用提醒了,领导说不要了 says why. */
export function isTold(said: string, { 0: cancels, index }: RegExpExecArray): boolean {
  const before = said.slice(0, index).split(CLAUSES).at(-1) ?? '';
  return isReported(before) || (/^停/.test(cancels) && OF_SPAN.test(before) && !ORDERED.test(said));
}

const ADD_HOUR =
  /^(?:[^,\uff0c]{2,20}[,\uff0c\s]{1,2}){0,2}?(?<about>(?:[^,\uff0c\s]{1,10}的|[那这][个条]))?(?<time>[^,\uff0c\s的]{2,10}?)(?:那?[次回])?(?:再|也|另外|还){1,2}(?:给我)?(?:加|添|补)(?:上)?一?[次回遍个](?:提醒)?(?:吧|好了)?$/;
const KEEPS = /留着|不变|照旧|保留|不动|两[次回遍]/;

/** 早上八点半这回留着 后半晌四点再加一回. */
export function addedHour(said: string): { about: string; time: string } | null {
  const { about = '', time = '' } = ADD_HOUR.exec(said)?.groups ?? {};
  const before = said.slice(0, Math.max(0, said.lastIndexOf(time)));
  const isOther = /[,\uff0c\s]/.test(before.trim()) && !KEEPS.test(before);
  return /[点时:]/.test(time) && !isOther ? { about, time } : null;
}

const UNSKIP =
  /^(?:[^,\uff0c]{2,14}[,\uff0c\s]{1,2})?(?<about>[^,\uff0c\s]{0,10}?)(?:之前|刚才|刚刚|上次|前面|原来)?(?:(?:跳|停|免|略)(?:过|掉|了)(?:去)?(?:的)?[那这][一几两三]?[次回天个]?|[那这][一几两三]?[次回](?=别跳))(?:还是|给我|再|又)?(?:恢复|还原|加回来|补回来|要|照常|照旧|别跳了?)(?:一下|提醒)?(?:吧|了)?$/;

/** The words that name which; null where that is not said. */
export const unskipOf = (said: string): string | null => UNSKIP.exec(said)?.groups?.['about'] ?? null;
