/** The stored shapes of the lowdb store, checked on load, and how one change alters them. */
import { z } from 'zod';
import { BotError } from '../core/errors.js';
import type { Change } from '../core/ports.js';
import { conversationKey } from '../core/types.js';

const SCHEMA_VERSION = 2;

const Conversation = z.object({
  platform: z.enum(['console', 'telegram', 'feishu']),
  chatId: z.string(),
  threadId: z.string().optional(),
  isDirect: z.boolean(),
});

const Button = z.object({
  id: z.string(),
  label: z.string(),
  value: z.string().optional(),
  style: z.enum(['primary', 'default']).optional(),
});

const Block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('field'), label: z.string(), text: z.string(), isOwn: z.boolean().optional() }),
  z.object({ kind: z.literal('source'), text: z.string() }),
]);

const Reply = z.union([
  z.object({ text: z.string() }),
  z.object({ card: z.object({ title: z.string(), blocks: z.array(Block), buttons: z.array(Button) }) }),
]);

const Outgoing = z.object({
  key: z.string(),
  conversation: Conversation,
  reply: Reply,
  replyTo: z.string().optional(),
  editMessageId: z.string().optional(),
});

const Job = z.object({
  message: Outgoing,
  /** Place in the order of all messages. */
  seq: z.number(),
  attempts: z.number(),
  runAt: z.number(),
  firstTriedAt: z.number().nullable(),
  lease: z.object({ token: z.string(), until: z.number() }).nullable(),
  isInterrupted: z.boolean(),
});
export type Job = z.infer<typeof Job>;

const Undelivered = z.object({
  key: z.string(),
  outcome: z.enum(['failed', 'uncertain']),
  at: z.number(),
  reason: z.string(),
});

const Session = z.object({
  updatedAt: z.number(),
  question: z.string().optional(),
  focus: z.string().optional(),
  offered: z.array(z.string()),
  isChoosing: z.boolean(),
  listing: z.object({ filter: z.record(z.string(), z.string()), page: z.number() }).optional(),
});

const Note = z.object({
  at: z.number(),
  topic: z.enum(['not-this-row', 'no-row', 'wrong-answer']),
  text: z.string(),
  rows: z.array(z.string()),
  edition: z.string(),
});

export const State = z.object({
  version: z.literal(SCHEMA_VERSION),
  /** Journal segments below this number are contained in the snapshot. */
  segment: z.number(),
  sessions: z.record(z.string(), Session),
  notes: z.array(Note),
  /** Consumed updates and when. */
  updates: z.record(z.string(), z.number()),
  outgoing: z.record(z.string(), Job),
  nextSeq: z.number(),
  undelivered: z.array(Undelivered),
});
export type State = z.infer<typeof State>;

/** A fresh object each time: lowdb keeps its default by reference. */
export const emptyState = (): State => ({
  version: SCHEMA_VERSION,
  segment: 0,
  sessions: {},
  notes: [],
  updates: {},
  outgoing: {},
  nextSeq: 1,
  undelivered: [],
});

/** What the journal holds: changes as committed, and claims of jobs. */
export type JournalChange =
  Change | { kind: 'jobsClaimed'; keys: string[]; lease: string; until: number; at: number };

/** Operators look at the last of them; older ones stand in the record. */
const UNDELIVERED_KEPT = 1_000;

/** Applies one change in place. Total: a journal that was written is always replayable. */
export function applyChange(state: State, change: JournalChange): void {
  switch (change.kind) {
    case 'session':
      if (change.session) state.sessions[change.key] = change.session;
      else delete state.sessions[change.key];
      return;
    case 'note':
      state.notes.push(change.note);
      return;
    case 'updateDone':
      state.updates[change.id] = change.at;
      return;
    case 'outgoing':
      state.outgoing[change.message.key] = {
        message: change.message,
        seq: state.nextSeq++,
        attempts: 0,
        runAt: change.runAt,
        firstTriedAt: null,
        lease: null,
        isInterrupted: false,
      };
      return;
    case 'jobsClaimed':
      for (const key of change.keys) {
        const job = state.outgoing[key];
        if (!job) continue;
        job.attempts++;
        job.isInterrupted = job.lease !== null;
        job.firstTriedAt ??= change.at;
        job.lease = { token: change.lease, until: change.until };
      }
      return;
    case 'outgoingDone':
      delete state.outgoing[change.key];
      if (change.outcome === 'sent') return;
      state.undelivered.push({
        key: change.key,
        outcome: change.outcome,
        at: change.at,
        reason: change.reason ?? '',
      });
      state.undelivered.splice(0, state.undelivered.length - UNDELIVERED_KEPT);
      return;
    case 'outgoingRetry': {
      const job = state.outgoing[change.key];
      if (!job) return;
      job.runAt = change.runAt;
      job.lease = null;
      job.isInterrupted = false;
      return;
    }
  }
}

/** Due jobs that are the first of their conversation and held by nobody, in the order of their commits. */
export function claimableJobs(state: State, now: number, limit: number): Job[] {
  const heads = new Map<string, Job>();
  for (const job of Object.values(state.outgoing)) {
    const key = conversationKey(job.message.conversation);
    const head = heads.get(key);
    if (!head || job.seq < head.seq) heads.set(key, job);
  }
  return [...heads.values()]
    .filter((job) => job.runAt <= now && !(job.lease && job.lease.until > now))
    .sort((a, b) => a.seq - b.seq)
    .slice(0, limit);
}

/** Version 1 had neither order nor leases in the outbox. */
function migrate(value: unknown): unknown {
  const old = value as { version?: unknown; outgoing?: Record<string, Job> } | null;
  if (old?.version !== 1) return value;
  let seq = 1;
  const outgoing = Object.fromEntries(
    Object.entries(old.outgoing ?? {}).map(([key, job]) => [
      key,
      {
        ...job,
        seq: seq++,
        firstTriedAt: job.attempts > 0 ? job.runAt : null,
        lease: null,
        isInterrupted: false,
      },
    ]),
  );
  return { ...old, version: SCHEMA_VERSION, outgoing, nextSeq: seq, undelivered: [] };
}

export function parseState(file: string, value: unknown): State {
  const parsed = State.safeParse(migrate(value));
  if (parsed.success) return parsed.data;
  throw new BotError(
    'STORE',
    `${file}:数据文件的内容不符合本版本的格式(${z.prettifyError(parsed.error).split('\n')[0]})。处理办法:不要手工修改;用备份恢复该文件,或使用写下它的版本。`,
  );
}
