/** What of a reminder has not reached anybody yet: planned, or gathered for a summary that has not left. */
import type { StoreReader } from '../core/ports.js';
import type { Occurrence } from '../core/reminder.js';

/** Whoever ends or moves a reminder takes these back. */
export async function untoldOf(
  read: Pick<StoreReader, 'findOccurrences'>,
  reminder: string,
): Promise<Occurrence[]> {
  const found = await read.findOccurrences({ reminder, statuses: ['planned', 'claimed'] });
  return found.filter(({ status, digest }) => status === 'planned' || digest !== undefined);
}
