/**
 * One process at a time on a data folder: a lock that the kernel keeps on an open file (Linux: `F_OFD_SETLK`, macOS:
 * `flock`, Windows: `LockFileEx`). It knows no process numbers and no clock, so it holds between containers that share a
 * volume, and it ends with the process however that ends. The file is opened close-on-exec: no child inherits the lock.
 */
import { closeSync, constants, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { BotError, errorText } from '../../core/errors.js';
import { PRIVATE_FILE } from '../../files/private.js';

/** What a stranger wrote into the file must not fill the screen. */
const MAX_HOLDER_CHARACTERS = 200;

/**
 * Takes the lock or refuses while another holder has it.
 * @returns the release. The file stays: were it removed, one who had it open and one who makes it anew would both hold it.
 * @throws BotError 'STORE', also where no lock can be had: the folder is never used without one.
 */
export async function lockFolder(dir: string): Promise<() => void> {
  const file = join(dir, 'lock');
  const tryLock = await loadTryLock(dir);
  const fd = openLockFile(dir, file);
  try {
    if (!isGranted(dir, () => tryLock(fd))) throw inUse(dir, file);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  sign(fd, `主机 ${hostname()},进程 ${process.pid},自 ${localTime(new Date())} 起\n本文件请勿删除\n`);
  return () => {
    sign(fd, '');
    closeSync(fd);
  };
}

/** The native part is built for glibc on x64 and arm64, for macOS and for Windows. */
async function loadTryLock(dir: string): Promise<(fd: number) => boolean> {
  try {
    return (await import('fs-native-extensions')).tryLock;
  } catch (error) {
    throw new BotError(
      'STORE',
      `无法独占数据目录 ${dir}:本机装不上文件锁组件 fs-native-extensions(${process.platform}-${process.arch}:${firstLine(errorText(error))})。处理办法:先重新运行 npm ci;仍不行的,换用 Debian、Ubuntu 等 glibc 系统或镜像(不用 Alpine),或设置 DATABASE_URL 改用 PostgreSQL。`,
      { cause: error },
    );
  }
}

function openLockFile(dir: string, file: string): number {
  try {
    // Without O_TRUNC: the one who is refused reads in it who holds the folder.
    return openSync(file, constants.O_RDWR | constants.O_CREAT, PRIVATE_FILE);
  } catch (error) {
    throw new BotError(
      'STORE',
      `无法在数据目录 ${dir} 中写文件:${errorText(error)}。处理办法:检查目录权限和磁盘空间。`,
      { cause: error },
    );
  }
}

function isGranted(dir: string, tryLock: () => boolean): boolean {
  try {
    return tryLock();
  } catch (error) {
    // What Windows says of a lock that is held.
    if ((error as NodeJS.ErrnoException).code === 'EBUSY') return false;
    throw new BotError(
      'STORE',
      `无法独占数据目录 ${dir}:所在的文件系统不支持文件锁(${errorText(error)}),可能是网络共享盘。处理办法:把 DATA_DIR 设到本机磁盘上,或设置 DATABASE_URL 改用 PostgreSQL。`,
      { cause: error },
    );
  }
}

/** For people only: nothing is decided by it, so a full disk is no reason to refuse. */
function sign(fd: number, text: string): void {
  try {
    ftruncateSync(fd);
    writeSync(fd, text, 0);
  } catch {
    // The refusal then does not name the holder.
  }
}

/** As the operator's watch shows it. */
const localTime = (at: Date): string => at.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' });

function inUse(dir: string, file: string): BotError {
  const holder = holderIn(file);
  return new BotError(
    'STORE',
    `数据目录 ${dir} 正被另一个进程使用${holder && `(${holder})`}。处理办法:先停止那个进程再启动;同一目录不能由两个进程或两个容器共用。`,
  );
}

/** Empty when it cannot be read: on Windows nobody else reads a locked file. */
function holderIn(file: string): string {
  try {
    const line = firstLine(readFileSync(file, 'utf8'));
    return line.replaceAll(/\p{Cc}/gu, '').slice(0, MAX_HOLDER_CHARACTERS);
  } catch {
    return '';
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
