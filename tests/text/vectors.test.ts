import { appendFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createVectorCache } from '../../src/text/vectors.js';
import { makeFolder } from '../helpers/folder.js';
import { createFakeEncoder } from '../helpers/lists.js';

let folder: string;
beforeEach(() => {
  folder = join(makeFolder(), 'cache');
});

/** A new process: a new cache over the same folders. */
async function run(texts: string[], folders = [folder], modelHash = 'fake') {
  const encoder = createFakeEncoder(modelHash);
  const vectors = await createVectorCache(encoder, 'rows', folders).vectorsOf(texts);
  return { vectors, embedded: encoder.texts };
}

const fileOf = (): string => join(folder, readdirSync(folder)[0] ?? '');

describe('the vector cache', () => {
  it('embeds nothing in the second run and gives the same vectors', async () => {
    const first = await run(['甲', '乙', '丙']);
    const second = await run(['丙', '甲', '乙']);
    expect(first.embedded).toEqual(['甲', '乙', '丙']);
    expect(second.embedded).toEqual([]);
    expect(second.vectors).toEqual([first.vectors[2], first.vectors[0], first.vectors[1]]);
  });

  it('embeds only the row that was edited', async () => {
    await run(['甲', '乙', '丙']);
    expect((await run(['甲', '乙二', '丙'])).embedded).toEqual(['乙二']);
    expect((await run(['甲', '乙二', '丙'])).embedded).toEqual([]);
  });

  it('embeds a text once however often it stands there', async () => {
    const { embedded, vectors } = await run(['甲', '甲', '乙', '甲']);
    expect(embedded).toEqual(['甲', '乙']);
    expect(vectors[3]).toEqual(vectors[0]);
  });

  it('ignores a torn last record and writes over it', async () => {
    await run(['甲', '乙']);
    const size = statSync(fileOf()).size;
    appendFileSync(fileOf(), Buffer.alloc(21, 7));
    expect((await run(['甲', '乙'])).embedded).toEqual([]);
    expect((await run(['甲', '乙', '丙'])).embedded).toEqual(['丙']);
    expect(statSync(fileOf()).size).toBe((size / 2) * 3);
    expect((await run(['甲', '乙', '丙'])).embedded).toEqual([]);
  });

  it('keeps the vectors of one model from another', async () => {
    await run(['甲']);
    expect((await run(['甲'], [folder], 'other')).embedded).toEqual(['甲']);
  });

  it('reads a second folder and writes only in the first', async () => {
    const built = join(makeFolder(), 'prebuilt');
    await run(['甲'], [built]);
    const [name] = readdirSync(built);
    const before = readFileSync(join(built, name ?? ''));
    expect((await run(['甲', '乙'], [folder, built])).embedded).toEqual(['乙']);
    expect((await run(['甲', '乙'], [folder, built])).embedded).toEqual([]);
    expect(readFileSync(join(built, name ?? ''))).toEqual(before);
  });

  it('finds what another process has added since', async () => {
    const encoder = createFakeEncoder();
    const cache = createVectorCache(encoder, 'rows', [folder]);
    await cache.vectorsOf(['甲']);
    await run(['乙']);
    await cache.vectorsOf(['甲', '乙', '丙']);
    expect(encoder.texts).toEqual(['甲', '丙']);
  });

  it('tells how far it is', async () => {
    const seen: string[] = [];
    await createVectorCache(createFakeEncoder(), 'rows', [folder]).vectorsOf(['甲', '乙'], (done, total) =>
      seen.push(`${done}/${total}`),
    );
    expect(seen).toEqual(['1/2', '2/2']);
  });
});
