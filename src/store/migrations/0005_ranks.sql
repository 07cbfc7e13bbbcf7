-- Answers leave before what is urgent, that before broadcasts, when an app has no room for all (Rank in src/core/store.ts).

alter table outgoing add column rank smallint not null default 0;
drop index outgoing_first;
create index outgoing_first on outgoing (rank, seq) where is_first;

-- Groups that their platform calls by another id now (ChatMove).
create table moves (
  platform text not null,
  known text not null,
  now text not null,
  primary key (platform, known)
);
