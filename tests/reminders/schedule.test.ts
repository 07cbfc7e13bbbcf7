/** The steps of a reminder along its rule, before and after a downtime. */
import { describe, expect, it } from 'vitest';
import { toLocal } from '../../src/calendar/local.js';
import type { Recurrence, Reminder } from '../../src/core/reminder.js';
import {
  advance,
  dueStep,
  isOwn,
  plannedOccurrence,
  sharesOf,
  sparedUntil,
} from '../../src/reminders/schedule.js';
import { at, GROUP, makeReminderWorld, makeReminder, makeRule, OTHER, SELF } from '../helpers/reminders.js';

const world = makeReminderWorld();
const recurring = (parts: Partial<Reminder> = {}, rule = makeRule()): Reminder =>
  makeReminder({ when: { kind: 'recurring', rule }, ...parts });

describe('the next step', () => {
  it('is that of the rule', () => {
    expect(advance(recurring(), at('2026-03-06 10:00'), world)).toEqual({
      next: { ruleAt: at('2026-03-07 09:00'), at: at('2026-03-07 09:00') },
      skipped: [],
    });
  });

  it('for others leaves days off out, each with its reason', () => {
    expect(advance(recurring({ to: [OTHER] }), at('2026-03-06 10:00'), world)).toEqual({
      next: { ruleAt: at('2026-03-09 09:00'), at: at('2026-03-09 09:00') },
      skipped: [
        { at: at('2026-03-07 09:00'), reason: '3月7日(周六)不是工作日' },
        { at: at('2026-03-08 09:00'), reason: '3月8日(周日)不是工作日' },
      ],
    });
  });

  const onDay = (day: number, text: string, shift?: 'skip') =>
    recurring(
      { to: [OTHER], text },
      makeRule({ rrule: `FREQ=MONTHLY;BYMONTHDAY=${day}`, from: '2026-04-01', ...(shift && { shift }) }),
    );

  it('of what is to be reported every month waits for the next working day', () => {
    const { next } = advance(onDay(10, '报低保台账'), at('2026-05-01 10:00'), world);
    expect(next).toEqual({
      ...{ ruleAt: at('2026-05-10 09:00'), at: at('2026-05-11 09:00') },
      reason: '原定日期不是工作日',
    });
    // A Saturday on which people work is no day off.
    expect(advance(onDay(9, '报低保台账'), at('2026-05-01 10:00'), world).next).toEqual({
      ...{ ruleAt: at('2026-05-09 09:00'), at: at('2026-05-09 09:00') },
    });
  });

  it('falls out where it is no report, or is to fall out', () => {
    for (const it of [onDay(10, '打扫卫生'), onDay(10, '报低保台账', 'skip')])
      expect(advance(it, at('2026-05-01 10:00'), world).next?.at).toBe(at('2026-06-10 09:00'));
  });

  it('waits longer where days off were published after it was planned', () => {
    const planned = {
      ...onDay(1, '报低保台账'),
      ruleAt: at('2026-05-01 09:00'),
      nextAt: at('2026-05-01 09:00'),
    };
    const reason = '按公布的放假安排不在这一天';
    expect(dueStep(planned, at('2026-05-01 09:00'), world)).toEqual({
      current: null,
      next: { ruleAt: at('2026-05-01 09:00'), at: at('2026-05-06 09:00'), reason: '原定日期不是工作日' },
      skipped: [{ at: at('2026-05-01 09:00'), reason }],
    });
    const onRule = recurring(
      { to: [OTHER], ruleAt: at('2026-05-01 09:00'), nextAt: at('2026-05-01 09:00') },
      makeRule({ rrule: 'FREQ=MONTHLY;BYMONTHDAY=1', from: '2026-04-01', shift: 'next' }),
    );
    expect(dueStep(onRule, at('2026-05-01 09:00'), world)?.next?.at).toBe(at('2026-05-06 09:00'));
  });

  describe('planned before the days off were known', () => {
    const due = (rule: Partial<Recurrence>, day: string) => {
      const instant = at(`${day} 09:00`);
      const planned = recurring({ ruleAt: instant, nextAt: instant }, makeRule(rule));
      const found = dueStep(planned, instant, world);
      const show = (ms?: number) => (ms === undefined ? null : toLocal(ms).date);
      return [show(found?.current?.at), show(found?.next?.at)];
    };
    const monthly = (day: number, rest: Partial<Recurrence>) => ({
      rrule: `FREQ=MONTHLY;BYMONTHDAY=${day}`,
      ...rest,
    });
    // In 2026: 10-01 to 10-07 off, 09-20 and 10-10 worked; by law 10-01 to 10-03 only.
    it.each<[string, Partial<Recurrence>, string, readonly (string | null)[]]>([
      ['was to come earlier: now', monthly(5, { shift: 'previous' }), '2026-10-05', ['10-05', '11-05']],
      ['comes later: then', monthly(5, { shift: 'next' }), '2026-10-05', [null, '10-08']],
      ['falls out', monthly(5, { shift: 'skip' }), '2026-10-05', [null, '11-05']],
      ['is a working day after all', monthly(10, { shift: 'previous' }), '2026-10-09', [null, '10-10']],
      ['so long before, earlier: now', monthly(12, { lead: { workdays: 3 } }), '2026-10-07', [null, '10-08']],
      ['so long before, over: now', monthly(9, { lead: { workdays: 3 } }), '2026-10-06', ['10-06', '11-04']],
      [
        'every week, over: now',
        { rrule: 'FREQ=WEEKLY;BYDAY=MO', shift: 'previous' },
        '2026-10-05',
        ['10-05', '10-12'],
      ],
      [
        'no working day',
        { rrule: 'FREQ=DAILY', special: { kind: 'workdays' } },
        '2026-10-06',
        [null, '10-08'],
      ],
      [
        ...([
          'the first working day: later',
          { rrule: 'FREQ=MONTHLY', special: { kind: 'nth-workday', n: 1 } },
        ] as const),
        ...(['2026-10-05', [null, '10-08']] as const),
      ],
    ])('%s', (_, rule, day, [current, next]) => {
      const [sent, planned] = due(rule, day);
      expect([sent?.slice(5, 10) ?? null, planned?.slice(5, 10)]).toEqual([current, next]);
    });
  });

  it('waits for the working day where it was to come earlier, for others', () => {
    const instant = at('2026-10-05 09:00');
    const when = { rrule: 'FREQ=MONTHLY;BYMONTHDAY=5', shift: 'previous' as const };
    const planned = recurring(
      { to: [OTHER], text: '打扫卫生', ruleAt: instant, nextAt: instant },
      makeRule(when),
    );
    expect(dueStep(planned, instant, world)).toMatchObject({
      current: null,
      next: { at: at('2026-10-08 09:00') },
    });
    const waiting = { ...planned, nextAt: at('2026-10-08 09:00') };
    expect(dueStep(waiting, at('2026-10-08 09:00'), world)).toMatchObject({
      current: { at: at('2026-10-08 09:00') },
      next: { at: at('2026-11-05 09:00') },
    });
  });

  it('remembers where the rule was when it is moved', () => {
    const nightly = recurring({ to: [GROUP] }, makeRule({ times: [22 * 60] }));
    expect(advance(nightly, at('2026-03-03 12:00'), world).next).toEqual({
      ruleAt: at('2026-03-03 22:00'),
      at: at('2026-03-04 07:30'),
      reason: '原定时间在勿扰时段',
    });
  });

  it('does not end a dense rule on a long holiday', () => {
    const dense = recurring(
      { to: [GROUP] },
      makeRule({ rrule: 'FREQ=MINUTELY;INTERVAL=5', from: '2026-09-30', times: [0] }),
    );
    const { next, skipped } = advance(dense, at('2026-09-30 23:58'), world);
    expect(next).toMatchObject({ at: at('2026-10-08 07:30') });
    expect(skipped).toHaveLength(200);
    expect(skipped.at(-1)?.reason).toContain('其后的不再逐条记录');
  });

  it('is null when the rule is over', () => {
    const ended = makeRule({ rrule: 'FREQ=DAILY;UNTIL=20260304T000000Z' });
    expect(advance(recurring({}, ended), at('2026-03-04 09:00'), world)).toEqual({ next: null, skipped: [] });
  });

  it('in a year without a calendar goes by the days off by law', () => {
    const { next, skipped, missing } = advance(recurring({ to: [OTHER] }), at('2026-12-31 09:00'), world);
    expect(next).toMatchObject({ at: at('2027-01-04 09:00') });
    expect(skipped.map(({ reason }) => reason)).toEqual([
      '1月1日(周五)不是工作日',
      '1月2日(周六)不是工作日',
      '1月3日(周日)不是工作日',
    ]);
    expect(missing).toBeUndefined();
  });
});

