/** What every store promises of ended requests, and of rulings. */
import { describe, expect, it } from 'vitest';
import { CONFLICT, makeRequest, makeRuling, note, recordOf, save } from '../helpers/changes.js';
import { START } from '../helpers/clock.js';
import type { Current } from './current.js';
import type { Change } from '../../src/core/store.js';
import type { RequestFilter } from '../../src/core/filters.js';

const DAY_MS = 86_400_000;

export function archiveContract(current: Current): void {
  const commit = (...changes: Change[]) => current.store().commit(changes);
  const get = (number: string) => current.store().getRequest(number);
  const numbersOf = async (filter: RequestFilter) => {
    const { requests } = await current.store().findRequests(filter, { offset: 0, limit: 100 });
    return requests.map(({ number }) => number);
  };

  describe('an ended request that nobody has touched for 90 days', () => {
    const old = makeRequest('QS-2026-000001', { status: 'concluded' });
    const open = makeRequest('QS-2026-000002');
    const recent = makeRequest('QS-2026-000003', {
      status: 'withdrawn',
      events: [{ kind: 'filed', at: START + 20 * DAY_MS, by: null }],
    });
    const later = START + 100 * DAY_MS;
    /** Stores archive when they tidy up: at the latest when they are closed, or at the first commit of a process. */
    const tidy = async (at: number) => {
      for (let i = 0; i < 2; i++) {
        await commit(recordOf('later', { at }));
        await current.reopen();
      }
    };

    it('leaves the queries and is found by its number', async () => {
      await commit(...[old, open, recent].map((r) => save(r)));
      await tidy(START + 89 * DAY_MS);
      expect(await numbersOf({})).toEqual([recent.number, open.number, old.number]);
      await tidy(later);
      expect(await numbersOf({})).toEqual([recent.number, open.number]);
      for (const filter of [{ isOpen: false }, { everAssignedTo: '县住建局' }, { words: ['000001'] }])
        expect(await numbersOf(filter)).not.toContain(old.number);
      expect(await get(old.number)).toEqual({ ...old, version: 1 });
    });

    it('is among those filed in a span of time, each once, oldest first', async () => {
      const filed = async (from: number, to: number) =>
        (await current.store().listFiled(from, to)).map(({ number, version }) => `${number} ${version}`);
      await commit(...[recent, open, old].map((r) => save(r)));
      const all = [old, open, recent].map(({ number }) => `${number} 1`);
      const span = [START, START + 30 * DAY_MS] as const;
      expect(await filed(...span)).toEqual(all);
      await tidy(later);
      expect(await filed(...span)).toEqual(all);
      expect(await filed(START, START + 1)).toEqual(all.slice(0, 2));
      expect(await filed(START + 1, START + 20 * DAY_MS)).toEqual([]);
      await commit(save({ ...old, text: '又' }, 1));
      expect(await filed(...span)).toEqual([`${old.number} 2`, ...all.slice(1)]);
      await tidy(later);
      expect(await filed(...span)).toEqual([`${old.number} 2`, ...all.slice(1)]);
    });

    it('comes back when it goes on, and not from another version', async () => {
      await commit(save(old));
      await tidy(later);
      await expect(commit(save(old, 0))).rejects.toMatchObject(CONFLICT);
      await expect(commit(save(old, 2))).rejects.toMatchObject(CONFLICT);
      const reopened = { ...old, version: 1, status: 'open' as const };
      await commit(save(reopened), note('一'));
      expect(await get(old.number)).toEqual({ ...reopened, version: 2 });
      expect(await numbersOf({})).toEqual([old.number]);
      await expect(commit(save(reopened))).rejects.toMatchObject(CONFLICT);
      await current.reopen();
      expect(await numbersOf({ isOpen: true })).toEqual([old.number]);
    });

    it('can end and be archived again', async () => {
      await commit(save(old));
      await tidy(later);
      await commit(save({ ...old, text: '又' }, 1));
      await tidy(later);
      expect(await numbersOf({})).toEqual([]);
      expect(await get(old.number)).toEqual({ ...old, text: '又', version: 2 });
    });
  });

  describe('a ruling', () => {
    it('is listed, oldest first, and replaces an earlier one on the same request', async () => {
      const [a, b, c] = [
        makeRuling('QS-2026-000003'),
        makeRuling('QS-2026-000001', { at: START + 5 }),
        makeRuling('QS-2026-000002'),
      ];
      await commit({ kind: 'ruling', ruling: a }, { kind: 'ruling', ruling: b });
      await commit({ kind: 'ruling', ruling: c });
      expect(await current.store().listRulings()).toEqual([c, a, b]);
      const again = makeRuling('QS-2026-000003', { at: START + 9, lead: '县水利局' });
      await commit({ kind: 'ruling', ruling: again });
      expect(await current.store().listRulings()).toEqual([c, b, again]);
      expect(await (await current.reopen()).listRulings()).toEqual([c, b, again]);
    });
  });
}
