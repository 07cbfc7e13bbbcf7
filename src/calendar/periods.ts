/** Spans of days that figures are reckoned for: months, quarters, halves, years, weeks. Pure. */
import {
  addDays,
  FIRST_YEAR,
  fromLocal,
  isDate,
  LAST_YEAR,
  weekdayOf,
  yearOf,
  type LocalDate,
} from './local.js';

/** `to` is not in it any more. */
export type Period = { from: LocalDate; to: LocalDate };

const pad = (n: number): string => String(n).padStart(2, '0');
const monthOf = (date: LocalDate): number => Number(date.slice(5, 7));

/** The first day of a month; a 13th month is the first of the next year. */
const firstOf = (year: number, month: number): LocalDate => {
  const months = year * 12 + month - 1;
  return `${Math.floor(months / 12)}-${pad((months % 12) + 1)}-01`;
};

/** So many months from one on. @throws RangeError from `addDays` outside the years that have four digits */
export const monthsFrom = (year: number, month: number, count: number): Period => ({
  from: firstOf(year, month),
  to: firstOf(year, month + count),
});
export const monthPeriod = (year: number, month: number): Period => monthsFrom(year, month, 1);
/** `quarter` is 1 to 4. */
export const quarterPeriod = (year: number, quarter: number): Period => monthsFrom(year, quarter * 3 - 2, 3);
export const yearPeriod = (year: number): Period => monthsFrom(year, 1, 12);
/** From the month of the first day to that of the last, the last of them at most so many, at least so many. */
export function monthsUntil(
  last: LocalDate,
  first: LocalDate,
  { least, most }: { least: number; most: number },
): Period[] {
  const indexOf = (date: LocalDate): number => yearOf(date) * 12 + monthOf(date) - 1;
  const count = Math.min(most, Math.max(least, indexOf(last) - indexOf(first) + 1));
  return Array.from({ length: count }, (_, i) => {
    const index = indexOf(last) - count + 1 + i;
    return monthPeriod(Math.floor(index / 12), (index % 12) + 1);
  }).filter(({ from }) => yearOf(from) >= FIRST_YEAR);
}
/** From Monday to Sunday. */
export function weekPeriod(date: LocalDate): Period {
  const from = addDays(date, 1 - weekdayOf(date));
  return { from, to: addDays(from, 7) };
}
/** The last so many days, the one named among them. */
export const daysUntil = (date: LocalDate, count: number): Period => ({
  from: addDays(date, 1 - count),
  to: addDays(date, 1),
});
/** All that ever was. */
export const everUntil = (date: LocalDate): Period => ({ from: `${FIRST_YEAR}-01-01`, to: addDays(date, 1) });

/** The span of the same kind before it: months before months, else as many days. */
export function periodBefore({ from, to }: Period): Period {
  if (from.endsWith('-01') && to.endsWith('-01')) {
    const count = (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from);
    return monthsFrom(yearOf(from), monthOf(from) - count, count);
  }
  const days = Math.round((fromLocal(to) - fromLocal(from)) / 86_400_000);
  return { from: addDays(from, -days), to: from };
}

const QUARTERS = '一二三四';

/** `2026年11月`, `2026年第四季度`, `2026年上半年`, `2026年`, `2026年11月23日至29日`. */
export function periodLabel({ from, to }: Period): string {
  const [year, month] = [yearOf(from), monthOf(from)];
  if (from === `${FIRST_YEAR}-01-01`) return '累计';
  if (from.endsWith('-01') && to.endsWith('-01')) {
    const count = (yearOf(to) - year) * 12 + monthOf(to) - month;
    if (count === 1) return `${year}年${month}月`;
    if (count === 3 && month % 3 === 1) return `${year}年第${QUARTERS[(month - 1) / 3]}季度`;
    if (count === 6 && month % 6 === 1) return `${year}年${month === 1 ? '上' : '下'}半年`;
    if (count === 12 && month === 1) return `${year}年`;
  }
  const last = addDays(to, -1);
  const day = (date: LocalDate): string => `${monthOf(date)}月${Number(date.slice(8))}日`;
  if (last === from) return `${year}年${day(from)}`;
  if (yearOf(last) !== year) return `${year}年${day(from)}至${yearOf(last)}年${day(last)}`;
  return `${year}年${day(from)}至${monthOf(last) === month ? `${Number(last.slice(8))}日` : day(last)}`;
}

/** `261101-261201`: short enough for a button. */
export const periodToken = ({ from, to }: Period): string =>
  [from, to].map((date) => date.slice(2).replaceAll('-', '')).join('-');

/** Null for what is no such span; the years are those of 2000 to 2099. */
export function parsePeriodToken(token: string): Period | null {
  const dates = /^(\d{2})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})$/.exec(token)?.slice(1);
  if (!dates) return null;
  const [a = '', b = '', c = '', d = '', e = '', f = ''] = dates;
  const [from, to] = [`20${a}-${b}-${c}`, `20${d}-${e}-${f}`];
  return isDate(from) && isDate(to) && from < to && yearOf(to) <= LAST_YEAR ? { from, to } : null;
}
