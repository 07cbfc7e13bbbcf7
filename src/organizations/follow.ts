/** Follows the folder of the directory: whoever is removed from it or added to it is so within seconds, without a restart. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { errorText } from '../core/errors.js';
import type { LiveDirectory } from './live.js';
import { loadDirectorySource } from './load.js';

export type DirectoryFollowOptions = {
  dir: string;
  live: LiveDirectory;
  /** Units are called otherwise now: what was indexed by their names is built anew. */
  onUnits: () => Promise<void>;
  onChange: () => void;
  /** The folder is broken, with file, line and column: the directory read last stays. Said once for each state of it. */
  onRefused: (reason: string) => void;
};

/** @returns one look, called every few seconds; a look that is still under way is not begun again. Never rejects. */
export function createDirectoryFollower(options: DirectoryFollowOptions): () => Promise<void> {
  const { dir, live, onUnits, onChange, onRefused } = options;
  let isLooking = false;
  // Not the state at this moment: the folder may have changed since it was read.
  let taken = '';
  let tried = '';
  let refused = '';

  const look = async (): Promise<void> => {
    const state = stateOf(dir);
    if (state === taken || state === refused) return;
    try {
      const next = loadDirectorySource(dir);
      // Somebody is writing file after file: the next look finds the whole.
      if (stateOf(dir) !== state) return;
      const before = live.source();
      taken = state;
      refused = '';
      if (isDeepStrictEqual(next, before)) return;
      live.replace(next);
      onChange();
      if (isDeepStrictEqual(unitsOf(next), unitsOf(before))) return;
      await onUnits().catch((error: unknown) => onRefused(errorText(error)));
    } catch (error) {
      // The first time it may be half written.
      if (tried === state) {
        refused = state;
        onRefused(errorText(error));
      }
      tried = state;
    }
  };

  return async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      await look();
    } finally {
      isLooking = false;
    }
  };
}

const unitsOf = ({ county, organizations }: { county: string; organizations: unknown }) => ({
  county,
  organizations,
});

/** Of every file: a time alone may be the same within a tick of the file system. */
function stateOf(dir: string): string {
  try {
    return readdirSync(dir)
      .sort()
      .map((name) => {
        const found = statSync(join(dir, name), { throwIfNoEntry: false });
        return found ? `${name} ${found.ino}/${found.size}/${found.mtimeMs}/${found.ctimeMs}` : name;
      })
      .join('\n');
  } catch (error) {
    return `unreadable: ${errorText(error)}`;
  }
}
