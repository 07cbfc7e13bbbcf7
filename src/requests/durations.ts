/** Adding a duration to an instant, with the time in between during which the clock stood still. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { addDays, fromLocal, MINUTE_MS, toLocal, yearOf, type LocalDate } from '../calendar/local.js';
import { addWorkingMinutes, endOfWork } from '../calendar/workdays.js';
import type { Duration } from './policy.js';

/** From the pause to the resumption. */
export type Pause = { from: number; to: number };

/** One day that a count of working days has looked at. `n` is the number of a counted day. */
export type CountedDay = { date: LocalDate; why: string; n: number | null };

/**
 * Working days are counted from the day after `start` and end when work ends on the last one. A pause moves the end by the
 * minutes of working time that it took, no more: who pauses each evening and goes on in the morning has won nothing.
 */
export function endOf(
  duration: Duration,
  start: number,
  calendar: Calendar,
  pauses: readonly Pause[] = [],
): number {
  if ('workingDays' in duration) {
    const days = countDays(duration.workingDays, start, calendar);
    const end = endOfWork(calendar, days.at(-1)?.date ?? toLocal(start).date);
    return shiftByWork(end, pauses, countStart(start), calendar);
  }
  if ('workingHours' in duration)
    return shiftByWork(
      addWorkingMinutes(calendar, start, duration.workingHours * 60),
      pauses,
      start,
      calendar,
    );
  return shiftByPauses(start + wallMs(duration), pauses, start);
}

/** The day of the start does not count, and so nothing is lost by a pause on it. */
export const countStart = (start: number): number => fromLocal(addDays(toLocal(start).date, 1));

export const wallMs = (duration: { minutes: number } | { hours: number }): number =>
  ('minutes' in duration ? duration.minutes : duration.hours * 60) * MINUTE_MS;

/** `end` moved back by the pauses since `start` that lie before it. */
export function shiftByPauses(end: number, pauses: readonly Pause[], start: number): number {
  let at = end;
  for (const { from, to } of pauses) if (to > start && from < at) at += to - Math.max(from, start);
  return at;
}

/** `end` moved on by the working time since `start` that the pauses before it took: it lands in working time. */
export function shiftByWork(
  end: number,
  pauses: readonly Pause[],
  start: number,
  calendar: Calendar,
): number {
  let minutes = 0;
  let at = end;
  for (const { from, to } of pauses) {
    if (to <= start || from >= at) continue;
    minutes += workingMinutesBetween(calendar, Math.max(from, start), to);
    if (minutes > 0) at = addWorkingMinutes(calendar, end, minutes);
  }
  return at;
}

/** An instant that somebody named, moved as a clock of this duration is. */
export const shiftLike = (
  duration: Duration,
  at: number,
  pauses: readonly Pause[],
  start: number,
  calendar: Calendar,
): number =>
  isByWork(duration) ? shiftByWork(at, pauses, start, calendar) : shiftByPauses(at, pauses, start);

export const isByWork = (duration: Duration): boolean =>
  'workingDays' in duration || 'workingHours' in duration;

/** Whether a count of working time between the two went through a year whose days off are not known. */
export function isUnsure(duration: Duration, from: number, to: number, calendar: Calendar): boolean {
  if (!isByWork(duration)) return false;
  for (let year = yearOf(toLocal(from).date); year <= yearOf(toLocal(to).date); year++)
    if (!calendar.hasYear(year)) return true;
  return false;
}

/** Minutes of work of so many working days or hours. */
export const workingMinutesOf = (
  duration: { workingDays: number } | { workingHours: number },
  { hours }: Pick<Calendar, 'hours'>,
): number =>
  'workingHours' in duration
    ? duration.workingHours * 60
    : duration.workingDays * hours.reduce((sum, { from, to }) => sum + to - from, 0);

export function countDays(days: number, start: number, calendar: Calendar): CountedDay[] {
  const passed: CountedDay[] = [];
  let date = toLocal(start).date;
  for (let counted = 0; counted < days;) {
    date = addDays(date, 1);
    const { isWorkday, why } = calendar.day(date);
    if (isWorkday) counted++;
    passed.push({ date, why, n: isWorkday ? counted : null });
  }
  return passed;
}

/** Working time that a count has looked at on one day; a day without any says why. */
export type CountedHours = { date: LocalDate; why: string; spans: Pause[] };

/** The days from `start` to the end of so many working hours, each with the spans that count. */
export function countHours(
  hours: number,
  start: number,
  calendar: Calendar,
  pauses: readonly Pause[] = [],
): CountedHours[] {
  const end = endOf({ workingHours: hours }, start, calendar, pauses);
  const days: CountedHours[] = [];
  const last = toLocal(end).date;
  for (let date = toLocal(start).date; date <= last; date = addDays(date, 1)) {
    const { isWorkday, why } = calendar.day(date);
    const worked = isWorkday
      ? calendar.hours.map(({ from, to }) => ({
          from: Math.max(start, fromLocal(date, from)),
          to: Math.min(end, fromLocal(date, to)),
        }))
      : [];
    const spans = pauses.reduce(without, worked).filter(({ from, to }) => from < to);
    days.push({ date, why, spans });
  }
  return days;
}

/** What of the spans lies outside the pause. */
const without = (spans: Pause[], pause: Pause): Pause[] =>
  spans.flatMap(({ from, to }) =>
    pause.to <= from || to <= pause.from
      ? [{ from, to }]
      : [
          { from, to: Math.min(to, pause.from) },
          { from: Math.max(from, pause.to), to },
        ],
  );

export function workingMinutesBetween(calendar: Calendar, from: number, to: number): number {
  let sum = 0;
  const last = toLocal(to).date;
  for (let date = toLocal(from).date; date <= last; date = addDays(date, 1)) {
    if (!calendar.day(date).isWorkday) continue;
    for (const hours of calendar.hours) {
      const begin = Math.max(from, fromLocal(date, hours.from));
      sum += Math.max(0, Math.min(to, fromLocal(date, hours.to)) - begin);
    }
  }
  return sum / MINUTE_MS;
}

/** The instant that lies the duration before `end`. */
export function before(duration: Duration, end: number, calendar: Calendar): number {
  if ('workingDays' in duration) {
    const local = toLocal(end);
    let date = local.date;
    for (let left = duration.workingDays; left > 0;) {
      date = addDays(date, -1);
      if (calendar.day(date).isWorkday) left--;
    }
    return fromLocal(date, local.minutes);
  }
  if ('workingHours' in duration) return subtractWorkingMinutes(calendar, end, duration.workingHours * 60);
  return end - wallMs(duration);
}

function subtractWorkingMinutes(calendar: Calendar, end: number, minutes: number): number {
  let left = minutes * MINUTE_MS;
  for (let date = toLocal(end).date; ; date = addDays(date, -1)) {
    if (!calendar.day(date).isWorkday) continue;
    for (const hours of [...calendar.hours].reverse()) {
      const from = fromLocal(date, hours.from);
      const to = Math.min(end, fromLocal(date, hours.to));
      if (to <= from) continue;
      if (to - from >= left) return to - left;
      left -= to - from;
    }
  }
}

/** `5个工作日`. */
export function durationText(duration: Duration): string {
  if ('minutes' in duration) return `${duration.minutes}分钟`;
  if ('hours' in duration) return `${duration.hours}小时`;
  if ('workingHours' in duration) return `${duration.workingHours}个工作小时`;
  return `${duration.workingDays}个工作日`;
}
