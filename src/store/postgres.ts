/**
 * The store for several processes: PostgreSQL, own SQL. pg-boss and graphile-worker keep their jobs in tables and
 * transactions of their own: neither can hold our job states, put the change of a state into one transaction with ours,
 * and let only the first message of each conversation go.
 */
import type { PoolClient } from 'pg';
import { BotError, errorText } from '../core/errors.js';
import type { Change, ClaimedJob, Logger, Note, OutgoingJob, Store, Undelivered } from '../core/ports.js';
import { conversationKey, type Session } from '../core/types.js';
import { migrate, openPool, runTransaction, storeError } from './database.js';
import { createQueues } from './queues.js';

/** Connections for statements and, apart from them, for conversation locks: four processes fit a default server. */
const STATEMENT_CONNECTIONS = 8;
const LOCK_CONNECTIONS = 16;
/** A statement takes milliseconds; without an answer for this long, the server is gone. */
const STATEMENT_TIMEOUT_MS = 30_000;
const PRUNE_EVERY = 1_000;
/** Feishu delivers an event again for up to about 8 hours (PLATFORMS.md, A2); consumed ids are kept longer. */
const KEEP_UPDATES_MS = 3 * 24 * 3_600_000;
/** Sessions only serve follow-up questions. */
const KEEP_SESSIONS_MS = 24 * 3_600_000;
/** Operators look at the last of them; older ones stand in the record. */
const KEEP_UNDELIVERED = 1_000;

/** An advisory lock is known by a number in the whole database: the schema is part of it, the seed tells the uses apart. */
const lockNumber = (key: string, seed: number) =>
  `hashtextextended(current_schema() || '/' || ${key}, ${seed})`;
const CONVERSATION_LOCK = lockNumber('$1', 1);
const OUTBOX_LOCK = lockNumber('key', 2);

/**
 * Opens the database and brings its schema up to date. Time comes only from the caller, so processes must have their
 * clocks in step to within a lease.
 * @throws BotError 'CONFIG' when `url` is none, 'STORE' when the database is not reached or of a newer version.
 */
export async function openPostgresStore({ url, log }: { url: string; log: Logger }): Promise<Store> {
  // No cause: the error of the parser holds the password.
  if (!/^postgres(ql)?:/.test(url) || !URL.canParse(url))
    throw new BotError('CONFIG', 'DATABASE_URL:格式应为 postgres://用户:口令@主机:端口/数据库');
  const { host, pathname } = new URL(url);
  const pool = openPool(url, log, { max: STATEMENT_CONNECTIONS, query_timeout: STATEMENT_TIMEOUT_MS });
  // Apart from `pool`: a task that holds a lock needs a connection for its commit, so waiting for locks must use up none.
  const locks = openPool(url, log, { max: LOCK_CONNECTIONS });
  locks.on('connect', (client) => {
    // A host that lost its power keeps its locks until the server notices: two minutes instead of two hours.
    const sql = `set tcp_keepalives_idle = 60; set tcp_keepalives_interval = 15; set tcp_keepalives_count = 4`;
    client.query(sql).catch((error: unknown) => log.warn({ error: errorText(error) }, 'keepalive not set'));
  });
  const limitLocks = createLimiter(LOCK_CONNECTIONS);
  const conversations = createQueues();
  let closing: Promise<void> | undefined;
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

  const prune = async (): Promise<void> => {
    const updates = `delete from updates where coalesce(done_at, lease_until) < $1`;
    await query(updates, [newestAt - KEEP_UPDATES_MS]);
    await query(`delete from sessions where updated_at < $1`, [newestAt - KEEP_SESSIONS_MS]);
    const oldest = `select max(seq) - $1 from undelivered`;
    await query(`delete from undelivered where seq <= (${oldest})`, [KEEP_UNDELIVERED]);
  };

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

  try {
    await guard(() => migrate(pool, log));
  } catch (error) {
    await Promise.all([pool.end(), locks.end()]);
    throw error;
  }

  return {
    async getSession(key) {
      const rows = await query<{ session: Session }>(`select session from sessions where key = $1`, [key]);
      return rows[0]?.session ?? null;
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
      for (const change of changes) if ('at' in change) newestAt = Math.max(newestAt, change.at);
      if (newestAt === 0 || commits++ % PRUNE_EVERY > 0) return;
      // The commit is done: pruning must not make it fail.
      await prune().catch((error: unknown) => log.warn({ error: errorText(error) }, 'pruning failed'));
    },
    async claimDueJobs(now, lease, leaseMs, limit) {
      // `skip locked`: two processes that claim at once share the heads out instead of waiting for, and then taking, the
      // same ones. A message stays in the table until it is done, so a held or postponed head holds back what follows.
      const rows = await query<Omit<ClaimedJob, 'lease'>>(
        `with heads as (
           select seq, lease is not null as is_interrupted from outgoing as head
           where run_at <= $1 and (lease is null or lease_until <= $1) and not exists (
             select from outgoing as earlier
             where earlier.conversation = head.conversation and earlier.seq < head.seq)
           order by seq limit $4 for update skip locked
         ), claimed as (
           update outgoing set lease = $2, lease_until = $3, attempts = attempts + 1,
             first_tried_at = coalesce(first_tried_at, $1)
           from heads where outgoing.seq = heads.seq returning outgoing.*, is_interrupted
         )
         select message, attempts, run_at as "runAt", first_tried_at as "firstTriedAt",
           is_interrupted as "isInterrupted"
         from claimed order by seq`,
        [now, lease, now + leaseMs, limit],
      );
      return rows.map((row) => ({ ...row, lease }));
    },
    close() {
      // Locks first: their running tasks can still commit.
      closing ??= locks.end().then(() => pool.end());
      return closing;
    },
  };
}

