import { describe, expect, it } from 'vitest';
import { addDays, fromLocal, toLocal, weekdayOf } from '../../src/calendar/local.js';
import { beginRule, nextOccurrence, rruleText } from '../../src/calendar/recurrence.js';
import type { Recurrence } from '../../src/core/reminder.js';
import { at, calendar, show } from '../helpers/dates.js';

const rule = (rrule: string, rest: Partial<Recurrence> = {}): Recurrence => ({
  rrule,
  from: '2026-01-01',
  times: [540],
  ...rest,
});

/** The next `n` occurrences after an instant. */
function occurrences(of: Recurrence, after: string, n: number): string[] {
  const found: string[] = [];
  for (let now = at(after); found.length < n;) {
    const next = nextOccurrence(of, now, calendar);
    if (next === null) break;
    found.push(show(next));
    now = next;
  }
  return found;
}
const days = (of: Recurrence, after: string, n: number) =>
  occurrences(of, after, n).map((it) => it.slice(5, 10));

describe('a rule of RFC 5545', () => {
  it.each([
    ['FREQ=DAILY', ['03-12', '03-13', '03-14']],
    ['FREQ=WEEKLY;BYDAY=MO,WE,FR', ['03-13', '03-16', '03-18']],
    ['FREQ=MONTHLY;BYMONTHDAY=25', ['03-25', '04-25', '05-25']],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', ['03-31', '04-30', '05-31']],
    ['FREQ=MONTHLY;BYDAY=2TU', ['04-14', '05-12', '06-09']],
    ['FREQ=MONTHLY;BYDAY=-1FR', ['03-27', '04-24', '05-29']],
    ['FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1', ['03-31', '06-30', '09-30']],
    ['FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=4', ['12-04', '12-04']],
    ['FREQ=DAILY;BYMONTH=6', ['06-01', '06-02']],
    ['FREQ=MONTHLY;BYMONTHDAY=31', ['03-31', '05-31', '07-31']],
  ])('%s', (rrule, expected) => {
    expect(days(rule(rrule), '2026-03-12 08:00', expected.length)).toEqual(expected);
  });

  it('counts every second week from its first one', () => {
    const weekly = rule('FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', { from: '2026-03-06' });
    expect(days(weekly, '2026-03-12 08:00', 3)).toEqual(['03-20', '04-03', '04-17']);
    const begun = beginRule(weekly, at('2026-03-12 08:00'), calendar);
    expect(begun?.from).toBe('2026-03-13');
  });

  it('never occurs at or before the instant asked about', () => {
    const daily = rule('FREQ=DAILY', { times: [480, 1200] });
    expect(occurrences(daily, '2026-03-12 08:00', 3)).toEqual([
      '2026-03-12 20:00',
      '2026-03-13 08:00',
      '2026-03-13 20:00',
    ]);
  });

  it('counts hours and minutes from its first time', () => {
    const hourly = rule('FREQ=HOURLY;INTERVAL=2', { from: '2026-03-12', times: [617] });
    expect(occurrences(hourly, '2026-03-12 13:00', 2)).toEqual(['2026-03-12 14:17', '2026-03-12 16:17']);
    const minutely = rule('FREQ=MINUTELY;INTERVAL=30', { from: '2026-03-12', times: [600] });
    expect(occurrences(minutely, '2026-03-12 10:00', 2)).toEqual(['2026-03-12 10:30', '2026-03-12 11:00']);
  });

  it('ends with UNTIL, its day included, and with COUNT', () => {
    const until = rule('FREQ=WEEKLY;BYDAY=FR;UNTIL=20260320');
    expect(days(until, '2026-03-12 08:00', 9)).toEqual(['03-13', '03-20']);
    const three = rule('FREQ=DAILY;COUNT=3', { from: '2026-03-13' });
    expect(days(three, '2026-03-12 08:00', 9)).toEqual(['03-13', '03-14', '03-15']);
    expect(nextOccurrence(three, at('2026-03-15 09:00'), calendar)).toBeNull();
  });

  it('after midnight belongs to the day before', () => {
    const late = rule('FREQ=WEEKLY;BYDAY=FR', { times: [1440] });
    expect(occurrences(late, '2026-03-13 20:00', 2)).toEqual(['2026-03-14 00:00', '2026-03-21 00:00']);
  });

  it('that is broken is named', () => {
    expect(() => nextOccurrence(rule('FREQ=SOMETIMES'), 0, calendar)).toThrow(RangeError);
    expect(() => nextOccurrence(rule('BYDAY=MO'), 0, calendar)).toThrow(/BYDAY=MO/);
  });

  it('goes out with its times', () => {
    expect(rruleText(rule('FREQ=DAILY', { times: [480, 1200] }))).toBe('FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0');
    expect(rruleText(rule('FREQ=DAILY', { times: [480, 1230] }))).toBe('FREQ=DAILY');
    expect(rruleText(rule('FREQ=HOURLY'))).toBe('FREQ=HOURLY');
  });
});

