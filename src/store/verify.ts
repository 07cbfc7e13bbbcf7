/** Whether the record (台账) is what was written: the chain itself, and that its end is not cut off. Only reads. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BotError, errorText } from '../core/errors.js';
import type { Logger } from '../core/ports.js';
import { openPool, storeError } from './postgres/database.js';
import { wholeBytesOf } from './lowdb/lines.js';
import { readRecordHead, recordTableLines } from './postgres/record.js';
import {
  createKeyCheck,
  parseLine,
  RECORD_START,
  verifyChain,
  type RecordHead,
  type SourceLine,
  type Verdict,
} from './record.js';
import { listRecordFiles, sourceLines } from './lowdb/record-file.js';
import { readKept } from './lowdb/read-state.js';
import { readSnapshotHead } from './lowdb/snapshot.js';
import { fileProblems } from './kept-files.js';
import { readKeptTable } from './postgres/kept.js';
import { createVouchers, wordProblems, type Kept } from './words.js';

/** `notes` are for the reader: nothing is wrong, but it should be known. */
export type Verification = {
  verdict: Verdict;
  notes: string[];
  /** What is kept and is not what the record vouches for. */
  words: string[];
  /** What was written without the key (`RECORD_KEY`), and from which line on it vouches; null where it is not set. */
  keyed: { keyedFrom: number | null; problem: string | null } | null;
  /** Hashes of the documents that were given out. */
  documents: ReadonlySet<string>;
};

/** `onLine` is told the number and hash of each line, for whoever holds them against seals. */
export type VerifyOptions = {
  onLine?: (seq: number, hash: string) => void;
  key?: string | null;
  /** The folder of the attachments whose bytes are kept. */
  files?: string;
};

/** The bot goes on running: what it did so short before the reading may be in one of the two alone, ms. */
const RUNNING_MS = 60_000;

/**
 * `dir` is the folder of the lowdb store; the process that holds it may go on.
 * @throws BotError 'STORE' when there is no such folder.
 */
export async function verifyRecordFolder(
  dir: string,
  now = Infinity,
  options: VerifyOptions = {},
): Promise<Verification> {
  if (!existsSync(dir))
    throw new BotError(
      'STORE',
      `没有找到数据目录 ${dir},无从核对。处理办法:核对设置 DATA_DIR;用数据库的,填写 DATABASE_URL。`,
    );
  const notes: string[] = [];
  // The head first: a running process only adds lines after it.
  const known = await readSnapshotHead(join(dir, 'state.json')).catch((error: unknown) => {
    notes.push(`末尾是否被删无法核对:${errorText(error)}`);
    return null;
  });
  const files = listRecordFiles(join(dir, 'record'));
  // What cannot be read hides a change as well as a changed word does.
  let unread: string[] = [];
  const kept = await readKept(dir).catch((error: unknown) => {
    unread = [`数据无法读取,是否与台账一致无法核对:${errorText(error).replace(/。$/, '')}`];
    return null;
  });
  const watched = watch(sourceLines(files), options);
  const verdict = await verifyToHead(watched.lines, known, join(dir, 'record'));
  return {
    verdict,
    notes: [...notes, ...(await tornNotes(files))],
    ...withFiles(watched.result(kept, now), await fileProblems(kept, options.files)),
    ...(unread.length > 0 && { words: unread }),
  };
}

/** Only these files, as when they are handed over: the first line is taken as it comes. */
export async function verifyRecordFiles(files: string[], options: VerifyOptions = {}): Promise<Verification> {
  for (const file of files)
    if (!existsSync(file))
      throw new BotError('STORE', `没有找到文件 ${file}。处理办法:核对文件名,多个文件按先后顺序写。`);
  const watched = watch(sourceLines(files), options);
  const verdict = await verifyChain(watched.lines, null);
  return { verdict, notes: await tornNotes(files), ...watched.result(null, 0) };
}

