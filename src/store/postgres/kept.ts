/** What the record vouches for, as the tables hold it. */
import type { Request, Ruling } from '../../core/request.js';
import type { Kept } from '../words.js';
import { listEvaluations } from './evaluations.js';
import type { Query } from './requests.js';

/** All requests, rulings and evaluations. */
export async function readKeptTable(query: Query): Promise<Kept> {
  const rows = await query<{ request: Request }>(`select request from requests`);
  const rulings = await query<{ ruling: Ruling }>(`select ruling from rulings`);
  return {
    requests: new Map(rows.map(({ request }) => [request.number, request])),
    rulings: rulings.map(({ ruling }) => ruling),
    evaluations: await listEvaluations(query),
  };
}
