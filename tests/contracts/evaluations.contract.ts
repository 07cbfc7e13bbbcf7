/** What every store promises of evaluations. */
import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../src/core/evaluation.js';
import type { Change } from '../../src/core/store.js';
import { CONFLICT, note } from '../helpers/changes.js';
import { START } from '../helpers/clock.js';
import type { Current } from './current.js';

const by = { account: 'console:督甲', name: '督甲', organization: '县政府办公室' };
const made = (id: string, overrides: Partial<Evaluation> = {}): Evaluation => ({
  ...{ id, version: 0, title: '评价表', reasonBelow: 60, signatures: ['镇街主要负责人'] },
  dimensions: [{ id: 'response', name: '响应', max: 30, about: '按时签收' }],
  ...{ from: '2026-10-01', to: '2027-01-01', openedBy: by, openedAt: START, closed: null },
  sheets: [
    {
      township: '柳林镇',
      bodies: ['柳林镇派出所', '县水利局'],
      rows: [{ body: '县水利局', values: { response: 27.5 }, words: '到场及时', by, at: START }],
      confirmed: { by, at: START },
    },
  ],
  appeals: [
    { id: 'S1', township: '柳林镇', body: '县水利局', reason: '并非本局的事', by, at: START, decision: null },
  ],
  ...overrides,
});

export function evaluationContract(current: Current): void {
  const commit = (...changes: Change[]) => current.store().commit(changes);
  const save = (evaluation: Evaluation, expectedVersion = evaluation.version): Change => ({
    kind: 'evaluation',
    evaluation,
    expectedVersion,
  });
  const first = made('PJ-2026-000001');

  describe('an evaluation', () => {
    it('comes out as it was put in, with its version counted, also after a restart', async () => {
      await commit(save(first));
      expect(await current.store().getEvaluation(first.id)).toEqual({ ...first, version: 1 });
      const closed = { ...first, version: 1, closed: { by, at: START + 1 } };
      await commit(save(closed));
      expect(await (await current.reopen()).getEvaluation(first.id)).toEqual({ ...closed, version: 2 });
      expect(await current.store().getEvaluation('PJ-2026-000009')).toBeNull();
    });

    it('is refused from another version, with all of its commit', async () => {
      await commit(save(first));
      for (const version of [0, 2])
        await expect(commit(note('一'), save({ ...first, title: '别的' }, version))).rejects.toMatchObject(
          CONFLICT,
        );
      expect(await current.store().getEvaluation(first.id)).toMatchObject({ title: '评价表', version: 1 });
      expect(await current.store().listNotes()).toEqual([]);
    });

    it('is listed, newest first', async () => {
      const second = made('PJ-2026-000002', { openedAt: START + 5 });
      const third = made('PJ-2026-000003');
      await commit(save(first), save(second), save(third));
      const ids = (await current.store().listEvaluations()).map(({ id }) => id);
      expect(ids).toEqual([second.id, third.id, first.id]);
    });
  });
}
