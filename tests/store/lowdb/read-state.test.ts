/** A store read while another process holds it. */
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLowdbStore } from '../../../src/store/lowdb/index.js';
import { readForOperator } from '../../../src/store/lowdb/read-state.js';
import { claimOf, messageDone, makeUpdate, outgoing } from '../../helpers/changes.js';
import { START } from '../../helpers/clock.js';
import { makeFolder } from '../../helpers/folder.js';
import type { Note } from '../../../src/core/note.js';

const note = (text: string): Note => ({
  ...{ at: START, topic: 'verdict', text, rows: [], edition: 'e' },
  verdict: { kind: 'new-row', listId: 'duty', matter: text, phrasings: [text] },
});

const notesIn = async (dir: string) => (await readForOperator(dir)).notes;

it('reads notes of snapshot and journals beside their owner and takes nothing away', async () => {
  const dir = makeFolder();
  expect(await notesIn(dir)).toEqual([]);
  const first = await openLowdbStore(dir);
  await first.commit([{ kind: 'note', note: note('一') }]);
  await first.close();
  const store = await openLowdbStore(dir);
  await store.commit([{ kind: 'note', note: note('二') }]);
  expect(await notesIn(dir)).toEqual([note('一'), note('二')]);
  expect(await store.listNotes()).toEqual([note('一'), note('二')]);
  // The owner is in the middle of a line.
  const journal =
    readdirSync(dir)
      .filter((name) => name.startsWith('journal-'))
      .sort()
      .at(-1) ?? '';
  appendFileSync(join(dir, journal), '0123');
  expect(await notesIn(dir)).toHaveLength(2);
  await store.close();
});

it('reads what was not delivered and what was set aside, and not what was replayed since', async () => {
  const dir = makeFolder();
  const store = await openLowdbStore(dir);
  await store.commit([outgoing('c1#0')]);
  await store.claimDueMessages(claimOf('j'), 1);
  await store.commit([messageDone('c1#0', 'j', 'failed')]);
  for (const id of ['u1', 'u2']) {
    await store.keepUpdate(makeUpdate(id), { isBound: true, now: START, claim: claimOf('l') });
    await store.commit([{ kind: 'updateSetAside', id, lease: 'l', at: START, reason: '坏了' }]);
  }
  await store.replayUpdate('u1', START);
  const { undelivered, setAside } = await readForOperator(dir);
  expect(undelivered).toMatchObject([{ key: 'c1#0', outcome: 'failed' }]);
  expect(setAside).toMatchObject([{ update: { id: 'u2' }, reason: '坏了' }]);
  await store.close();
});
