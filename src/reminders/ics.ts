/** Reminders as an iCalendar file (RFC 5545) that phones and office programs open. Pure. */
import ICAL from 'ical.js';
import { rruleText } from '../calendar/recurrence.js';
import { fromLocal, TIME_ZONE, toLocal } from '../calendar/local.js';
import type { Recurrence, Reminder } from '../core/reminder.js';

/** The zone stands in the parameter of the property. */
const FLOATING = ICAL.Timezone.localTimezone;

/** What a standard rule cannot say (working days, festivals) is exported by its next instant only: a wrong day would be worse. */
export function icsOf(reminders: Reminder[], now: number): string {
  const calendar = new ICAL.Component(['vcalendar', [], []]);
  calendar.addPropertyWithValue('prodid', '-//Qingdan//Reminders//ZH');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addSubcomponent(zone());
  for (const reminder of reminders)
    if (reminder.nextAt !== null) calendar.addSubcomponent(eventOf(reminder, now));
  return `${calendar.toString()}\r\n`;
}

function eventOf({ id, text, when, nextAt }: Reminder, now: number): ICAL.Component {
  const event = new ICAL.Component('vevent');
  event.addPropertyWithValue('uid', `${id}@qingdan`);
  event.addPropertyWithValue('dtstamp', ICAL.Time.fromJSDate(new Date(now), true));
  const start = event.addPropertyWithValue('dtstart', localTime(nextAt ?? now));
  start.setParameter('tzid', TIME_ZONE);
  event.addPropertyWithValue('summary', text);
  if (when.kind === 'recurring' && nextAt !== null && isStandard(when.rule, nextAt))
    event.addPropertyWithValue('rrule', recurOf(when.rule, nextAt));
  const alarm = new ICAL.Component('valarm');
  alarm.addPropertyWithValue('action', 'DISPLAY');
  alarm.addPropertyWithValue('description', text);
  alarm.addPropertyWithValue('trigger', ICAL.Duration.fromSeconds(0));
  event.addSubcomponent(alarm);
  return event;
}

const isStandard = (rule: Recurrence, nextAt: number): boolean =>
  rule.special === undefined &&
  !rule.except?.some((day) => day > toLocal(nextAt).date) &&
  (rule.shift ?? 'none') === 'none' &&
  rule.lead === undefined &&
  // Times that share no minute cannot stand in one rule.
  /BYHOUR|FREQ=(?:HOURLY|MINUTELY)/.test(rruleText(rule));

/** The rule from `nextAt` on: what has passed of COUNT is taken off, and UNTIL holds to the end of its day. */
function recurOf(rule: Recurrence, nextAt: number): ICAL.Recur {
  const recur = ICAL.Recur.fromString(rruleText(rule));
  const { date, minutes } = toLocal(nextAt);
  if (recur.until) recur.until = endOfDay(recur.until);
  if (recur.count && !/FREQ=(?:HOURLY|MINUTELY)/.test(rule.rrule)) {
    const days = ICAL.Recur.fromString(rule.rrule).iterator(localTime(fromLocal(rule.from)));
    let passed = 0;
    for (let day = days.next(); day && day.toString().slice(0, 10) < date; day = days.next()) passed++;
    // COUNT counts days here, and instants there.
    const earlier = rule.times.filter((it) => it < minutes).length;
    recur.count = (recur.count - passed) * rule.times.length - earlier;
  }
  return recur;
}

/** UNTIL is in UTC beside a DTSTART with a zone. */
function endOfDay(until: ICAL.Time): ICAL.Time {
  const day = until.toString().slice(0, 10);
  return ICAL.Time.fromJSDate(new Date(fromLocal(day, 24 * 60) - 1_000), true);
}

function localTime(ms: number): ICAL.Time {
  const { date, minutes } = toLocal(ms);
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const time = { year, month, day, hour: Math.floor(minutes / 60), minute: Math.floor(minutes % 60) };
  return new ICAL.Time({ ...time, second: 0, isDate: false }, FLOATING);
}

/** China has one time, and no summer time since 1992. */
function zone(): ICAL.Component {
  const timezone = new ICAL.Component('vtimezone');
  timezone.addPropertyWithValue('tzid', TIME_ZONE);
  const standard = new ICAL.Component('standard');
  standard.addPropertyWithValue(
    'dtstart',
    new ICAL.Time({ year: 1992, month: 1, day: 1, isDate: false }, FLOATING),
  );
  standard.addPropertyWithValue('tzoffsetfrom', ICAL.UtcOffset.fromSeconds(8 * 3_600));
  standard.addPropertyWithValue('tzoffsetto', ICAL.UtcOffset.fromSeconds(8 * 3_600));
  timezone.addSubcomponent(standard);
  return timezone;
}
