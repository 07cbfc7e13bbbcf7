/** What every store promises of requests and queries of them. */
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/core/request.js';
import { claimOf, CONFLICT, keysOf, makeRequest, note, outgoing, save } from '../helpers/changes.js';
import { START } from '../helpers/clock.js';
import type { Current } from './current.js';
import type { Change } from '../../src/core/store.js';
import type { RequestFilter } from '../../src/core/filters.js';

const DAY_MS = 86_400_000;
const ALL = { offset: 0, limit: 100 };

const filedAt = (at: number): Pick<Request, 'events'> => ({ events: [{ kind: 'filed', at, by: null }] });
const assigned = (
  ...parts: [string, Request['assignments'][number]['status']][]
): Pick<Request, 'assignments'> => ({
  assignments: parts.map(([organization, status], i) => ({
    id: `A${i + 1}`,
    organization,
    role: i === 0 ? 'lead' : 'support',
    status,
  })),
});
const calledBy = (...parts: [string, string][]): Pick<Request, 'callers'> => ({
  callers: parts.map(([organization, account]) => ({
    organization,
    account,
    conversation: { platform: 'feishu', chatId: 'oc_1', isDirect: false },
    joinedAt: START,
    rating: null,
  })),
});

export function requestContract(current: Current): void {
  const commit = (...changes: Change[]) => current.store().commit(changes);
  const get = (number: string) => current.store().getRequest(number);
  const find = async (filter: RequestFilter, page = ALL) => {
    const { requests, total } = await current.store().findRequests(filter, page);
    return { numbers: requests.map(({ number }) => number), total };
  };
  const numbersOf = async (filter: RequestFilter) => (await find(filter)).numbers;

  describe('a request', () => {
    const request = makeRequest('QS-2026-000001');

    it('comes out as it was put in, with its version counted', async () => {
      await commit(save(request));
      expect(await get(request.number)).toEqual({ ...request, version: 1 });
      await commit(save({ ...request, version: 1, status: 'withdrawn' }));
      expect(await get(request.number)).toEqual({ ...request, version: 2, status: 'withdrawn' });
      expect(await (await current.reopen()).getRequest(request.number)).toMatchObject({ version: 2 });
    });

    it('that nobody filed is none', async () => {
      for (const number of ['QS-2026-000001', 'QS-9999-000001', '', "';", '../x', 'constructor'])
        expect(await get(number)).toBeNull();
    });

    it.each([
      ['a new one under a number that is taken', save(request, 0)],
      ['an older version', save({ ...request, version: 2 }, 1)],
      ['a version that is not there yet', save({ ...request, version: 3 }, 3)],
      ['a later version of one that nobody filed', save(makeRequest('QS-2026-000002'), 1)],
    ])('does nothing of the commit when it is %s', async (_, change) => {
      await commit(save(request));
      await commit(save({ ...request, version: 1 }));
      const rest = [note('一'), outgoing('c1#0'), save(makeRequest('QS-2026-000009'))];
      await expect(commit(...rest, change)).rejects.toMatchObject(CONFLICT);
      await expect(commit(change, ...rest)).rejects.toMatchObject(CONFLICT);
      expect(await current.store().listNotes()).toEqual([]);
      expect(keysOf(await current.store().claimDueMessages(claimOf('j'), 9))).toEqual([]);
      expect(await find({})).toEqual({ numbers: [request.number], total: 1 });
      expect(await get(request.number)).toEqual({ ...request, version: 2 });
    });

    it('is not saved when another condition of its commit does not hold', async () => {
      const consumed: Change = { kind: 'updateDone', id: 'u', lease: 'not held', at: START };
      await expect(commit(save(request), consumed)).rejects.toMatchObject(CONFLICT);
      expect(await get(request.number)).toBeNull();
      expect(await find({})).toEqual({ numbers: [], total: 0 });
    });

    it('is saved once by many that read the same version', async () => {
      await commit(save(request));
      const tries = Array.from({ length: 8 }, (_, i) =>
        commit(save({ ...request, version: 1, text: `第${i}` }), note(String(i))),
      );
      const results = await Promise.allSettled(tries);
      const winner = results.findIndex(({ status }) => status === 'fulfilled');
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results)
        if (result.status === 'rejected') expect(result.reason).toMatchObject(CONFLICT);
      expect(await get(request.number)).toMatchObject({ version: 2, text: `第${winner}` });
      expect((await current.store().listNotes()).map(({ text }) => text)).toEqual([String(winner)]);
    });

    it('can be saved twice in one commit, one after the other', async () => {
      await commit(save(request), save({ ...request, text: '后' }, 1));
      expect(await get(request.number)).toMatchObject({ version: 2, text: '后' });
      expect(await find({ words: ['后'] })).toEqual({ numbers: [request.number], total: 1 });
    });

    it('belongs to whoever reads it', async () => {
      const mine = structuredClone(request);
      await commit(save(mine));
      mine.callers.pop();
      const read = await get(request.number);
      read?.events.pop();
      const [found] = (await current.store().findRequests({}, ALL)).requests;
      found?.assignments.pop();
      expect(await get(request.number)).toEqual({ ...request, version: 1 });
    });

    it('keeps any text that people paste, and is found by it', async () => {
      const text = '零\u0000 半\ud83d 表情👨‍👩‍👧 引号\'"\\ 100%_ 换行\r\n\u2028';
      await commit(save({ ...request, text, place: text }));
      expect(await get(request.number)).toEqual({ ...request, text, place: text, version: 1 });
      for (const word of ['零', '👨‍👩‍👧', `'"\\`, '%_', '\u0000', '换行\r\n'])
        expect(await numbersOf({ words: [word] })).toEqual([request.number]);
      expect(await numbersOf({ words: ['零_'] })).toEqual([]);
    });
  });

  describe('a query of requests', () => {
    const a = makeRequest('QS-2025-000900', { ...filedAt(START - DAY_MS), dueAt: null, status: 'concluded' });
    const b = makeRequest('QS-2026-000001', {
      ...assigned(['县水利局', 'signed'], ['县住建局', 'answered']),
      ...calledBy(['东湖街道', 'feishu:ou_1'], ['柳林镇人民政府', 'feishu:ou_2']),
      ...filedAt(START),
      kind: 'confer',
      text: '河道淤塞 ABC',
      dueAt: START + 10,
    });
    const c = makeRequest('QS-2026-000002', {
      ...filedAt(START + 5),
      text: '窨井盖丢失',
      place: '人民路abc',
      evidence: null,
      dueAt: START + 20,
    });
    const d = makeRequest('QS-2026-1000000', {
      ...assigned(['县住建局', 'returned'], ['县水利局', 'waiting']),
      ...filedAt(START + 9),
      status: 'withdrawn',
      dueAt: null,
    });
    const e = makeRequest('QS-2026-999999', { ...filedAt(START + 7), text: '河道采砂', place: '柳河' });
    const [A, B, C, D, E] = [a, b, c, d, e].map(({ number }) => number) as [
      string,
      string,
      string,
      string,
      string,
    ];

    it.each<[string, RequestFilter, string[]]>([
      ['all, newest first', {}, [D, E, C, B, A]],
      ['with an open assignment of an organization', { assignedTo: '县住建局' }, [E, C, A]],
      ['with an open assignment of a supporting one', { assignedTo: '县水利局' }, [D, B]],
      ['with any assignment of an organization', { everAssignedTo: '县住建局' }, [D, E, C, B, A]],
      ['of nobody', { assignedTo: '县住建' }, []],
      ['of a calling organization', { calledBy: '东湖街道' }, [B]],
      ['of one of several calling organizations', { calledBy: '柳林镇人民政府' }, [D, E, C, B, A]],
      ['of an account', { account: 'feishu:ou_2' }, [B]],
      ['of a kind', { kind: 'confer' }, [B]],
      ['that are open', { isOpen: true }, [E, C, B]],
      ['that are ended', { isOpen: false }, [D, A]],
      ['due until an instant, this one included', { dueUntil: START + 20 }, [C, B]],
      ['due before it', { dueUntil: START + 19 }, [B]],
      ['filed from an instant on, this one included', { from: START + 5 }, [D, E, C]],
      ['filed before an instant, this one excluded', { to: START + 5 }, [B, A]],
      ['filed between two', { from: START, to: START + 7 }, [C, B]],
      ['under a row of whatever edition', { row: 'territorial/12' }, [D, E, B, A]],
      ['with a word in the text', { words: ['河道'] }, [E, B]],
      ['with a word in the place', { words: ['人民路'] }, [C]],
      ['with a word in the matter of the row', { words: ['照明设施'] }, [D, E, B, A]],
      ['with a part of the number', { words: ['qs-2025'] }, [A]],
      ['with a word in capitals or not', { words: ['AbC'] }, [C, B]],
      ['with each of several words', { words: ['河道', '采砂'] }, [E]],
      ['with no word that goes from one text into the next', { words: ['采砂柳河'] }, []],
      ['with no words asked', { words: [] }, [D, E, C, B, A]],
      [
        'with all conditions',
        {
          assignedTo: '县水利局',
          everAssignedTo: '县住建局',
          calledBy: '东湖街道',
          account: 'feishu:ou_1',
          kind: 'confer',
          isOpen: true,
          dueUntil: START + 10,
          from: START,
          to: START + 1,
          words: ['淤塞'],
          row: 'territorial/12',
        },
        [B],
      ],
      ['with all but one', { calledBy: '东湖街道', kind: 'call' }, []],
    ])('finds those %s', async (_, filter, expected) => {
      await commit(...[c, a, d].map((r) => save(r)));
      await commit(...[e, b].map((r) => save(r)));
      expect(await find(filter)).toEqual({ numbers: expected, total: expected.length });
      await current.reopen();
      expect(await find(filter)).toEqual({ numbers: expected, total: expected.length });
    });

    it('gives one page and counts all', async () => {
      await commit(...[a, b, c, d, e].map((r) => save(r)));
      expect(await find({}, { offset: 0, limit: 2 })).toEqual({ numbers: [D, E], total: 5 });
      expect(await find({}, { offset: 2, limit: 2 })).toEqual({ numbers: [C, B], total: 5 });
      expect(await find({}, { offset: 4, limit: 2 })).toEqual({ numbers: [A], total: 5 });
      expect(await find({}, { offset: 9, limit: 2 })).toEqual({ numbers: [], total: 5 });
      expect(await find({}, { offset: 0, limit: 0 })).toEqual({ numbers: [], total: 5 });
      expect(await find({ isOpen: true }, { offset: 1, limit: Infinity })).toEqual({
        numbers: [C, B],
        total: 3,
      });
    });

    it('sees what has changed', async () => {
      await commit(save(c));
      await commit(
        save(
          {
            ...c,
            ...assigned(['县住建局', 'transferred'], ['县城管局', 'waiting']),
            ...calledBy(['东湖街道', 'x:1']),
            text: '新',
            dueAt: null,
          },
          1,
        ),
      );
      for (const gone of [
        { assignedTo: '县住建局' },
        { calledBy: '柳林镇人民政府' },
        { words: ['窨井盖'] },
        { dueUntil: START + 99 },
      ])
        expect(await numbersOf(gone)).toEqual([]);
      for (const there of [
        { assignedTo: '县城管局' },
        { everAssignedTo: '县住建局' },
        { calledBy: '东湖街道' },
        { words: ['新'] },
        { account: 'x:1' },
      ])
        expect(await numbersOf(there)).toEqual([C]);
    });
  });
}
