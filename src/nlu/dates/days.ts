/** What the rules for days share: months, days that do not exist, which year is meant. Pure. */
import {
  addDays,
  FIRST_YEAR,
  isDate,
  LAST_YEAR,
  outOfYears,
  yearOf,
  type LocalDate,
} from '../../calendar/local.js';
import type { Day, Scope } from './types.js';

/** A sticky pattern and what its groups say. Null: the words are no time after all. */
export type DayRule = {
  pattern: RegExp;
  read: (groups: Record<string, string | undefined>, scope: Scope, found: string) => Day | null;
};

/** Two months: beyond them, which year a passed date means is asked. In December, 1月5日 is the coming one. */
const NEAR_DAYS = 62;

const pad = (n: number): string => String(n).padStart(2, '0');

/** Month 13 is the January of the next year, 0 the December of the last. */
export function monthOf(year: number, month: number): { year: number; month: number } {
  const index = year * 12 + month - 1;
  return { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
}

export function firstOfMonth(year: number, month: number): LocalDate {
  const at = monthOf(year, month);
  return `${String(at.year).padStart(4, '0')}-${pad(at.month)}-01`;
}

export const lastOfMonth = (year: number, month: number): LocalDate =>
  addDays(firstOfMonth(year, month + 1), -1);

export const monthNumber = (date: LocalDate): number => Number(date.slice(5, 7));
export const dayNumber = (date: LocalDate): number => Number(date.slice(8, 10));
export const quarterOf = (date: LocalDate): number => Math.ceil(monthNumber(date) / 3);

/** Null when the month has no such day. */
export function dateOf(year: number, month: number, day: number): LocalDate | null {
  const date = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
  return isDate(date) ? date : null;
}

/** The same day so many months on, or the last of a shorter month. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month } = monthOf(yearOf(date), monthNumber(date) + months);
  return dateOf(year, month, dayNumber(date)) ?? lastOfMonth(year, month);
}

export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

export const dayOn = (date: LocalDate, rest: Partial<Day> = {}): Day => ({
  date,
  until: date,
  later: [],
  past: 'ask',
  ...rest,
});

/** 2月30日: the last day of that month and the day after are what may have been meant. */
export function impossibleDay(scope: Scope, year: number, month: number, words: string): Day {
  const isMonth = month >= 1 && month <= 12;
  let last = isMonth ? lastOfMonth(year, month) : scope.today;
  if (isMonth && last < scope.today) last = lastOfMonth(year + 1, month);
  return dayOn(last, {
    problem: {
      reason: 'impossible',
      dates: isMonth ? [last, addDays(last, 1)] : [],
      message: `没有“${words}”这一天。请问您指的是哪一天?`,
    },
  });
}

/** A period or day that comes every year, without its year: this year's, or the next where that is the nearer one. */
export function inNearYear(scope: Scope, dayIn: (year: number) => Day): Day {
  const year = yearOf(scope.today);
  const [now, next] = [dayIn(year), dayIn(year + 1)];
  const yearly = { ...now, later: [next.date], isYearly: true };
  if (now.until >= scope.today) return yearly;
  return daysBetween(scope.today, next.date) <= NEAR_DAYS ? next : yearly;
}

/** @throws RangeError `outOfYears` */
export function checkedYear(year: number): number {
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) throw outOfYears();
  return year;
}

/** 今年, 明年, 2027年, 27年. Null without a year. @throws RangeError `outOfYears` */
export function parseYear(
  text: string | undefined,
  scope: Scope,
  parse: (text: string) => number,
): number | null {
  if (!text) return null;
  const year = yearOf(scope.today);
  const word = { 今: 0, 本: 0, 当: 0, 明: 1, 次: 1, 下: 1, 后: 2, 去: -1, 前: -2 }[text.charAt(0)];
  if (word !== undefined) return year + word;
  const number = parse(text.replace(/年度?$/, ''));
  return checkedYear(number < 100 ? number + 2000 : number);
}
