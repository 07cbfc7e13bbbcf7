/** Working days by the files of knowledge/calendar/, and what is said about files that are wrong. */
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCalendar } from '../../src/calendar/calendar.js';
import { formatInstant, fromLocal, isDate, toLocal, weekdayOf } from '../../src/calendar/local.js';
import {
  addWorkingDays,
  addWorkingMinutes,
  endOfWork,
  isWorkingTime,
  nextWorkingTime,
  startOfWork,
  workdayFrom,
} from '../../src/calendar/workdays.js';
import { makeFolder } from '../helpers/folder.js';
import { days, dueOf, startsOf2026 } from '../helpers/oracle.js';
import { at, CALENDAR, MINUTE } from '../helpers/requests.js';

/** The sample calendar with one file changed. */
function withFile(name: string, text: string | null): string {
  const dir = makeFolder();
  cpSync('knowledge/calendar', dir, { recursive: true });
  if (text === null) rmSync(join(dir, name));
  else writeFileSync(join(dir, name), text);
  return dir;
}

describe('the days', () => {
  it('of 2025 and 2026 are those of the files', () => {
    for (const day of days) expect(CALENDAR.day(day.date)).toEqual(day);
  });

  it.each([
    ['2026-01-01', false, '元旦放假'],
    ['2026-01-04', true, '调休上班'],
    ['2026-02-14', true, '调休上班'],
    ['2026-02-15', false, '春节放假'],
    ['2026-02-23', false, '春节放假'],
    ['2026-03-07', false, '周六'],
    ['2026-03-09', true, '工作日'],
    ['2026-10-10', true, '调休上班'],
  ])('%s', (date, isWorkday, why) => {
    expect(CALENDAR.day(date)).toEqual({ date, isWorkday, why });
  });

  it('the holidays of a year are in order', () => {
    expect(CALENDAR.holidays(2026).map((h) => `${h.name} ${h.from} ${h.to}`)).toEqual([
      '元旦 2026-01-01 2026-01-03',
      '春节 2026-02-15 2026-02-23',
      '清明节 2026-04-04 2026-04-06',
      '劳动节 2026-05-01 2026-05-05',
      '端午节 2026-06-19 2026-06-21',
      '中秋节 2026-09-25 2026-09-27',
      '国庆节 2026-10-01 2026-10-07',
    ]);
  });

  it('of a year without a file are not guessed: the file to add is named', () => {
    expect(CALENDAR.hasYear(2026)).toBe(true);
    expect(CALENDAR.hasYear(2027)).toBe(false);
    for (const ask of [() => CALENDAR.day('2027-01-04'), () => CALENDAR.holidays(2027)])
      expect(ask).toThrow(/缺少2027年的节假日安排.*处理办法.*knowledge\/calendar\/2027\.yaml/);
    expect(() => addWorkingDays(CALENDAR, '2026-12-31', 1)).toThrow('2027.yaml');
    expect(addWorkingDays(CALENDAR, '2026-12-30', 1).date).toBe('2026-12-31');
  });

  it('a next year’s file that is added is used', () => {
    const dir = withFile(
      '2027.yaml',
      'year: 2027\nsource: 试\nholidays: {元旦: {from: 2027-01-01, to: 2027-01-03}}\nworkdays: []\n',
    );
    expect(addWorkingDays(loadCalendar(dir), '2026-12-31', 1).date).toBe('2027-01-04');
  });
});

describe('working time', () => {
  const starts = startsOf2026().filter((start, i) => i % 3 === 0 && start < at('2026-12-20 00:00'));
  it('begins where the oracle counts its first minute', () => {
    for (const start of starts) {
      const next = nextWorkingTime(CALENDAR, start);
      expect(next).toBe((dueOf({ workingHours: 1 / 60 }, start) ?? NaN) - MINUTE);
      expect(isWorkingTime(CALENDAR, start)).toBe(next === start);
      expect(isWorkingTime(CALENDAR, next)).toBe(true);
      expect(addWorkingMinutes(CALENDAR, start, 90)).toBe(dueOf({ workingHours: 1.5 }, start));
    }
  });

  it('has a start and an end on each day', () => {
    expect(startOfWork(CALENDAR, '2026-03-02')).toBe(at('2026-03-02 08:30'));
    expect(endOfWork(CALENDAR, '2026-03-02')).toBe(at('2026-03-02 18:00'));
    expect(workdayFrom(CALENDAR, '2026-02-15')).toBe('2026-02-24');
    expect(workdayFrom(CALENDAR, '2026-02-14')).toBe('2026-02-14');
    expect(addWorkingDays(CALENDAR, '2026-02-13', 2).passed.map((d) => d.why)).toEqual([
      '调休上班',
      ...Array.from({ length: 9 }, () => '春节放假'),
      '工作日',
    ]);
  });
});

