/** The working days around a festival's days off. Pure. */
import type { Calendar } from './calendar.js';
import type { Festival } from './festivals.js';
import { addDays, yearOf, type LocalDate } from './local.js';
import { addWorkingDays } from './workdays.js';

/** Days off, the first and the last. */
export type DaysOff = { from: LocalDate; to: LocalDate };

/** The days off of the festival that falls on `date`, as published. @throws BotError for a year without file */
export function daysOff(calendar: Calendar, { holiday }: Festival, date: LocalDate): DaysOff | null {
  if (holiday === undefined) return null;
  return calendar.holidays(yearOf(date)).find((it) => it.name.includes(holiday)) ?? null;
}

/** When a festival's days off begin. 元旦 begins with the year whatever is published for it. @throws like `daysOff` */
export function beginOfHoliday(calendar: Calendar, festival: Festival, date: LocalDate): LocalDate {
  if (festival.name === '元旦' && !calendar.hasYear(yearOf(date))) return date;
  return daysOff(calendar, festival, date)?.from ?? date;
}

/** The nth working day before `date`, the day itself not counted. @throws like `daysOff` */
export function workdayBefore(calendar: Calendar, date: LocalDate, n = 1): LocalDate {
  let at = date;
  for (let left = n; left > 0;) {
    at = addDays(at, -1);
    if (calendar.day(at).isWorkday) left--;
  }
  return at;
}

/** The nth working day after `date`, the day itself not counted. @throws like `daysOff` */
export const workdayAfter = (calendar: Calendar, date: LocalDate, n = 1): LocalDate =>
  addWorkingDays(calendar, date, n).date;
