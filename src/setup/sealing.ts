/** The first start sets the daily seal of the record; it goes on by itself. */
import type { Store } from '../core/store.js';
import { SEAL_KIND, sealTimer } from '../timers/seal.js';

export async function startSealing(store: Pick<Store, 'getTimer' | 'commit'>, now: number): Promise<void> {
  if ((await store.getTimer(SEAL_KIND)) === null) await store.commit([sealTimer(now)]);
}
