/** Reminders on both stores. */
import { join } from 'node:path';
import { describe } from 'vitest';
import { openLowdbStore } from '../../src/store/lowdb.js';
import { openPostgresStore } from '../../src/store/postgres.js';
import { reminderContract } from '../contracts/reminders.contract.js';
import { createLogRecorder } from '../helpers/context.js';
import { makeFolder } from '../helpers/folder.js';
import { createSchema, hasPostgres } from '../helpers/postgres.js';

reminderContract('lowdb keeps reminders', async () => {
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

const isRunning = await hasPostgres();
describe.skipIf(!isRunning)('postgres', () => {
  reminderContract('keeps reminders', async () => {
    const schema = await createSchema();
    const open = () => openPostgresStore({ url: schema.url, log: createLogRecorder() });
    let store = await open();
    return {
      store,
      async reopen() {
        await store.close();
        store = await open();
        return store;
      },
      async destroy() {
        await store.close();
        await schema.drop();
      },
    };
  });
});