describe('what is due', () => {
  const planned = (instant: string, parts: Partial<Reminder> = {}) =>
    recurring({ nextAt: at(instant), ruleAt: at(instant), ...parts });

  it('is nothing before its time', () => {
    expect(dueStep(planned('2026-03-03 09:00'), at('2026-03-03 08:59'), world)).toBeNull();
  });

  it('is the step, and the next one is planned', () => {
    expect(dueStep(planned('2026-03-03 09:00'), at('2026-03-03 09:00'), world)).toEqual({
      current: { at: at('2026-03-03 09:00'), ruleAt: at('2026-03-03 09:00') },
      next: { at: at('2026-03-04 09:00'), ruleAt: at('2026-03-04 09:00') },
      skipped: [],
    });
  });

  it('is the newest after a downtime; the older ones and the days off have their reasons', () => {
    const due = dueStep(planned('2026-03-05 09:00', { to: [OTHER] }), at('2026-03-10 12:00'), world);
    expect(due?.current?.at).toBe(at('2026-03-10 09:00'));
    expect(due?.next?.at).toBe(at('2026-03-11 09:00'));
    const replaced = '已错过,由其后一次代替';
    expect(due?.skipped.toSorted((a, b) => a.at - b.at)).toEqual([
      { at: at('2026-03-05 09:00'), reason: replaced },
      { at: at('2026-03-06 09:00'), reason: replaced },
      { at: at('2026-03-07 09:00'), reason: '3月7日(周六)不是工作日' },
      { at: at('2026-03-08 09:00'), reason: '3月8日(周日)不是工作日' },
      { at: at('2026-03-09 09:00'), reason: replaced },
    ]);
  });

  it('is the newest of a rule by the minute after weeks', () => {
    const dense = planned('2026-03-02 09:00', {
      when: {
        kind: 'recurring',
        rule: makeRule({ rrule: 'FREQ=MINUTELY;INTERVAL=10', from: '2026-03-02', times: [0] }),
      },
    });
    const due = dueStep(dense, at('2026-03-20 12:03'), world);
    expect(due?.current?.at).toBe(at('2026-03-20 12:00'));
    expect(due?.next?.at).toBe(at('2026-03-20 12:10'));
    expect(due?.skipped).toHaveLength(200);
  });

  it('of a single one is itself, and then it is over', () => {
    const instant = at('2026-03-03 09:00');
    const once = makeReminder({ when: { kind: 'once', at: instant }, nextAt: instant, ruleAt: instant });
    expect(dueStep(once, at('2026-03-05 09:00'), world)).toEqual({
      current: { at: instant, ruleAt: instant },
      next: null,
      skipped: [],
    });
  });

  it('in the last days of a year on file comes, and what follows is provisional', () => {
    const due = dueStep(planned('2026-12-31 09:00', { to: [OTHER] }), at('2026-12-31 09:00'), world);
    expect(due).toMatchObject({
      current: { at: at('2026-12-31 09:00') },
      next: { at: at('2027-01-04 09:00') },
    });
  });

  it('goes on where a rule had to wait', () => {
    const waiting = recurring({ nextAt: null, ruleAt: at('2026-03-03 09:00') });
    expect(dueStep(waiting, at('2026-03-03 12:00'), world)).toMatchObject({
      current: null,
      next: { at: at('2026-03-04 09:00') },
    });
    expect(dueStep(waiting, at('2026-03-05 12:00'), world)).toMatchObject({
      current: { at: at('2026-03-05 09:00') },
      next: { at: at('2026-03-06 09:00') },
      skipped: [{ at: at('2026-03-04 09:00'), reason: '已错过,由其后一次代替' }],
    });
  });
});

