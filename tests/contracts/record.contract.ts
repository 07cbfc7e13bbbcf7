/** What every store promises of the record (台账). */
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/files/digest.js';
import { verifyChain } from '../../src/store/record.js';
import { CONFLICT, note, recordOf } from '../helpers/changes.js';
import { START } from '../helpers/clock.js';
import type { Current } from './current.js';
import type { Change, RecordLine } from '../../src/core/store.js';

const NUMBER = 'QS-2026-000001';

const verdictOf = (lines: RecordLine[]) =>
  verifyChain(
    (async function* () {
      for (const line of lines) yield await Promise.resolve({ place: '', text: canonicalJson(line) });
    })(),
  );

export function recordContract(current: Current): void {
  const commit = (...changes: Change[]) => current.store().commit(changes);
  /** All entries of these tests name one request, so its lines are the whole chain. */
  const act = (name: string): Change => recordOf(name, { request: NUMBER });
  const lines = () => current.store().listRecord(NUMBER);
  const acts = async () => (await lines()).map(({ data }) => data['act']);

  describe('the record', () => {
    it('keeps what was entered, whatever its kind', async () => {
      const entries = [
        {
          kind: 'answer',
          actor: 'telegram:5',
          update: 'telegram:9',
          data: { intent: 'ask', rows: ['a/1', 'b/2'] },
        },
        { kind: 'transition', actor: null, update: 'timer:x', data: { event: 'filed', step: 3 } },
        {
          kind: 'refusal',
          actor: 'feishu:ou_1',
          update: 'u',
          data: { act: '签收', text: '零\u0000\ud83d "\\' },
        },
        { kind: 'delivery', actor: null, update: null, data: {} },
      ] as const;
      await commit(
        ...entries.map((entry): Change => ({
          kind: 'record',
          entry: {
            ...structuredClone(entry),
            data: { ...entry.data } as Record<string, string>,
            at: START,
            request: NUMBER,
          },
        })),
      );
      const found = await lines();
      expect(found).toMatchObject(
        entries.map((entry, i) => ({ ...entry, at: START, request: NUMBER, seq: i + 1 })),
      );
      expect(await verdictOf(found)).toMatchObject({ isSound: true, count: 4 });
    });

    it('gives the lines that name a request, and no others', async () => {
      await commit(act('一'), recordOf('none'), recordOf('other', { request: 'QS-2026-0000010' }), act('二'));
      expect((await lines()).map(({ seq, data }) => [seq, data['act']])).toEqual([
        [1, '一'],
        [4, '二'],
      ]);
      expect(await current.store().listRecord('QS-2026-00000')).toEqual([]);
    });

    it('is one chain, in the order of the commits, over a close', async () => {
      await commit(act('一'), note('n'), act('二'));
      await commit(act('三'));
      await current.reopen();
      await commit(act('四'));
      expect(await acts()).toEqual(['一', '二', '三', '四']);
      expect(await verdictOf(await lines())).toMatchObject({ isSound: true, count: 4, head: { seq: 4 } });
    });

    it('is one chain of what was committed, when many commit at once and some of them in vain', async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 60 }, (_, i) =>
          i % 3 === 0
            ? commit(act(`lost ${i}`), { kind: 'timerDone', key: 'none', lease: 'l' })
            : commit(act(`${i} a`), act(`${i} b`)),
        ),
      );
      for (const [i, result] of results.entries()) {
        expect(result.status).toBe(i % 3 === 0 ? 'rejected' : 'fulfilled');
        if (result.status === 'rejected') expect(result.reason).toMatchObject(CONFLICT);
      }
      const found = await acts();
      const expected = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? [] : [`${i} a`, `${i} b`])).flat();
      expect([...found].sort()).toEqual(expected.sort());
      for (let i = 1; i < 60; i += 3) expect(found.indexOf(`${i} a`)).toBeLessThan(found.indexOf(`${i} b`));
      expect(await verdictOf(await lines())).toMatchObject({ isSound: true, count: 80 });
    });
  });
}
