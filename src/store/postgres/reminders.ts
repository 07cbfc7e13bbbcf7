/** Reminders and their occurrences in PostgreSQL. */
import type { PoolClient } from 'pg';
import { BotError } from '../../core/errors.js';
import type { Occurrence, Reminder } from '../../core/reminder.js';
import { hasPassed } from '../keep.js';
import type { Query } from './requests.js';
import type { OccurrenceFilter, ReminderFilter } from '../../core/filters.js';
import { recipientKey, recipientKeys } from '../recipient-key.js';

type Cells = Record<string, unknown>;

/** Inserts a new row or replaces the one of `expectedVersion`. @throws BotError 'CONFLICT' */
export async function saveVersioned(
  client: PoolClient,
  table: string,
  cells: Cells & { id: string },
  expectedVersion: number,
) {
  const names = Object.keys(cells);
  const values = names.map((name) => cells[name]);
  const places = names.map((_, i) => `$${i + 1}`);
  const { rowCount } =
    expectedVersion === 0
      ? await client.query(
          `insert into ${table} (${names.join(', ')}) values (${places.join(', ')}) on conflict (id) do nothing`,
          values,
        )
      : await client.query(
          `update ${table} set ${names.map((name, i) => `${name} = $${i + 1}`).join(', ')}
           where id = $1 and version = $${names.length + 1}`,
          [...values, expectedVersion],
        );
  if (!rowCount) throw new BotError('CONFLICT', `${cells.id} is not stored in version ${expectedVersion}`);
}

export const saveReminder = (
  client: PoolClient,
  reminder: Reminder,
  expectedVersion: number,
): Promise<void> => {
  const next = { ...reminder, version: expectedVersion + 1 };
  const cells = {
    id: next.id,
    version: next.version,
    reminder: JSON.stringify(next),
    created_at: next.createdAt,
    is_active: next.status === 'active',
    owner: next.owner.account,
    recipients: recipientKeys(next),
    source: next.source,
    reference: next.reference ?? null,
  };
  return saveVersioned(client, 'reminders', cells, expectedVersion);
};

export const saveOccurrence = (
  client: PoolClient,
  occurrence: Occurrence,
  expectedVersion: number,
): Promise<void> => {
  const next = { ...occurrence, version: expectedVersion + 1 };
  const cells = {
    id: next.id,
    version: next.version,
    occurrence: JSON.stringify(next),
    reminder: next.reminder,
    recipient: recipientKey(next.to),
    status: next.status,
    due_at: next.dueAt,
    changed_at: next.changedAt,
    has_passed: hasPassed(next),
  };
  return saveVersioned(client, 'occurrences', cells, expectedVersion);
};

export async function readReminder(query: Query, id: string): Promise<Reminder | null> {
  const rows = await query<{ reminder: Reminder }>(`select reminder from reminders where id = $1`, [id]);
  return rows[0]?.reminder ?? null;
}

export async function readOccurrence(query: Query, id: string): Promise<Occurrence | null> {
  const sql = `select occurrence from occurrences where id = $1`;
  return (await query<{ occurrence: Occurrence }>(sql, [id]))[0]?.occurrence ?? null;
}

export async function findReminders(query: Query, filter: ReminderFilter): Promise<Reminder[]> {
  const { where, values } = conditionsOf([
    ['owner = ?', filter.owner],
    ['recipients @> array[?]::text[]', filter.recipient],
    ['source = ?', filter.source],
    ['reference = ?', filter.reference],
    // Not as a parameter: the partial index is used only when the condition stands in the text.
    [filter.isActive ? 'is_active' : 'not is_active', filter.isActive === undefined ? undefined : null],
  ]);
  const sql = `select reminder from reminders ${where} order by created_at desc, id collate "C" desc`;
  return (await query<{ reminder: Reminder }>(sql, values)).map((row) => row.reminder);
}

export async function findOccurrences(query: Query, filter: OccurrenceFilter): Promise<Occurrence[]> {
  const { where, values } = conditionsOf([
    ['reminder = ?', filter.reminder],
    ['recipient = ?', filter.recipient],
    ['status = any(?::text[])', filter.statuses],
    ['due_at >= ?', filter.from],
    ['due_at < ?', filter.to],
  ]);
  const sql = `select occurrence from occurrences ${where} order by due_at, id collate "C"`;
  return (await query<{ occurrence: Occurrence }>(sql, values)).map((row) => row.occurrence);
}

/** Conditions whose value is undefined do not count; one with null has no place for a value. */
function conditionsOf(conditions: [string, unknown][]): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const texts = conditions.flatMap(([text, value]) => {
    if (value === undefined) return [];
    if (value !== null) values.push(value);
    return [text.replace('?', `$${values.length}`)];
  });
  return { where: texts.length > 0 ? `where ${texts.join(' and ')}` : '', values };
}

export const dropOccurrences = (query: Query, before: number): Promise<object[]> =>
  query(`delete from occurrences where has_passed and changed_at < $1`, [before]);
