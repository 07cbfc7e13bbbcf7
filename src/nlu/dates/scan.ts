/** Finds the pieces of a message that speak of time: a day, a time of day, both, or a length from now. */
import { BotError } from '../../core/errors.js';
import { isOutOfYears, type LocalDate } from '../../calendar/local.js';
import type { Calendar } from '../../calendar/calendar.js';
import { ABOUT, LOOSELY, matchClock, noSuchHour, wrongHour } from './clock.js';
import { dayOn, type DayRule } from './days.js';
import { DATE_RULES } from './days-dates.js';
import {
  FESTIVAL_RULES,
  HOLIDAY_SPAN,
  NAMED_RULES,
  readHolidaySpan,
  STARTS_FESTIVAL,
} from './days-festival.js';
import { MONTH_RULES } from './days-month.js';
import { RELATIVE_RULES } from './days-relative.js';
import { WEEK_RULES } from './days-week.js';
import { atMost, NUMBER, parseNumber } from './numbers.js';
import { skipSame } from './same-day.js';
import { spanAt } from './spans.js';
import { tooFar, type Clock, type Day, type DayProblem, type Hit, type Scope } from './types.js';

/** How far before the time named: 前三天, 提前半小时. */
export type Lead = { minutes?: number; days?: number; workdays?: number };

export type Piece = {
  index: number;
  end: number;
  day?: Day;
  clock?: Clock;
  /** Minutes from now: 半小时后. */
  fromNow?: number;
  /** Days off of a holiday: 国庆期间. */
  span?: { from: LocalDate; to: LocalDate };
  isDeadline: boolean;
  isAfter: boolean;
  lead?: Lead;
};

const DAY_RULES: DayRule[] = [
  ...DATE_RULES,
  ...MONTH_RULES,
  ...WEEK_RULES,
  ...RELATIVE_RULES,
  ...FESTIVAL_RULES,
];
/** The festivals are many and seldom named: their rules are tried only where one stands. */
const ALL_DAY_RULES: DayRule[] = [...DAY_RULES, ...NAMED_RULES];

/** 一个钟, in the south. */
const HOUR = '(?:小时|钟头|(?<=个半?)钟(?!头))';

const FROM_NOW = new RegExp(
  `(?:(?<over>再?过(?:了)?|之后|未来的?|还剩(?:下)?) ?)?(?<![\\d.第每])(?:(?<half>半)个?(?:多)?${HOUR}|(?<hours>\\d{1,4}\\.\\d{1,4}|${NUMBER}) ?个?(?<more>半)?${HOUR}(?:零?(?<rest>${NUMBER})分钟?|(?<restHalf>半))?|(?<minutes>${NUMBER}) ?分钟|(?<quarters>${NUMBER})刻钟|半刻钟)` +
    `(?:(?<inside>之内|以内|内)|(?<after>以后|之后|过后|后)|(?<remind>(?=提醒|叫)))?`,
  'y',
);

const LIMIT =
  '之前|以前|截止|截至|为止|到期|之内|以内|止(?![步损血水])|前(?!提(?!醒|示|请)|[后往期面来去台述排沿线所景缘端言任夕一二两三四五六七八九十半\\d])';
const AFTER_LIMIT = new RegExp(`[ ,)]?(?:${LIMIT})`, 'y');
const AFTER_DAY = /(?:之后|以后|后)(?![续期面天勤台第方备果])/y;
const LEAD = new RegExp(
  `(?:之前|以前|前)的?(?:(?<workdays>${NUMBER})个工作日|(?<days>${NUMBER})(?:天|日)|(?<weeks>${NUMBER})个?(?:周|星期)|(?<half>半)个?小时|(?<hours>${NUMBER})个?小时|(?<minutes>${NUMBER})分钟|(?<quarters>${NUMBER})刻钟)(?!内)`,
  'y',
);
const BEFORE_LIMIT =
  /(?:截止|截至|截止到|不晚于|不迟于|不得晚于|不得迟于|最晚|最迟|至迟|至晚|限于?|务必于|务必在)(?:时间|日期|期)?[是为在于到至: ]{0,6}$/;

const MAX_LEAD = 999;

/** Nobody names more times in one message; each costs a look into the calendar. */
const MAX_PIECES = 24;

