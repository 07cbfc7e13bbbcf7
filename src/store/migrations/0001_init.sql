-- Times are milliseconds as JavaScript counts them: double precision holds them exactly and needs no conversion.
-- Stored shapes are json, not jsonb: jsonb refuses \u0000 and lone surrogates, which people do paste into chats.

create table sessions (
  key text primary key,
  session json not null,
  updated_at double precision not null
);

create table notes (
  seq bigint generated always as identity primary key,
  note json not null
);

-- A claimed update has a lease; a consumed one has done_at.
create table updates (
  id text primary key,
  lease text not null,
  lease_until double precision not null,
  done_at double precision
);

-- The outbox. Within a conversation, seq is the order of the commits (see the locks in postgres.ts).
create table outgoing (
  seq bigint generated always as identity primary key,
  key text not null unique,
  conversation text not null,
  message json not null,
  attempts integer not null default 0,
  run_at double precision not null,
  first_tried_at double precision,
  lease text,
  lease_until double precision
);

create unique index outgoing_conversation on outgoing (conversation, seq);

create table undelivered (
  seq bigint generated always as identity primary key,
  at double precision not null,
  entry json not null
);
