/** Ended requests of the lowdb store, one file a year of filing: only appended to, the last line of a number holds. */
import { existsSync, mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { BotError } from '../core/errors.js';
import { yearOfNumber } from '../core/request.js';
import { decodeLine, dropTornEnd, encodeLine, readLines, syncFolder, wholeBytesOf } from './lines.js';

/** Encoded between two turns of the event loop. */
const SLICE_CHARACTERS = 2 ** 17;

/** `crc number version json`: the place of a request is found without parsing it. */
const LINE = /^[0-9a-f]{8} (QS-\d{4}-\d{6,}) (\d+) /;
const LINE_START_BYTES = 64;

type Place = { offset: number; length: number; version: number };
export type Archived = { number: string; version: number; json: string };

export type Archive = {
  /** The JSON of a request, or null. Throws BotError 'STORE' when its line is damaged. */
  get(number: string): Promise<string | null>;
  /** 0 for one that is not here. */
  versionOf(number: string): Promise<number>;
  /** Durable when it resolves. */
  append(requests: Archived[]): Promise<void>;
};

export function createArchive(dir: string): Archive {
  const fileOf = (year: number): string => join(dir, `requests-${year}.ndjson`);
  /** Read when a year is first asked for. */
  const years = new Map<number, Promise<Map<string, Place>>>();
  const placesOf = (year: number): Promise<Map<string, Place>> => {
    const known = years.get(year);
    if (known) return known;
    const reading = readPlaces(fileOf(year));
    years.set(year, reading);
    reading.catch(() => years.delete(year));
    return reading;
  };
  const placeOf = async (number: string): Promise<Place | undefined> => {
    const year = yearOfNumber(number);
    return year === null ? undefined : (await placesOf(year)).get(number);
  };

  const appendYear = async (year: number, requests: Archived[]): Promise<void> => {
    const file = fileOf(year);
    const isNew = !existsSync(file);
    const start = isNew ? 0 : await wholeBytesOf(file);
    if (!isNew) await dropTornEnd(file, start);
    const places: [string, Place][] = [];
    const handle = await open(file, 'a');
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
    const known = await years.get(year);
    for (const [number, place] of places) known?.set(number, place);
  };

  return {
    async get(number) {
      const place = await placeOf(number);
      if (!place) return null;
      const file = fileOf(yearOfNumber(number) ?? 0);
      const handle = await open(file, 'r');
      try {
        const bytes = Buffer.alloc(place.length);
        await handle.read(bytes, 0, place.length, place.offset);
        const text = decodeLine(bytes)?.toString();
        if (!text?.startsWith(`${number} `))
          throw new BotError(
            'STORE',
            `${file}:${number} 的存档已损坏(校验和不符)。处理办法:从该文件的备份中恢复这一行。`,
          );
        return text.slice(`${number} ${place.version} `.length);
      } finally {
        await handle.close();
      }
    },
    versionOf: async (number) => (await placeOf(number))?.version ?? 0,
    async append(requests) {
      if (requests.length === 0) return;
      mkdirSync(dir, { recursive: true });
      const yearOf = (request: Archived): number => yearOfNumber(request.number) ?? 0;
      for (const year of new Set(requests.map(yearOf)))
        await appendYear(
          year,
          requests.filter((request) => yearOf(request) === year),
        );
    },
  };
}

async function readPlaces(file: string): Promise<Map<string, Place>> {
  const places = new Map<string, Place>();
  if (!existsSync(file)) return places;
  for await (const lines of readLines(file))
    for (const { bytes, offset, isWhole } of lines) {
      const [, number, version] = LINE.exec(bytes.toString('latin1', 0, LINE_START_BYTES)) ?? [];
      if (number && isWhole) places.set(number, { offset, length: bytes.length, version: Number(version) });
    }
  return places;
}
