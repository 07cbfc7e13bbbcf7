/** Files of people that no platform gives out again, each under its id, for a while. */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from './digest.js';
import { makePrivateFolder } from './private.js';
import { replaceFile } from './replace.js';

const ID = /^[\w-]{1,64}$/;
/** Where the bytes of an id lie, in the folder of kept files; null for what is none. */
const keptFile = (dir: string, id: string): string | null => (ID.test(id) ? join(dir, id) : null);

/** What is older is looked for so often at most, in ms. */
const PRUNE_EVERY_MS = 24 * 3_600_000;

/** `maxAgeMs` after they were kept they are gone; `now` is the wall clock, which files have as well. */
export function createKeptFiles(dir: string, { maxAgeMs, now }: { maxAgeMs: number; now: () => number }) {
  let prunedAt = -Infinity;

  async function prune(): Promise<void> {
    if (now() - prunedAt < PRUNE_EVERY_MS) return;
    prunedAt = now();
    for (const name of await readdir(dir)) {
      const file = join(dir, name);
      const found = await stat(file).catch(() => null);
      if (found && now() - found.mtimeMs > maxAgeMs) await rm(file, { force: true });
    }
  }

  return {
    /** Their SHA-256, by which they can be known again. */
    async keep(id: string, bytes: Uint8Array): Promise<string> {
      const file = keptFile(dir, id);
      if (file === null) throw new Error('no id of a kept file');
      makePrivateFolder(dir);
      await replaceFile(file, bytes);
      await prune();
      return sha256(bytes);
    },
    /** Null when it is not there (any more). */
    read: (id: string): Promise<Uint8Array | null> => readKept(dir, id),
  };
}

/** Null when nothing is kept under this id (any more). */
export function readKept(dir: string, id: string): Promise<Uint8Array | null> {
  const file = keptFile(dir, id);
  return file === null ? Promise.resolve(null) : readFile(file).catch(() => null);
}
