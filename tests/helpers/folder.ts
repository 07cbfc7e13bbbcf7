/** Temporary folders, removed after each file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];
afterAll(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

export function makeFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'qingdan-'));
  made.push(dir);
  return dir;
}
