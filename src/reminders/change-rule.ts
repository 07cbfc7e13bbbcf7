/** What becomes of a rule: a day or an hour less, a first or last day, times that are left out. Pure. */
import {
  addDays,
  formatDate,
  formatInstant,
  fromLocal,
  toLocal,
  weekdayOf,
  yearOf,
} from '../calendar/local.js';
import { nextOccurrence } from '../calendar/recurrence.js';
import { BotError } from '../core/errors.js';
import type { Recurrence, Reminder, When } from '../core/reminder.js';
import { firstOfMonth } from '../nlu/dates/days.js';
import { parseNumber } from '../nlu/dates/numbers.js';
import { namedIn, parseTime } from '../nlu/dates/parse.js';
import { clockOn, NONE, problem, readTime, type Changed, type ChangeOptions } from './change-time.js';
import { weekdaysIn } from './kept-days.js';
import type { Change } from './speech.js';

/** 周四的不要了, of Tuesdays and Thursdays; 下午那次不要了, of two hours. */
export function dropped(
  { text, said }: Reminder,
  when: When,
  { time: words, isKept = false }: Pick<Extract<Change, { kind: 'drop' }>, 'time' | 'isKept'>,
  options: ChangeOptions,
): Changed {
  if (when.kind !== 'recurring') return NONE;
  const { rule } = when;
  const keep = (next: Recurrence): Changed => ({
    ...{ kind: 'changed', when: { kind: 'recurring', rule: next }, text, said },
  });
  const named = weekdaysIn(words);
  const days = /BYDAY=([A-Z,]+)/.exec(rule.rrule)?.[1]?.split(',') ?? [];
  if (named) {
    const left = days.filter((it) => named.includes(it) === isKept);
    const isOfIt = named.every((it) => days.includes(it));
    return isOfIt && left.length > 0 && left.length < days.length
      ? keep({ ...rule, rrule: rule.rrule.replace(/BYDAY=[A-Z,]+/, `BYDAY=${left.join(',')}`) })
      : NONE;
  }
  if (isKept) return NONE;
  const parts = namedIn(words, options);
  if (rule.times.length < 2 || parts.day) return NONE;
  const gone = rule.times.filter((it) => isHour(words, it, options));
  if (gone.length === 0 || gone.length === rule.times.length) return NONE;
  return keep({ ...rule, times: rule.times.filter((it) => !gone.includes(it)) });
}

function isHour(words: string, minutes: number, options: ChangeOptions): boolean {
  if (!/[点时:\d]/.test(words)) {
    if (/上午|早/.test(words)) return minutes < 720;
    if (/下午/.test(words)) return minutes >= 720 && minutes < 1110;
    return /晚|夜/.test(words) && minutes >= 1050;
  }
  const time = clockOn(words, toLocal(options.now).date, options);
  return typeof time === 'number' && toLocal(time).minutes % 720 === minutes % 720;
}

/** 到年底为止, 从下个月开始. */
export function bounded(
  { text, said }: Reminder,
  when: When,
  { kind, time: words, isBefore = false }: Extract<Change, { kind: 'until' | 'from' }>,
  options: ChangeOptions,
): Changed {
  const [, many] = /^(\d{1,2}|[一两二三四五六七八九十]{1,3})[次回]$/.exec(words) ?? [];
  if (many !== undefined) {
    if (when.kind !== 'recurring') return NONE;
    const bare = when.rule.rrule.replace(/;UNTIL=\d{8}|;COUNT=\d+/, '');
    const counted = { ...when.rule, rrule: `${bare};COUNT=${parseNumber(many)}` };
    return { kind: 'changed', when: { kind: 'recurring', rule: counted }, text, said };
  }
  const read = readTime(words, options);
  // 到月底, said on its last morning: a day that has begun is still that day.
  const today = fromLocal(toLocal(options.now).date);
  const time =
    read?.kind === 'unclear' || read === null
      ? parseTime(words, { ...options, now: today, purpose: 'mention' })
      : read;
  const at =
    time?.kind === 'instant'
      ? time.at
      : time?.kind === 'range'
        ? kind === 'until' && !isBefore
          ? time.to
          : time.from
        : null;
  // It has no last day: neither is it moved to the day that is named.
  if (when.kind === 'once' && kind === 'until' && !isBefore && at !== null && namedIn(words, options).day)
    return problem(
      `“${text}”只响一次:${formatInstant(when.at, options.now)},没有改动。要每天或每周都响的,请先说“改成每天”或“改成每周五”,再说“到${words.trim()}为止”。`,
    );
  if (when.kind !== 'recurring') return NONE;
  // 到放寒假就不提醒了: nobody has said which day that is.
  if (kind === 'until' && at === null && time === null && words.length < 8 && !/[这那]/.test(words))
    return problem(`请问“${words}”是哪一天?请说日期,如“提醒到12月31日为止”。还没有改动。`);
  if (at === null || !namedIn(words, options).day) return NONE;
  const { rule } = when;
  const { date: named } = toLocal(at);
  const date = isBefore ? addDays(named, -1) : named;
  const rrule = rule.rrule.replace(/;UNTIL=\d{8}|;COUNT=\d+/, '');
  const next: Recurrence =
    kind === 'from'
      ? { ...rule, from: date }
      : { ...rule, rrule: `${rrule};UNTIL=${date.replaceAll('-', '')}` };
  return { kind: 'changed', when: { kind: 'recurring', rule: next }, text, said };
}

