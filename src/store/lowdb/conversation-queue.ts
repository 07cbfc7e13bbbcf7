/** What waits in order within its conversation, in memory: a queue for each, and the heads of the queues by when they are free. */
import { createDueQueue, createHeap, type Heap } from './heap.js';
import type { Entry, StoredMessage } from './schema.js';
import { conversationKey, type Conversation } from '../../core/chat.js';
import type { Claim } from '../../core/store.js';

/** What both kinds have in common. */
type Waiting = Pick<StoredMessage, 'seq' | 'runAt' | 'lease'>;

export type ConversationQueue<T> = {
  /** Follows the table of the entries. */
  follow(key: string, old: T | undefined, value: T | undefined): void;
  /** Free ones that are the first of their conversation, in the order in which they are given out. */
  claimable(claim: Pick<Claim, 'now' | 'platforms'> & { except?: ReadonlySet<string> }, limit: number): T[];
  /** Entries of a conversation. */
  size(conversation: string): number;
};

/** The first of a conversation; `turn` counts up as entries become the first of theirs. */
type Head<T> = { key: string; item: T; turn: number };

type Spec<T> = {
  conversationOf: (value: T) => Conversation;
  /** Which of two heads is given out first. */
  isBefore: (a: Head<T>, b: Head<T>) => boolean;
};

function createConversationQueue<T extends Waiting>({
  conversationOf,
  isBefore,
}: Spec<T>): ConversationQueue<T> {
  const queues = new Map<string, Heap<T>>();
  const turns = new Map<string, Pick<Head<T>, 'key' | 'turn'>>();
  let turn = 0;
  const heads = createDueQueue<Head<T>>(({ item }) => Math.max(item.runAt, item.lease?.until ?? 0), isBefore);
  return {
    follow(key, old, value) {
      const some = value ?? old;
      if (!some) return;
      const conversation = conversationKey(conversationOf(some));
      const queue = queues.get(conversation) ?? createHeap<T>((a, b) => a.seq < b.seq);
      if (value) queue.set(key, value);
      else queue.delete(key);
      const head = queue.peek();
      if (!head) {
        queues.delete(conversation);
        turns.delete(conversation);
        return heads.set(conversation, undefined);
      }
      queues.set(conversation, queue);
      const known = turns.get(conversation);
      const at = known?.key === head.key ? known.turn : ++turn;
      turns.set(conversation, { key: head.key, turn: at });
      heads.set(conversation, { ...head, turn: at });
    },
    claimable({ now, platforms, except }, limit) {
      const isForeign = (conversation: string): boolean =>
        !platforms.has(conversation.slice(0, conversation.indexOf(':')) as never);
      const isLeftOut = (it: string): boolean => isForeign(it) || (except?.has(it) ?? false);
      return heads.due(now, limit, isLeftOut).map(({ item }) => item);
    },
    size: (conversation) => queues.get(conversation)?.size() ?? 0,
  };
}

/** Messages to leave, in the order of their commits. */
export const createOutbox = (): ConversationQueue<StoredMessage> =>
  createConversationQueue({
    conversationOf: ({ message }) => message.conversation,
    isBefore: (a, b) => a.item.seq < b.item.seq,
  });

/**
 * Updates to handle: those of bound people first, so that no crowd of strangers holds them up; then one of each
 * conversation in turn, so that nobody waits for another's backlog.
 */
export const createInbox = (): ConversationQueue<Entry> =>
  createConversationQueue({
    conversationOf: ({ update }) => update.conversation,
    isBefore: (a, b) => (a.item.isBound === b.item.isBound ? a.turn < b.turn : a.item.isBound),
  });