describe('what RFC 5545 has no words for', () => {
  it('the last day of shorter months, leap years among them', () => {
    const special = { kind: 'last-if-short' } as const;
    const monthly = rule('FREQ=MONTHLY;BYMONTHDAY=31', { special });
    expect(days(monthly, '2026-01-31 10:00', 4)).toEqual(['02-28', '03-31', '04-30', '05-31']);
    const two = rule('FREQ=MONTHLY;BYMONTHDAY=15,30', { special });
    expect(days(two, '2026-01-31 10:00', 3)).toEqual(['02-15', '02-28', '03-15']);
    const leap = rule('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', { special });
    expect(occurrences(leap, '2026-03-01 10:00', 3).map((it) => it.slice(0, 10))).toEqual([
      '2027-02-28',
      '2028-02-29',
      '2029-02-28',
    ]);
  });

  it('every working day, made-up weekends among them', () => {
    const all = rule('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', { special: { kind: 'workdays' } });
    expect(days(all, '2026-09-30 10:00', 4)).toEqual(['10-08', '10-09', '10-10', '10-12']);
    const summer = rule('FREQ=DAILY;BYMONTH=6', { special: { kind: 'workdays' } });
    expect(days(summer, '2026-05-30 10:00', 1)).toEqual(['06-01']);
  });

  it.each([
    ['FREQ=MONTHLY', 1, ['04-01', '05-06', '06-01']],
    ['FREQ=MONTHLY', -1, ['03-31', '04-30', '05-29']],
    ['FREQ=MONTHLY', 5, ['04-08', '05-11', '06-05']],
    ['FREQ=MONTHLY;BYMONTH=3,6,9,12', -1, ['03-31', '06-30', '09-30']],
    ['FREQ=WEEKLY', 1, ['03-16', '03-23', '03-30', '04-07']],
    ['FREQ=WEEKLY', -1, ['03-13', '03-20', '03-27', '04-03']],
    ['FREQ=YEARLY', -1, ['12-31']],
  ])('%s: working day %i', (period, n, expected) => {
    const nth = rule(`${period};BYDAY=MO,TU,WE,TH,FR;BYSETPOS=${n}`, { special: { kind: 'nth-workday', n } });
    expect(days(nth, '2026-03-12 10:00', expected.length)).toEqual(expected);
  });

  it.each([
    ['清明节', 'on', '2026-04-05'],
    ['清明节', 'before', '2026-04-03'],
    ['清明节', 'after', '2026-04-07'],
    ['国庆节', 'before', '2026-09-30'],
    ['国庆节', 'after', '2026-10-08'],
    ['元旦', 'before', '2026-12-31'],
    ['重阳节', 'on', '2026-10-18'],
    ['重阳节', 'before', '2026-10-17'],
  ] as const)('%s %s', (name, side, date) => {
    const festival = rule('FREQ=YEARLY', { special: { kind: 'festival', name, side } });
    expect(occurrences(festival, '2026-03-12 10:00', 1)).toEqual([`${date} 09:00`]);
  });

  it('the day before any holiday, each once', () => {
    const any = rule('FREQ=YEARLY', { special: { kind: 'festival', name: 'any', side: 'before' } });
    const expected = ['01-27', '04-03', '04-30', '05-30', '09-30', '12-31', '02-14'];
    expect(days({ ...any, from: '2025-01-02' }, '2025-01-02 10:00', 7)).toEqual(expected);
    // 元旦 begins with the year whatever is published for it.
    expect(days(any, '2026-10-08 10:00', 1)).toEqual(['12-31']);
  });

  it('days of the lunar calendar', () => {
    const small = rule('FREQ=YEARLY', { special: { kind: 'lunar', month: 12, day: 23 } });
    expect(occurrences(small, '2026-03-12 10:00', 1)).toEqual(['2027-01-30 09:00']);
    const first = rule('FREQ=MONTHLY', { special: { kind: 'lunar', month: null, day: 1 } });
    expect(days(first, '2026-03-12 10:00', 2)).toEqual(['03-19', '04-17']);
  });

  it('moves off days away: next, previous, skip', () => {
    const monthly = (shift: Recurrence['shift']) =>
      rule('FREQ=MONTHLY;BYMONTHDAY=4', { shift: shift ?? 'none' });
    expect(days(monthly('next'), '2026-03-12 10:00', 3)).toEqual(['04-07', '05-06', '06-04']);
    expect(days(monthly('previous'), '2026-03-12 10:00', 3)).toEqual(['04-03', '04-30', '06-04']);
    expect(days(monthly('skip'), '2026-03-12 10:00', 2)).toEqual(['06-04', '08-04']);
    expect(days(monthly(undefined), '2026-03-12 10:00', 2)).toEqual(['04-04', '05-04']);
  });

  it('comes ahead by days or working days', () => {
    const monthly = (lead: Recurrence['lead']) => rule('FREQ=MONTHLY;BYMONTHDAY=8', lead ? { lead } : {});
    expect(days(monthly({ days: 3 }), '2026-03-12 10:00', 2)).toEqual(['04-05', '05-05']);
    expect(days(monthly({ workdays: 3 }), '2026-03-12 10:00', 2)).toEqual(['04-02', '04-30']);
  });

  it('reckons by the days off by law in a year whose file is not there, and names the file for its holidays', () => {
    const all = rule('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', { special: { kind: 'workdays' } });
    expect(show(nextOccurrence(all, at('2026-12-31 10:00'), calendar) ?? 0)).toBe('2027-01-04 09:00');
    expect(show(nextOccurrence(all, at('2027-02-04 10:00'), calendar) ?? 0)).toBe('2027-02-09 09:00');
    expect(show(nextOccurrence(all, at('2027-09-30 10:00'), calendar) ?? 0)).toBe('2027-10-04 09:00');
    const spring = rule('FREQ=YEARLY', { special: { kind: 'festival', name: '春节', side: 'before' } });
    expect(() => nextOccurrence(spring, at('2026-03-12 10:00'), calendar)).toThrow(/缺少2027年/);
    const plain = rule('FREQ=MONTHLY;BYMONTHDAY=25');
    expect(show(nextOccurrence(plain, at('2030-01-26 10:00'), calendar) ?? 0)).toBe('2030-02-25 09:00');
  });
});