describe('an occurrence', () => {
  it('has one id for an instant, a recipient and an edit', () => {
    const to = [OTHER, OTHER, SELF];
    expect(sharesOf({ to, edits: 0 })[2]).toEqual({ to: SELF, n: '2' });
    expect(sharesOf({ to, edits: 3 })[2]).toEqual({ to: SELF, n: '2e3' });
    const planned = plannedOccurrence(makeReminder(), { to: SELF, n: '2e3' }, 5_000, 4_000, '原因');
    expect(planned).toMatchObject({
      id: 'TX-2026-000001@5000/2e3',
      version: 0,
      dueAt: 5_000,
      status: 'planned',
      reason: '原因',
    });
  });

  it('is one’s own only when nobody else gets it', () => {
    expect(isOwn(makeReminder())).toBe(true);
    expect(isOwn(makeReminder({ to: [SELF, OTHER] }))).toBe(false);
    expect(isOwn(makeReminder({ to: [GROUP] }))).toBe(false);
    expect(isOwn(makeReminder({ to: [{ kind: 'unit', organization: '柳林镇' }] }))).toBe(false);
  });
});

it('nobody is woken by what was missed, also in a year whose days off are not published', () => {
  expect(sparedUntil(recurring({ to: [OTHER] }), at('2026-03-05 23:00'), world)).toBe(at('2026-03-06 07:30'));
  expect(sparedUntil(recurring({ to: [OTHER] }), at('2027-03-03 23:00'), world)).toBe(at('2027-03-04 07:30'));
});
