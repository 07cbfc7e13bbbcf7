/** The notes of a lowdb store that another process may hold: only reads, and takes nothing away. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Note } from '../core/ports.js';
import type { JournalChange } from './changes.js';
import { decodeLine, readLines } from './lines.js';
import { segmentFile } from './load.js';
import { createSnapshotFile } from './snapshot.js';
import { inOrder } from './state.js';

/** @throws BotError 'STORE' when the snapshot is damaged. */
export async function readNotes(dir: string): Promise<Note[]> {
  const state = await createSnapshotFile(join(dir, 'state.json'), () => Promise.resolve()).read();
  const notes = state ? inOrder(state.tables.notes) : [];
  for (let segment = state?.segment ?? 0; existsSync(segmentFile(dir, segment)); segment++)
    for await (const lines of readLines(segmentFile(dir, segment)))
      for (const { bytes, isWhole } of lines) notes.push(...notesIn(isWhole ? decodeLine(bytes) : null));
  return notes;
}

/** A line whose end is still being written is not committed yet; one that is damaged is for the owner of the folder to report. */
function notesIn(text: Buffer | null): Note[] {
  const value: unknown = text ? JSON.parse(text.toString()) : [];
  // The first line of a segment is no commit.
  if (!Array.isArray(value)) return [];
  return (value as JournalChange[]).flatMap((change) => (change.kind === 'note' ? [change.note] : []));
}
