/** A folder of the lowdb store as a person finds it after a crash or a damage. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { note } from './changes.js';
import { makeFolder } from './folder.js';

/**
 * What a killed process leaves on the disk: a copy, since a store that is open holds its folder. A kill is one instant and
 * a copy is not: one during which a file was renamed, made or removed (the store's own calls end beside us, on threads) is
 * thrown away and made again. No new call begins meanwhile, so that this ends.
 */
export function copyFolder(dir: string): string {
  const copy = join(makeFolder(), 'store');
  for (;;) {
    const before = namesIn(dir);
    try {
      cpSync(dir, copy, { recursive: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    if (before !== null && before === namesIn(dir)) return copy;
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Every name with the file that bears it; null when one went away under the look. */
function namesIn(dir: string): string | null {
  try {
    const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
    return paths.map((path) => `${path} ${statSync(join(dir, path)).ino}`).join('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Each text is a note of a run of its own, so that a snapshot is between any two; then `open` is killed. */
export async function makeKilledFolder(texts: string[], open: string[] = []): Promise<string> {
  const dir = join(makeFolder(), 'store');
  for (const text of texts) {
    const store = await openLowdbStore(dir);
    await store.commit([note(text)]);
    await store.close();
  }
  const store = await openLowdbStore(dir);
  for (const text of open) await store.commit([note(text)]);
  await store.settled();
  const copy = copyFolder(dir);
  await store.close();
  return copy;
}

/** The notes, as a restart reads them. */
export async function notesIn(dir: string, onProblem?: (text: string) => void): Promise<string[]> {
  const store = await openLowdbStore(dir, onProblem);
  try {
    return (await store.listNotes()).map(({ text }) => text);
  } finally {
    await store.close();
  }
}

/** What a person sees when the store does not open. */
export const refusalOf = (dir: string): Promise<string> =>
  notesIn(dir).then(
    () => 'opened',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

export const journalsIn = (dir: string): string[] =>
  readdirSync(dir)
    .filter((name) => /^journal-\d+\.ndjson$/.test(name))
    .sort((a, b) => Number(/\d+/.exec(a)?.[0]) - Number(/\d+/.exec(b)?.[0]))
    .map((name) => join(dir, name));

export const backupsIn = (dir: string): string[] => {
  const backups = join(dir, 'backups');
  return existsSync(backups)
    ? readdirSync(backups)
        .sort()
        .map((name) => join(backups, name))
    : [];
};

/** Turns one bit of the first place where `text` stands. */
export function flip(file: string, text: string): void {
  const bytes = readFileSync(file);
  const at = bytes.indexOf(text);
  if (at < 0) throw new Error(`${file} does not hold ${text}`);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

/** Leaves the given share of the file. */
export function cut(file: string, share: number): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length * share)));
}
