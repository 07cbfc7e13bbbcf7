import { mkdirSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sha256 } from '../../src/files/digest.js';
import { createKeptFiles } from '../../src/files/kept.js';
import { createClock } from '../helpers/clock.js';
import { makeFolder } from '../helpers/folder.js';

const DAY = 24 * 3_600_000;

it('keeps bytes under their id, private, for a while, and nothing outside of its folder', async () => {
  const dir = join(makeFolder(), 'attachments');
  const clock = createClock(Date.now());
  const files = createKeptFiles(dir, { maxAgeMs: 10 * DAY, now: clock });
  expect(await files.read('a1')).toBeNull();
  expect(await files.keep('a1', Buffer.from([1, 2]))).toBe(sha256(Buffer.from([1, 2])));
  expect(await files.read('a1')).toEqual(Buffer.from([1, 2]));
  expect(statSync(join(dir, 'a1')).mode & 0o077).toBe(0);
  expect(statSync(dir).mode & 0o077).toBe(0);
  mkdirSync(join(dir, '..', 'other'));
  for (const id of ['../other', '', 'a/b', 'x'.repeat(65)]) {
    expect(await files.read(id)).toBeNull();
    await expect(files.keep(id, Buffer.from([1]))).rejects.toThrow();
  }
  const old = (clock() - 11 * DAY) / 1_000;
  utimesSync(join(dir, 'a1'), old, old);
  clock.advance(2 * DAY);
  await files.keep('a2', Buffer.from([3]));
  expect(readdirSync(dir)).toEqual(['a2']);
});
