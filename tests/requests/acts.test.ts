/** What each move does and what it wants: reasons, rounds, ratings, rulings. */
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/core/request.js';
import { clocksOf } from '../../src/requests/clock.js';
import { dueActs } from '../../src/requests/ladder.js';
import { maySee } from '../../src/requests/permissions.js';
import { MAX_TEXT } from '../../src/requests/machine.js';
import type { Act } from '../../src/requests/moves.js';
import { isReason } from '../../src/requests/reasons.js';
import {
  act,
  actOf,
  CAST,
  caseAt,
  DAY,
  DEADLINE_OFFICE,
  EMERGENCY,
  FACT,
  file,
  HOUR,
  makeActor,
  MONDAY,
  refusal,
  SQUAD,
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
    expect(refusal(request, { kind: 'answer', text: '请考虑' }, CAST.consent.lead)).toContain('同意');
    const no = act(request, { kind: 'answer', text: '正值汛期', consent: false }, CAST.consent.lead);
    expect(no.events.at(-1)?.facts).toEqual({ consent: false, completes: true });
    // That is the end of it: neither a wish nor a low rating asks the township once more.
    expect(refusal(no, actOf('reopen'), CAST.consent.caller)).toContain('不能重新办理');
    expect(act(no, rate(1, '再议'), CAST.consent.caller).status).not.toBe('open');
  });

  it('to a 征求意见 is a leader’s alone, and never of whom it speaks', () => {
    const request = file('consent', { text: '拟调整派出所柳林某的岗位' });
    expect(refusal(request, { kind: 'sign' }, TOWNSHIP)).toContain('负责人办理');
    expect(maySee(TOWNSHIP, request)).toBe(false);
    expect(maySee({ ...CAST.consent.lead, name: '王镇长' }, request)).toBe(true);
    expect(maySee({ ...CAST.consent.lead, name: '柳林某' }, request)).toBe(false);
    expect(maySee(CAST.consent.caller, request)).toBe(true);
  });

  it('says who was asked to help and took no part', () => {
    const request = act(file('call', { support: ['县应急管理局', '县公安局'] }), { kind: 'sign' }, EMERGENCY);
    const answered = act(request, actOf('answer'), WATER);
    expect(answered.events.at(-1)?.facts?.['absent']).toBe('县应急管理局(未反馈)、县公安局(未签收)');
  });
});

describe('how it goes', () => {
  const signed = () => act(file('call'), { kind: 'sign' }, WATER);
  const progress = (promisedAt?: number): Act => ({
    kind: 'note',
    text: '已派人,明天修好',
    isProgress: true,
    ...(promisedAt !== undefined && { promisedAt }),
  });

  it('is a dated note: the clock goes on, and what was promised is asked about, then told', () => {
    const promisedAt = MONDAY + DAY;
    const told = act(signed(), progress(promisedAt), WATER);
    expect(told.status).toBe('open');
    expect(told.dueAt).toBe(signed().dueAt);
    const clocks = clocksOf(caseAt(told));
    expect(clocks.find((c) => c.clock === 'promise')).toMatchObject({ dueAt: promisedAt, assignment: 'A1' });
    expect(dueActs(caseAt(told, promisedAt))).toEqual([
      { kind: 'escalate', step: 'promise-due', clock: 'promise', assignment: 'A1' },
    ]);
    // A new word takes the place of the old one; a caller promises nothing.
    const newer = act(told, progress(), WATER, MONDAY + HOUR);
    expect(clocksOf(caseAt(newer)).some((c) => c.clock === 'promise')).toBe(false);
    const byCaller = act(signed(), progress(promisedAt), TOWNSHIP);
    expect(byCaller.events.at(-1)?.facts).toBeUndefined();
  });

  it('may end unsolved, with the reason, and that is no rating', () => {
    const closed = act(act(signed(), actOf('answer'), WATER), actOf('close-unsolved'), TOWNSHIP);
    expect(closed).toMatchObject({ status: 'unsolved', dueAt: null });
    expect(closed.callers[0]?.rating).toBeNull();
    expect(refusal(signed(), { kind: 'close-unsolved', reason: ' ' }, TOWNSHIP)).toContain('解决不了');
    expect(act(closed, actOf('reopen'), TOWNSHIP).status).toBe('open');
    expect(act(signed(), actOf('close-unsolved'), DEADLINE_OFFICE).status).toBe('unsolved');
  });
});

describe('a member of a stationed team', () => {
  it('speaks for the township where the team has no part, and does not dispatch its own team', () => {
    const answered = act(file('call'), actOf('answer'), WATER);
    expect(refusal(answered, rate(5), SQUAD)).toContain('不代表镇街评价');
    expect(refusal(answered, actOf('conclude'), SQUAD)).toContain('不代表镇街办结');
    const noted = act(answered, actOf('note'), SQUAD);
    expect(noted.events.at(-1)?.by?.organization).toBe('柳林镇');
    // Of his own bureau he is no caller at all.
    const police = file('call', { lead: '县公安局' });
    expect(refusal(police, actOf('urge'), { ...STATION, bureau: '县公安局' })).toContain('催办须由');
    expect(refusal(police, actOf('withdraw'), { ...STATION, bureau: '县公安局' })).toContain('撤回须由');
    // Of what he filed himself he adds to it, urges it and takes it back, and decides nothing on his bureau's work.
    const officer = { ...STATION, bureau: '县公安局' };
    const own = file('call', { lead: '县公安局' }, MONDAY, officer);
    expect(act(own, actOf('note'), officer).events.at(-1)?.by?.organization).toBe('柳林镇');
    expect(act(own, actOf('urge'), officer).events.at(-1)?.kind).toBe('urged');
    expect(act(own, actOf('withdraw'), officer).status).toBe('withdrawn');
    expect(refusal(own, actOf('transfer'), officer)).toContain('派驻人员不代表柳林镇');
    const dispatch = file('dispatch', {}, MONDAY, SQUAD);
    expect(dispatch.events[0]?.by?.organization).toBe('柳林镇');
    expect(() => file('dispatch', { lead: '柳林镇综合行政执法中队' }, MONDAY, SQUAD)).toThrow('不能是本单位');
  });
});
