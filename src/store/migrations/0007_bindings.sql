-- What was bound in a chat: accounts to people, groups to units (Binding in src/core/store.ts).
create table bindings (
  place text primary key,
  binding jsonb not null
);
