/** Chinese expressions of time as officials type them: own rules first, chrono-node behind them. Pure: now is an argument. */
import { BotError } from '../../core/errors.js';
import type { Calendar } from '../../calendar/calendar.js';
import { withDaysByLaw } from '../../calendar/provisional.js';
import {
  addDays,
  DAY_MS,
  formatInstant,
  isInYears,
  isOutOfYears,
  outOfYears,
  toLocal,
} from '../../calendar/local.js';
import { cutText } from '../../text/cut.js';
import { readByChrono } from './chrono.js';
import { leadBefore, placeOf, resolvePiece, unclear } from './resolve.js';
import { resolveRange } from './resolve-range.js';
import { readRecurrence } from './recurrence.js';
import { leadOf, readPiece, scanPieces, type Lead, type Piece } from './scan.js';
import { ADVANCE, ASKS_REMINDER, blank, blankNonTimes, findTooLarge, foldText } from './text.js';
import { tooFar, type Place, type Scope, type TimeOptions, type TimeReading } from './types.js';
import { shorten } from '../../text/shorten.js';

/** Two messages' worth; nobody says when to be reminded in more. */
const MAX_LENGTH = 500;

const EITHER = /[ ]?(?:或者?是?|还是|、|和|及|与)[ ]?/y;
const LINK = /[ ]?(?:到|至|-|~)[ ]?/y;

/** Null: no time in the text. `purpose` decides what a bare day means, and which of several times is taken. */
export function parseTime(text: string, options: TimeOptions): TimeReading | null {
  const original = cutText(text, MAX_LENGTH);
  const said = foldText(original);
  const isMention =
    options.purpose === 'mention' || (options.purpose === undefined && !ASKS_REMINDER.test(said));
  const scope: Scope = { ...options, today: toLocal(options.now).date, isMention };
  const large = findTooLarge(said, options.purpose === 'deadline');
  if (large) {
    const place = { ...large, text: original.slice(large.index, large.index + large.text.length) };
    return beyond(scope, place, `“${shorten(large.text, 9)}”太大`);
  }
  const folded = blankNonTimes(said);
  try {
    const reading = inYears(readFolded(folded, original, scope), scope);
    return reading?.kind === 'unclear' && reading.reason === 'no-calendar'
      ? byLaw(reading, folded, original, scope)
      : reading;
  } catch (error) {
    if (isOutOfYears(error)) return beyond(scope, { text: '', index: 0 }, error.message);
    if (!(error instanceof BotError)) throw error;
    return unclear(scope, { text: original, index: 0 }, 'no-calendar', [], error.message);
  }
}

/** How long these are, nobody knows before they are published. */
const LONG_HOLIDAY = /春节|劳动节|国庆/;
const FAR = 366;

/** 节后头一个上班日, of a year that is not published: the day by the law's own days off is offered, and said to be for the time being. */
function byLaw(
  missing: Extract<TimeReading, { kind: 'unclear' }>,
  folded: string,
  original: string,
  scope: Scope,
): TimeReading {
  if (scope.purpose !== 'reminder') return missing;
  const days = withDaysByLaw(scope.calendar);
  const calendar: Calendar = {
    ...{ day: days.day, hasYear: days.hasYear, hours: days.hours },
    holidays: (year) => (days.hasYear(year) ? days.holidays(year) : []),
  };
  const read = readFolded(folded, original, { ...scope, calendar });
  if (read?.kind !== 'instant' || read.at <= scope.now || !isInYears(read.at)) return missing;
  for (let date = scope.today, n = 0; date <= toLocal(read.at).date && n < FAR; date = addDays(date, 1), n++)
    if (LONG_HOLIDAY.test(days.day(date).why ?? '')) return missing;
  const label = `${formatInstant(read.at, scope.now)}(暂定)`;
  const message = `放假安排还没有公布,“${read.text}”按法定节假日暂算是${formatInstant(read.at, scope.now)}(暂定)。就按这个时间吗?`;
  return { ...missing, text: read.text, index: read.index, candidates: [{ label, at: read.at }], message };
}

const beyond = (scope: Scope, place: Place, why: string): TimeReading =>
  unclear(scope, place, 'impossible', [], tooFar(why));

