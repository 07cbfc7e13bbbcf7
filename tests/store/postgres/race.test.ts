/** Two processes on one PostgreSQL: what one connection, or one process, can never show. */
import { fork, type ChildProcess } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { openPostgresStore } from '../../../src/store/postgres/index.js';
import { verifyRecordTable } from '../../../src/store/verify.js';
import { schedule } from '../../helpers/changes.js';
import { START } from '../../helpers/clock.js';
import { createLogRecorder } from '../../helpers/context.js';
import { createSchema, hasPostgres } from '../../helpers/postgres.js';
import type { Report } from '../../helpers/store-worker.js';

const UPDATES = 80;
const CONVERSATIONS = 60;
const MESSAGES = 300;
const TIMERS = 200;
const RACE_REQUEST = 'QS-2026-000001';
/** Bundled with the program. */
const WORKER = 'dist/tests/helpers/store-worker.js';
const RACE_MS = 120_000;

const isRunning = await hasPostgres();
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill();
});

/** Resolves with the reports of all workers, in the order of the deeds, after they have ended. */
async function race(worker: string, url: string): Promise<{ pid?: number; report: Report }[]> {
  const seen: { pid?: number; report: Report }[] = [];
  const count = (kind: Report['kind']) => seen.filter(({ report }) => report.kind === kind).length;
  /** Not answered before both are ready: neither gets a start. */
  const held: (() => void)[] = [];
  const run = (): Promise<void> => {
    const env = { PATH: process.env.PATH, STORE_URL: url, START: String(START), UPDATES: String(UPDATES) };
    const child = fork(worker, { env, execArgv: [] });
    children.push(child);
    child.on('message', ({ number, ...report }: Report & { number: number }) => {
      seen.push({ pid: child.pid, report });
      const answer = () => void child.send({ answer: number });
      if (report.kind === 'ready') held.push(answer);
      else answer();
      if (held.length === 2) for (const start of held.splice(0)) start();
      const isOver =
        count('sent') === MESSAGES && count('timerDone') === TIMERS && count('updatesDone') === 2;
      if (isOver && count('numbers') === 2)
        for (const each of children) if (each.connected) each.send({ stop: true });
    });
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`worker ended with ${code}`))));
    });
  };
  await Promise.all([run(), run()]);
  return seen;
}

describe.skipIf(!isRunning)('two processes', { timeout: RACE_MS }, () => {
  it('send every message once and in order, and take every update once', async () => {
    const worker = WORKER;
    const schema = await createSchema();
    const store = await openPostgresStore({ url: schema.url, log: createLogRecorder() });
    try {
      const keys = Array.from({ length: MESSAGES }, (_, i) => `${i}#${i % CONVERSATIONS}`);
      for (const key of keys) {
        const conversation = {
          platform: 'console',
          chatId: key.split('#')[1] ?? '',
          isDirect: true,
        } as const;
        const message = { key, conversation, reply: { text: key } };
        await store.commit([{ kind: 'outgoing', message, runAt: START }]);
      }

      const timers = Array.from({ length: TIMERS }, (_, i) => `t${i}`);
      await store.commit(timers.map((key) => schedule(key)));

      const seen = await race(worker, schema.url);
      const sent = seen.flatMap(({ report }) => (report.kind === 'send' ? [report.key] : []));
      expect([...sent].sort()).toEqual([...keys].sort());
      for (let c = 0; c < CONVERSATIONS; c++) {
        const ofConversation = (key: string) => key.endsWith(`#${c}`);
        expect(sent.filter(ofConversation)).toEqual(keys.filter(ofConversation));
      }
      const tries = seen.flatMap(({ report }) => (report.kind === 'send' ? [report] : []));
      for (const { key, attempts } of tries)
        expect(attempts).toBe(Number(key.split('#')[0]) % 7 === 0 ? 2 : 1);
      const fired = seen.flatMap(({ report }) => (report.kind === 'timer' ? [report] : []));
      expect(fired.map(({ key }) => key).sort()).toEqual([...timers].sort());
      for (const { key, attempts } of fired) expect(attempts).toBe(Number(key.slice(1)) % 5 === 0 ? 2 : 1);
      const numbers = seen.flatMap(({ report }) => (report.kind === 'numbers' ? report.values : []));
      expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, i) => i + 1));
      expect(numbers).toHaveLength(300);
      expect(seen.filter(({ report }) => report.kind === 'conflict')).toEqual([]);
      // Both really took part.
      for (const kind of ['send', 'timer', 'numbers'] as const)
        expect(new Set(seen.flatMap(({ pid, report }) => (report.kind === kind ? [pid] : []))).size).toBe(2);

      const notes = (await store.listNotes()).map((note) => note.text);
      const updates = Array.from({ length: UPDATES }, (_, i) => `u${i}`);
      expect(notes.sort()).toEqual([...updates].sort());
      const acts = (await store.listRecord(RACE_REQUEST)).map(({ data }) => String(data['act']));
      expect(acts.sort()).toEqual([...updates, ...timers].sort());
      const { verdict } = await verifyRecordTable(schema.url, createLogRecorder());
      expect(verdict).toMatchObject({ isSound: true, count: UPDATES + TIMERS });
      const inside = new Set<string>();
      for (const { report } of seen) {
        if (report.kind === 'enter') {
          expect(inside.has(report.conversation)).toBe(false);
          inside.add(report.conversation);
        }
        if (report.kind === 'leave') inside.delete(report.conversation);
      }
    } finally {
      for (const child of children) child.kill();
      await store.close();
      await schema.drop();
    }
  });
});
