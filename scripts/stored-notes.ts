/** The notes of the store in use, whether or not a bot is running on it. */
import { join } from 'node:path';
import type { Config } from '../src/config.js';
import type { Logger, Note } from '../src/core/ports.js';
import { readNotes } from '../src/store/read-notes.js';

const log: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (fields, message) => console.error(message, fields),
  error: (fields, message) => console.error(message, fields),
};

export async function storedNotes(config: Config): Promise<Note[]> {
  if (!config.databaseUrl) return readNotes(join(config.dataDir, 'store'));
  const { openPostgresStore } = await import('../src/store/postgres.js');
  const store = await openPostgresStore({ url: config.databaseUrl, log });
  try {
    return await store.listNotes();
  } finally {
    await store.close();
  }
}
