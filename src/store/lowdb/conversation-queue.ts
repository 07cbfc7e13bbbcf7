/** What waits in order within its conversation, in memory: a queue for each, and the heads of the queues by when they are free. */
import { createRoomTaker, RANKS, type Rank } from '../../core/rank.js';
import { createDueQueue, createHeap, type Heap } from './heap.js';
import type { Entry, StoredMessage } from './schema.js';
import { conversationKey, type Conversation, type Platform } from '../../core/chat.js';
import { type OutboxClaim } from '../../core/store.js';

/** What both kinds have in common. */
type Waiting = Pick<StoredMessage, 'seq' | 'runAt' | 'lease'>;

export type ConversationQueue<T> = {
  /** Follows the table of the entries. */
  follow(key: string, old: T | undefined, value: T | undefined): void;
  /** Free ones that are the first of their conversation, in the order in which they are given out. */
  claimable(claim: Pick<OutboxClaim, 'now' | 'platforms' | 'except' | 'room'>, limit: number): T[];
  /** Entries of a conversation. */
  size(conversation: string): number;
};

/**
 * The first of a conversation; `turn` counts up as entries become the first of theirs, `rank` is the best of all that wait
 * there: an answer takes along what stands before it.
 */
type Head<T> = { key: string; item: T; turn: number; rank: Rank };

type Spec<T> = {
  conversationOf: (value: T) => Conversation;
  rankOf: (value: T) => Rank;
  callsOf: (value: T) => number;
  /** Which of two heads is given out first. */
  isBefore: (a: Head<T>, b: Head<T>) => boolean;
};

function createConversationQueue<T extends Waiting>({
  conversationOf,
  rankOf,
  callsOf,
  isBefore,
}: Spec<T>): ConversationQueue<T> {
  const queues = new Map<string, Heap<T>>();
  const turns = new Map<string, Pick<Head<T>, 'key' | 'turn'>>();
  /** How many of each rank wait in a conversation. */
  const ranks = new Map<string, [number, number, number]>();
  let turn = 0;
  const heads = createDueQueue<Head<T>>(({ item }) => Math.max(item.runAt, item.lease?.until ?? 0), isBefore);
  return {
    follow(key, old, value) {
      const some = value ?? old;
      if (!some) return;
      const conversation = conversationKey(conversationOf(some));
      const counts = ranks.get(conversation) ?? [0, 0, 0];
      if (old) counts[rankOf(old)]--;
      if (value) counts[rankOf(value)]++;
      const queue = queues.get(conversation) ?? createHeap<T>((a, b) => a.seq < b.seq);
      if (value) queue.set(key, value);
      else queue.delete(key);
      const head = queue.peek();
      if (!head) {
        queues.delete(conversation);
        turns.delete(conversation);
        ranks.delete(conversation);
        return heads.set(conversation, undefined);
      }
      queues.set(conversation, queue);
      ranks.set(conversation, counts);
      const known = turns.get(conversation);
      const at = known?.key === head.key ? known.turn : ++turn;
      turns.set(conversation, { key: head.key, turn: at });
      heads.set(conversation, { ...head, turn: at, rank: RANKS.find((it) => counts[it] > 0) ?? 0 });
    },
    claimable({ now, platforms, except, room }, limit) {
      const platformOf = (it: string) => it.slice(0, it.indexOf(':')) as Platform;
      const isForeign = (it: string): boolean => !platforms.has(platformOf(it));
      const takesRoom = createRoomTaker(room);
      const rankAt = (it: string): Rank => RANKS.find((rank) => (ranks.get(it)?.[rank] ?? 0) > 0) ?? 0;
      const callsAt = (it: string): number => {
        const first = queues.get(it)?.peek();
        return first ? callsOf(first.item) : 1;
      };
      const isLeftOut = (it: string): boolean =>
        isForeign(it) || (except?.has(it) ?? false) || !takesRoom(platformOf(it), rankAt(it), callsAt(it));
      // Heads come by their rank: behind the last one that has room there is nothing.
      const last = room && Math.max(...[...platforms].map((it) => room.get(it)?.rank ?? 2));
      const isPast = ({ rank }: Head<T>): boolean => last !== undefined && rank > last;
      return heads.due(now, limit, isLeftOut, isPast).map(({ item }) => item);
    },
    size: (conversation) => queues.get(conversation)?.size() ?? 0,
  };
}

/** Messages to leave, in the order of their commits. */
export const createOutbox = (): ConversationQueue<StoredMessage> =>
  createConversationQueue({
    conversationOf: ({ message }) => message.conversation,
    rankOf: ({ message }) => message.rank ?? 0,
    callsOf: ({ message }) => message.calls ?? 1,
    isBefore: (a, b) => (a.rank === b.rank ? a.item.seq < b.item.seq : a.rank < b.rank),
  });

/**
 * Updates to handle: those of bound people first, so that no crowd of strangers holds them up; then one of each
 * conversation in turn, so that nobody waits for another's backlog.
 */
export const createInbox = (): ConversationQueue<Entry> =>
  createConversationQueue({
    conversationOf: ({ update }) => update.conversation,
    rankOf: () => 0,
    callsOf: () => 1,
    isBefore: (a, b) => (a.item.isBound === b.item.isBound ? a.turn < b.turn : a.item.isBound),
  });
