/** From a piece of a message to an instant, a range or a question. Conventions: knowledge/README.md. Pure. */
import {
  addDays,
  formatInstant,
  fromLocal,
  MINUTE_MS,
  toLocal,
  type LocalDate,
} from '../../calendar/local.js';
import { workdayBefore } from '../../calendar/holidays.js';
import type { Lead, Piece } from './scan.js';
import type { Candidate, Clock, Day, Place, Scope, TimeReading, UnclearReason } from './types.js';

/** A bare day: reminders in the morning, deadlines at the end of work. */
export const REMINDER_MINUTES = 9 * 60;
export const DEADLINE_MINUTES = 18 * 60;

/** The piece [index, end) of the message. */
export const placeOf = (original: string, index: number, end: number): Place => ({
  text: original.slice(index, end).trim(),
  index,
});

export function unclear(
  scope: Scope,
  place: Place,
  reason: UnclearReason,
  instants: number[],
  message: string,
): TimeReading {
  const ahead = [...new Set(instants)].filter((at) => at > scope.now).sort((a, b) => a - b);
  const candidates: Candidate[] = ahead.map((at) => ({ label: formatInstant(at, scope.now), at }));
  return { kind: 'unclear', reason, candidates, message, ...place };
}

export const passed = (scope: Scope, place: Place, instants: number[]): TimeReading =>
  unclear(
    scope,
    place,
    'past',
    instants,
    `“${place.text}”已经过去了(现在是${formatInstant(scope.now, scope.now)})。请问您指的是什么时间?`,
  );

export function resolvePiece(piece: Piece, scope: Scope, place: Place): TimeReading {
  const isDeadline = piece.isDeadline || (scope.purpose === 'deadline' && piece.lead === undefined);
  if (piece.fromNow !== undefined) {
    const at = scope.now + piece.fromNow * MINUTE_MS;
    return { kind: 'instant', at, isDeadline, isDateOnly: false, ...place };
  }
  if (piece.span) {
    const { from, to } = piece.span;
    return rangeOf(scope, place, fromLocal(from, REMINDER_MINUTES), fromLocal(to, DEADLINE_MINUTES));
  }
  const clock = piece.clock;
  if (clock?.isVague) return vague(scope, place, piece.day?.date ?? scope.today, clock);
  const reading = piece.day
    ? onDay(scope, place, piece, piece.day, isDeadline)
    : clock
      ? withoutDay(scope, place, clock, isDeadline)
      : passed(scope, place, []);
  return piece.lead ? leadBefore(reading, piece.lead, scope) : reading;
}

export function rangeOf(scope: Scope, place: Place, from: number, to: number): TimeReading {
  if (to <= scope.now) return passed(scope, place, []);
  return { kind: 'range', from, to, ...place };
}

function vague(scope: Scope, place: Place, date: LocalDate, clock: Clock): TimeReading {
  const at = [0, clock.minutes, 300].flatMap((minutes) => [
    fromLocal(date, minutes),
    fromLocal(addDays(date, 1), minutes),
  ]);
  const ahead = at.filter((it) => it > scope.now).slice(0, 3);
  return unclear(scope, place, 'ambiguous', ahead, `“${place.text}”没有说几点。请问是几点?`);
}

function onDay(scope: Scope, place: Place, piece: Piece, named: Day, isDeadline: boolean): TimeReading {
  const { clock } = piece;
  const isLimited = isDeadline && !clock;
  const minutes = clock
    ? isDeadline && clock.until !== undefined
      ? [clock.until]
      : clock.orElse === undefined
        ? [clock.minutes]
        : [clock.minutes, clock.orElse]
    : [isDeadline && !named.minutes ? DEADLINE_MINUTES : (named.minutes ?? REMINDER_MINUTES)];
  const on = (date: LocalDate, list = minutes) => list.map((it) => fromLocal(date, it));
  if (named.problem) {
    const { reason, dates, message } = named.problem;
    return unclear(
      scope,
      place,
      reason,
      dates.flatMap((date) => on(date, minutes.slice(-1))),
      message,
    );
  }
  const side = piece.isDeadline ? named.beforeUnknown : piece.isAfter ? named.afterUnknown : undefined;
  if (side && !clock) return unclear(scope, place, side.reason, [], side.message);
  if (isLimited && piece.isDeadline && named.beforeProblem && !named.isDeadline)
    return unclear(
      scope,
      place,
      'ambiguous',
      named.beforeProblem.flatMap((date) => on(date)),
      `“${place.text}”包不包括“${place.text.replace(/(?:之前|以前|前)$/, '')}”本身?请选择截止时间。`,
    );
  let date = named.date;
  if (isLimited) date = (piece.isDeadline && !named.isDeadline ? named.before?.() : undefined) ?? named.until;
  if (piece.isAfter) date = named.after?.() ?? addDays(named.until, 1);
  const done = (at: number): TimeReading => ({
    kind: 'instant',
    at,
    isDeadline,
    isDateOnly: !clock,
    ...place,
  });
  // A bare 周三 on a Wednesday is the next one: today would be called 今天.
  const isOtherDay = named.isWeekday && date === scope.today && !clock && !piece.isDeadline && !piece.isAfter;
  const ask = (extra: number[] = []) =>
    passed(scope, place, [...extra, ...later(scope, named, date, minutes)]);
  if (!isOtherDay) {
    const chosen = chooseHour(scope, on(date));
    if (chosen === 'both')
      return unclear(scope, place, 'ambiguous', on(date), `“${place.text}”是早上还是晚上?请选择。`);
    if (chosen !== null) return done(chosen);
  }
  const isToday = date === scope.today;
  const isComing = named.isYearly && scope.isMention && !isDeadline;
  if (named.past === 'ask' && !isComing) return ask();
  if (
    named.past === 'move-unless-today' &&
    isToday &&
    !clock &&
    fromLocal(date, DEADLINE_MINUTES) > scope.now
  )
    return ask([fromLocal(date, DEADLINE_MINUTES)]);
  const next = named.later[0];
  if (next === undefined) return ask();
  const chosen = chooseHour(scope, on(next));
  if (chosen === 'both')
    return unclear(scope, place, 'ambiguous', on(next), `“${place.text}”是早上还是晚上?请选择。`);
  return chosen === null ? ask() : done(chosen);
}

