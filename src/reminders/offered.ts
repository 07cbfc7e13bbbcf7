/** 今晚的, 上午那个, 第二个, 北方的: which of the times offered is meant. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { addDays, DAY_MS, fromLocal, toLocal } from '../calendar/local.js';
import { parseNumber } from '../nlu/dates/numbers.js';
import { namedIn, parseTime } from '../nlu/dates/parse.js';
import type { TimeReading } from '../nlu/dates/types.js';

const NUMERALS = '一二三四五六';
const PARTS: [RegExp, number, number][] = [
  [/凌晨/, 0, 360],
  [/上午|早上|早晨|早/, 300, 720],
  [/中午/, 660, 840],
  [/下午/, 720, 1140],
  [/晚|夜/, 1020, 1440],
];
/** 小年 in the north comes a day before that of the south. */
const REGIONS: [RegExp, number][] = [
  [/北方|北边/, 0],
  [/南方|南边/, 1],
];

/** Null: none of them, or more than one. */
export function pickOffered(
  text: string,
  offered: readonly number[],
  { now, calendar, said }: { now: number; calendar: Calendar; said: string },
): number | null {
  const digit = /^(?:选|要|就)?第?\s?([1-6一二三四五六])(?:个|项)?(?:吧|的)?$/.exec(text.trim())?.[1];
  if (digit) return offered[(/\d/.test(digit) ? Number(digit) : NUMERALS.indexOf(digit) + 1) - 1] ?? null;
  const region = said.includes('小年') ? REGIONS.find(([words]) => words.test(text)) : undefined;
  if (region) return offered[region[1]] ?? null;
  const onDate = ofBareDate(text, offered);
  if (onDate !== null && !/[点时:]/.test(text)) return onDate;
  const parts = namedIn(text, { now, calendar });
  // An hour of its own is a new time.
  if (/[点时:]/.test(text) || (!parts.day && !PARTS.some(([words]) => words.test(text)))) return null;
  const time = parts.day ? parseTime(text, { now, calendar, purpose: 'mention' }) : null;
  const at =
    time?.kind === 'instant' ? time.at : time?.kind === 'unclear' ? time.candidates[0]?.at : undefined;
  const day = /今[晚天早]|当晚/.test(text) ? toLocal(now).date : at === undefined ? null : toLocal(at).date;
  const part = PARTS.find(([words]) => words.test(text));
  const fitting = offered.filter((it) => {
    const { date, minutes } = toLocal(it);
    return (day === null || date === day) && (!part || (minutes >= part[1] && minutes < part[2]));
  });
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

const BARE_DATE = /(?<![月\d一二三四五六七八九十./-])(?<n>\d{1,2}|[一二三]?十?[一二三四五六七八九十])[号日]/;
const BESIDE: [RegExp, number][] = [
  [/前一天|头一?天/, 0],
  [/(?<!最)后一天|第二天|次日/, 1],
];
/** 那就前一天 28号, where 2月29日 is not: the day of those offered, and not the 28th that comes first. */
function ofBareDate(text: string, offered: readonly number[]): number | null {
  const n = parseNumber(BARE_DATE.exec(text)?.groups?.['n'] ?? '');
  const fitting = offered.filter((it) => Number(toLocal(it).date.slice(8)) === n);
  if (n > 0) return fitting.length > 0 ? Math.min(...fitting) : null;
  const [first, second] = offered;
  const isBeside = first !== undefined && second !== undefined && second - first === DAY_MS;
  const beside = BESIDE.find(([words]) => words.test(text));
  return isBeside && beside ? (offered[beside[1]] ?? null) : null;
}

/** Before it begins: 5点 of that day lies ahead. */
const DAY_BEGINS = 4 * 60;

/** 早上6点, where 明天6点 was unclear: an hour alone is of the day that was said. Null where the day is not one. */
export function onOffered(
  text: string,
  offered: readonly number[],
  { now, calendar }: { now: number; calendar: Calendar },
): TimeReading | null {
  const chosen = ofBareDate(text, offered);
  if (chosen !== null && /[点时:]/.test(text)) {
    const begin = fromLocal(toLocal(chosen).date, DAY_BEGINS);
    return parseTime(text.replace(BARE_DATE, ' '), { now: begin, calendar, purpose: 'mention' });
  }
  const dates = new Set(offered.map((at) => toLocal(at).date));
  const [date] = dates;
  const parts = namedIn(text, { now, calendar });
  if (date === undefined || dates.size > 1 || parts.day || !parts.clock) return null;
  const begin = fromLocal(date, DAY_BEGINS);
  const time = parseTime(text, { now: Math.max(now, begin), calendar, purpose: 'mention' });
  return time?.kind === 'instant' && toLocal(time.at).date <= addDays(date, 1) ? time : null;
}