/** Days found by looking at every one of them. */
function slowly(after: number, times: number[], isDay: (date: string) => boolean): number | null {
  for (let date = toLocal(after).date, i = 0; i < 800; date = addDays(date, 1), i++)
    if (isDay(date)) {
      const found = times.map((minutes) => fromLocal(date, minutes)).find((it) => it > after);
      if (found !== undefined) return found;
    }
  return null;
}

describe('from every day of 2026', () => {
  const day = (date: string) => Number(date.slice(8));
  it.each([
    ['FREQ=WEEKLY;BYDAY=TU,SU', (date: string) => [2, 7].includes(weekdayOf(date))],
    ['FREQ=MONTHLY;BYMONTHDAY=1,15', (date: string) => [1, 15].includes(day(date))],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', (date: string) => day(addDays(date, 1)) === 1],
    ['FREQ=MONTHLY;BYDAY=1MO', (date: string) => weekdayOf(date) === 1 && day(date) <= 7],
    ['FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=30', (date: string) => /-(?:06|12)-30$/.test(date)],
  ])('%s equals a look at every day', (rrule, isDay) => {
    const of = rule(rrule, { times: [510, 1080] });
    for (let date = '2026-01-01'; date <= '2026-12-31'; date = addDays(date, 1))
      for (const minutes of [0, 510, 700, 1080, 1300]) {
        const after = fromLocal(date, minutes);
        expect(nextOccurrence(of, after, calendar)).toBe(slowly(after, [510, 1080], isDay));
      }
  });
});

describe('a rule by the minute or hour', () => {
  const start = fromLocal('2026-01-01', 8 * 60);
  const rule = (rrule: string): Recurrence => ({ rrule, from: '2026-01-01', times: [8 * 60] });

  it.each([
    ['FREQ=MINUTELY;INTERVAL=5', 5],
    ['FREQ=MINUTELY;INTERVAL=90', 90],
    ['FREQ=HOURLY', 60],
    ['FREQ=HOURLY;INTERVAL=7', 420],
  ])('%s keeps its step from its beginning, however long ago that is', (rrule, minutes) => {
    const stepMs = minutes * 60_000;
    for (let i = 0; i < 300; i++) {
      const after = start + i * 77_777_777;
      const next = start + (Math.floor((after - start) / stepMs) + 1) * stepMs;
      expect(nextOccurrence(rule(rrule), after, calendar)).toBe(next);
    }
    expect(nextOccurrence(rule(rrule), start - 1, calendar)).toBe(start);
  });

  it('with a count ends after it', () => {
    const counted = rule('FREQ=HOURLY;INTERVAL=2;COUNT=3');
    expect(nextOccurrence(counted, start + 3 * 3_600_000, calendar)).toBe(start + 4 * 3_600_000);
    expect(nextOccurrence(counted, start + 4 * 3_600_000, calendar)).toBeNull();
  });
});
