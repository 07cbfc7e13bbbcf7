import { join } from 'node:path';
import { storeContract } from '../contracts/store.contract.js';
import { openLowdbStore } from '../../src/store/lowdb.js';
import { makeFolder } from '../helpers/folder.js';

storeContract('lowdb', async () => {
  const dir = join(makeFolder(), 'store');
  const store = await openLowdbStore(dir);
  return { store, reopen: () => openLowdbStore(dir), destroy: () => Promise.resolve() };
});
