/** What the first start sets and goes on by itself: the daily seal of the record, the operator's line, 督办's morning, the morning look at who is still there. */
import type { Store } from '../core/store.js';
import { handoverTimer } from '../timers/handover.js';
import { OPERATOR_KIND, operatorTimer } from '../timers/operator.js';
import { SEAL_KIND, sealTimer } from '../timers/seal.js';
import { WATCH_KIND, watchTimer } from '../timers/watch-digest.js';

export async function startStanding(store: Pick<Store, 'getTimer' | 'commit'>, now: number): Promise<void> {
  if ((await store.getTimer(SEAL_KIND)) === null) await store.commit([sealTimer(now)]);
  if ((await store.getTimer(OPERATOR_KIND)) === null) await store.commit([operatorTimer(now)]);
  if ((await store.getTimer(WATCH_KIND)) === null) await store.commit([watchTimer(now)]);
  await lookWhoIsThere(store, now);
}

/** People changed, or may have while nobody looked: each start and each change of the directory. */
export const lookWhoIsThere = (store: Pick<Store, 'commit'>, now: number): Promise<unknown> =>
  store.commit([handoverTimer(now)]);