export function scanPieces(text: string, scope: Scope): Piece[] {
  const pieces: Piece[] = [];
  for (let i = 0; i < text.length && pieces.length < MAX_PIECES;) {
    const piece = readPiece(text, i, scope);
    if (piece) pieces.push(piece);
    i = piece ? Math.max(piece.end, i + 1) : i + 1;
  }
  return pieces;
}

const BETWEEN = new RegExp(`(?:[在于、)]|${LOOSELY}){0,4}`, 'y');

/** `first` is the piece a range begins with: its 1日至5日 and 周一到周三 continue from there. */
export function readPiece(text: string, index: number, scope: Scope, first?: Piece): Piece | null {
  const span = readSpan(text, index, scope) ?? readFromNow(text, index) ?? readPeriod(text, index, scope);
  if (span) return span;
  const day = readDay(
    text,
    index,
    first && !COUNTS_FROM_NOW.test(text.charAt(index)) ? anchored(scope, first) : scope,
  );
  let end = day ? skipSame(text, day, (at) => readDay(text, at, scope)) : index;
  const clockAt = day ? skip(text, end, BETWEEN) : index;
  const clock = matchClock(text, clockAt, scope.calendar, day !== null && clockAt === end);
  if (!day && !clock) return null;
  const wrong = day?.value.problem ? null : wrongHour(text, clockAt);
  const isWrong = wrong !== null && clockAt + wrong.length > (clock?.end ?? 0);
  if (isWrong) {
    const problem: DayProblem = { reason: 'impossible', dates: [], message: noSuchHour(wrong) };
    const value = { ...(day?.value ?? dayOn(scope.today)), problem };
    return { index, end: clockAt + wrong.length, day: value, isDeadline: false, isAfter: false };
  }
  if (clock) end = skip(text, clock.end, ABOUT);
  const piece: Piece = {
    index,
    end,
    isDeadline: day?.value.isDeadline === true || BEFORE_LIMIT.test(text.slice(0, index)),
    isAfter: false,
    ...(day ? { day: day.value } : {}),
    ...(clock ? { clock: clock.value } : {}),
  };
  return readSuffix(text, piece, scope.calendar);
}

/** 下周三 and 后天 count from today even as a range's second end. */
const COUNTS_FROM_NOW = /[本这当上下今明后大]/;

/** Today as a range's second end sees it: the day the range begins. */
function anchored(scope: Scope, first: Piece): Scope {
  const date = first.day?.date;
  return date === undefined ? scope : { ...scope, today: date };
}

function readSuffix(text: string, piece: Piece, calendar: Calendar): Piece {
  const limit = limitAt(text, piece.end);
  // 重阳节前一天下午: the time of day follows the length.
  const late =
    limit?.lead && limit.lead.minutes === undefined && !piece.clock && matchClock(text, limit.end, calendar);
  if (limit && late) return { ...piece, ...limit, end: late.end, clock: late.value };
  if (limit) return { ...piece, ...limit };
  AFTER_DAY.lastIndex = piece.end;
  if (piece.day && !piece.clock && !piece.isDeadline && AFTER_DAY.test(text))
    return { ...piece, end: AFTER_DAY.lastIndex, isAfter: true };
  return piece;
}

/** 前三天, or 前 alone, after a time. Null: neither stands there. */
export function limitAt(text: string, index: number): Pick<Piece, 'end' | 'isDeadline' | 'lead'> | null {
  LEAD.lastIndex = AFTER_LIMIT.lastIndex = index;
  const lead = leadOf(LEAD.exec(text)?.groups ?? {});
  if (lead) return { end: LEAD.lastIndex, lead, isDeadline: false };
  return AFTER_LIMIT.test(text) ? { end: AFTER_LIMIT.lastIndex, isDeadline: true } : null;
}

/** Null for an amount of nothing. @throws RangeError `outOfYears` for one that no reminder is ahead by */
export function leadOf(groups: Record<string, string | undefined>): Lead | null {
  const { workdays, days, weeks, half, hours, more, minutes, quarters } = groups;
  if (half) return { minutes: 30 };
  const unit = (
    [
      [workdays, 'w'],
      [days, 'd'],
      [weeks, 'k'],
      [hours, 'h'],
      [minutes, 'm'],
      [quarters, 'q'],
    ] as const
  ).find(([text]) => text !== undefined);
  if (!unit) return null;
  const count = atMost(unit[1] === 'm' ? MAX_LEAD * 60 : MAX_LEAD, unit[0] ?? '');
  if (count === 0) return null;
  if (unit[1] === 'w') return { workdays: count };
  if (unit[1] === 'd') return { days: count };
  if (unit[1] === 'k') return { days: count * 7 };
  return { minutes: count * { h: 60, m: 1, q: 15 }[unit[1]] + (more ? 30 : 0) };
}

