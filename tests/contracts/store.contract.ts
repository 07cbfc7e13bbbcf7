/** What every store promises (core/ports.ts), sentence by sentence. Each store's own test file runs it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change, ClaimedJob, Note, Outcome, Store } from '../../src/core/ports.js';
import type { Session } from '../../src/core/types.js';
import { START } from '../helpers/clock.js';

export type StoreSetup = {
  store: Store;
  /** Closes the store and opens it again on the same data. */
  reopen(): Promise<Store>;
  /** Closes whatever is open and removes the data. */
  destroy(): Promise<void>;
};

const LEASE_MS = 60_000;

const session = (question: string): Session => ({
  updatedAt: START,
  question,
  focus: 'a/1',
  offered: ['a/1', 'b/2'],
  isChoosing: true,
  listing: { filter: { lead: '县住建局' }, page: 2 },
});
const setSession = (key: string, value: Session | null): Change => ({ kind: 'session', key, session: value });
const makeNote = (text: string): Note => ({
  at: START,
  topic: 'no-row',
  text,
  rows: ['a/1', 'b/2'],
  edition: 'e',
});
const note = (text: string): Change => ({ kind: 'note', note: makeNote(text) });
/** `c1#0` is a message of conversation `c1`. */
const outgoing = (key: string, runAt = START): Change => ({
  kind: 'outgoing',
  message: {
    key,
    conversation: { platform: 'console', chatId: key.split('#')[0] ?? '', isDirect: false },
    reply: { text: `好 ${key}` },
    replyTo: 'm1',
  },
  runAt,
});
const updateDone = (id: string, lease: string): Change => ({ kind: 'updateDone', id, lease, at: START });
const jobDone = (key: string, lease: string, outcome: Outcome = 'sent', at = START): Change => ({
  kind: 'outgoingDone',
  key,
  lease,
  outcome,
  at,
  ...(outcome !== 'sent' && { reason: `原因 ${key}` }),
});
const retry = (key: string, lease: string, runAt: number): Change => ({
  kind: 'outgoingRetry',
  key,
  lease,
  runAt,
});
const keysOf = (jobs: ClaimedJob[]) => jobs.map((job) => job.message.key);
const CONFLICT = { name: 'BotError', code: 'CONFLICT' };

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
          setSession('s', session('路灯')),
          note('一'),
          outgoing('c1#0'),
          updateDone('u1', 'l1'),
        ]);
        expect(await store.getSession('s')).toEqual(session('路灯'));
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
        await store.commit([setSession('s', session('先')), outgoing('c9#0')]);
        await claimJobs('j1');
        const changes = [setSession('s', session('后')), note('一'), outgoing('c1#0'), last];
        await expect(store.commit(changes)).rejects.toMatchObject(CONFLICT);
        expect(await store.getSession('s')).toEqual(session('先'));
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
        const value = session('路灯');
        await store.commit([setSession('s', value)]);
        value.question = '别的';
        const read = await store.getSession('s');
        expect(read).toEqual(session('路灯'));
        if (read) read.offered.push('c/3');
        expect(await store.getSession('s')).toEqual(session('路灯'));
      });

      it('keeps any text that people paste', async () => {
        const text = '零\u0000 半\ud83d 表情👨‍👩‍👧 引号\'"\\ 换行\r\n\u2028';
        await store.commit([note(text), setSession('s', session(text))]);
        expect(await noteTexts()).toEqual([text]);
        expect(await store.getSession('s')).toEqual(session(text));
      });

      it('after close is refused', async () => {
        await store.close();
        await expect(store.commit([note('一')])).rejects.toMatchObject({ code: 'STORE' });
        store = await current.reopen();
        expect(await noteTexts()).toEqual([]);
      });
    });

    describe('a message in the outbox', () => {
      it('comes out as it was put in, with its attempt counted', async () => {
        const change = outgoing('c1#0');
        await store.commit([change]);
        const message = change.kind === 'outgoing' ? change.message : undefined;
        expect(await claimJobs('j1', START + 5)).toEqual([
          { message, attempts: 1, runAt: START, firstTriedAt: START + 5, lease: 'j1', isInterrupted: false },
        ]);
      });

      it('is listed until it has left, in its order, whether held or not', async () => {
        const changes = [outgoing('c2#0', START + 9), outgoing('c1#0'), outgoing('c1#1')];
        await store.commit(changes);
        await claimJobs('j1', START + 5);
        const [c2, c1, later] = changes.map((change) => change.kind === 'outgoing' && change.message);
        expect(await store.listOutgoing()).toEqual([
          { message: c2, attempts: 0, runAt: START + 9, firstTriedAt: null },
          { message: c1, attempts: 1, runAt: START, firstTriedAt: START + 5 },
          { message: later, attempts: 0, runAt: START, firstTriedAt: null },
        ]);
        await store.commit([jobDone('c1#0', 'j1', 'failed')]);
        expect((await store.listOutgoing()).map((job) => job.message.key)).toEqual(['c2#0', 'c1#1']);
      });

      it('waits for its time', async () => {
        await store.commit([outgoing('c1#0', START + 10)]);
        expect(await claimJobs('j1', START + 9)).toEqual([]);
        expect(keysOf(await claimJobs('j1', START + 10))).toEqual(['c1#0']);
      });

      it('is given once, to one of many at once', async () => {
        const keys = Array.from({ length: 30 }, (_, i) => `c${i}#0`);
        await store.commit(keys.map((key) => outgoing(key)));
        const claims = await Promise.all(Array.from({ length: 10 }, (_, i) => claimJobs(`j${i}`, START, 7)));
        for (const jobs of claims) expect(jobs.length).toBeLessThanOrEqual(7);
        const rest = await claimJobs('rest');
        expect([...claims.flat(), ...rest].map((job) => job.message.key).sort()).toEqual(keys.sort());
        for (const job of [...claims.flat(), ...rest]) expect(job.attempts).toBe(1);
      });

      it('comes alone of its conversation, first things first', async () => {
        await store.commit([outgoing('c1#0'), outgoing('c2#0'), outgoing('c1#1')]);
        await store.commit([outgoing('c1#2'), outgoing('c3#0')]);
        expect(keysOf(await claimJobs('j1', START, 2))).toEqual(['c1#0', 'c2#0']);
        expect(keysOf(await claimJobs('j2'))).toEqual(['c3#0']);
        await store.commit([jobDone('c1#0', 'j1')]);
        expect(keysOf(await claimJobs('j3'))).toEqual(['c1#1']);
        expect(await claimJobs('j4')).toEqual([]);
        await store.commit([jobDone('c1#1', 'j3')]);
        expect(keysOf(await claimJobs('j5'))).toEqual(['c1#2']);
      });

      it('waits behind an earlier one of its conversation that is not due yet', async () => {
        await store.commit([outgoing('c1#0', START + 10), outgoing('c1#1', START)]);
        expect(await claimJobs('j1')).toEqual([]);
        expect(keysOf(await claimJobs('j1', START + 10))).toEqual(['c1#0']);
      });

      it('keeps the later ones behind it through a retry', async () => {
        await store.commit([outgoing('c1#0'), outgoing('c1#1'), outgoing('c2#0')]);
        await claimJobs('j1');
        await store.commit([retry('c1#0', 'j1', START + 1_000)]);
        expect(await claimJobs('j2', START + 999)).toEqual([]);
        expect(await claimJobs('j2', START + 1_000)).toMatchObject([
          {
            message: { key: 'c1#0' },
            attempts: 2,
            runAt: START + 1_000,
            firstTriedAt: START,
            isInterrupted: false,
          },
        ]);
      });

      it('is free again when its lease ends, and the late holder is fenced', async () => {
        await store.commit([outgoing('c1#0'), outgoing('c1#1')]);
        await claimJobs('late');
        expect(await claimJobs('j2', START + LEASE_MS - 1)).toEqual([]);
        expect(await claimJobs('j2', START + LEASE_MS)).toMatchObject([
          { message: { key: 'c1#0' }, attempts: 2, firstTriedAt: START, lease: 'j2', isInterrupted: true },
        ]);
        await expect(store.commit([jobDone('c1#0', 'late', 'failed')])).rejects.toMatchObject(CONFLICT);
        await expect(store.commit([retry('c1#0', 'late', START)])).rejects.toMatchObject(CONFLICT);
        expect(await store.listUndelivered()).toEqual([]);
        await store.commit([jobDone('c1#0', 'j2')]);
        expect(keysOf(await claimJobs('j3', START + LEASE_MS))).toEqual(['c1#1']);
      });

      it('is not held any more after a retry, not even by the same token', async () => {
        await store.commit([outgoing('c1#0')]);
        await claimJobs('j1');
        await store.commit([retry('c1#0', 'j1', START)]);
        await expect(store.commit([jobDone('c1#0', 'j1')])).rejects.toMatchObject(CONFLICT);
      });

      it('is done once', async () => {
        await store.commit([outgoing('c1#0')]);
        await claimJobs('j1');
        await store.commit([jobDone('c1#0', 'j1')]);
        await expect(store.commit([jobDone('c1#0', 'j1')])).rejects.toMatchObject(CONFLICT);
        expect(await claimJobs('j2', START + LEASE_MS)).toEqual([]);
      });

      it('that did not simply arrive is listed, oldest first', async () => {
        await store.commit(['c1#0', 'c2#0', 'c3#0'].map((key) => outgoing(key)));
        await claimJobs('j1');
        await store.commit([jobDone('c3#0', 'j1', 'failed', START + 1)]);
        await store.commit([jobDone('c2#0', 'j1', 'sent', START + 2)]);
        await store.commit([jobDone('c1#0', 'j1', 'uncertain', START + 3)]);
        expect(await store.listUndelivered()).toEqual([
          { key: 'c3#0', outcome: 'failed', at: START + 1, reason: '原因 c3#0' },
          { key: 'c1#0', outcome: 'uncertain', at: START + 3, reason: '原因 c1#0' },
        ]);
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
        await store.commit([setSession('s', session('一')), setSession('t', session('别'))]);
        await store.commit([setSession('s', session('二'))]);
        expect(await store.getSession('s')).toEqual(session('二'));
        await store.commit([setSession('s', null)]);
        expect(await store.getSession('s')).toBeNull();
        expect(await store.getSession('t')).toEqual(session('别'));
      });

      it('survives a close', async () => {
        await claim('u1', 'l1');
        await store.commit([
          setSession('s', session('路灯')),
          note('一'),
          ...['c1#0', 'c1#1', 'c2#0', 'c3#0'].map((key) => outgoing(key)),
          updateDone('u1', 'l1'),
        ]);
        await claimJobs('j1');
        await store.commit([jobDone('c2#0', 'j1', 'uncertain'), retry('c3#0', 'j1', START + 5)]);
        store = await current.reopen();
        expect(await store.getSession('s')).toEqual(session('路灯'));
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
        const tasks = gates.map((gate, i) =>
          store.withConversation('c', async () => {
            events.push(`in ${i}`);
            await gate.opened;
            events.push(`out ${i}`);
          }),
        );
        // Opened back to front: only the order of the calls can make the order of the tasks.
        for (const gate of gates.slice(1).reverse()) gate.open();
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
  });
}
