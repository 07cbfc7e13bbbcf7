/** At what times something comes again: 早上8点和晚上8点, 下班前, or the hour of its kind. Pure. */
import { toLocal } from '../../calendar/local.js';
import { matchClock } from './clock.js';
import type { Days } from './recurrence-month.js';
import { DEADLINE_MINUTES, REMINDER_MINUTES } from './resolve.js';
import type { Lead } from './scan.js';
import type { Clock, Hit, Scope } from './types.js';

/** The times next to the days, else the first ones of the message: 早上8点和晚上8点. */
export function findClocks(text: string, start: number, scope: Scope): Hit<Clock>[] {
  const near = clocksFrom(text, skipTo(text, start), scope, true);
  if (near.length > 0) return near;
  for (let index = 0; index < text.length; index++) {
    const found = clocksFrom(text, index, scope);
    if (found.length > 0) return found;
  }
  return [];
}

function skipTo(text: string, index: number): number {
  const pattern = /[ ,的在于、)(]{0,3}/y;
  pattern.lastIndex = index;
  return pattern.test(text) ? pattern.lastIndex : index;
}

function clocksFrom(text: string, index: number, scope: Scope, isAfterDay = false): Hit<Clock>[] {
  const clocks: Hit<Clock>[] = [];
  for (let at = index; ;) {
    const clock = matchClock(text, at, scope.calendar, isAfterDay && at === index);
    if (!clock) return clocks;
    clocks.push(clock);
    const link = /[、,和与及 ]{1,2}(?:以及)?/y;
    link.lastIndex = clock.end;
    if (!link.test(text)) return clocks;
    at = link.lastIndex;
  }
}

/** `vague`: 凌晨 without an hour. Two times of one clock: either half of the day may be meant. */
export function timesOf(
  clocks: Hit<Clock>[],
  days: Days,
  { isDeadline, isBothEnds, lead }: { isDeadline: boolean; isBothEnds: boolean; lead: Lead | undefined },
  { now }: Scope,
): number[] | 'vague' {
  const earlier = lead?.minutes ?? 0;
  if (/HOURLY|MINUTELY/.test(days.rrule)) {
    const [, unit = '', n = '1'] = /FREQ=(HOURLY|MINUTELY)(?:;INTERVAL=(\d+))?/.exec(days.rrule) ?? [];
    return [
      clocks[0]?.value.minutes ?? Math.floor(toLocal(now).minutes) + Number(n) * (unit === 'HOURLY' ? 60 : 1),
    ];
  }
  if (clocks.length === 0) {
    const base = isDeadline ? DEADLINE_MINUTES : (days.minutes ?? REMINDER_MINUTES);
    return [base - earlier];
  }
  if (clocks.some(({ value }) => value.isVague)) return 'vague';
  const hours = clocks.flatMap(({ value }) => hoursOf(value, isDeadline, days));
  const times = [...hours, ...(isBothEnds ? hours.map((it) => it - 720) : [])].map((it) => it - earlier);
  return [...new Set(times)].sort((a, b) => a - b);
}

/** 8点 is in the morning, 3点 in the afternoon, 7点 may be either. */
function hoursOf({ minutes, orElse, until }: Clock, isDeadline: boolean, days: Days): number[] {
  if (isDeadline && until !== undefined) return [until];
  const daily = (it: number): number => (days.rrule.startsWith('FREQ=DAILY') ? it % 1440 : it);
  if (orElse === undefined) return [daily(minutes)];
  if (days.minutes !== undefined) return [days.minutes >= 720 ? orElse : minutes];
  if (minutes >= 480) return [minutes];
  return minutes < 360 ? [orElse] : [minutes, orElse];
}
