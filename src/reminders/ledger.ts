/** 台账 of occurrences: what may become of one, and what has been tried to reach its recipient. Pure. */
import { isOver, type Hop, type Occurrence, type OccurrenceStatus } from '../core/reminder.js';
import type { StoreReader } from '../core/store.js';

const NEXT: Readonly<Record<OccurrenceStatus, readonly OccurrenceStatus[]>> = {
  planned: ['claimed', 'skipped'],
  claimed: ['sent', 'acknowledged', 'done', 'snoozed', 'uncertain', 'failed', 'skipped'],
  sent: ['acknowledged', 'done', 'snoozed', 'skipped'],
  acknowledged: ['done', 'snoozed', 'skipped'],
  // The person has it after all: what they press counts.
  uncertain: ['sent', 'acknowledged', 'done', 'snoozed'],
  failed: [],
  done: [],
  snoozed: [],
  skipped: [],
};

export const mayBecome = (occurrence: Pick<Occurrence, 'status'>, status: OccurrenceStatus): boolean =>
  NEXT[occurrence.status].includes(status);

/** @throws Error for a change that the ledger does not know: a mistake of ours, not of people. */
export function become(
  occurrence: Occurrence,
  status: OccurrenceStatus,
  now: number,
  parts: Partial<Pick<Occurrence, 'reason' | 'digest' | 'hops'>> = {},
): Occurrence {
  if (!mayBecome(occurrence, status))
    throw new Error(`${occurrence.id}: ${occurrence.status} cannot become ${status}`);
  return { ...occurrence, ...parts, status, changedAt: now };
}

export const withHop = (occurrence: Occurrence, to: string, now: number): Occurrence => ({
  ...occurrence,
  hops: [...occurrence.hops, { at: now, to, outcome: 'pending' }],
  changedAt: now,
});

/** The end of the last hop to that place. */
export function endHop(
  occurrence: Occurrence,
  to: string,
  outcome: Hop['outcome'],
  reason: string,
  now: number,
): Occurrence {
  const at = occurrence.hops.findLastIndex((hop) => hop.to === to && hop.outcome === 'pending');
  const hops = occurrence.hops.map((hop, i) =>
    i === at ? { ...hop, outcome, ...(reason && { reason }) } : hop,
  );
  return { ...occurrence, hops, changedAt: now };
}

/** A person has put it off to this instant. */
export const isSnoozed = ({ id }: Pick<Occurrence, 'id'>): boolean => id.includes('/s');

/** Why a button of this occurrence does nothing any more, or null. */
export function whyOver(occurrence: Occurrence | null): string | null {
  if (!occurrence) return '这条提醒已过期,不能再操作。可发送“我的提醒”查看。';
  if (!isOver(occurrence) || occurrence.status === 'uncertain') return null;
  const words: Partial<Record<OccurrenceStatus, string>> = {
    done: '已标记完成',
    snoozed: '已推迟',
    skipped: '已取消',
    failed: '没有送达',
  };
  return `这条提醒${words[occurrence.status] ?? '已结束'},不需要再操作。`;
}

/** Whoever ends or moves a reminder takes these back. */
export async function untoldOf(
  read: Pick<StoreReader, 'findOccurrences'>,
  reminder: string,
): Promise<Occurrence[]> {
  const found = await read.findOccurrences({ reminder, statuses: ['planned', 'claimed'] });
  return found.filter(({ status, digest }) => status === 'planned' || digest !== undefined);
}
