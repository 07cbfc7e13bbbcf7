/** Requests in PostgreSQL: writing one with its columns, finding them, moving old ones out of the way. */
import type { PoolClient } from 'pg';
import { BotError } from '../../core/errors.js';
import type { Request } from '../../core/request.js';
import { toEntry, toWords } from '../request-entry.js';
import type { RequestPage } from '../../core/store.js';
import type { RequestFilter } from '../../core/filters.js';

/** Runs one statement and gives its rows. */
export type Query = <Row extends object>(sql: string, values?: unknown[]) => Promise<Row[]>;

const COLUMNS = [
  'version',
  'request',
  'filing',
  'kind',
  'is_open',
  'due_at',
  'filed_at',
  'last_at',
  'assigned_to',
  'ever_assigned_to',
  'called_by',
  'accounts',
  'list_row',
  'words',
];
const INSERT = `insert into requests (${COLUMNS.join(', ')}, number)
  values (${COLUMNS.map((_, i) => `$${i + 1}`).join(', ')}, $${COLUMNS.length + 1}) on conflict (number) do nothing`;
const UPDATE = `update requests set ${COLUMNS.map((name, i) => `${name} = $${i + 1}`).join(', ')}, archived = false
  where number = $${COLUMNS.length + 1} and version = $${COLUMNS.length + 2}`;

/** @throws BotError 'CONFLICT' unless the stored version is `expectedVersion`. */
export async function saveRequest(
  client: PoolClient,
  request: Request,
  expectedVersion: number,
): Promise<void> {
  const next = { ...request, version: expectedVersion + 1 };
  const entry = toEntry(next, JSON.stringify(next));
  const values = [
    entry.version,
    entry.json,
    entry.order,
    entry.kind,
    entry.isOpen,
    entry.dueAt,
    entry.filedAt,
    entry.lastAt,
    entry.assignedTo,
    entry.everAssignedTo,
    entry.calledBy,
    entry.accounts,
    entry.row,
    entry.words,
    entry.number,
  ];
  const { rowCount } =
    expectedVersion === 0
      ? await client.query(INSERT, values)
      : await client.query(UPDATE, [...values, expectedVersion]);
  if (!rowCount)
    throw new BotError('CONFLICT', `${request.number} is not stored in version ${expectedVersion}`);
}

export async function readRequest(query: Query, number: string): Promise<Request | null> {
  const sql = `select request from requests where number = $1`;
  return (await query<{ request: Request }>(sql, [number]))[0]?.request ?? null;
}

export async function findRequests(
  query: Query,
  filter: RequestFilter,
  page: { offset: number; limit: number },
): Promise<RequestPage> {
  const { where, values } = toWhere(filter);
  const limit = Number.isFinite(page.limit) ? page.limit : null;
  const n = values.length;
  const sql = `select request from requests where ${where} order by filing desc offset $${n + 1} limit $${n + 2}`;
  const [requests, counted] = await Promise.all([
    query<{ request: Request }>(sql, [...values, page.offset, limit]),
    query<{ total: number }>(`select count(*)::integer as total from requests where ${where}`, values),
  ]);
  return { requests: requests.map((row) => row.request), total: counted[0]?.total ?? 0 };
}

export async function listFiled(query: Query, from: number, to: number): Promise<Request[]> {
  const sql = `select request from requests where filed_at >= $1 and filed_at < $2 order by filing`;
  return (await query<{ request: Request }>(sql, [from, to])).map((row) => row.request);
}

function toWhere(filter: RequestFilter): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const conditions = ['not archived'];
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  /** `@>` and not `= any`: only it uses the GIN index. */
  const holds = (column: string) => (parameter: string) => `${column} @> array[${parameter}::text]`;
  add(filter.assignedTo, holds('assigned_to'));
  add(filter.everAssignedTo, holds('ever_assigned_to'));
  add(filter.calledBy, holds('called_by'));
  add(filter.account, holds('accounts'));
  add(filter.kind, (p) => `kind = ${p}`);
  add(filter.without, (p) => `kind <> all(${p}::text[])`);
  add(filter.row, (p) => `list_row = ${p}`);
  add(filter.dueUntil, (p) => `due_at <= ${p}`);
  add(filter.from, (p) => `filed_at >= ${p}`);
  add(filter.to, (p) => `filed_at < ${p}`);
  // Not as a parameter: the partial indexes are used only when the condition stands in the text.
  if (filter.isOpen !== undefined) conditions.push(filter.isOpen ? 'is_open' : 'not is_open');
  // Not `like`: what people type is no pattern.
  for (const word of filter.words ?? []) add(toWords(word), (p) => `strpos(words, ${p}) > 0`);
  return { where: conditions.join(' and '), values };
}

/** The same table: only what is live is found, and one that is committed again is live again. */
export const archiveBefore = (query: Query, lastAt: number): Promise<object[]> =>
  query(
    `update requests set archived = true
     where not archived and not is_open and last_at < $1 and number ~ '^QS-[0-9]{4}-[0-9]{6,}$'`,
    [lastAt],
  );
