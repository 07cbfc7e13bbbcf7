/** Questions about one's reminders: which of them, in which days. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { addDays, fromLocal, toLocal, formatDate } from '../calendar/local.js';
import type { Reminder } from '../core/reminder.js';
import { parseTime } from '../nlu/dates/parse.js';
import { contentOf, named } from './naming.js';
import { nextAt } from './plan.js';

export type Window = { from: number; to: number; label: string };
export type Asked = {
  /** Null: any time. */
  window: Window | null;
  /** What the words name of the reminder itself; empty for any. */
  words: string;
  /** 我给别人设了哪些. */
  isForOthers: boolean;
  /** Only what comes again, or only what comes once. */
  kind: 'recurring' | 'once' | null;
  /** 离得最近的是哪个. */
  nearest: 'first' | 'last' | null;
  /** What is to be known of one. */
  detail: Detail | null;
  /** The day or hour that names the one: 周四那个几点. */
  at: string | null;
};
/** often: how often · next: when it comes · after: when it comes after that · end: when it comes last · who: who set it · whom: whom it is for. */
export type Detail = 'often' | 'next' | 'after' | 'end' | 'who' | 'whom';

export type AskedOptions = { now: number; calendar: Calendar };

/** 我都给谁设了: which there are for others. */
const TO_WHOM =
  /(?:我|俺|咱)(?:都|还|一共|总共)?给(?:谁|哪些人|哪几个人?|什么人)(?:都)?(?:设|定|弄|发|建)(?:了|过|的)?/;
const OTHERS = /(?:给|让|帮)(?:别人|他人|其他人|人家|同事)|(?:别人|他人)的/;
/** Said of a list, not of one of it. */
const OF_A_LIST =
  /(?:需?要|该)(?=提醒|响|叫|喊|办|做)|全部|所有|有效|生效|清单|一览|没响|待|到期|周期|重复|当前|目前|现在|本人|名下|哪[个条些]?|记|忘|念|列|显示|安排|今天|刚[才刚]?|群里|本群|咱们|我们|大家|谁|叫我|喊我|别的|其他|剩|事项|任务|通知/g;
const RECURRING =
  /(?:重复|周期|循环|定期|经常|反复|固定)(?:性|提醒)?的?|(?:每[天周月年次]|天天)(?:都)?(?:要)?(?:提醒|响|叫)?的(?=有|提醒|是|都|$)/;
const ONCE = /(?:只|就)(?:响|提醒|叫|来)?(?:一次|一回)(?:性)?的|单次的?|一次性的?|不重复的?/;
const NEAREST =
  /最近(?:的|要)?(?:一[个条次件])?|最先(?:响|到|来|要)?的?|最早(?:的|响)?(?:一[个条])?|(?:离|距离?)(?:现在|今天)?(?:得)?最近的?|最快(?:到|响)?的?|马上(?:要|就)(?:响|到)的?|下一个(?:要)?(?:响|提醒|是)?/;
const LAST = /最(?:晚|后|远)(?:的|响)?(?:一[个条])?/;
const DETAILS: readonly [Detail, RegExp][] = [
  ['often', /多久一[次回]/],
  ['who', /谁.{0,6}(?:设|定|建|弄|安排|发|叫|让|提)|(?:设|定|建)的?(?:人)?是谁|哪个(?:人)?(?:设|定)的/],
  ['whom', /(?:提醒|叫|喊|通知)(?:的|到)?(?:是)?(?:谁|哪些人|哪几个人|哪个人)|给谁(?:设|提醒)?的?/],
  [
    'end',
    /到(?:哪一?天|几号|几时|什么时候|啥时候|何时)|(?:哪一?天|几号|什么时候|啥时候|何时|多会儿)(?:才)?(?:为止|结束|完|停|到头|截止)|还(?:要|得|会)?(?:响|提醒|叫|来)(?:我)?(?:几|多少)[天次回周遍]/,
  ],
  ['after', /再下一?[次回]|再往后|(?:过了|之后|以后)(?:的)?下?一?[次回]?(?:呢|是|$)|下下[次回]|第二[次回]/],
  [
    'next',
    /(?:头|第)一[次回]|下一?[次回]|最近一[次回]|星期几|周几|礼拜几|哪年|几号|哪[一]?天|几点|什么时候|啥时候|何时|还有(?:多久|几天|多长)/,
  ],
];
const OF_DETAIL =
  /(?:响|提醒|叫)?到(?=哪|几|什么|啥|何)|(?<=[天号候时])(?:才)?(?:为止|结束|完|停|到头|截止)|还(?:要|得|会)?(?:响|提醒|叫|来)(?:我)?(?:几|多少)[天次回周遍]|谁|给我|(?:头|第|最近)[一二][次回]|再?下{1,2}一?[次回]|再往后|过了?|之后|以后|星期几|周几|礼拜几|哪年|几号|哪一?天|几点|是|让|叫|响|弄|建|安排|号|到底|究竟|开始/g;

