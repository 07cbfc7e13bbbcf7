/** The outbox in PostgreSQL: messages put in, claimed in the order of each conversation, taken out. */
import { type Rank } from '../../core/rank.js';
import type { PoolClient } from 'pg';
import { BotError } from '../../core/errors.js';
import { toldBack } from '../../core/outbox.js';
import { LOCK_SEED, lockNumber } from './database.js';
import { OUTBOX_FULL, OUTBOX_MAX } from '../keep.js';
import type { Query } from './requests.js';
import { conversationKey, type Platform } from '../../core/chat.js';
import type { Change, ClaimedMessage, Outgoing, Undelivered, OutboxClaim } from '../../core/store.js';

const OUTBOX_LOCK = lockNumber('key', LOCK_SEED.outbox);

type ChangeOf<K extends Change['kind']> = Extract<Change, { kind: K }>;

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

type Row = Omit<ClaimedMessage, 'lease'>;
const COLUMNS = `message, attempts, run_at as "runAt", first_tried_at as "firstTriedAt",
  exists (select from doubts where doubts.conversation = claimed.conversation) as "isAfterDoubt"`;

/** See `Store.claimDueMessages`. A message stays in the table until it is done: a held or postponed head holds back what follows. */
export async function claimDueMessages(
  query: Query,
  claim: OutboxClaim,
  limit: number,
): Promise<ClaimedMessage[]> {
  const { room, platforms } = claim;
  if (!room) return claimHeads(query, claim, { limit, platforms, rank: 2, calls: Number.MAX_SAFE_INTEGER });
  const claimed: ClaimedMessage[] = [];
  for (const platform of platforms) {
    const { rank, count } = room.get(platform) ?? { rank: 2 as const, count: limit };
    const own = { limit: limit - claimed.length, platforms: new Set([platform]), rank, calls: count };
    if (own.limit > 0 && count > 0) claimed.push(...(await claimHeads(query, claim, own)));
  }
  return claimed;
}

/** `calls`: that many at most, but for the first message (`createRoomTaker`). */
type Wanted = { limit: number; platforms: ReadonlySet<Platform>; rank: Rank; calls: number };

async function claimHeads(
  query: Query,
  { now, lease, leaseMs, except }: OutboxClaim,
  { limit, platforms, rank, calls }: Wanted,
): Promise<ClaimedMessage[]> {
  // `skip locked`: two processes that claim at once share the heads out instead of waiting for, and then taking, the same.
  const rows = await query<Row>(
    `with heads as (
       select seq, rank, lease is not null as is_interrupted,
         coalesce((message->>'calls')::integer, 1) as calls from outgoing
       where is_first and platform = any ($6::text[]) and run_at <= $1 and (lease is null or lease_until <= $1)
         and conversation <> all ($5::text[]) and rank <= $7
       order by rank, seq limit $4 for update skip locked
     ), summed as (
       select seq, is_interrupted, calls, sum(calls) over (order by rank, seq) as total from heads
     ), claimed as (
       update outgoing set lease = $2, lease_until = $3, attempts = attempts + 1,
         first_tried_at = coalesce(first_tried_at, $1)
       from summed where outgoing.seq = summed.seq and (summed.total <= $8 or summed.total = summed.calls)
       returning outgoing.*, is_interrupted
     )
     select ${COLUMNS}, is_interrupted as "isInterrupted" from claimed order by rank, seq`,
    [now, lease, now + leaseMs, limit, [...(except ?? [])], [...platforms], rank, calls],
  );
  return rows.map((row) => ({ ...row, lease }));
}

