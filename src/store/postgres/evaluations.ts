/** Evaluations in PostgreSQL. */
import type { PoolClient } from 'pg';
import type { Evaluation } from '../../core/evaluation.js';
import { saveVersioned } from './reminders.js';
import type { Query } from './requests.js';

/** @throws BotError 'CONFLICT' unless the stored version is `expectedVersion`. */
export function saveEvaluation(
  client: PoolClient,
  evaluation: Evaluation,
  expectedVersion: number,
): Promise<void> {
  const next = { ...evaluation, version: expectedVersion + 1 };
  const cells = {
    id: next.id,
    version: next.version,
    evaluation: JSON.stringify(next),
    opened_at: next.openedAt,
  };
  return saveVersioned(client, 'evaluations', cells, expectedVersion);
}

export async function readEvaluation(query: Query, id: string): Promise<Evaluation | null> {
  const sql = `select evaluation from evaluations where id = $1`;
  return (await query<{ evaluation: Evaluation }>(sql, [id]))[0]?.evaluation ?? null;
}

export async function listEvaluations(query: Query): Promise<Evaluation[]> {
  const sql = `select evaluation from evaluations order by opened_at desc, id collate "C" desc`;
  return (await query<{ evaluation: Evaluation }>(sql)).map((row) => row.evaluation);
}
