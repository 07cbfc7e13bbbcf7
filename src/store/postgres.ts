/**
 * The store for several processes: PostgreSQL, own SQL. pg-boss and graphile-worker keep their jobs in tables and
 * transactions of their own: neither can hold our job states, put the change of a state into one transaction with ours,
 * and let only the first message of each conversation go.
 */
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { BotError, errorText } from '../core/errors.js';
import type {
  Change,
  ClaimedJob,
  ClaimedTimer,
  Logger,
  Note,
  OutgoingJob,
  ShownCard,
  Store,
  Timer,
  Undelivered,
} from '../core/ports.js';
import type { Ruling } from '../core/request.js';
import type { Session } from '../core/types.js';
import { LOCK_SEED, lockNumber, migrate, openPool, runTransaction, storeError } from './database.js';
import { applyChange, lockOutboxes } from './postgres-changes.js';
import { announceInstance, freeDeadInstances, renewLeases } from './postgres-instance.js';
import { prune } from './postgres-prune.js';
import { createChainer, readRecord } from './postgres-record.js';
import { findOccurrences, findReminders, readOccurrence, readReminder } from './postgres-reminders.js';
import { findRequests, readRequest } from './postgres-requests.js';
import { createQueues } from './queues.js';

/** Connections for statements and, apart from them, for conversation locks: four processes fit a default server. */
const STATEMENT_CONNECTIONS = 8;
const LOCK_CONNECTIONS = 16;
/** That the process lives. */
const INSTANCE_CONNECTIONS = 1;
/** A statement takes milliseconds; without an answer for this long, the server is gone. */
const STATEMENT_TIMEOUT_MS = 30_000;
const PRUNE_EVERY = 1_000;

const CONVERSATION_LOCK = lockNumber('$1', LOCK_SEED.conversation);

/**
 * Opens the database and brings its schema up to date. Time comes only from the caller, so processes must have their
 * clocks in step to within a lease.
 * @throws BotError 'CONFIG' when `url` is none, 'STORE' when the database is not reached or of a newer version.
 */
