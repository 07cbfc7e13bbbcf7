/** Where an instant is moved: out of the night and the days off, for others only. */
import { describe, expect, it } from 'vitest';
import { isQuiet, nextAt, settle } from '../../src/reminders/plan.js';
import { at, calendar, makeRule, rules } from '../helpers/reminders.js';

const OTHERS = { isOwn: false, isUrgent: false, isRecurring: false };
const settled = (instant: string, terms: Partial<typeof OTHERS> = {}) =>
  settle(at(instant), { ...OTHERS, ...terms }, rules, calendar);

describe('quiet hours from 21:30 to 07:30', () => {
  it.each([
    ['00:00', true],
    ['07:29', true],
    ['07:30', false],
    ['12:00', false],
    ['21:29', false],
    ['21:30', true],
    ['23:59', true],
  ])('%s: %s', (time, quiet) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    expect(isQuiet(hour * 60 + minute, rules)).toBe(quiet);
  });

  it.each([
    [690, false],
    [780, true],
    [839, true],
    [840, false],
  ])('within one day, 13:00 to 14:00: minute %i %s', (minutes, quiet) =>
    expect(isQuiet(minutes, { ...rules, quiet: { from: 780, to: 840 } })).toBe(quiet),
  );
});

const NIGHT = '原定时间在勿扰时段';
const DAY_OFF = '原定日期不是工作日';
describe('a single one for others', () => {
  it.each([
    ['2026-03-03 09:00', '2026-03-03 09:00', undefined],
    ['2026-03-03 21:29', '2026-03-03 21:29', undefined],
    ['2026-03-03 21:30', '2026-03-04 07:30', NIGHT],
    ['2026-03-03 06:00', '2026-03-03 07:30', NIGHT],
    // Friday evening waits for Monday.
    ['2026-03-06 22:00', '2026-03-09 07:30', NIGHT],
    ['2026-03-07 10:00', '2026-03-09 10:00', DAY_OFF],
    ['2026-03-07 23:00', '2026-03-09 07:30', DAY_OFF],
    // 2026-05-09 is a Saturday on which people work, the 5th the last day of a holiday.
    ['2026-05-09 10:00', '2026-05-09 10:00', undefined],
    ['2026-05-02 10:00', '2026-05-06 10:00', DAY_OFF],
    ['2026-04-30 22:00', '2026-05-06 07:30', NIGHT],
    ['2026-05-08 22:00', '2026-05-09 07:30', NIGHT],
    ['2026-02-14 09:00', '2026-02-14 09:00', undefined],
    ['2026-10-01 15:00', '2026-10-08 15:00', DAY_OFF],
  ])('%s comes at %s', (from, to, reason) => {
    expect(settled(from)).toEqual({ kind: 'send', at: at(to), ...(reason && { reason }) });
  });
});

describe('one for others that comes again', () => {
  it.each([
    ['2026-03-03 09:00', '2026-03-03 09:00'],
    ['2026-03-03 22:00', '2026-03-04 07:30'],
    ['2026-05-09 10:00', '2026-05-09 10:00'],
  ])('%s comes at %s', (from, to) =>
    expect(settled(from, { isRecurring: true })).toMatchObject({ kind: 'send', at: at(to) }),
  );
  it.each([
    ['2026-03-07 10:00', '3月7日(周六)不是工作日'],
    ['2026-10-02 09:00', '10月2日(周五)不是工作日'],
    ['2026-10-01 23:00', '10月1日(周四)不是工作日'],
  ])('%s falls out: %s', (from, reason) =>
    expect(settled(from, { isRecurring: true })).toEqual({ kind: 'skip', reason }),
  );
});

describe('own and urgent ones', () => {
  it.each(['2026-03-03 23:00', '2026-03-07 06:00', '2026-10-01 03:00', '2027-01-01 09:00'])(
    'come when they were set for: %s',
    (instant) => {
      for (const isRecurring of [true, false]) {
        expect(settled(instant, { isOwn: true, isRecurring })).toEqual({ kind: 'send', at: at(instant) });
        expect(settled(instant, { isUrgent: true, isRecurring })).toEqual({ kind: 'send', at: at(instant) });
      }
    },
  );
});

it('working days that are not published are Monday to Friday', () => {
  expect(settled('2027-01-05 09:00')).toEqual({ kind: 'send', at: at('2027-01-05 09:00') });
  expect(settled('2026-12-31 22:00')).toMatchObject({ at: at('2027-01-04 07:30') });
  expect(settled('2027-01-02 09:00')).toMatchObject({ at: at('2027-01-04 09:00') });
});

it('the days off of a festival are never guessed', () => {
  const special = { kind: 'festival' as const, name: '春节', side: 'before' as const };
  const when = { kind: 'recurring' as const, rule: makeRule({ rrule: 'FREQ=YEARLY', special }) };
  expect(() => nextAt(when, at('2026-12-01 09:00'), calendar)).toThrow('2027年');
});

describe('the next instant', () => {
  it('of a single one is its own, once', () => {
    const when = { kind: 'once' as const, at: at('2026-03-03 09:00') };
    expect(nextAt(when, at('2026-03-03 08:59'), calendar)).toBe(when.at);
    expect(nextAt(when, when.at, calendar)).toBeNull();
  });
  it('of a rule is the first later one', () => {
    const when = { kind: 'recurring' as const, rule: makeRule({ times: [540, 900] }) };
    expect(nextAt(when, at('2026-03-03 09:00'), calendar)).toBe(at('2026-03-03 15:00'));
    expect(nextAt(when, at('2026-03-03 15:00'), calendar)).toBe(at('2026-03-04 09:00'));
  });
});
