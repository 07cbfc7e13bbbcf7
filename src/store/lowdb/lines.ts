/** Files of checksummed lines: how they are written, and read in pieces, whatever their size. */
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** Read at once. */
const CHUNK_BYTES = 2 ** 20;
const LINE_END = 10;
const SPACE = 32;
/** Eight hex digits and a space stand before the text. */
const HEAD_BYTES = 9;

/** `offset` is where it begins; only the last line of a file can be without its end. */
export type FileLine = { bytes: Buffer; offset: number; isWhole: boolean };

export const checksum = (text: string | Buffer, seed = 0): string => hex(crc32(text, seed));
const hex = (crc: number): string => crc.toString(16).padStart(8, '0');

/** `crc text\n`; the checksum finds a flipped byte that still parses. */
export const encodeLine = (text: string): string => `${checksum(text)} ${text}\n`;

/** The bytes after the checksum, or null when they are not what was written. */
export function decodeLine(bytes: Buffer, seed = 0): Buffer | null {
  const text = bytes.subarray(HEAD_BYTES);
  const isSound = bytes[HEAD_BYTES - 1] === SPACE && bytes.toString('latin1', 0, 8) === checksum(text, seed);
  return isSound ? text : null;
}

/** All lines of a file, a chunk at a time: no string or buffer grows with the file. */
export async function* readLines(file: string): AsyncGenerator<FileLine[]> {
  const handle = await open(file, 'r');
  try {
    let rest: Buffer = Buffer.alloc(0);
    let offset = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      const read = chunk.subarray(0, bytesRead);
      const text = rest.length > 0 ? Buffer.concat([rest, read]) : read;
      const lines: FileLine[] = [];
      let from = 0;
      for (let end = text.indexOf(LINE_END); end >= 0; end = text.indexOf(LINE_END, from)) {
        lines.push({ bytes: text.subarray(from, end), offset: offset + from, isWhole: true });
        from = end + 1;
      }
      rest = text.subarray(from);
      offset += from;
      if (lines.length > 0) yield lines;
    }
    if (rest.length > 0) yield [{ bytes: rest, offset, isWhole: false }];
  } finally {
    await handle.close();
  }
}

/** Makes the names in a folder (new, renamed, removed files) durable. */
export async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Half a line at the end was never acknowledged: takes it away, so that the next one begins a line. */
export async function dropTornEnd(file: string, wholeBytes: number): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    if ((await handle.stat()).size > wholeBytes) await handle.truncate(wholeBytes);
  } finally {
    await handle.close();
  }
}

/** How many bytes of the file are whole lines; reads from the end. */
export async function wholeBytesOf(file: string): Promise<number> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    for (let end = size; end > 0;) {
      const length = Math.min(CHUNK_BYTES, end);
      const bytes = Buffer.alloc(length);
      await handle.read(bytes, 0, length, end - length);
      const at = bytes.lastIndexOf(LINE_END);
      if (at >= 0) return end - length + at + 1;
      end -= length;
    }
    return 0;
  } finally {
    await handle.close();
  }
}
