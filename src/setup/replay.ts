/**
 * Updates that were set aside and that the operator wants handled once more: `npm run undelivered -- replay ID` leaves a
 * file in the data folder, since only the running bot may write to its store.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tokenOf } from '../text/token.js';
import { errorText } from '../core/errors.js';
import type { Clock, Logger } from '../core/ports.js';
import { makePrivateFolder, PRIVATE_FILE } from '../files/private.js';
import type { Store } from '../core/store.js';

const folderOf = (dataDir: string): string => join(dataDir, 'replay');

/** Asks the bot, running or to be started, to handle this update again. */
export function wishReplay(dataDir: string, id: string): void {
  makePrivateFolder(folderOf(dataDir));
  writeFileSync(join(folderOf(dataDir), `${tokenOf(id)}.txt`), id, { mode: PRIVATE_FILE });
}

/** Takes up what the operator asked for; never rejects. */
export async function replayWished(
  dataDir: string,
  { store, steady, log }: { store: Pick<Store, 'replayUpdate'>; steady: Clock; log: Logger },
): Promise<void> {
  try {
    for (const name of wishesIn(dataDir)) {
      const file = join(folderOf(dataDir), name);
      const id = readFileSync(file, 'utf8');
      const isThere = await store.replayUpdate(id, steady());
      rmSync(file);
      log.info({ update: id, isThere }, 'an update that was set aside is handled again');
    }
  } catch (error) {
    log.warn({ error: errorText(error) }, 'updates that were set aside cannot be replayed');
  }
}

function wishesIn(dataDir: string): string[] {
  try {
    return readdirSync(folderOf(dataDir)).filter((name) => name.endsWith('.txt'));
  } catch {
    return [];
  }
}
