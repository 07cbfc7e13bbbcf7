/** Connections, transactions, migrations and error texts of PostgreSQL; the statements of the store are in postgres.ts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseError, Pool, type PoolClient, type PoolConfig } from 'pg';
import { BotError, errorText } from '../../core/errors.js';
import type { Logger } from '../../core/ports.js';

const CONNECT_TIMEOUT_MS = 10_000;
/** Runs of a transaction that the server broke off as a deadlock and thereby undid. */
const MAX_RUNS = 3;

/** An advisory lock is known by a number in the whole database: the schema is part of it, the seed tells the uses apart. */
export const lockNumber = (key: string, seed: number): string =>
  `hashtextextended(current_schema() || '/' || ${key}, ${seed})`;
export const LOCK_SEED = { outbox: 2, record: 3, instance: 4 };

/** A pool that outlives its connections: one that drops is logged and replaced at the next use. */
export function openPool(url: string, log: Logger, settings: PoolConfig): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: 'qingdan',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    ...settings,
  });
  // Without a listener a dropped connection ends the process. The pool repeats what its idle clients report.
  pool.on('error', () => undefined);
  pool.on('connect', (client) =>
    client.on('error', (error) => log.warn({ error: errorText(error) }, 'database connection lost')),
  );
  return pool;
}

/** All or nothing. Again after a deadlock: the server has undone the run, so nothing can double. */
export async function runTransaction<T>(pool: Pool, task: (client: PoolClient) => Promise<T>): Promise<T> {
  for (let run = 1; ; run++) {
    const client = await pool.connect();
    try {
      await client.query('begin isolation level read committed');
      const value = await task(client);
      await client.query('commit');
      client.release();
      return value;
    } catch (error) {
      const isAnswered = error instanceof DatabaseError || error instanceof BotError;
      const undone = isAnswered ? client.query('rollback') : Promise.reject(error);
      await undone.then(
        () => client.release(),
        () => client.release(true),
      );
      if (run >= MAX_RUNS || !(error instanceof DatabaseError && error.code === '40P01')) throw error;
    }
  }
}

/** Numbered and in order, from the sources also when the bundle runs: it holds no SQL. */
function listMigrations(): { id: number; name: string; sql: string }[] {
  let root = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(root, 'package.json'))) root = dirname(root);
  const dir = join(root, 'src/store/migrations');
  const names = readdirSync(dir).filter((name) => /^\d{4}_\w+\.sql$/.test(name));
  return names
    .sort()
    .map((name) => ({ id: Number(name.slice(0, 4)), name, sql: readFileSync(join(dir, name), 'utf8') }));
}

/**
 * Each migration in a transaction that first takes its number: a process that races for it waits, then skips it.
 * @throws BotError 'STORE' when the database is of a newer version.
 */
export async function migrate(pool: Pool, log: Logger): Promise<void> {
  const table = `create table if not exists qingdan_migrations (id integer primary key, name text not null)`;
  await pool.query(table).catch((error: unknown) => {
    // "If not exists" is no lock: the slower of two processes gets one of these, and the table is there.
    const isRace = error instanceof DatabaseError && ['23505', '42P07', '42710'].includes(error.code ?? '');
    if (!isRace) throw error;
  });
  const migrations = listMigrations();
  const known = migrations.at(-1)?.id ?? 0;
  const newest = `select coalesce(max(id), 0) as id from qingdan_migrations`;
  const { id: stored = 0 } = (await pool.query<{ id: number }>(newest)).rows[0] ?? {};
  if (stored > known)
    throw new BotError(
      'STORE',
      `数据库的结构是第${stored}版,本程序只认识到第${known}版。处理办法:换用写下它的程序版本或更新的版本。`,
    );
  for (const { id, name, sql } of migrations)
    await runTransaction(pool, async (client) => {
      const take = `insert into qingdan_migrations (id, name) values ($1, $2) on conflict (id) do nothing`;
      if ((await client.query(take, [id, name])).rowCount === 0) return;
      await client.query(sql);
      log.info({ migration: name }, 'database schema brought up to date');
    });
}

/** Says what to do; `place` is without user and password. */
export function storeError(place: string, error: unknown, isClosed: boolean): BotError {
  if (error instanceof BotError) return error;
  if (isClosed) return new BotError('STORE', '数据存储已关闭', { cause: error });
  const code = (error as { code?: unknown }).code;
  // Of a name with several addresses Node reports an error with an empty message.
  const detail = errorText(error) || String(code);
  const text =
    !(error instanceof DatabaseError) || /^(08|57P)/.test(String(code))
      ? `数据库(${place})连接不上或连接中断:${detail}。处理办法:确认 PostgreSQL 正在运行,DATABASE_URL 的主机和端口正确。`
      : /^28/.test(String(code))
        ? `数据库(${place})拒绝登录:${detail}。处理办法:核对 DATABASE_URL 的用户和口令。`
        : code === '3D000'
          ? `数据库(${place})不存在:${detail}。处理办法:先用 createdb 建库。`
          : `数据库(${place})操作失败:${detail}(${String(code)})`;
  // 22 and 23 speak of these very values: others can be stored, and trying again would not help.
  const isOfValues = error instanceof DatabaseError && /^2[23]/.test(String(code));
  return new BotError(isOfValues ? 'INVALID' : 'STORE', text, { cause: error });
}
