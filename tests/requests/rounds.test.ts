/** Ratings, rulings, and the limits that time sets to moves. */
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/core/request.js';
import type { Act } from '../../src/requests/moves.js';
import {
  act,
  actOf,
  at,
  chatOf,
  DEADLINE_OFFICE,
  EMERGENCY,
  file,
  HOUR,
  LIST_OFFICE,
  makeActor,
  NEIGHBOUR,
  POLICE,
  refusal,
  STATION,
  TOWNSHIP,
  WATER,
} from '../helpers/requests.js';

const HIGHWAY = makeActor('县交通运输局', 'department-officer');
const rate = (n: number, words = '已经核实'): Act => ({
  kind: 'rate',
  speed: n,
  handling: 5,
  result: 5,
  words,
});
const statuses = (request: Request) => request.assignments.map((a) => `${a.organization} ${a.status}`);
const kinds = (request: Request, from = 0) => request.events.slice(from).map((e) => e.kind);
const signed = () => act(file('call', { support: ['县应急管理局'] }), { kind: 'sign' }, WATER);

describe('a rating', () => {
  const answered = () => act(signed(), actOf('answer'), WATER);
  it('is three numbers from 1 to 5, and low ones say why', () => {
    for (const n of [0, 6, 2.5, NaN]) expect(refusal(answered(), rate(n), TOWNSHIP)).toContain('1到5分');
    expect(refusal(answered(), rate(2, ' '), TOWNSHIP)).toContain('哪里没有办好');
    expect(refusal(signed(), rate(5), TOWNSHIP)).toContain('答复后才能评价');
    expect(act(answered(), rate(3, ''), TOWNSHIP).status).toBe('concluded');
  });

  it('low: done again by the same unit; low again: the deadline office decides', () => {
    const again = act(answered(), rate(1), TOWNSHIP);
    expect(kinds(again).slice(-2)).toEqual(['rated', 'reopened']);
    expect(statuses(again).at(-1)).toBe('县水利局 waiting');
    expect(again.callers[0]?.rating).toBeNull();
    const second = act(act(again, actOf('answer'), WATER), rate(2), TOWNSHIP);
    expect(second.status).toBe('answered');
    expect(second.events.at(-1)).toMatchObject({ kind: 'escalated', facts: { to: 'deadline-office' } });
    expect(second.dueAt).toBe(at('2026-03-05 18:00'));
    expect(act(second, actOf('conclude'), DEADLINE_OFFICE).status).toBe('concluded');
    expect(act(second, actOf('reopen'), DEADLINE_OFFICE).status).toBe('open');
  });

  it('is each caller’s own; the last one concludes', () => {
    const joined = act(signed(), actOf('join'), NEIGHBOUR);
    const request = act(joined, actOf('answer'), WATER);
    const one = act(request, rate(4), TOWNSHIP);
    expect(one.status).toBe('answered');
    expect(refusal(one, rate(4), TOWNSHIP)).toContain('已经评价');
    expect(refusal(request, actOf('conclude'), TOWNSHIP)).toContain('白马镇');
    expect(act(one, actOf('conclude'), NEIGHBOUR).status).toBe('concluded');
    expect(act(one, rate(5), NEIGHBOUR).status).toBe('concluded');
    const low = act(one, rate(1), NEIGHBOUR);
    expect(low.status).toBe('open');
    expect(low.callers.map((c) => c.rating)).toEqual([null, null]);
  });
});

describe('rounds', () => {
  const joined = () => act(signed(), actOf('join'), NEIGHBOUR);
  const again = (request: Request) => act(request, actOf('answer'), WATER);
  const inReview = () => act(again(act(again(joined()), rate(1), TOWNSHIP)), rate(1), TOWNSHIP);
  const reviews = (request: Request) => kinds(request).filter((kind) => kind === 'escalated').length;

  it('another low rating while the deadline office looks into it is kept and asks for nothing new', () => {
    const request = act(inReview(), rate(2), NEIGHBOUR);
    expect([request.status, reviews(request)]).toEqual(['answered', 1]);
    expect(request.callers.map((c) => c.rating?.speed)).toEqual([1, 2]);
  });

  it('the review ends with the round: after a new answer the callers have the word again', () => {
    const request = again(act(inReview(), actOf('reopen'), DEADLINE_OFFICE));
    expect(request.dueAt).toBe(at('2026-03-09 18:00'));
    expect(act(request, rate(5), TOWNSHIP).status).toBe('answered');
    expect(reviews(act(request, rate(1), TOWNSHIP))).toBe(2);
  });

  it('a request that ended while the caller had to choose waits for that choice when it is opened again', () => {
    const concluded = act(act(signed(), actOf('return'), WATER), actOf('conclude'), TOWNSHIP);
    const request = act(concluded, actOf('reopen'), TOWNSHIP, at('2026-03-05 09:00'));
    expect(request.assignments).toHaveLength(concluded.assignments.length);
    expect(request.dueAt).toBe(at('2026-03-09 18:00'));
    expect(act(request, actOf('transfer'), TOWNSHIP).assignments.at(-1)?.status).toBe('waiting');
  });

  it('what was withdrawn is not opened again, what goes on needs no opening', () => {
    expect(refusal(act(signed(), actOf('withdraw'), TOWNSHIP), actOf('reopen'), TOWNSHIP)).toContain(
      '重新提交',
    );
    expect(refusal(signed(), actOf('reopen'), TOWNSHIP)).toContain('正在办理');
  });

  it('a unit that has a part is not asked for support', () => {
    const move = (organization: string): Act => ({ kind: 'add-support', organization, reason: '请支援' });
    expect(refusal(signed(), move('县应急管理局'), WATER)).toContain('已经是本请求的协办单位');
    expect(refusal(signed(), move('县水利局'), TOWNSHIP)).toContain('已经是本请求的主办单位');
    expect(refusal(signed(), move('柳林镇'), WATER)).toContain('请求单位');
  });
});