/** Puts a message in; resolves to it where it is claimed at once. The key is its identity: what waits under it is this message. */
export async function putMessage(
  client: PoolClient,
  { message, runAt }: ChangeOf<'outgoing'>,
  claim: OutboxClaim | undefined,
): Promise<ClaimedMessage | null> {
  const { key, conversation, rank = 0 } = message;
  const chat = conversationKey(conversation);
  const { platform } = conversation;
  // An answer takes along what stands before it.
  await client.query(`update outgoing set rank = $2 where conversation = $1 and rank > $2`, [chat, rank]);
  const isWanted = claim !== undefined && claim.platforms.has(platform) && !claim.except?.has(chat);
  const { rows } = await client.query<Row & { isClaimed: boolean }>(
    `with state as (
       select count(*) as waiting from (select from outgoing where conversation = $2 limit ${OUTBOX_MAX}) as counted
     ), claimed as (
       insert into outgoing (key, conversation, platform, message, run_at, is_first, lease, lease_until, attempts, first_tried_at, rank)
       select $1, $2, $3, $4, $5, waiting = 0,
         case when waiting = 0 then $6::text end, case when waiting = 0 then $7::double precision end,
         (waiting = 0 and $6::text is not null)::integer, case when waiting = 0 then $8::double precision end, $9::smallint
       from state where waiting < ${OUTBOX_MAX} on conflict (key) do nothing returning *
     )
     select ${COLUMNS}, lease is not null as "isClaimed", false as "isInterrupted" from claimed`,
    [
      key,
      chat,
      platform,
      JSON.stringify(message),
      runAt,
      isWanted ? claim.lease : null,
      isWanted ? claim.now + claim.leaseMs : null,
      isWanted ? claim.now : null,
      rank,
    ],
  );
  const [row] = rows;
  if (!row) await refuseMessage(client, message, runAt);
  if (!row?.isClaimed || !claim) return null;
  const { isClaimed: _isClaimed, ...claimed } = row;
  return { ...claimed, lease: claim.lease };
}

/** A full outbox takes no more: the message counts as failed, and whoever waits for its end is told. */
async function refuseMessage(client: PoolClient, message: Outgoing, at: number): Promise<void> {
  const known = await client.query(`select from outgoing where key = $1`, [message.key]);
  if (known.rowCount) return;
  await addUndelivered(client, { key: message.key, outcome: 'failed', at, reason: OUTBOX_FULL });
  if (message.occurrence === undefined) return;
  const told = toldBack(message, message.occurrence, 'failed', at, { reason: OUTBOX_FULL });
  if (told.kind === 'schedule') await setTimer(client, told.timer);
}

const addUndelivered = (client: PoolClient, entry: Undelivered) =>
  client.query(`insert into undelivered (at, entry) values ($1, $2)`, [entry.at, JSON.stringify(entry)]);

export async function setTimer(
  client: PoolClient,
  { key, runAt, kind, payload, platform = undefined }: ChangeOf<'schedule'>['timer'],
): Promise<void> {
  await client.query(
    `insert into timers (key, run_at, kind, payload, platform) values ($1, $2, $3, $4, $5)
     on conflict (key) do update set seq = default, run_at = excluded.run_at, kind = excluded.kind,
       payload = excluded.payload, platform = excluded.platform, attempts = 0, lease = null, lease_until = null`,
    [key, runAt, kind, JSON.stringify(payload), platform ?? null],
  );
}

/** @throws BotError 'CONFLICT' when the lease is not held any more. */
export async function takeMessage(client: PoolClient, change: ChangeOf<'outgoingDone'>): Promise<void> {
  const { key, lease, outcome, at, reason = '', shown, isDoubtTold } = change;
  const sql = `delete from outgoing where key = $1 and lease = $2 returning conversation`;
  const [row] = (await client.query<{ conversation: string }>(sql, [key, lease])).rows;
  if (!row) throw new BotError('CONFLICT', `message ${key} is not held by this lease`);
  await client.query(
    `update outgoing set is_first = true
     where seq = (select seq from outgoing where conversation = $1 order by seq limit 1)`,
    [row.conversation],
  );
  if (shown)
    await client.query(
      `insert into cards (slot, card, sent_at) values ($1, $2, $3)
       on conflict (slot) do update set card = excluded.card, sent_at = excluded.sent_at`,
      [shown.slot, JSON.stringify(shown.card), shown.card.sentAt],
    );
  if (isDoubtTold) await client.query(`delete from doubts where conversation = $1`, [row.conversation]);
  if (outcome === 'uncertain')
    await client.query(
      `insert into doubts (conversation, at) values ($1, $2) on conflict (conversation) do update set at = excluded.at`,
      [row.conversation, at],
    );
  if (outcome !== 'sent') await addUndelivered(client, { key, outcome, at, reason });
}
