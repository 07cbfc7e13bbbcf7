/** What every store promises (core/ports.ts), sentence by sentence. Each store's own test file runs it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  claimOf,
  CONFLICT,
  messageDone,
  keysOf,
  makeNote,
  makeSession,
  makeUpdate,
  note,
  outgoing,
  retry,
  setSession,
  wholeSession,
  updateDone,
} from '../helpers/changes.js';
import { START } from '../helpers/clock.js';
import { LEASE_MS, type Current } from './current.js';
import { archiveContract } from './archive.contract.js';
import { evaluationContract } from './evaluations.contract.js';
import { inboxContract } from './inbox.contract.js';
import { instanceContract } from './instance.contract.js';
import { outboxContract } from './outbox.contract.js';
import { recordContract } from './record.contract.js';
import { reminderContract } from './reminders.contract.js';
import { requestContract } from './requests.contract.js';
import { timerContract } from './timers.contract.js';
import type { Change, Store } from '../../src/core/store.js';
import type { Binding } from '../../src/core/binding.js';

export type StoreSetup = {
  store: Store;
  /** Closes the store and opens it again on the same data. */
  reopen(): Promise<Store>;
  /** Closes whatever is open and removes the data. */
  destroy(): Promise<void>;
};

export function storeContract(name: string, setup: () => Promise<StoreSetup>): void {
  describe(name, () => {
    let current: StoreSetup;
    let store: Store;
    const handle: Current = {
      store: () => store,
      reopen: async () => (store = await current.reopen()),
    };
    beforeEach(async () => {
      current = await setup();
      store = current.store;
    });
    afterEach(() => current.destroy());

    /** Kept and claimed in one. */
    const claim = (id: string, lease: string) =>
      store.keepUpdate(makeUpdate(id), { isBound: true, now: START, claim: claimOf(lease) });
    const claimMessages = (lease: string, now = START, limit = 100) =>
      store.claimDueMessages(claimOf(lease, now), limit);
    const noteTexts = async () => (await store.listNotes()).map((n) => n.text);

    describe('a commit', () => {
      it('does all of it', async () => {
        await claim('u1', 'l1');
        await store.commit([
          setSession('s', makeSession('路灯')),
          note('一'),
          outgoing('c1#0'),
          updateDone('u1', 'l1'),
        ]);
        expect(await store.getSession('s')).toEqual(makeSession('路灯'));
        expect(await noteTexts()).toEqual(['一']);
        expect(keysOf(await claimMessages('j1'))).toEqual(['c1#0']);
        expect(await claim('u1', 'l2')).toBe('known');
      });

      it.each([
        ['an update', updateDone('u1', 'not-held')],
        ['an unknown update', updateDone('nothing', 'l1')],
        ['a message', messageDone('c9#0', 'not-held')],
        ['an unknown message', messageDone('nothing#0', 'l1')],
        ['a message to retry', retry('c9#0', 'not-held', START)],
      ])('does nothing of it when the lease of %s is not held', async (_, last) => {
        await claim('u1', 'l1');
        await store.commit([setSession('s', makeSession('先')), outgoing('c9#0')]);
        await claimMessages('j1');
        const changes = [setSession('s', makeSession('后')), note('一'), outgoing('c1#0'), last];
        await expect(store.commit(changes)).rejects.toMatchObject(CONFLICT);
        expect(await store.getSession('s')).toEqual(makeSession('先'));
        expect(await noteTexts()).toEqual([]);
        expect(await claimMessages('j2')).toEqual([]);
        expect(await claim('u1', 'l2')).toBe('known');
        await store.commit([updateDone('u1', 'l1'), messageDone('c9#0', 'j1')]);
      });

      it('that consumes an update wins exactly once', async () => {
        await claim('u1', 'l1');
        const commits = Array.from({ length: 5 }, (_, i) =>
          store.commit([note(String(i)), outgoing(`c${i}#0`), updateDone('u1', 'l1')]),
        );
        const results = await Promise.allSettled(commits);
        const lost = results.flatMap((r) => (r.status === 'rejected' ? [r.reason as unknown] : []));
        expect(lost).toHaveLength(4);
        for (const error of lost) expect(error).toMatchObject(CONFLICT);
        const winner = results.findIndex((r) => r.status === 'fulfilled');
        expect(await noteTexts()).toEqual([String(winner)]);
        expect(keysOf(await claimMessages('j1'))).toEqual([`c${winner}#0`]);
      });

      it('takes what the caller gave, not what the caller makes of it later', async () => {
        const value = makeSession('路灯');
        await store.commit([setSession('s', value)]);
        value.question = '别的';
        const read = await store.getSession('s');
        expect(read).toEqual(makeSession('路灯'));
        if (read) read.offered.push('c/3');
        expect(await store.getSession('s')).toEqual(makeSession('路灯'));
      });

      it('keeps all of a session over a restart', async () => {
        await store.commit([setSession('s', wholeSession)]);
        await store.close();
        store = await current.reopen();
        expect(await store.getSession('s')).toEqual(wholeSession);
      });

      it('keeps any text that people paste', async () => {
        const text = '零\u0000 半\ud83d 表情👨‍👩‍👧 引号\'"\\ 换行\r\n\u2028';
        await store.commit([note(text), setSession('s', makeSession(text))]);
        expect(await noteTexts()).toEqual([text]);
        expect(await store.getSession('s')).toEqual(makeSession(text));
      });

      it('after close is refused', async () => {
        await store.close();
        await expect(store.commit([note('一')])).rejects.toMatchObject({ code: 'STORE' });
        await store.close();
        store = await current.reopen();
        expect(await noteTexts()).toEqual([]);
      });
    });

    describe('what is kept', () => {
      it('is where each group has moved to, over a restart', async () => {
        const moved = (from: string, to: string): Change => ({
          kind: 'chatMoved',
          move: { platform: 'telegram', from, to },
        });
        await store.commit([moved('-1', '-1001'), moved('-2', '-1002')]);
        await store.commit([moved('-1', '-1003')]);
        store = await current.reopen();
        expect(await store.listMoves('feishu')).toEqual([]);
        expect((await store.listMoves('telegram')).map(({ to }) => to).sort()).toEqual(['-1002', '-1003']);
      });

      it('is the last binding of each account and group, over a restart', async () => {
        const bind = (place: string, to: Binding['to'], at: number): Change => ({
          kind: 'binding',
          binding: { place, to, by: 'feishu:ou_head', at },
        });
        await store.commit([bind('telegram:1', { unit: '柳林镇', name: '王小明' }, 1)]);
        await store.commit([bind('feishu:oc_1', { unit: '柳林镇' }, 2), bind('telegram:1', null, 3)]);
        store = await current.reopen();
        expect((await store.listBindings()).sort((a, b) => a.at - b.at)).toEqual([
          { place: 'feishu:oc_1', to: { unit: '柳林镇' }, by: 'feishu:ou_head', at: 2 },
          { place: 'telegram:1', to: null, by: 'feishu:ou_head', at: 3 },
        ]);
      });

      it('is every note, in the order of the commits', async () => {
        await store.commit([note('一'), note('二')]);
        await store.commit([note('三')]);
        expect(await store.listNotes()).toEqual(['一', '二', '三'].map(makeNote));
      });

      it('is the last session of a key, until it is taken away', async () => {
        expect(await store.getSession('s')).toBeNull();
        await store.commit([setSession('s', makeSession('一')), setSession('t', makeSession('别'))]);
        await store.commit([setSession('s', makeSession('二'))]);
        expect(await store.getSession('s')).toEqual(makeSession('二'));
        await store.commit([setSession('s', null)]);
        expect(await store.getSession('s')).toBeNull();
        expect(await store.getSession('t')).toEqual(makeSession('别'));
      });

      it('survives a close', async () => {
        await claim('u1', 'l1');
        await store.commit([
          setSession('s', makeSession('路灯')),
          note('一'),
          ...['c1#0', 'c1#1', 'c2#0', 'c3#0'].map((key) => outgoing(key)),
          updateDone('u1', 'l1'),
        ]);
        await claimMessages('j1');
        await store.commit([messageDone('c2#0', 'j1', 'uncertain'), retry('c3#0', 'j1', START + 5)]);
        store = await current.reopen();
        expect(await store.getSession('s')).toEqual(makeSession('路灯'));
        expect(await store.listNotes()).toEqual([makeNote('一')]);
        expect(await claim('u1', 'l2')).toBe('known');
        expect(await store.listUndelivered()).toMatchObject([{ key: 'c2#0', outcome: 'uncertain' }]);
        // The send of c1#0 was begun and never ended; c3#0 was put off.
        expect(await claimMessages('j2', START + LEASE_MS)).toMatchObject([
          { message: { key: 'c1#0' }, attempts: 2, firstTriedAt: START, isInterrupted: true },
          { message: { key: 'c3#0' }, attempts: 2, firstTriedAt: START, isInterrupted: false },
        ]);
        await expect(store.commit([messageDone('c1#0', 'j1')])).rejects.toMatchObject(CONFLICT);
      });
    });

    inboxContract(handle);
    instanceContract(handle);
    outboxContract(handle);
    requestContract(handle);
    evaluationContract(handle);
    archiveContract(handle);
    timerContract(handle);
    reminderContract(handle);
    recordContract(handle);
  });
}
