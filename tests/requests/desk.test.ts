/** What stands above the parties: a lead that 督办 names, rulings that the 编办 corrects or takes back. */
import { describe, expect, it } from 'vitest';
import type { Request, Ruling } from '../../src/core/request.js';
import { createPrecedents } from '../../src/lists/precedents.js';
import { effectsOfChange } from '../../src/requests/effects.js';
import type { Act } from '../../src/requests/moves.js';
import { WORLD } from '../helpers/request-world.js';
import {
  act,
  actOf,
  DEADLINE_OFFICE,
  file,
  LIST_OFFICE,
  makeActor,
  MONDAY,
  refusal,
  TOWNSHIP,
  WATER,
} from '../helpers/requests.js';

const HIGHWAY = makeActor('县交通运输局', 'department-officer');
const parts = (request: Request) => request.assignments.map((a) => `${a.organization} ${a.role} ${a.status}`);
const returned = () => act(file('call', { support: ['县应急管理局'] }), actOf('return'), WATER);
const disputed = () => act(returned(), actOf('ask-ruling'), TOWNSHIP);
const ruled = (support = ['县应急管理局']) =>
  act(disputed(), { ...actOf('rule'), support } as Act, LIST_OFFICE);

describe('指定主办', () => {
  it('gives the lead to the unit named, from whoever has it or gave it back; the others go on', () => {
    const named = act(returned(), actOf('assign-lead'), DEADLINE_OFFICE);
    expect(parts(named)).toEqual([
      '县水利局 lead returned',
      '县应急管理局 support waiting',
      '县交通运输局 lead waiting',
    ]);
    expect(named.events.at(-1)).toMatchObject({
      kind: 'lead-assigned',
      facts: { to: '县交通运输局', was: '县水利局' },
    });
    const taken = act(file('call'), actOf('assign-lead'), DEADLINE_OFFICE);
    expect(parts(taken)).toEqual(['县水利局 lead closed', '县交通运输局 lead waiting']);
    // Who helped and now leads does not also help.
    const helper = { ...actOf('assign-lead'), to: '县应急管理局' } as Act;
    expect(parts(act(returned(), helper, DEADLINE_OFFICE)).at(1)).toBe('县应急管理局 support closed');
  });

  it('cannot be handed back, only disputed before the 编办', () => {
    const named = act(returned(), actOf('assign-lead'), DEADLINE_OFFICE);
    for (const move of ['return', 'transfer'] as const)
      expect(
        refusal(
          named,
          move === 'transfer' ? ({ ...actOf(move), to: '县财政局' } as Act) : actOf(move),
          HIGHWAY,
        ),
      ).toContain('督办已指定');
    expect(act(named, actOf('ask-ruling'), HIGHWAY).status).toBe('ruling');
  });

  it('may be a unit that gave it back; no caller, no office, nobody who leads already; and no ruling is overridden', () => {
    const to = (unit: string) => ({ ...actOf('assign-lead'), to: unit }) as Act;
    expect(act(returned(), to('县水利局'), DEADLINE_OFFICE).status).toBe('open');
    expect(refusal(returned(), to('柳林镇'), DEADLINE_OFFICE)).toContain('请求单位');
    expect(refusal(returned(), to('县委编办'), DEADLINE_OFFICE)).toContain('提请裁定');
    expect(refusal(returned(), to(''), DEADLINE_OFFICE)).toContain('哪个单位');
    expect(refusal(file('call'), to('县水利局'), DEADLINE_OFFICE)).toContain('已经是主办');
    expect(refusal(ruled(), to('县水利局'), DEADLINE_OFFICE)).toContain('编办已裁定');
    expect(refusal(file('call'), { ...actOf('assign-lead'), reason: ' ' } as Act, DEADLINE_OFFICE)).toContain(
      '理由',
    );
  });
});

const correction = (lead: string, support: string[] = []): Act => ({
  kind: 'correct-ruling',
  lead,
  support,
  text: '涵洞属水利设施',
});

