import { describe, expect, it } from 'vitest';
import { workdayAfter, workdayBefore } from '../../src/calendar/holidays.js';
import { addDays, fromLocal } from '../../src/calendar/local.js';
import { nthWorkday } from '../../src/calendar/special-days.js';
import {
  addWorkingDays,
  addWorkingMinutes,
  endOfWork,
  isWorkingTime,
  nextWorkingTime,
  startOfWork,
  workdayFrom,
} from '../../src/calendar/workdays.js';
import { at, calendar, show } from '../helpers/dates.js';

/** The State Council's 2026 once more, by hand: what the module reads is not what it is checked against. */
const OFF = new Set(
  [
    ...['01-01', '01-02', '01-03'],
    ...[15, 16, 17, 18, 19, 20, 21, 22, 23].map((day) => `02-${day}`),
    ...['04-04', '04-05', '04-06', '05-01', '05-02', '05-03', '05-04', '05-05'],
    ...['06-19', '06-20', '06-21', '09-25', '09-26', '09-27'],
    ...[1, 2, 3, 4, 5, 6, 7].map((day) => `10-0${day}`),
  ].map((date) => `2026-${date}`),
);
const MADE_UP = new Set(['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'].map((date) => `2026-${date}`));

function isWorked(date: string): boolean {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  return MADE_UP.has(date) || (!OFF.has(date) && weekday !== 0 && weekday !== 6);
}

function naive(date: string, n: number): string {
  let day = date;
  for (let left = n; left > 0;) {
    day = addDays(day, 1);
    if (isWorked(day)) left--;
  }
  return day;
}

describe('working days', () => {
  it('equal a naive count from every day of 2026', () => {
    for (let date = '2026-01-01'; date <= '2026-11-01'; date = addDays(date, 1)) {
      expect(calendar.day(date).isWorkday).toBe(isWorked(date));
      for (const n of [1, 3, 5, 7, 15, 20, 30])
        expect(addWorkingDays(calendar, date, n).date).toBe(naive(date, n));
    }
  });

  it('tell each day that was passed', () => {
    const { date, passed } = addWorkingDays(calendar, '2026-04-30', 1);
    expect(date).toBe('2026-05-06');
    expect(passed.map(({ why }) => why)).toEqual([...Array<string>(5).fill('劳动节放假'), '工作日']);
  });

  it('are found before, after, at and within', () => {
    expect(workdayFrom(calendar, '2026-10-10')).toBe('2026-10-10');
    expect(workdayFrom(calendar, '2026-10-01')).toBe('2026-10-08');
    expect(workdayBefore(calendar, '2026-02-15')).toBe('2026-02-14');
    expect(workdayBefore(calendar, '2026-10-01', 3)).toBe('2026-09-28');
    expect(workdayAfter(calendar, '2026-05-05', 2)).toBe('2026-05-07');
    expect(nthWorkday(calendar, '2026-05-01', '2026-05-31', 1)).toBe('2026-05-06');
    expect(nthWorkday(calendar, '2026-05-01', '2026-05-31', -1)).toBe('2026-05-29');
    expect(nthWorkday(calendar, '2026-05-01', '2026-05-31', 25)).toBeNull();
  });
});

describe('working hours', () => {
  it('begin and end as the file says', () => {
    expect(show(startOfWork(calendar, '2026-03-12'))).toBe('2026-03-12 08:30');
    expect(show(endOfWork(calendar, '2026-03-12'))).toBe('2026-03-12 18:00');
  });

  it.each([
    ['2026-03-12 08:30', true],
    ['2026-03-12 12:00', false],
    ['2026-03-12 13:59', false],
    ['2026-03-12 17:59', true],
    ['2026-03-14 10:00', false],
    ['2026-02-28 10:00', true],
  ])('hold %s: %s', (time, isOne) => {
    expect(isWorkingTime(calendar, at(time))).toBe(isOne);
  });

  it.each([
    ['2026-03-12 10:00', '2026-03-12 10:00'],
    ['2026-03-12 12:30', '2026-03-12 14:00'],
    ['2026-03-13 18:00', '2026-03-16 08:30'],
    ['2026-09-30 20:00', '2026-10-08 08:30'],
  ])('after %s go on at %s', (from, to) => {
    expect(show(nextWorkingTime(calendar, at(from)))).toBe(to);
  });

  it('are counted minute by minute', () => {
    for (const [from, minutes] of [
      ['2026-03-12 11:50', 30],
      ['2026-03-13 17:00', 600],
      ['2026-04-30 08:00', 1000],
    ] as const) {
      let left = minutes;
      let now = at(from);
      for (; left > 0; now += 60_000) if (isWorkingTime(calendar, now)) left--;
      expect(addWorkingMinutes(calendar, at(from), minutes)).toBe(now);
    }
    expect(addWorkingMinutes(calendar, fromLocal('2026-03-12', 600), 0)).toBe(fromLocal('2026-03-12', 600));
  });
});