/** A day or an hour, and not 最近 or 星期几. */
const DATED = /[周日号月点]|[今明后]天|星期[^几]|礼拜[^几]/;
const FAR = 400;

/** 这个星期一共有几个 says no Monday. */
const IN_ALL = /一共|总共|拢共/g;

export function askedIn(given: string, options: AskedOptions): Asked {
  const isToWhom = TO_WHOM.test(given);
  const text = given.replace(TO_WHOM, ' ').replace(IN_ALL, ' ');
  const kind = RECURRING.test(text) ? 'recurring' : ONCE.test(text) ? 'once' : null;
  const detail = DETAILS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
  const isOfOne = detail === 'next' && /最近一[次回]/.test(text);
  const nearest = isOfOne ? null : NEAREST.test(text) ? 'first' : LAST.test(text) ? 'last' : null;
  const plain = [RECURRING, ONCE, NEAREST, LAST].reduce((left, pattern) => left.replace(pattern, ' '), text);
  const time = parseTime(plain, { ...options, purpose: 'mention' });
  const window = time && detail === null ? windowOf(plain, time.text, options) : null;
  const rest = time && (window || detail !== null) ? plain.replace(time.text, ' ') : plain;
  const words = contentOf(
    (detail === null ? rest : rest.replace(OF_DETAIL, ' '))
      .replace(OTHERS, ' ')
      .replace(/以[后前]|之[后前]/g, ' ')
      .replace(OF_A_LIST, ' '),
  );
  const behind = time ? plain.slice(time.index + time.text.length) : '';
  const isPointed = time !== null && DATED.test(time.text) && /^(?:的?那|的?这|的(?!是))/.test(behind);
  const at = isPointed && detail === 'next' ? time.text : null;
  return { window, words, isForOthers: isToWhom || OTHERS.test(text), kind, nearest, detail, at };
}

function windowOf(text: string, said: string, options: AskedOptions): Window | null {
  const reading = parseTime(said, { ...options, purpose: 'mention' });
  const label = said.trim();
  const part = partOf(said);
  if (reading?.kind === 'instant' && part) {
    const { date } = toLocal(reading.at);
    return { from: fromLocal(date, part[0]), to: fromLocal(date, part[1]) - 1, label };
  }
  // 今天, at noon, is no past: what is still to come of it is asked for.
  if (reading?.kind === 'unclear' && reading.reason === 'past' && /^今/.test(label)) {
    const { date } = toLocal(options.now);
    return part
      ? { from: fromLocal(date, part[0]), to: fromLocal(date, part[1]) - 1, label }
      : days(date, date, `${label}(${formatDate(date, options.now)})`);
  }
  if (reading?.kind === 'range') return days(toLocal(reading.from).date, toLocal(reading.to).date, label);
  const at = reading?.kind === 'instant' ? reading.at : null;
  if (at === null) return null;
  const { date } = toLocal(at);
  const after = text.slice(text.indexOf(said) + said.length);
  if (/^(?:以后|之后|后)/.test(after) || /(?:以后|之后|后)$/.test(said))
    return days(date, addDays(date, FAR), label);
  if (/^(?:以前|之前|前)/.test(after) || /(?:以前|之前|前)$/.test(said))
    return days(toLocal(options.now).date, date, label);
  return days(date, date, `${label}(${formatDate(date, options.now)})`);
}

const PARTS: readonly [RegExp, number, number][] = [
  [/上午|早上|早晨/, 300, 720],
  [/中午/, 690, 840],
  [/下午/, 720, 1110],
  [/晚上|今晚|明晚|夜里/, 1050, 1440],
];
/** 明天下午: the hours of it, where no hour is named. */
function partOf(said: string): [number, number] | null {
  if (/[点时:\uff1a]/.test(said)) return null;
  const found = PARTS.find(([words]) => words.test(said));
  return found ? [found[1], found[2]] : null;
}

const days = (from: string, to: string, label: string): Window => ({
  from: fromLocal(from),
  to: fromLocal(addDays(to, 1)) - 1,
  label,
});

/** Those that come within the window. */
export const within = (
  reminders: Reminder[],
  { from, to }: Window,
  { now, calendar }: AskedOptions,
): Reminder[] =>
  reminders.filter((it) => {
    const at =
      it.nextAt !== null && it.nextAt >= from
        ? it.nextAt
        : nextAt(it.when, Math.max(now, from - 1), calendar);
    return at !== null && at >= from && at <= to;
  });

/** Those that the words fit; null where they fit none. */
export function calledSo(words: string, reminders: Reminder[], options: AskedOptions): Reminder[] | null {
  const found = named(words, reminders, options);
  return found.kind === 'found' ? found.reminders : found.kind === 'any' ? reminders : null;
}
