/** The inbox in PostgreSQL: updates kept, claimed in the order of each conversation, set aside and replayed. */
import type { PoolClient } from 'pg';
import { BotError } from '../../core/errors.js';
import type { Query } from './requests.js';
import { conversationKey, type Heard } from '../../core/chat.js';
import type { Change, Claim, ClaimedUpdate, SetAside } from '../../core/store.js';

type Kept = Omit<ClaimedUpdate, 'lease'>;

const INSERT = `insert into inbox (id, conversation, platform, heard, is_bound, run_at, lease, lease_until)`;

/** See `Store.keepUpdate`. */
export async function keepUpdate(
  query: Query,
  update: Heard,
  { isBound, now, claim }: { isBound: boolean; now: number; claim?: Claim },
): Promise<ClaimedUpdate | 'kept' | 'known'> {
  const { conversation } = update;
  const rows = await query<{ lease: string | null }>(
    `${INSERT}
     select $1, $2, $3, $4, $5, $6, case when is_free then $7 end, case when is_free then $8::double precision end
     from (select $7::text is not null and not exists (select from inbox where conversation = $2) as is_free) as state
     where not exists (select from updates where id = $1)
     on conflict (id) do nothing returning lease`,
    [
      update.id,
      conversationKey(conversation),
      conversation.platform,
      JSON.stringify(update),
      isBound,
      now,
      claim?.lease ?? null,
      claim ? claim.now + claim.leaseMs : null,
    ],
  );
  const [kept] = rows;
  if (!kept) return 'known';
  return kept.lease === null ? 'kept' : { update, lease: kept.lease, failures: 0, crashes: 0 };
}

/** See `Store.claimDueUpdates`. `skip locked`: two processes share the heads out. */
export async function claimDueUpdates(
  query: Query,
  { now, lease, leaseMs, platforms }: Claim,
  limit: number,
): Promise<ClaimedUpdate[]> {
  const rows = await query<Kept>(
    `with heads as (
       select id, lease is not null as was_held from inbox
       where platform = any ($5::text[]) and run_at <= $1 and (lease is null or lease_until <= $1)
         and not exists (
           select from inbox as earlier where earlier.conversation = inbox.conversation and earlier.seq < inbox.seq
         )
       order by is_bound desc, turn limit $4 for update skip locked
     ), claimed as (
       update inbox set lease = $2, lease_until = $3, crashes = crashes + was_held::integer
       from heads where inbox.id = heads.id returning inbox.*
     )
     select heard as update, failures, crashes from claimed order by is_bound desc, turn`,
    [now, lease, now + leaseMs, limit, [...platforms]],
  );
  return rows.map((row) => ({ ...row, lease }));
}

type InboxChange = Extract<Change, { kind: 'updateDone' | 'updateSetAside' | 'updateRetry' }>;

/** @throws BotError 'CONFLICT' when the lease is not held any more, or another process has consumed the update. */
export async function applyInboxChange(client: PoolClient, change: InboxChange): Promise<void> {
  const { id, lease } = change;
  const notHeld = () => new BotError('CONFLICT', `update ${id} is not held by this lease`);
  if (change.kind === 'updateRetry') {
    // A second delivery that came while the first was being consumed is consumed with it.
    const consumed = `delete from inbox where id = $1 and lease = $2 and exists (select from updates where id = $1)`;
    if ((await client.query(consumed, [id, lease])).rowCount) return;
    const sql = `update inbox set failures = failures + $3, run_at = $4, lease = null, lease_until = null
      where id = $1 and lease = $2`;
    const { rowCount } = await client.query(sql, [id, lease, Number(change.hasFailed), change.runAt]);
    if (!rowCount) throw notHeld();
    return;
  }
  const taken = await client.query<{ heard: Heard; conversation: string }>(
    `delete from inbox where id = $1 and lease = $2 returning heard, conversation`,
    [id, lease],
  );
  const [row] = taken.rows;
  if (!row) throw notHeld();
  const { heard: update, conversation } = row;
  await client.query(
    `update inbox set turn = default where seq = (select min(seq) from inbox where conversation = $1)`,
    [conversation],
  );
  const done = `insert into updates (id, done_at) values ($1, $2) on conflict (id) do nothing`;
  if (!(await client.query(done, [id, change.at])).rowCount) throw notHeld();
  if (change.kind === 'updateDone') return;
  const entry: SetAside = { update, at: change.at, reason: change.reason };
  await client.query(
    `insert into set_aside (id, at, entry) values ($1, $2, $3)
     on conflict (id) do update set at = excluded.at, entry = excluded.entry`,
    [id, change.at, JSON.stringify(entry)],
  );
}

export async function listSetAside(query: Query): Promise<SetAside[]> {
  const rows = await query<{ entry: SetAside }>(`select entry from set_aside order by at, id`);
  return rows.map(({ entry }) => entry);
}

/** See `Store.replayUpdate`. */
export async function replayUpdate(client: PoolClient, id: string, now: number): Promise<boolean> {
  const taken = await client.query<{ entry: SetAside }>(
    `delete from set_aside where id = $1 returning entry`,
    [id],
  );
  const update = taken.rows[0]?.entry.update;
  if (!update) return false;
  const { conversation } = update;
  await client.query(`delete from updates where id = $1`, [id]);
  await client.query(`${INSERT} values ($1, $2, $3, $4, true, $5, null, null)`, [
    id,
    conversationKey(conversation),
    conversation.platform,
    JSON.stringify(update),
    now,
  ]);
  return true;
}
