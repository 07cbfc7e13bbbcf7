/** The lines of the record (台账) on disk: `record-000001.ndjson` and so on, one chain through all of them. */
import { existsSync, readdirSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { errorText } from '../../core/errors.js';
import { makePrivateFolder, PRIVATE_FILE } from '../../files/private.js';
import { dropTornEnd, readLines, syncFolder, wholeBytesOf } from './lines.js';
import { canonicalJson } from '../../files/digest.js';
import { parseLine, withMac, type RecordHead, type SourceLine } from '../record.js';
import type { RecordLine } from '../../core/store.js';

/** A file of this size is followed by the next. */
const ROTATE_BYTES = 64 * 2 ** 20;
/** Longer than any line. */
const TAIL_BYTES = 2 ** 20;

export type RecordFile = {
  /** The last line on the disk when it was opened. */
  head: RecordHead | null;
  /** Writes soon, in the order of the calls; what the disk refuses is kept and tried again. */
  push(lines: RecordLine[]): void;
  /** On the disk when it resolves. */
  sync(): Promise<void>;
  linesOf(request: string): Promise<RecordLine[]>;
  close(): Promise<void>;
};

const nameOf = (n: number): string => `record-${String(n).padStart(6, '0')}.ndjson`;

/** In the order of the chain. */
export function listRecordFiles(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => /^record-\d{6,}\.ndjson$/.test(name))
    .sort((a, b) => Number(/\d+/.exec(a)?.[0]) - Number(/\d+/.exec(b)?.[0]))
    .map((name) => join(dir, name));
}

export async function openRecordFile(
  dir: string,
  onProblem: (text: string) => void,
  { rotateBytes = ROTATE_BYTES, key = null }: { rotateBytes?: number; key?: string | null } = {},
): Promise<RecordFile> {
  const files = listRecordFiles(dir);
  let number = Math.max(files.length, 1);
  let size = 0;
  let head: RecordHead | null = null;
  const last = files.at(-1);
  if (last) {
    number = Number(/(\d{1,15})\.ndjson$/.exec(last)?.[1]);
    size = await wholeBytesOf(last);
    await dropTornEnd(last, size);
    // A file that was just begun has no line yet.
    for (const file of [...files].reverse()) head ??= await lastLineOf(file);
  }
  let handle: FileHandle | null = null;
  let pending: RecordLine[] = [];
  let running: Promise<void> | null = null;
  let isTroubled = false;

  const openNext = async (): Promise<FileHandle> => {
    if (handle && size >= rotateBytes) {
      await handle.sync();
      await handle.close();
      handle = null;
      number++;
      size = 0;
    }
    if (handle) return handle;
    makePrivateFolder(dir);
    handle = await open(join(dir, nameOf(number)), 'a', PRIVATE_FILE);
    await syncFolder(dir);
    return handle;
  };
  const write = async (): Promise<void> => {
    let lines: RecordLine[] = [];
    try {
      while (pending.length > 0) {
        lines = pending;
        pending = [];
        const target = await openNext();
        // A line cut by an earlier failure.
        if ((await target.stat()).size > size) await target.truncate(size);
        const bytes = Buffer.from(lines.map((line) => `${canonicalJson(line)}\n`).join(''));
        await target.writeFile(bytes);
        size += bytes.length;
        isTroubled = false;
      }
    } catch (error) {
      pending = [...lines, ...pending];
      throw error;
    } finally {
      // In the same turn as the last look at `pending`: what is pushed later starts the next run.
      running = null;
    }
  };
  const run = (): Promise<void> => {
    if (pending.length > 0) running ??= write();
    return running ?? Promise.resolve();
  };
  /** All that was pushed so far is written, though not yet synced. */
  const drain = async (): Promise<void> => {
    await running?.catch(() => undefined);
    await run();
  };
  return {
    head,
    push(lines) {
      if (lines.length === 0) return;
      pending.push(...lines.map((line) => withMac(line, key)));
      run().catch((error: unknown) => {
        if (isTroubled) return;
        isTroubled = true;
        onProblem(`台账暂时没有写成(${dir}):${errorText(error)}。内容仍在日志中,稍后再写`);
      });
    },
    async sync() {
      await drain();
      await handle?.sync();
    },
    async linesOf(request) {
      // What the disk refuses is still to be read here.
      await drain().catch(() => undefined);
      const found: RecordLine[] = [];
      const needle = Buffer.from(`"request":${JSON.stringify(request)}`);
      for (const file of listRecordFiles(dir))
        for await (const lines of readLines(file))
          for (const { bytes } of lines) {
            if (!bytes.includes(needle)) continue;
            const line = parseLine(bytes.toString());
            if (line?.request === request) found.push(line);
          }
      return [...found, ...pending.filter((line) => line.request === request)];
    },
    async close() {
      try {
        await drain();
        await handle?.sync();
      } finally {
        await handle?.close();
        handle = null;
      }
    },
  };
}

async function lastLineOf(file: string): Promise<RecordHead | null> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, TAIL_BYTES);
    const bytes = Buffer.alloc(length);
    await handle.read(bytes, 0, length, size - length);
    const line = parseLine(bytes.toString().trimEnd().split('\n').at(-1) ?? '');
    return line && { seq: line.seq, hash: line.hash };
  } finally {
    await handle.close();
  }
}

/** The lines of the files one after the other. A last line that is being written right now is left out. */
export async function* sourceLines(files: string[]): AsyncGenerator<SourceLine> {
  for (const file of files) {
    let number = 0;
    for await (const lines of readLines(file))
      for (const { bytes, isWhole } of lines) {
        number++;
        if (isWhole || file !== files.at(-1))
          yield { place: `${file} 第${number}行`, text: bytes.toString() };
      }
  }
}
