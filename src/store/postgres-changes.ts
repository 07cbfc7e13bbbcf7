/** What each change does in PostgreSQL, within the one transaction of its commit. */
import type { PoolClient } from 'pg';
import { BotError } from '../core/errors.js';
import type { Change, Undelivered } from '../core/ports.js';
import { conversationKey } from '../core/types.js';
import { LOCK_SEED, lockNumber } from './database.js';
import { saveOccurrence, saveReminder } from './postgres-reminders.js';
import { saveRequest } from './postgres-requests.js';

const OUTBOX_LOCK = lockNumber('key', LOCK_SEED.outbox);

/**
 * Makes commits for the same conversation wait for each other, so that `seq` is the order in which they became visible:
 * otherwise an earlier number could appear in front of a message that is already on its way. Taking a message out is part
 * of it: whoever does says which one is the first now.
 */
export async function lockOutboxes(client: PoolClient, changes: Change[]): Promise<void> {
  const keys = changes.flatMap((c) =>
    c.kind === 'outgoing' ? [conversationKey(c.message.conversation)] : [],
  );
  const done = changes.flatMap((c) => (c.kind === 'outgoingDone' ? [c.key] : []));
  if (keys.length + done.length === 0) return;
  // In one order everywhere: two commits for the same conversations cannot wait for each other.
  const numbers = `select distinct ${OUTBOX_LOCK} as number from (
    select unnest($1::text[]) as key union select conversation from outgoing where key = any($2::text[])
  ) as conversations order by 1`;
  await client.query(`select pg_advisory_xact_lock(number) from (${numbers}) as numbers`, [keys, done]);
}

/** @throws BotError 'CONFLICT' when a condition of the change does not hold. */
export async function applyChange(client: PoolClient, change: Change): Promise<void> {
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
    case 'request':
      return saveRequest(client, change.request, change.expectedVersion);
    case 'reminder':
      return saveReminder(client, change.reminder, change.expectedVersion);
    case 'occurrence':
      return saveOccurrence(client, change.occurrence, change.expectedVersion);
    case 'ruling': {
      const { ruling } = change;
      await run(
        `insert into rulings (request, at, ruling) values ($1, $2, $3)
         on conflict (request) do update set at = excluded.at, ruling = excluded.ruling`,
        [ruling.request, ruling.at, JSON.stringify(ruling)],
      );
      return;
    }
    case 'record':
      return void (await run(`insert into record_pending (entry) values ($1)`, [
        JSON.stringify(change.entry),
      ]));
    case 'note':
      return void (await run(`insert into notes (note) values ($1)`, [JSON.stringify(change.note)]));
    case 'schedule': {
      const { key, runAt, kind, payload } = change.timer;
      await run(
        `insert into timers (key, run_at, kind, payload) values ($1, $2, $3, $4)
         on conflict (key) do update set seq = default, run_at = excluded.run_at, kind = excluded.kind,
           payload = excluded.payload, attempts = 0, lease = null, lease_until = null`,
        [key, runAt, kind, JSON.stringify(payload)],
      );
      return;
    }
    case 'cancel':
      return void (await run(`delete from timers where key = $1`, [change.key]));
    case 'timerDone': {
      const { key, lease } = change;
      if ((await run(`delete from timers where key = $1 and lease = $2`, [key, lease])) === 0)
        throw notHeld('timer', key);
      return;
    }
    case 'timerRetry': {
      const { key, lease, runAt } = change;
      const sql = `update timers set run_at = $3, lease = null, lease_until = null where key = $1 and lease = $2`;
      if ((await run(sql, [key, lease, runAt])) === 0) throw notHeld('timer', key);
      return;
    }
    case 'outgoing': {
      const { message, runAt } = change;
      // The key is the message's identity: what waits under it already is this message.
      await run(
        `insert into outgoing (key, conversation, message, run_at, is_first)
         select $1, $2, $3, $4, not exists (select from outgoing where conversation = $2)
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
      const { key, lease, outcome, at, reason = '', shown } = change;
      const sql = `delete from outgoing where key = $1 and lease = $2 returning conversation`;
      const taken = await client.query<{ conversation: string }>(sql, [key, lease]);
      const [row] = taken.rows;
      if (!row) throw notHeld('message', key);
      await run(
        `update outgoing set is_first = true
         where seq = (select seq from outgoing where conversation = $1 order by seq limit 1)`,
        [row.conversation],
      );
      if (shown)
        await run(
          `insert into cards (slot, card, sent_at) values ($1, $2, $3)
           on conflict (slot) do update set card = excluded.card, sent_at = excluded.sent_at`,
          [shown.slot, JSON.stringify(shown.card), shown.card.sentAt],
        );
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