describe('files that are wrong', () => {
  const year = (parts: string) => `year: 2026\nsource: 通知\n${parts}`;
  it.each([
    ['2026.yaml', 'year: 2025\nsource: 通知\nholidays: {}\nworkdays: []', '文件名是2026年,里面写的是2025年'],
    [
      '2026.yaml',
      year('holidays: {春节: {from: 2026-02-23, to: 2026-02-15}}\nworkdays: []'),
      '春节的起止日期颠倒',
    ],
    [
      '2026.yaml',
      year('holidays: {元旦: {from: 2025-12-31, to: 2026-01-01}}\nworkdays: []'),
      '元旦的日期不在2026年内',
    ],
    ['2026.yaml', year('holidays: {}\nworkdays: [2027-01-02]'), '不在2026年内'],
    ['2026.yaml', year('holidays: {}\nworkdays: [2026-03-02]'), '不是周六或周日'],
    [
      '2026.yaml',
      year('holidays: {春节: {from: 2026-02-15, to: 2026-02-23}}\nworkdays: [2026-02-22]'),
      '既是春节放假,又是调休上班',
    ],
    ['2026.yaml', year('holidays: {}\nworkdays: [2026-02-30]'), 'workdays.0:应为 2026-01-31 这样的日期'],
    ['2026.yaml', year('holidays: {}'), 'workdays'],
    ['2026.yaml', year('holidays: {}\nworkdays: []\nextra: 1'), 'extra'],
    ['2026.yaml', 'year: [', '2026.yaml:'],
    ['2026.yaml', '', '2026.yaml'],
    ['hours.yaml', 'hours: []', 'hours'],
    ['hours.yaml', 'hours: ["8:30-12:00"]', '应为 "08:30-12:00" 这样的时段'],
    ['hours.yaml', 'hours: ["12:00-08:30"]', '12:00-08:30'],
    ['hours.yaml', 'hours: ["14:00-18:00", "08:30-12:00"]', '先后'],
    ['hours.yaml', 'hours: ["08:30-12:00", "11:00-18:00"]', '先后'],
    ['hours.yaml', 'hours: ["08:30-25:00"]', '08:30-25:00'],
    ['hours.yaml', 'hours: ["08:70-12:00"]', '应为 "08:30-12:00" 这样的时段'],
    ['hours.yaml', null, 'hours.yaml'],
  ])('%s %s', (name, text, said) => {
    const dir = withFile(name, text);
    const load = () => loadCalendar(dir);
    expect(load).toThrow(said);
    expect(load).toThrow(join(dir, name));
    expect(load).toThrow('处理办法');
    expect(load).not.toThrow(/Invalid|expected|Unrecognized/);
  });

  it('a folder that is not there', () => {
    expect(() => loadCalendar('no/such/folder')).toThrow(/no\/such\/folder.*处理办法/);
  });
});

describe('dates of China', () => {
  it('are read and written without a time zone', () => {
    expect(toLocal(at('2026-03-02 23:59'))).toEqual({ date: '2026-03-02', minutes: 1439 });
    expect(fromLocal('2026-03-02', 1440)).toBe(at('2026-03-03 00:00'));
    expect(['2026-02-28', '2024-02-29'].every(isDate)).toBe(true);
    expect(['2026-02-29', '2026-13-01', '26-01-01', '今天', ''].some(isDate)).toBe(false);
    expect(['2026-03-02', '2026-03-08'].map(weekdayOf)).toEqual([1, 7]);
  });

  it('show the year where it is another one', () => {
    const now = at('2026-12-31 10:00');
    expect(formatInstant(at('2026-12-31 18:00'), now)).toBe('12月31日(周四)18:00');
    expect(formatInstant(at('2027-01-04 09:05'), now)).toBe('2027年1月4日(周一)09:05');
  });
});
