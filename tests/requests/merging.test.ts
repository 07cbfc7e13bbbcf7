/** 合并 and 拆分: who may, what becomes of callers, parts and clocks, and that nothing given is changed. */
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/core/request.js';
import { clocksOf } from '../../src/requests/clock.js';
import { effectsOfChange } from '../../src/requests/effects.js';
import { mergedInto } from '../../src/requests/log.js';
import { joinRequests, type Joining } from '../../src/requests/merging.js';
import type { Actor } from '../../src/requests/moves.js';
import { factsOf } from '../../src/requests/statistics.js';
import { WORLD, textsOf, cardsOf } from '../helpers/request-world.js';
import {
  act,
  actOf,
  caseAt,
  chatOf,
  DAY,
  DEADLINE_OFFICE,
  file,
  MONDAY,
  NEIGHBOUR,
  POLICIES,
  refusal,
  termsOf,
  TOWNSHIP,
  WATER,
} from '../helpers/requests.js';

const LATER = MONDAY + DAY;
const first = () => file('call');
const second = (support: string[] = []) =>
  file(
    'call',
    { lead: '县应急管理局', support, conversation: chatOf('马甲'), text: '河堤边上冒水' },
    LATER,
    NEIGHBOUR,
    'QS-2026-000124',
  );

function join(joining: Joining, into: Request, from: Request, actor: Actor = DEADLINE_OFFICE, now = LATER) {
  const before = structuredClone([into, from]);
  const outcome = joinRequests(
    joining,
    { into, from },
    { actor, reason: '同一处' },
    termsOf(POLICIES[into.kind], now),
  );
  expect([into, from]).toEqual(before);
  return outcome;
}
const joined = (...parts: Parameters<typeof join>) => {
  const outcome = join(...parts);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome;
};
const reasonOf = (...parts: Parameters<typeof join>) => {
  const outcome = join(...parts);
  return outcome.ok ? 'allowed' : outcome.reason;
};

describe('merging', () => {
  it('makes one of two: the callers go on there, each with the clock of its own call', () => {
    const { into, from } = joined('merge', first(), second());
    expect(into.callers.map(({ organization, joinedAt }) => [organization, joinedAt])).toEqual([
      ['柳林镇', MONDAY],
      ['白马镇', LATER],
    ]);
    expect(from.status).toBe('merged');
    expect(mergedInto(from)).toBe(into.number);
    expect(from.assignments.map(({ status }) => status)).toEqual(['closed']);
    expect([from.dueAt, clocksOf(caseAt(from, LATER))]).toEqual([null, []]);
    const answers = clocksOf(caseAt(into, LATER)).filter(({ clock }) => clock === 'answer');
    expect(answers.map(({ caller }) => caller)).toEqual(['柳林镇', '白马镇']);
  });

  it('keeps both in their logs, and both sides are told', () => {
    const [a, b] = [first(), second()];
    const { into, from } = joined('merge', a, b);
    expect(into.events.at(-1)).toMatchObject({
      kind: 'merged',
      facts: { from: b.number, callers: '白马镇' },
    });
    expect(into.events.at(-1)?.text).toContain('河堤边上冒水');
    expect(from.events.at(-1)).toMatchObject({ kind: 'merged', facts: { into: a.number }, text: '同一处' });
    const told = [
      ...effectsOfChange(b, from, WORLD, LATER, null),
      ...effectsOfChange(a, into, WORLD, LATER, null),
    ];
    const texts = textsOf(told);
    expect(texts.some((it) => it.includes('急甲') && it.includes(`将本件并入 ${a.number}`))).toBe(true);
    expect(texts.some((it) => it.includes('马甲') && it.includes(`将本件并入 ${a.number}`))).toBe(true);
    expect(texts.some((it) => it.includes('水甲') && it.includes(`将 ${b.number}(白马镇)并入本件`))).toBe(
      true,
    );
    // Who came with it reads it once, and has the card of the one that goes on.
    expect(texts.filter((it) => it.startsWith('马甲'))).toHaveLength(1);
    expect(cardsOf(told)).toContain('马甲');
  });

  it('is for the coordinating desk alone', () => {
    for (const actor of [TOWNSHIP, NEIGHBOUR, WATER])
      expect(reasonOf('merge', first(), second(), actor)).toContain('由督办办理');
  });

  it('wants two of one kind that are worked on, and no party on both sides', () => {
    expect(reasonOf('merge', first(), first())).toContain('编号相同');
    expect(reasonOf('merge', first(), { ...file('advice'), number: 'QS-2026-000125' })).toContain('同一类');
    expect(reasonOf('merge', first(), act(second(), actOf('withdraw'), NEIGHBOUR, LATER))).toContain(
      '已撤回',
    );
    const { into, from } = joined('merge', first(), second());
    expect(reasonOf('merge', into, from)).toContain('已并入');
    const called = file('call', { lead: '县应急管理局' }, MONDAY, WATER, 'QS-2026-000126');
    expect(reasonOf('merge', first(), called)).toContain('县水利局是 QS-2026-000123 的承办单位');
  });

  it('counts the merged one as merged, and as open no more', () => {
    const { from } = joined('merge', first(), second());
    const { figures } = factsOf(caseAt(from, LATER), { side: 'c', unit: null }, '') ?? { figures: new Set() };
    expect([figures.has('merged'), figures.has('open'), figures.has('done')]).toEqual([true, false, false]);
  });

  it('leaves nothing to be done on the merged one, and says where', () => {
    const { from } = joined('merge', first(), second());
    for (const [move, actor] of [
      ['urge', NEIGHBOUR],
      ['reopen', NEIGHBOUR],
      ['answer', { ...WATER, organization: '县应急管理局' }],
    ] as const)
      expect(refusal(from, actOf(move), actor, LATER)).toContain('请在并入的请求中办理');
  });
});

