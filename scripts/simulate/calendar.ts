/** The oracle's own calendar: days and clock in China, working days of one year. Shares no code with src/calendar. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const ZONE_MS = 8 * 3_600_000;

export const instantOf = (date: string, minutes: number): number =>
  Date.parse(`${date}T00:00:00Z`) - ZONE_MS + minutes * 60_000;
export const dateOf = (at: number): string => new Date(at + ZONE_MS).toISOString().slice(0, 10);
export const minutesOf = (at: number): number => (at - instantOf(dateOf(at), 0)) / 60_000;
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

type YearFile = { holidays: Record<string, { from: string; to: string }>; workdays: string[] };

/** Whether work is done on a day of 2026. */
export function loadWorkdays(file: string): (date: string) => boolean {
  const { holidays, workdays } = parse(readFileSync(file, 'utf8')) as YearFile;
  const extra = new Set(workdays);
  const free = Object.values(holidays);
  return (date) =>
    extra.has(date) || (weekdayOf(date) < 6 && !free.some(({ from, to }) => from <= date && date <= to));
}
