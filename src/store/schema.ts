/** The stored shapes, checked on load, and how one change alters them. */
import { z } from 'zod';
import { BotError } from '../core/errors.js';
import type { Change } from '../core/ports.js';

export const SCHEMA_VERSION = 1;

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

const OutgoingJob = z.object({ message: Outgoing, attempts: z.number(), runAt: z.number() });

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
  outgoing: z.record(z.string(), OutgoingJob),
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
});

/** Applies one change in place. Total: a journal that was written is always replayable. */
export function applyChange(state: State, change: Change): void {
  switch (change.kind) {
    case 'session':
      if (change.session) state.sessions[change.key] = change.session;
      else delete state.sessions[change.key];
      return;
    case 'note':
      state.notes.push(change.note);
      return;
    case 'outgoing':
      state.outgoing[change.job.message.key] = change.job;
      return;
    case 'updateDone':
      state.updates[change.id] = change.at;
      return;
    case 'outgoingDone':
      delete state.outgoing[change.key];
      return;
    case 'outgoingRetry': {
      const job = state.outgoing[change.key];
      if (job) state.outgoing[change.key] = { ...job, attempts: change.attempts, runAt: change.runAt };
      return;
    }
  }
}

export function parseState(file: string, value: unknown): State {
  const parsed = State.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BotError(
    'STORE',
    `${file}:数据文件的内容不符合本版本的格式(${z.prettifyError(parsed.error).split('\n')[0]})。处理办法:不要手工修改;用备份恢复该文件,或使用写下它的版本。`,
  );
}
