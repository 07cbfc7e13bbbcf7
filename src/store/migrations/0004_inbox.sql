-- The inbox: what was heard is kept until it is handled, so that the platform may forget it. Shapes are json and times
-- milliseconds, as in 0001. What was claimed and not done before this migration comes again from its platform.

create sequence inbox_turn;

-- One of each conversation in turn: `turn` is drawn anew when an update becomes the first of its conversation.
create table inbox (
  id text primary key,
  turn bigint not null default nextval('inbox_turn'),
  seq bigint generated always as identity,
  conversation text not null,
  platform text not null,
  heard json not null,
  is_bound boolean not null,
  failures integer not null default 0,
  crashes integer not null default 0,
  run_at double precision not null,
  lease text,
  lease_until double precision
);

create unique index inbox_conversation on inbox (conversation, seq);

-- What could not be handled, for the operator.
create table set_aside (
  id text primary key,
  at double precision not null,
  entry json not null
);

-- Only consumed updates are left here: a claim is a lease in the inbox.
delete from updates where done_at is null;
alter table updates drop column lease, drop column lease_until;
alter table updates alter column done_at set not null;

-- Each process carries out what it has the platform for.
alter table outgoing add column platform text;
update outgoing set platform = split_part(conversation, ':', 1);
alter table outgoing alter column platform set not null;
alter table timers add column platform text;

-- Conversations with a message that may not have arrived, and nobody has been told.
create table doubts (
  conversation text primary key,
  at double precision not null
);

-- Processes that live, and what they run.
create table instances (
  instance text primary key,
  platforms text[] not null,
  seen_at double precision not null
);
