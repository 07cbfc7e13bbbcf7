/** The append-only journal of the lowdb store: one checksummed line a commit, synced before it is acknowledged. */
import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, write } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { BotError } from '../../core/errors.js';
import { PRIVATE_FILE } from '../../files/private.js';
import { decodeLine, dropTornEnd, encodeLine, readLines } from './lines.js';

const writeAsync = promisify(write);
/** First line of a segment: how many commits the segment before it holds, so that a cut one is noticed. */
const HEADER = /^\{"after":(\d+)\}$/;

export type Journal = {
  /** Durable when it resolves. When it rejects, nothing of it is left in the file, or nothing more is written. */
  append(lines: string[]): Promise<void>;
  /** Commits in this segment. */
  count(): number;
  close(): void;
};

/**
 * A new segment after one of `after` commits (null: the first of all). O_DSYNC makes the write itself wait for the disk:
 * one trip instead of write and fdatasync.
 */
export function openJournal(file: string, after: number | null): Journal {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_DSYNC;
  const fd = openSync(file, flags, PRIVATE_FILE);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
  let size = fstatSync(fd).size;
  let count = 0;
  let isDirty = false;
  /** Half a line would make every later line of this file unreadable. */
  const clean = (): void => {
    ftruncateSync(fd, size);
    isDirty = false;
  };
  return {
    async append(lines) {
      if (isDirty) clean();
      const header = size === 0 && after !== null ? [`{"after":${after}}`] : [];
      const bytes = Buffer.from([...header, ...lines].map(encodeLine).join(''));
      try {
        for (let at = 0; at < bytes.length;) {
          const { bytesWritten } = await writeAsync(fd, bytes, at, bytes.length - at);
          at += bytesWritten;
        }
      } catch (error) {
        isDirty = true;
        clean();
        throw error;
      }
      size += bytes.length;
      count += lines.length;
    },
    count: () => count,
    close: () => closeSync(fd),
  };
}

/**
 * Gives the commits of a segment to `onLine` and takes away a last line without its end: it was never acknowledged (the
 * process died while writing it). `before` is the number of commits in the segment before, where that was read.
 * @returns the number of commits.
 * @throws BotError 'STORE' naming file and line when an acknowledged line is damaged.
 */
export async function readJournal(
  file: string,
  before: { file: string; count: number } | null,
  onLine: (json: string) => void,
): Promise<number> {
  let number = 0;
  let count = 0;
  for await (const lines of readLines(file))
    for (const { bytes, offset, isWhole } of lines) {
      if (!isWhole) {
        await dropTornEnd(file, offset);
        continue;
      }
      number++;
      const text = decodeLine(bytes);
      if (!text) throw damaged(`${file} 第${number}行:日志已损坏(校验和不符)`);
      const json = text.toString();
      const header = number === 1 ? HEADER.exec(json) : null;
      if (header) {
        const expected = Number(header[1]);
        if (before && before.count !== expected)
          throw damaged(`${before.file}:日志被截断,应有${expected}次改动,只剩${before.count}次`);
        continue;
      }
      onLine(json);
      count++;
    }
  return count;
}

const damaged = (what: string): BotError =>
  new BotError('STORE', `${what}。处理办法:用备份恢复数据目录后再启动。`);
