/** What every store promises of timers, numbers and live cards. */
import { describe, expect, it } from 'vitest';
import { claimOf, CONFLICT, messageDone, makeTimer, note, outgoing, schedule } from '../helpers/changes.js';
import { START } from '../helpers/clock.js';
import { LEASE_MS, type Current } from './current.js';
import type { Change, ShownCard } from '../../src/core/store.js';

const done = (key: string, lease: string): Change => ({ kind: 'timerDone', key, lease });
const putOff = (key: string, lease: string, runAt: number): Change => ({
  kind: 'timerRetry',
  key,
  lease,
  runAt,
});
const cancel = (key: string): Change => ({ kind: 'cancel', key });

export function timerContract(current: Current): void {
  const commit = (...changes: Change[]) => current.store().commit(changes);
  const claim = (lease: string, now = START, limit = 100) =>
    current.store().claimDueTimers(now, claimOf(lease, now), limit);
  const keys = async (lease: string, now?: number, limit?: number) =>
    (await claim(lease, now, limit)).map(({ timer }) => timer.key);
  const noteTexts = async () => (await current.store().listNotes()).map(({ text }) => text);

  describe('a timer', () => {
    it('comes out as it was put in, when its time has come', async () => {
      const payload = { number: 'QS-2026-000001', steps: [1, { a: null }], text: '零\u0000\ud83d' };
      await commit(schedule('t', START + 10, payload));
      expect(await current.store().getTimer('t')).toEqual(makeTimer('t', START + 10, payload));
      expect(await current.store().getTimer('other')).toBeNull();
      expect(await claim('l', START + 9)).toEqual([]);
      expect(await claim('l', START + 10)).toEqual([
        { timer: makeTimer('t', START + 10, payload), attempts: 1, lease: 'l' },
      ]);
    });

    it('comes in the order of its time, then of its setting, as many as asked', async () => {
      await commit(schedule('c', START + 2), schedule('b', START + 1));
      await commit(schedule('a', START + 2), schedule('later', START + 9));
      expect(await keys('l1', START + 5, 2)).toEqual(['b', 'c']);
      expect(await keys('l2', START + 5, 2)).toEqual(['a']);
    });

    it('is given once, to one of many at once', async () => {
      const all = Array.from({ length: 30 }, (_, i) => `t${i}`);
      await commit(...all.map((key) => schedule(key)));
      const claims = await Promise.all(Array.from({ length: 8 }, (_, i) => claim(`l${i}`, START, 5)));
      for (const claimed of claims) expect(claimed.length).toBeLessThanOrEqual(5);
      const taken = [...claims.flat(), ...(await claim('rest'))];
      expect(taken.map(({ timer }) => timer.key).sort()).toEqual(all.sort());
      for (const { attempts } of taken) expect(attempts).toBe(1);
    });

    it('is free again when its lease ends, and the late holder is fenced', async () => {
      await commit(schedule('t'));
      await claim('late');
      expect(await claim('l2', START + LEASE_MS - 1)).toEqual([]);
      expect(await claim('l2', START + LEASE_MS)).toMatchObject([{ attempts: 2, lease: 'l2' }]);
      await expect(commit(note('一'), done('t', 'late'))).rejects.toMatchObject(CONFLICT);
      await expect(commit(putOff('t', 'late', START), note('一'))).rejects.toMatchObject(CONFLICT);
      expect(await noteTexts()).toEqual([]);
      await commit(note('二'), done('t', 'l2'));
      expect(await noteTexts()).toEqual(['二']);
    });

    it('is done once, in the commit of its effects', async () => {
      await commit(schedule('t'), schedule('u'));
      await claim('l');
      const tries = await Promise.allSettled([1, 2, 3].map((i) => commit(note(String(i)), done('t', 'l'))));
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await noteTexts()).toHaveLength(1);
      expect(await current.store().getTimer('t')).toBeNull();
      expect(await current.store().getTimer('u')).toEqual(makeTimer('u'));
      expect(await keys('l2', START + LEASE_MS)).toEqual(['u']);
    });

    it.each([
      ['nobody claimed', done('t', 'l')],
      ['nobody set', done('none', 'l')],
      ['another holds', done('held', 'other')],
    ])('that %s cannot be done, and nothing of the commit is', async (_, change) => {
      await commit(schedule('held'));
      await claim('l');
      await commit(schedule('t'));
      await expect(commit(note('一'), outgoing('c#0'), schedule('new'), change)).rejects.toMatchObject(
        CONFLICT,
      );
      expect(await noteTexts()).toEqual([]);
      expect(await current.store().listOutgoing()).toEqual([]);
      expect(await current.store().getTimer('new')).toBeNull();
      await commit(done('held', 'l'));
    });

    it('set again is moved, with its new payload, and whoever held it has lost it', async () => {
      await commit(schedule('t', START, { n: 1 }));
      await claim('l');
      await commit(schedule('t', START + 50, { n: 2 }));
      await expect(commit(done('t', 'l'))).rejects.toMatchObject(CONFLICT);
      expect(await claim('l2', START + 49)).toEqual([]);
      expect(await claim('l2', START + 50)).toEqual([
        { timer: makeTimer('t', START + 50, { n: 2 }), attempts: 1, lease: 'l2' },
      ]);
      await commit(schedule('t', START - 5));
      expect(await keys('l3')).toEqual(['t']);
    });

    it('can be done and set again in one commit, not the other way round', async () => {
      await commit(schedule('t'));
      await claim('l');
      await expect(commit(schedule('t', START + 9), done('t', 'l'))).rejects.toMatchObject(CONFLICT);
      await commit(done('t', 'l'), schedule('t', START + 9));
      expect(await current.store().getTimer('t')).toEqual(makeTimer('t', START + 9));
      expect(await claim('l2', START + 9)).toMatchObject([{ attempts: 1 }]);
    });

    it('cancelled is gone, also for whoever holds it; one that is not there can be cancelled', async () => {
      await commit(schedule('t'), schedule('u'));
      await claim('l', START, 1);
      await commit(cancel('t'), cancel('none'), cancel('u'));
      expect(await current.store().getTimer('t')).toBeNull();
      await expect(commit(done('t', 'l'))).rejects.toMatchObject(CONFLICT);
      expect(await claim('l2', START + 10 * LEASE_MS)).toEqual([]);
    });

    it('put off counts its attempts and is not held any more', async () => {
      await commit(schedule('t'));
      await claim('l');
      await commit(putOff('t', 'l', START + 30));
      await expect(commit(done('t', 'l'))).rejects.toMatchObject(CONFLICT);
      expect(await claim('l2', START + 29)).toEqual([]);
      expect(await claim('l2', START + 30)).toMatchObject([{ timer: { runAt: START + 30 }, attempts: 2 }]);
    });

    it('survives a close', async () => {
      await commit(...['held', 'free', 'done', 'off'].map((key) => schedule(key, START, { key })));
      await claim('l');
      await commit(done('done', 'l'), putOff('off', 'l', START + 5), schedule('free', START + 3));
      await current.reopen();
      expect(await current.store().getTimer('done')).toBeNull();
      expect(await claim('l2', START + LEASE_MS)).toMatchObject([
        { timer: makeTimer('held', START, { key: 'held' }), attempts: 2 },
        { timer: makeTimer('free', START + 3), attempts: 1 },
        { timer: makeTimer('off', START + 5, { key: 'off' }), attempts: 2 },
      ]);
    });
  });

  describe('a number', () => {
    it('is the next of its series, from 1, and never given twice', async () => {
      const take = (series: string) => current.store().takeNumber(series);
      expect(await take('2026')).toBe(1);
      expect(await take('2027')).toBe(1);
      const taken = await Promise.all(Array.from({ length: 40 }, (_, i) => take(i % 2 ? '2026' : '2027')));
      const of = (rest: number) => taken.filter((_, i) => i % 2 === rest).sort((x, y) => x - y);
      const next = Array.from({ length: 20 }, (_, i) => i + 2);
      expect([of(0), of(1)]).toEqual([next, next]);
      await current.reopen();
      expect(await take('2026')).toBe(22);
      expect(await take('2028')).toBe(1);
    });
  });

  describe('a live card', () => {
    const shown = (slot: string, messageId: string): { slot: string; card: ShownCard } => ({
      slot,
      card: {
        conversation: { platform: 'feishu', chatId: 'oc_1', isDirect: false },
        messageId,
        sentAt: START,
      },
    });
    const sent = (key: string, lease: string, card: { slot: string; card: ShownCard }): Change => ({
      ...(messageDone(key, lease) as Change & { kind: 'outgoingDone' }),
      shown: card,
    });

    it('is the last message that was shown under its slot', async () => {
      await commit(...['c1#0', 'c2#0', 'c3#0'].map((key) => outgoing(key)));
      await current.store().claimDueMessages(claimOf('j'), 9);
      expect(await current.store().getCard('s')).toBeNull();
      await commit(sent('c1#0', 'j', shown('s', 'm1')));
      expect(await current.store().getCard('s')).toEqual(shown('s', 'm1').card);
      await expect(commit(sent('c2#0', 'other', shown('s', 'm9')))).rejects.toMatchObject(CONFLICT);
      expect(await current.store().getCard('s')).toEqual(shown('s', 'm1').card);
      await commit(sent('c2#0', 'j', shown('s', 'm2')));
      await commit(sent('c3#0', 'j', shown('other', 'm3')));
      await current.reopen();
      expect(await current.store().getCard('s')).toEqual(shown('s', 'm2').card);
      expect(await current.store().getCard('other')).toEqual(shown('other', 'm3').card);
    });
  });
}
