import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HolidayUtil } from 'lunar-typescript';
import { loadCalendar, withPlainWeeks } from '../../src/calendar/calendar.js';
import { createCalendarFollower, createLiveCalendar } from '../../src/calendar/follow.js';
import { addDays, weekdayOf } from '../../src/calendar/local.js';
import { calendar } from '../helpers/dates.js';

const HOURS = 'hours: ["08:30-12:00", "14:00-18:00"]\n';
const year = (holidays: string, workdays = '') =>
  `year: 2030\nsource: 通知\nholidays:\n${holidays}\nworkdays: [${workdays}]\n`;

function folder(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'qingdan-calendar-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

describe('the calendar', () => {
  it.each([
    ['2026-01-01', false, '元旦放假'],
    ['2026-01-04', true, '调休上班'],
    ['2026-02-14', true, '调休上班'],
    ['2026-02-15', false, '春节放假'],
    ['2026-02-24', true, '工作日'],
    ['2026-03-14', false, '周六'],
    ['2026-03-15', false, '周日'],
    ['2026-03-16', true, '工作日'],
    ['2026-10-07', false, '国庆节放假'],
    ['2026-10-10', true, '调休上班'],
    ['2025-10-08', false, '国庆节、中秋节放假'],
  ])('says whether %s is worked', (date, isWorkday, why) => {
    expect(calendar.day(date)).toEqual({ date, isWorkday, why });
  });

  it('has 248 working days in 2026 and 248 in 2025', () => {
    const count = (from: string, to: string) => {
      let n = 0;
      for (let date = from; date <= to; date = addDays(date, 1)) n += Number(calendar.day(date).isWorkday);
      return n;
    };
    expect(count('2026-01-01', '2026-12-31')).toBe(248);
    expect(count('2025-01-01', '2025-12-31')).toBe(248);
  });

  it('has every holiday in order, and make-up days on weekends only', () => {
    const all = calendar.holidays(2026);
    expect(all.map(({ name }) => name)).toEqual([
      '元旦',
      '春节',
      '清明节',
      '劳动节',
      '端午节',
      '中秋节',
      '国庆节',
    ]);
    for (let date = '2026-01-01'; date <= '2026-12-31'; date = addDays(date, 1))
      if (calendar.day(date).why === '调休上班') expect(weekdayOf(date)).toBeGreaterThan(5);
  });

  it('says which year is missing, and shows nobody a path', () => {
    expect(() => calendar.day('2031-05-01')).toThrow(/^缺少2031年[^/]*$/);
    expect(() => calendar.holidays(2031)).toThrow(/缺少2031年/);
    expect(calendar.hasYear(2031)).toBe(false);
  });
});

describe('our years', () => {
  it('are what HolidayUtil of lunar-typescript says, each day from 2019 on', () => {
    const wrong: string[] = [];
    let seen = 0;
    for (let year = 2019; year <= 2040; year++) {
      if (!calendar.hasYear(year)) continue;
      for (let date = `${year}-01-01`; date <= `${year}-12-31`; date = addDays(date, 1)) {
        const special = HolidayUtil.getHoliday(date);
        const isWorkday = special ? special.isWork() : weekdayOf(date) < 6;
        if (calendar.day(date).isWorkday !== isWorkday) wrong.push(date);
        seen++;
      }
    }
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThanOrEqual(8 * 365);
  });
});

describe('plain weeks', () => {
  it('stand in for a year without a file, and say that it is not known', () => {
    const plain = withPlainWeeks(calendar);
    expect(plain.day('2031-05-01')).toEqual({ date: '2031-05-01', isWorkday: true, why: '工作日' });
    expect(plain.day('2031-05-03').isWorkday).toBe(false);
    expect(plain.hasYear(2031)).toBe(false);
    expect(plain.holidays(2031)).toEqual([]);
    expect(plain.day('2026-10-01')).toEqual(calendar.day('2026-10-01'));
  });
});

describe('the yearly JSON of holiday-cn', () => {
  const JSON_2030 = JSON.stringify({
    $schema: 'https://raw.githubusercontent.com/NateScarlet/holiday-cn/master/schema.json',
    $id: 'https://raw.githubusercontent.com/NateScarlet/holiday-cn/master/2030.json',
    year: 2030,
    papers: ['https://www.gov.cn/'],
    days: [
      { name: '元旦', date: '2029-12-30', isOffDay: true },
      { name: '元旦', date: '2029-12-31', isOffDay: true },
      { name: '元旦', date: '2030-01-01', isOffDay: true },
      { name: '春节', date: '2030-02-02', isOffDay: true },
      { name: '春节', date: '2030-02-03', isOffDay: true },
      { name: '春节', date: '2030-02-09', isOffDay: false },
    ],
  });
  const load = (files: Record<string, string>) => loadCalendar(folder({ 'hours.yaml': HOURS, ...files }));

  it('is dropped in as it is', () => {
    const loaded = load({ '2030.json': JSON_2030 });
    expect(loaded.hasYear(2030)).toBe(true);
    expect(loaded.holidays(2030)).toEqual([
      { name: '元旦', from: '2029-12-30', to: '2030-01-01' },
      { name: '春节', from: '2030-02-02', to: '2030-02-03' },
    ]);
    expect(loaded.day('2030-02-09')).toMatchObject({ isWorkday: true, why: '调休上班' });
  });

  it('beside our own file of the year must agree, and one that is not published yet is refused', () => {
    const same = year(
      '  元旦: { from: 2030-01-01, to: 2030-01-01 }\n  春节: { from: 2030-02-02, to: 2030-02-03 }',
      '2030-02-09',
    );
    expect(load({ '2030.json': JSON_2030, '2030.yaml': same }).hasYear(2030)).toBe(true);
    const other = same.replace('2030-02-09', '2030-02-10');
    expect(() => load({ '2030.json': JSON_2030, '2030.yaml': other })).toThrow(
      /2030-02-09 与同一年的 2030\.yaml 说法不同/,
    );
    expect(() => load({ '2031.json': '{"year": 2031, "papers": [], "days": []}' })).toThrow(/还没有公布/);
    expect(() => load({ '2031.json': JSON_2030 })).toThrow(/文件名是2031年/);
  });

  it('that is put there counts at the next look, and a broken one is said once', () => {
    const dir = folder({ 'hours.yaml': HOURS });
    const live = createLiveCalendar(loadCalendar(dir));
    const said: string[] = [];
    const look = createCalendarFollower({
      dir,
      live,
      onChange: () => said.push('changed'),
      onRefused: (reason) => said.push(reason),
    });
    look();
    expect([said, live.calendar.hasYear(2030)]).toEqual([[], false]);
    writeFileSync(join(dir, '2030.json'), JSON_2030.slice(0, -20));
    look();
    look();
    look();
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('2030.json');
    writeFileSync(join(dir, '2030.json'), JSON_2030);
    look();
    expect([said.at(-1), live.calendar.hasYear(2030)]).toEqual(['changed', true]);
    expect(live.calendar.day('2030-01-01').isWorkday).toBe(false);
  });
});

describe('a calendar file', () => {
  const load = (text: string, hours = HOURS) =>
    loadCalendar(folder({ '2030.yaml': text, 'hours.yaml': hours }));

  it('is read', () => {
    const loaded = load(year('  元旦: { from: 2030-01-01, to: 2030-01-03 }', '2030-01-05'));
    expect(loaded.holidays(2030)).toEqual([{ name: '元旦', from: '2030-01-01', to: '2030-01-03' }]);
    expect(loaded.day('2030-01-05').isWorkday).toBe(true);
    expect(loaded.hours).toEqual([
      { from: 510, to: 720 },
      { from: 840, to: 1080 },
    ]);
  });

  it.each([
    [
      'the wrong year',
      year('  元旦: { from: 2030-01-01, to: 2030-01-01 }').replace('2030', '2031'),
      /里面写的是2031年/,
    ],
    ['a span turned round', year('  元旦: { from: 2030-01-03, to: 2030-01-01 }'), /起止日期颠倒/],
    ['a holiday outside', year('  元旦: { from: 2029-12-31, to: 2030-01-01 }'), /不在2030年内/],
    [
      'a make-up weekday',
      year('  元旦: { from: 2030-01-01, to: 2030-01-01 }', '2030-01-07'),
      /不是周六或周日/,
    ],
    [
      'a day both off and worked',
      year('  元旦: { from: 2030-01-05, to: 2030-01-06 }', '2030-01-05'),
      /又是调休上班/,
    ],
    ['no date', year('  元旦: { from: 2030-02-30, to: 2030-03-01 }'), /应为 2026-01-31 这样的日期/],
  ])('with %s is refused', (_, text, message) => {
    expect(() => load(text)).toThrow(message);
  });

  it('of hours is checked, and a missing folder named', () => {
    const text = year('  元旦: { from: 2030-01-01, to: 2030-01-01 }');
    expect(() => load(text, 'hours: ["8点-12点"]\n')).toThrow(/应为 "08:30-12:00" 这样的时段/);
    expect(() => loadCalendar('/no/such/folder')).toThrow(/读不到节假日安排/);
  });
});
