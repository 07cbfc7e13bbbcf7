/** What comes again: an RFC 5545 rule, what such a rule cannot say, and the next occurrence. Pure. */
import rrule, { type Options, type RRule as Rule } from 'rrule';
import type { Recurrence } from '../core/reminder.js';
import type { Calendar } from './calendar.js';
import { workdayBefore } from './holidays.js';
import {
  addDays,
  DAY_MS,
  FIRST_YEAR,
  fromLocal,
  isDate,
  isInYears,
  LAST_YEAR,
  MINUTE_MS,
  toLocal,
  yearOf,
  type LocalDate,
} from './local.js';
import { withDaysByLaw } from './provisional.js';
import { endOfMonth, festivalDays, lunarDays, mondayOf, nthWorkday } from './special-days.js';
import { workdayFrom } from './workdays.js';

const { RRule } = rrule;

/** Longer than any holiday: an occurrence this far back may be moved past `after`. */
const MARGIN_DAYS = 16;
/** A rule without an occurrence in this many days has none. */
const MAX_DAYS = 366 * 9;
/** So many days of a rule are asked for one by one, more of them by growing spans. */
const FEW = 3;
const SPAN_DAYS = 32;
const FIRST_DAY: LocalDate = `${FIRST_YEAR}-01-01`;
const LAST_DAY: LocalDate = `${LAST_YEAR}-12-31`;
const MAX_INTERVAL = 100 * 366 * 1440; // as many minutes as all years have

/**
 * The first occurrence later than `after`, in ms; null when the rule is over. In a year without a file working days are provisional
 * (provisional.ts). @throws BotError 'DATA' when the holidays of such a year are needed; RangeError for a broken `rrule`
 */
export function nextOccurrence(rule: Recurrence, after: number, published: Calendar): number | null {
  const { except = [] } = rule;
  const calendar = withDaysByLaw(published);
  let at = nextOf(rule, after, calendar)?.at ?? null;
  for (let left = except.length; at !== null && left > 0 && except.includes(toLocal(at).date); left--)
    at = nextOf(rule, fromLocal(addDays(toLocal(at).date, 1)) - 1, calendar)?.at ?? null;
  return at;
}

/** The rule with its first occurrence later than `after` as its beginning. Null and @throws like `nextOccurrence` */
export function beginRule(rule: Recurrence, after: number, published: Calendar): Recurrence | null {
  const each = { ...rule, rrule: rule.rrule.replace(/;INTERVAL=\d+/, '') };
  const first = nextOf(each, after, withDaysByLaw(published));
  return first && { ...rule, from: first.day };
}

/** `day`: the day of the rule, before lead and shift. */
type RuleDay = { day: LocalDate; at: number };
export function nextOf(rule: Recurrence, after: number, calendar: Calendar): RuleDay | null {
  const options = parseOptions(rule.rrule);
  // A rule that was kept before its years were bounded: its day never comes.
  if (!isDate(rule.from) || rule.from < FIRST_DAY || rule.from > LAST_DAY) return null;
  const { interval = 1, freq } = options;
  if (!isInYears(Math.max(after, fromLocal(FIRST_DAY))) || interval > MAX_INTERVAL) return null;
  const today = toLocal(after).date;
  const limit = min(addDays(max(today, rule.from), MAX_DAYS), LAST_DAY);
  if (freq === RRule.HOURLY || freq === RRule.MINUTELY) return nextClockwise(rule, options, after, limit);
  const start = max(rule.from, marginBefore(today, calendar));
  for (const day of daysOf(rule, options, start, limit, calendar)) {
    const date = moved(rule, day, calendar);
    if (date === null || date < addDays(today, -1)) continue;
    const at = rule.times.map((minutes) => fromLocal(date, minutes)).find((it) => it > after);
    if (at !== undefined) return { day, at };
  }
  return null;
}

/** The RRULE with its times of day, as other programs read it; times that share no minute go without. */
export function rruleText({ rrule: days, times }: Recurrence): string {
  if (/FREQ=(?:HOURLY|MINUTELY)/.test(days)) return days;
  const minutes = new Set(times.map((it) => it % 60));
  if (minutes.size !== 1 || times.some((it) => it >= 1440)) return days;
  return `${days};BYHOUR=${times.map((it) => Math.floor(it / 60)).join(',')};BYMINUTE=${[...minutes].join(',')}`;
}

