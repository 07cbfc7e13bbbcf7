/** What of a reminder has not reached anybody yet: planned, or gathered for a summary that has not left. */
import type { Occurrence } from '../core/reminder.js';
import type { StoreReader } from '../core/store.js';

/** Whoever ends or moves a reminder takes these back. */
export async function untoldOf(
  read: Pick<StoreReader, 'findOccurrences'>,
  reminder: string,
): Promise<Occurrence[]> {
  const found = await read.findOccurrences({ reminder, statuses: ['planned', 'claimed'] });
  return found.filter(({ status, digest }) => status === 'planned' || digest !== undefined);
}
