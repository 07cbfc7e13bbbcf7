/** An evaluation that was filled in, confirmed and appealed, and what the store keeps of its changes. */
import type { Evaluation } from '../../src/core/evaluation.js';
import type { Change } from '../../src/core/store.js';
import { stored } from '../../src/handlers/shared/evaluation.js';
import { makeContext } from './context.js';
import { MONDAY } from './requests.js';

const signer = (name: string, organization: string) => ({ account: `console:${name}`, name, organization });

export function makeEvaluation(id = 'PJ-2026-000001'): Evaluation {
  const row = { body: '县水利局', values: { response: 27.5 }, words: '到场及时' };
  return {
    ...{ id, version: 0, title: '评价表', reasonBelow: 60, signatures: ['镇街主要负责人'] },
    dimensions: [{ id: 'response', name: '响应', max: 30, about: '按时签收' }],
    ...{ from: '2026-01-01', to: '2026-04-01', openedAt: MONDAY, closed: null },
    openedBy: signer('督甲', '县政府办公室'),
    sheets: ['柳林镇', '白马镇'].map((township) => ({
      township,
      bodies: ['县水利局'],
      rows: [{ ...row, by: signer('镇甲', township), at: MONDAY }],
      confirmed: { by: signer('镇长', township), at: MONDAY },
    })),
    appeals: [
      {
        ...{ id: 'S1', township: '柳林镇', body: '县水利局', reason: '三次均已到场', at: MONDAY },
        by: signer('水甲', '县水利局'),
        decision: { isUpheld: true, reason: '签到属实', by: signer('督甲', '县政府办公室'), at: MONDAY },
      },
    ],
  };
}

/** As the handler stores it. */
export const changesOfEvaluation = (before: Evaluation | null, after: Evaluation, act: string): Change[] =>
  stored(before, after, act, makeContext({ now: MONDAY })).flatMap((effect): Change[] => {
    if (effect.kind === 'evaluation') return [effect];
    if (effect.kind !== 'record') return [];
    const { what: kind, data } = effect;
    return [{ kind: 'record', entry: { at: MONDAY, kind, actor: null, update: null, data } }];
  });
