import { join } from 'node:path';
import { storeContract } from '../../contracts/store.contract.js';
import { openLowdbStore } from '../../../src/store/lowdb/index.js';
import { makeFolder } from '../../helpers/folder.js';

storeContract('lowdb', async () => {
  const dir = join(makeFolder(), 'store');
  let store = await openLowdbStore(dir);
  return {
    store,
    async reopen() {
      await store.close();
      store = await openLowdbStore(dir);
      return store;
    },
    destroy: () => store.close(),
  };
});
