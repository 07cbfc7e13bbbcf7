/** Where an occurrence that was planned before its year's days off were published comes now that they are. Pure. */
import type { Recurrence } from '../core/reminder.js';
import type { Calendar } from './calendar.js';
import { addDays, fromLocal, toLocal, yearOf, type LocalDate } from './local.js';
import { withDaysByLaw } from './provisional.js';
import { moved, nextOf } from './recurrence.js';
import { endOfMonth, mondayOf, nthWorkday } from './special-days.js';

/** Null: on no day. `unknown`: it was not planned by the days off by law. */
export function replanned(rule: Recurrence, at: number, calendar: Calendar): number | null | 'unknown' {
  const { date, minutes } = toLocal(at);
  const year = yearOf(date);
  // What comes before New Year's Day may have been reckoned from it.
  const found = [year, year + 1]
    .map((it) => nextOf(rule, at - 1, withDaysByLaw(unpublished(calendar, it))))
    .find((it) => it?.at === at);
  if (!found) return 'unknown';
  const day = dayOf(rule, found.day, withDaysByLaw(calendar));
  const now = day === null ? null : moved(rule, day, withDaysByLaw(calendar));
  return now === null ? null : fromLocal(now, minutes);
}

/** As it stood before that year was published. */
const unpublished = (calendar: Calendar, year: number): Calendar => ({
  day: (date) => calendar.day(date),
  holidays: (of) => calendar.holidays(of),
  hasYear: (of) => of < year && calendar.hasYear(of),
  get hours() {
    return calendar.hours;
  },
});

/** The day of the rule itself: every working day falls out, the third of a month is another one. */
function dayOf({ special, rrule }: Recurrence, day: LocalDate, calendar: Calendar): LocalDate | null {
  if (special?.kind === 'workdays') return calendar.day(day).isWorkday ? day : null;
  if (special?.kind !== 'nth-workday') return day;
  const [from, to] = periodOf(rrule, day);
  return nthWorkday(calendar, from, to, special.n);
}

function periodOf(rrule: string, day: LocalDate): [LocalDate, LocalDate] {
  if (rrule.includes('FREQ=WEEKLY')) {
    return [mondayOf(day), addDays(mondayOf(day), 6)];
  }
  if (rrule.includes('FREQ=YEARLY') && !rrule.includes('BYMONTH='))
    return [`${day.slice(0, 4)}-01-01`, `${day.slice(0, 4)}-12-31`];
  const first: LocalDate = `${day.slice(0, 7)}-01`;
  return [first, endOfMonth(first)];
}
