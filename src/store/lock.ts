/** One process at a time on a data folder. */
import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { BotError, errorText } from '../core/errors.js';

/**
 * Takes the lock or refuses while the process that holds it lives. A lock left by a killed process is taken over.
 * @returns the release.
 * @throws BotError 'STORE'
 */
export function lockFolder(dir: string): () => void {
  const file = join(dir, 'lock');
  for (let attempt = 0; ; attempt++) {
    try {
      const fd = openSync(file, 'wx');
      writeSync(fd, String(process.pid));
      closeSync(fd);
      return () => unlinkSync(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new BotError(
          'STORE',
          `无法在数据目录 ${dir} 中写文件:${errorText(error)}。处理办法:检查目录权限和磁盘空间。`,
          { cause: error },
        );
    }
    const holder = Number(readFileSync(file, 'utf8'));
    // In a container every process may have number 1: our own number in a lock that we do not hold is a leftover.
    if (attempt > 0 || (holder !== process.pid && isAlive(holder)))
      throw new BotError(
        'STORE',
        `数据目录 ${dir} 正被另一个进程(${holder})使用。处理办法:先停止那个进程;确认没有的,删除 ${file} 后再启动。`,
      );
    unlinkSync(file);
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
