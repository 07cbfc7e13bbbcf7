/** 同意上报: where a kind asks for it, nothing leaves a township before one of its leaders has agreed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dueActs } from '../../src/requests/ladder.js';
import { loadPolicies } from '../../src/requests/policy.js';
import { factsOf } from '../../src/requests/statistics.js';
import { statusWord } from '../../src/requests/words.js';
import { makeFolder } from '../helpers/folder.js';
import { kindsWithLeave } from '../helpers/leave.js';
import {
  act,
  actOf,
  apply,
  at,
  caseAt,
  DEADLINE_OFFICE,
  file,
  LEADER,
  makeActor,
  MONDAY,
  NEIGHBOUR,
  POLICIES,
  refusal,
  TOWNSHIP,
  WATER,
} from '../helpers/requests.js';

const asked = (overrides = {}) => file('advice', overrides, MONDAY, TOWNSHIP);

describe('leave to call', () => {
  it('is asked of the leaders before anybody else has the case', () => {
    const request = asked({ support: ['县应急管理局'] });
    expect(request.status).toBe('approval');
    expect(request.assignments).toEqual([
      { id: 'A1', organization: '柳林镇负责人', role: 'lead', status: 'waiting' },
    ]);
    expect(statusWord(request, POLICIES.advice)).toBe('待本单位负责人同意上报');
    expect(refusal(request, actOf('sign'), WATER)).toContain('县水利局');
    expect(refusal(request, actOf('join'), NEIGHBOUR)).toContain('不能再加入');
    expect(factsOf(caseAt(request), { side: 'c', unit: '柳林镇' }, '')).toBeNull();
    // No clock but that of the leave: 8 working hours, of which a day has seven and a half.
    expect(request.dueAt).toBe(at('2026-03-03 09:30'));
  });

  it('is given by a leader of that township; 督办 may where none can be reached', () => {
    expect(refusal(asked(), actOf('approve'), TOWNSHIP)).toMatch(/不能同意上报/);
    expect(refusal(asked(), actOf('approve'), makeActor('白马镇', 'township-leader'))).toMatch(
      /不能同意上报/,
    );
    expect(refusal(asked(), actOf('approve'), WATER)).toMatch(/不能同意上报/);
    const request = act(asked({ support: ['县应急管理局'] }), actOf('approve'), LEADER, MONDAY + 60_000);
    expect(request.status).toBe('open');
    expect(request.assignments.slice(1).map((a) => `${a.organization} ${a.role} ${a.status}`)).toEqual([
      '县水利局 lead waiting',
      '县应急管理局 support waiting',
    ]);
    expect(act(request, actOf('sign'), WATER).assignments[1]?.status).toBe('signed');
    expect(refusal(request, actOf('approve'), LEADER)).toContain('不在待同意上报阶段');
    expect(act(asked(), actOf('approve'), DEADLINE_OFFICE).status).toBe('open');
    // Who asked goes on as the caller.
    expect(act(request, actOf('urge'), TOWNSHIP).events.at(-1)?.kind).toBe('urged');
  });

  it('is refused with a reason, which ends it; the caller may take it back before', () => {
    expect(refusal(asked(), { kind: 'refuse-approval', reason: ' ' }, LEADER)).toContain('理由');
    const request = act(asked(), actOf('refuse-approval'), LEADER);
    expect([request.status, statusWord(request, POLICIES.advice)]).toEqual(['refused', '本单位未同意上报']);
    expect(request.dueAt).toBeNull();
    expect(act(asked(), actOf('withdraw'), TOWNSHIP).status).toBe('withdrawn');
  });

  it('is not waited for by a leader, an urgent one or people in danger', () => {
    expect(file('advice').status).toBe('open');
    expect(asked({ urgency: 'urgent' }).status).toBe('open');
    expect(asked({ isEmergency: true }).status).toBe('open');
    expect(file('call', {}, MONDAY, TOWNSHIP).status).toBe('open');
  });

  it('late: the leaders are reminded and the caller is told', () => {
    const on = caseAt(asked(), at('2026-03-03 09:30'));
    expect(dueActs(on).map((it) => 'step' in it && it.step)).toEqual(
      expect.arrayContaining(['answer-due', 'answer-told']),
    );
    const late = apply(asked(), actOf('approve'), LEADER, at('2026-03-03 10:00'));
    expect(late.ok && late.request.events.at(-1)).toMatchObject({ facts: { isLate: true } });
  });
});

describe('the field of a kind', () => {
  const withAdvice = (change: (text: string) => string): string => {
    const dir = kindsWithLeave(join(makeFolder(), 'requests'));
    const path = join(dir, 'advice.yaml');
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    return dir;
  };
  it('agrees with its moves and its ladder', () => {
    expect(() => loadPolicies(withAdvice((it) => it.replace(/^approval:.*$/m, '')))).toThrow('approve');
    expect(() => loadPolicies(withAdvice((it) => it.replace('  - approve\n', '')))).toThrow('approve');
    expect(() => loadPolicies(withAdvice((it) => it.replace(/^.*answer-told.*$/m, '')))).toThrow('caller');
    const asking = Object.values(loadPolicies('knowledge/requests')).filter(({ approval }) => approval);
    expect(asking).toEqual([]);
  });
});
