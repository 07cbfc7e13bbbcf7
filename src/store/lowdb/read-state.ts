/** The state of a lowdb store that another process may hold: only reads, and takes nothing away. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { applyChange, type JournalChange } from './changes.js';
import { decodeLine, readLines } from './lines.js';
import { segmentFile } from './load.js';
import { createSnapshotFile } from './snapshot.js';
import { archivedRequests } from './archive.js';
import { counterOf, createState, inOrder, type State } from './state.js';
import type { OperatorCounts } from '../operator-counts.js';
import type { Kept } from '../words.js';
import type { Request } from '../../core/request.js';
import type { Note } from '../../core/note.js';
import type { Undelivered, SetAside } from '../../core/store.js';

/** What an operator looks at. */
export type StoredForOperator = { notes: Note[]; undelivered: Undelivered[]; setAside: SetAside[] };

/** @throws BotError 'STORE' when the snapshot is damaged. */
export async function readForOperator(dir: string): Promise<StoredForOperator> {
  const state = await readState(dir);
  return {
    notes: inOrder(state.tables.notes),
    undelivered: inOrder(state.tables.undelivered),
    setAside: state.tables.setAside.copy().values.sort((a, b) => a.at - b.at),
  };
}

/** All requests, live and archived, the rulings and the evaluations: what the record vouches for. @throws like `readForOperator` */
export async function readKept(dir: string): Promise<Kept> {
  const requests = new Map<string, Request>();
  for (const json of await archivedRequests(join(dir, 'archive'))) {
    const request = JSON.parse(json) as Request;
    requests.set(request.number, request);
  }
  const state = await readState(dir);
  // A live one wins: it came back to life after it was archived.
  for (const { json, number } of state.tables.requests.copy().values)
    requests.set(number, JSON.parse(json) as Request);
  return {
    requests,
    rulings: state.tables.rulings.copy().values,
    evaluations: state.tables.evaluations.copy().values,
  };
}

/** What was bound in chats, and the number that each series took last. @throws like `readForOperator` */
export async function readLiveCounts(dir: string): Promise<OperatorCounts> {
  const { bindings, counters } = (await readState(dir)).tables;
  const { keys } = counters.copy();
  const numbers = keys.flatMap((key): [string, number][] =>
    key.startsWith(counterOf('')) ? [[key.slice(counterOf('').length), counters.get(key) ?? 0]] : [],
  );
  return { bindings: [...bindings.values()], numbers: new Map(numbers) };
}

async function readState(dir: string): Promise<State> {
  const snapshot = createSnapshotFile(join(dir, 'state.json'), () => Promise.resolve());
  const state = (await snapshot.read()) ?? createState();
  for (let { segment } = state; existsSync(segmentFile(dir, segment)); segment++)
    for await (const lines of readLines(segmentFile(dir, segment)))
      for (const { bytes, isWhole } of lines) {
        for (const change of changesIn(isWhole ? decodeLine(bytes) : null)) applyChange(state, change);
        state.keep();
      }
  return state;
}

/** A line whose end is still being written is not committed yet; one that is damaged is for the owner of the folder to report. */
function changesIn(text: Buffer | null): JournalChange[] {
  const value: unknown = text ? JSON.parse(text.toString()) : [];
  // The first line of a segment is no commit.
  return Array.isArray(value) ? (value as JournalChange[]) : [];
}
