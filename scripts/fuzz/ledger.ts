/** Who was told something about what they sent, and how long those waited who only asked. Pure. */

import type { Platform } from './stage.js';

export type Owed = { index: number; kind: string; platform: Platform; chatId: string; at: number };

/** Said once for a burst (issue 11, part 3): what follows in the chat for a while is covered by it. */
const BUSY = /请稍后再试/;
const SET_ASIDE = /没有处理成功/;
const STALE = /已失效/;
const BURST_MS = 10 * 60_000;
/** What waits longer does not hold back what is given next: the end of the run counts it. */
const FRESH_MS = 5_000;

export function createLedger() {
  const open = new Map<string, Owed[]>();
  const busyAt = new Map<string, number>();
  const fresh = new Set<Owed>();
  const counts = {
    answered: 0,
    'told “busy”': 0,
    'covered by “busy”': 0,
    'set aside, told': 0,
    'button void, told': 0,
  };

  function settle(owed: Owed): void {
    fresh.delete(owed);
  }

  return {
    counts,
    owe(owed: Owed): void {
      const toldAt = busyAt.get(owed.chatId);
      if (toldAt !== undefined && owed.at - toldAt < BURST_MS) counts['covered by “busy”'] += 1;
      // It may be answered all the same, so it stays open; the end of the run forgives it.
      open.set(owed.chatId, [...(open.get(owed.chatId) ?? []), owed]);
      fresh.add(owed);
    },
    said(chatId: string, content: string, at: number): void {
      const waiting = open.get(chatId) ?? [];
      if (BUSY.test(content)) {
        busyAt.set(chatId, at);
        counts['told “busy”'] += 1;
        waiting.forEach(settle);
        open.delete(chatId);
        return;
      }
      const [first, ...rest] = waiting;
      if (!first) return;
      settle(first);
      if (rest.length > 0) open.set(chatId, rest);
      else open.delete(chatId);
      const kind = SET_ASIDE.test(content)
        ? 'set aside, told'
        : STALE.test(content)
          ? 'button void, told'
          : 'answered';
      counts[kind] += 1;
    },
    /** Given lately and not answered yet: a measure of how much is under way. */
    underWay(platform: Platform, now: number): number {
      for (const owed of fresh) {
        if (now - owed.at < FRESH_MS && !isCovered(owed)) break;
        fresh.delete(owed);
      }
      return [...fresh].filter((owed) => owed.platform === platform).length;
    },
    /** Nobody told their senders anything. */
    untold: (): Owed[] => [...open.values()].flat().filter((owed) => !isCovered(owed)),
    /** They were lost with a process that had to be killed: counted as a standstill, not one by one. */
    forgive(): Owed[] {
      const forgiven = [...open.values()].flat();
      open.clear();
      fresh.clear();
      return forgiven;
    },
  };

  function isCovered({ chatId, at }: Owed): boolean {
    const toldAt = busyAt.get(chatId);
    return toldAt !== undefined && Math.abs(at - toldAt) < BURST_MS;
  }
}

/** Of a sorted list; null of an empty one. */
export const quantile = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
