/** Snapshots of earlier versions: one JSON, read once and written in the present form from then on. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { z } from 'zod';
import { checksum } from './lines.js';
import { OldState, type StoredMessage } from './schema.js';
import { damaged, wrongForm } from './snapshot-errors.js';
import { createState, type State } from './state.js';

/** Version 1 began with its JSON, version 2 with a line that holds only the checksum. */
export function isOldFormat(file: string): boolean {
  const start = Buffer.alloc(9);
  const fd = openSync(file, 'r');
  readSync(fd, start, 0, start.length, 0);
  closeSync(fd);
  return start[0] === 0x7b || start[8] === 0x0a;
}

/** @throws BotError 'STORE' for a damaged file or one of another version. */
export function readOldSnapshot(file: string): State {
  const text = readFileSync(file, 'utf8');
  const isPlain = text.startsWith('{');
  const json = isPlain ? text : text.slice(9);
  if (!isPlain && text.slice(0, 8) !== checksum(json)) throw damaged(file, '校验和不符');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw damaged(file, '不是完整的 JSON');
  }
  const parsed = OldState.safeParse(fromVersion1(value));
  if (!parsed.success) throw wrongForm(file, z.prettifyError(parsed.error).split('\n')[0] ?? '');
  return toState(parsed.data);
}

function toState(old: OldState): State {
  const state = createState();
  const { tables } = state;
  state.segment = old.segment;
  for (const [key, session] of Object.entries(old.sessions)) tables.sessions.set(key, session);
  for (const [id, at] of Object.entries(old.updates)) tables.updates.set(id, at);
  for (const [key, stored] of Object.entries(old.outgoing)) tables.outgoing.set(key, stored);
  let seq = old.nextSeq;
  for (const note of old.notes) tables.notes.set(String(seq++), note);
  for (const entry of old.undelivered) tables.undelivered.set(String(seq++), entry);
  tables.counters.set('seq', seq);
  tables.counters.set(
    'latestAt',
    Object.values(old.updates).reduce((a, b) => Math.max(a, b), 0),
  );
  state.keep();
  return state;
}

/** Version 1 had neither order nor leases in the outbox. */
function fromVersion1(value: unknown): unknown {
  const old = value as { version?: unknown; outgoing?: Record<string, StoredMessage> } | null;
  if (old?.version !== 1) return value;
  let seq = 1;
  const outgoing = Object.fromEntries(
    Object.entries(old.outgoing ?? {}).map(([key, stored]) => [
      key,
      {
        ...stored,
        seq: seq++,
        firstTriedAt: stored.attempts > 0 ? stored.runAt : null,
        lease: null,
        isInterrupted: false,
      },
    ]),
  );
  return { ...old, version: 2, outgoing, nextSeq: seq, undelivered: [] };
}
