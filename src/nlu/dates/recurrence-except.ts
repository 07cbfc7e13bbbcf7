/** Days and months that a rule leaves out: 每天…,周五不用; 除了周六; 每月…,12月不用. Pure. */
import { WEEK } from './days-week.js';
import { weekdayList } from './recurrence-days.js';
import { BYDAY, type Days } from './recurrence-month.js';
import { parseNumber } from './numbers.js';

/** BYDAY and BYMONTH of what is left out. */
export type Except = { days?: string[]; months?: number[] };

const NOT =
  '(?:就|都|也|的话)?(?:除外|不算|跳过|不用?(?:提醒|叫|发|报|响)了?|不用了?|不要了?|免了?)(?=$|[,。;()\\s])';
const DAYS = `每?${WEEK}(?<days>[一二三四五六日天](?:[、和与](?:${WEEK})?[一二三四五六日天]){0,5})`;
const MONTH = '(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月';
const MONTHS = `(?<![\\d一二三四五六七八九十])(?<months>${MONTH}(?:[、和与]${MONTH}){0,10})份?`;
const SAVE = '(?:除了|除去|除|排除)';
const OUTSIDE = '(?:以外|之外|外)?[,、]?';

/** Each says one of the two. */
export const EXCEPTIONS: readonly RegExp[] = [
  new RegExp(`${SAVE}${DAYS}${OUTSIDE}`, 'g'),
  new RegExp(`${DAYS}${NOT}`, 'g'),
  new RegExp(`${SAVE}${MONTHS}${OUTSIDE}`, 'g'),
  new RegExp(`${MONTHS}${NOT}`, 'g'),
];

/** Null for what is no day and no month. */
export function exceptOf({ days, months }: Record<string, string | undefined>): Except | null {
  if (days !== undefined) return { days: weekdayList(days).split(',') };
  const numbers = (months ?? '').split(/[月、和与]+/).flatMap((it) => (it === '' ? [] : [parseNumber(it)]));
  return numbers.length > 0 && numbers.every((it) => it >= 1 && it <= 12) ? { months: numbers } : null;
}

const IMPOSSIBLE =
  '按这个办法重复的提醒,还不能单独去掉其中的几天。请直接写明哪几天提醒,如“每周一至周四”“1月至11月每月10日”。';

/** The rule without them; with a problem where it cannot be told so. */
export function withoutExcept(days: Days, { days: off = [], months = [] }: Except = {}): Days {
  if (off.length === 0 && months.length === 0) return days;
  const { rrule } = days;
  const impossible = { ...days, problem: IMPOSSIBLE };
  if (months.length > 0) {
    if (/BYMONTH=|INTERVAL=|HOURLY|MINUTELY/.test(rrule)) return impossible;
    const left = Array.from({ length: 12 }, (_, i) => i + 1).filter((month) => !months.includes(month));
    return { ...days, rrule: `${rrule};BYMONTH=${left.join(',')}` };
  }
  const own = rrule === 'FREQ=DAILY' ? BYDAY : /^FREQ=WEEKLY;BYDAY=([A-Z,]+)$/.exec(rrule)?.[1]?.split(',');
  const left = own?.filter((day) => !off.includes(day)) ?? [];
  if (days.special || left.length === 0) return impossible;
  return { ...days, rrule: `FREQ=WEEKLY;BYDAY=${left.join(',')}` };
}
