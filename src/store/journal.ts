/** The append-only journal of the lowdb store: one checksummed line a commit, synced before it is acknowledged. */
import { closeSync, constants, fstatSync, ftruncateSync, openSync, readFileSync, write } from 'node:fs';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { BotError } from '../core/errors.js';

const writeAsync = promisify(write);

export type Journal = {
  /** Durable when it resolves. When it rejects, nothing of it is left in the file. */
  append(lines: string[]): Promise<void>;
  close(): void;
};

/** `crc json\n`; the checksum finds a flipped byte that still parses. */
const encodeLine = (json: string): string => `${checksum(json)} ${json}\n`;
export const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/** Opens for appending. O_DSYNC makes the write itself wait for the disk: one trip instead of write and fdatasync. */
export function openJournal(file: string): Journal {
  const fd = openSync(file, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_DSYNC);
  let size = fstatSync(fd).size;
  return {
    async append(lines) {
      const bytes = Buffer.from(lines.map(encodeLine).join(''));
      try {
        for (let at = 0; at < bytes.length;) {
          const { bytesWritten } = await writeAsync(fd, bytes, at, bytes.length - at);
          at += bytesWritten;
        }
      } catch (error) {
        // Half a line would make every later line of this file unreadable.
        ftruncateSync(fd, size);
        throw error;
      }
      size += bytes.length;
    },
    close: () => closeSync(fd),
  };
}

/**
 * The lines of a journal file, and how many bytes of it are whole. A last line without its end was never acknowledged
 * (the process died while writing it) and is left out.
 * @throws BotError 'STORE' naming file and line when an acknowledged line is damaged.
 */
export function readJournal(file: string): { lines: string[]; wholeBytes: number } {
  const text = readFileSync(file, 'utf8');
  const parts = text.split('\n');
  const torn = parts.pop() ?? '';
  const lines = parts.map((part, i) => {
    const json = part.slice(9);
    if (part[8] !== ' ' || part.slice(0, 8) !== checksum(json))
      throw new BotError(
        'STORE',
        `${file} 第${i + 1}行:日志已损坏(校验和不符)。处理办法:用备份恢复数据目录后再启动。`,
      );
    return json;
  });
  return { lines, wholeBytes: Buffer.byteLength(text) - Buffer.byteLength(torn) };
}

export function truncateJournal(file: string, wholeBytes: number): void {
  const fd = openSync(file, 'r+');
  try {
    if (fstatSync(fd).size > wholeBytes) ftruncateSync(fd, wholeBytes);
  } finally {
    closeSync(fd);
  }
}
