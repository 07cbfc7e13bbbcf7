/** Dates of festivals and solar terms, year by year. Which days are off is the State Council's: see calendar.ts. */
import { Lunar, LunarYear, Solar } from 'lunar-typescript';
import { addDays, weekdayOf, yearOf, type LocalDate } from './local.js';

export type Festival = {
  name: string;
  /** Dates of a Gregorian year or, of a lunar one, those that begin in it. */
  dateIn: (year: number) => LocalDate;
  /** Name in `knowledge/calendar/`, for those with days off. */
  holiday?: string;
};

const pad = (n: number): string => String(n).padStart(2, '0');
const toDate = (solar: Solar): LocalDate =>
  `${solar.getYear()}-${pad(solar.getMonth())}-${pad(solar.getDay())}`;

/** The almanac takes milliseconds for a year and never changes: each date is reckoned once. */
function remembered<T>(reckon: (year: number, ...rest: (string | number)[]) => T) {
  const known = new Map<string, T>();
  return (year: number, ...rest: (string | number)[]): T => {
    const key = [year, ...rest].join(' ');
    const found = known.get(key);
    if (found !== undefined || known.has(key)) return found as T;
    const value = reckon(year, ...rest);
    known.set(key, value);
    return value;
  };
}

/** Null for a day that the month does not have. A leap month is not meant by its bare name. */
export const lunarDate: (lunarYear: number, month: number, day: number) => LocalDate | null = remembered(
  (lunarYear, month, day) => {
    const found = LunarYear.fromYear(lunarYear)
      .getMonthsInYear()
      .find((it) => it.getMonth() === month);
    if (!found || Number(day) < 1 || Number(day) > found.getDayCount()) return null;
    return toDate(Lunar.fromYmd(lunarYear, Number(month), Number(day)).getSolar());
  },
);

const mustLunar = (year: number, month: number, day: number): LocalDate => {
  const date = lunarDate(year, month, day);
  if (date === null) throw new RangeError(`lunar ${year}-${month}-${day}`);
  return date;
};

export const SOLAR_TERMS =
  '小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至'.split(
    ' ',
  );

/** Counted by Beijing time. */
export const solarTermDate: (year: number, name: string) => LocalDate = remembered((year, name) => {
  // The table of a lunar year begins with the 冬至 of the Gregorian year before it.
  for (const tableYear of [year, year + 1]) {
    const found = Solar.fromYmd(tableYear, 6, 15).getLunar().getJieQiTable()[String(name)];
    if (found?.getYear() === year) return toDate(found);
  }
  throw new RangeError(`${name} ${year}`);
});

const fixed = (month: number, day: number) => (year: number) => `${year}-${pad(month)}-${pad(day)}`;
const lunar = (month: number, day: number) => (year: number) => mustLunar(year, month, day);
const nthSunday = (month: number, n: number) => (year: number) => {
  const first = fixed(month, 1)(year);
  return addDays(first, 7 - weekdayOf(first) + (n - 1) * 7);
};
/** The last day before the lunar year that begins in `year`. */
const eve = (year: number): LocalDate => addDays(mustLunar(year, 1, 1), -1);

export const FESTIVALS: Festival[] = [
  { name: '元旦', dateIn: fixed(1, 1), holiday: '元旦' },
  { name: '春节', dateIn: lunar(1, 1), holiday: '春节' },
  { name: '清明节', dateIn: (year) => solarTermDate(year, '清明'), holiday: '清明' },
  { name: '劳动节', dateIn: fixed(5, 1), holiday: '劳动节' },
  { name: '端午节', dateIn: lunar(5, 5), holiday: '端午' },
  { name: '中秋节', dateIn: lunar(8, 15), holiday: '中秋' },
  { name: '国庆节', dateIn: fixed(10, 1), holiday: '国庆' },
  { name: '除夕', dateIn: eve },
  { name: '腊八节', dateIn: (year) => mustLunar(year - 1, 12, 8) },
  { name: '元宵节', dateIn: lunar(1, 15) },
  { name: '龙抬头', dateIn: lunar(2, 2) },
  { name: '七夕', dateIn: lunar(7, 7) },
  { name: '中元节', dateIn: lunar(7, 15) },
  { name: '重阳节', dateIn: lunar(9, 9) },
  { name: '妇女节', dateIn: fixed(3, 8) },
  { name: '植树节', dateIn: fixed(3, 12) },
  { name: '消费者权益日', dateIn: fixed(3, 15) },
  { name: '青年节', dateIn: fixed(5, 4) },
  { name: '全国防灾减灾日', dateIn: fixed(5, 12) },
  { name: '儿童节', dateIn: fixed(6, 1) },
  { name: '世界环境日', dateIn: fixed(6, 5) },
  { name: '国际禁毒日', dateIn: fixed(6, 26) },
  { name: '建党节', dateIn: fixed(7, 1) },
  { name: '建军节', dateIn: fixed(8, 1) },
  { name: '教师节', dateIn: fixed(9, 10) },
  { name: '记者节', dateIn: fixed(11, 8) },
  { name: '全国消防日', dateIn: fixed(11, 9) },
  { name: '国家宪法日', dateIn: fixed(12, 4) },
  { name: '圣诞节', dateIn: fixed(12, 25) },
  { name: '母亲节', dateIn: nthSunday(5, 2) },
  { name: '父亲节', dateIn: nthSunday(6, 3) },
  ...SOLAR_TERMS.filter((name) => name !== '清明').map((name) => ({
    name,
    dateIn: (year: number) => solarTermDate(year, name),
  })),
];

/** The first one on or after `date`. */
export function nextDate(dateIn: (year: number) => LocalDate | null, date: LocalDate): LocalDate {
  const year = yearOf(date);
  // A lunar date of the year before may fall into this one; a 30th is not in every year.
  for (let y = year - 1; y <= year + 20; y++) {
    const found = dateIn(y);
    if (found !== null && found >= date) return found;
  }
  throw new RangeError(`no such date after ${date}`);
}
