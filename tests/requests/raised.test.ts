/** 再次升级 by 督办: the heads of those who are late hear it, nobody else does. */
import { expect, it } from 'vitest';
import { effectsOfChange } from '../../src/requests/effects.js';
import { act, actOf, DAY, DEADLINE_OFFICE, file, MONDAY, WATER } from '../helpers/requests.js';
import { textsOf, WORLD } from '../helpers/request-world.js';

it('a case that is raised again by 督办 is told to the head of the unit', () => {
  const before = act(file('call'), { kind: 'sign' }, WATER);
  const now = MONDAY + 20 * DAY;
  const urged = (toHead: boolean) =>
    act(before, { kind: 'urge', text: '升级处理', ...(toHead && { toHead }) }, DEADLINE_OFFICE, now);
  const heads = (toHead: boolean) =>
    textsOf(effectsOfChange(before, urged(toHead), WORLD, now, null)).filter((it) => it.includes('再次升级'));
  expect(heads(true)).toEqual([
    '水长: QS-2026-000123(河堤渗水,请来人查看)督办再次升级,请县水利局负责人督促办理:升级处理。',
  ]);
  expect(heads(false)).toEqual([]);
  const caller = file('call').callers[0]?.organization;
  const byCaller = act(
    before,
    actOf('urge'),
    { ...DEADLINE_OFFICE, organization: caller ?? '', roles: ['township-cadre'] },
    now,
  );
  expect(byCaller.events.at(-1)?.facts).toBeUndefined();
});
