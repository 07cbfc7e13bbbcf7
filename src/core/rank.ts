/** What leaves first, and how much of it may. */
import type { Platform } from './chat.js';

/** What leaves first when an app has no room for all: 0 answers, 1 what is urgent or that somebody did, 2 broadcasts. */
export type Rank = 0 | 1 | 2;
export const RANKS: readonly Rank[] = [0, 1, 2];

/** Up to `count` messages of the ranks 0 to `rank`. */
export type Room = { rank: Rank; count: number };

/** Whether one more message finds room, which it then has taken. */
export function createRoomTaker(
  room: ReadonlyMap<Platform, Room> | undefined,
): (platform: Platform, rank: Rank) => boolean {
  const taken = new Map<Platform, number>();
  return (platform, rank) => {
    const own = room?.get(platform);
    if (!own) return true;
    const before = taken.get(platform) ?? 0;
    if (rank > own.rank || before >= own.count) return false;
    taken.set(platform, before + 1);
    return true;
  };
}
