/** How often a language model may be asked to restate what was said. */
import { toLocal } from '../../calendar/local.js';
import type { Context } from '../../core/types.js';
import type { Restating } from '../../nlu/rephrase.js';

/** Calls are counted by day, for bound people and strangers apart: no flood of nonsense costs more than the budget. */
export async function isWithinBudget(
  { person, now, takeNumber }: Context,
  { daily, unboundDaily }: Restating,
): Promise<boolean> {
  const budget = person ? daily : unboundDaily;
  if (budget === 0) return false;
  return (await takeNumber(`restated:${person ? 'bound' : 'unbound'}:${toLocal(now).date}`)) <= budget;
}