/** @throws BotError 'STORE' when the database is not reached or holds no record. */
export async function verifyRecordTable(
  url: string,
  log: Logger,
  now = Infinity,
  options: VerifyOptions = {},
): Promise<Verification> {
  const pool = openPool(url, log, { max: 1 });
  const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> => {
    try {
      return (await pool.query<Row>(sql, values)).rows;
    } catch (error) {
      const { host, pathname } = new URL(url);
      if ((error as { code?: unknown }).code === '42P01')
        throw new BotError(
          'STORE',
          `数据库(${host}${pathname})中没有台账。处理办法:核对 DATABASE_URL;程序至少要启动过一次。`,
          { cause: error },
        );
      throw storeError(`${host}${pathname}`, error, false);
    }
  };
  try {
    const known = await readRecordHead(query);
    const kept = await readKeptTable(query);
    const watched = watch(recordTableLines(query), options);
    const verdict = await verifyToHead(watched.lines, known, '表 record');
    const [{ waiting = 0 } = {}] = await query<{ waiting: number }>(
      `select count(*)::integer as waiting from record_pending`,
    );
    const notes =
      waiting > 0 ? [`另有${waiting}条刚提交、尚未编号,程序运行时会自动接在后面,可稍后再核对一次。`] : [];
    return {
      verdict,
      notes,
      ...withFiles(watched.result(kept, now), await fileProblems(kept, options.files)),
    };
  } finally {
    await pool.end();
  }
}

const withFiles = <Found extends Pick<Verification, 'words'>>(found: Found, problems: string[]): Found => ({
  ...found,
  words: [...found.words, ...problems],
});

/** What passes is the same; what it vouches for is gathered meanwhile. */
function watch(source: AsyncIterable<SourceLine>, { onLine, key }: VerifyOptions) {
  const vouchers = createVouchers();
  const keyCheck = key ? createKeyCheck(key) : null;
  const lines = (async function* () {
    for await (const line of source) {
      vouchers.take(line);
      keyCheck?.take(line.text);
      const parsed = onLine ? parseLine(line.text) : null;
      if (parsed) onLine?.(parsed.seq, parsed.hash);
      yield line;
    }
  })();
  return {
    lines,
    result: (kept: Kept | null, now: number): Omit<Verification, 'verdict' | 'notes'> => ({
      words: kept ? wordProblems(vouchers.vouched, kept, now - RUNNING_MS) : [],
      keyed: keyCheck?.result() ?? null,
      documents: vouchers.documents,
    }),
  };
}

/** `known` is the head that stands elsewhere: the chain must go through it. */
async function verifyToHead(
  lines: AsyncIterable<SourceLine>,
  known: RecordHead | null,
  where: string,
): Promise<Verdict> {
  const { seq, hash } = known ?? RECORD_START;
  let count = 0;
  let atHead: SourceLine | null = null;
  const watched = (async function* () {
    for await (const line of lines) {
      // A sound chain from the start bears the numbers 1, 2, 3 …
      if (++count === seq) atHead = line;
      yield line;
    }
  })();
  const verdict = await verifyChain(watched);
  if (!verdict.isSound || seq === 0) return verdict;
  const found = atHead as SourceLine | null;
  if (!found)
    return {
      isSound: false,
      place: `${where} 末尾`,
      problem: `台账应至少到第${seq}号,现只有${verdict.count}行,末尾的记录被删去`,
      count: verdict.count,
    };
  if (found.text.includes(`"hash":"${hash}"`)) return verdict;
  return {
    isSound: false,
    place: found.place,
    problem: `第${seq}号记录与数据中留存的校验值不符,从某一行起整段被改写过`,
    count: 0,
  };
}

/** A last line without its end: the process died while writing. At its next start it is written again from the journal. */
async function tornNotes(files: string[]): Promise<string[]> {
  const last = files.at(-1);
  if (!last || (await wholeBytesOf(last)) === statSync(last).size) return [];
  return [
    `${last} 的最后一行不完整:程序写到一半时停止(断电或被结束),或正在写。这一行未计入;程序下次启动时会按日志补写,不影响其余各行。`,
  ];
}