function parseOptions(text: string): Partial<Options> {
  try {
    const options = RRule.parseString(text);
    const { freq, interval = 1, count } = options;
    if (freq === undefined) throw new Error('FREQ is missing');
    if (!(interval >= 1)) throw new Error('INTERVAL is below 1');
    if (count !== undefined && count !== null && !(count >= 0)) throw new Error('COUNT is no number');
    return options;
  } catch (cause) {
    throw new RangeError(`RRULE ${text}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/** The margin stays out of a year that is over and not on file. */
function marginBefore(today: LocalDate, calendar: Calendar): LocalDate {
  const start = addDays(today, -MARGIN_DAYS);
  return calendar.hasYear(yearOf(start)) ? start : max(start, `${yearOf(today)}-01-01`);
}

const max = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);
const min = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);
/** rrule reckons in UTC: the local clock is written as if it were. */
const asUtc = (date: LocalDate, minutes = 0): Date =>
  new Date(Date.parse(`${date}T00:00:00Z`) + minutes * 60_000);
const dateOf = (utc: Date): LocalDate => utc.toISOString().slice(0, 10);

/** Steps of hours or minutes from the first one on, reckoned day by day: a walk through all of them takes for ever. */
function nextClockwise(
  { from, times }: Recurrence,
  { freq, interval = 1, count, until, ...days }: Partial<Options>,
  after: number,
  limit: LocalDate,
): RuleDay | null {
  const { date, minutes } = toLocal(after);
  const now = asUtc(date, minutes).getTime();
  const first = asUtc(from, times[0] ?? 0).getTime();
  const stepMs = interval * (freq === RRule.HOURLY ? 60 : 1) * MINUTE_MS;
  const stepAt = (ms: number) => Math.max(0, Math.ceil((ms - first) / stepMs));
  const end = Math.min(until?.getTime() ?? Infinity, asUtc(limit).getTime());
  const firstDay = dateOf(new Date(first));
  const begin = count ? firstDay : max(firstDay, date);
  let left = count ?? Infinity;
  for (const day of plainDays([{ ...days, freq: RRule.DAILY }], begin, begin, limit)) {
    const midnight = asUtc(day).getTime();
    const [low, high] = [stepAt(midnight), stepAt(Math.min(midnight + DAY_MS, end + 1))];
    const next = Math.max(low, Math.floor((now - first) / stepMs) + 1);
    if (next < Math.min(high, low + left))
      return { day, at: fromLocal(day, (first + next * stepMs - midnight) / MINUTE_MS) };
    left -= Math.max(0, high - low);
    if (left <= 0 || midnight > end) return null;
  }
  return null;
}

/** The day after lead and shift. Null: skipped. */
export function moved(rule: Recurrence, day: LocalDate, calendar: Calendar): LocalDate | null {
  const { shift = 'none', lead } = rule;
  let date = day;
  if (shift !== 'none' && !calendar.day(day).isWorkday) {
    if (shift === 'skip') return null;
    date = shift === 'next' ? workdayFrom(calendar, day) : workdayBefore(calendar, day);
  }
  if (lead?.days) date = addDays(date, -lead.days);
  if (lead?.workdays) date = workdayBefore(calendar, date, lead.workdays);
  return date;
}

/** The days of the rule in order, from `start` on; COUNT counts from the rule's first. */
function* daysOf(
  rule: Recurrence,
  options: Partial<Options>,
  start: LocalDate,
  limit: LocalDate,
  calendar: Calendar,
): Generator<LocalDate> {
  const { count, until, ...rest } = options;
  const last = until ? min(dateOf(until), limit) : limit;
  // With COUNT, every day since the first is counted.
  const days = sourceOf(rule, rest, count ? rule.from : start, last, calendar);
  let left = count ?? Infinity;
  for (const day of days) {
    if (day > last || left-- <= 0) return;
    if (day >= start) yield day;
  }
}

function sourceOf(
  rule: Recurrence,
  options: Partial<Options>,
  start: LocalDate,
  last: LocalDate,
  calendar: Calendar,
): Generator<LocalDate> {
  const { special, from } = rule;
  switch (special?.kind) {
    case undefined:
      return plainDays([options], from, start, last);
    case 'last-if-short':
      return plainDays(shortMonths(options), from, start, last);
    case 'workdays':
      return workdays(options, start, last, calendar);
    case 'nth-workday':
      return nthWorkdays(special.n, options, from, { start, last }, calendar);
    case 'festival':
      return festivalDays(special, start, last, calendar);
    case 'lunar':
      return lunarDays(special.month, special.day, start, last);
  }
}

/** Up to `last`. */
function* plainDays(
  all: Partial<Options>[],
  from: LocalDate,
  start: LocalDate,
  last: LocalDate,
): Generator<LocalDate> {
  const rules = all.filter(isPossible).map((options): Rule => {
    // Counting from DTSTART matters for INTERVAL only; else the search may begin where it is needed.
    const dtstart = asUtc((options.interval ?? 1) > 1 || !isComplete(options) ? from : start);
    return new RRule({ ...options, dtstart, until: asUtc(last) });
  });
  let cursor = start;
  // Mostly one of the first days is what is looked for.
  for (let n = 0; n < FEW; n++) {
    const next = rules
      .map((rule) => rule.after(asUtc(cursor), true))
      .filter((it) => it !== null)
      .map(dateOf)
      .sort()[0];
    if (next === undefined) return;
    yield next;
    cursor = addDays(next, 1);
  }
  // rrule begins each search at DTSTART again: spans that grow keep the whole walk within twice its length.
  for (let span = SPAN_DAYS; cursor <= last; span *= 4) {
    const end = min(addDays(cursor, span), last);
    const found = rules.flatMap((rule) => rule.between(asUtc(cursor), asUtc(end), true)).map(dateOf);
    yield* [...new Set(found)].sort();
    cursor = addDays(end, 1);
  }
}

const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Whether a month has such a day: rrule looks for a 30th of February until the year 9999, whatever UNTIL says. */
function isPossible({ bymonth, bymonthday, bysetpos }: Partial<Options>): boolean {
  const months = has(bymonth) ? listOf(bymonth) : [1];
  const days = has(bymonthday) ? listOf(bymonthday) : [1];
  const isDay = (month: number) =>
    days.some((day) => day !== 0 && Math.abs(day) <= (LONGEST[month - 1] ?? 0));
  return months.some(isDay) && listOf(bysetpos).every((n) => n !== 0 && Math.abs(n) <= 31);
}

/** Whether the days follow from the rule alone, without DTSTART's weekday or day of the month. */
const isComplete = ({ freq, byweekday, bymonthday, bymonth }: Partial<Options>): boolean =>
  freq === RRule.DAILY || has(byweekday) || (has(bymonthday) && (freq !== RRule.YEARLY || has(bymonth)));

const has = (value: unknown): boolean => value !== undefined && value !== null;

const listOf = (value: number | number[] | null | undefined): number[] =>
  Array.isArray(value) ? value : typeof value === 'number' ? [value] : [];

/** One rule for the days that every month has, and one for each later day: the last of 28 to that day. */
function shortMonths(options: Partial<Options>): Partial<Options>[] {
  const days = listOf(options.bymonthday);
  const safe = days.filter((day) => day <= 28);
  const late = days.filter((day) => day > 28);
  return [
    ...(safe.length > 0 ? [{ ...options, bymonthday: safe }] : []),
    ...late.map((day) => ({
      ...options,
      bymonthday: Array.from({ length: day - 27 }, (_, i) => 28 + i),
      bysetpos: -1,
    })),
  ];
}

function* workdays(
  { bymonth }: Partial<Options>,
  start: LocalDate,
  last: LocalDate,
  calendar: Calendar,
): Generator<LocalDate> {
  const months = listOf(bymonth);
  for (let date = start; date <= last; date = addDays(date, 1)) {
    if (months.length > 0 && !months.includes(Number(date.slice(5, 7)))) continue;
    if (calendar.day(date).isWorkday) yield date;
  }
}

/** Each period by the first of its days, from the one that holds `from`. */
function* nthWorkdays(
  n: number,
  { freq, interval = 1, bymonth }: Partial<Options>,
  from: LocalDate,
  { start, last }: { start: LocalDate; last: LocalDate },
  calendar: Calendar,
): Generator<LocalDate> {
  const isWeekly = freq === RRule.WEEKLY;
  const isYearly = freq === RRule.YEARLY && !has(bymonth);
  const first = isWeekly
    ? { byweekday: [RRule.MO] }
    : { bymonthday: 1, ...(isYearly ? { bymonth: 1 } : has(bymonth) ? { bymonth: listOf(bymonth) } : {}) };
  const begin = isWeekly ? mondayOf(from) : `${from.slice(0, isYearly ? 4 : 7)}${isYearly ? '-01' : ''}-01`;
  for (const period of plainDays([{ freq: freq ?? RRule.MONTHLY, interval, ...first }], begin, begin, last)) {
    const end = isWeekly ? addDays(period, 6) : isYearly ? `${period.slice(0, 4)}-12-31` : endOfMonth(period);
    if (end < start) continue;
    const date = nthWorkday(calendar, period, end, n);
    if (date !== null && date >= start) yield date;
  }
}
