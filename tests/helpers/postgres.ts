/** A real PostgreSQL for tests: a fresh schema for each, or a loud word about how to start a server. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { errorText } from '../../src/core/errors.js';

const BASE_URL = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';
const CONNECT_TIMEOUT_MS = 3_000;
/** No test loses the server: a commit need not wait for its disk, which is most of what a fresh schema costs. */
const AT_ONCE = '-c synchronous_commit=off';

const HOW_TO_START = `Start one and run again:
  docker run --rm -d -p 5432:5432 -e POSTGRES_HOST_AUTH_METHOD=trust -e POSTGRES_DB=test postgres:15
or set TEST_DATABASE_URL.`;

/** Runs SQL over a connection of its own. */
export async function runSql(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const options = new URL(url).searchParams.get('options') ?? AT_ONCE;
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, options });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** False, with a warning, when no server answers; in CI that is an error. */
export async function hasPostgres(): Promise<boolean> {
  try {
    await runSql(BASE_URL, 'select 1');
    return true;
  } catch (error) {
    const reason = errorText(error) || String((error as { code?: unknown }).code);
    const message = `NO POSTGRESQL, its tests are SKIPPED (${reason}). ${HOW_TO_START}`;
    if (process.env.CI) throw new Error(message, { cause: error });
    console.warn(message);
    return false;
  }
}

export type TestSchema = { name: string; url: string; drop(): Promise<void> };

/** An empty schema; `url` makes it the only one that its connections see, and bears its name in pg_stat_activity. */
export async function createSchema(): Promise<TestSchema> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runSql(BASE_URL, `create schema ${name}`);
  const url = new URL(BASE_URL);
  url.searchParams.set('options', `-c search_path=${name} ${AT_ONCE}`);
  url.searchParams.set('application_name', name);
  const drop = async () => void (await runSql(BASE_URL, `drop schema ${name} cascade`));
  return { name, url: url.href, drop };
}

/** What a store has written, its numbers too; the tables stay. */
const EMPTIED = `do $$ declare each record; begin
  for each in select tablename as name from pg_tables
    where schemaname = current_schema and tablename <> 'qingdan_migrations' loop
    execute format('delete from %I', each.name);
  end loop;
  for each in select sequencename as name from pg_sequences where schemaname = current_schema loop
    execute format('alter sequence %I restart', each.name);
  end loop;
end $$`;
const lent: TestSchema[] = [];

/**
 * A schema that a store of this version may have stood in and that is empty again: its tables, which take longest, are made once for
 * tests that follow each other. `drop` gives it back; {@link dropLent} drops those at the end.
 */
export async function lendSchema(): Promise<TestSchema> {
  const schema = lent.pop() ?? (await createSchema());
  const drop = async () => {
    await runSql(schema.url, EMPTIED);
    lent.push(schema);
  };
  return { ...schema, drop };
}

export const dropLent = async (): Promise<void> => {
  for (const { drop } of lent.splice(0)) await drop();
};
