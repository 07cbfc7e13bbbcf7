/** Dates and clock times in China: one zone, UTC+8, without daylight saving since 1992. Pure. */

/** What the zone is called where a library or a file wants a name. */
export const TIME_ZONE = 'Asia/Shanghai';
const OFFSET_MS = 8 * 3_600_000;
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** A day, `YYYY-MM-DD`: dates compare as strings. */
export type LocalDate = string;

/** A day and the minutes since its midnight. */
export type Local = { date: LocalDate; minutes: number };

/** Nobody is reminded of anything outside these years; what a text says of others is not reckoned with. */
export const FIRST_YEAR = 2000;
export const LAST_YEAR = 2100;

const OUT_OF_YEARS = `日期超出了${FIRST_YEAR}年至${LAST_YEAR}年的范围`;
/** What is thrown for a day that is too far off; its message is for the person. */
export const outOfYears = (): RangeError =>
  Object.assign(new RangeError(OUT_OF_YEARS), { name: 'OutOfYears' });
export const isOutOfYears = (error: unknown): error is RangeError =>
  error instanceof RangeError && error.name === 'OutOfYears';

/** Beyond these a date is no longer written with four digits, and does not compare as a string. */
const [OLDEST, LATEST] = [Date.parse('0000-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59Z')];

/** A count of working days asks for the same days again and again; more than a century of them is not remembered. */
const REMEMBERED = 40_000;
const dateOfDay = new Map<number, LocalDate>();
const msOfDate = new Map<LocalDate, number>();

/** @throws RangeError `outOfYears` */
function iso(ms: number): LocalDate {
  if (!(ms >= OLDEST && ms <= LATEST)) throw outOfYears();
  const day = Math.floor(ms / DAY_MS);
  const known = dateOfDay.get(day);
  if (known !== undefined) return known;
  const date = new Date(ms).toISOString().slice(0, 10);
  if (dateOfDay.size >= REMEMBERED) dateOfDay.clear();
  dateOfDay.set(day, date);
  return date;
}

function midnightUtc(date: LocalDate): number {
  const known = msOfDate.get(date);
  if (known !== undefined) return known;
  const ms = Date.parse(`${date}T00:00:00Z`);
  if (msOfDate.size >= REMEMBERED) msOfDate.clear();
  if (Number.isFinite(ms)) msOfDate.set(date, ms);
  return ms;
}

const FIRST_INSTANT = Date.parse(`${FIRST_YEAR}-01-01T00:00:00+08:00`);
const AFTER_LAST = Date.parse(`${LAST_YEAR + 1}-01-01T00:00:00+08:00`);

/** Whole ms within the years that anything of ours can happen in: what comes from outside is looked at before it is stored. */
export const isInstant = (ms: number): boolean =>
  Number.isSafeInteger(ms) && ms >= FIRST_INSTANT && ms < AFTER_LAST;

/** The minutes keep their fraction. */
export function toLocal(ms: number): Local {
  const shifted = ms + OFFSET_MS;
  const date = iso(shifted);
  return { date, minutes: (shifted - midnightUtc(date)) / MINUTE_MS };
}

/** `minutes` may be negative or more than a day: they are added. */
export const fromLocal = (date: LocalDate, minutes = 0): number =>
  midnightUtc(date) + minutes * MINUTE_MS - OFFSET_MS;

export const addDays = (date: LocalDate, days: number): LocalDate => iso(midnightUtc(date) + days * DAY_MS);

/** Monday is 1, Sunday is 7. */
export const weekdayOf = (date: LocalDate): number => new Date(midnightUtc(date)).getUTCDay() || 7;

export const yearOf = (date: LocalDate): number => Number(date.slice(0, 4));

/** False for 2026-02-30 and for anything that is no date. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = midnightUtc(text);
  return Number.isFinite(ms) && iso(ms) === text;
}

const pad = (n: number): string => String(n).padStart(2, '0');

/** `09:30` */
export const formatMinutes = (minutes: number): string =>
  `${pad(Math.floor(minutes / 60))}:${pad(Math.floor(minutes % 60))}`;

const WEEKDAYS = '一二三四五六日';

/** `11月25日(周三)`; with the year where it is not that of `now`. */
export function formatDate(date: LocalDate, now?: number): string {
  const [year, month, day] = date.split('-').map(Number);
  const isOther = now !== undefined && toLocal(now).date.slice(0, 4) !== date.slice(0, 4);
  return `${isOther ? `${year}年` : ''}${month}月${day}日(周${WEEKDAYS[weekdayOf(date) - 1]})`;
}

/** `11月25日(周三)09:30` */
export function formatInstant(ms: number, now?: number): string {
  const { date, minutes } = toLocal(ms);
  return `${formatDate(date, now)}${formatMinutes(minutes)}`;
}

/** Whether an instant lies in the years that are reckoned with. */
export const isInYears = (ms: number): boolean =>
  ms >= fromLocal(`${FIRST_YEAR}-01-01`) && ms < fromLocal(`${LAST_YEAR + 1}-01-01`);
