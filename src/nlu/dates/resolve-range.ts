/** From two pieces of a message to a range: 周三到周五, 晚上8点到凌晨1点, 10月10日到20日. Pure. */
import { addDays, fromLocal, MINUTE_MS, type LocalDate } from '../../calendar/local.js';
import { withPart } from './clock.js';
import { daysBetween } from './days.js';
import { DEADLINE_MINUTES, passed, REMINDER_MINUTES, unclear } from './resolve.js';
import type { Piece } from './scan.js';
import type { Clock, Day, Place, Scope, TimeReading } from './types.js';

/** 周三到周五, 明天9点到11点: from the first morning to the end of the last day where no times are named. */
export function resolveRange(first: Piece, second: Piece, scope: Scope, place: Place): TimeReading {
  const problem = first.day?.problem ?? second.day?.problem;
  if (problem)
    return unclear(
      scope,
      place,
      problem.reason,
      problem.dates.map((it) => fromLocal(it, REMINDER_MINUTES)),
      problem.message,
    );
  const end: Clock | undefined = second.clock && withPart(second.clock, first.clock?.part);
  const start = startOfRange(first, end);
  const fromDate = rangeDay(first, scope, (end ?? first.clock) !== undefined);
  const toDate = second.day ? endDay(first, second.day, fromDate) : fromDate;
  let to = fromLocal(toDate, end ? end.minutes : DEADLINE_MINUTES);
  const from = fromLocal(fromDate, start);
  if (to <= from && end?.orElse !== undefined) to = fromLocal(toDate, end.orElse);
  // 晚上8点到凌晨1点 ends in the next night.
  if (to <= from && end && !second.day && end.minutes < NIGHT_ENDS && start >= NIGHT_BEGINS)
    to = fromLocal(addDays(toDate, 1), end.minutes);
  if (to <= from)
    return unclear(
      scope,
      place,
      'impossible',
      [],
      `“${place.text}”的结束时间在开始时间之前。请重新说一下起止时间。`,
    );
  if (to > scope.now) return { kind: 'range', from, to, ...place };
  if (scope.isMention && first.day?.isYearly) return nextYear(scope, first, second, place);
  const shift = first.day || second.day ? null : 1;
  if (shift === null) return passed(scope, place, []);
  return { kind: 'range', from: fromLocal(addDays(fromDate, 1), start), to: to + 1440 * MINUTE_MS, ...place };
}

/** The half of day of a bare first hour: the one of working time, or the one that its end forces. */
function startOfRange(first: Piece, end: Clock | undefined): number {
  const clock = first.clock;
  if (!clock) return REMINDER_MINUTES;
  if (clock.orElse === undefined) return clock.minutes;
  if (clock.minutes >= 8 * 60) return clock.minutes;
  if (end && end.part === undefined && end.orElse === undefined && end.minutes < clock.orElse)
    return clock.minutes;
  return clock.minutes < 6 * 60 ? clock.orElse : clock.minutes;
}

/** 1月10日到12日, said in March without a wish to be reminded. */
function nextYear(scope: Scope, first: Piece, second: Piece, place: Place): TimeReading {
  const on = (piece: Piece): Piece => {
    const next = piece.day?.later[0];
    return piece.day && next
      ? { ...piece, day: { ...piece.day, date: next, until: next, later: [] } }
      : piece;
  };
  const [day, next] = [first.day?.date ?? scope.today, on(first)];
  const length = second.day ? daysBetween(day, endDay(first, second.day, day)) : 0;
  const last = addDays(next.day?.date ?? day, length);
  const end = second.day ? { ...second, day: { ...second.day, date: last, until: last, later: [] } } : second;
  return next.day?.date === day ? passed(scope, place, []) : resolveRange(next, end, scope, place);
}

/** In minutes: from when on an evening may end in the next night, and until when that night lasts. */
const [NIGHT_BEGINS, NIGHT_ENDS] = [16 * 60, 6 * 60];

/** 10月10日到20日, 12月28日到1月3日: the last day is the first of its name from the beginning on. */
function endDay(first: Piece, day: Day, from: LocalDate): LocalDate {
  if (!first.day || day.until >= from) return day.until;
  return day.later.find((it) => it >= from) ?? day.until;
}

/** A weekday of today counts as today in a range that is still on. */
function rangeDay(first: Piece, scope: Scope, hasClock: boolean): LocalDate {
  const { day } = first;
  if (!day) return scope.today;
  if (day.date < scope.today && day.past !== 'ask') return day.later[0] ?? day.date;
  return hasClock && day.date < scope.today ? (day.later[0] ?? day.date) : day.date;
}
