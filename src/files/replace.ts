/** Replacing a file so that at every moment either the old or the new one is there, whole. */
import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { PRIVATE_FILE } from './private.js';

/**
 * Writes whole and synced beside the file, under a name of its own because several processes may write it at once, then
 * renames. Not write-file-atomic: it calls `fs.write` once and does not look at how much was written, so on a full disk
 * it renamed half a file into place (measured on a small tmpfs).
 */
export async function replaceFile(
  file: string,
  text: string | Uint8Array,
  mode = PRIVATE_FILE,
): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'w', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}
