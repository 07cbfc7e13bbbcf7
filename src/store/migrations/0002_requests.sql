-- Requests, timers, numbers, live cards and the record. Shapes are json and times milliseconds, as in 0001.

-- `request` is the whole of it; the other columns are what it is looked up by (request-entry.ts).
create table requests (
  number text primary key,
  version integer not null,
  request json not null,
  filing double precision not null,
  kind text not null,
  is_open boolean not null,
  due_at double precision,
  filed_at double precision not null,
  last_at double precision not null,
  assigned_to text[] not null,
  ever_assigned_to text[] not null,
  called_by text[] not null,
  accounts text[] not null,
  list_row text,
  words text not null,
  archived boolean not null default false
);

create index requests_live on requests (filing) where not archived;
create index requests_open on requests (filing) where not archived and is_open;
create index requests_due on requests (due_at) where not archived and due_at is not null;
create index requests_ended on requests (last_at) where not archived and not is_open;
create index requests_row on requests (list_row) where not archived;
create index requests_assigned_to on requests using gin (assigned_to) where not archived;
create index requests_ever_assigned_to on requests using gin (ever_assigned_to) where not archived;
create index requests_called_by on requests using gin (called_by) where not archived;
create index requests_accounts on requests using gin (accounts) where not archived;

create table rulings (
  request text primary key,
  at double precision not null,
  ruling json not null
);

create table cards (
  slot text primary key,
  card json not null,
  sent_at double precision not null
);

create table timers (
  key text primary key,
  seq bigint generated always as identity,
  run_at double precision not null,
  kind text not null,
  payload json not null,
  attempts integer not null default 0,
  lease text,
  lease_until double precision
);

create index timers_due on timers (run_at, seq);

create table numbers (
  series text primary key,
  value bigint not null
);

-- The first message of its conversation, kept so that a claim need not look at what waits behind it.
alter table outgoing add column is_first boolean not null default false;
update outgoing set is_first = true
  where seq in (select min(seq) from outgoing group by conversation);
create index outgoing_first on outgoing (seq) where is_first;

-- Entries as committed; they are chained into `record` afterwards, so that commits need not wait for each other.
create table record_pending (
  id bigint generated always as identity primary key,
  entry json not null
);

create table record (
  seq bigint primary key,
  request text,
  line text not null
);

create index record_request on record (request, seq) where request is not null;

-- How far the record reaches: notices when its end is cut off.
create table record_head (
  id boolean primary key default true check (id),
  seq bigint not null,
  hash text not null
);
