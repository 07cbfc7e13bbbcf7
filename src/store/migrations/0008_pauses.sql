-- Until when the processes of this database leave an app alone that said to wait, by the steady clock.
create table pauses (
  platform text primary key,
  until double precision not null
);
