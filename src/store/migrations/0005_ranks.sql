-- Answers leave before what is urgent, that before broadcasts, when an app has no room for all (Rank in src/core/store.ts).

alter table outgoing add column rank smallint not null default 0;
drop index outgoing_first;
create index outgoing_first on outgoing (rank, seq) where is_first;
