/** Working days of a year that is not on file. */
import { describe, expect, it } from 'vitest';
import { withDaysByLaw } from '../../src/calendar/provisional.js';
import { calendar } from '../helpers/reminders.js';

describe('a year whose arrangement is not published', () => {
  const provisional = withDaysByLaw(calendar);

  it.each([
    ['2027-01-01', false, '元旦放假'],
    ['2027-01-04', true, '工作日'],
    ['2027-02-05', false, '春节放假'],
    ['2027-02-08', false, '春节放假'],
    ['2027-02-09', true, '工作日'],
    ['2027-04-05', false, '清明节放假'],
    ['2027-05-03', true, '工作日'],
    ['2027-06-09', false, '端午节放假'],
    ['2027-09-15', false, '中秋节放假'],
    ['2027-10-01', false, '国庆节放假'],
    ['2027-10-04', true, '工作日'],
    ['2027-10-09', false, '周六'],
  ])('%s', (date, isWorkday, why) => {
    expect(provisional.day(date)).toMatchObject({ isWorkday, why });
  });

  it('says that it is not known, and how long a holiday is, nobody knows', () => {
    expect(provisional.hasYear(2027)).toBe(false);
    expect(() => provisional.holidays(2027)).toThrow(/缺少2027年/);
  });

  it('keeps to the file of a year that is there', () => {
    for (const date of ['2026-02-14', '2026-10-07', '2026-10-10'])
      expect(provisional.day(date)).toEqual(calendar.day(date));
  });
});
