/** Temporary folders in that of the run (`run-folder.ts`). Those of a file go after it (`each-file.ts`). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

export function makeFolder(): string {
  const dir = makeLastingFolder();
  made.push(dir);
  return dir;
}

/** For what several files use: it stays until the run ends. */
export const makeLastingFolder = (): string => mkdtempSync(join(tmpdir(), 'qingdan-'));

export function removeFolders(): void {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
}
