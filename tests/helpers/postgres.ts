/** A real PostgreSQL for tests: a fresh schema for each, or a loud word about how to start a server. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { errorText } from '../../src/core/errors.js';

const BASE_URL = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';
const CONNECT_TIMEOUT_MS = 3_000;

const HOW_TO_START = `Start one and run again:
  docker run --rm -d -p 5432:5432 -e POSTGRES_HOST_AUTH_METHOD=trust -e POSTGRES_DB=test postgres:15
or set TEST_DATABASE_URL.`;

/** Runs SQL over a connection of its own. */
export async function runSql(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
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
  url.searchParams.set('options', `-c search_path=${name}`);
  url.searchParams.set('application_name', name);
  const drop = async () => void (await runSql(BASE_URL, `drop schema ${name} cascade`));
  return { name, url: url.href, drop };
}
