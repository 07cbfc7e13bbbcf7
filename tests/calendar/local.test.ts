import { describe, expect, it } from 'vitest';
import {
  addDays,
  formatDate,
  formatInstant,
  formatMinutes,
  fromLocal,
  isDate,
  toLocal,
  weekdayOf,
} from '../../src/calendar/local.js';
import { at } from '../helpers/dates.js';

describe('local time', () => {
  it('is that of Beijing on every machine', () => {
    expect(toLocal(Date.UTC(2026, 11, 31, 16))).toEqual({ date: '2027-01-01', minutes: 0 });
    expect(fromLocal('2026-03-12', 600)).toBe(Date.UTC(2026, 2, 12, 2));
    expect(fromLocal('2026-03-12', 1500)).toBe(at('2026-03-13 01:00'));
    expect(fromLocal('2026-03-12', -30)).toBe(at('2026-03-11 23:30'));
  });

  it('goes to local and back', () => {
    for (let ms = at('2026-01-01 00:00'); ms < at('2027-01-01 00:00'); ms += 7_919_000) {
      const { date, minutes } = toLocal(ms);
      expect(fromLocal(date, minutes)).toBe(ms);
    }
  });

  it('counts days over months, years and leap days', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(['2026-11-23', '2026-11-29'].map(weekdayOf)).toEqual([1, 7]);
  });

  it.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2028-02-29', true],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['', false],
  ])('takes %s for a date: %s', (text, isOne) => {
    expect(isDate(text)).toBe(isOne);
  });

  it('is written as people write it', () => {
    expect(formatMinutes(545)).toBe('09:05');
    expect(formatDate('2026-11-25')).toBe('11月25日(周三)');
    expect(formatInstant(at('2026-11-27 15:00'), at('2026-11-26 09:00'))).toBe('11月27日(周五)15:00');
    expect(formatInstant(at('2027-01-03 09:30'), at('2026-11-26 09:00'))).toBe('2027年1月3日(周日)09:30');
  });
});
