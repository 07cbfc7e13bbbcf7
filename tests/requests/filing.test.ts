/** Filing: who may, what must be there, and where a request begins. */
import { describe, expect, it } from 'vitest';
import type { Role } from '../../src/core/domain.js';
import { REQUEST_KINDS, type RequestKind } from '../../src/core/request.js';
import { fileRequest, MAX_TEXT } from '../../src/requests/machine.js';
import type { Draft } from '../../src/requests/moves.js';
import {
  act,
  actOf,
  CAST,
  EVIDENCE,
  file,
  HOUR,
  LIST_OFFICE,
  makeActor,
  makeDraft,
  MONDAY,
  NUMBER,
  POLICIES,
  refusal,
  TOWNSHIP,
  unitOf,
  termsOf,
} from '../helpers/requests.js';

/** Who files what, as issue 5 has it. */
const FILED_BY: Record<RequestKind, Role[]> = {
  call: ['township-cadre', 'township-leader', 'department-officer', 'department-head'],
  confer: ['township-cadre', 'township-leader', 'department-officer', 'department-head', 'list-office'],
  dispatch: ['township-cadre', 'township-leader'],
  ruling: ['township-cadre', 'township-leader', 'department-officer', 'department-head'],
  advice: ['township-cadre', 'township-leader'],
  task: ['department-officer', 'department-head'],
  consent: ['department-officer', 'department-head', 'list-office'],
  planning: ['department-officer', 'department-head', 'list-office'],
  assist: ['township-cadre', 'township-leader', 'department-officer', 'department-head'],
  inquiry: [
    ...(['township-cadre', 'township-leader', 'department-officer', 'department-head'] as const),
    'deadline-office',
  ],
  oversight: [
    ...(['township-cadre', 'township-leader', 'department-officer', 'department-head'] as const),
    ...(['list-office', 'deadline-office'] as const),
  ],
};
const ROLES: Role[] = [...FILED_BY.call, 'list-office', 'deadline-office', 'administrator', 'county-leader'];

const tryFile = (kind: RequestKind, overrides: Partial<Draft> = {}, actor = CAST[kind].caller) =>
  fileRequest(makeDraft(kind, overrides), actor, NUMBER, termsOf(POLICIES[kind]));
const reason = (kind: RequestKind, overrides: Partial<Draft>, actor = CAST[kind].caller): string => {
  const outcome = tryFile(kind, overrides, actor);
  return outcome.ok ? 'filed' : outcome.reason;
};

const cells = REQUEST_KINDS.flatMap((kind) =>
  ROLES.map((role) => [kind, role, FILED_BY[kind].includes(role)] as const),
);

describe('who may file', () => {
  it.each(cells)('%s by %s: %s', (kind, role, isAllowed) => {
    const outcome = tryFile(kind, {}, makeActor('县信访局', role));
    expect(outcome.ok).toBe(isAllowed);
    if (!outcome.ok) expect(outcome.reason).toContain('不由您的岗位提交');
  });

  it('nobody without a bound role', () => {
    for (const kind of REQUEST_KINDS) expect(reason(kind, {}, makeActor('柳林镇'))).toContain('尚未绑定岗位');
  });
});

describe('what must be there', () => {
  it.each(REQUEST_KINDS)('%s: words, a unit, a time that lies ahead', (kind) => {
    expect(reason(kind, { text: ' \n ' })).toContain(POLICIES[kind].texts.ask);
    expect(reason(kind, { text: '水'.repeat(MAX_TEXT + 1) })).toContain(`超过${MAX_TEXT}字`);
    expect(reason(kind, { text: '水'.repeat(MAX_TEXT) })).toBe('filed');
    expect(reason(kind, { wantedAt: MONDAY })).toContain('已经过去');
    expect(reason(kind, { wantedAt: MONDAY + HOUR })).toBe('filed');
    if (POLICIES[kind].answeredBy === 'list-office') return;
    expect(reason(kind, { lead: ' ' })).toContain('请选择');
    expect(reason(kind, { lead: CAST[kind].caller.organization })).toContain('不能是本单位');
  });

  it('a draft of one kind does not go by the rules of another, and a number is a number', () => {
    expect(() => fileRequest(makeDraft('call'), TOWNSHIP, NUMBER, termsOf(POLICIES.task))).toThrow(
      'policy of task',
    );
    expect(() => fileRequest(makeDraft('call'), TOWNSHIP, '123', termsOf(POLICIES.call))).toThrow(
      'not a request number',
    );
  });
});

