/** What each change does in PostgreSQL, within the one transaction of its commit. */
import type { PoolClient } from 'pg';
import { BotError } from '../../core/errors.js';
import { saveEvaluation } from './evaluations.js';
import { applyInboxChange } from './inbox.js';
import { setTimer, takeMessage } from './outbox.js';
import { saveOccurrence, saveReminder } from './reminders.js';
import { saveRequest } from './requests.js';
import type { Change } from '../../core/store.js';

/** @throws BotError 'CONFLICT' when a condition of the change does not hold. */
export async function applyChange(
  client: PoolClient,
  change: Exclude<Change, { kind: 'outgoing' }>,
): Promise<void> {
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
    case 'evaluation':
      return saveEvaluation(client, change.evaluation, change.expectedVersion);
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
    case 'chatMoved': {
      const { platform, from, to } = change.move;
      const sql = `insert into moves (platform, known, now) values ($1, $2, $3)
        on conflict (platform, known) do update set now = excluded.now`;
      return void (await run(sql, [platform, from, to]));
    }
    case 'binding': {
      const { binding } = change;
      const sql = `insert into bindings (place, binding) values ($1, $2)
        on conflict (place) do update set binding = excluded.binding`;
      return void (await run(sql, [binding.place, JSON.stringify(binding)]));
    }
    case 'schedule':
      return setTimer(client, change.timer);
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
    case 'updateDone':
    case 'updateSetAside':
    case 'updateRetry':
      return applyInboxChange(client, change);
    case 'outgoingDone':
      return takeMessage(client, change);
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
