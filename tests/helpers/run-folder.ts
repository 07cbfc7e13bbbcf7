/**
 * Before the first file and after the last one: all temporary folders of the run lie in one, which goes with it. In memory where
 * there is room, because stores write through: some thousand commits wait 3 ms each for a disk.
 */
import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const IN_MEMORY = '/dev/shm';
const ROOM = 4 * 2 ** 30;

function hasRoom(dir: string): boolean {
  if (!existsSync(dir)) return false;
  const { bavail, bsize } = statfsSync(dir);
  return bavail * bsize > ROOM;
}

let dir = '';

export function setup(): void {
  dir = mkdtempSync(join(hasRoom(IN_MEMORY) ? IN_MEMORY : tmpdir(), 'qingdan-tests-'));
  // As it is with /tmp: others of the machine pass through to what is theirs.
  chmodSync(dir, 0o711);
  process.env['TMPDIR'] = dir;
}

export function teardown(): void {
  rmSync(dir, { recursive: true, force: true });
}
