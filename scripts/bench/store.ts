/** The part of `npm run bench` about the store: durable commits, restarts, queries; `npm run bench -- store` runs it alone. */
import { execFileSync, fork } from 'node:child_process';
import { closeSync, constants, cpSync, existsSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { Client } from 'pg';
import { errorText } from '../../src/core/errors.js';
import { openLowdbStore, SNAPSHOT_EVERY } from '../../src/store/lowdb/index.js';
import { openPostgresStore } from '../../src/store/postgres/index.js';
import { BENCH_START, changesOfFiling, changesOfMove, makeRequest } from './requests.js';
import type { Heard } from '../../src/core/chat.js';
import type { Change, Store } from '../../src/core/store.js';
import type { RequestFilter } from '../../src/core/filters.js';
import { SILENT } from '../shared/silent-log.js';
import { round, spread, type Print } from './figures.js';

const SIZES = [1_000, 20_000, 100_000];
const QUERIED = 20_000;
const COMMITS = 4_000;
/** So that two snapshots fall into the commits measured. */
const SNAPSHOT_OFTEN = 1_500;
const QUERIES = 200;
const FILINGS = 500;
const BASELINE_WRITES = 5;
/** Into one commit while filling. */
const BATCH = 200;
const POSTGRES_SECONDS = 5;
const POSTGRES_URL = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';

const CLAIM = {
  now: BENCH_START,
  lease: 'l',
  leaseMs: 60_000,
  platforms: new Set(['telegram'] as const),
};
const updateOf = (i: number): Heard => ({
  ...{
    kind: 'message',
    id: `u${i}`,
    messageId: String(i),
    at: BENCH_START,
    text: '路灯坏了',
    isAddressed: true,
  },
  conversation: { platform: 'telegram', chatId: String(i), isDirect: true },
  user: { platform: 'telegram', id: String(i) },
});

async function timed(task: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await task();
  return performance.now() - started;
}

async function fill(store: Store, size: number): Promise<void> {
  for (let from = 0; from < size; from += BATCH)
    await store.commit(
      Array.from({ length: Math.min(BATCH, size - from) }, (_, i): Change => {
        return { kind: 'request', request: makeRequest(from + i), expectedVersion: 0 };
      }),
    );
}

/** What the disk takes for one synced write of the size of a commit: no journal can be faster. */
function rawWrites(dir: string): number[] {
  const fd = openSync(join(dir, 'raw'), constants.O_WRONLY | constants.O_CREAT | constants.O_DSYNC);
  const bytes = Buffer.alloc(6_000, 'a');
  const times = Array.from({ length: 500 }, () => {
    const started = performance.now();
    writeSync(fd, bytes);
    return performance.now() - started;
  });
  closeSync(fd);
  return times;
}

/** lowdb as its README shows it: the whole document is written at every change, and not synced. */
async function plainLowdb(dir: string, size: number): Promise<number[]> {
  const requests = Object.fromEntries(Array.from({ length: size }, (_, i) => [i, makeRequest(i)]));
  const db = new Low(new JSONFile<typeof requests>(join(dir, 'plain.json')), requests);
  const times: number[] = [];
  for (let i = 0; i < BASELINE_WRITES; i++) times.push(await timed(() => db.write()));
  return times;
}

async function commits(dir: string, size: number, print: Print): Promise<void> {
  const store = await openLowdbStore(dir, undefined, { snapshotEvery: SNAPSHOT_OFTEN });
  await fill(store, size);
  await store.settled();
  const quiet: number[] = [];
  const writing: number[] = [];
  const versions = new Map<number, number>();
  for (let i = 0; i < COMMITS; i++) {
    const n = (i * 7_919) % size;
    const version = versions.get(n) ?? 1;
    versions.set(n, version + 1);
    const isWriting = existsSync(join(dir, 'state.json.tmp'));
    (isWriting ? writing : quiet).push(await timed(() => store.commit(changesOfMove(n, version, i))));
  }
  print(`durable commit, ${size} live requests p50 / p99 / max (ms)`, spread(quiet));
  print(`  while a snapshot is written (${writing.length} commits)`, spread(writing));
  await store.close();
}

/** In a process of its own, as it is in life. */
function restart(dir: string): number {
  const program = `import { openLowdbStore, SNAPSHOT_EVERY } from './dist/src/store/lowdb/index.js';
    const started = performance.now();
    const store = await openLowdbStore(process.argv[1]);
    console.log(performance.now() - started);
    await store.close();`;
  const args = ['--input-type=module', '-e', program, dir];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

async function restarts(dir: string, size: number, print: Print): Promise<void> {
  print(`restart with ${size} requests after a clean stop (s)`, round(restart(dir) / 1000));
  const store = await openLowdbStore(dir, undefined, { snapshotEvery: Infinity });
  // The most that a kill can leave in the journals.
  const moves = Array.from({ length: SNAPSHOT_EVERY - 1 }, (_, i) => changesOfFiling(size + i, i));
  for (let from = 0; from < moves.length; from += BATCH)
    await Promise.all(moves.slice(from, from + BATCH).map((changes) => store.commit(changes)));
  const killed = `${dir}-killed`;
  cpSync(dir, killed, { recursive: true });
  await store.close();
  print(`restart after a kill, ${moves.length} commits in the journal (s)`, round(restart(killed) / 1000));
  rmSync(killed, { recursive: true });
}

async function queries(dir: string, print: Print): Promise<void> {
  const store = await openLowdbStore(dir);
  const pages: [string, (i: number) => RequestFilter][] = [
    ['待我办理', (i) => ({ assignedTo: `县第${i % 30}局`, isOpen: true })],
    ['我的请求', (i) => ({ account: `feishu:ou_${i % 500}` })],
    ['逾期', (i) => ({ dueUntil: BENCH_START + i * 3_600_000, isOpen: true })],
    ['按词', (i) => ({ words: [`第${i % 37}村`, '照明'] })],
    ['全部', () => ({})],
  ];
  for (const [name, filterOf] of pages) {
    const times: number[] = [];
    for (let i = 0; i < QUERIES; i++)
      times.push(await timed(() => store.findRequests(filterOf(i), { offset: 0, limit: 10 })));
    print(`query ${name}, ${QUERIED} open p50 / p99 / max (ms)`, spread(times));
  }
  const filing: number[] = [];
  for (let i = 0; i < FILINGS; i++)
    filing.push(
      await timed(async () => {
        await store.keepUpdate(updateOf(i), { isBound: true, now: BENCH_START, claim: CLAIM });
        await store.takeNumber('2026');
        const consumed: Change = { kind: 'updateDone', id: `u${i}`, lease: 'l', at: BENCH_START };
        await store.commit([...changesOfFiling(QUERIED + i, i), consumed]);
      }),
    );
  print(`filing to durable, ${QUERIED} open p50 / p99 / max (ms)`, spread(filing));
  await store.close();
}

/** Commits per second of so many processes, eight at a time in each. */
async function postgresRate(url: string, processes: number): Promise<number> {
  const runs = Array.from({ length: processes }, (_, i) => {
    const child = fork('dist/scripts/bench/store-worker.js', [url, String(i), String(POSTGRES_SECONDS)]);
    return new Promise<number>((resolve, reject) => {
      child.once('message', (count) => resolve(Number(count)));
      child.once('exit', (code) => reject(new Error(`worker ended with ${code}`)));
    });
  });
  const counts = await Promise.all(runs);
  return counts.reduce((a, b) => a + b, 0) / POSTGRES_SECONDS;
}

async function postgres(print: Print): Promise<void> {
  const client = new Client({ connectionString: POSTGRES_URL, connectionTimeoutMillis: 3_000 });
  try {
    await client.connect();
  } catch (error) {
    print('PostgreSQL', `skipped, no server (${errorText(error)})`);
    return;
  }
  const schema = `bench_${process.pid}`;
  await client.query(`create schema ${schema}`);
  try {
    const url = new URL(POSTGRES_URL);
    url.searchParams.set('options', `-c search_path=${schema}`);
    const store = await openPostgresStore({ url: url.href, log: SILENT });
    await fill(store, QUERIED);
    const times: number[] = [];
    for (let i = 0; i < FILINGS; i++)
      times.push(await timed(() => store.commit(changesOfFiling(QUERIED + i, i))));
    print('PostgreSQL, one commit after the other p50 / p99 / max (ms)', spread(times));
    await store.close();
    for (const processes of [1, 2])
      print(
        `PostgreSQL commits per second, ${processes} process(es)`,
        round(await postgresRate(url.href, processes), 0),
      );
  } finally {
    await client.query(`drop schema ${schema} cascade`);
    await client.end();
  }
}

/** `dir` is on the disk to be measured; what is made in it is left there. */
export async function benchStore(dir: string, print: Print): Promise<void> {
  mkdirSync(dir, { recursive: true });
  print('baseline: one synced write of 6 KB p50 / p99 / max (ms)', spread(rawWrites(dir)));
  for (const size of SIZES) {
    const folder = join(dir, String(size));
    await commits(folder, size, print);
    globalThis.gc?.();
    if (size === QUERIED) {
      print('  baseline: plain lowdb, not synced p50 / p99 / max (ms)', spread(await plainLowdb(dir, size)));
      await queries(folder, print);
    }
    if (size === SIZES.at(-1)) await restarts(folder, size, print);
  }
  await postgres(print);
}
