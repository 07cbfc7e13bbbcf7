/** What every store promises of the messages that wait to leave. */
import { type Rank } from '../../src/core/rank.js';
import { describe, expect, it } from 'vitest';
import { claimOf, CONFLICT, messageDone, keysOf, outgoing, retry } from '../helpers/changes.js';
import { START } from '../helpers/clock.js';
import { LEASE_MS, type Current } from './current.js';
import { conversationKey } from '../../src/core/chat.js';
import type { Change } from '../../src/core/store.js';

export function outboxContract(current: Current): void {
  const claimMessages = (lease: string, now = START, limit = 100, except?: ReadonlySet<string>) =>
    current.store().claimDueMessages({ ...claimOf(lease, now), ...(except && { except }) }, limit);
  const commitKeys = (...keys: string[]) => current.store().commit(keys.map((key) => outgoing(key)));

  describe('a message in the outbox', () => {
    it('comes out as it was put in, with its attempt counted', async () => {
      const change = outgoing('c1#0');
      await current.store().commit([change]);
      const message = change.kind === 'outgoing' ? change.message : undefined;
      expect(await claimMessages('j1', START + 5)).toEqual([
        {
          message,
          attempts: 1,
          runAt: START,
          firstTriedAt: START + 5,
          lease: 'j1',
          isInterrupted: false,
          isAfterDoubt: false,
        },
      ]);
    });

    it('is listed until it has left, in its order, whether held or not', async () => {
      const changes = [outgoing('c2#0', START + 9), outgoing('c1#0'), outgoing('c1#1')];
      await current.store().commit(changes);
      await claimMessages('j1', START + 5);
      const [c2, c1, later] = changes.map((change) => change.kind === 'outgoing' && change.message);
      expect(await current.store().listOutgoing()).toEqual([
        { message: c2, attempts: 0, runAt: START + 9, firstTriedAt: null },
        { message: c1, attempts: 1, runAt: START, firstTriedAt: START + 5 },
        { message: later, attempts: 0, runAt: START, firstTriedAt: null },
      ]);
      await current.store().commit([messageDone('c1#0', 'j1', 'failed')]);
      expect((await current.store().listOutgoing()).map(({ message }) => message.key)).toEqual([
        'c2#0',
        'c1#1',
      ]);
    });

    it('waits for its time', async () => {
      await current.store().commit([outgoing('c1#0', START + 10)]);
      expect(await claimMessages('j1', START + 9)).toEqual([]);
      expect(keysOf(await claimMessages('j1', START + 10))).toEqual(['c1#0']);
    });

    it('is given once, to one of many at once', async () => {
      const keys = Array.from({ length: 30 }, (_, i) => `c${i}#0`);
      await current.store().commit(keys.map((key) => outgoing(key)));
      const claims = await Promise.all(
        Array.from({ length: 10 }, (_, i) => claimMessages(`j${i}`, START, 7)),
      );
      for (const messages of claims) expect(messages.length).toBeLessThanOrEqual(7);
      const rest = await claimMessages('rest');
      expect([...claims.flat(), ...rest].map(({ message }) => message.key).sort()).toEqual(keys.sort());
      for (const waiting of [...claims.flat(), ...rest]) expect(waiting.attempts).toBe(1);
    });

    it('comes alone of its conversation, first things first', async () => {
      await current.store().commit([outgoing('c1#0'), outgoing('c2#0'), outgoing('c1#1')]);
      await current.store().commit([outgoing('c1#2'), outgoing('c3#0')]);
      expect(keysOf(await claimMessages('j1', START, 2))).toEqual(['c1#0', 'c2#0']);
      expect(keysOf(await claimMessages('j2'))).toEqual(['c3#0']);
      await current.store().commit([messageDone('c1#0', 'j1')]);
      expect(keysOf(await claimMessages('j3'))).toEqual(['c1#1']);
      expect(await claimMessages('j4')).toEqual([]);
      await current.store().commit([messageDone('c1#1', 'j3')]);
      expect(keysOf(await claimMessages('j5'))).toEqual(['c1#2']);
    });

    it('waits behind an earlier one of its conversation that is not due yet', async () => {
      await current.store().commit([outgoing('c1#0', START + 10), outgoing('c1#1', START)]);
      expect(await claimMessages('j1')).toEqual([]);
      expect(keysOf(await claimMessages('j1', START + 10))).toEqual(['c1#0']);
    });

    it('keeps the later ones behind it through a retry', async () => {
      await current.store().commit([outgoing('c1#0'), outgoing('c1#1'), outgoing('c2#0')]);
      await claimMessages('j1');
      await current.store().commit([retry('c1#0', 'j1', START + 1_000)]);
      expect(await claimMessages('j2', START + 999)).toEqual([]);
      expect(await claimMessages('j2', START + 1_000)).toMatchObject([
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
      await current.store().commit([outgoing('c1#0'), outgoing('c1#1')]);
      await claimMessages('late');
      expect(await claimMessages('j2', START + LEASE_MS - 1)).toEqual([]);
      expect(await claimMessages('j2', START + LEASE_MS)).toMatchObject([
        { message: { key: 'c1#0' }, attempts: 2, firstTriedAt: START, lease: 'j2', isInterrupted: true },
      ]);
      await expect(current.store().commit([messageDone('c1#0', 'late', 'failed')])).rejects.toMatchObject(
        CONFLICT,
      );
      await expect(current.store().commit([retry('c1#0', 'late', START)])).rejects.toMatchObject(CONFLICT);
      expect(await current.store().listUndelivered()).toEqual([]);
      await current.store().commit([messageDone('c1#0', 'j2')]);
      expect(keysOf(await claimMessages('j3', START + LEASE_MS))).toEqual(['c1#1']);
    });

    it('is held longer when its lease is renewed by its holder', async () => {
      const store = current.store();
      await store.commit([outgoing('c1#0')]);
      await claimMessages('j1');
      const held = { kind: 'message', key: 'c1#0' } as const;
      await store.renewLeases([{ ...held, lease: 'other' }], START + 9 * LEASE_MS);
      await store.renewLeases([{ ...held, lease: 'j1' }], START + 2 * LEASE_MS);
      expect(await claimMessages('j2', START + 2 * LEASE_MS - 1)).toEqual([]);
      expect(keysOf(await claimMessages('j3', START + 2 * LEASE_MS))).toEqual(['c1#0']);
      await store.renewLeases([{ ...held, lease: 'j1' }], START + 9 * LEASE_MS);
      expect(keysOf(await claimMessages('j4', START + 3 * LEASE_MS))).toEqual(['c1#0']);
    });

    it('is not held any more after a retry, not even by the same token', async () => {
      await current.store().commit([outgoing('c1#0')]);
      await claimMessages('j1');
      await current.store().commit([retry('c1#0', 'j1', START)]);
      await expect(current.store().commit([messageDone('c1#0', 'j1')])).rejects.toMatchObject(CONFLICT);
    });

    it('is done once', async () => {
      await current.store().commit([outgoing('c1#0')]);
      await claimMessages('j1');
      await current.store().commit([messageDone('c1#0', 'j1')]);
      await expect(current.store().commit([messageDone('c1#0', 'j1')])).rejects.toMatchObject(CONFLICT);
      expect(await claimMessages('j2', START + LEASE_MS)).toEqual([]);
    });

    it('that did not simply arrive is listed, oldest first', async () => {
      await current.store().commit(['c1#0', 'c2#0', 'c3#0'].map((key) => outgoing(key)));
      await claimMessages('j1');
      await current.store().commit([messageDone('c3#0', 'j1', 'failed', START + 1)]);
      await current.store().commit([messageDone('c2#0', 'j1', 'sent', START + 2)]);
      await current.store().commit([messageDone('c1#0', 'j1', 'uncertain', START + 3)]);
      expect(await current.store().listUndelivered()).toEqual([
        { key: 'c3#0', outcome: 'failed', at: START + 1, reason: '原因 c3#0' },
        { key: 'c1#0', outcome: 'uncertain', at: START + 3, reason: '原因 c1#0' },
      ]);
    });

    it('is left out while its conversation is, and does not take the place of others', async () => {
      await commitKeys('c1#0', 'c2#0', 'c3#0', 'c2#1');
      const except = new Set(
        ['c1', 'c3'].map((chatId) => conversationKey({ platform: 'console', chatId, isDirect: false })),
      );
      expect(keysOf(await claimMessages('j1', START, 1, except))).toEqual(['c2#0']);
      expect(await claimMessages('j2', START, 9, except)).toEqual([]);
      expect(keysOf(await claimMessages('j3', START, 9, new Set()))).toEqual(['c1#0', 'c3#0']);
    });

    it('leaves by its rank, and an answer takes along what stands before it in its conversation', async () => {
      const ranked = (key: string, rank: Rank): Change => {
        const change = outgoing(key);
        return change.kind === 'outgoing' ? { ...change, message: { ...change.message, rank } } : change;
      };
      await current
        .store()
        .commit([ranked('c1#0', 2), ranked('c2#0', 2), ranked('c3#0', 1), ranked('c4#0', 0)]);
      await current.store().commit([ranked('c2#1', 0)]);
      expect(keysOf(await claimMessages('j1', START, 1))).toEqual(['c2#0']);
      expect(keysOf(await claimMessages('j2', START, 2))).toEqual(['c4#0', 'c3#0']);
      await current.store().commit([messageDone('c2#0', 'j1')]);
      expect(keysOf(await claimMessages('j3', START, 9))).toEqual(['c2#1', 'c1#0']);
    });

    it('finds no more room than its platform has, for no other rank, also at its commit', async () => {
      const change = outgoing('c1#0');
      const broadcast = {
        ...change,
        message: { ...(change as { message: object }).message, rank: 2 },
      } as Change;
      const claim = (lease: string, rank: Rank, count: number) => ({
        ...claimOf(lease, START),
        room: new Map([['console' as const, { rank, count }]]),
      });
      const given = await current
        .store()
        .commit([broadcast, outgoing('c2#0'), outgoing('c3#0'), outgoing('c4#0')], claim('j1', 1, 2));
      expect(keysOf(given)).toEqual(['c2#0', 'c3#0']);
      expect(keysOf(await current.store().claimDueMessages(claim('j2', 0, 5), 9))).toEqual(['c4#0']);
      expect(await current.store().claimDueMessages(claim('j3', 1, 5), 9)).toEqual([]);
      expect(keysOf(await current.store().claimDueMessages(claim('j4', 2, 5), 9))).toEqual(['c1#0']);
    });

    it('lets no message pass one of its own commit and conversation that finds no room', async () => {
      const card = outgoing('c1#0');
      const claim = (lease: string) => ({
        ...claimOf(lease, START),
        room: new Map([['console' as const, { rank: 0 as const, count: 5 }]]),
      });
      const ranked = { ...card, message: { ...(card as { message: object }).message, rank: 1 } } as Change;
      expect(await current.store().commit([ranked, outgoing('c1#1')], claim('j1'))).toEqual([]);
      expect(keysOf(await current.store().claimDueMessages(claim('j2'), 9))).toEqual(['c1#0']);
    });

    it('counts the calls of each message against the room, and lets the first of many calls go', async () => {
      const taking = (key: string, calls: number) => {
        const change = outgoing(key);
        return { ...change, message: { ...(change as { message: object }).message, calls } } as Change;
      };
      const claim = (lease: string, count: number) => ({
        ...claimOf(lease, START),
        room: new Map([['console' as const, { rank: 2 as const, count }]]),
      });
      const given = await current
        .store()
        .commit([taking('c1#0', 2), taking('c2#0', 3), taking('c3#0', 5)], claim('j1', 4));
      expect(keysOf(given)).toEqual(['c1#0']);
      expect(keysOf(await current.store().claimDueMessages(claim('j2', 4), 9))).toEqual(['c2#0']);
      expect(keysOf(await current.store().claimDueMessages(claim('j3', 4), 9))).toEqual(['c3#0']);
    });

    it('is one under its key, however often it is put in', async () => {
      await commitKeys('c1#0', 'c1#0');
      await current.store().commit([outgoing('c1#0', START + 9), outgoing('c1#1')]);
      expect(await current.store().listOutgoing()).toMatchObject([
        { message: { key: 'c1#0' }, runAt: START },
        { message: { key: 'c1#1' } },
      ]);
    });
  });
}
