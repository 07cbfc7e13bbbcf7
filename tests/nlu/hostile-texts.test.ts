import { describe, expect, it } from 'vitest';
import { createTextParsers, faultOf } from '../../scripts/fuzz/text-parsers.js';
import { hostileTexts } from '../../scripts/fuzz/texts.js';
import { createDice } from '../../scripts/shared/random.js';
import { createRandom } from '../../src/text/random.js';
import { nextOccurrence } from '../../src/calendar/recurrence.js';
import { cutText } from '../../src/text/cut.js';
import { at, brief, calendar, read } from '../helpers/dates.js';

const NOW = '2026-11-26 09:00';

describe('a hostile text', () => {
  it('is read by every parser without an error, and never as an instant outside 2000 to 2100', () => {
    const parsers = createTextParsers('knowledge');
    const texts = hostileTexts(createDice(createRandom(7)));
    const wrong: string[] = [];
    for (let i = 0; i < 2000; i++) {
      const text = texts.next().value as string;
      for (const { name, parse } of parsers)
        try {
          parse(text);
        } catch (error) {
          wrong.push(`${name}: ${String(error)}: ${JSON.stringify(text.slice(0, 80))}`);
        }
    }
    expect(wrong).toEqual([]);
  }, 300_000);

  it('is the same for the same seed', () => {
    const first = (seed: number) => hostileTexts(createDice(createRandom(seed))).next().value;
    expect(first(3)).toBe(first(3));
  });

  it.each([
    `每月${'9'.repeat(60)}年提醒我开会`,
    `每月${'一'.repeat(60)}年提醒我开会`,
    `每季度${'十'.repeat(60)}年提醒我开会`,
    `每${'9'.repeat(24)}天提醒我喝水`,
    '9999年除夕提醒我开会',
    '3000年12月1日提醒我开会',
    '1998年3月1日提醒我开会',
    '12026年12月1日提醒我开会',
    '100年后提醒我',
    '99999999天后提醒我',
    '99999999周后的周五提醒我',
    '每0天提醒我喝水',
    '每99999天提醒我喝水',
    '每99999999小时提醒我',
    '从2月30日起每天9点提醒我',
    '从2200年1月1日起每天9点提醒我',
    '每天9点提醒我,共99999次',
    '连续999年每天提醒我',
    '明天下午3点开会提前99999天提醒我',
    '明天25点提醒我开会',
    '明天9点75分提醒我开会',
    '国庆第99天提醒我',
    '每年农历13月初一提醒我',
    '每月前99个工作日提醒我',
    '每月倒数第99天提醒我',
    '每年春节前999天提醒我',
  ])('says what is impossible: %s', (text) => {
    const reading = read(text, NOW, 'reminder');
    expect(brief(reading)).toBe('? impossible');
    expect(reading?.kind === 'unclear' && reading.message).toMatch(/。请|[?？]$/);
  });

  it.each([
    ['1000天后提醒我', '2029-08-22 09:00'],
    ['50年后提醒我', '2076-11-26 09:00'],
    ['2100年12月31日提醒我开会', '2100-12-31 09:00'],
    ['每隔30天9点提醒我', 'FREQ=DAILY;INTERVAL=30 2026-11-27 09:00'],
  ])('of sane size is read as before: %s', (text, expected) => {
    expect(brief(read(text, NOW, 'reminder'))).toBe(expected);
  });

  it('is told from a telephone number, an order, an amount', () => {
    expect(brief(read('明天9点联系13812345678', NOW, 'reminder'))).toBe('2026-11-27 09:00');
    expect(brief(read('明天9点提醒我付1000000000元', NOW, 'reminder'))).toBe('2026-11-27 09:00');
  });

  it('is looked at for 2,000 characters, and cut between them', () => {
    expect(cutText('a'.repeat(3000))).toHaveLength(2000);
    expect(cutText(`${'a'.repeat(1999)}😀`)).toBe('a'.repeat(1999));
    expect(cutText(`${'a'.repeat(1998)}😀b`)).toBe(`${'a'.repeat(1998)}😀`);
  });

  it('that reads as an instant outside the years is found out', () => {
    const far = { kind: 'instant', at: at('9999-01-01 00:00'), isDeadline: false, isDateOnly: true } as const;
    expect(faultOf({ ...far, text: '', index: 0 })).not.toBeNull();
  });
});

describe('a rule with absurd numbers', () => {
  const rule = { from: '2026-01-05', times: [540] };
  it.each([
    ['FREQ=DAILY;INTERVAL=1000000000000', {}],
    ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', {}],
    ['FREQ=MINUTELY;BYMONTH=13', {}],
    ['FREQ=DAILY', { from: '9999-01-01' }],
    ['FREQ=DAILY', { from: '+010000-01' }],
    ['FREQ=YEARLY', { special: { kind: 'lunar', month: 13, day: 31 } as const }],
    ['FREQ=DAILY;BYMONTH=13', { special: { kind: 'workdays' } as const }],
    ['FREQ=YEARLY', { from: '2101-01-01', special: { kind: 'festival', name: '除夕', side: 'on' } as const }],
  ])('never comes: %s %j', (rrule, more) => {
    expect(nextOccurrence({ ...rule, rrule, ...more }, at(NOW), calendar)).toBeNull();
  });

  it('that is no rule says so', () => {
    expect(() => nextOccurrence({ ...rule, rrule: 'FREQ=DAILY;INTERVAL=0' }, at(NOW), calendar)).toThrow(
      RangeError,
    );
  });

  it('counts steps of minutes without walking through them', () => {
    const minutely = { rrule: 'FREQ=MINUTELY;COUNT=999999999', from: '2000-01-01', times: [540] };
    expect(nextOccurrence(minutely, at(NOW), calendar)).toBe(at('2026-11-26 09:01'));
    const few = { rrule: 'FREQ=HOURLY;INTERVAL=2;COUNT=3', from: '2026-11-26', times: [480] };
    expect(nextOccurrence(few, at('2026-11-26 11:30'), calendar)).toBe(at('2026-11-26 12:00'));
    expect(nextOccurrence(few, at('2026-11-26 12:00'), calendar)).toBeNull();
  });

  it('of a season goes on in its months', () => {
    const summer = { rrule: 'FREQ=HOURLY;INTERVAL=2;BYMONTH=6,7', from: '2026-07-31', times: [600] };
    expect(nextOccurrence(summer, at('2026-07-31 22:00'), calendar)).toBe(at('2027-06-01 00:00'));
  });
});
