/** Who holds what, and whether it is alive: what a dead process held is free as soon as another one starts. */
import type { Pool } from 'pg';
import { LOCK_SEED, lockNumber, runTransaction } from './database.js';
import type { Query } from './requests.js';
import type { Platform } from '../../core/chat.js';
import type { Hold } from '../../core/store.js';

const LOCK = lockNumber('$1', LOCK_SEED.instance);

/** What is held, and by which process: tokens are `instance/…`. */
const HELD: readonly { kind: Hold['kind']; table: string; key: string }[] = [
  { kind: 'message', table: 'outgoing', key: 'key' },
  { kind: 'timer', table: 'timers', key: 'key' },
  { kind: 'update', table: 'inbox', key: 'id' },
];

/** A process that has not said for so long that it lives runs nothing. */
const ALIVE_MS = 15_000;
const FORGOTTEN_MS = 24 * 3_600_000;

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
    ({ table }) => `select split_part(lease, '/', 1) as instance from ${table} where lease like '%/%'`,
  );
  const { rows } = await pool.query<{ instance: string }>(holders.join(' union '));
  for (const { instance } of rows)
    await runTransaction(pool, async (client) => {
      const sql = `select pg_try_advisory_xact_lock(${LOCK}) as "isDead"`;
      const [answer] = (await client.query<{ isDead: boolean }>(sql, [instance])).rows;
      if (!answer?.isDead) return;
      for (const { table } of HELD)
        await client.query(`update ${table} set lease_until = 0 where split_part(lease, '/', 1) = $1`, [
          instance,
        ]);
    });
}

/**
 * See `Store.startTime`: in step with a living process where there is one. A lock of the server tells who lives: clocks
 * are what is in doubt here.
 */
export async function startTime(pool: Pool, instance: string, wall: number): Promise<number> {
  const sql = `select seen_at as "seenAt", not pg_try_advisory_xact_lock(${LOCK.replace('$1', 'instance')}) as "isAlive"
    from instances where instance <> $1`;
  const { rows } = await pool.query<{ seenAt: number; isAlive: boolean }>(sql, [instance]);
  const living = rows.filter(({ isAlive }) => isAlive);
  if (living.length > 0) return Math.max(...living.map(({ seenAt }) => seenAt));
  return Math.max(wall, ...rows.map(({ seenAt }) => seenAt));
}

/** See `Store.beat`. */
export async function beat(
  query: Query,
  instance: string,
  platforms: ReadonlySet<Platform>,
  now: number,
): Promise<ReadonlyMap<Platform, number>> {
  await query(
    `insert into instances (instance, platforms, seen_at) values ($1, $2, $3)
     on conflict (instance) do update set platforms = excluded.platforms, seen_at = excluded.seen_at`,
    [instance, [...platforms], now],
  );
  await query(`delete from instances where seen_at < $1`, [now - FORGOTTEN_MS]);
  const rows = await query<{ platform: Platform; count: number }>(
    `select platform, count(*)::integer as count from instances, unnest(platforms) as platform
     where seen_at > $1 group by platform`,
    [now - ALIVE_MS],
  );
  return new Map(rows.map(({ platform, count }) => [platform, count]));
}

/** See `Store.pause`. */
export const pause = async (query: Query, platform: Platform, until: number): Promise<void> => {
  await query(
    `insert into pauses (platform, until) values ($1, $2)
     on conflict (platform) do update set until = greatest(pauses.until, excluded.until)`,
    [platform, until],
  );
};

export async function listPauses(query: Query): Promise<ReadonlyMap<Platform, number>> {
  const rows = await query<{ platform: Platform; until: number }>(`select platform, until from pauses`);
  return new Map(rows.map(({ platform, until }) => [platform, until]));
}
