/** The data of a chaos run: a fresh place before it, what the bot kept after it. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { recordTableLines } from '../../src/store/postgres/record.js';
import { listRecordFiles, sourceLines } from '../../src/store/lowdb/record-file.js';
import { verifyChain, type SourceLine } from '../../src/store/record.js';
import type { Store } from '../../src/core/store.js';

export type StoreKind = 'lowdb' | 'postgres';

export type Data = {
  /** Settings for the bot. */
  env: Record<string, string>;
  /** Only while no bot runs on it. */
  open(): Promise<Store>;
  /** Reads the chain of the record as it lies there, from its first line. */
  verifyRecord(): Promise<{ lines: number; problem: string | null }>;
  remove(): Promise<void>;
};

const TEST_DATABASE = 'postgres://postgres@127.0.0.1:5432/test';
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export async function createData(kind: StoreKind, dataDir: string): Promise<Data> {
  if (kind === 'lowdb')
    return {
      env: {},
      open: () => openLowdbStore(join(dataDir, 'store')),
      verifyRecord: () => verify(sourceLines(listRecordFiles(join(dataDir, 'store', 'record')))),
      remove: () => Promise.resolve(),
    };
  const base = process.env['TEST_DATABASE_URL'] ?? TEST_DATABASE;
  const schema = `chaos_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const url = new URL(base);
  url.searchParams.set('options', `-c search_path=${schema}`);
  await runSql(base, `create schema ${schema}`);
  return {
    env: { DATABASE_URL: url.href },
    async open() {
      const { openPostgresStore } = await import('../../src/store/postgres/index.js');
      return openPostgresStore({ url: url.href, log: SILENT });
    },
    async verifyRecord() {
      const { default: pg } = await import('pg');
      const client = new pg.Client({ connectionString: url.href });
      await client.connect();
      try {
        return await verify(
          recordTableLines(
            async (sql: string, values: unknown[] = []) => (await client.query(sql, values)).rows as never,
          ),
        );
      } finally {
        await client.end();
      }
    },
    remove: () => runSql(base, `drop schema ${schema} cascade`),
  };
}

async function runSql(url: string, sql: string): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function verify(lines: AsyncIterable<SourceLine>): Promise<{ lines: number; problem: string | null }> {
  const verdict = await verifyChain(lines);
  return verdict.isSound
    ? { lines: verdict.count, problem: null }
    : { lines: 0, problem: `${verdict.place}: ${verdict.problem}` };
}