export async function openPostgresStore({
  url,
  log,
  instance = randomUUID(),
}: {
  url: string;
  log: Logger;
  /** Leases of this process are `instance/…`: others see by it whether their holder lives. */
  instance?: string;
}): Promise<Store> {
  // No cause: the error of the parser holds the password.
  if (!/^postgres(ql)?:/.test(url) || !URL.canParse(url))
    throw new BotError('CONFIG', 'DATABASE_URL:格式应为 postgres://用户:口令@主机:端口/数据库');
  const { host, pathname } = new URL(url);
  const pool = openPool(url, log, { max: STATEMENT_CONNECTIONS, query_timeout: STATEMENT_TIMEOUT_MS });
  // Apart from `pool`: a task that holds a lock needs a connection for its commit, so waiting for locks must use up none.
  const locks = openPool(url, log, { max: LOCK_CONNECTIONS + INSTANCE_CONNECTIONS });
  locks.on('connect', (client) => {
    // A host that lost its power keeps its locks until the server notices: two minutes instead of two hours.
    const sql = `set tcp_keepalives_idle = 60; set tcp_keepalives_interval = 15; set tcp_keepalives_count = 4`;
    client.query(sql).catch((error: unknown) => log.warn({ error: errorText(error) }, 'keepalive not set'));
  });
  const limitLocks = createLimiter(LOCK_CONNECTIONS);
  const conversations = createQueues();
  let closing: Promise<void> | undefined;
  let leave = (): void => undefined;
  let commits = 0;
  let newestAt = 0;

  const guard = async <T>(task: () => Promise<T>): Promise<T> => {
    try {
      return await task();
    } catch (error) {
      throw storeError(`${host}${pathname}`, error, closing !== undefined);
    }
  };
  const query = <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    guard(async () => (await pool.query<Row>(sql, values)).rows);
  const transaction = (task: (client: PoolClient) => Promise<void>): Promise<void> =>
    guard(() => runTransaction(pool, task));

  const withLock = async <T>(key: string, task: () => Promise<T>): Promise<T> => {
    const client = await guard(() => locks.connect());
    try {
      await guard(() => client.query(`select pg_advisory_lock(${CONVERSATION_LOCK})`, [key]));
    } catch (error) {
      client.release(true);
      throw error;
    }
    try {
      return await task();
    } finally {
      // What the task did stands; a connection that cannot unlock is closed, which frees the lock too.
      const unlocked = client.query(`select pg_advisory_unlock(${CONVERSATION_LOCK})`, [key]);
      const isUnlocked = await unlocked.then(
        () => true,
        () => false,
      );
      client.release(!isUnlocked);
    }
  };

  const chainer = createChainer(transaction, (error) =>
    log.warn({ error: errorText(error) }, 'the record is behind, it is chained later'),
  );

  const end = async (): Promise<void> => {
    leave();
    // Locks first: their running tasks can still commit.
    await locks.end();
    await chainer.idle();
    // The last entries are chained now; where that fails, the next process does it.
    await chainer
      .chain()
      .catch((error: unknown) => log.warn({ error: errorText(error) }, 'the record is behind'));
    await pool.end();
  };

  try {
    await guard(() => migrate(pool, log));
    leave = await guard(() => announceInstance(locks, instance));
    await guard(() => freeDeadInstances(pool));
  } catch (error) {
    leave();
    await Promise.all([pool.end(), locks.end()]);
    throw error;
  }

  return {
    async getSession(key) {
      const rows = await query<{ session: Session }>(`select session from sessions where key = $1`, [key]);
      return rows[0]?.session ?? null;
    },
    getRequest: (number) => readRequest(query, number),
    findRequests: (filter, page) => findRequests(query, filter, page),
    async listRulings() {
      const rows = await query<{ ruling: Ruling }>(`select ruling from rulings order by at, request`);
      return rows.map((row) => row.ruling);
    },
    getReminder: (id) => readReminder(query, id),
    findReminders: (filter) => findReminders(query, filter),
    getOccurrence: (id) => readOccurrence(query, id),
    findOccurrences: (filter) => findOccurrences(query, filter),
    async getCard(slot) {
      const rows = await query<{ card: ShownCard }>(`select card from cards where slot = $1`, [slot]);
      return rows[0]?.card ?? null;
    },
    async getTimer(key) {
      const sql = `select key, run_at as "runAt", kind, payload from timers where key = $1`;
      return (await query<Timer>(sql, [key]))[0] ?? null;
    },
    async listRecord(request) {
      await chainer.chain();
      return readRecord(query, request);
    },
    async listNotes() {
      const rows = await query<{ note: Note }>(`select note from notes order by seq`);
      return rows.map((row) => row.note);
    },
    listOutgoing: () =>
      query<OutgoingJob>(
        `select message, attempts, run_at as "runAt", first_tried_at as "firstTriedAt" from outgoing order by seq`,
      ),
    async listUndelivered() {
      const rows = await query<{ entry: Undelivered }>(`select entry from undelivered order by at, seq`);
      return rows.map((row) => row.entry);
    },
    /** A lock whose connection breaks is lost while its task goes on; the leases still fence the commits of such a task. */
    withConversation: (key, task) => conversations.run(key, () => limitLocks(() => withLock(key, task))),
    async claimUpdate(id, lease, now, leaseMs) {
      for (;;) {
        const claimed = await query(
          `insert into updates (id, lease, lease_until) values ($1, $2, $3)
           on conflict (id) do update set lease = excluded.lease, lease_until = excluded.lease_until
             where updates.done_at is null and updates.lease_until <= $4
           returning id`,
          [id, lease, now + leaseMs, now],
        );
        if (claimed.length > 0) return 'claimed';
        const isDone = `select done_at is not null as is_done from updates where id = $1`;
        const [held] = await query<{ is_done: boolean }>(isDone, [id]);
        if (held) return held.is_done ? 'done' : 'in-flight';
        // Released between the two statements.
      }
    },
    async releaseUpdate(id, lease) {
      await query(`delete from updates where id = $1 and lease = $2 and done_at is null`, [id, lease]);
    },
    async commit(changes) {
      await transaction(async (client) => {
        await lockOutboxes(client, changes);
        for (const change of changes) await applyChange(client, change);
      });
      for (const change of changes) newestAt = Math.max(newestAt, ...timesOf(change));
      chainer.committed(changes.filter(({ kind }) => kind === 'record').length);
      if (newestAt === 0 || commits++ % PRUNE_EVERY > 0) return;
      // The commit is done: pruning must not make it fail.
      await prune(query, newestAt).catch((error: unknown) =>
        log.warn({ error: errorText(error) }, 'pruning failed'),
      );
    },
    async claimDueJobs(now, lease, leaseMs, limit, except) {
      chainer.tick();
      // `skip locked`: two processes that claim at once share the heads out instead of waiting for, and then taking, the
      // same ones. A message stays in the table until it is done, so a held or postponed head holds back what follows.
      const rows = await query<Omit<ClaimedJob, 'lease'>>(
        `with heads as (
           select seq, lease is not null as is_interrupted from outgoing
           where is_first and run_at <= $1 and (lease is null or lease_until <= $1)
             and conversation <> all ($5::text[])
           order by seq limit $4 for update skip locked
         ), claimed as (
           update outgoing set lease = $2, lease_until = $3, attempts = attempts + 1,
             first_tried_at = coalesce(first_tried_at, $1)
           from heads where outgoing.seq = heads.seq returning outgoing.*, is_interrupted
         )
         select message, attempts, run_at as "runAt", first_tried_at as "firstTriedAt",
           is_interrupted as "isInterrupted"
         from claimed order by seq`,
        [now, lease, now + leaseMs, limit, [...(except ?? [])]],
      );
      return rows.map((row) => ({ ...row, lease }));
    },
    async claimDueTimers(now, lease, leaseMs, limit) {
      const rows = await query<Timer & Pick<ClaimedTimer, 'attempts'>>(
        `with due as (
           select key from timers where run_at <= $1 and (lease is null or lease_until <= $1)
           order by run_at, seq limit $4 for update skip locked
         ), claimed as (
           update timers set lease = $2, lease_until = $3, attempts = attempts + 1
           from due where timers.key = due.key returning timers.*
         )
         select key, run_at as "runAt", kind, payload, attempts from claimed order by run_at, seq`,
        [now, lease, now + leaseMs, limit],
      );
      return rows.map(({ attempts, ...timer }) => ({ timer, attempts, lease }));
    },
    renewLeases: (holds, until) => renewLeases(query, holds, until),
    async takeNumber(series) {
      const rows = await query<{ value: string }>(
        `insert into numbers (series, value) values ($1, 1)
         on conflict (series) do update set value = numbers.value + 1 returning value`,
        [series],
      );
      return Number(rows[0]?.value);
    },
    close() {
      closing ??= end();
      return closing;
    },
  };
}

/** When what is stored by the change happened. */
function timesOf(change: Change): number[] {
  if (change.kind === 'record') return [change.entry.at];
  if (change.kind === 'request') return change.request.events.map(({ at }) => at);
  return 'at' in change ? [change.at] : [];
}

/** At most `limit` tasks at once; the others wait in the order of their calls. */
function createLimiter(limit: number) {
  let free = limit;
  const waiting: (() => void)[] = [];
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