describe('where it begins', () => {
  it.each(REQUEST_KINDS)('%s: one assignment for each unit, in order, all waiting', (kind) => {
    const { caller, support } = CAST[kind];
    const request = file(kind, {
      support: [unitOf(support), ` ${unitOf(support)}`, '', caller.organization],
    });
    const lead = POLICIES[kind].answeredBy === 'list-office' ? '县委编办' : unitOf(CAST[kind].lead);
    expect(request.assignments).toEqual([
      { id: 'A1', organization: lead, role: 'lead', status: 'waiting' },
      ...(['ruling', 'oversight', 'inquiry'].includes(kind)
        ? []
        : [{ id: 'A2', organization: unitOf(support), role: 'support', status: 'waiting' }]),
    ]);
    expect(request).toMatchObject({
      number: NUMBER,
      version: 0,
      kind,
      status: kind === 'ruling' ? 'ruling' : 'open',
      text: '河堤渗水,请来人查看',
      callers: [
        { organization: caller.organization, account: caller.account, joinedAt: MONDAY, rating: null },
      ],
    });
    expect(request.events).toHaveLength(1);
    expect(request.events[0]).toMatchObject({
      kind: 'filed',
      at: MONDAY,
      made: request.assignments.map((a) => a.id),
    });
  });

  it('the evidence is a copy: later editions do not change it', () => {
    const evidence = structuredClone(EVIDENCE);
    const request = file('call', { evidence });
    const [lead] = evidence.lead;
    if (lead) lead.duty = '改了';
    expect(request.evidence).toEqual(EVIDENCE);
  });
});

describe('清单之外不得交办', () => {
  it.each([
    ['no row', null],
    ['a row without townships', { ...EVIDENCE, support: [] }],
  ])('%s: the 编办 decides first', (_, evidence) => {
    const request = file('task', { evidence, support: ['白马镇'] });
    expect(request.status).toBe('admission');
    expect(request.assignments).toEqual([
      { id: 'A1', organization: '县委编办', role: 'lead', status: 'waiting' },
    ]);
    const admitted = act(request, { kind: 'admit', text: '市里统一部署' }, LIST_OFFICE);
    expect(admitted.status).toBe('open');
    expect(admitted.assignments.map((a) => [a.organization, a.role, a.status])).toEqual([
      ['县委编办', 'lead', 'answered'],
      ['柳林镇', 'lead', 'waiting'],
      ['白马镇', 'support', 'waiting'],
    ]);
    expect(refusal(request, { kind: 'refuse-admission', reason: ' ' }, LIST_OFFICE)).toContain('理由');
    const refused = act(request, actOf('refuse-admission'), LIST_OFFICE);
    expect(refused.status).toBe('refused');
    expect(refused.dueAt).toBeNull();
    expect(refusal(request, actOf('sign'), TOWNSHIP)).toContain('县委编办');
  });

  it('a row that names townships lets it go, a named one only to that township', () => {
    expect(file('task').status).toBe('open');
    const own = { ...EVIDENCE, support: [{ unit: '柳林镇', duty: '巡查' }] };
    expect(file('task', { evidence: own }).status).toBe('open');
    expect(file('task', { evidence: own, lead: '白马镇' }).status).toBe('admission');
    expect(file('task', { evidence: own, support: ['白马镇'] }).status).toBe('admission');
  });
});