describe('a ruling', () => {
  const disputed = () => act(act(signed(), actOf('return'), WATER), actOf('ask-ruling'), TOWNSHIP);
  it('binds: those it names cannot give it back', () => {
    const request = act(disputed(), actOf('rule'), LIST_OFFICE);
    expect(statuses(request).slice(-2)).toEqual(['县交通运输局 waiting', '县水利局 waiting']);
    for (const move of ['return', 'transfer', 'ask-ruling'] as const)
      expect(
        refusal(
          request,
          actOf(move),
          move === 'transfer' ? { ...HIGHWAY, organization: '县交通运输局' } : HIGHWAY,
        ),
      ).toContain('编办已裁定');
    expect(refusal(request, actOf('return'), WATER)).toContain('编办已裁定');
  });

  it('names a unit and a ground', () => {
    const rule = (lead: string, text: string): Act => ({ kind: 'rule', lead, support: [], text });
    expect(refusal(disputed(), rule(' ', '依据'), LIST_OFFICE)).toContain('哪个单位');
    expect(refusal(disputed(), rule('县水利局', ' '), LIST_OFFICE)).toContain('理由');
  });

  it('that names the caller ends the request, and it is not opened again', () => {
    const rule: Act = { kind: 'rule', lead: '柳林镇', support: [], text: '属镇管小型水利设施' };
    const request = act(disputed(), rule, LIST_OFFICE);
    expect(request.status).toBe('concluded');
    expect(refusal(request, actOf('reopen'), TOWNSHIP)).toContain('裁定由柳林镇负责');
  });

  it('asked for in the first place ends with the ruling', () => {
    const request = act(file('ruling'), actOf('rule'), LIST_OFFICE);
    expect(request.status).toBe('concluded');
    expect(kinds(request)).toEqual(['filed', 'signed', 'ruled', 'concluded']);
    expect(act(request, actOf('reopen'), TOWNSHIP).status).toBe('ruling');
  });
});

describe('limits', () => {
  it('urging waits for the time that the kind sets, the office that watches by its own', () => {
    const urged = act(signed(), { kind: 'urge', text: '水位上涨' }, TOWNSHIP);
    const again = at('2026-03-02 15:00');
    const WHEN = '3月2日(周一)15:00后可以再次催办';
    expect(refusal(urged, actOf('urge'), TOWNSHIP, again - 1)).toContain(WHEN);
    const watched = act(urged, actOf('urge'), DEADLINE_OFFICE, again - 2);
    expect(watched.events.at(-1)?.facts).toEqual({ isDesk: true });
    expect(refusal(watched, actOf('urge'), DEADLINE_OFFICE, again)).toContain('已经催办');
    expect(act(watched, actOf('urge'), TOWNSHIP, again).events).toHaveLength(5);
    expect(act(urged, actOf('urge'), TOWNSHIP, again).events).toHaveLength(4);
  });

  it('reopening has a last day', () => {
    const concluded = act(act(signed(), actOf('answer'), WATER), rate(5), TOWNSHIP);
    const last = at('2026-03-23 18:00');
    expect(act(concluded, actOf('reopen'), TOWNSHIP, last).status).toBe('open');
    expect(refusal(concluded, actOf('reopen'), TOWNSHIP, last + 1)).toContain('期限');
    expect(refusal(concluded, { kind: 'reopen', reason: ' ' }, TOWNSHIP)).toContain('为什么');
  });

  it('reopening and urging work in December without the next year’s calendar', () => {
    const now = at('2026-12-23 09:00');
    const concluded = act(
      act(file('call', {}, now), actOf('answer'), WATER, now),
      actOf('conclude'),
      TOWNSHIP,
      now,
    );
    expect(act(concluded, actOf('reopen'), TOWNSHIP, now + HOUR).status).toBe('open');
    const late = at('2026-12-31 16:00');
    const urged = act(file('call', {}, at('2026-12-22 09:00')), actOf('urge'), TOWNSHIP, late);
    expect(refusal(urged, actOf('urge'), TOWNSHIP, late + HOUR)).toContain('可以再次催办');
  });

  it('a dispatch counts minutes, is never paused, extended or handed back', () => {
    const request = file('dispatch', {}, at('2026-03-07 23:00'));
    expect(request.dueAt).toBe(at('2026-03-07 23:10'));
    for (const move of ['return', 'transfer', 'pause', 'ask-extension', 'ask-ruling'] as const)
      expect(refusal(request, actOf(move), STATION)).toContain('执法调度');
  });

  it('joining is for those who may file, once', () => {
    const joined = act(
      signed(),
      { kind: 'join', conversation: chatOf('b'), text: '我镇下游也渗水' },
      NEIGHBOUR,
    );
    expect(joined.events.at(-1)).toMatchObject({ kind: 'joined', text: '我镇下游也渗水' });
    expect(refusal(joined, actOf('join'), NEIGHBOUR)).toContain('不需要重复加入');
    expect(refusal(signed(), actOf('join'), EMERGENCY)).toContain('承办单位');
    expect(refusal(file('advice'), actOf('join'), POLICE)).toContain('不由您的岗位提出');
  });
});
