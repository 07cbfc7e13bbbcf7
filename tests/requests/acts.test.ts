/** What each move does and what it wants: reasons, rounds, ratings, rulings. */
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/core/request.js';
import { MAX_TEXT } from '../../src/requests/machine.js';
import type { Act } from '../../src/requests/moves.js';
import { isReason } from '../../src/requests/reasons.js';
import {
  act,
  actOf,
  at,
  chatOf,
  CAST,
  DEADLINE_OFFICE,
  EMERGENCY,
  FACT,
  file,
  HOUR,
  LIST_OFFICE,
  makeActor,
  MONDAY,
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

describe('words', () => {
  const call = signed();
  it.each([
    [{ kind: 'answer', text: ' ' }, WATER, '办理情况'],
    [{ kind: 'pause', reason: '' }, WATER, '补充什么'],
    [{ kind: 'ask-extension', reason: '\n' }, WATER, '原因'],
    [{ kind: 'add-support', organization: '县财政局', reason: ' ' }, WATER, '协办什么'],
    [{ kind: 'add-support', organization: ' ', reason: '封路' }, WATER, '哪个单位'],
    [{ kind: 'transfer', to: ' ', reason: FACT }, WATER, '哪个单位'],
    [{ kind: 'note', text: '' }, TOWNSHIP, '补充'],
    [{ kind: 'withdraw', reason: ' ' }, TOWNSHIP, '原因'],
    [{ kind: 'answer', text: '水'.repeat(MAX_TEXT + 1) }, WATER, '超过'],
  ] as const)('%o wants some', (move, actor, said) => {
    expect(refusal(call, move, actor)).toContain(said);
  });

  it('a picture without words is a note', () => {
    const photo = { platform: 'console' as const, kind: 'photo' as const, id: 'p1' };
    const noted = act(call, { kind: 'note', text: '', attachments: [photo] }, TOWNSHIP);
    expect(noted.events.at(-1)).toEqual({
      kind: 'noted',
      at: MONDAY,
      by: { account: 'console:柳林镇', name: '柳林某', organization: '柳林镇' },
      attachments: [photo],
    });
  });
});

describe('a return', () => {
  it.each([
    '不归我管',
    '不属于我局职责范围',
    '属地管理',
    '请转其他单位办理',
    '我们单位人手不足,无法办理',
    '按照属地管理原则,建议由乡镇负责处理',
    '。。。。。。。。。。',
    '不不不不不不不不不不',
    '',
  ])('“%s” says nothing', (words) => {
    expect(isReason(words)).toBe(false);
    expect(refusal(signed(), { kind: 'return', reason: words }, WATER)).toContain('依据');
    expect(refusal(signed(), { kind: 'transfer', to: '县财政局', reason: words }, WATER)).toContain('依据');
  });

  it.each([
    '《青山县属地管理清单》第12项主体责任是县交通运输局',
    '清单第41项',
    '现场在国道旁,产权属于公路中心的边沟',
    FACT,
  ])('“%s” says something', (words) => {
    expect(isReason(words)).toBe(true);
    expect(act(signed(), { kind: 'return', reason: words }, WATER).events.at(-1)?.text).toBe(words);
  });

  it('with a row needs no more than a word', () => {
    const returned = act(signed(), { kind: 'return', reason: '见清单', row: ' 41 ' }, WATER);
    expect(returned.events.at(-1)?.facts).toEqual({ row: '41' });
  });

  it('of the lead waits for the caller; the second one goes to the 编办 by itself', () => {
    let request = act(signed(), actOf('return'), WATER);
    expect(request.status).toBe('open');
    expect(statuses(request)).toEqual(['县水利局 returned', '县应急管理局 waiting']);
    const transfer = (to: string): Act => ({ kind: 'transfer', to, reason: '涵洞' });
    expect(refusal(request, transfer('县水利局'), TOWNSHIP)).toContain('已经退回');
    request = act(request, transfer('县交通运输局'), TOWNSHIP);
    const before = request.events.length;
    request = act(request, { kind: 'return', reason: '渗水处是河堤本体,不是涵洞也不是公路路基' }, HIGHWAY);
    expect(kinds(request, before)).toEqual(['returned', 'ruling-asked']);
    expect(request.status).toBe('ruling');
    expect(request.events.at(-1)).toMatchObject({ by: null, made: ['A4'] });
    expect(statuses(request)).toEqual([
      '县水利局 returned',
      '县应急管理局 closed',
      '县交通运输局 returned',
      '县委编办 waiting',
    ]);
  });

  it('of a co-operating unit does not count and does not stop the lead', () => {
    const request = act(signed(), actOf('return'), EMERGENCY);
    expect(request.status).toBe('open');
    expect(act(request, actOf('answer'), WATER).status).toBe('answered');
    const again = act(request, actOf('return'), WATER);
    expect(again.status).toBe('open');
  });
});

describe('a transfer', () => {
  const to = (unit: string): Act => ({ kind: 'transfer', to: unit, reason: FACT });
  it.each([
    ['县水利局', '本单位'],
    ['柳林镇', '请求单位'],
    ['县委编办', '提请裁定'],
    ['白马镇', '交办'],
  ])('does not go to %s', (unit, said) => {
    expect(refusal(signed(), to(unit), WATER)).toContain(said);
  });

  it('of a 交办 stays with the townships', () => {
    const task = act(file('task'), { kind: 'sign' }, TOWNSHIP);
    expect(refusal(task, to('县交通运输局'), TOWNSHIP)).toContain('镇街');
    expect(act(task, to('白马镇'), TOWNSHIP).assignments.at(-1)).toMatchObject({ organization: '白马镇' });
  });

  it('ends the part that the new lead had as support; the next one goes to the 编办', () => {
    let request = act(signed(), to('县应急管理局'), WATER);
    expect(statuses(request)).toEqual([
      '县水利局 transferred',
      '县应急管理局 closed',
      '县应急管理局 waiting',
    ]);
    request = act(request, to('县交通运输局'), EMERGENCY);
    expect(request.status).toBe('ruling');
    expect(statuses(request).at(-1)).toBe('县委编办 waiting');
  });
});

describe('an answer', () => {
  it('of the lead is the answer: the others end', () => {
    const answered = act(signed(), actOf('answer'), WATER);
    expect(answered.status).toBe('answered');
    expect(statuses(answered)).toEqual(['县水利局 answered', '县应急管理局 closed']);
    expect(refusal(answered, actOf('answer'), EMERGENCY)).toContain('补充说明');
  });

  it('signs by itself where nobody had', () => {
    expect(kinds(act(file('call'), actOf('answer'), WATER))).toEqual(['filed', 'signed', 'answered']);
  });

  it.each(['confer', 'task'] as const)('%s: all must', (kind) => {
    const { lead, support } = CAST[kind];
    const request = act(file(kind, { support: [support.organization] }), actOf('answer'), lead);
    expect(request.status).toBe('open');
    expect(act(request, actOf('answer'), support).status).toBe('answered');
    expect(act(request, actOf('return'), support).status).toBe('answered');
  });

  it('to a 征求意见 says yes or no', () => {
    const request = file('consent');
    expect(refusal(request, { kind: 'answer', text: '请考虑' }, TOWNSHIP)).toContain('同意');
    const no = act(request, { kind: 'answer', text: '正值汛期', consent: false }, TOWNSHIP);
    expect(no.events.at(-1)?.facts).toEqual({ consent: false, completes: true });
  });
});

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
  it('urging waits for the time that the kind sets, whoever urges', () => {
    const urged = act(signed(), { kind: 'urge', text: '水位上涨' }, TOWNSHIP);
    const again = at('2026-03-02 15:00');
    expect(refusal(urged, actOf('urge'), DEADLINE_OFFICE, again - 1)).toContain(
      '3月2日(周一)15:00后可以再次催办',
    );
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
