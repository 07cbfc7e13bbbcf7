/**
 * The store for several processes: PostgreSQL, own SQL. pg-boss and graphile-worker keep their jobs in tables and
 * transactions of their own: neither can hold the states of our messages, put the change of a state into one transaction
 * with ours, and let only the first message of each conversation go.
 */
import { createRoomTaker } from '../../core/rank.js';
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { BotError, errorText } from '../../core/errors.js';
import type { Logger } from '../../core/ports.js';
import type { Ruling } from '../../core/request.js';
import { migrate, openPool, runTransaction, storeError } from './database.js';
import { applyChange } from './changes.js';
import { listEvaluations, readEvaluation } from './evaluations.js';
import { claimDueUpdates, keepUpdate, listSetAside, replayUpdate } from './inbox.js';
import {
  announceInstance,
  beat,
  freeDeadInstances,
  renewLeases,
  startTime,
  listPauses,
  pause,
} from './instance.js';
import { claimDueMessages, lockOutboxes, putMessage } from './outbox.js';
import { prune } from './prune.js';
import { createChainer, readRecord, readRecordHead } from './record.js';
import { findOccurrences, findReminders, readOccurrence, readReminder } from './reminders.js';
import { findRequests, listFiled, readRequest } from './requests.js';
import type { Session } from '../../core/session.js';
import type { Note } from '../../core/note.js';
import type {
  ChatMove,
  Change,
  ClaimedMessage,
  ClaimedTimer,
  WaitingMessage,
  ShownCard,
  Store,
  Timer,
  Undelivered,
} from '../../core/store.js';
import type { Binding } from '../../core/binding.js';

/** Many processes fit a default server. */
const STATEMENT_CONNECTIONS = 8;
/** A statement takes milliseconds; without an answer for this long, the server is gone. */
const STATEMENT_TIMEOUT_MS = 30_000;
const PRUNE_EVERY = 1_000;

/**
 * Opens the database and brings its schema up to date. Time comes only from the caller, so processes must have their
 * clocks in step to within a lease.
 * @throws BotError 'CONFIG' when `url` is none, 'STORE' when the database is not reached or of a newer version.
 */
