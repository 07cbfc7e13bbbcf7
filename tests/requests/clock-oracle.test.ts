/** Deadlines against tests/helpers/oracle.ts, for every day of 2026 at ten times of the day. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createCalendar, withPlainWeeks } from '../../src/calendar/calendar.js';
import { REQUEST_KINDS, type Urgency } from '../../src/core/request.js';
import { clocksOf } from '../../src/requests/clock.js';
import { endOf } from '../../src/requests/durations.js';
import type { Duration } from '../../src/requests/policy.js';
import { dueOf, startsOf2026, type OracleDuration } from '../helpers/oracle.js';
import { at, CALENDAR, CAST, file, unitOf, caseAt } from '../helpers/requests.js';

type Clocks = { sign: OracleDuration; answer: OracleDuration };
type KindFile = { clocks: Record<Urgency, Clocks>; officeClocks: Clocks } & Record<string, unknown>;
const readKind = (kind: string) => parse(readFileSync(`knowledge/requests/${kind}.yaml`, 'utf8')) as KindFile;

/** Every duration that stands anywhere in the files of the kinds. */
function durationsIn(value: unknown): OracleDuration[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys = Object.keys(value);
  if (keys.length === 1 && /^(minutes|hours|workingHours|workingDays)$/.test(keys[0] ?? ''))
    return [value as OracleDuration];
  return Object.values(value).flatMap(durationsIn);
}

const STARTS = startsOf2026();
const show = (ms: number | null) => (ms === null ? '缺年份' : new Date(ms + 8 * 3_600_000).toISOString());

describe('every start of 2026', () => {
  const all = new Map(
    REQUEST_KINDS.flatMap((kind) => durationsIn(readKind(kind))).map((d) => [JSON.stringify(d), d]),
  );

  it('has all days and all sorts of durations', () => {
    expect(STARTS).toHaveLength(3650);
    expect(all.size).toBeGreaterThan(15);
    expect(new Set([...all.values()].flatMap((d) => Object.keys(d))).size).toBe(4);
  });

  it.each([...all.keys()])('%s', (key) => {
    const duration = all.get(key) ?? {};
    const wrong = STARTS.filter(
      (start) => dueOf(duration, start) !== endOf(duration as Duration, start, CALENDAR),
    );
    expect(wrong.map(show)).toEqual([]);
  });
});

describe.each(REQUEST_KINDS)('a %s filed at every start of 2026', (kind) => {
  const clocks = readKind(kind).clocks;
  const { caller, support } = CAST[kind];
  const others = ['ruling', 'oversight', 'inquiry'].includes(kind) ? [] : [unitOf(support)];

  it.each(['normal', 'urgent'] as const)('%s', (urgency) => {
    const wrong: string[] = [];
    for (const start of STARTS) {
      const sign = dueOf(clocks[urgency].sign, start);
      const answer = dueOf(clocks[urgency].answer, start);
      const units = 1 + others.length;
      const expected =
        sign === null || answer === null ? null : units * (sign + answer) + Math.min(sign, answer);
      const found = (() => {
        const request = file(kind, { urgency, support: others }, start, caller);
        const running = clocksOf(caseAt(request));
        for (const { clock, dueAt } of running)
          if (dueAt !== (clock === 'sign' ? sign : answer))
            wrong.push(`${show(start)} ${clock} ${show(dueAt)}`);
        return running.reduce((sum, { dueAt }) => sum + dueAt, 0) + (request.dueAt ?? 0);
      })();
      if (found !== expected) wrong.push(show(start));
    }
    expect(wrong).toEqual([]);
  });
});

it('a 交办 without a row waits for the 编办 first, by the clocks of the office', () => {
  const { officeClocks } = readKind('task');
  for (const start of STARTS.filter((_, i) => i % 7 === 0)) {
    const expected = dueOf(officeClocks.answer, start);
    const found = (() => {
      const request = file('task', { evidence: null }, start);
      const running = clocksOf(caseAt(request));
      return running.find(({ clock }) => clock === 'answer')?.dueAt ?? 0;
    })();
    expect(found, show(start)).toBe(expected);
  }
});

describe('the days that people stumble over', () => {
  const call = (text: string, urgency: Urgency = 'normal') =>
    clocksOf(caseAt(file('call', { urgency }, at(text)))).map(({ dueAt }) => dueAt);

  it.each([
    // 2026-02-14 and 02-28 are Saturdays at work; 02-15 to 02-23 are off.
    ['2026-02-13 16:00', '2026-02-14 10:30', '2026-02-27 18:00'],
    ['2026-02-14 10:00', '2026-02-14 16:00', '2026-02-28 18:00'],
    ['2026-02-20 10:00', '2026-02-24 14:30', '2026-02-28 18:00'],
    // 2026-05-09 is a Saturday at work.
    ['2026-04-30 17:00', '2026-05-06 11:30', '2026-05-11 18:00'],
    // 2026-09-20 is a Sunday at work, 10-10 a Saturday; 10-01 to 10-07 are off.
    ['2026-09-19 12:00', '2026-09-20 14:30', '2026-09-24 18:00'],
    ['2026-09-30 18:00', '2026-10-08 14:30', '2026-10-13 18:00'],
    // 2026-10-10: the Saturday counts.
    ['2026-10-09 08:30', '2026-10-09 14:30', '2026-10-15 18:00'],
  ])('%s', (start, sign, answer) => {
    expect(call(start)).toEqual([at(sign), at(answer)]);
  });

  it('minutes and hours of an urgent call go on at night and on holidays', () => {
    expect(call('2026-02-16 23:50', 'urgent')).toEqual([at('2026-02-17 00:20'), at('2026-02-17 23:50')]);
  });

  it('seconds are kept in hours, and days end when work ends', () => {
    const start = at('2026-03-02 11:59') + 30_250;
    expect(endOf({ workingHours: 4 }, start, CALENDAR)).toBe(at('2026-03-02 17:59') + 30_250);
    expect(endOf({ workingDays: 1 }, start, CALENDAR)).toBe(at('2026-03-03 18:00'));
  });

  it('a year without a file refuses nothing: weekends count, the end is marked, and moves when the file comes', () => {
    const filedAt = at('2026-12-29 15:00');
    const request = file('call', {}, filedAt);
    const found = clocksOf(caseAt(request, filedAt));
    expect(found).toMatchObject([
      { clock: 'sign', dueAt: at('2026-12-30 09:30'), isProvisional: false },
      { clock: 'answer', dueAt: at('2027-01-05 18:00'), isProvisional: true },
    ]);
    const urgent = clocksOf(caseAt(file('call', { urgency: 'urgent' }, at('2026-12-31 20:00'))));
    expect(urgent).toMatchObject([
      { clock: 'sign', dueAt: at('2026-12-31 20:30'), isProvisional: false },
      { clock: 'answer', dueAt: at('2027-01-01 20:00'), isProvisional: false },
    ]);
    const calendar = withPlainWeeks(createCalendar([YEAR_2026, YEAR_2027], CALENDAR.hours));
    expect(clocksOf({ ...caseAt(request, filedAt), calendar })).toMatchObject([
      { clock: 'sign', isProvisional: false },
      { clock: 'answer', dueAt: at('2027-01-06 18:00'), isProvisional: false },
    ]);
  });
});

const YEAR_2026 = { year: 2026, source: '通知', holidays: {}, workdays: [] };
const YEAR_2027 = {
  year: 2027,
  source: '通知',
  holidays: { 元旦: { from: '2027-01-01', to: '2027-01-03' } },
  workdays: [],
};
