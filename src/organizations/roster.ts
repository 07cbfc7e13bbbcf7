/** Rows of the duty roster (值班表) to shifts. Pure. */
import { addDays, fromLocal, isDate, type LocalDate } from '../calendar/local.js';
import type { Shift } from '../core/domain.js';

const SHIFT =
  /^(\d{1,2})[:\uff1a]([0-5]\d)\s*[-\u2013\u2014~\uff5e至到]\s*(?:次日)?(\d{1,2})[:\uff1a]([0-5]\d)$/;
/** Without hours a shift is the whole day. */
const DAY = { from: 0, until: 24 * 60 };

/** What is wrong with the day and the hours of a row, or null. */
export function shiftProblem(
  date: string,
  hours: string,
): { column: '日期' | '班次'; message: string; remedy: string } | null {
  if (!isDate(date))
    return { column: '日期', message: `“${date}”不是日期`, remedy: '写成 2026-12-31 这样的日期' };
  return parseHours(hours)
    ? null
    : { column: '班次', message: `“${hours}”不是时段`, remedy: '写成 08:00-20:00 或 20:00-08:00,整天的留空' };
}

function parseHours(text: string): typeof DAY | null {
  if (text.trim() === '') return DAY;
  const [, fromHour, fromMinute, toHour, toMinute] = SHIFT.exec(text.normalize('NFKC').trim()) ?? [];
  if (fromHour === undefined || toHour === undefined) return null;
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  if (from >= 24 * 60 || to > 24 * 60) return null;
  // 20:00-08:00 ends on the next day, and so does 08:00-08:00.
  return { from, until: to > from ? to : to + 24 * 60 };
}

/** Of a row that has no problem. */
export function shiftOf(
  unit: string,
  date: LocalDate,
  name: string,
  hours: string,
  telephone: string,
): Shift {
  const { from, until } = parseHours(hours) ?? DAY;
  return {
    unit,
    name,
    ...(telephone && { telephone }),
    from: fromLocal(date, from),
    until: fromLocal(until > 24 * 60 ? addDays(date, 1) : date, until > 24 * 60 ? until - 24 * 60 : until),
  };
}
