-- Reminders and the ledger of their occurrences. Shapes are json and times milliseconds, as in 0001.

-- The columns beside `reminder` are what it is looked up by (reminder-index.ts).
create table reminders (
  id text primary key,
  version integer not null,
  reminder json not null,
  created_at double precision not null,
  is_active boolean not null,
  owner text not null,
  recipients text[] not null,
  source text not null,
  reference text
);

create index reminders_owner on reminders (owner, created_at);
create index reminders_active on reminders (created_at) where is_active;
create index reminders_reference on reminders (source, reference);
create index reminders_recipients on reminders using gin (recipients);

create table occurrences (
  id text primary key,
  version integer not null,
  occurrence json not null,
  reminder text not null,
  recipient text not null,
  status text not null,
  due_at double precision not null,
  changed_at double precision not null,
  has_passed boolean not null
);

create index occurrences_reminder on occurrences (reminder, due_at);
create index occurrences_recipient on occurrences (recipient, due_at);
create index occurrences_open on occurrences (due_at) where not has_passed;
create index occurrences_passed on occurrences (changed_at) where has_passed;
