/** The days off of one year as files say them: our own YAML, or the yearly JSON of holiday-cn as it is. Reads `knowledge/calendar/`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BotError } from '../core/errors.js';
import { readYaml } from '../files/yaml.js';
import { addDays, isDate, weekdayOf, yearOf, type LocalDate } from './local.js';

const text = (value: unknown): unknown => (value instanceof Date ? value.toISOString().slice(0, 10) : value);
const DateText = z.preprocess(text, z.string().refine(isDate, '应为 2026-01-31 这样的日期'));
const YearFile = z.strictObject({
  year: z.number().int(),
  source: z.string().min(1),
  holidays: z.record(z.string(), z.strictObject({ from: DateText, to: DateText })),
  workdays: z.array(DateText),
});
export type YearFile = z.infer<typeof YearFile>;

/** https://github.com/NateScarlet/holiday-cn: `2027.json`, one entry for each day that is not as its weekday says. */
const HolidayCn = z.object({
  year: z.number().int(),
  papers: z.array(z.string()).optional(),
  days: z
    .array(z.object({ name: z.string().min(1), date: DateText, isOffDay: z.boolean() }))
    .min(1, '还没有公布(days 为空),请等公布以后再放'),
});

const REMEDY = '对照已有年份的文件改正';
const REMEDY_JSON = '重新下载 holiday-cn 当年的 JSON 文件,不要改动';

/** Every year of the folder once. @throws BotError 'DATA' naming file and place. */
export function readYears(dir: string): YearFile[] {
  const names = listFiles(dir);
  const own = names.filter((name) => /^\d{4}\.yaml$/.test(name)).map((name) => readOwn(dir, name));
  const theirs = names.filter((name) => /^\d{4}\.json$/.test(name)).map((name) => readHolidayCn(dir, name));
  for (const json of theirs) {
    const yaml = own.find(({ year }) => year === json.year);
    const day = yaml && firstDifference(yaml, json);
    if (day)
      throw new BotError(
        'DATA',
        `${join(dir, `${json.year}.json`)}:${day} 与同一年的 ${json.year}.yaml 说法不同。处理办法:按国务院办公厅通知核对,保留正确的一个文件。`,
      );
  }
  // In order: what a later year's notice says of the December before goes over that year's own file.
  return [...own, ...theirs.filter(({ year }) => own.every((it) => it.year !== year))].sort(
    (a, b) => a.year - b.year,
  );
}

function readOwn(dir: string, name: string): YearFile {
  const file = join(dir, name);
  const year = readYaml(file, YearFile, REMEDY);
  checkYear(file, year, Number(name.slice(0, 4)), REMEDY);
  return year;
}

function readHolidayCn(dir: string, name: string): YearFile {
  const file = join(dir, name);
  const { year, papers = [], days } = readYaml(file, HolidayCn, REMEDY_JSON);
  const off = days.filter(({ isOffDay }) => isOffDay).sort((a, b) => (a.date < b.date ? -1 : 1));
  const holidays: YearFile['holidays'] = {};
  let last = '';
  for (const { name: holiday, date } of off) {
    const span = holidays[last];
    if (span && last.startsWith(holiday) && addDays(span.to, 1) === date) span.to = date;
    else {
      // A holiday in two pieces keeps two names.
      last = holidays[holiday] ? `${holiday}(${date})` : holiday;
      holidays[last] = { from: date, to: date };
    }
  }
  const workdays = days.flatMap(({ date, isOffDay }) => (isOffDay ? [] : [date]));
  const found = { year, source: papers.join(' ') || 'holiday-cn', holidays, workdays };
  checkYear(file, found, Number(name.slice(0, 4)), REMEDY_JSON, 1);
  return found;
}

/** The first day on which two files of a year say otherwise whether it is worked. */
function firstDifference(a: YearFile, b: YearFile): LocalDate | null {
  const end = `${a.year}-12-31`;
  const [ofA, ofB] = [specialDays(a), specialDays(b)];
  for (let date = `${a.year}-01-01`; date <= end; date = addDays(date, 1)) {
    const worked = (special: ReadonlyMap<LocalDate, Special>) =>
      special.get(date)?.isWorkday ?? weekdayOf(date) < 6;
    if (worked(ofA) !== worked(ofB)) return date;
  }
  return null;
}

type Special = { isWorkday: boolean; why: string };

/** Days that are not as their weekday says, or are days off by name. */
export function specialDays({ holidays, workdays }: YearFile): Map<LocalDate, Special> {
  const special = new Map<LocalDate, Special>();
  for (const [name, { from, to }] of Object.entries(holidays))
    for (let date = from; date <= to; date = addDays(date, 1))
      special.set(date, { isWorkday: false, why: `${name}放假` });
  for (const date of workdays) special.set(date, { isWorkday: true, why: '调休上班' });
  return special;
}

/** `early`: of how many years before it may name days, as a notice does of a December. */
function checkYear(file: string, year: YearFile, named: number, remedy: string, early = 0): void {
  const { holidays, workdays } = year;
  const isOutside = (date: LocalDate): boolean => yearOf(date) > named || yearOf(date) < named - early;
  const problem = (what: string) => new BotError('DATA', `${file}:${what}。处理办法:${remedy}。`);
  if (year.year !== named) throw problem(`文件名是${named}年,里面写的是${year.year}年`);
  for (const [name, { from, to }] of Object.entries(holidays)) {
    if (from > to) throw problem(`${name}的起止日期颠倒`);
    if (isOutside(from) || isOutside(to)) throw problem(`${name}的日期不在${named}年内`);
  }
  for (const date of workdays) {
    if (isOutside(date)) throw problem(`调休上班日 ${date} 不在${named}年内`);
    if (weekdayOf(date) < 6) throw problem(`调休上班日 ${date} 不是周六或周日`);
    const holiday = Object.entries(holidays).find(([, { from, to }]) => from <= date && date <= to);
    if (holiday) throw problem(`${date} 既是${holiday[0]}放假,又是调休上班`);
  }
}

/** @throws BotError 'DATA' for a folder that is not there. */
export function listFiles(dir: string): string[] {
  try {
    return readdirSync(dir).sort();
  } catch (cause) {
    throw new BotError('DATA', `${dir}:读不到节假日安排。处理办法:补上这个文件夹,或检查 KNOWLEDGE_DIR。`, {
      cause,
    });
  }
}
