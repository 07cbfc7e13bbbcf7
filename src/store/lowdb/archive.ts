/** Ended requests of the lowdb store, one file a year of filing: only appended to, the last line of a number holds. */
import { existsSync, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { BotError } from '../../core/errors.js';
import { yearOfNumber, type Request } from '../../core/request.js';
import { makePrivateFolder, PRIVATE_FILE } from '../../files/private.js';
import { decodeLine, dropTornEnd, encodeLine, readLines, syncFolder, wholeBytesOf } from './lines.js';

/** Encoded between two turns of the event loop. */
const SLICE_CHARACTERS = 2 ** 17;

/** `crc number version json`: the place of a request is found without parsing it. */
const LINE = /^[0-9a-f]{8} (QS-\d{4}-\d{6,}) (\d+) /;
const LINE_START_BYTES = 64;

type Place = { offset: number; length: number; version: number };
/** `damaged` are numbers of lines: what stands in them cannot be told. */
type Year = { places: Map<string, Place>; damaged: number[] };
export type Archived = { number: string; version: number; json: string };

export type Archive = {
  /** The JSON of a request, or null. Throws BotError 'STORE' when its line is damaged, or may be one that is. */
  get(number: string): Promise<string | null>;
  /** Those filed at or after `from`, before `to`, ms. Throws BotError 'STORE' when a line of their years is damaged. */
  filed(from: number, to: number): Promise<Request[]>;
  /** Reads the year of the request, so that `versionOf` knows it. */
  open(number: string): Promise<void>;
  /** As of now, of an opened one; 0 for one that is not here. */
  versionOf(number: string): number;
  /** Durable when it resolves. */
  append(requests: Archived[]): Promise<void>;
};

export function createArchive(dir: string, onProblem: (text: string) => void): Archive {
  const fileOf = (year: number): string => join(dir, `requests-${year}.ndjson`);
  /** Read when a year is first asked for. */
  const opening = new Map<number, Promise<Year>>();
  const opened = new Map<number, Year>();
  const openYear = (year: number): Promise<Year> => {
    const known = opening.get(year);
    if (known) return known;
    const reading = readYear(fileOf(year)).then((found) => {
      if (found.damaged.length > 0) onProblem(damaged(fileOf(year), linesText(found.damaged)).message);
      opened.set(year, found);
      return found;
    });
    opening.set(year, reading);
    reading.catch(() => opening.delete(year));
    return reading;
  };

  const appendYear = async (year: number, requests: Archived[]): Promise<void> => {
    const file = fileOf(year);
    const isNew = !existsSync(file);
    const start = isNew ? 0 : await wholeBytesOf(file);
    if (!isNew) await dropTornEnd(file, start);
    const places: [string, Place][] = [];
    const handle = await open(file, 'a', PRIVATE_FILE);
    try {
      let offset = start;
      let slice = '';
      for (const { number, version, json } of requests) {
        const line = encodeLine(`${number} ${version} ${json}`);
        const length = Buffer.byteLength(line) - 1;
        places.push([number, { offset, length, version }]);
        offset += length + 1;
        slice += line;
        if (slice.length < SLICE_CHARACTERS) continue;
        await handle.writeFile(slice);
        slice = '';
      }
      await handle.writeFile(slice);
      await handle.sync();
    } catch (error) {
      await handle.truncate(start).catch(() => undefined);
      throw error;
    } finally {
      await handle.close();
    }
    if (isNew) await syncFolder(dir);
    const known = await opening.get(year);
    for (const [number, place] of places) known?.places.set(number, place);
  };

  return {
    async get(number) {
      const year = yearOfNumber(number);
      if (year === null) return null;
      const file = fileOf(year);
      const { places, damaged: lines } = await openYear(year);
      const place = places.get(number);
      if (!place && lines.length > 0) throw damaged(file, linesText(lines));
      if (!place) return null;
      const handle = await open(file, 'r');
      try {
        const bytes = Buffer.alloc(place.length);
        await handle.read(bytes, 0, place.length, place.offset);
        const text = decodeLine(bytes)?.toString();
        if (!text?.startsWith(`${number} `)) throw damaged(file, number);
        return text.slice(`${number} ${place.version} `.length);
      } finally {
        await handle.close();
      }
    },
    async filed(from, to) {
      const found: Request[] = [];
      for (const year of yearsIn(dir)) {
        // The number is of the year of the filing, and a year begins a few hours earlier here than in London.
        if (Date.UTC(year, 0, 1) - DAY_MS >= to || Date.UTC(year + 1, 0, 1) + DAY_MS < from) continue;
        const { places, damaged: lines } = await openYear(year);
        if (lines.length > 0) throw damaged(fileOf(year), linesText(lines));
        const last = new Map([...places].map(([number, { offset }]) => [offset, number]));
        for await (const read of readLines(fileOf(year)))
          for (const line of read) {
            const number = last.get(line.offset);
            const text =
              number !== undefined && line.isWhole ? decodeLine(line.bytes)?.toString() : undefined;
            if (text === undefined) continue;
            const request = JSON.parse(text.slice(text.indexOf('{'))) as Request;
            const filedAt = request.events[0]?.at ?? 0;
            if (filedAt >= from && filedAt < to) found.push(request);
          }
      }
      return found;
    },
    async open(number) {
      const year = yearOfNumber(number);
      if (year !== null) await openYear(year);
    },
    versionOf: (number) => opened.get(yearOfNumber(number) ?? 0)?.places.get(number)?.version ?? 0,
    async append(requests) {
      if (requests.length === 0) return;
      makePrivateFolder(dir);
      const yearOf = (request: Archived): number => yearOfNumber(request.number) ?? 0;
      for (const year of new Set(requests.map(yearOf)))
        await appendYear(
          year,
          requests.filter((request) => yearOf(request) === year),
        );
    },
  };
}

const DAY_MS = 86_400_000;
const FILE = /^requests-(\d{4})\.ndjson$/;
const yearsIn = (dir: string): number[] =>
  existsSync(dir)
    ? readdirSync(dir)
        .flatMap((name) => FILE.exec(name)?.[1] ?? [])
        .map(Number)
        .sort((a, b) => a - b)
    : [];

async function readYear(file: string): Promise<Year> {
  const year: Year = { places: new Map(), damaged: [] };
  if (!existsSync(file)) return year;
  let line = 0;
  for await (const lines of readLines(file))
    for (const { bytes, offset, isWhole } of lines) {
      line++;
      // Half a line at the end: the process died before the snapshot relied on it.
      if (!isWhole) continue;
      const [, number, version] = LINE.exec(bytes.toString('latin1', 0, LINE_START_BYTES)) ?? [];
      if (!decodeLine(bytes) || !number) year.damaged.push(line);
      else year.places.set(number, { offset, length: bytes.length, version: Number(version) });
    }
  return year;
}

const LINES_NAMED = 5;
const linesText = (lines: number[]): string =>
  `第${lines.slice(0, LINES_NAMED).join('、')}${lines.length > LINES_NAMED ? '…' : ''}行`;

const damaged = (file: string, where: string): BotError =>
  new BotError(
    'STORE',
    `${file}:请求存档已损坏(${where} 校验和不符),其余各行不受影响。处理办法:停止程序,用备份中的同名文件恢复后再启动。`,
  );

/** The JSON of every archived request, the last line of each number; what is damaged or half written is left out. */
export async function archivedRequests(dir: string): Promise<string[]> {
  if (!existsSync(dir)) return [];
  const last = new Map<string, string>();
  for (const name of readdirSync(dir).sort())
    if (FILE.test(name))
      for await (const lines of readLines(join(dir, name)))
        for (const { bytes, isWhole } of lines) {
          const text = isWhole ? decodeLine(bytes)?.toString() : undefined;
          const [, number, json] = /^(QS-\d{4}-\d{6,}) \d+ (.*)$/s.exec(text ?? '') ?? [];
          if (number && json) last.set(number, json);
        }
  return [...last.values()];
}
