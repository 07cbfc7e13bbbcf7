/** Counting working days and working hours. Pure. */
import type { Calendar, Day } from './calendar.js';
import { addDays, fromLocal, MINUTE_MS, toLocal, type LocalDate } from './local.js';

/** The nth working day after `date`; the day itself does not count. `passed` are the days looked at, the last one included. */
export function addWorkingDays(
  calendar: Calendar,
  date: LocalDate,
  days: number,
): { date: LocalDate; passed: Day[] } {
  const passed: Day[] = [];
  let at = date;
  for (let counted = 0; counted < days;) {
    at = addDays(at, 1);
    const day = calendar.day(at);
    passed.push(day);
    if (day.isWorkday) counted++;
  }
  return { date: at, passed };
}

/** `date` itself when it is one, else the next. */
export function workdayFrom(calendar: Calendar, date: LocalDate): LocalDate {
  return calendar.day(date).isWorkday ? date : addWorkingDays(calendar, date, 1).date;
}

/** When work ends on a day, in ms. */
export const endOfWork = (calendar: Calendar, date: LocalDate): number =>
  fromLocal(date, calendar.hours.at(-1)?.to ?? 18 * 60);

export const startOfWork = (calendar: Calendar, date: LocalDate): number =>
  fromLocal(date, calendar.hours[0]?.from ?? 9 * 60);

/** Today's while it is still ahead, else the next working day's, in ms. */
export function nextStartOfWork(calendar: Calendar, now: number): number {
  const { date } = toLocal(now);
  const first = startOfWork(calendar, workdayFrom(calendar, date));
  return first > now ? first : startOfWork(calendar, addWorkingDays(calendar, date, 1).date);
}

export function isWorkingTime(calendar: Calendar, ms: number): boolean {
  const { date, minutes } = toLocal(ms);
  return (
    calendar.day(date).isWorkday && calendar.hours.some(({ from, to }) => minutes >= from && minutes < to)
  );
}

/** The instant itself within working hours, else when work starts next. */
export function nextWorkingTime(calendar: Calendar, ms: number): number {
  const { date, minutes } = toLocal(ms);
  if (calendar.day(date).isWorkday) {
    const hours = calendar.hours.find(({ to }) => minutes < to);
    if (hours) return Math.max(ms, fromLocal(date, hours.from));
  }
  return startOfWork(calendar, addWorkingDays(calendar, date, 1).date);
}

/** The instant at which `minutes` of working time have passed since `ms`. A whole number of minutes, or a fraction. */
export function addWorkingMinutes(calendar: Calendar, ms: number, minutes: number): number {
  let at = nextWorkingTime(calendar, ms);
  let left = minutes * MINUTE_MS;
  for (;;) {
    const local = toLocal(at);
    const hours = calendar.hours.find(({ from, to }) => local.minutes >= from && local.minutes < to);
    // `at` is within working hours: nextWorkingTime gives no other.
    const end = fromLocal(local.date, hours?.to ?? 24 * 60);
    if (at + left <= end) return at + left;
    left -= end - at;
    at = nextWorkingTime(calendar, end);
  }
}
