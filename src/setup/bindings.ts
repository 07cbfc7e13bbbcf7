/** Bindings made in chats reach the directory: at once those of this process, within seconds those of others. */
import { errorText } from '../core/errors.js';
import type { Logger } from '../core/ports.js';
import type { Store } from '../core/store.js';
import type { LiveDirectory } from '../organizations/live.js';

const look = async (store: Store, live: LiveDirectory): Promise<void> =>
  live.bind(await store.listBindings());

/** The store, whose commits of bindings hold for the next message already. */
export function withBindings(store: Store, live: LiveDirectory): Store {
  return {
    ...store,
    async commit(changes, claim) {
      const claimed = await store.commit(changes, claim);
      if (changes.some(({ kind }) => kind === 'binding')) await look(store, live).catch(() => undefined);
      return claimed;
    },
  };
}

/** @returns one look; never rejects. */
export const createBindingsFollower =
  (store: Store, live: LiveDirectory, log: Logger) => async (): Promise<void> => {
    try {
      await look(store, live);
    } catch (error) {
      log.warn({ error: errorText(error) }, 'bindings are not read, those read last hold');
    }
  };
