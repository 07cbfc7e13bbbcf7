/** Times of Beijing for the tests of the calendar and of the reading of times. */
import { loadCalendar } from '../../src/calendar/calendar.js';
import { formatMinutes, toLocal } from '../../src/calendar/local.js';
import { parseTime } from '../../src/nlu/dates/parse.js';
import type { TimeOptions, TimeReading } from '../../src/nlu/dates/types.js';

export const calendar = loadCalendar('knowledge/calendar');

/** `2026-03-12 10:00` in ms. */
export const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

/** `2026-03-12 10:00`. */
export function show(ms: number): string {
  const { date, minutes } = toLocal(ms);
  return `${date} ${formatMinutes(minutes)}`;
}

export const read = (text: string, now: string, purpose?: TimeOptions['purpose']): TimeReading | null =>
  parseTime(text, { now: at(now), calendar, ...(purpose ? { purpose } : {}) });

/** What was read, in one line: the instant, `from..to`, the rule, `? reason candidates`, or `-`. */
export function brief(reading: TimeReading | null): string {
  switch (reading?.kind) {
    case undefined:
      return '-';
    case 'instant':
      return show(reading.at);
    case 'range':
      return `${show(reading.from)}..${show(reading.to)}`;
    case 'recurrence':
      return `${reading.rule.rrule} ${show(reading.at)}`;
    case 'unclear':
      return ['?', reading.reason, ...reading.candidates.map((it) => show(it.at))].join(' ');
  }
}
