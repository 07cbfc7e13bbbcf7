/** What every store promises (core/ports.ts), sentence by sentence. Each store's own test file runs it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.js';
import {
  CONFLICT,
  jobDone,
  keysOf,
  makeNote,
  makeSession,
  note,
  outgoing,
  retry,
  setSession,
  updateDone,
} from '../helpers/changes.js';
import { START } from '../helpers/clock.js';
import { LEASE_MS, type Current } from './current.js';
import { archiveContract } from './archive.contract.js';
import { outboxContract } from './outbox.contract.js';
import { recordContract } from './record.contract.js';
import { reminderContract } from './reminders.contract.js';
import { requestContract } from './requests.contract.js';
import { timerContract } from './timers.contract.js';

export type StoreSetup = {
  store: Store;
  /** Closes the store and opens it again on the same data. */
  reopen(): Promise<Store>;
  /** Closes whatever is open and removes the data. */
  destroy(): Promise<void>;
};

/** A promise that a test resolves (Node 20 has no Promise.withResolvers). */
function createGate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

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

    const claim = (id: string, lease: string, now = START) => store.claimUpdate(id, lease, now, LEASE_MS);
    const claimJobs = (lease: string, now = START, limit = 100) =>
      store.claimDueJobs(now, lease, LEASE_MS, limit);
    const noteTexts = async () => (await store.listNotes()).map((n) => n.text);

    describe('a claim of an update', () => {
      it('is given once', async () => {
        expect(await claim('u1', 'l1')).toBe('claimed');
        expect(await claim('u1', 'l2')).toBe('in-flight');
        expect(await claim('u2', 'l2')).toBe('claimed');
      });

      it('is given to one of many at once', async () => {
        const results = await Promise.all(Array.from({ length: 20 }, (_, i) => claim('u1', `l${i}`)));
        expect(results.filter((result) => result === 'claimed')).toHaveLength(1);
        expect(results.filter((result) => result === 'in-flight')).toHaveLength(19);
      });

      it('holds until its lease ends, by the time of the caller', async () => {
        await claim('u1', 'l1');
        expect(await claim('u1', 'l2', START + LEASE_MS - 1)).toBe('in-flight');
        expect(await claim('u1', 'l2', START + LEASE_MS)).toBe('claimed');
      });

      it('holds longer when its holder renews it', async () => {
        await claim('u1', 'l1');
        await store.renewLeases([{ kind: 'update', key: 'u1', lease: 'l1' }], START + 2 * LEASE_MS);
        expect(await claim('u1', 'l2', START + 2 * LEASE_MS - 1)).toBe('in-flight');
        expect(await claim('u1', 'l2', START + 2 * LEASE_MS)).toBe('claimed');
      });

      it('is fenced once another holder has it', async () => {
        await claim('u1', 'late');
        await claim('u1', 'l2', START + LEASE_MS);
        await expect(store.commit([updateDone('u1', 'late')])).rejects.toMatchObject(CONFLICT);
        await store.releaseUpdate('u1', 'late');
        expect(await claim('u1', 'l3', START + LEASE_MS)).toBe('in-flight');
        await store.commit([updateDone('u1', 'l2')]);
      });

      it('is free again when its holder releases it, and nobody else does', async () => {
        await claim('u1', 'l1');
        await store.releaseUpdate('u1', 'other');
        expect(await claim('u1', 'l2')).toBe('in-flight');
        await store.releaseUpdate('u1', 'l1');
        expect(await claim('u1', 'l2')).toBe('claimed');
        await expect(store.commit([updateDone('u1', 'l1')])).rejects.toMatchObject(CONFLICT);
      });

      it('ends with the consumed update, for good', async () => {
        await claim('u1', 'l1');
        await store.commit([updateDone('u1', 'l1')]);
        expect(await claim('u1', 'l2')).toBe('done');
        await store.releaseUpdate('u1', 'l1');
        expect(await claim('u1', 'l2', START + 10 * LEASE_MS)).toBe('done');
      });
    });

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
        expect(keysOf(await claimJobs('j1'))).toEqual(['c1#0']);
        expect(await claim('u1', 'l2')).toBe('done');
      });

      it.each([
        ['an update', updateDone('u1', 'not-held')],
        ['an unknown update', updateDone('nothing', 'l1')],
        ['a message', jobDone('c9#0', 'not-held')],
        ['an unknown message', jobDone('nothing#0', 'l1')],
        ['a message to retry', retry('c9#0', 'not-held', START)],
      ])('does nothing of it when the lease of %s is not held', async (_, last) => {
        await claim('u1', 'l1');
        await store.commit([setSession('s', makeSession('先')), outgoing('c9#0')]);
        await claimJobs('j1');
        const changes = [setSession('s', makeSession('后')), note('一'), outgoing('c1#0'), last];
        await expect(store.commit(changes)).rejects.toMatchObject(CONFLICT);
        expect(await store.getSession('s')).toEqual(makeSession('先'));
        expect(await noteTexts()).toEqual([]);
        expect(await claimJobs('j2')).toEqual([]);
        expect(await claim('u1', 'l2')).toBe('in-flight');
        await store.commit([updateDone('u1', 'l1'), jobDone('c9#0', 'j1')]);
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
        expect(keysOf(await claimJobs('j1'))).toEqual([`c${winner}#0`]);
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
        await claimJobs('j1');
        await store.commit([jobDone('c2#0', 'j1', 'uncertain'), retry('c3#0', 'j1', START + 5)]);
        store = await current.reopen();
        expect(await store.getSession('s')).toEqual(makeSession('路灯'));
        expect(await store.listNotes()).toEqual([makeNote('一')]);
        expect(await claim('u1', 'l2')).toBe('done');
        expect(await store.listUndelivered()).toMatchObject([{ key: 'c2#0', outcome: 'uncertain' }]);
        // The send of c1#0 was begun and never ended; c3#0 was put off.
        expect(await claimJobs('j2', START + LEASE_MS)).toMatchObject([
          { message: { key: 'c1#0' }, attempts: 2, firstTriedAt: START, isInterrupted: true },
          { message: { key: 'c3#0' }, attempts: 2, firstTriedAt: START, isInterrupted: false },
        ]);
        await expect(store.commit([jobDone('c1#0', 'j1')])).rejects.toMatchObject(CONFLICT);
      });
    });

    describe('tasks of one conversation', () => {
      it('run one after the other, in the order of the calls', async () => {
        const events: string[] = [];
        const gates = [0, 1, 2].map(createGate);
        const entered = createGate();
        const tasks = gates.map((gate, i) =>
          store.withConversation('c', async () => {
            events.push(`in ${i}`);
            entered.open();
            await gate.opened;
            events.push(`out ${i}`);
          }),
        );
        // Opened back to front: only the order of the calls can make the order of the tasks.
        for (const gate of gates.slice(1).reverse()) gate.open();
        await entered.opened;
        await store.withConversation('other', () => Promise.resolve());
        await store.commit([note('一')]);
        expect(events).toEqual(['in 0']);
        gates[0]?.open();
        await Promise.all(tasks);
        expect(events).toEqual(['in 0', 'out 0', 'in 1', 'out 1', 'in 2', 'out 2']);
      });

      it('give their value or their error, and an error lets the next one run', async () => {
        const failure = new Error('坏');
        const failed = store.withConversation('c', () => Promise.reject(failure));
        const next = store.withConversation('c', () => Promise.resolve(7));
        await expect(failed).rejects.toBe(failure);
        expect(await next).toBe(7);
      });

      it('can commit inside, however many conversations there are', async () => {
        const tasks = Array.from({ length: 60 }, (_, i) =>
          store.withConversation(`c${i}`, () => store.commit([note(String(i))])),
        );
        await Promise.all(tasks);
        expect(await noteTexts()).toHaveLength(60);
      });
    });

    outboxContract(handle);
    requestContract(handle);
    archiveContract(handle);
    timerContract(handle);
    reminderContract(handle);
    recordContract(handle);
  });
}
