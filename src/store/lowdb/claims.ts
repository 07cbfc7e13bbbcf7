/** What is claimed in the lowdb store: which is free, what the journal says of it, and what its holder gets. */
import { createRoomTaker } from '../../core/rank.js';
import type { JournalChange } from './changes.js';
import type { StoredTimer } from './schema.js';
import type { State } from './state.js';
import { conversationKey } from '../../core/chat.js';
import type {
  Change,
  ClaimedMessage,
  ClaimedTimer,
  Claim,
  ClaimedUpdate,
  OutboxClaim,
} from '../../core/store.js';

export const claimedUpdates = (ids: string[], claim: Claim): JournalChange => ({
  kind: 'updatesClaimed',
  ids,
  ...termsOf(claim),
});

export const claimedMessages = (keys: string[], claim: Claim): JournalChange => ({
  kind: 'jobsClaimed',
  keys,
  ...termsOf(claim),
});

export const claimedTimers = (keys: string[], { lease, now, leaseMs }: Claim): JournalChange => ({
  kind: 'timersClaimed',
  keys,
  lease,
  until: now + leaseMs,
});

const termsOf = ({ lease, now, leaseMs }: Claim) => ({ lease, until: now + leaseMs, at: now });

export const heldUpdates = ({ tables }: State, ids: string[], lease: string): ClaimedUpdate[] =>
  ids.flatMap((id) => {
    const entry = tables.inbox.get(id);
    if (entry?.lease?.token !== lease) return [];
    const { update, failures, crashes } = entry;
    return [structuredClone({ update, failures, crashes, lease })];
  });

export const heldMessages = ({ tables }: State, keys: string[], lease: string): ClaimedMessage[] =>
  keys.flatMap((key) => {
    const stored = tables.outgoing.get(key);
    if (stored?.lease?.token !== lease) return [];
    const { message, attempts, runAt, firstTriedAt, isInterrupted } = stored;
    const isAfterDoubt = tables.doubts.get(conversationKey(message.conversation)) !== undefined;
    return [structuredClone({ message, attempts, runAt, firstTriedAt, isInterrupted, isAfterDoubt, lease })];
  });

/** One that is missing was moved or taken away by a commit that was durable first. */
export const heldTimers = ({ tables }: State, keys: string[], lease: string): ClaimedTimer[] =>
  keys.flatMap((key) => {
    const held = tables.timers.get(key);
    return held?.lease?.token === lease
      ? [structuredClone({ timer: held.timer, attempts: held.attempts, lease })]
      : [];
  });

/** Messages among the changes before which nothing of their conversation waits. */
export function firstOnes(
  state: State,
  changes: Change[],
  { platforms, except, room }: OutboxClaim,
): string[] {
  const takesRoom = createRoomTaker(room);
  /** Chats of which one is among the changes, claimed or not: what follows waits behind it. */
  const begun = new Set<string>();
  return changes.flatMap((change) => {
    if (change.kind !== 'outgoing') return [];
    const { key, conversation, rank = 0, calls } = change.message;
    const chat = conversationKey(conversation);
    const isFirst = !begun.has(chat) && state.outbox.size(chat) === 0;
    begun.add(chat);
    if (!isFirst || !platforms.has(conversation.platform) || except?.has(chat)) return [];
    return takesRoom(conversation.platform, rank, calls) ? [key] : [];
  });
}

export function dueTimers({ timers, tables }: State, due: number, claim: Claim, limit: number): string[] {
  const isLeftOut = (key: string): boolean => {
    const held = tables.timers.get(key);
    return !held || !isFree(held, due, claim);
  };
  return timers.due(Math.max(due, claim.now), limit, isLeftOut).map(({ timer }) => timer.key);
}

/** Due by the wall clock, held by nobody by the steady one. */
const isFree = ({ timer, lease }: StoredTimer, due: number, { now, platforms }: Claim): boolean =>
  timer.runAt <= due &&
  (lease?.until ?? 0) <= now &&
  (timer.platform === undefined || platforms.has(timer.platform));
