/** What a start keeps for the next one is made anew where it is torn. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { useParsed } from '../../src/files/yaml.js';
import { createKeptParts, type PartNumbers } from '../../src/text/kept-part.js';
import { makeFolder } from '../helpers/folder.js';

const matrix = { count: 1, dimensions: 2, data: Float32Array.from([0.5, 0.25]) };
const words = {
  tokens: ['路灯'],
  documents: 1,
  starts: Uint32Array.from([0, 1]),
  pairs: Float32Array.from([0, 1]),
};
const NUMBERS: PartNumbers = { rows: matrix, asked: matrix, middles: matrix, words };

it.each(['', '{"about":', '\n', 'no JSON\n1234'])('a kept part of “%s” is made anew', async (torn) => {
  const folder = makeFolder();
  const texts = [['路灯']];
  let made = 0;
  const make = () => Promise.resolve((made++, NUMBERS));
  await createKeptParts('x', [folder]).of(texts, make);
  expect((await createKeptParts('x', [folder]).of(texts, make)).rows.data).toEqual(matrix.data);
  expect(made).toBe(1);
  for (const name of readdirSync(folder)) writeFileSync(join(folder, name), torn);
  expect((await createKeptParts('x', [folder]).of(texts, make)).words.tokens).toEqual(['路灯']);
  expect(made).toBe(2);
});

it('a torn file of what YAML was read to keeps nobody from starting', () => {
  const file = join(makeFolder(), 'parsed.json');
  writeFileSync(file, '{"a":');
  expect(() => useParsed(file)).not.toThrow();
});
