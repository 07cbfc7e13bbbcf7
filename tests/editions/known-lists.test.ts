import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { knownLists, listsRead } from '../../src/editions/known-lists.js';
import type { FolderLists } from '../../src/editions/folder.js';
import { makeFolder } from '../helpers/folder.js';
import { makeList, makeRow } from '../helpers/lists.js';

const sound: FolderLists = { id: 'abcd1234', lists: [makeList({})], rows: [makeRow({})], problems: [] };
const problem = { file: 'a.csv', row: 1, column: '', message: '', remedy: '' };

function folders() {
  const [dir, own, shipped] = [join(makeFolder(), 'lists'), makeFolder(), makeFolder()];
  cpSync('knowledge/lists', dir, { recursive: true });
  return { dir, own, shipped };
}

it('knows what the same program read of the same files, in any of its folders', async () => {
  const { dir, own, shipped } = folders();
  expect(knownLists([dir], 'p', [own]).id()).toBeNull();
  await knownLists([dir], 'p', [shipped]).keep(sound);
  expect(knownLists([dir], 'p', [own, shipped]).id()).toBe('abcd1234');
  expect(knownLists([dir], 'p', [own]).id()).toBeNull();
  expect(knownLists([dir], 'another', [own, shipped]).id()).toBeNull();
  appendFileSync(join(dir, 'duty.csv'), '\n');
  expect(knownLists([dir], 'p', [own, shipped]).id()).toBeNull();
});

it('keeps nothing that must not be published', async () => {
  const { dir, own } = folders();
  await knownLists([dir], 'p', [own]).keep({ ...sound, problems: [problem] });
  expect(knownLists([dir], 'p', [own]).id()).toBeNull();
});

it('reads them all the same for whoever asks for rows', () => {
  let times = 0;
  const lists = listsRead('abcd1234', () => {
    times++;
    return sound;
  });
  expect([lists.id, lists.problems, times]).toEqual(['abcd1234', [], 0]);
  expect([lists.rows, lists.lists, times]).toEqual([sound.rows, sound.lists, 1]);
});