/** 不用每周,就这周五: the hour of the rule on that day. */
export function onlyOnce(
  { text, nextAt, said }: Reminder,
  when: When,
  words: string,
  { now, calendar }: ChangeOptions,
): Changed {
  const [minutes] = when.kind === 'recurring' ? when.rule.times : [];
  if (minutes === undefined) return NONE;
  if (words === '')
    return nextAt === null ? NONE : { kind: 'changed', when: { kind: 'once', at: nextAt }, said, text };
  const time = parseTime(words, { now, calendar, purpose: 'reminder' });
  if (time?.kind !== 'instant') return NONE;
  const hasClock = namedIn(words, { now, calendar }).clock;
  const at = hasClock ? time.at : fromLocal(toLocal(time.at).date, minutes);
  if (at <= now) return problem(`${formatInstant(at, now)}已经过去了,没有改动。请说一个以后的时间。`);
  return { kind: 'changed', when: { kind: 'once', at }, said: time.text, text };
}

/** 这周先停,下周一接着: nothing comes before that day. */
export function rested(
  { text, said }: Reminder,
  when: When,
  { from, time: words, isThrough }: Extract<Change, { kind: 'rest' }>,
  options: ChangeOptions,
): Changed {
  if (when.kind !== 'recurring') return NONE;
  const { now, calendar } = options;
  const time = parseTime(words, { now, calendar, purpose: 'mention' });
  if (time?.kind !== 'instant' && time?.kind !== 'range') return NONE;
  const named = toLocal(time.kind === 'instant' ? time.at : isThrough ? time.to : time.from).date;
  const date = isThrough ? addDays(named, 1) : named;
  const begin = from === '' ? now : (windowOf(from, options)?.from ?? null);
  if (begin === null || fromLocal(date) <= begin) return NONE;
  const { rule } = when;
  const days = daysIn(rule, { from: begin, to: fromLocal(date) - 1 }, options);
  if (days === null) return NO_CALENDAR;
  if (days.length === 0) return problem(`${formatDate(date, now)}以前本来就没有这条提醒,没有改动。`);
  const to = (next: Recurrence): Changed => ({
    ...{ kind: 'changed', when: { kind: 'recurring', rule: next }, said, text },
  });
  // Counted steps begin where they began.
  if (from === '' && !/INTERVAL|COUNT/.test(rule.rrule)) return to({ ...rule, from: date });
  if (days.length >= SKIPPED_MOST) return problem('停的时间太长了。请说“暂停”,要继续时再说“恢复提醒”。');
  return to({ ...rule, except: exceptOf(rule, days, now) });
}

const NO_CALENDAR = problem(
  '这段时间的放假安排还没有公布,排不出是哪几天,没有改动。可以先说“暂停”,要继续时再说“恢复提醒”。',
);

/** The days of the rule within it, as many as may be left out; null where a year of working days is not known yet. */
export function daysIn(
  rule: Recurrence,
  window: { from: number; to: number },
  options: ChangeOptions,
): string[] | null {
  try {
    return walked(rule, window, options);
  } catch (error) {
    if (!(error instanceof BotError && error.code === 'DATA')) throw error;
    return null;
  }
}

function walked(
  rule: Recurrence,
  { from, to }: { from: number; to: number },
  { now, calendar }: ChangeOptions,
): string[] {
  const days: string[] = [];
  for (let at = nextOccurrence(rule, Math.max(now, from - 1), calendar); at !== null && at <= to;) {
    const { date } = toLocal(at);
    days.push(date);
    at = days.length < SKIPPED_MOST ? nextOccurrence(rule, fromLocal(addDays(date, 1)) - 1, calendar) : null;
  }
  return days;
}

export const exceptOf = (rule: Recurrence, days: string[], now: number): string[] =>
  [...new Set([...(rule.except ?? []).filter((day) => day >= toLocal(now).date), ...days])].sort();

/** 跳过这周五: the days of the rule that are named do not come; '' is the next one. */
export function left(
  { text, said, nextAt }: Reminder,
  when: When,
  words: string,
  options: ChangeOptions,
): Changed {
  const { now, calendar } = options;
  if (when.kind !== 'recurring')
    return problem('这条提醒只响一次。不要了可以说“取消”,换时间可以说“改到周五下午三点”。');
  const { rule } = when;
  const next = nextAt ?? nextOccurrence(rule, now, calendar);
  if (next === null) return NONE;
  const window = words === '' ? dayOf(toLocal(next).date) : windowOf(words, options);
  if (window === null) return NONE;
  const days = daysIn(rule, window, options);
  if (days === null) return NO_CALENDAR;
  if (days.length === 0)
    return problem(`“${words}”本来就没有这条提醒,没有改动。下次是${formatInstant(next, now)}。`);
  const except = exceptOf(rule, days, now);
  return { kind: 'changed', when: { kind: 'recurring', rule: { ...rule, except } }, said, text };
}

