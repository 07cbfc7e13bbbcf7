/** What an operator looks at of the store in use, whether or not a bot is running on it. */
import { join } from 'node:path';
import type { Config } from '../../src/config.js';
import { readForOperator, type StoredForOperator } from '../../src/store/lowdb/read-state.js';
import type { Note } from '../../src/core/note.js';
import { PROBLEMS_ONLY } from './silent-log.js';

export async function readStored(config: Config): Promise<StoredForOperator> {
  if (!config.databaseUrl) return readForOperator(join(config.dataDir, 'store'));
  const { openPostgresStore } = await import('../../src/store/postgres/index.js');
  const store = await openPostgresStore({
    url: config.databaseUrl,
    log: PROBLEMS_ONLY,
    recordKey: config.recordKey,
  });
  try {
    const [notes, undelivered, setAside] = await Promise.all([
      store.listNotes(),
      store.listUndelivered(),
      store.listSetAside(),
    ]);
    return { notes, undelivered, setAside };
  } finally {
    await store.close();
  }
}

export const storedNotes = async (config: Config): Promise<Note[]> => (await readStored(config)).notes;
