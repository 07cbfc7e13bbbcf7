/** Other days, one hour more, and what was left out comes after all: changes of a rule that keep all else. Pure. */
import { addDays, fromLocal, toLocal } from '../calendar/local.js';
import type { Recurrence, Reminder, When } from '../core/reminder.js';
import { weekdayNumber } from '../nlu/dates/days-week.js';
import { namedIn, parseTime } from '../nlu/dates/parse.js';
import type { TimeReading } from '../nlu/dates/types.js';
import { clockOn, NONE, problem, type Changed, type ChangeOptions } from './change-time.js';

const BYDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** 改周二, of what comes every Monday; 下周二, 这周二 is one day. */
const ALONE =
  /^(?:每个?)?(?:周|星期|礼拜)(?<day>[一二三四五六日天])(?:的)?(?<rest>(?:上午|下午|早上|中午|晚上|傍晚|\d|[一二两三四五六七八九十]{1,3}点).{0,8})?$/;

/** The rule on another weekday, at its own hour where none is named; null where the words are no such day. */
export function onWeekday(
  rule: Recurrence,
  words: string,
  options: ChangeOptions,
): Changed | Recurrence | null {
  const { day, rest = '' } =
    ALONE.exec(
      words
        .trim()
        .replace(/[吧了啊]$/, '')
        .trim(),
    )?.groups ?? {};
  const own = /BYDAY=([A-Z]{2})(?=;|$)/.exec(rule.rrule)?.[1];
  const isWeekly = /^FREQ=WEEKLY/.test(rule.rrule) && !/INTERVAL/.test(rule.rrule) && !rule.special;
  if (day === undefined || own === undefined || !isWeekly) return null;
  const next = BYDAYS[weekdayNumber(day) - 1] ?? own;
  // It began with its own weekday: the other one may come before.
  const today = toLocal(options.now).date;
  const from = rule.from > addDays(today, 7) ? rule.from : today;
  const rrule = rule.rrule.replace(/BYDAY=[A-Z]{2}/, `BYDAY=${next}`);
  if (rest === '') return { ...rule, rrule, from };
  const [near] = rule.times;
  const at = clockOn(rest, toLocal(options.now).date, near === undefined ? options : { ...options, near });
  return typeof at === 'number' ? { ...rule, rrule, from, times: [toLocal(at).minutes] } : at;
}

const HOUR =
  /(?:\d{1,2}|[一二两三四五六七八九十]{1,3})点(?:半|钟|[一三]刻|[\d一二三四五六七八九十]{1,3}分?)?|\d{1,2}[:\uff1a]\d{2}/;
/** 每天六点四十, of what was at 6:40 in the morning: the hour near it, where the words alone may be either. */
export function ruleNear(words: string, when: When, options: ChangeOptions): Recurrence | null {
  const near =
    when.kind === 'once'
      ? toLocal(when.at).minutes
      : when.kind === 'recurring'
        ? when.rule.times[0]
        : undefined;
  if (near === undefined || !/每|天天|隔/.test(words) || !HOUR.test(words)) return null;
  const { now, calendar } = options;
  const days = parseTime(words.replace(HOUR, ''), { now, calendar, purpose: 'reminder' });
  const at = clockOn(words, toLocal(now).date, { ...options, now: fromLocal(toLocal(now).date), near });
  if (days?.kind !== 'recurrence' || typeof at !== 'number') return null;
  return { ...days.rule, times: [toLocal(at).minutes] };
}

/** 后半晌四点再加一回. */
export function withHour(reminder: Reminder, when: When, words: string, options: ChangeOptions): Changed {
  if (when.kind !== 'recurring' || /FREQ=(?:HOURLY|MINUTELY)/.test(when.rule.rrule)) return NONE;
  const parts = namedIn(words, options);
  if (!parts.clock || parts.day) return NONE;
  const at = clockOn(words, toLocal(options.now).date, options);
  if (typeof at !== 'number') return at;
  const { minutes } = toLocal(at);
  if (when.rule.times.includes(minutes)) return problem('这个时间本来就提醒,没有改动。');
  const times = [...when.rule.times, minutes].sort((a, b) => a - b);
  const { text, said } = reminder;
  return { kind: 'changed', when: { kind: 'recurring', rule: { ...when.rule, times } }, text, said };
}

/** 之前跳掉的那次恢复吧: the days left out that are still to come. */
export function unskipped({ text, said }: Reminder, when: When, { now }: ChangeOptions): Changed {
  if (when.kind !== 'recurring') return NONE;
  const today = toLocal(now).date;
  const { except = [], ...rule } = when.rule;
  const past = except.filter((day) => day < today);
  if (past.length === except.length) return NONE;
  const next: Recurrence = { ...rule, ...(past.length > 0 && { except: past }) };
  return { kind: 'changed', when: { kind: 'recurring', rule: next }, text, said };
}

/** 延到8号, of what ends on a day: another last day. */
export function untilOf(rule: Recurrence, time: TimeReading): Recurrence | null {
  if (!/;UNTIL=/.test(rule.rrule)) return null;
  const at = time.kind === 'instant' ? time.at : time.kind === 'range' ? time.to : null;
  if (at === null) return null;
  const end = toLocal(at).date.replaceAll('-', '');
  return { ...rule, rrule: rule.rrule.replace(/;UNTIL=\d{8}/, `;UNTIL=${end}`) };
}
