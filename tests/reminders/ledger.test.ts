/** The ledger: every change of status that may be, and every one that may not. */
import { describe, expect, it } from 'vitest';
import { isOver, OCCURRENCE_STATUSES, type OccurrenceStatus } from '../../src/core/reminder.js';
import { become, endHop, isSnoozed, mayBecome, whyOver, withHop } from '../../src/reminders/ledger.js';
import { START } from '../helpers/clock.js';
import { makeOccurrence } from '../helpers/reminders.js';

const ALLOWED: Record<OccurrenceStatus, string> = {
  planned: 'claimed skipped',
  claimed: 'sent acknowledged done snoozed uncertain failed skipped',
  sent: 'acknowledged done snoozed skipped',
  acknowledged: 'done snoozed skipped',
  uncertain: 'sent acknowledged done snoozed',
  failed: '',
  done: '',
  snoozed: '',
  skipped: '',
};

const pairs = OCCURRENCE_STATUSES.flatMap((from) =>
  OCCURRENCE_STATUSES.map((to) => [from, to, ALLOWED[from].split(' ').includes(to)] as const),
);

describe('a status', () => {
  it.each(pairs)('%s to %s: %s', (from, to, may) => {
    const occurrence = makeOccurrence({ status: from });
    expect(mayBecome(occurrence, to)).toBe(may);
    if (may) expect(become(occurrence, to, START + 5)).toMatchObject({ status: to, changedAt: START + 5 });
    else expect(() => become(occurrence, to, START)).toThrow(`${from} cannot become ${to}`);
  });

  it('brings its reason and its summary along, and alters nothing else', () => {
    const before = makeOccurrence();
    const after = become(before, 'claimed', START, { reason: '上限', digest: '2026-03-03' });
    expect(after).toEqual({
      ...before,
      status: 'claimed',
      changedAt: START,
      reason: '上限',
      digest: '2026-03-03',
    });
    expect(before.status).toBe('planned');
  });

  it('is an end from which nothing follows by itself', () => {
    expect(OCCURRENCE_STATUSES.filter((status) => isOver({ status }))).toEqual([
      'done',
      'snoozed',
      'skipped',
      'uncertain',
      'failed',
    ]);
  });
});

describe('a hop', () => {
  it('ends with its outcome; only the last one to that place that is open', () => {
    const twice = withHop(withHop(makeOccurrence(), 'a', 1), 'b', 2);
    const ended = endHop(twice, 'b', 'failed', 'blocked', 3);
    expect(ended.hops).toEqual([
      { at: 1, to: 'a', outcome: 'pending' },
      { at: 2, to: 'b', outcome: 'failed', reason: 'blocked' },
    ]);
    expect(ended.changedAt).toBe(3);
    expect(endHop(ended, 'b', 'sent', '', 4).hops).toEqual(ended.hops);
    expect(endHop(ended, 'a', 'sent', '', 4).hops[0]).toEqual({ at: 1, to: 'a', outcome: 'sent' });
  });
});

describe('a button of an occurrence', () => {
  it.each([
    ['done', '已标记完成'],
    ['snoozed', '已推迟'],
    ['skipped', '已取消'],
    ['failed', '没有送达'],
  ] as const)('that is %s says so', (status, words) =>
    expect(whyOver(makeOccurrence({ status }))).toBe(`这条提醒${words},不需要再操作。`),
  );
  it.each(['planned', 'claimed', 'sent', 'acknowledged', 'uncertain'] as const)(
    'that is %s works',
    (status) => expect(whyOver(makeOccurrence({ status }))).toBeNull(),
  );
  it('that is not known any more is out of date', () => expect(whyOver(null)).toContain('已过期'));
});

it('knows what a person has put off by its id', () => {
  expect(isSnoozed({ id: 'TX-2026-000001@5/s0' })).toBe(true);
  expect(isSnoozed({ id: 'TX-2026-000001@5/s0e1-2' })).toBe(true);
  expect(isSnoozed({ id: 'TX-2026-000001@5/0' })).toBe(false);
});
