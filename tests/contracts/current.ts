/** What the parts of the contract of a store share. */
import type { Store } from '../../src/core/store.js';

export const LEASE_MS = 60_000;

/** The store of the running test. */
export type Current = {
  store(): Store;
  /** Closes it and opens it again on the same data. */
  reopen(): Promise<Store>;
};
