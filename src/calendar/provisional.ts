/**
 * Working days of a year whose arrangement is not published yet: Monday to Friday but for the days that are off by law every year
 * (《全国年节及纪念日放假办法》, as of 1 January 2025). Pure.
 */
import { plainDay, type Calendar, type Day } from './calendar.js';
import { lunarDate, solarTermDate } from './festivals.js';
import { addDays, yearOf, type LocalDate } from './local.js';

/** `why` as in the files of the years. */
function offByLaw(date: LocalDate): string | null {
  const year = yearOf(date);
  const monthDay = date.slice(5);
  if (monthDay === '01-01') return '元旦放假';
  if (monthDay === '05-01' || monthDay === '05-02') return '劳动节放假';
  if (['10-01', '10-02', '10-03'].includes(monthDay)) return '国庆节放假';
  if (date === solarTermDate(year, '清明')) return '清明节放假';
  if (date === lunarDate(year, 5, 5)) return '端午节放假';
  if (date === lunarDate(year, 8, 15)) return '中秋节放假';
  const first = lunarDate(year, 1, 1);
  const isNewYear = first !== null && date >= addDays(first, -1) && date <= addDays(first, 2);
  return isNewYear ? '春节放假' : null;
}

function provisionalDay(date: LocalDate): Day {
  const why = offByLaw(date);
  return why === null ? plainDay(date) : { date, isWorkday: false, why };
}

/** `hasYear` still says what is known, and `holidays` throws: how long a holiday is, nobody knows before. */
export const withDaysByLaw = (calendar: Calendar): Calendar => ({
  day: (date) => (calendar.hasYear(yearOf(date)) ? calendar.day(date) : provisionalDay(date)),
  holidays: (year) => calendar.holidays(year),
  hasYear: (year) => calendar.hasYear(year),
  get hours() {
    return calendar.hours;
  },
});