/**
 * Makes commits for the same conversation wait for each other, so that `seq` is the order in which they became visible:
 * otherwise an earlier number could appear in front of a message that is already on its way.
 */
async function lockOutboxes(client: PoolClient, changes: Change[]): Promise<void> {
  const keys = changes.flatMap((c) =>
    c.kind === 'outgoing' ? [conversationKey(c.message.conversation)] : [],
  );
  if (keys.length === 0) return;
  // In one order everywhere: two commits for the same conversations cannot wait for each other.
  const numbers = `select ${OUTBOX_LOCK} as number from unnest($1::text[]) as key order by 1`;
  await client.query(`select pg_advisory_xact_lock(number) from (${numbers}) as numbers`, [keys]);
}

async function applyChange(client: PoolClient, change: Change): Promise<void> {
  const run = async (sql: string, values: unknown[]) => (await client.query(sql, values)).rowCount ?? 0;
  switch (change.kind) {
    case 'session': {
      const { key, session } = change;
      if (!session) return void (await run(`delete from sessions where key = $1`, [key]));
      await run(
        `insert into sessions (key, session, updated_at) values ($1, $2, $3)
         on conflict (key) do update set session = excluded.session, updated_at = excluded.updated_at`,
        [key, JSON.stringify(session), session.updatedAt],
      );
      return;
    }
    case 'note':
      await run(`insert into notes (note) values ($1)`, [JSON.stringify(change.note)]);
      return;
    case 'outgoing': {
      const { message, runAt } = change;
      // The key is the message's identity: what waits under it already is this message.
      await run(
        `insert into outgoing (key, conversation, message, run_at) values ($1, $2, $3, $4)
         on conflict (key) do nothing`,
        [message.key, conversationKey(message.conversation), JSON.stringify(message), runAt],
      );
      return;
    }
    case 'updateDone': {
      const { id, lease, at } = change;
      const sql = `update updates set done_at = $3 where id = $1 and lease = $2 and done_at is null`;
      if ((await run(sql, [id, lease, at])) === 0) throw notHeld('update', id);
      return;
    }
    case 'outgoingDone': {
      const { key, lease, outcome, at, reason = '' } = change;
      const sql = `delete from outgoing where key = $1 and lease = $2`;
      if ((await run(sql, [key, lease])) === 0) throw notHeld('message', key);
      if (outcome === 'sent') return;
      const entry: Undelivered = { key, outcome, at, reason };
      await run(`insert into undelivered (at, entry) values ($1, $2)`, [at, JSON.stringify(entry)]);
      return;
    }
    case 'outgoingRetry': {
      const { key, lease, runAt } = change;
      const sql = `update outgoing set run_at = $3, lease = null, lease_until = null where key = $1 and lease = $2`;
      if ((await run(sql, [key, lease, runAt])) === 0) throw notHeld('message', key);
      return;
    }
  }
}

const notHeld = (what: string, id: string) =>
  new BotError('CONFLICT', `${what} ${id} is not held by this lease`);

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