/** What was read must lie in the years that are reckoned with; @throws RangeError `outOfYears` */
function inYears(reading: TimeReading | null, scope: Scope): TimeReading | null {
  if (!reading) return null;
  const { text, index } = reading;
  if (reading.kind === 'unclear') {
    const candidates = reading.candidates.filter(({ at }) => isInYears(at));
    return { ...reading, candidates };
  }
  const instants = reading.kind === 'range' ? [reading.from, reading.to] : [reading.at];
  return instants.every(isInYears) ? reading : beyond(scope, { text, index }, outOfYears().message);
}

const DAY_SAID =
  /(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|(?:周|星期|礼拜)[一二三四五六日天]|明天|大?后天|月[底末]/;
const SAME_DAY =
  /[,。; ][^,。;]{0,4}?(?:当天|当日|同一?天|那一?天)的?(?=凌晨|早|上午|中午|下午|傍晚|晚|夜里|\d|[一二两三四五六七八九十]{1,2}点)/;

/** 12月20号我得去财政,当天下午三点喊我: the hour is of the date that was said before it, even where there is no such date. */
function onDaySaid(folded: string): string {
  const found = folded.includes('每') ? null : SAME_DAY.exec(folded);
  return found && DAY_SAID.test(folded.slice(0, found.index)) ? blank(folded, SAME_DAY) : folded;
}

function readFolded(text: string, original: string, scope: Scope): TimeReading | null {
  const folded = onDaySaid(text);
  const recurrence = readRecurrence(folded, original, scope);
  if (recurrence) return recurrence;
  const { plain, lead } = takeLead(folded, scope);
  const scanned = scanPieces(plain, scope);
  const pieces = folded === text ? joinPieces(scanned) : onFirstDay(scanned);
  const readings =
    pieces.length > 0 ? readAll(pieces, plain, original, scope) : readByChrono(plain, original, scope);
  const chosen = choose(readings, scope, folded);
  return chosen && lead ? leadBefore(chosen, lead, scope) : chosen;
}

/** 提前半小时提醒: taken out of the text, so that its length is not read as a time. */
function takeLead(folded: string, scope: Scope): { plain: string; lead: Lead | null } {
  const found = ADVANCE.exec(folded);
  if (!found) return { plain: folded, lead: null };
  const lead = scope.purpose === 'deadline' ? null : leadOf(found.groups ?? {});
  return { plain: blank(folded, ADVANCE), lead };
}

function readAll(pieces: Piece[], plain: string, original: string, scope: Scope): TimeReading[] {
  const readings: TimeReading[] = [];
  let covered = 0;
  for (const piece of pieces) {
    if (piece.index < covered) continue;
    const range = readRange(plain, original, piece, scope);
    covered = range?.end ?? piece.end;
    const either = range ? null : readEither(plain, original, piece, scope);
    if (either) return [...readings, either];
    const whole = range?.reading ?? resolvePiece(piece, scope, placeOf(original, piece.index, piece.end));
    readings.push(onNoDay(plain, original, { ...piece, end: covered }, whole, scope) ?? whole);
  }
  return readings;
}

/** 慧天下午三点: a day is named, and nobody knows which; 每天, 阴天, 那天 are none, or read elsewhere. */
const NO_DAY =
  /(?:^|[,。 ]|请|麻烦|帮我|给我|你|记得)(?<day>(?![今明后前昨当次翌每那这哪一二两三四五六七八九十几百\d整全半白成天阴晴雨雪春夏秋冬热冷暖聊航蓝大多好本头先改某有])[\u4e00-\u9fff]天) ?$/;
const PART_FIRST = /^(?:凌晨|清早|一?早|上午|中午|正午|晌午|下午|傍晚|晚|夜里)/;

/** Asked about, not ignored. */
function onNoDay(
  plain: string,
  original: string,
  { index, end, day, clock }: Piece,
  reading: TimeReading,
  scope: Scope,
): TimeReading | null {
  const named =
    !day && clock && PART_FIRST.test(plain.slice(index, end)) && NO_DAY.exec(plain.slice(0, index));
  const word = named ? named.groups?.['day'] : undefined;
  if (!named || word === undefined) return null;
  const at = reading.kind === 'instant' ? reading.at : reading.kind === 'range' ? reading.from : scope.now;
  const place = placeOf(original, named.index + named[0].lastIndexOf(word), end);
  return unclear(
    scope,
    place,
    'ambiguous',
    [0, 1, 2].map((days) => at + days * DAY_MS),
    `“${word}”不知道是哪一天。请选择,或者重新说一下时间。`,
  );
}

/** 周三或周四, 周五、周六: two times where one is set. Which one is asked. */
function readEither(plain: string, original: string, first: Piece, scope: Scope): TimeReading | null {
  EITHER.lastIndex = first.end;
  if (!EITHER.test(plain)) return null;
  const second = readPiece(plain, EITHER.lastIndex, scope);
  if (!second) return null;
  const day = first.day && !second.day && second.clock ? { day: first.day } : {};
  const place = placeOf(original, first.index, second.end);
  const at = [first, { ...second, ...day }]
    .map((piece) => resolvePiece(piece, scope, place))
    .flatMap((it) => (it.kind === 'instant' ? [it.at] : it.kind === 'range' ? [it.from] : []));
  return unclear(scope, place, 'ambiguous', at, `“${place.text}”里有两个时间,一次只能设一个。请选择。`);
}

function readRange(
  plain: string,
  original: string,
  first: Piece,
  scope: Scope,
): { reading: TimeReading; end: number } | null {
  if (first.isDeadline || first.isAfter || first.fromNow !== undefined || first.span) return null;
  LINK.lastIndex = first.end;
  if (!LINK.test(plain)) return null;
  const second = readPiece(plain, LINK.lastIndex, scope, first);
  if (!second || second.fromNow !== undefined || second.span) return null;
  const place = placeOf(original, first.index, second.end);
  return { reading: resolveRange(first, second, scope, place), end: second.end };
}

/** The hour is of the day that was said, though that one is a limit: 15号之前交表,当天下午两点叫我. */
function onFirstDay(pieces: Piece[]): Piece[] {
  const [first, ...others] = pieces;
  const [clock, second] = others.filter((it) => it.clock && !it.day);
  if (!first?.day || first.clock || !clock || second || (!first.isDeadline && !first.isAfter))
    return joinPieces(pieces);
  return [{ ...clock, day: { ...first.day, isDeadline: false }, isDeadline: false }];
}

/** "周五提醒我们下午三点开会": one day and one time, apart, belong together. */
function joinPieces(pieces: Piece[]): Piece[] {
  const [day, clock, ...rest] = pieces;
  if (!day || !clock || rest.length > 0) return pieces;
  const isDayOnly = (it: Piece) => it.day && !it.clock && !it.isDeadline && !it.isAfter && !it.lead;
  const isClockOnly = (it: Piece) => it.clock && !it.day && !it.isDeadline && !it.lead;
  const parts =
    isDayOnly(day) && isClockOnly(clock)
      ? [day, clock]
      : isDayOnly(clock) && isClockOnly(day)
        ? [clock, day]
        : null;
  if (!parts?.[0]?.day || !parts[1]?.clock) return pieces;
  return [{ ...day, index: day.index, end: clock.end, day: parts[0].day, clock: parts[1].clock }];
}

/** A reminder is set for the time that is no deadline, a deadline is the one that is; else the first that is clear. */
function choose(readings: TimeReading[], { purpose }: Scope, folded: string): TimeReading | null {
  const clear = readings.filter(({ kind }) => kind !== 'unclear');
  const isDeadline = (it: TimeReading) => it.kind === 'instant' && it.isDeadline;
  const wantsReminder = purpose === 'reminder' || (purpose === undefined && ASKS_REMINDER.test(folded));
  const wanted = wantsReminder ? clear.find((it) => !isDeadline(it)) : undefined;
  return wanted ?? clear[0] ?? readings[0] ?? null;
}

/** Which of the two a text names, so that a new day keeps the old hour and a new hour the old day. */
export function namedIn(text: string, options: TimeOptions): { day: boolean; clock: boolean } {
  const scope: Scope = { ...options, today: toLocal(options.now).date, isMention: false };
  const pieces = scanPieces(blankNonTimes(foldText(cutText(text, MAX_LENGTH))), scope);
  return {
    day: pieces.some((it) => it.day !== undefined || it.fromNow !== undefined || it.span !== undefined),
    clock: pieces.some(
      (it) => it.clock !== undefined || it.fromNow !== undefined || it.day?.minutes !== undefined,
    ),
  };
}
