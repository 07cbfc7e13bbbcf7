/** Working days as the State Council sets them, year by year, and the hours of work. Reads `knowledge/calendar/`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BotError } from '../core/errors.js';
import { readYaml } from '../files/yaml.js';
import { addDays, isDate, toLocal, weekdayOf, yearOf, type LocalDate } from './local.js';

export type Day = {
  date: LocalDate;
  isWorkday: boolean;
  /** 工作日 · 周六 · 周日 · 国庆节放假 · 调休上班. */
  why: string;
};

export type Calendar = {
  /** @throws BotError 'DATA' naming the file to add when the year is not there: working days are never guessed. */
  day(date: LocalDate): Day;
  /** First and last day off of each holiday of a year, in order. @throws like `day` */
  holidays(year: number): { name: string; from: LocalDate; to: LocalDate }[];
  hasYear(year: number): boolean;
  /** Hours of work in minutes since midnight, in order; the last one ends the working day. */
  hours: readonly { from: number; to: number }[];
};

const text = (value: unknown): unknown => (value instanceof Date ? value.toISOString().slice(0, 10) : value);
const DateText = z.preprocess(text, z.string().refine(isDate, '应为 2026-01-31 这样的日期'));
const YearFile = z.strictObject({
  year: z.number().int(),
  source: z.string().min(1),
  holidays: z.record(z.string(), z.strictObject({ from: DateText, to: DateText })),
  workdays: z.array(DateText),
});
type YearFile = z.infer<typeof YearFile>;
const HoursFile = z.strictObject({
  hours: z.array(z.string().regex(/^\d{2}:[0-5]\d-\d{2}:[0-5]\d$/, '应为 "08:30-12:00" 这样的时段')).min(1),
});

const WEEKEND: Record<number, string> = { 6: '周六', 7: '周日' };

const REMEDY = '对照已有年份的文件改正';

/** @throws BotError 'DATA' naming file and place. */
export function loadCalendar(dir: string): Calendar {
  const names = listFiles(dir);
  const years = names
    .filter((name) => /^\d{4}\.yaml$/.test(name))
    .map((name) => {
      const file = join(dir, name);
      const year = readYaml(file, YearFile, REMEDY);
      checkYear(file, year, Number(name.slice(0, 4)));
      return year;
    });
  const file = join(dir, 'hours.yaml');
  const { hours } = readYaml(file, HoursFile, '写明上班时段,如 hours: ["08:30-12:00", "14:00-18:00"]');
  return createCalendar(years, checkHours(file, hours), dir);
}

/** `dir` is named in the error for a year that is not there. */
export function createCalendar(years: YearFile[], hours: Calendar['hours'], dir: string): Calendar {
  const byYear = new Map(years.map((file) => [file.year, file]));
  const special = new Map<LocalDate, Day>();
  for (const file of years) {
    for (const [name, { from, to }] of Object.entries(file.holidays))
      for (let date = from; date <= to; date = addDays(date, 1))
        special.set(date, { date, isWorkday: false, why: `${name}放假` });
    for (const date of file.workdays) special.set(date, { date, isWorkday: true, why: '调休上班' });
  }
  const yearFile = (year: number): YearFile => {
    const found = byYear.get(year);
    if (found) return found;
    throw new BotError(
      'DATA',
      `缺少${year}年的节假日安排,算不出工作日。处理办法:请管理员按国务院办公厅通知添加文件 ${join(dir, `${year}.yaml`)}(照已有年份的格式)。`,
    );
  };
  return {
    day(date) {
      yearFile(yearOf(date));
      const found = special.get(date);
      if (found) return { ...found };
      const weekend = WEEKEND[weekdayOf(date)];
      return { date, isWorkday: weekend === undefined, why: weekend ?? '工作日' };
    },
    holidays: (year) =>
      Object.entries(yearFile(year).holidays)
        .map(([name, { from, to }]) => ({ name, from, to }))
        .sort((a, b) => (a.from < b.from ? -1 : 1)),
    hasYear: (year) => byYear.has(year),
    hours,
  };
}

function checkYear(file: string, { year, holidays, workdays }: YearFile, named: number): void {
  const problem = (text: string) => new BotError('DATA', `${file}:${text}。处理办法:${REMEDY}。`);
  if (year !== named) throw problem(`文件名是${named}年,里面写的是${year}年`);
  for (const [name, { from, to }] of Object.entries(holidays)) {
    if (from > to) throw problem(`${name}的起止日期颠倒`);
    if (yearOf(from) !== year || yearOf(to) !== year) throw problem(`${name}的日期不在${year}年内`);
  }
  for (const date of workdays) {
    if (yearOf(date) !== year) throw problem(`调休上班日 ${date} 不在${year}年内`);
    if (weekdayOf(date) < 6) throw problem(`调休上班日 ${date} 不是周六或周日`);
    const holiday = Object.entries(holidays).find(([, { from, to }]) => from <= date && date <= to);
    if (holiday) throw problem(`${date} 既是${holiday[0]}放假,又是调休上班`);
  }
}

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

function listFiles(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch (cause) {
    throw new BotError('DATA', `${dir}:读不到节假日安排。处理办法:补上这个文件夹,或检查 KNOWLEDGE_DIR。`, {
      cause,
    });
  }
}

/** The State Council names the coming year's days off in November; from then on deadlines begin to reach into it. */
const NOTICE_MONTH = 11;

/** What the operator has to add before the year ends, or null. */
export function nextYearNotice(calendar: Pick<Calendar, 'hasYear'>, now: number): string | null {
  const { date } = toLocal(now);
  const next = yearOf(date) + 1;
  if (Number(date.slice(5, 7)) < NOTICE_MONTH || calendar.hasYear(next)) return null;
  return `还没有${next}年的节假日安排,跨年的时限和提醒将算不出来。处理办法:按国务院办公厅通知在节假日目录添加 ${next}.yaml(照已有年份的格式)。`;
}
