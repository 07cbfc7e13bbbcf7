/** The calendar file, read back by a library and compared with what the bot itself will send. */
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { nextOccurrence } from '../../src/calendar/recurrence.js';
import type { Recurrence, Reminder } from '../../src/core/reminder.js';
import { icsOf } from '../../src/reminders/ics.js';
import { at, calendar, makeReminder, makeRule } from '../helpers/reminders.js';

const NOW = at('2026-03-02 08:00');
const COUNT = 25;

const eventsOf = (text: string): ICAL.Event[] =>
  new ICAL.Component(ICAL.parse(text) as unknown[])
    .getAllSubcomponents('vevent')
    .map((it) => new ICAL.Event(it));

const recurring = (rule: Recurrence): Reminder => {
  const nextAt = nextOccurrence(rule, NOW, calendar);
  return makeReminder({ when: { kind: 'recurring', rule }, nextAt, ruleAt: nextAt });
};
/** In Shanghai, whatever the zone of the machine. */
const msOf = (time: ICAL.Time): number =>
  at(`${time.toString().slice(0, 10)} ${time.toString().slice(11, 16)}`);

function ours(rule: Recurrence, count: number): number[] {
  const found: number[] = [];
  for (let after = NOW; found.length < count;) {
    const next = nextOccurrence(rule, after, calendar);
    if (next === null) break;
    found.push((after = next));
  }
  return found;
}

describe('a rule that calendars know', () => {
  it.each<[string, Recurrence]>([
    ['daily', makeRule()],
    ['daily at two times', makeRule({ times: [480, 1200] })],
    ['weekly', makeRule({ rrule: 'FREQ=WEEKLY;BYDAY=FR', times: [960] })],
    ['weekly on several days', makeRule({ rrule: 'FREQ=WEEKLY;BYDAY=TU,TH,SA' })],
    ['every second week', makeRule({ rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE', from: '2026-03-04' })],
    ['monthly', makeRule({ rrule: 'FREQ=MONTHLY;BYMONTHDAY=25' })],
    ['on the last day of the month', makeRule({ rrule: 'FREQ=MONTHLY;BYMONTHDAY=-1' })],
    ['every third day', makeRule({ rrule: 'FREQ=DAILY;INTERVAL=3', from: '2026-03-02' })],
    ['yearly', makeRule({ rrule: 'FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1' })],
    ['until a day', makeRule({ rrule: 'FREQ=DAILY;UNTIL=20260320T000000Z' })],
    ['so many times', makeRule({ rrule: 'FREQ=DAILY;COUNT=5', from: '2026-03-02' })],
    ['so many times, begun before', makeRule({ rrule: 'FREQ=DAILY;COUNT=5', from: '2026-03-01' })],
    [
      'so many times, twice a day',
      makeRule({ rrule: 'FREQ=DAILY;COUNT=5', from: '2026-03-01', times: [420, 600] }),
    ],
    ['every two hours', makeRule({ rrule: 'FREQ=HOURLY;INTERVAL=2', from: '2026-03-02', times: [480] })],
  ])('%s comes on the same instants', (_, rule) => {
    const [event] = eventsOf(icsOf([recurring(rule)], NOW));
    const iterator = event?.iterator();
    const theirs: number[] = [];
    for (let next = iterator?.next(); next && theirs.length < COUNT; next = iterator?.next())
      theirs.push(msOf(next));
    expect(theirs).toEqual(ours(rule, COUNT));
  });
});

describe('a rule that calendars do not know', () => {
  it.each<[string, Partial<Recurrence>]>([
    ['working days', { special: { kind: 'workdays' } }],
    ['the last working day', { rrule: 'FREQ=MONTHLY', special: { kind: 'nth-workday', n: -1 } }],
    ['a festival', { rrule: 'FREQ=YEARLY', special: { kind: 'festival', name: '清明节', side: 'before' } }],
    ['moved by days off', { rrule: 'FREQ=MONTHLY;BYMONTHDAY=7', shift: 'next' }],
    ['some days before', { rrule: 'FREQ=MONTHLY;BYMONTHDAY=25', lead: { workdays: 2 } }],
    // Times that share no minute cannot stand in one RRULE.
    ['at times that share no minute', { times: [450, 1200] }],
  ])('%s is exported by its next instant alone', (_, parts) => {
    const reminder = recurring(makeRule(parts));
    const [event] = eventsOf(icsOf([reminder], NOW));
    expect(event?.isRecurring()).toBe(false);
    expect(event && msOf(event.startDate)).toBe(reminder.nextAt);
  });
});

describe('the file', () => {
  const once = (n: number, text: string): Reminder =>
    makeReminder({
      id: `TX-2026-00000${n}`,
      text,
      nextAt: at('2026-03-05 15:00'),
      ruleAt: at('2026-03-05 15:00'),
    });
  const text = icsOf([once(1, '交低保报表;含逗号,反斜杠\\与\n换行'), once(2, '长'.repeat(100))], NOW);

  it('names each reminder, when it comes and what it is', () => {
    const events = eventsOf(text);
    expect(events.map(({ uid, summary }) => [uid, summary])).toEqual([
      ['TX-2026-000001@qingdan', '交低保报表;含逗号,反斜杠\\与\n换行'],
      ['TX-2026-000002@qingdan', '长'.repeat(100)],
    ]);
    expect(events.map((it) => msOf(it.startDate))).toEqual([at('2026-03-05 15:00'), at('2026-03-05 15:00')]);
    expect(events[0]?.startDate.zone.tzid).toBe('Asia/Shanghai');
    expect(events[0]?.component.getFirstSubcomponent('valarm')?.getFirstPropertyValue('action')).toBe(
      'DISPLAY',
    );
  });

  it('keeps to the form: short lines that end with CR LF, a version, a zone', () => {
    const lines = text.split('\r\n');
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(76);
    expect(lines).toEqual(expect.arrayContaining(['BEGIN:VTIMEZONE', 'VERSION:2.0', 'TZOFFSETTO:+0800']));
  });

  it('leaves out what has no next instant', () => {
    expect(eventsOf(icsOf([makeReminder({ nextAt: null })], NOW))).toEqual([]);
  });
});
