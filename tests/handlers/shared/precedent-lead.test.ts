/** A call that the lists route to nobody follows a ruling on a matter like it, with its reason. */
import { expect, it } from 'vitest';
import type { Ruling } from '../../../src/core/request.js';
import type { Context } from '../../../src/core/types.js';
import { withPrecedent } from '../../../src/handlers/shared/precedent-lead.js';
import { createPrecedents } from '../../../src/lists/precedents.js';
import { makeDraft, POLICIES, TOWNSHIP } from '../../helpers/requests.js';

const RULING: Ruling = {
  request: 'QS-2026-000007',
  at: 1,
  matter: '村口无人机反复低飞扰民',
  lead: '县公安局',
  support: ['柳林镇', '县文化和旅游局'],
  text: '低空飞行由公安部门处置',
  by: 'console:编甲',
};
const deps = { policies: POLICIES, precedents: createPrecedents(() => Promise.resolve(null)) };
const ctxWith = (...rulings: Ruling[]) =>
  ({ read: { listRulings: () => Promise.resolve(rulings) } }) as unknown as Context;
const draftOf = (lead = '', text = '村口无人机低飞扰民') => ({
  draft: makeDraft('call', { lead, text, evidence: null }),
  note: '',
});

it('fills in the units of the ruling and says why', async () => {
  const { draft, note } = await withPrecedent(draftOf(), ctxWith(RULING), deps, TOWNSHIP);
  expect([draft.lead, draft.support]).toEqual(['县公安局', ['县文化和旅游局']]);
  expect(note).toContain('按相近事项的裁定填写');
  expect(note).toContain('低空飞行由公安部门处置');
  expect(note).toContain('QS-2026-000007');
});

it.each([
  ['where a unit is named', draftOf('县水利局'), RULING],
  ['of another matter', draftOf('', '路灯坏了十二盏'), RULING],
  ['that was withdrawn', draftOf(), { ...RULING, isWithdrawn: true }],
  ['that finds the caller responsible', draftOf(), { ...RULING, lead: '柳林镇' }],
])('no ruling %s', async (_, drafted, ruling) => {
  expect(await withPrecedent(drafted, ctxWith(ruling), deps, TOWNSHIP)).toBe(drafted);
});
