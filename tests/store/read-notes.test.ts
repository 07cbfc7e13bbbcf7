/** Notes read while another holds the store. */
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Note } from '../../src/core/ports.js';
import { openLowdbStore } from '../../src/store/lowdb.js';
import { readNotes } from '../../src/store/read-notes.js';
import { START } from '../helpers/clock.js';
import { makeFolder } from '../helpers/folder.js';

const note = (text: string): Note => ({
  ...{ at: START, topic: 'verdict', text, rows: [], edition: 'e' },
  verdict: { kind: 'new-row', listId: 'duty', matter: text, phrasings: [text] },
});

it('reads notes of snapshot and journals beside their owner and takes nothing away', async () => {
  const dir = makeFolder();
  expect(await readNotes(dir)).toEqual([]);
  const first = await openLowdbStore(dir);
  await first.commit([{ kind: 'note', note: note('一') }]);
  await first.close();
  const store = await openLowdbStore(dir);
  await store.commit([{ kind: 'note', note: note('二') }]);
  expect(await readNotes(dir)).toEqual([note('一'), note('二')]);
  expect(await store.listNotes()).toEqual([note('一'), note('二')]);
  // The owner is in the middle of a line.
  const journal =
    readdirSync(dir)
      .filter((name) => name.startsWith('journal-'))
      .sort()
      .at(-1) ?? '';
  appendFileSync(join(dir, journal), '0123');
  expect(await readNotes(dir)).toHaveLength(2);
  await store.close();
});
