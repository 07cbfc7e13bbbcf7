/** When a reminder comes next, and where its time is moved out of the night and the days off. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { addDays, formatDate, fromLocal, toLocal, yearOf } from '../calendar/local.js';
import { workdayBefore } from '../calendar/holidays.js';
import { withDaysByLaw } from '../calendar/provisional.js';
import { nextOccurrence } from '../calendar/recurrence.js';
import { addWorkingDays } from '../calendar/workdays.js';
import type { Deadline, Recurrence, When } from '../core/reminder.js';
import type { Rules } from './rules.js';

/** The first instant later than `after`, ms; null when there is none. @throws BotError 'DATA' for the days off of a festival that are not published. */
export function nextAt(when: When, after: number, calendar: Calendar): number | null {
  switch (when.kind) {
    case 'once':
      return when.at > after ? when.at : null;
    case 'recurring':
      return nextOccurrence(when.rule, after, calendar);
    case 'deadline':
      return nextOfDeadline(when, after, withDaysByLaw(calendar));
  }
}

/** The year whose days off are not known yet, where an instant that depends on them lies in it; else null. */
export function provisionalYear(
  { when, isSpared }: { when: When; isSpared: boolean },
  at: number | null,
  calendar: Calendar,
): number | null {
  if (at === null) return null;
  const isByWorkdays =
    isSpared || when.kind === 'deadline' || (when.kind === 'recurring' && countsWorkdays(when.rule));
  const year = yearOf(toLocal(at).date);
  return isByWorkdays && !calendar.hasYear(year) ? year : null;
}

export const countsWorkdays = ({ special, shift = 'none', lead }: Recurrence): boolean =>
  special?.kind === 'workdays' ||
  special?.kind === 'nth-workday' ||
  shift !== 'none' ||
  lead?.workdays !== undefined;

export const provisionalNote = (year: number): string =>
  `${year}年的放假安排还没有公布,这条暂按周一至周五、法定节日除外提醒(暂定),公布后按新安排。`;

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
  return nextOccurrence(overdue, Math.max(after, end), calendar);
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
  published: Calendar,
): Settled {
  if (isOwn || isUrgent) return { kind: 'send', at };
  const calendar = withDaysByLaw(published);
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
