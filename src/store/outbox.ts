/** The outbox in memory: a queue for each conversation, and the heads of the queues by when they may leave. */
import { conversationKey } from '../core/types.js';
import { createDueQueue, createHeap, type Heap } from './heap.js';
import type { Job } from './schema.js';

const freeAt = (job: Job): number => Math.max(job.runAt, job.lease?.until ?? 0);
const isBefore = (a: Job, b: Job): boolean => a.seq < b.seq;

export type Outbox = {
  /** Follows the table of the jobs. */
  follow(key: string, old: Job | undefined, job: Job | undefined): void;
  /** Due jobs that are the first of their conversation and held by nobody, in the order of their commits. */
  claimable(now: number, limit: number, except?: ReadonlySet<string>): Job[];
};

export function createOutbox(): Outbox {
  const conversations = new Map<string, Heap<Job>>();
  const heads = createDueQueue(freeAt, isBefore);
  return {
    follow(key, old, job) {
      const message = (job ?? old)?.message;
      if (!message) return;
      const conversation = conversationKey(message.conversation);
      const queue = conversations.get(conversation) ?? createHeap(isBefore);
      if (job) queue.set(key, job);
      else queue.delete(key);
      const head = queue.peek()?.item;
      if (head) conversations.set(conversation, queue);
      else conversations.delete(conversation);
      heads.set(conversation, head);
    },
    claimable: (now, limit, except) =>
      heads.due(now, limit, (conversation) => except?.has(conversation) ?? false),
  };
}
