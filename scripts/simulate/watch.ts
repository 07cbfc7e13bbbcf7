/** What the simulation sees become durable: the ledger for ever, the summaries and what they ought to count. */
import type { Occurrence } from '../../src/core/reminder.js';
import type { Request } from '../../src/core/request.js';
import type { Directory } from '../../src/organizations/directory.js';
import { createHeap } from '../../src/store/lowdb/heap.js';
import { dateOf } from './calendar.js';
import type { Digest } from './oracle.js';
import type { Change, Outgoing, Store } from '../../src/core/store.js';

export type Watch = ReturnType<typeof createWatch>;

export function createWatch({ now, directory }: { now: () => number; directory: Directory }) {
  const ledger = new Map<string, Occurrence>();
  const digests: Digest[] = [];
  const downtimes: { from: number; to: number }[] = [];
  const requests = new Map<string, Request>();
  const wakes = createHeap<number>((a, b) => a < b);
  const toldDigests = new Set<string>();
  /** What waits for the summary of each account. */
  const waiting = new Map<string, Set<string>>();
  const counts = { snoozes: 0, maxLagMs: 0 };

  const wakeAt = (at: number): void => wakes.set(String(at), at);

  const followOccurrence = (row: Occurrence): void => {
    const before = ledger.get(row.id);
    if (before?.status === 'planned' && row.status === 'claimed')
      counts.maxLagMs = Math.max(counts.maxLagMs, lagOf(row));
    if (row.status === 'snoozed' && before?.status !== 'snoozed') counts.snoozes++;
    ledger.set(row.id, structuredClone(row));
    if (row.to.kind !== 'person' || row.digest === undefined) return;
    const ids = waiting.get(row.to.account) ?? new Set<string>();
    if (row.status === 'claimed') ids.add(row.id);
    else ids.delete(row.id);
    waiting.set(row.to.account, ids);
  };
  const lagOf = ({ dueAt }: Occurrence): number =>
    downtimes.some(({ from, to }) => from <= dueAt && dueAt <= to) ? 0 : now() - dueAt;

  /** The first message of a summary is a card that says what it counts. */
  const followDigest = ({ key, occurrence = '', reply }: Outgoing): void => {
    if (!occurrence.startsWith('digest@') || !('card' in reply) || toldDigests.has(key)) return;
    toldDigests.add(key);
    const account = occurrence.split('/').slice(1).join('/');
    const [first] = reply.card.blocks;
    const text = first?.kind === 'text' ? first.text : '';
    const said = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 0);
    const today = dateOf(now());
    const ids = [...(waiting.get(account) ?? [])];
    digests.push({
      account,
      at: now(),
      said: said(/提醒 (\d+) 条/),
      merged: ids.filter((id) => (ledger.get(id)?.digest ?? '9') <= today).length,
      todo: [said(/待办 (\d+) 件/), said(/今日到期 (\d+) 件/), said(/超过时限 (\d+) 件/)].join(),
      todoExpected: todoOf(account, today).join(),
    });
  };
  /** Open requests of the person's unit, those due today, those overdue; leaders have none. */
  const todoOf = (account: string, today: string): number[] => {
    const person = directory.people.find((it) => it.accounts.includes(account));
    const isWorker = !person?.roles.some((role) => role === 'township-leader' || role === 'department-head');
    const mine = [...requests.values()].filter(
      (it) =>
        isWorker &&
        it.status === 'open' &&
        it.assignments.some((part) => part.organization === person?.organization),
    );
    const due = mine.map((it) => it.dueAt ?? Infinity);
    return [
      mine.length,
      due.filter((at) => at > now() && Number.isFinite(at) && dateOf(at) === today).length,
      due.filter((at) => at <= now()).length,
    ];
  };

  return {
    ledger,
    digests,
    downtimes,
    counts,
    wakes,
    wakeAt,
    /** The real bot looks twice a second; here the clock jumps to the instants at which there is something to see. */
    wakeFor(changes: Change[]): void {
      for (const change of changes)
        if (change.kind === 'schedule') wakeAt(change.timer.runAt);
        else if ('runAt' in change) wakeAt(change.runAt);
    },
    follow(changes: Change[]): void {
      for (const change of changes)
        if (change.kind === 'outgoing') followDigest(change.message);
        else if (change.kind === 'request') requests.set(change.request.number, change.request);
      for (const change of changes) if (change.kind === 'occurrence') followOccurrence(change.occurrence);
    },
    /** A commit that a crash cut off may have become durable. */
    async catchUp(store: Store): Promise<void> {
      for (const { message } of await store.listOutgoing()) followDigest(message);
      for (const row of await store.findOccurrences({})) {
        const known = ledger.get(row.id);
        const isSame = (a: Occurrence, b: Occurrence) =>
          a.changedAt === b.changedAt && a.status === b.status && a.hops.length === b.hops.length;
        if (!known || !isSame(known, row)) followOccurrence(row);
      }
      wakeAt(now());
    },
  };
}
