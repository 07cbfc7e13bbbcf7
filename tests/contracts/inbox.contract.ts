/** What every store promises of updates that were heard and wait to be handled. */
import { describe, expect, it } from 'vitest';
import { claimOf, CONFLICT, makeUpdate, note, outgoing, updateDone } from '../helpers/changes.js';
import { START } from '../helpers/clock.js';
import { LEASE_MS, type Current } from './current.js';
import type { Change, Claim, ClaimedUpdate } from '../../src/core/store.js';

export function inboxContract(current: Current): void {
  const keep = (
    id: string,
    chatId = 'c',
    options: { isBound?: boolean; lease?: string; now?: number } = {},
  ) => {
    const { isBound = true, lease, now = START } = options;
    const claim = lease === undefined ? {} : { claim: claimOf(lease, now) };
    return current.store().keepUpdate(makeUpdate(id, chatId), { isBound, now, ...claim });
  };
  const claim = (lease: string, now = START, limit = 100, more: Partial<Claim> = {}) =>
    current.store().claimDueUpdates({ ...claimOf(lease, now), ...more }, limit);
  const ids = (claimed: ClaimedUpdate[]) => claimed.map(({ update }) => update.id);
  const commit = (...changes: Change[]) => current.store().commit(changes);
  const again = (id: string, lease: string, runAt = START, hasFailed = true): Change => ({
    ...{ kind: 'updateRetry', id, lease },
    ...{ runAt, hasFailed },
  });
  const aside = (id: string, lease: string, at = START): Change => ({
    ...{ kind: 'updateSetAside', id, lease },
    ...{ at, reason: `原因 ${id}` },
  });
  const noteTexts = async () => (await current.store().listNotes()).map(({ text }) => text);

  describe('an update in the inbox', () => {
    it('is kept once, however often the platform gives it', async () => {
      expect(await keep('u1')).toBe('kept');
      expect(await keep('u1')).toBe('known');
      expect(ids(await claim('l'))).toEqual(['u1']);
      expect(await keep('u1', 'c', { lease: 'l2' })).toBe('known');
      await commit(updateDone('u1', 'l'));
      expect(await keep('u1')).toBe('known');
      expect(await claim('l3', START + LEASE_MS)).toEqual([]);
    });

    it('is kept by one of many at once', async () => {
      const results = await Promise.all(Array.from({ length: 20 }, () => keep('u1')));
      expect(results.filter((result) => result === 'kept')).toHaveLength(1);
      expect(results.filter((result) => result === 'known')).toHaveLength(19);
    });

    it('comes out as it was heard', async () => {
      const text = '零\u0000 半\ud83d 表情👨‍👩‍👧 引号\'"\\ 换行\r\n\u2028';
      const update = makeUpdate('u1', 'c', {
        text,
        attachments: [{ platform: 'console', kind: 'file', id: 'f', name: '表.xlsx' }],
      });
      await current.store().keepUpdate(update, { isBound: true, now: START });
      expect(await claim('l')).toEqual([{ update, lease: 'l', failures: 0, crashes: 0 }]);
      expect(await claim('l2')).toEqual([]);
    });

    it('is given with its acceptance where nothing of its conversation waits', async () => {
      expect(await keep('u1', 'c', { lease: 'l1' })).toEqual({
        update: makeUpdate('u1', 'c'),
        lease: 'l1',
        failures: 0,
        crashes: 0,
      });
      expect(await keep('u2', 'c', { lease: 'l2' })).toBe('kept');
      expect(await keep('u3', 'other', { lease: 'l3' })).toMatchObject({ lease: 'l3' });
      expect(await claim('l4')).toEqual([]);
      await commit(updateDone('u1', 'l1'));
      expect(ids(await claim('l5'))).toEqual(['u2']);
    });

    it('comes alone of its conversation, first things first', async () => {
      for (const [id, chat] of [
        ['a1', 'a'],
        ['b1', 'b'],
        ['a2', 'a'],
        ['a3', 'a'],
      ] as const)
        await keep(id, chat);
      expect(ids(await claim('l1'))).toEqual(['a1', 'b1']);
      expect(await claim('l2')).toEqual([]);
      await commit(updateDone('a1', 'l1'));
      expect(ids(await claim('l3'))).toEqual(['a2']);
      await commit(updateDone('a2', 'l3'), updateDone('b1', 'l1'));
      expect(ids(await claim('l4'))).toEqual(['a3']);
    });

    it('of a bound person comes before those of strangers, of whatever age', async () => {
      for (let i = 0; i < 5; i++) await keep(`s${i}`, `stranger ${i}`, { isBound: false });
      await keep('p1', 'person');
      expect(ids(await claim('l1', START, 2))).toEqual(['p1', 's0']);
      expect(ids(await claim('l2', START, 9))).toEqual(['s1', 's2', 's3', 's4']);
    });

    it('comes in turn with those of other conversations, whoever has the longer backlog', async () => {
      for (let i = 0; i < 5; i++) await keep(`x${i}`, 'x');
      for (const id of ['y0', 'y1', 'z0']) await keep(id, id.slice(0, 1));
      const given: string[] = [];
      for (let i = 0; i < 8; i++)
        for (const { update, lease } of await claim(`l${i}`, START, 1)) {
          given.push(update.id);
          await commit(updateDone(update.id, lease));
        }
      expect(given).toEqual(['x0', 'y0', 'z0', 'x1', 'y1', 'x2', 'x3', 'x4']);
    });

    it('is for a process that runs its platform', async () => {
      await keep('u1');
      expect(await claim('l1', START, 9, { platforms: new Set(['feishu']) })).toEqual([]);
      expect(ids(await claim('l2', START, 9, { platforms: new Set(['feishu', 'console']) }))).toEqual(['u1']);
    });

    it('is given once, to one of many at once', async () => {
      const all = Array.from({ length: 30 }, (_, i) => `u${i}`);
      for (const id of all) await keep(id, id);
      const claims = await Promise.all(Array.from({ length: 10 }, (_, i) => claim(`l${i}`, START, 7)));
      for (const claimed of claims) expect(claimed.length).toBeLessThanOrEqual(7);
      expect(ids([...claims.flat(), ...(await claim('rest'))]).sort()).toEqual(all.sort());
    });

    it('whose holder never said how it ended is free when the lease ends, and that is counted', async () => {
      await keep('u1', 'c', { lease: 'dead' });
      expect(await claim('l1', START + LEASE_MS - 1)).toEqual([]);
      expect(await claim('l1', START + LEASE_MS)).toMatchObject([{ crashes: 1, failures: 0 }]);
      expect(await claim('l2', START + 2 * LEASE_MS)).toMatchObject([{ crashes: 2 }]);
      await expect(commit(note('一'), updateDone('u1', 'dead'))).rejects.toMatchObject(CONFLICT);
      await expect(commit(note('一'), aside('u1', 'l1'))).rejects.toMatchObject(CONFLICT);
      await expect(commit(note('一'), again('u1', 'l1'))).rejects.toMatchObject(CONFLICT);
      expect(await noteTexts()).toEqual([]);
      await commit(note('二'), updateDone('u1', 'l2'));
      expect(await noteTexts()).toEqual(['二']);
    });

    it('is held longer when its holder renews it', async () => {
      await keep('u1', 'c', { lease: 'l1' });
      const held = { kind: 'update', key: 'u1' } as const;
      await current.store().renewLeases([{ ...held, lease: 'other' }], START + 9 * LEASE_MS);
      await current.store().renewLeases([{ ...held, lease: 'l1' }], START + 2 * LEASE_MS);
      expect(await claim('l2', START + 2 * LEASE_MS - 1)).toEqual([]);
      expect(ids(await claim('l3', START + 2 * LEASE_MS))).toEqual(['u1']);
    });

    it('put off comes again at its time, before what follows it, and only its own failures are counted', async () => {
      await keep('u1', 'c', { lease: 'l1' });
      await keep('u2');
      await commit(again('u1', 'l1', START + 10));
      await expect(commit(updateDone('u1', 'l1'))).rejects.toMatchObject(CONFLICT);
      expect(await claim('l2', START + 9)).toEqual([]);
      expect(await claim('l2', START + 10)).toMatchObject([
        { update: { id: 'u1' }, failures: 1, crashes: 0 },
      ]);
      await commit(again('u1', 'l2', START + 10, false));
      expect(await claim('l3', START + 10)).toMatchObject([{ update: { id: 'u1' }, failures: 1 }]);
    });

    it('is consumed once', async () => {
      await keep('u1', 'c', { lease: 'l' });
      const commits = Array.from({ length: 5 }, (_, i) =>
        commit(note(String(i)), outgoing(`c${i}#0`), updateDone('u1', 'l')),
      );
      const results = await Promise.allSettled(commits);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await noteTexts()).toHaveLength(1);
    });

    it('survives a close, whether held or not', async () => {
      await keep('held', 'a', { lease: 'l1' });
      await keep('free', 'b');
      await keep('off', 'd', { lease: 'l2' });
      await keep('done', 'e', { lease: 'l3' });
      await commit(again('off', 'l2', START + 5), updateDone('done', 'l3'));
      await current.reopen();
      expect(await keep('done', 'e')).toBe('known');
      expect(await claim('l4', START + LEASE_MS)).toMatchObject([
        { update: { id: 'held' }, crashes: 1 },
        { update: { id: 'free' }, crashes: 0 },
        { update: { id: 'off' }, crashes: 0, failures: 1 },
      ]);
    });
  });

  describe('an update that is set aside', () => {
    it('is listed, oldest first, and comes no more', async () => {
      for (const id of ['u1', 'u2']) await keep(id, id, { lease: 'l' });
      await commit(aside('u2', 'l', START + 1), outgoing('u2#aside'));
      await commit(aside('u1', 'l', START + 2));
      const reasons = async () => (await current.store().listSetAside()).map(({ reason }) => reason);
      expect(await reasons()).toEqual(['原因 u2', '原因 u1']);
      expect((await current.store().listSetAside())[0]).toEqual({
        update: makeUpdate('u2', 'u2'),
        at: START + 1,
        reason: '原因 u2',
      });
      expect(await claim('l2', START + LEASE_MS)).toEqual([]);
      expect(await keep('u1', 'u1')).toBe('known');
      await current.reopen();
      expect(await reasons()).toEqual(['原因 u2', '原因 u1']);
    });

    it('is handled anew when it is replayed, once', async () => {
      await keep('u1', 'c', { lease: 'l' });
      await commit(aside('u1', 'l'));
      expect(await current.store().replayUpdate('other', START)).toBe(false);
      expect(await current.store().replayUpdate('u1', START + 7)).toBe(true);
      expect(await current.store().replayUpdate('u1', START + 7)).toBe(false);
      expect(await current.store().listSetAside()).toEqual([]);
      await current.reopen();
      expect(await claim('l2', START + 7)).toEqual([
        { update: makeUpdate('u1', 'c'), lease: 'l2', failures: 0, crashes: 0 },
      ]);
      await commit(updateDone('u1', 'l2'));
      expect(await keep('u1')).toBe('known');
    });
  });
}