export async function openPostgresStore({
  url,
  log,
  instance = randomUUID(),
  recordKey = null,
}: {
  url: string;
  log: Logger;
  /** Leases of this process are `instance/…`: others see by it whether their holder lives. */
  instance?: string;
  /** Signs the lines of the record. */
  recordKey?: string | null;
}): Promise<Store> {
  // No cause: the error of the parser holds the password.
  if (!/^postgres(ql)?:/.test(url) || !URL.canParse(url))
    throw new BotError('CONFIG', 'DATABASE_URL:格式应为 postgres://用户:口令@主机:端口/数据库');
  const { host, pathname } = new URL(url);
  const pool = openPool(url, log, { max: STATEMENT_CONNECTIONS, query_timeout: STATEMENT_TIMEOUT_MS });
  // Says by a lock that the process lives.
  const life = openPool(url, log, { max: 1 });
  life.on('connect', (client) => {
    // A host that lost its power keeps its locks until the server notices: two minutes instead of two hours.
    const sql = `set tcp_keepalives_idle = 60; set tcp_keepalives_interval = 15; set tcp_keepalives_count = 4`;
    client.query(sql).catch((error: unknown) => log.warn({ error: errorText(error) }, 'keepalive not set'));
  });
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
  const transaction = <T>(task: (client: PoolClient) => Promise<T>): Promise<T> =>
    guard(() => runTransaction(pool, task));

  const chainer = createChainer(
    transaction,
    (error) => log.warn({ error: errorText(error) }, 'the record is behind, it is chained later'),
    recordKey,
  );

  const end = async (): Promise<void> => {
    leave();
    await chainer.idle();
    // The last entries are chained now; where that fails, the next process does it.
    await chainer
      .chain()
      .catch((error: unknown) => log.warn({ error: errorText(error) }, 'the record is behind'));
    await pool.end();
    await life.end();
  };

  try {
    await guard(() => migrate(pool, log));
    leave = await guard(() => announceInstance(life, instance));
    await guard(() => freeDeadInstances(pool));
  } catch (error) {
    leave();
    await Promise.all([pool.end(), life.end()]);
    throw error;
  }

  return {
    async getSession(key) {
      const rows = await query<{ session: Session }>(`select session from sessions where key = $1`, [key]);
      return rows[0]?.session ?? null;
    },
    getRequest: (number) => readRequest(query, number),
    findRequests: (filter, page) => findRequests(query, filter, page),
    listFiled: (from, to) => listFiled(query, from, to),
    async listRulings() {
      const rows = await query<{ ruling: Ruling }>(`select ruling from rulings order by at, request`);
      return rows.map((row) => row.ruling);
    },
    getEvaluation: (id) => readEvaluation(query, id),
    listEvaluations: () => listEvaluations(query),
    getReminder: (id) => readReminder(query, id),
    findReminders: (filter) => findReminders(query, filter),
    getOccurrence: (id) => readOccurrence(query, id),
    findOccurrences: (filter) => findOccurrences(query, filter),
    async getCard(slot) {
      const rows = await query<{ card: ShownCard }>(`select card from cards where slot = $1`, [slot]);
      return rows[0]?.card ?? null;
    },
    async getTimer(key) {
      const sql = `select key, run_at as "runAt", kind, payload, platform from timers where key = $1`;
      const [row] = await query<TimerRow>(sql, [key]);
      return row ? toTimer(row) : null;
    },
    async getRecordHead() {
      await chainer.chain();
      return readRecordHead(query);
    },
    async listRecord(request) {
      await chainer.chain();
      return readRecord(query, request);
    },
    listMoves: (platform) =>
      query<ChatMove>(`select platform, known as "from", now as "to" from moves where platform = $1`, [
        platform,
      ]),
    async listBindings() {
      const rows = await query<{ binding: Binding }>(`select binding from bindings order by place`);
      return rows.map((row) => row.binding);
    },
    async listNotes() {
      const rows = await query<{ note: Note }>(`select note from notes order by seq`);
      return rows.map((row) => row.note);
    },
    listOutgoing: () =>
      query<WaitingMessage>(
        `select message, attempts, run_at as "runAt", first_tried_at as "firstTriedAt" from outgoing order by seq`,
      ),
    async listUndelivered() {
      const rows = await query<{ entry: Undelivered }>(`select entry from undelivered order by at, seq`);
      return rows.map((row) => row.entry);
    },
    listSetAside: () => listSetAside(query),
    keepUpdate: (update, options) => keepUpdate(query, update, options),
    claimDueUpdates: (claim, limit) => claimDueUpdates(query, claim, limit),
    replayUpdate: (id, now) => transaction((client) => replayUpdate(client, id, now)),
    async commit(changes, claim) {
      const messages = await transaction(async (client) => {
        await lockOutboxes(client, changes);
        const claimed: ClaimedMessage[] = [];
        const takesRoom = createRoomTaker(claim?.room);
        for (const change of changes)
          if (change.kind === 'outgoing') {
            const { conversation, rank = 0, calls } = change.message;
            const hasRoom = takesRoom(conversation.platform, rank, calls);
            const message = await putMessage(client, change, hasRoom ? claim : undefined);
            if (message) claimed.push(message);
          } else await applyChange(client, change);
        return claimed;
      });
      for (const change of changes) newestAt = Math.max(newestAt, ...timesOf(change));
      chainer.committed(changes.filter(({ kind }) => kind === 'record').length);
      // The commit is done: pruning must not make it fail.
      if (newestAt > 0 && commits++ % PRUNE_EVERY === 0)
        await prune(query, newestAt).catch((error: unknown) =>
          log.warn({ error: errorText(error) }, 'pruning failed'),
        );
      return messages;
    },
    claimDueMessages(claim, limit) {
      chainer.tick();
      return claimDueMessages(query, claim, limit);
    },
    async claimDueTimers(dueAt, { now, lease, leaseMs, platforms }, limit) {
      const rows = await query<TimerRow & Pick<ClaimedTimer, 'attempts'>>(
        `with due as (
           select key from timers where run_at <= $5 and (lease is null or lease_until <= $1)
             and (platform is null or platform = any ($6::text[]))
           order by run_at, seq limit $4 for update skip locked
         ), claimed as (
           update timers set lease = $2, lease_until = $3, attempts = attempts + 1
           from due where timers.key = due.key returning timers.*
         )
         select key, run_at as "runAt", kind, payload, platform, attempts from claimed order by run_at, seq`,
        [now, lease, now + leaseMs, limit, dueAt, [...platforms]],
      );
      return rows.map(({ attempts, ...timer }) => ({ timer: toTimer(timer), attempts, lease }));
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
    startTime: (wall) => guard(() => startTime(pool, instance, wall)),
    beat: (platforms, now) => beat(query, instance, platforms, now),
    pause: (platform, until) => pause(query, platform, until),
    listPauses: () => listPauses(query),
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

type TimerRow = Omit<Timer, 'platform'> & { platform: Timer['platform'] | null };
const toTimer = ({ platform, ...timer }: TimerRow): Timer => ({ ...timer, ...(platform && { platform }) });
