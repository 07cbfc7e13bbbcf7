/** lowdb's adapter for the snapshot: checksummed lines written in slices, replaced by atomic rename, older ones kept. */
import { existsSync, linkSync, readdirSync, rmSync, unlinkSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Request } from '../../core/request.js';
import { makePrivateFolder, PRIVATE_FILE } from '../../files/private.js';
import { decodeLine, readLines, syncFolder } from './lines.js';
import { isOldFormat, readOldSnapshot } from './old-snapshot.js';
import { RECORD_START } from '../record.js';
import { toEntry } from '../request-entry.js';
import { StoredRequest } from './request-shape.js';
import { Header, VALUES } from './schema.js';
import { damaged, wrongForm } from './snapshot-errors.js';
import { createState, recordHead, type State, type Values } from './state.js';

export const SNAPSHOT_VERSION = 3;
/** Snapshots kept in `backups/`. */
const BACKUPS = 5;
/** Encoded between two turns of the event loop: about a millisecond. */
const SLICE_CHARACTERS = 2 ** 17;
/** Pushed to the disk in between, so that the journal never waits behind one large sync. */
const SYNC_BYTES = 2 ** 22;

const backupName = (segment: number): string => `state-${String(segment).padStart(8, '0')}.json`;

/** `beforeReplace` makes durable what the snapshot relies on; the snapshot becomes the valid one after it. */
export function createSnapshotFile(file: string, beforeReplace: () => Promise<void>) {
  const backups = join(dirname(file), 'backups');
  const backupNames = (): string[] => (existsSync(backups) ? readdirSync(backups).sort() : []);
  /** The segment named in the file as it stands. */
  let stored: number | null = null;
  return {
    async read(): Promise<State | null> {
      if (!existsSync(file)) return null;
      const state = isOldFormat(file) ? readOldSnapshot(file) : await readSnapshot(file);
      stored = state.segment;
      return state;
    },
    /**
     * What is written is the state at the call: values are replaced, never altered, so a copy of the references is a copy.
     * lowdb's own JSONFile makes one string of everything and syncs neither file nor folder (src/README.md: An own journal).
     */
    async write(state: State): Promise<void> {
      const { segment } = state;
      const lines = linesOf(state);
      try {
        await writeLines(`${file}.tmp`, lines);
        await beforeReplace();
      } catch (error) {
        // On a full disk half a snapshot would take the room that the journal needs.
        rmSync(`${file}.tmp`, { force: true });
        throw error;
      }
      // The old one becomes a backup by a second name: no byte is copied. Without room for it the new one still counts.
      if (stored !== null) {
        const backup = join(backups, backupName(stored));
        try {
          makePrivateFolder(backups);
          rmSync(backup, { force: true });
          linkSync(file, backup);
          for (const name of backupNames().slice(0, -BACKUPS)) unlinkSync(join(backups, name));
          await syncFolder(backups);
        } catch {
          rmSync(backup, { force: true });
        }
      }
      await rename(`${file}.tmp`, file);
      stored = segment;
      await syncFolder(dirname(file));
    },
    /** Journal segments from here on are needed to bring the oldest backup up to date. */
    oldestSegment: (): number => Number(/\d+/.exec(backupNames()[0] ?? '')?.[0] ?? 0),
  };
}

/** The lines of the state at this moment; later changes do not show in them. */
function linesOf(state: State): Iterable<string> {
  const { version, segment, record }: Header = {
    version: SNAPSHOT_VERSION,
    segment: state.segment,
    record: recordHead(state) ?? RECORD_START,
  };
  const { leaving } = state;
  const { requests, ...others } = state.tables;
  const live = requests.copy();
  const copies = Object.entries(others).map(([name, table]) => ({ name, ...table.copy() }));
  return (function* () {
    let count = 0;
    yield JSON.stringify({ version, segment, record });
    for (const { name, keys, values } of copies)
      for (const [i, key] of keys.entries()) {
        count++;
        yield JSON.stringify([name, key, values[i]]);
      }
    for (const { number, json } of live.values) {
      if (leaving.has(number)) continue;
      count++;
      yield `["requests",${JSON.stringify(number)},${json}]`;
    }
    yield JSON.stringify({ end: count });
  })();
}

