/** The simulated year in small; `npm run simulate` is the same with 5,000 people and 100,000 occurrences. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Occurrence } from '../../src/core/reminder.js';
import { instantOf, loadWorkdays } from '../../scripts/simulate/calendar.js';
import { expectedOf, judge, type Observed, type Segment } from '../../scripts/simulate/oracle.js';
import { simulate } from '../../scripts/simulate/run.js';
import { makeFolder } from '../helpers/folder.js';
import { makeOccurrence, makeReminder, OTHER, SELF } from '../helpers/reminders.js';

const LONG_MS = 180_000;

it.each([
  ['crashes, faults and downtimes', { seed: 7, restarts: 5, crashes: 40, downtimes: 12, copyEvery: 3 }],
  ['faults of the platforms alone', { seed: 11, crashes: 0 }],
])(
  'a year with %s: each occurrence comes once, or the ledger says why not',
  async (_, options) => {
    const dir = join(makeFolder(), 'year');
    const { counts, violations } = await simulate({ people: 60, occurrences: 2_000, dir, ...options });
    expect(violations).toEqual([]);
    expect(counts['expected']).toBeGreaterThan(400);
    expect(counts['digests']).toBeGreaterThan(10);
    if (options.crashes > 0) expect(counts['crashes']).toBeGreaterThan(10);
  },
  LONG_MS,
);

describe('the oracle', () => {
  const isWorkday = loadWorkdays('knowledge/calendar/2026.yaml');
  const END = instantOf('2026-03-06', 12 * 60);
  const segment = (parts: Partial<Segment> = {}): Segment => ({
    reminder: makeReminder(),
    plan: { kind: 'daily', minutes: [540], from: '2026-03-04' },
    to: [SELF],
    edits: 0,
    from: instantOf('2026-03-04', 0),
    until: Infinity,
    ...parts,
  });
  const id = (date: string, minutes = 540) => `TX-2026-000001@${instantOf(date, minutes)}/0`;
  const row = (date: string, parts: Partial<Occurrence> = {}) =>
    makeOccurrence({
      id: id(date),
      dueAt: instantOf(date, 540),
      status: 'sent',
      hops: [{ at: instantOf(date, 540), to: 'c', outcome: 'sent' }],
      ...parts,
    });
  const good = (): Observed => {
    const rows = ['2026-03-04', '2026-03-05', '2026-03-06'].map((date) => row(date));
    const next = row('2026-03-07', { status: 'planned', hops: [] });
    return {
      segments: [segment()],
      ledger: new Map([...rows, next].map((it) => [it.id, it])),
      arrivals: rows.map((it) => ({ occurrence: it.id, chat: 'c' })),
      digests: [],
      downtimes: [],
      snoozes: 0,
      end: END,
    };
  };
  const withRow = (it: Occurrence): Observed => {
    const observed = good();
    return { ...observed, ledger: new Map([...observed.ledger, [it.id, it]]) };
  };
  const without = (...dates: string[]) =>
    good().arrivals.filter((it) => !dates.some((d) => it.occurrence === id(d)));

  it('is content with what is right', () => {
    expect(judge(good(), isWorkday).violations).toEqual([]);
  });

  const lost = good();
  const ledgerWithout = new Map([...lost.ledger].filter(([key]) => key !== id('2026-03-05')));
  const swapped = good().arrivals.toReversed();
  it.each<[string, Observed]>([
    ['one that is not in the ledger', { ...good(), ledger: ledgerWithout }],
    ['one that is noted as sent and did not arrive', { ...good(), arrivals: without('2026-03-05') }],
    ['one that arrived twice', { ...good(), arrivals: [...good().arrivals, ...good().arrivals.slice(0, 1)] }],
    ['one that is still planned', withRow(row('2026-03-05', { status: 'planned', hops: [] }))],
    ['one that is still claimed', withRow(row('2026-03-05', { status: 'claimed' }))],
    ['one that was skipped and arrived', withRow(row('2026-03-05', { status: 'skipped', reason: '已取消' }))],
    [
      'one that was skipped as missed without a downtime',
      {
        ...withRow(row('2026-03-05', { status: 'skipped', reason: '已错过,由其后一次代替' })),
        arrivals: without('2026-03-05'),
      },
    ],
    ['one that nobody asked for', withRow(makeOccurrence({ id: 'TX-2026-000009@1/0', dueAt: 1 }))],
    ['chats in another order', { ...good(), arrivals: swapped }],
    [
      'a wrong count in a digest',
      {
        ...good(),
        digests: [{ account: 'a', at: END, said: 2, merged: 1, todo: '', todoExpected: '' }],
      },
    ],
    ['one that was put off and not planned again', { ...good(), snoozes: 1 }],
  ])('sees %s', (_, observed) => {
    expect(judge(observed, isWorkday).violations).not.toEqual([]);
  });

  it.each<[string, Partial<Segment>, string[]]>([
    [
      'own ones come on days off',
      { plan: { kind: 'daily', minutes: [540], from: '2026-05-01' } },
      ['05-01', '05-02'],
    ],
    [
      'others are spared on days off, and 调休 is a working day',
      { to: [OTHER], plan: { kind: 'daily', minutes: [540], from: '2026-05-08' } },
      ['05-08', '05-09', '05-10 off', '05-11'],
    ],
    [
      'a monthly one is moved over the holiday',
      { plan: { kind: 'monthly', day: 2, minutes: [540], from: '2026-05-01', shift: 'next' } },
      ['05-06'],
    ],
  ])('reckons that %s', (_, parts, expected) => {
    const from = instantOf('plan' in parts && parts.plan && 'from' in parts.plan ? parts.plan.from : '', 0);
    const rows = expectedOf(segment({ ...parts, from }), isWorkday, from + 3 * 86_400_000);
    const texts = rows.map(({ at, isDayOff }) =>
      [new Date(at + 8 * 3_600_000).toISOString().slice(5, 10), ...(isDayOff ? ['off'] : [])].join(' '),
    );
    expect(texts.slice(0, expected.length)).toEqual(expected);
  });
});
