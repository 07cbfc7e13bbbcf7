/** Days and months that a rule leaves out: 每天…,周五不用; 除了周六; 每月…,12月不用; …,元旦那天不开. Pure. */
import { addDays, type LocalDate } from '../../calendar/local.js';
import { WEEK } from './days-week.js';
import { weekdayList } from './recurrence-days.js';
import { BYDAY, type Days } from './recurrence-month.js';
import { parseNumber } from './numbers.js';
import { readPiece, scanPieces } from './scan.js';
import type { Scope } from './types.js';

/** BYDAY and BYMONTH of what is left out. */
export type Except = { days?: string[]; months?: number[] };

const NOT =
  '(?:就|都|也|的话)?(?:除外|不算|跳过|不用?(?:提醒|叫|发|报|响|开会?|去|办|搞|巡|查|上班)了?|不用了?|不要了?|免了?)(?=$|[,。;()\\s])';
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

/** What of a clause names the days, and that they do not count: any verb will do that the message has elsewhere. */
const CLAUSE = /[^,。;()\s]{3,30}/g;
const DAY_NOT =
  /^(?<named>.{2,20}?)(?<that>(?:[那这当][一]?[天日次回])?的?(?:那次|那回)?)(?:就|都|也|的话|先){0,2}(?:除外|不算|跳过|停(?:一次|一回|掉)?|休息|放假|免了?|(?:不|别)(?<verb>[\u4e00-\u9fff]{1,4}?)了?)$/;
const ANY_VERB = /^(?:提醒|叫|喊|发|报|响|开会?|办|上班|值班)?$/;
const DATES_SAVE = /(?:除了|除去|排除|除)(?=[\d一二三四五六七八九十这本下元春清劳五端中国十除])/g;
/** What comes again itself: no one date is meant. */
const BARE_DAY = new RegExp(
  `^每?${WEEK}[一二三四五六日天]|^(?:${MONTHS}份?)$|^(?:周末|双休日|休息日|节假日|假期|节日|[月年][初中底末]|月末)`,
);
const DAYS_MOST = 31;

/** The dates that are left out, and where that stands: 元旦那天不开; 下周五跳过; 春节期间不报. */
export function exceptDates(
  text: string,
  scope: Scope,
): { index: number; end: number; dates: LocalDate[] } | null {
  for (const found of text.matchAll(CLAUSE)) {
    const [clause] = found;
    const { named = '', that = '', verb: all } = DAY_NOT.exec(clause)?.groups ?? {};
    const verb = all?.replace(/^(?:用|要|必|需要|再){1,2}/, '');
    const elsewhere = text.replace(clause, ' ');
    const isNot = verb === undefined || ANY_VERB.test(verb) || (verb !== '' && elsewhere.includes(verb));
    const dates = named === '' || !isNot || BARE_DAY.test(named) ? null : datesIn(named, that, scope);
    if (dates) return { index: found.index, end: found.index + clause.length, dates };
  }
  for (const { index, 0: save } of text.matchAll(DATES_SAVE)) {
    const piece = readPiece(text, index + save.length, scope);
    if (!piece?.day || piece.day.problem || piece.clock) continue;
    const after = /^(?:那天|当天)?(?:以外|之外|外)?[,、]?/.exec(text.slice(piece.end))?.[0] ?? '';
    const said = text.slice(index + save.length, piece.end);
    const dates = BARE_DAY.test(said) ? null : datesIn(said, after, scope);
    if (dates) return { index, end: piece.end + after.length, dates };
  }
  return null;
}

/** Null where the words are not days alone. A holiday by its name is all of its days off, 元旦那天 the one day. */
function datesIn(named: string, that: string, scope: Scope): LocalDate[] | null {
  const holiday = that === '' ? readPiece(`${named}期间`, 0, scope)?.span : undefined;
  const mention: Scope = { ...scope, isMention: true };
  const pieces = holiday ? [{ index: 0, end: named.length, span: holiday }] : scanPieces(named, mention);
  const rest = pieces.reduceRight((left, it) => left.slice(0, it.index) + left.slice(it.end), named);
  if (pieces.length === 0 || !/^[、和与及跟的]{0,4}$/.test(rest)) return null;
  const dates = pieces.flatMap((it) => {
    if (it.span) return between(it.span.from, it.span.to);
    const isDay = 'day' in it && it.day && !it.day.problem && !it.clock && !it.isDeadline;
    return isDay && it.day ? between(it.day.date, it.day.until) : [];
  });
  return dates.length > 0 && dates.length <= DAYS_MOST ? dates : null;
}

function between(from: LocalDate, to: LocalDate): LocalDate[] {
  const days = [from];
  for (let day = addDays(from, 1); day <= to && days.length <= DAYS_MOST; day = addDays(day, 1))
    days.push(day);
  return days;
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