/** Each checksum covers all lines so far: a line that is changed, missing, added or moved shows. */
async function writeLines(file: string, lines: Iterable<string>): Promise<void> {
  const handle = await open(file, 'w', PRIVATE_FILE);
  try {
    let slice = '';
    let seed = 0;
    let unsynced = 0;
    const flush = async (): Promise<void> => {
      const bytes = Buffer.from(slice);
      slice = '';
      await handle.writeFile(bytes);
      unsynced += bytes.length;
      if (unsynced < SYNC_BYTES) return;
      await handle.datasync();
      unsynced = 0;
    };
    for (const line of lines) {
      seed = crc32(line, seed);
      slice += `${seed.toString(16).padStart(8, '0')} ${line}\n`;
      if (slice.length >= SLICE_CHARACTERS) await flush();
    }
    await flush();
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @throws BotError 'STORE' for a damaged file or one of another version. */
async function readSnapshot(file: string): Promise<State> {
  const state = createState();
  let number = 0;
  let seed = 0;
  let rows = 0;
  let end: number | null = null;
  for await (const lines of readLines(file)) {
    for (const { bytes, isWhole } of lines) {
      number++;
      const text = isWhole ? decodeLine(bytes, seed) : null;
      if (!text || end !== null) throw damaged(file, `第${number}行`);
      seed = crc32(text, seed);
      const json = text.toString();
      if (number === 1) state.segment = readHeader(file, json).segment;
      else if (json.startsWith('{')) end = (JSON.parse(json) as { end: number }).end;
      else {
        putRow(file, number, state, json);
        rows++;
      }
    }
    state.keep();
  }
  if (end !== rows) throw damaged(file, `只有前${number}行,其后缺失`);
  return state;
}

function putRow(file: string, line: number, state: State, json: string): void {
  const [name, key, value] = JSON.parse(json) as [keyof Values, string, unknown];
  const shape: z.ZodType | undefined = name === 'requests' ? StoredRequest : VALUES[name];
  const parsed = shape?.safeParse(value);
  // What somebody was in the middle of must not keep everybody's data from being opened.
  if (name === 'sessions' && !parsed?.success) return;
  if (!parsed?.success)
    throw wrongForm(file, `第${line}行 ${parsed ? z.prettifyError(parsed.error).split('\n')[0] : name}`);
  if (name === 'requests') {
    // The text as it stands is kept: it need not be made again.
    const text = json.slice(`["requests",${JSON.stringify(key)},`.length, -1);
    state.tables.requests.set(key, toEntry(value as Request, text));
  } else state.tables[name].set(key, value as never);
}

/** @throws BotError 'STORE' */
function readHeader(file: string, json: string): Header {
  const parsed = Header.safeParse(JSON.parse(json));
  if (!parsed.success) throw wrongForm(file, z.prettifyError(parsed.error).split('\n')[0] ?? '');
  if (parsed.data.version !== SNAPSHOT_VERSION)
    throw wrongForm(file, `第${parsed.data.version}版,本程序只认识到第${SNAPSHOT_VERSION}版`);
  return parsed.data;
}

/** The head of the record that the snapshot knows, or null without a snapshot of this version; only reads. */
export async function readSnapshotHead(file: string): Promise<Header['record'] | null> {
  if (!existsSync(file) || isOldFormat(file)) return null;
  for await (const [first] of readLines(file)) {
    const text = first?.isWhole ? decodeLine(first.bytes) : null;
    if (!text) break;
    return readHeader(file, text.toString()).record;
  }
  throw damaged(file, '第1行');
}
