/** Working days as the State Council sets them, year by year, and the hours of work. Reads `knowledge/calendar/`. */
import { join } from 'node:path';
import { z } from 'zod';
import { BotError } from '../core/errors.js';
import { readYaml } from '../files/yaml.js';
import { toLocal, weekdayOf, yearOf, type LocalDate } from './local.js';
import { readYears, specialDays, type YearFile } from './years.js';

export type Day = {
  date: LocalDate;
  isWorkday: boolean;
  /** 工作日 · 周六 · 周日 · 国庆节放假 · 调休上班. */
  why: string;
};

export type Calendar = {
  /** @throws BotError 'DATA' when the year is not there: working days are never guessed (but see `withPlainWeeks`). */
  day(date: LocalDate): Day;
  /** First and last day off of each holiday of a year, in order. @throws like `day` */
  holidays(year: number): { name: string; from: LocalDate; to: LocalDate }[];
  hasYear(year: number): boolean;
  /** Hours of work in minutes since midnight, in order; the last one ends the working day. */
  hours: readonly { from: number; to: number }[];
};

const HoursFile = z.strictObject({
  hours: z.array(z.string().regex(/^\d{2}:[0-5]\d-\d{2}:[0-5]\d$/, '应为 "08:30-12:00" 这样的时段')).min(1),
});

const WEEKEND: Record<number, string> = { 6: '周六', 7: '周日' };

/** @throws BotError 'DATA' naming file and place. */
export function loadCalendar(dir: string): Calendar {
  const years = readYears(dir);
  const file = join(dir, 'hours.yaml');
  const { hours } = readYaml(file, HoursFile, '写明上班时段,如 hours: ["08:30-12:00", "14:00-18:00"]');
  return createCalendar(years, checkHours(file, hours));
}

export function createCalendar(years: YearFile[], hours: Calendar['hours']): Calendar {
  const byYear = new Map(years.map((file) => [file.year, file]));
  const special = new Map(years.flatMap((file) => [...specialDays(file)]));
  const yearFile = (year: number): YearFile => {
    const found = byYear.get(year);
    if (found) return found;
    // People read this in chat: which file it is, the operator is told at the start (`nextYearNotice`).
    throw new BotError(
      'DATA',
      `缺少${year}年的节假日安排,算不出工作日。处理办法:请管理员按国务院办公厅通知补上${year}年的安排。`,
    );
  };
  return {
    day(date) {
      yearFile(yearOf(date));
      const found = special.get(date);
      return found ? { date, ...found } : plainDay(date);
    },
    holidays: (year) =>
      Object.entries(yearFile(year).holidays)
        .map(([name, { from, to }]) => ({ name, from, to }))
        .sort((a, b) => (a.from < b.from ? -1 : 1)),
    hasYear: (year) => byYear.has(year),
    hours,
  };
}

/** As its weekday says. */
function plainDay(date: LocalDate): Day {
  const weekend = WEEKEND[weekdayOf(date)];
  return { date, isWorkday: weekend === undefined, why: weekend ?? '工作日' };
}

/**
 * For clocks that must run whatever is published: in a year without a file Monday to Friday are worked, and `hasYear` still
 * says that it is not known, so that what was reckoned with can be marked as provisional.
 */
export const withPlainWeeks = (calendar: Calendar): Calendar => ({
  day: (date) => (calendar.hasYear(yearOf(date)) ? calendar.day(date) : plainDay(date)),
  holidays: (year) => (calendar.hasYear(year) ? calendar.holidays(year) : []),
  hasYear: (year) => calendar.hasYear(year),
  get hours() {
    return calendar.hours;
  },
});

function checkHours(file: string, ranges: string[]): { from: number; to: number }[] {
  const problem = (text: string) =>
    new BotError('DATA', `${file}:hours:${text}。处理办法:按一天中的先后写上班时段,互不重叠。`);
  let last = 0;
  return ranges.map((range) => {
    const { from, to } = parseHours(range);
    if (from >= to || to > 24 * 60) throw problem(`${range} 的起止时间不对`);
    if (from < last) throw problem(`${range} 没有按先后排列,或与前一段重叠`);
    last = to;
    return { from, to };
  });
}

function parseHours(range: string): { from: number; to: number } {
  const [from = 0, to = 0] = range.split('-').map((time) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return hour * 60 + minute;
  });
  return { from, to };
}

/** The State Council names the coming year's days off in November; from then on deadlines begin to reach into it. */
const NOTICE_MONTH = 11;

/** What the operator has to add before the year ends, or null. */
export function nextYearNotice(calendar: Pick<Calendar, 'hasYear'>, now: number): string | null {
  const { date } = toLocal(now);
  const next = yearOf(date) + 1;
  if (Number(date.slice(5, 7)) < NOTICE_MONTH || calendar.hasYear(next)) return null;
  return `还没有${next}年的节假日安排,跨年的请求时限和提醒暂按周一至周五计算(注明“暂定”),补上后按公布的安排。处理办法:按国务院办公厅通知在节假日目录添加 ${next}.yaml(照已有年份的格式),或放入 holiday-cn 的 ${next}.json,不需要重启。`;
}
