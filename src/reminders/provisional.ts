/**
 * Reminders in a year whose days off are not published yet: Monday to Friday are worked, as for the deadlines of requests, and
 * what was planned so is looked at again when it comes. The days off of a festival are never guessed. Pure.
 */
import { withPlainWeeks, type Calendar } from '../calendar/calendar.js';
import { toLocal, yearOf, type LocalDate } from '../calendar/local.js';
import { nextOccurrence } from '../calendar/recurrence.js';
import type { Recurrence, Reminder, When } from '../core/reminder.js';

/** 《全国年节及纪念日放假办法》(国务院令第795号) 第二条: days off by their date, whatever is published around them. */
const FIXED: Readonly<Record<string, string>> = {
  '01-01': '元旦',
  '05-01': '劳动节',
  '05-02': '劳动节',
  '10-01': '国庆节',
  '10-02': '国庆节',
  '10-03': '国庆节',
};

/** Monday to Friday but for those days, where a year is not published. */
export const withLikelyDays = (calendar: Calendar): Calendar => {
  const plain = withPlainWeeks(calendar);
  return {
    ...plain,
    day: (date: LocalDate) => {
      const festival = calendar.hasYear(yearOf(date)) ? undefined : FIXED[date.slice(5)];
      return festival === undefined ? plain.day(date) : { date, isWorkday: false, why: `${festival}放假` };
    },
  };
};

/** 春节前一个工作日: which day that is, only the notice of the State Council says. */
const needsDaysOff = ({ special }: Pick<Recurrence, 'special'>): boolean =>
  special?.kind === 'festival' && special.side !== 'on';

/** `nextOccurrence`, which never wants for a year; but @throws BotError 'DATA' for the days off of a festival that are not known. */
export const nextOfRule = (rule: Recurrence, after: number, calendar: Calendar): number | null =>
  nextOccurrence(rule, after, needsDaysOff(rule) ? calendar : withLikelyDays(calendar));

const goesByWorkdays = (when: When): boolean => {
  if (when.kind !== 'recurring') return when.kind === 'deadline';
  const { special, shift = 'none', lead } = when.rule;
  return (
    special?.kind === 'workdays' ||
    special?.kind === 'nth-workday' ||
    shift !== 'none' ||
    (lead?.workdays ?? 0) > 0
  );
};

/** What is said once of a reminder whose next time rests on working days that are not published; null where it does not. */
export function provisionalNote(
  { when, isUrgent, nextAt }: Pick<Reminder, 'when' | 'isUrgent' | 'nextAt'>,
  isOwn: boolean,
  calendar: Calendar,
): string | null {
  if (nextAt === null || (isOwn && !goesByWorkdays(when)) || (isUrgent && !goesByWorkdays(when))) return null;
  const year = yearOf(toLocal(nextAt).date);
  return calendar.hasYear(year)
    ? null
    : `${year}年的放假安排还没有公布,工作日暂按周一至周五算(暂定),公布后按公布的安排提醒。`;
}