const SKIPPED_MOST = 31;
const dayOf = (date: string) => ({ from: fromLocal(date), to: fromLocal(addDays(date, 1)) - 1 });

function weekAround(window: { from: number; to: number } | null): { from: number; to: number } | null {
  if (window === null) return null;
  const { date } = toLocal(window.from);
  const monday = addDays(date, 1 - weekdayOf(date));
  return { from: fromLocal(monday), to: fromLocal(addDays(monday, 7)) - 1 };
}

const THIRD =
  /^(?:(?<month>\d{1,2}|[一二三四五六七八九十]{1,2})月|(?<which>这个?月|本月|下个?月))的?(?<third>[上中下])旬$/;
/** 一月上旬: its first ten days. */
function thirdOf(words: string, today: string): { from: number; to: number } | null {
  const { month, which = '', third = '' } = THIRD.exec(words)?.groups ?? {};
  if (third === '') return null;
  const now = Number(today.slice(5, 7));
  const named = month === undefined ? now + (which.startsWith('下') ? 1 : 0) : parseNumber(month);
  const first = firstOfMonth(yearOf(today) + (named < now ? 1 : 0), named);
  const from = addDays(first, '上中下'.indexOf(third) * 10);
  const end = third === '下' ? firstOfMonth(yearOf(first), Number(first.slice(5, 7)) + 1) : addDays(from, 10);
  return { from: fromLocal(from), to: fromLocal(end) - 1 };
}

/** The day, week or month that is named. */
export function windowOf(
  words: string,
  { now, calendar }: ChangeOptions,
): { from: number; to: number } | null {
  const today = toLocal(now).date;
  const [, which, unit] = /^(这|本|下)一?个?(周|星期|礼拜|月)$/.exec(words.trim()) ?? [];
  if (unit !== undefined && unit !== '月') {
    const monday = addDays(today, 1 - weekdayOf(today) + (which === '下' ? 7 : 0));
    return { from: fromLocal(monday), to: fromLocal(addDays(monday, 7)) - 1 };
  }
  if (unit === '月') {
    const first = `${today.slice(0, 7)}-01`;
    const coming = `${addDays(first, 31).slice(0, 7)}-01`;
    const from = which === '下' ? coming : first;
    return { from: fromLocal(from), to: fromLocal(`${addDays(from, 31).slice(0, 7)}-01`) - 1 };
  }
  const ofDay = /^(?<day>.{2,12}?)(?:所在的?)?那一?个?(?:周|星期|礼拜)$/.exec(words.trim())?.groups?.['day'];
  if (ofDay !== undefined) return weekAround(windowOf(ofDay, { now, calendar }));
  const month = parseNumber(
    /^(?<month>\d{1,2}|[一二三四五六七八九十]{1,2})月份?$/.exec(words.trim())?.groups?.['month'] ?? '',
  );
  if (month >= 1 && month <= 12) {
    const year = yearOf(today) + (month < Number(today.slice(5, 7)) ? 1 : 0);
    return { from: fromLocal(firstOfMonth(year, month)), to: fromLocal(firstOfMonth(year, month + 1)) - 1 };
  }
  const third = thirdOf(words.trim(), today);
  if (third) return third;
  // 12月 is no length.
  const [, n, step] =
    /^([一两二三四五六七八九十\d]{1,2})(?:个?(?=周|星期|礼拜|天)|个(?=月))(周|星期|礼拜|月|天)$/.exec(
      words.trim(),
    ) ?? [];
  if (n !== undefined && step !== undefined) {
    const count = parseNumber(n) * (step === '天' ? 1 : step === '月' ? 30 : 7);
    return { from: now, to: fromLocal(addDays(today, count + 1)) - 1 };
  }
  // 元旦放假那三天: all its days off.
  const holiday = words.replace(
    /(?:小?长假|放假|假期)(?:期间)?(?:的|那)?(?:[一二三四五六七八九\d几]天)?$/,
    '期间',
  );
  const read = (text: string) => parseTime(text, { now, calendar, purpose: 'mention' });
  const off = holiday === words ? null : read(holiday);
  const time = off?.kind === 'range' ? off : read(words);
  if (time?.kind === 'range')
    return { from: fromLocal(toLocal(time.from).date), to: dayOf(toLocal(time.to).date).to };
  const at =
    time?.kind === 'unclear' ? time.candidates[0]?.at : time?.kind === 'instant' ? time.at : undefined;
  return at === undefined ? null : dayOf(toLocal(at).date);
}
