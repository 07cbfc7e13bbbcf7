/** One process at a time on a folder: real processes, and what the refused ones read. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLowdbStore } from '../../src/store/lowdb.js';
import { makeFolder } from '../helpers/folder.js';
import { notesIn, refusalOf } from '../helpers/store-folder.js';

const LOWDB = 'dist/src/store/lowdb.js';
/** No process has a number above the kernel's largest (2^22). */
const NOBODY = '99999999';
const PROCESSES = 6;
/** On a busy machine a process takes seconds to start. */
const START_MS = 120_000;

/** Says `open` or why not; ends when its input does. */
const PROGRAM = `
  import { openLowdbStore } from './${LOWDB}';
  try {
    const store = await openLowdbStore(process.argv[1]);
    console.log('open');
    process.stdin.resume().on('end', () => store.close());
  } catch (error) {
    console.log(error.message);
  }`;

type Opener = { pid: number; said: Promise<string>; end: () => Promise<void> };
function openElsewhere(dir: string): Opener {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, dir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const said = new Promise<string>((resolve) =>
    child.stdout.once('data', (data) => resolve(String(data).trim())),
  );
  return {
    pid: child.pid ?? 0,
    said,
    end: () => {
      child.stdin.end();
      return ended;
    },
  };
}

describe('a second process', { timeout: START_MS }, () => {
  it('is refused with the number of the first, and may when that has ended', async () => {
    const dir = join(makeFolder(), 'store');
    const other = openElsewhere(dir);
    expect(await other.said).toBe('open');
    expect(await refusalOf(dir)).toBe(
      `数据目录 ${dir} 正被另一个进程(${other.pid})使用。处理办法:先停止那个进程;确认没有的,删除 ${join(dir, 'lock')} 后再启动。`,
    );
    await other.end();
    expect(await notesIn(dir)).toEqual([]);
    expect(readdirSync(dir).filter((name) => name.startsWith('lock'))).toEqual([]);
  });

  it.each([
    ['a leftover of a killed process', NOBODY],
    ['an empty leftover', ''],
    ['no leftover', null],
  ])('among many that start at once over %s: one gets the folder', async (_, lock) => {
    const dir = join(makeFolder(), 'store');
    mkdirSync(dir);
    if (lock !== null) writeFileSync(join(dir, 'lock'), lock);
    const others = Array.from({ length: PROCESSES }, () => openElsewhere(dir));
    const said = await Promise.all(others.map((other) => other.said));
    expect(said.filter((text) => text === 'open')).toHaveLength(1);
    for (const text of said) expect(text).toMatch(/^open$|正被另一个进程.*使用/);
    await Promise.all(others.map((other) => other.end()));
  });

  it('is not needed: one process cannot open its folder twice either', async () => {
    const dir = join(makeFolder(), 'store');
    const store = await openLowdbStore(dir);
    expect(await refusalOf(dir)).toContain('正被另一个进程');
    await store.close();
    // In a container the process that was killed had our number.
    writeFileSync(join(dir, 'lock'), String(process.pid));
    expect(await notesIn(dir)).toEqual([]);
  });
});
