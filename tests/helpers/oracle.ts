/**
 * Deadlines by a second, slow way: own reading of the calendar's files, one step per minute or per day. Imports nothing of
 * what it checks.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const FIRST = Date.UTC(2025, 0, 1) - 8 * 60 * MINUTE_MS;
const DAYS = 365 + 365;

type YearFile = { holidays: Record<string, { from: string; to: string }>; workdays: string[] };
/** Strings stay strings: `parse` makes no dates of them. */
const readYear = (year: number) => parse(readFileSync(`knowledge/calendar/${year}.yaml`, 'utf8')) as YearFile;

export type OracleDay = { date: string; isWorkday: boolean; why: string };

/** Every day of 2025 and 2026, one after the other. */
export const days: OracleDay[] = [];
{
  const years = new Map([2025, 2026].map((year) => [year, readYear(year)]));
  for (let i = 0; i < DAYS; i++) {
    const noon = new Date(Date.UTC(2025, 0, 1 + i, 12));
    const date = noon.toISOString().substring(0, 10);
    const file = years.get(noon.getUTCFullYear());
    if (!file) throw new Error(date);
    const weekday = noon.getUTCDay();
    let isWorkday = weekday !== 0 && weekday !== 6;
    let why = weekday === 0 ? '周日' : weekday === 6 ? '周六' : '工作日';
    for (const [name, { from, to }] of Object.entries(file.holidays))
      if (String(from) <= date && date <= String(to)) {
        isWorkday = false;
        why = `${name}放假`;
      }
    if (file.workdays.map(String).includes(date)) {
      isWorkday = true;
      why = '调休上班';
    }
    days.push({ date, isWorkday, why });
  }
}

const HOURS = [
  [8 * 60 + 30, 12 * 60],
  [14 * 60, 18 * 60],
] as const;
const WORK_ENDS = 18 * 60;

/** One cell for each minute: 1 in working time. */
const working = new Uint8Array(DAYS * DAY_MINUTES);
days.forEach(({ isWorkday }, day) => {
  if (isWorkday)
    for (const [from, to] of HOURS)
      for (let minute = from; minute < to; minute++) working[day * DAY_MINUTES + minute] = 1;
});

export type OracleDuration = Partial<Record<'minutes' | 'hours' | 'workingHours' | 'workingDays', number>>;
/** From `from` on, `to` excluded, ms. */
export type OraclePause = { from: number; to: number };

const indexOf = (ms: number): number => (ms - FIRST) / MINUTE_MS;
const msOf = (index: number): number => FIRST + index * MINUTE_MS;
const isPausedAt = (ms: number, pauses: OraclePause[]): boolean =>
  pauses.some((p) => p.from <= ms && ms < p.to);

/** Null when the count runs out of the years that are there. `start` lies on a whole minute. */
export function dueOf(duration: OracleDuration, start: number, pauses: OraclePause[] = []): number | null {
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

/** Not the day of the start, not the days after a pause's first up to its last, and no day whose end of work it spans. */
function dueAfterDays(count: number, start: number, pauses: OraclePause[]): number | null {
  const dayOf = (ms: number) => Math.floor(indexOf(ms) / DAY_MINUTES);
  let left = count;
  for (let day = dayOf(start) + 1; day < days.length; day++) {
    if (!days[day]?.isWorkday) continue;
    if (pauses.some((p) => dayOf(p.from) < day && day <= dayOf(p.to))) continue;
    const end = msOf(day * DAY_MINUTES + WORK_ENDS);
    if (left === 1 && pauses.some((p) => p.from <= end && end < p.to)) continue;
    left--;
    if (left === 0) return end;
  }
  return null;
}

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
