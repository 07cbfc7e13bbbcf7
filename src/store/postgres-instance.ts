/** Who holds what, and whether it is alive: what a dead process held is free as soon as another one starts. */
import type { Pool } from 'pg';
import type { Hold } from '../core/ports.js';
import { LOCK_SEED, lockNumber, runTransaction } from './database.js';
import type { Query } from './postgres-requests.js';

const LOCK = lockNumber('$1', LOCK_SEED.instance);

/** What is held, and by which process: tokens are `instance/…`. */
const HELD: readonly { kind: Hold['kind']; table: string; key: string; where: string }[] = [
  { kind: 'message', table: 'outgoing', key: 'key', where: 'lease is not null' },
  { kind: 'timer', table: 'timers', key: 'key', where: 'lease is not null' },
  // Consumed ones keep the token of their last holder.
  { kind: 'update', table: 'updates', key: 'id', where: 'done_at is null' },
];

/** See `Store.renewLeases`. */
export async function renewLeases(query: Query, holds: readonly Hold[], until: number): Promise<void> {
  for (const { kind, table, key } of HELD) {
    const own = holds.filter((hold) => hold.kind === kind);
    if (own.length === 0) continue;
    await query(
      `update ${table} set lease_until = $3 from unnest($1::text[], $2::text[]) as held (name, token)
       where ${table}.${key} = held.name and lease = held.token`,
      [own.map((hold) => hold.key), own.map(({ lease }) => lease), until],
    );
  }
}

/**
 * Holds a lock of the server that ends with the connection, and so with the process. One that loses it otherwise is taken
 * for dead at the next start of another: its commits are fenced off by their leases, nothing is done twice.
 * @returns lets the connection go.
 */
export async function announceInstance(pool: Pool, instance: string): Promise<() => void> {
  const client = await pool.connect();
  await client.query(`select pg_advisory_lock(${LOCK})`, [instance]);
  return () => client.release(true);
}

/** Ends the leases of processes that are not there any more. */
export async function freeDeadInstances(pool: Pool): Promise<void> {
  const holders = HELD.map(
    ({ table, where }) => `select split_part(lease, '/', 1) as instance from ${table}
      where ${where} and lease like '%/%'`,
  );
  const { rows } = await pool.query<{ instance: string }>(holders.join(' union '));
  for (const { instance } of rows)
    await runTransaction(pool, async (client) => {
      const sql = `select pg_try_advisory_xact_lock(${LOCK}) as "isDead"`;
      const [answer] = (await client.query<{ isDead: boolean }>(sql, [instance])).rows;
      if (!answer?.isDead) return;
      for (const { table, where } of HELD)
        await client.query(
          `update ${table} set lease_until = 0 where ${where} and split_part(lease, '/', 1) = $1`,
          [instance],
        );
    });
}