describe('splitting', () => {
  it('takes it out again: its units begin anew, its caller leaves the other', () => {
    const merged = joined('merge', first(), second());
    const { into, from } = joined('split', merged.into, merged.from, DEADLINE_OFFICE, LATER + DAY);
    expect(into.callers.map((c) => c.organization)).toEqual(['柳林镇']);
    expect(from.callers.map((c) => c.organization)).toEqual(['白马镇']);
    expect([from.status, from.assignments.at(-1)?.organization, from.assignments.at(-1)?.status]).toEqual([
      'open',
      '县应急管理局',
      'waiting',
    ]);
    expect(into.events.at(-1)).toMatchObject({ kind: 'split', facts: { from: from.number } });
    expect(from.events.at(-1)).toMatchObject({ kind: 'reopened', facts: { splitFrom: into.number } });
    expect(from.dueAt).toBeGreaterThan(LATER + DAY);
    // And it can be merged once more.
    expect(join('merge', into, from, DEADLINE_OFFICE, LATER + DAY).ok).toBe(true);
  });

  it('a caller of both stays with both', () => {
    const both = file('call', { lead: '县应急管理局' }, LATER, TOWNSHIP, 'QS-2026-000124');
    const merged = joined('merge', first(), both);
    expect(merged.into.callers).toHaveLength(1);
    const { into, from } = joined('split', merged.into, merged.from);
    expect([into.callers.length, from.callers.length]).toEqual([1, 1]);
  });

  it('is refused where nothing was merged, or nobody would be left', () => {
    expect(reasonOf('split', first(), second())).toContain('没有并入');
    const merged = joined('merge', first(), second());
    expect(reasonOf('split', merged.into, merged.from, TOWNSHIP)).toContain('由督办办理');
    const left = act(merged.into, actOf('withdraw'), TOWNSHIP, LATER);
    expect(reasonOf('split', left, merged.from)).toContain('没有请求单位');
    const gone = act(merged.into, actOf('withdraw'), NEIGHBOUR, LATER);
    expect(reasonOf('split', gone, merged.from)).toContain('不需要拆分');
    const ended = act(gone, actOf('withdraw'), TOWNSHIP, LATER);
    expect(reasonOf('split', ended, merged.from)).toContain('不能再拆分');
  });
});
