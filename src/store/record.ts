/** The record (台账) as a chain of hashes: each line vouches for all before it. Pure. */
import { createHmac } from 'node:crypto';
import { canonicalJson, sha256 } from '../files/digest.js';
import type { RecordEntry, RecordLine } from '../core/store.js';

/** The last line so far. */
export type RecordHead = { seq: number; hash: string };

/** Before the first line. */
export const RECORD_START: RecordHead = { seq: 0, hash: '0'.repeat(64) };

const hashOf = (prev: string, body: object): string => sha256(prev + canonicalJson(body));

/**
 * With a key that no copy of the store holds (`RECORD_KEY`), a line also bears the HMAC of its hash: who rewrites chain and head
 * together cannot write that. It stands outside the hash, so that the chain is checked without the key as well.
 */
export const macOf = (key: string, hash: string): string =>
  createHmac('sha256', key).update(hash).digest('hex');

export const withMac = (line: RecordLine, key: string | null): RecordLine =>
  key === null ? line : { ...line, mac: macOf(key, line.hash) };

/** The line that makes `entry` the next one after `head`. */
export function chainLine(head: RecordHead, entry: RecordEntry): RecordLine {
  const body = { ...entry, seq: head.seq + 1, prev: head.hash };
  return { ...body, hash: hashOf(head.hash, body) };
}

/** A line as it stands somewhere: `place` is for people. */
export type SourceLine = { place: string; text: string };

export type Verdict =
  | { isSound: true; count: number; firstAt: number | null; lastAt: number | null; head: RecordHead }
  /** `count` lines before it are as they were written. */
  | { isSound: false; place: string; problem: string; count: number };

/**
 * Reads lines in their order and stops at the first that is not what was written. `after` is the line before the first
 * one; null takes the first line as it comes, for a part of the record.
 */
export async function verifyChain(
  lines: AsyncIterable<SourceLine>,
  after: RecordHead | null = RECORD_START,
): Promise<Verdict> {
  let head = after;
  let count = 0;
  let firstAt: number | null = null;
  let lastAt: number | null = null;
  for await (const { place, text } of lines) {
    const line = parseLine(text);
    const problem = line ? problemOf(line, text, head) : '不是一行完整的记录(内容无法读取)';
    if (!line || problem) return { isSound: false, place, problem: problem ?? '', count };
    head = { seq: line.seq, hash: line.hash };
    count++;
    firstAt ??= line.at;
    lastAt = line.at;
  }
  return { isSound: true, count, firstAt, lastAt, head: head ?? RECORD_START };
}

function problemOf(line: RecordLine, text: string, head: RecordHead | null): string | null {
  const { hash, mac: _mac, ...body } = line;
  // The content first: of a changed line the number itself may be what was changed. The text too: what JSON reads alike
  // is not what was written.
  if (hashOf(line.prev, body) !== hash || canonicalJson(line) !== text)
    return `第${line.seq}号记录的内容与其校验值不符,内容被改动过`;
  if (!head) return null;
  if (line.seq > head.seq + 1) return `缺少第${head.seq + 1}号至第${line.seq - 1}号记录`;
  if (line.seq <= head.seq) return `第${line.seq}号记录出现在第${head.seq}号之后,被重复、调换或另外加入`;
  return line.prev === head.hash ? null : `第${line.seq}号记录与上一行接不上,上一行或本行被换过`;
}

/** Watches the lines that pass for what was written without the key. */
export function createKeyCheck(key: string) {
  let keyedFrom: number | null = null;
  let problem: string | null = null;
  let last = 0;
  return {
    take(text: string): void {
      const line = parseLine(text);
      if (!line || problem !== null) return;
      last = line.seq;
      if (line.mac === undefined) {
        if (keyedFrom !== null) problem = `第${line.seq}号记录没有密钥校验值,自此起的记录不是用本机密钥写的`;
      } else if (line.mac !== macOf(key, line.hash))
        problem = `第${line.seq}号记录的密钥校验值不符:自此起被改写过,或 RECORD_KEY 不是当时的密钥`;
      else keyedFrom ??= line.seq;
    },
    /** `keyedFrom`: the first line that the key vouches for; all before it were written without one. */
    result: (): { keyedFrom: number | null; problem: string | null } => ({
      keyedFrom,
      problem:
        problem ?? (keyedFrom === null && last > 0 ? '设置了 RECORD_KEY,台账却没有一行有密钥校验值' : null),
    }),
  };
}

/** Null for what is no line at all. */
export function parseLine(text: string): RecordLine | null {
  try {
    const value = JSON.parse(text) as RecordLine | null;
    const isLine =
      typeof value?.seq === 'number' &&
      typeof value.at === 'number' &&
      typeof value.prev === 'string' &&
      typeof value.hash === 'string' &&
      (value.mac === undefined || typeof value.mac === 'string');
    return isLine ? value : null;
  } catch {
    return null;
  }
}
