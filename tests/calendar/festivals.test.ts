import { describe, expect, it } from 'vitest';
import { FESTIVALS, lunarDate, nextDate, SOLAR_TERMS, solarTermDate } from '../../src/calendar/festivals.js';

const dateOf = (name: string, year: number) => FESTIVALS.find((it) => it.name === name)?.dateIn(year);

describe('festivals', () => {
  // From the almanac of the Purple Mountain Observatory.
  it.each([
    ['春节', 2025, '2025-01-29'],
    ['春节', 2026, '2026-02-17'],
    ['春节', 2027, '2027-02-06'],
    ['除夕', 2026, '2026-02-16'],
    ['元宵节', 2026, '2026-03-03'],
    ['清明节', 2026, '2026-04-05'],
    ['端午节', 2026, '2026-06-19'],
    ['七夕', 2026, '2026-08-19'],
    ['中秋节', 2026, '2026-09-25'],
    ['重阳节', 2026, '2026-10-18'],
    ['腊八节', 2026, '2026-01-26'],
    ['国庆节', 2026, '2026-10-01'],
    ['冬至', 2026, '2026-12-22'],
    ['立春', 2026, '2026-02-04'],
    ['夏至', 2026, '2026-06-21'],
  ])('%s of %i is %s', (name, year, date) => {
    expect(dateOf(name, year)).toBe(date);
  });

  it('have each one date in its year, terms in their order', () => {
    for (const year of [2025, 2026, 2027, 2030]) {
      for (const { dateIn } of FESTIVALS) expect(dateIn(year)).toMatch(new RegExp(`^${year}-\\d\\d-\\d\\d$`));
      const terms = SOLAR_TERMS.map((name) => solarTermDate(year, name));
      expect(terms.toSorted()).toEqual(terms);
    }
  });

  it('of the lunar calendar know the days that a month lacks', () => {
    expect(lunarDate(2026, 12, 20)).toBe('2027-01-27');
    expect(lunarDate(2025, 12, 30)).toBeNull();
    expect(lunarDate(2026, 8, 0)).toBeNull();
    // 2025 has a leap sixth month: the bare name is the first of the two.
    expect(lunarDate(2025, 6, 1)).toBe('2025-06-25');
  });

  it('are found from a day on, the day itself included', () => {
    const national = (year: number) => `${year}-10-01`;
    expect(nextDate(national, '2026-10-01')).toBe('2026-10-01');
    expect(nextDate(national, '2026-10-02')).toBe('2027-10-01');
    expect(() => nextDate(() => null, '2026-10-02')).toThrow(RangeError);
  });
});
