/** One of the two processes of the race test: takes updates and messages until told to stop. */
import { randomUUID } from 'node:crypto';
import { BotError } from '../../src/core/errors.js';
import type { Logger } from '../../src/core/ports.js';
import { openPostgresStore } from '../../src/store/postgres/index.js';
import type { Note } from '../../src/core/note.js';
import type { Change, ClaimedMessage, ClaimedTimer, ClaimedUpdate } from '../../src/core/store.js';
import { PLATFORMS } from '../../src/core/chat.js';

/** What the worker says. The parent answers each with its number, so that what it sees is in the order of the deeds. */
export type Report =
  | { kind: 'ready' }
  | { kind: 'enter' | 'leave'; conversation: string }
  | { kind: 'send'; key: string; attempts: number }
  | { kind: 'sent'; key: string }
  | { kind: 'timer'; key: string; attempts: number }
  | { kind: 'timerDone'; key: string }
  | { kind: 'numbers'; values: number[] }
  | { kind: 'conflict'; of: string }
  | { kind: 'updatesDone' };

const LEASE_MS = 60_000;
const BATCH = 7;
const NUMBERS = 150;
/** The request that all lines of the record name, so that they can be read together. */
const RACE_REQUEST = 'QS-2026-000001';

const { STORE_URL: url = '', START: start = '', UPDATES: count = '' } = process.env;
const now = Number(start);
const waiting = new Map<number, () => void>();
let reports = 0;
let isStopped = false;
process.on('message', (message: { stop: true } | { answer: number }) => {
  if ('stop' in message) isStopped = true;
  else waiting.get(message.answer)?.();
});
const report = (what: Report): Promise<void> =>
  new Promise((resolve) => {
    const number = reports++;
    waiting.set(number, resolve);
    process.send?.({ number, ...what });
  });

const log: Logger = { debug() {}, info() {}, warn: console.error, error: console.error };
const store = await openPostgresStore({ url, log });

/** Each commit that loses against the other process is told. */
async function tryCommit(of: string, changes: Parameters<typeof store.commit>[0]): Promise<boolean> {
  try {
    await store.commit(changes);
    return true;
  } catch (error) {
    if (!(error instanceof BotError) || error.code !== 'CONFLICT') throw error;
    await report({ kind: 'conflict', of });
    return false;
  }
}

const record = (act: string): Change => ({
  kind: 'record',
  entry: { at: now, kind: 'admin', actor: null, update: null, request: RACE_REQUEST, data: { act } },
});

/** Conversations are worked off by whichever process is free, each by one at a time. */
async function takeUpdate({ update: { id, conversation }, lease }: ClaimedUpdate): Promise<void> {
  await report({ kind: 'enter', conversation: conversation.chatId });
  const note: Note = { at: now, topic: 'no-row', text: id, rows: [], edition: 'e' };
  const changes: Change[] = [{ kind: 'note', note }, record(id)];
  // Before the commit: after it the next one may begin at once.
  await report({ kind: 'leave', conversation: conversation.chatId });
  await tryCommit(id, [...changes, { kind: 'updateDone', id, lease, at: now }]);
}

const claimNow = () => ({
  ...{ now, lease: randomUUID(), leaseMs: LEASE_MS },
  platforms: new Set(PLATFORMS),
});

/** Every seventh message fails at its first try. */
async function send({ message: { key }, attempts, lease }: ClaimedMessage): Promise<void> {
  if (attempts === 1 && Number(key.split('#')[0]) % 7 === 0)
    return void (await tryCommit(key, [{ kind: 'outgoingRetry', key, lease, runAt: now }]));
  await report({ kind: 'send', key, attempts });
  if (await tryCommit(key, [{ kind: 'outgoingDone', key, lease, outcome: 'sent', at: now }]))
    await report({ kind: 'sent', key });
}

/** Both hear everything: each update is kept once. */
async function takeUpdates(): Promise<void> {
  for (let i = 0; i < Number(count); i++)
    await store.keepUpdate(
      {
        ...{ kind: 'message', id: `u${i}`, at: now, messageId: `${i}`, text: `${i}`, isAddressed: true },
        conversation: { platform: 'console', chatId: `c${i % 5}`, isDirect: true },
        user: { platform: 'console', id: '张三' },
      },
      { isBound: true, now },
    );
  while (!isStopped && (await store.listNotes()).length < Number(count))
    await Promise.all((await store.claimDueUpdates(claimNow(), BATCH)).map(takeUpdate));
  await report({ kind: 'updatesDone' });
}

async function sendMessages(): Promise<void> {
  while (!isStopped) await Promise.all((await store.claimDueMessages(claimNow(), BATCH)).map(send));
}

/** Every fifth timer is put off at its first try. */
async function fire({ timer: { key }, attempts, lease }: ClaimedTimer): Promise<void> {
  if (attempts === 1 && Number(key.slice(1)) % 5 === 0)
    return void (await tryCommit(key, [{ kind: 'timerRetry', key, lease, runAt: now }]));
  await report({ kind: 'timer', key, attempts });
  if (await tryCommit(key, [record(key), { kind: 'timerDone', key, lease }]))
    await report({ kind: 'timerDone', key });
}

async function fireTimers(): Promise<void> {
  while (!isStopped) await Promise.all((await store.claimDueTimers(now, claimNow(), BATCH)).map(fire));
}

async function takeNumbers(): Promise<void> {
  const values = await Promise.all(Array.from({ length: NUMBERS }, () => store.takeNumber('race')));
  await report({ kind: 'numbers', values });
}

await report({ kind: 'ready' });
await Promise.all([takeUpdates(), sendMessages(), fireTimers(), takeNumbers()]);
await store.close();
process.disconnect();
