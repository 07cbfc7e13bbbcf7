/** Spans that figures are asked for: what is read, how it is called, how a button carries it. */
import { describe, expect, it } from 'vitest';
import { parsePeriodToken, periodBefore, periodLabel, periodToken } from '../../../src/calendar/periods.js';
import { parsePeriod } from '../../../src/nlu/dates/periods.js';

const TODAY = '2026-11-30';
const read = (text: string, today = TODAY) => {
  const said = parsePeriod(text, today);
  return said && `${said.period.from} ${said.period.to} ${periodLabel(said.period)}`;
};

describe('a span of time in words', () => {
  it.each([
    ['本月统计', '2026-11-01 2026-12-01 2026年11月'],
    ['这个月比上个月', '2026-10-01 2026-11-01 2026年10月'],
    ['上月多少件', '2026-10-01 2026-11-01 2026年10月'],
    ['全县11月份的统计', '2026-11-01 2026-12-01 2026年11月'],
    ['十二月份的', '2025-12-01 2026-01-01 2025年12月'],
    ['去年8月', '2025-08-01 2025-09-01 2025年8月'],
    ['2025年12月的', '2025-12-01 2026-01-01 2025年12月'],
    ['柳林镇上季度统计', '2026-07-01 2026-10-01 2026年第三季度'],
    ['这个季度哪家', '2026-10-01 2027-01-01 2026年第四季度'],
    ['一季度', '2026-01-01 2026-04-01 2026年第一季度'],
    ['去年第四季度', '2025-10-01 2026-01-01 2025年第四季度'],
    ['今年上半年', '2026-01-01 2026-07-01 2026年上半年'],
    ['住建局今年办得怎么样', '2026-01-01 2027-01-01 2026年'],
    ['2025年全年', '2025-01-01 2026-01-01 2025年'],
    ['上周数据', '2026-11-23 2026-11-30 2026年11月23日至29日'],
    ['本周', '2026-11-30 2026-12-07 2026年11月30日至12月6日'],
    ['昨天新增', '2026-11-29 2026-11-30 2026年11月29日'],
    ['近30天', '2026-11-01 2026-12-01 2026年11月'],
    ['最近三个月', '2026-09-01 2026-12-01 2026年9月1日至11月30日'],
    ['10月到11月', '2026-10-01 2026-12-01 2026年10月1日至11月30日'],
    ['11月1日到15日', '2026-11-01 2026-11-16 2026年11月1日至15日'],
    ['12月28号到1月3号', '2025-12-28 2026-01-04 2025年12月28日至2026年1月3日'],
    ['一号到今天', '2026-11-01 2026-12-01 2026年11月'],
    ['截至目前累计', '2000-01-01 2026-12-01 累计'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));

  it('that is not named is none, and a day that there is not is none', () => {
    for (const text of ['统计', '逾期率', '13月', '2月30日', '']) expect(read(text)).toBeNull();
  });

  it('crosses the year', () => {
    expect(read('上个月', '2026-01-15')).toBe('2025-12-01 2026-01-01 2025年12月');
    expect(read('上季度', '2026-02-15')).toBe('2025-10-01 2026-01-01 2025年第四季度');
    expect(read('四季度', '2026-02-15')).toBe('2025-10-01 2026-01-01 2025年第四季度');
  });
});

describe('the token of a span', () => {
  it('comes back, and nothing else is one', () => {
    const period = { from: '2026-11-01', to: '2026-12-01' };
    expect(periodToken(period)).toBe('261101-261201');
    expect(parsePeriodToken('261101-261201')).toEqual(period);
    for (const bad of ['', '261201-261101', '261301-261401', '260230-260301', '1-2'])
      expect(parsePeriodToken(bad)).toBeNull();
  });

  it('the span before has the same length', () => {
    expect(periodBefore({ from: '2026-01-01', to: '2026-04-01' })).toEqual({
      from: '2025-10-01',
      to: '2026-01-01',
    });
    expect(periodBefore({ from: '2026-11-23', to: '2026-11-30' })).toEqual({
      from: '2026-11-16',
      to: '2026-11-23',
    });
  });
});
