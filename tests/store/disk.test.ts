/** A disk that is full and a folder that cannot be written, as a person meets them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Change } from '../../src/core/ports.js';
import { openLowdbStore } from '../../src/store/lowdb.js';
import { makeFolder } from '../helpers/folder.js';

const note = (text: string): Change => ({
  kind: 'note',
  note: { at: 0, topic: 'no-row', text, rows: [], edition: 'e' },
});

/** A disk of 128 KB, or null where this machine does not let us make one. */
function makeSmallDisk(): string | null {
  const dir = join(makeFolder(), 'disk');
  mkdirSync(dir);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', dir], { stdio: 'ignore' });
  } catch {
    console.warn('disk.test.ts: no right to mount a small disk here, the test of a full disk is SKIPPED');
    return null;
  }
  onTestFinished(() => void execFileSync('umount', [dir]));
  return dir;
}

describe('a full disk', () => {
  it('fails the commit with a clear message, half-applies nothing, and goes on when there is room again', async (ctx) => {
    const disk = makeSmallDisk();
    if (!disk) return ctx.skip();
    const dir = join(disk, 'store');
    const store = await openLowdbStore(dir);
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, Buffer.alloc(40_000));
    const kept: string[] = [];
    let failure: unknown;
    for (let i = 0; failure === undefined; i++)
      await store.commit([note(`${i} ${'路'.repeat(500)}`)]).then(
        () => kept.push(String(i)),
        (error: unknown) => (failure = error),
      );
    expect(String(failure)).toMatch(/无法写入磁盘.*本次改动没有保存.*检查磁盘空间/);
    const texts = async () => (await store.listNotes()).map((n) => n.text.split(' ')[0]);
    expect(await texts()).toEqual(kept);
    rmSync(ballast);
    await store.commit([note('again')]);
    expect(await texts()).toEqual([...kept, 'again']);
    const last = [...kept, 'again'];
    await store.close();
    const reopened = await openLowdbStore(dir);
    expect((await reopened.listNotes()).map((n) => n.text.split(' ')[0])).toEqual(last);
    await reopened.close();
  });
});

describe('a folder that cannot be made', () => {
  it('is refused with its name and what to do', async () => {
    const file = join(makeFolder(), 'file');
    writeFileSync(file, '');
    await expect(openLowdbStore(join(file, 'store'))).rejects.toThrow(/无法使用数据目录.*检查目录权限/);
  });
});
