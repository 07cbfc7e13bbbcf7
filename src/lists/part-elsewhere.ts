/** The row of a matter in which a unit takes part: two lists may speak of one matter, and only one of them of that unit. */
import { traitsOf } from '../core/list-kinds.js';
import { BEHIND_AT_MOST } from './decide.js';
import type { Knowledge } from './knowledge.js';
import type { AskerScope, IndexedRow } from './row-index.js';

/** Of the rows that the words may mean, the nearest in which the unit takes part. */
export async function rowWithUnit(
  said: string,
  unit: string,
  { search }: Pick<Knowledge, 'search'>,
  asker: AskerScope,
): Promise<IndexedRow | null> {
  const near = await search(said, asker);
  const least = (near[0]?.score ?? 0) - BEHIND_AT_MOST;
  const found = near.find(
    ({ entry: { row, list }, score }) =>
      score >= least &&
      traitsOf(list.kind).dividesWork &&
      [...row.lead, ...row.support].some((part) => part.unit === unit),
  );
  return found?.entry ?? null;
}
