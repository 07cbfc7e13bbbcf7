/** A platform on which nobody speaks: for measuring what the core does. */
import type { Adapter } from '../../src/core/ports.js';

/** Wide enough never to be felt. */
const FREE = { burst: 1_000_000, everyMs: 1 };

/** `delivered` is called for each message that leaves. */
export function createDeafAdapter(delivered: () => void): Adapter {
  return {
    name: 'console',
    dedupeWindowMs: 0,
    appPace: [],
    pace: { direct: FREE, group: FREE },
    editWindowMs: 0,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    deliver() {
      delivered();
      return Promise.resolve({ messageId: null });
    },
    download: () => Promise.reject(new Error('nothing to download')),
  };
}
