/** What leaves first, and how much of it may. */
import type { Platform } from './chat.js';

/** What leaves first when an app has no room for all: 0 answers, 1 what is urgent or that somebody did, 2 broadcasts. */
export type Rank = 0 | 1 | 2;
export const RANKS: readonly Rank[] = [0, 1, 2];

/** Messages of the ranks 0 to `rank` that take up to `count` calls. */
export type Room = { rank: Rank; count: number };

/** Whether one more message finds room, which it then has taken. The first one always does: else one of many calls would wait for ever. */
export function createRoomTaker(
  room: ReadonlyMap<Platform, Room> | undefined,
): (platform: Platform, rank: Rank, calls?: number) => boolean {
  const taken = new Map<Platform, number>();
  return (platform, rank, calls = 1) => {
    const own = room?.get(platform);
    if (!own) return true;
    const before = taken.get(platform) ?? 0;
    if (rank > own.rank || before >= own.count) return false;
    if (before > 0 && before + calls > own.count) return false;
    taken.set(platform, before + calls);
    return true;
  };
}
