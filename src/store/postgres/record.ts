/** The record (台账) in PostgreSQL: commits leave entries without waiting, one process at a time chains them. */
import type { PoolClient } from 'pg';
import { LOCK_SEED, lockNumber } from './database.js';
import { canonicalJson } from '../../files/digest.js';
import { chainLine, RECORD_START, withMac, type RecordHead, type SourceLine } from '../record.js';
import type { Query } from './requests.js';
import type { RecordEntry, RecordLine } from '../../core/store.js';

/** Chained in one transaction. */
const BATCH = 2_000;
/** Commits of this process that may wait before it chains them itself. */
const CHAIN_EVERY = 50;
/** Looks after what other processes left behind, once in so many ticks. */
const LOOK_EVERY = 100;
const READ_AT_ONCE = 5_000;

const LOCK = lockNumber(`'record'`, LOCK_SEED.record);

/**
 * Chains what is visible, in the order of the ids. The number of an entry is taken before its commit, so a lower one can
 * become visible later: it is still in `record_pending` then and comes into the next batch.
 * @returns whether there may be more.
 */
async function chainBatch(client: PoolClient, key: string | null): Promise<boolean> {
  await client.query(`select pg_advisory_xact_lock(${LOCK})`);
  const pending = await client.query<{ id: string; entry: RecordEntry }>(
    `select id, entry from record_pending order by id limit $1`,
    [BATCH],
  );
  if (pending.rows.length === 0) return false;
  const stored = await client.query<{ seq: string; hash: string }>(`select seq, hash from record_head`);
  const [last] = stored.rows;
  let head: RecordHead = last ? { seq: Number(last.seq), hash: last.hash } : RECORD_START;
  const lines: RecordLine[] = [];
  for (const { entry } of pending.rows) {
    const line = chainLine(head, entry);
    head = { seq: line.seq, hash: line.hash };
    lines.push(withMac(line, key));
  }
  await client.query(
    `insert into record (seq, request, line) select * from unnest($1::bigint[], $2::text[], $3::text[])`,
    [lines.map((l) => l.seq), lines.map((l) => l.request ?? null), lines.map((l) => canonicalJson(l))],
  );
  await client.query(
    `insert into record_head (seq, hash) values ($1, $2)
     on conflict (id) do update set seq = excluded.seq, hash = excluded.hash`,
    [head.seq, head.hash],
  );
  const ids = pending.rows.map((row) => row.id);
  await client.query(`delete from record_pending where id = any($1::bigint[])`, [ids]);
  return pending.rows.length === BATCH;
}

export type Chainer = {
  /** So many entries were committed; chains in the background when enough have come together. */
  committed(entries: number): void;
  /** Called now and then: chains what waits. */
  tick(): void;
  /** Chains all that is committed at the call. */
  chain(): Promise<void>;
  /** Resolves when nothing runs in the background. */
  idle(): Promise<void>;
};

export function createChainer(
  transaction: (task: (client: PoolClient) => Promise<void>) => Promise<void>,
  onProblem: (error: unknown) => void,
  key: string | null = null,
): Chainer {
  let waiting = 0;
  let ticks = 0;
  let running: Promise<void> | null = null;
  const chain = async (): Promise<void> => {
    waiting = 0;
    for (let isMore = true; isMore;)
      await transaction(async (client) => {
        isMore = await chainBatch(client, key);
      });
  };
  const start = (): void => {
    running ??= chain()
      .catch(onProblem)
      .finally(() => (running = null));
  };
  return {
    committed(entries) {
      waiting += entries;
      if (waiting >= CHAIN_EVERY) start();
    },
    tick() {
      if (waiting > 0 || ticks++ % LOOK_EVERY === 0) start();
    },
    chain,
    idle: async () => void (await running),
  };
}

export async function readRecord(query: Query, request: string): Promise<RecordLine[]> {
  const sql = `select line from record where request = $1 order by seq`;
  const rows = await query<{ line: string }>(sql, [request]);
  return rows.map(({ line }) => JSON.parse(line) as RecordLine);
}

export async function readRecordHead(query: Query): Promise<RecordHead | null> {
  const [row] = await query<{ seq: string; hash: string }>(`select seq, hash from record_head`);
  return row ? { seq: Number(row.seq), hash: row.hash } : null;
}

/** The whole record, some thousand lines at a time. */
export async function* recordTableLines(query: Query): AsyncGenerator<SourceLine> {
  for (let after: string | null = null; ;) {
    const rows: { seq: string; line: string }[] = await query(
      `select seq, line from record where $1::bigint is null or seq > $1::bigint order by seq limit $2`,
      [after, READ_AT_ONCE],
    );
    for (const { seq, line } of rows) yield { place: `表 record 第${seq}行`, text: line };
    after = rows.at(-1)?.seq ?? null;
    if (rows.length < READ_AT_ONCE) return;
  }
}