/** What to offer in place of a time that has passed. */
function later(scope: Scope, day: Day, date: LocalDate, minutes: number[]): number[] {
  const time = minutes.at(-1) ?? REMINDER_MINUTES;
  const tonight = date === scope.today ? [fromLocal(date, DEADLINE_MINUTES)] : [];
  const dates = day.later.length > 0 ? day.later : [addDays(scope.today, 1), addDays(scope.today, 7)];
  return [...tonight, ...dates.map((it) => fromLocal(it, time))];
}

/** A bare hour has two instants, twelve hours apart. Null: passed, as far as one would mean it. */
function chooseHour(scope: Scope, [first = 0, second]: number[]): number | 'both' | null {
  if (second === undefined) return first > scope.now ? first : null;
  const hour = toLocal(first).minutes / 60;
  if (hour >= 8) {
    if (first > scope.now) return first;
    // 今天9点, said in the evening, is tonight; said at noon it may be a slip.
    return second > scope.now && toLocal(scope.now).minutes >= DEADLINE_MINUTES ? second : null;
  }
  if (hour < 6) return second > scope.now ? second : null;
  if (first > scope.now) return 'both';
  return second > scope.now ? second : null;
}

function withoutDay(scope: Scope, place: Place, clock: Clock, isDeadline: boolean): TimeReading {
  const done = (at: number): TimeReading => ({
    kind: 'instant',
    at,
    isDeadline,
    isDateOnly: false,
    ...place,
  });
  const on = (date: LocalDate, minutes: number) => fromLocal(date, minutes);
  const tomorrow = addDays(scope.today, 1);
  if (clock.orElse !== undefined) return bareHour(scope, place, clock.minutes, clock.orElse, done);
  const minutes = isDeadline ? (clock.until ?? clock.minutes) : clock.minutes;
  // 晚上1点, said after midnight, is this night's.
  const at = [minutes - 1440, minutes]
    .filter((it) => it >= 0)
    .map((it) => on(scope.today, it))
    .find((it) => it > scope.now);
  if (at !== undefined) return done(at);
  // In the evening a time of the day is tomorrow's; during the day one that has passed may be a slip.
  const isEvening = toLocal(scope.now).minutes >= DEADLINE_MINUTES;
  if (!isDeadline && isEvening && minutes < DEADLINE_MINUTES) return done(on(tomorrow, minutes));
  return passed(scope, place, [on(tomorrow, minutes), on(addDays(scope.today, 2), minutes)]);
}

/** "3点" without a day: the reading within working hours that is still ahead; asked when both are plausible. */
function bareHour(
  scope: Scope,
  place: Place,
  early: number,
  late: number,
  done: (at: number) => TimeReading,
): TimeReading {
  const tomorrow = addDays(scope.today, 1);
  const [am, pm] = [fromLocal(scope.today, early), fromLocal(scope.today, late)];
  const [nextAm, nextPm] = [fromLocal(tomorrow, early), fromLocal(tomorrow, late)];
  const both = (...at: number[]) =>
    unclear(scope, place, 'ambiguous', at, `“${place.text}”指的是哪个时间?请选择。`);
  if (early >= 8 * 60) {
    if (am > scope.now) return done(am);
    return pm > scope.now ? both(pm, nextAm) : done(nextAm);
  }
  if (early < 6 * 60) {
    const { minutes } = toLocal(scope.now);
    if (minutes < 5 * 60 && am > scope.now) return both(am, pm);
    if (minutes >= 21 * 60) return both(nextAm, nextPm);
    if (pm > scope.now) return done(pm);
    return minutes >= DEADLINE_MINUTES ? done(nextPm) : passed(scope, place, [nextPm]);
  }
  if (am > scope.now) return both(am, pm);
  return pm > scope.now ? done(pm) : both(nextAm, nextPm);
}

/** So long before the time named; before a whole day it is that morning. */
export function leadBefore(reading: TimeReading, lead: Lead, scope: Scope): TimeReading {
  if (reading.kind !== 'instant' && reading.kind !== 'range') return reading;
  // 下午两点半到四点接人,提前四十分钟: before it begins.
  const from = reading.kind === 'range' ? reading.from : reading.at;
  const isDateOnly = reading.kind === 'instant' && reading.isDateOnly;
  const { date, minutes } = toLocal(from);
  const time = isDateOnly ? REMINDER_MINUTES : minutes;
  let at = from - (lead.minutes ?? 0) * MINUTE_MS;
  if (lead.days !== undefined) at = fromLocal(addDays(date, -lead.days), time);
  if (lead.workdays !== undefined) at = fromLocal(workdayBefore(scope.calendar, date, lead.workdays), time);
  const place = { text: reading.text, index: reading.index };
  if (at <= scope.now) return passed(scope, place, [from]);
  return { kind: 'instant', at, isDeadline: false, isDateOnly, ...place };
}
