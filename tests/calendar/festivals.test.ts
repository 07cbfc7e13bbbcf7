/** Festivals and solar terms against the almanac of 2026. */
import { describe, expect, it } from 'vitest';
import { FESTIVALS, lunarDate, nextDate, SOLAR_TERMS, solarTermDate } from '../../src/calendar/festivals.js';
import { isDate } from '../../src/calendar/local.js';
import { CALENDAR } from '../helpers/requests.js';

const dateIn = (name: string, year: number) => FESTIVALS.find((f) => f.name === name)?.dateIn(year);

describe('festivals', () => {
  it.each([
    ['元旦', '2026-01-01'],
    ['腊八节', '2026-01-26'],
    ['除夕', '2026-02-16'],
    ['春节', '2026-02-17'],
    ['元宵节', '2026-03-03'],
    ['清明节', '2026-04-05'],
    ['端午节', '2026-06-19'],
    ['七夕', '2026-08-19'],
    ['中秋节', '2026-09-25'],
    ['重阳节', '2026-10-18'],
    ['冬至', '2026-12-22'],
  ])('%s is on %s', (name, date) => {
    expect(dateIn(name, 2026)).toBe(date);
  });

  it('with days off lie within the days off of the year', () => {
    const off = FESTIVALS.filter((f) => f.holiday !== undefined);
    expect(off).toHaveLength(7);
    for (const { holiday = '', dateIn: of } of off) {
      const found = CALENDAR.holidays(2026).find((h) => h.name.startsWith(holiday));
      expect(found && found.from <= of(2026) && of(2026) <= found.to, holiday).toBe(true);
    }
  });

  it('are dates in every year, solar terms in their order', () => {
    for (let year = 2024; year <= 2040; year++) {
      for (const { name, dateIn: of } of FESTIVALS) expect(isDate(of(year)), `${name} ${year}`).toBe(true);
      const terms = SOLAR_TERMS.map((name) => solarTermDate(name, year));
      expect(terms).toEqual([...terms].sort());
      expect(terms.every((date) => date.startsWith(String(year)))).toBe(true);
    }
  });

  it('a day that a lunar month does not have is none, and the next one is found', () => {
    expect(lunarDate(2025, 12, 30)).toBeNull();
    expect(lunarDate(2026, 13, 1)).toBeNull();
    expect(nextDate((year) => lunarDate(year, 1, 1), '2026-02-18')).toBe('2027-02-06');
    expect(nextDate((year) => lunarDate(year, 12, 8), '2026-01-01')).toBe('2026-01-26');
    expect(() => nextDate(() => null, '2026-01-01')).toThrow(RangeError);
  });
});
