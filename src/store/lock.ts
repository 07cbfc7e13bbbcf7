/** One process at a time on a data folder. */
import { linkSync, readFileSync, realpathSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BotError, errorText } from '../core/errors.js';

/** Held by this process. In a container every process may have number 1: a lock with our own number proves nothing. */
const held = new Set<string>();

/**
 * Takes the lock or refuses while the process that holds it lives. A lock left by a killed process is taken over.
 * @returns the release.
 * @throws BotError 'STORE'
 */
export function lockFolder(dir: string): () => void {
  const file = join(dir, 'lock');
  const mine = join(dir, `lock.${process.pid}`);
  const place = realpathSync(dir);
  if (held.has(place)) throw inUse(dir, file, process.pid);
  try {
    // Complete before it bears the name that others look at: nobody reads a lock without its number.
    writeFileSync(mine, String(process.pid));
    if (!tryLink(mine, file)) {
      const holder = holderOf(file);
      if (holder !== process.pid && isAlive(holder)) throw inUse(dir, file, holder);
      takeAway(file, mine, holder);
      if (!tryLink(mine, file)) throw inUse(dir, file, holderOf(file));
    }
  } catch (error) {
    if (error instanceof BotError) throw error;
    throw new BotError(
      'STORE',
      `无法在数据目录 ${dir} 中写文件:${errorText(error)}。处理办法:检查目录权限和磁盘空间。`,
      { cause: error },
    );
  } finally {
    removeIfThere(mine);
  }
  held.add(place);
  return () => {
    held.delete(place);
    removeIfThere(file);
  };
}

/** False when the lock exists. */
function tryLink(mine: string, file: string): boolean {
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** NaN for a lock that is gone or holds no number. */
function holderOf(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8') || NaN);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NaN;
    throw error;
  }
}

/** Of two that find the same leftover, the slower may get hold of the lock that the faster has made: it gives it back. */
function takeAway(file: string, mine: string, holder: number): void {
  const taken = `${mine}.old`;
  try {
    renameSync(file, taken);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (!Object.is(holderOf(taken), holder)) tryLink(taken, file);
  unlinkSync(taken);
}

function removeIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Nothing to remove, or a folder that cannot be written: the next start takes the leftover over.
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const inUse = (dir: string, file: string, holder: number): BotError =>
  new BotError(
    'STORE',
    `数据目录 ${dir} 正被另一个进程(${holder})使用。处理办法:先停止那个进程;确认没有的,删除 ${file} 后再启动。`,
  );
