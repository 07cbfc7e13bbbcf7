/** Days that come again and follow no Gregorian rule: festivals, lunar days, the nth working day. Pure. */
import type { SpecialDays } from '../core/reminder.js';
import type { Calendar } from './calendar.js';
import { FESTIVALS, lunarDate, type Festival } from './festivals.js';
import { beginOfHoliday, daysOff, workdayAfter, workdayBefore } from './holidays.js';
import { addDays, weekdayOf, yearOf, type LocalDate } from './local.js';

export const mondayOf = (date: LocalDate): LocalDate => addDays(date, 1 - weekdayOf(date));
export const endOfMonth = (first: LocalDate): LocalDate =>
  addDays(`${addDays(first, 31).slice(0, 7)}-01`, -1);

/** The nth working day of a period, below zero from its end; null when it has fewer. */
export function nthWorkday(calendar: Calendar, from: LocalDate, to: LocalDate, n: number): LocalDate | null {
  const days: LocalDate[] = [];
  for (let date = from; date <= to; date = addDays(date, 1))
    if (calendar.day(date).isWorkday) days.push(date);
  return days.at(n > 0 ? n - 1 : n) ?? null;
}

type FestivalDays = Extract<SpecialDays, { kind: 'festival' }>;
const LONGEST_HOLIDAY_DAYS = 20;

/** One at a time: the calendar is asked for a year only when its turn comes. */
export function* festivalDays(
  { name, side }: FestivalDays,
  start: LocalDate,
  until: LocalDate,
  calendar: Calendar,
): Generator<LocalDate> {
  const named = FESTIVALS.filter((it) => (name === 'any' ? it.holiday !== undefined : it.name === name));
  let last = '';
  for (let year = yearOf(start); named.length > 0 && year <= yearOf(until); year++) {
    const dated = named.map((festival) => ({ festival, date: festival.dateIn(year) }));
    for (const { festival, date } of dated.sort((a, b) => (a.date < b.date ? -1 : 1))) {
      if (date < (side === 'after' ? addDays(start, -LONGEST_HOLIDAY_DAYS) : start)) continue;
      const found = beside(festival, date, side, calendar);
      if (found >= start && found > last) yield (last = found);
    }
  }
}

function beside(
  festival: Festival,
  date: LocalDate,
  side: FestivalDays['side'],
  calendar: Calendar,
): LocalDate {
  if (side === 'on') return date;
  if (festival.holiday === undefined) return addDays(date, side === 'before' ? -1 : 1);
  if (side === 'before') return workdayBefore(calendar, beginOfHoliday(calendar, festival, date));
  return workdayAfter(calendar, daysOff(calendar, festival, date)?.to ?? date);
}

/** The lunar year before the one of `start` reaches into it. */
export function* lunarDays(
  month: number | null,
  day: number,
  start: LocalDate,
  until: LocalDate,
): Generator<LocalDate> {
  const months = month === null ? Array.from({ length: 12 }, (_, i) => i + 1) : [month];
  for (let year = yearOf(start) - 1; year <= yearOf(until); year++)
    for (const it of months) {
      const date = lunarDate(year, it, day);
      if (date !== null && date >= start) yield date;
    }
}
