-- 评价期: what townships give the bodies that they score, with confirmations and appeals (Evaluation in src/core/evaluation.ts).

create table evaluations (
  id text primary key,
  version integer not null,
  evaluation json not null,
  opened_at double precision not null
);
