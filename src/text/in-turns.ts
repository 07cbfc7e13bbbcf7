/** Long work beside a running bot: between the batches whatever else waits has its turn. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Items of a batch: some tens of milliseconds for a search among a county's rows. */
const BATCH = 10;

/** As `items.map(each)`, a batch a turn. */
export async function mapInTurns<T, R>(
  items: readonly T[],
  each: (item: T, at: number) => R,
  batch = BATCH,
): Promise<R[]> {
  const results: R[] = [];
  for (const [at, item] of items.entries()) {
    if (at > 0 && at % batch === 0) await nextTurn();
    results.push(each(item, at));
  }
  return results;
}