/** Where something is to be set, a whole period is too vague. */
const PERIOD_BEGINS = /[本这下上前后今明次去未接往\d一二三四五六七八九十]/;

function readPeriod(text: string, index: number, scope: Scope): Piece | null {
  if (!scope.isMention || !PERIOD_BEGINS.test(text.charAt(index))) return null;
  const found = spanAt(text, index, scope);
  if (!found || limitAt(text, found.end)) return null;
  const day = readDay(text, index, scope);
  if (day && day.end > found.end) return null;
  return { index, end: found.end, span: found.span, isDeadline: false, isAfter: false };
}

const SPAN_HINT = /期间/;

function readSpan(text: string, index: number, scope: Scope): Piece | null {
  if (!SPAN_HINT.test(text)) return null;
  HOLIDAY_SPAN.lastIndex = index;
  const groups = HOLIDAY_SPAN.exec(text);
  if (!groups) return null;
  const end = HOLIDAY_SPAN.lastIndex;
  const base = { index, end, isDeadline: false, isAfter: false };
  try {
    return { ...base, span: readHolidaySpan(groups.groups ?? {}, scope) };
  } catch (error) {
    return { ...base, day: withoutCalendar(error, scope) };
  }
}

function readFromNow(text: string, index: number): Piece | null {
  FROM_NOW.lastIndex = index;
  const groups = FROM_NOW.exec(text)?.groups;
  if (!groups) return null;
  const { over, half, hours, more, rest, restHalf, minutes, quarters, inside, after, remind } = groups;
  if (over === undefined && inside === undefined && after === undefined && remind === undefined) return null;
  let length = 0;
  if (half) length = 30;
  else if (hours)
    length = parseNumber(hours) * 60 + (more || restHalf ? 30 : 0) + (rest ? parseNumber(rest) : 0);
  else if (minutes) length = parseNumber(minutes);
  else if (quarters) length = parseNumber(quarters) * 15;
  if (!(length > 0 && length <= 60 * 24 * 400)) return null;
  return {
    index,
    end: FROM_NOW.lastIndex,
    fromNow: length,
    isDeadline: inside !== undefined,
    isAfter: false,
  };
}

const skip = (text: string, index: number, pattern: RegExp): number => {
  pattern.lastIndex = index;
  return pattern.test(text) ? pattern.lastIndex : index;
};

function withoutCalendar(error: unknown, scope: Scope): Day {
  if (isOutOfYears(error))
    return dayOn(scope.today, {
      problem: { reason: 'impossible', dates: [], message: tooFar(error.message) },
    });
  if (!(error instanceof BotError)) throw error;
  return dayOn(scope.today, { problem: { reason: 'no-calendar', dates: [], message: error.message } });
}

/** The longest rule that holds at this place. */
function readDay(text: string, index: number, scope: Scope): Hit<Day> | null {
  let best: Hit<Day> | null = null;
  STARTS_FESTIVAL.lastIndex = index;
  for (const { pattern, read } of STARTS_FESTIVAL.test(text) ? ALL_DAY_RULES : DAY_RULES) {
    pattern.lastIndex = index;
    const found = pattern.exec(text);
    if (!found || found[0] === '' || (best && pattern.lastIndex <= best.end)) continue;
    const end = pattern.lastIndex;
    let value: Day | null;
    try {
      value = read(found.groups ?? {}, scope, found[0]);
    } catch (error) {
      value = withoutCalendar(error, scope);
    }
    if (value) best = { index, end, value: guarded(value, scope) };
  }
  return best;
}

/** `before` and `after` look into the calendar later: a missing year becomes a question there as well. */
function guarded(day: Day, scope: Scope): Day {
  const guard = (get: (() => LocalDate) | undefined, key: 'before' | 'after'): Partial<Day> => {
    if (!get) return {};
    try {
      const date = get();
      return { [key]: () => date };
    } catch (error) {
      const { problem } = withoutCalendar(error, scope);
      return { [key]: () => scope.today, [`${key}Unknown`]: problem };
    }
  };
  return { ...day, ...guard(day.before, 'before'), ...guard(day.after, 'after') };
}