describe('更正裁定', () => {
  it('gives the parts anew: who has one goes on with it', () => {
    const before = act(ruled(), { kind: 'sign' }, makeActor('县应急管理局', 'department-officer'));
    const after = act(before, correction('县水利局', ['县应急管理局']), LIST_OFFICE);
    expect(parts(after).slice(-3)).toEqual([
      '县交通运输局 lead closed',
      '县应急管理局 support signed',
      '县水利局 lead waiting',
    ]);
    expect(
      after.events.filter(({ kind }) => /^rul(?:ed|ing-corrected)$/.test(kind)).map((e) => e.facts?.['lead']),
    ).toEqual(['县交通运输局', '县水利局']);
    // The unit that the 编办 has found now cannot hand it back.
    expect(refusal(after, actOf('return'), WATER)).toContain('编办已裁定由县水利局承担');
  });

  it('ends the case where the caller is found responsible', () => {
    expect(act(ruled(), correction('柳林镇'), LIST_OFFICE).status).toBe('concluded');
  });

  it('of a case that has ended changes the precedent alone', () => {
    const ended = act(ruled(), actOf('withdraw'), TOWNSHIP);
    const after = act(ended, correction('县水利局'), LIST_OFFICE);
    expect([after.status, parts(after)]).toEqual([ended.status, parts(ended)]);
  });

  it('wants a ruling in force, another unit and words', () => {
    expect(refusal(file('call'), correction('县水利局'), LIST_OFFICE)).toContain('没有生效的裁定');
    expect(refusal(disputed(), correction('县水利局'), LIST_OFFICE)).toContain('裁定');
    expect(refusal(ruled(), correction('县交通运输局', ['县应急管理局']), LIST_OFFICE)).toContain(
      '不需要更正',
    );
    expect(refusal(ruled(), { ...correction('县水利局'), text: '' } as Act, LIST_OFFICE)).toContain('理由');
    expect(refusal(ruled(), correction(' '), LIST_OFFICE)).toContain('哪个单位');
  });
});

describe('撤销裁定', () => {
  it('sends what is still worked on back to the 编办', () => {
    const after = act(ruled(), actOf('withdraw-ruling'), LIST_OFFICE);
    expect([after.status, parts(after).at(-1)]).toEqual(['ruling', '县委编办 lead waiting']);
    expect(after.events.slice(-2).map(({ kind }) => kind)).toEqual(['ruling-withdrawn', 'ruling-asked']);
    expect(refusal(after, actOf('withdraw-ruling'), LIST_OFFICE)).toContain('裁定');
    expect(act(after, actOf('rule'), LIST_OFFICE).status).toBe('open');
  });
});

describe('precedents', () => {
  const rulingIn = (before: Request, after: Request): Ruling | undefined =>
    effectsOfChange(before, after, WORLD, MONDAY, null).flatMap((e) =>
      e.kind === 'ruling' ? [e.ruling] : [],
    )[0];

  it('follow the corrected ruling, and none that was taken back', async () => {
    const one = ruled();
    const first = rulingIn(disputed(), one);
    const two = act(one, correction('县水利局'), LIST_OFFICE);
    const second = rulingIn(one, two);
    const third = rulingIn(two, act(two, actOf('withdraw-ruling'), LIST_OFFICE));
    expect([first?.lead, second?.lead, third?.lead]).toEqual(['县交通运输局', '县水利局', '县水利局']);
    expect([first?.isWithdrawn, second?.isWithdrawn, third?.isWithdrawn]).toEqual([
      undefined,
      undefined,
      true,
    ]);
    const { find } = createPrecedents(() => Promise.resolve(null));
    expect((await find('河道堤防安全', second ? [second] : []))?.lead).toBe('县水利局');
    expect(await find('河道堤防安全', third ? [third] : [])).toBeNull();
  });
});
