/**
 * Deadlines by a second, slow way: own reading of the calendar's files, one step per minute or per day. Imports nothing of
 * what it checks.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const FIRST = Date.UTC(2025, 0, 1) - 8 * 60 * MINUTE_MS;
const DAYS = 365 + 365 + 365;

type YearFile = { holidays: Record<string, { from: string; to: string }>; workdays: string[] };
/** Strings stay strings: `parse` makes no dates of them. */
const readYear = (year: number) => parse(readFileSync(`knowledge/calendar/${year}.yaml`, 'utf8')) as YearFile;

export type OracleDay = { date: string; isWorkday: boolean; why: string };

/** Every day of 2025, 2026, and of 2027, for which there is no file: Monday to Friday, one after the other. */
export const days = daysOf(new Map([2025, 2026].map((year) => [year, readYear(year)])));

function daysOf(years: ReadonlyMap<number, YearFile>): OracleDay[] {
  const days: OracleDay[] = [];
  for (let i = 0; i < DAYS; i++) {
    const noon = new Date(Date.UTC(2025, 0, 1 + i, 12));
    const date = noon.toISOString().substring(0, 10);
    const file = years.get(noon.getUTCFullYear());
    const weekday = noon.getUTCDay();
    let isWorkday = weekday !== 0 && weekday !== 6;
    let why = weekday === 0 ? '周日' : weekday === 6 ? '周六' : '工作日';
    for (const [name, { from, to }] of Object.entries(file?.holidays ?? {}))
      if (String(from) <= date && date <= String(to)) {
        isWorkday = false;
        why = `${name}放假`;
      }
    if (file?.workdays.map(String).includes(date)) {
      isWorkday = true;
      why = '调休上班';
    }
    days.push({ date, isWorkday, why });
  }
  return days;
}

const HOURS = [
  [8 * 60 + 30, 12 * 60],
  [14 * 60, 18 * 60],
] as const;
const WORK_ENDS = 18 * 60;

/** One cell for each minute: 1 in working time. */
function workingOf(days: OracleDay[]): Uint8Array {
  const working = new Uint8Array(DAYS * DAY_MINUTES);
  days.forEach(({ isWorkday }, day) => {
    if (isWorkday)
      for (const [from, to] of HOURS)
        for (let minute = from; minute < to; minute++) working[day * DAY_MINUTES + minute] = 1;
  });
  return working;
}

export type OracleDuration = Partial<Record<'minutes' | 'hours' | 'workingHours' | 'workingDays', number>>;
/** From `from` on, `to` excluded, ms. */
export type OraclePause = { from: number; to: number };

const indexOf = (ms: number): number => (ms - FIRST) / MINUTE_MS;
const msOf = (index: number): number => FIRST + index * MINUTE_MS;
const isPausedAt = (ms: number, pauses: OraclePause[]): boolean =>
  pauses.some((p) => p.from <= ms && ms < p.to);

export type Oracle = {
  /** Null when the count runs out of the years that are there. `start` lies on a whole minute. */
  dueOf(duration: OracleDuration, start: number, pauses?: OraclePause[]): number | null;
  /** Minute by minute: each working minute of a pause since `since` that began before the end is worked after the end. */
  movedByWork(instant: number, since: number, pauses: OraclePause[]): number;
  /** Working minutes from `from` to `to`. */
  workedBetween(from: number, to: number): number;
};

function createOracle(days: OracleDay[]): Oracle {
  const working = workingOf(days);

  function dueOf(duration: OracleDuration, start: number, pauses: OraclePause[] = []): number | null {
    if (duration.workingDays !== undefined) return dueAfterDays(duration.workingDays, start, pauses);
    const isWorking = duration.workingHours !== undefined;
    let left = duration.minutes ?? (duration.hours ?? duration.workingHours ?? 0) * 60;
    for (let i = indexOf(start); ; i++) {
      if (isWorking && i >= working.length) return null;
      if (pauses.length > 0 && isPausedAt(msOf(i), pauses)) continue;
      if (isWorking && working[i] === 0) continue;
      left--;
      if (left === 0) return msOf(i + 1);
    }
  }

  /** The end of work on the last day; working minutes that were waited, from the day after the start on, come behind it. */
  function dueAfterDays(count: number, start: number, pauses: OraclePause[]): number | null {
    const dayOf = (ms: number) => Math.floor(indexOf(ms) / DAY_MINUTES);
    let left = count;
    for (let day = dayOf(start) + 1; day < days.length; day++) {
      if (!days[day]?.isWorkday || --left > 0) continue;
      return movedByWork(msOf(day * DAY_MINUTES + WORK_ENDS), msOf((dayOf(start) + 1) * DAY_MINUTES), pauses);
    }
    return null;
  }

  function movedByWork(instant: number, since: number, pauses: OraclePause[]): number {
    let owed = 0;
    let end = instant;
    for (const { from, to } of pauses) {
      if (from >= end) continue;
      for (let i = indexOf(Math.max(from, since)); i < indexOf(to); i++) owed += working[i] ?? NaN;
      let left = owed;
      end = instant;
      for (let i = indexOf(instant); left > 0; i++) {
        left -= working[i] ?? NaN;
        end = msOf(i + 1);
      }
    }
    return end;
  }

  function workedBetween(from: number, to: number): number {
    let sum = 0;
    for (let i = indexOf(from); i < indexOf(to); i++) sum += working[i] ?? NaN;
    return sum;
  }

  return { dueOf, movedByWork, workedBetween };
}

export const PLAIN_2027 = createOracle(days);
export const { dueOf, workedBetween } = PLAIN_2027;
/** The same once the file of 2027 is there. */
export const oracleWith = (file2027: YearFile): Oracle =>
  createOracle(
    daysOf(new Map([...[2025, 2026].map((year) => [year, readYear(year)] as const), [2027, file2027]])),
  );

/** Every day of 2026 at hours before, in, between and after work. */
export function startsOf2026(): number[] {
  const times = [
    0,
    7 * 60 + 59,
    510,
    10 * 60 + 17,
    12 * 60,
    13 * 60,
    14 * 60,
    17 * 60 + 59,
    18 * 60,
    22 * 60 + 30,
  ];
  return days.flatMap(({ date }, day) =>
    date.startsWith('2026') ? times.map((minutes) => msOf(day * DAY_MINUTES + minutes)) : [],
  );
}
