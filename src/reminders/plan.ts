/** When a reminder comes next, and where its time is moved out of the night and the days off. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { addDays, formatDate, fromLocal, toLocal } from '../calendar/local.js';
import { workdayBefore } from '../calendar/holidays.js';
import { addWorkingDays } from '../calendar/workdays.js';
import type { Deadline, When } from '../core/reminder.js';
import { nextOfRule, withLikelyDays } from './provisional.js';
import type { Rules } from './rules.js';

/** The first instant later than `after`, ms; null when there is none. @throws like `nextOfRule` */
export function nextAt(when: When, after: number, calendar: Calendar): number | null {
  switch (when.kind) {
    case 'once':
      return when.at > after ? when.at : null;
    case 'recurring':
      return nextOfRule(when.rule, after, calendar);
    case 'deadline':
      return nextOfDeadline(when, after, withLikelyDays(calendar));
  }
}

function nextOfDeadline(
  { date, workdaysBefore, minutes, overdue }: Deadline,
  after: number,
  calendar: Calendar,
): number | null {
  const end = fromLocal(addDays(date, 1)) - 1;
  // Once it has passed, the days before it are not asked for: their year may be gone from the calendar.
  if (after < end) {
    const last = calendar.day(date).isWorkday ? date : workdayBefore(calendar, date);
    const days = [...workdaysBefore.map((n) => workdayBefore(calendar, date, n)), last].sort();
    const at = days.map((day) => fromLocal(day, minutes)).find((it) => it > after);
    if (at !== undefined) return at;
  }
  return nextOfRule(overdue, Math.max(after, end), calendar);
}

/** What becomes of a planned instant: it stands, is moved (`reason` says why), or falls out. */
export type Settled = { kind: 'send'; at: number; reason?: string } | { kind: 'skip'; reason: string };

/**
 * Whose own reminder it is comes when they said. Others are spared: in quiet hours it waits for their end, on a day off
 * a recurring one falls out and a single one waits for the next working day.
 */
export function settle(
  at: number,
  { isOwn, isUrgent, isRecurring }: { isOwn: boolean; isUrgent: boolean; isRecurring: boolean },
  rules: Rules,
  given: Calendar,
): Settled {
  if (isOwn || isUrgent) return { kind: 'send', at };
  const calendar = withLikelyDays(given);
  const { date, minutes } = toLocal(at);
  if (!calendar.day(date).isWorkday) {
    if (isRecurring) return { kind: 'skip', reason: `${formatDate(date)}不是工作日` };
    const day = addWorkingDays(calendar, date, 1).date;
    return {
      kind: 'send',
      at: fromLocal(day, isQuiet(minutes, rules) ? rules.quiet.to : minutes),
      reason: '原定日期不是工作日',
    };
  }
  if (!isQuiet(minutes, rules)) return { kind: 'send', at };
  const { from, to } = rules.quiet;
  // The evening's quiet ends the next morning.
  const next = minutes >= from && from > to ? addDays(date, 1) : date;
  const day = calendar.day(next).isWorkday ? next : addWorkingDays(calendar, next, 1).date;
  return { kind: 'send', at: fromLocal(day, to), reason: '原定时间在勿扰时段' };
}

export function isQuiet(minutes: number, { quiet: { from, to } }: Rules): boolean {
  return from <= to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}
