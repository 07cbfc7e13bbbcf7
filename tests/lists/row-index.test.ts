import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createKeptParts } from '../../src/text/kept-part.js';
import { createRowIndex } from '../../src/lists/row-index.js';
import { createVectorCache } from '../../src/text/vectors.js';
import { createTokenizer } from '../../src/text/bm25.js';
import { makeFolder } from '../helpers/folder.js';
import { createFakeEncoder, makeList, makeRow } from '../helpers/lists.js';

const CENTRE = { township: '柳林镇', townshipClass: '中心镇' };
const FARM = { township: '清水乡', townshipClass: '农业乡镇' };

const lists = [
  makeList({ id: 'all' }),
  makeList({ id: 'centre', scope: { county: '青山县', townshipClass: '中心镇' } }),
  makeList({ id: 'own', scope: { county: '青山县', township: '柳林镇' } }),
  makeList({ id: 'both', scope: { county: '青山县', township: '清水乡', townshipClass: '农业乡镇' } }),
];
const rows = lists.map(({ id }) => makeRow({ listId: id }));
const tokenize = createTokenizer();

const makeIndex = (some = rows, vectors: Parameters<typeof createRowIndex>[0]['vectors'] = null) =>
  createRowIndex({ editionId: 'e1', lists, rows: some, tokenize, vectors });
const ask = (text: string, units: string[] = []) => ({ text, vector: null, units });

describe('scope', () => {
  it.each([
    ['a centre town', CENTRE, ['all', 'centre', 'own']],
    ['a farming township', FARM, ['all', 'both']],
    ['county staff', {}, ['all']],
    ['another centre town', { township: '石桥镇', townshipClass: '中心镇' }, ['all', 'centre']],
  ])('shows %s only its own lists', async (_who, scope, wanted) => {
    const index = await makeIndex();
    const found = index.search(ask('占道经营'), scope, 10).map((c) => c.entry.list.id);
    expect(found.sort()).toEqual([...wanted].sort());
    const visible = index.entries.filter((e) => index.isVisible(e, scope)).map((e) => e.list.id);
    expect(visible.sort()).toEqual([...wanted].sort());
  });
});

describe('search', () => {
  const matters = ['路灯维修', '占道经营整治', '河道采砂查处'].map((matter, i) =>
    makeRow({ listId: 'all', number: String(i + 1), matter, lead: [{ unit: `县${i}局`, duty: matter }] }),
  );

  it('finds by words the row that shares them, best first', async () => {
    const index = await makeIndex(matters);
    const found = index.search(ask('河道里有人采砂'), {}, 10);
    expect(found[0]?.entry.row.matter).toBe('河道采砂查处');
    expect(found.map((c) => c.score)).toEqual([...found.map((c) => c.score)].sort((a, b) => b - a));
    expect(found[0]?.coverage).toBeGreaterThan(found[1]?.coverage ?? 1);
  });

  it('gives at most as many as asked for', async () => {
    expect((await makeIndex(matters)).search(ask('路灯'), {}, 2)).toHaveLength(2);
  });

  it('prefers the row of a unit that is named and says whether it agrees', async () => {
    const index = await makeIndex(matters);
    const found = index.search(ask('整治维修查处', ['县1局']), {}, 3);
    expect(found[0]?.entry.row.number).toBe('2');
    expect(found.map((c) => c.unitAgreement)).toEqual([1, -1, -1]);
    expect(index.search(ask('路灯'), {}, 1)[0]?.unitAgreement).toBe(0);
  });

  it('finds a row by an everyday phrasing that is indexed beside it', async () => {
    const encoder = createFakeEncoder();
    const vectors = createVectorCache(encoder, 'rows', [makeFolder()]);
    const withPhrase = matters.map((row) => (row.number === '1' ? { ...row, askedAs: ['黑灯瞎火'] } : row));
    const index = await makeIndex(withPhrase, vectors);
    const vector = await encoder.embedQuery('黑灯瞎火');
    const [best] = index.search({ text: '黑灯瞎火', vector, units: [] }, {}, 3);
    expect(best?.entry.row.number).toBe('1');
  });

  it('finds the same by what the last start kept, and leaves nothing of other rows there', async () => {
    const folder = makeFolder();
    const encoder = createFakeEncoder();
    const withPhrase = matters.map((row) => ({ ...row, askedAs: [`${row.number}黑灯瞎火`] }));
    const open = async (some: typeof rows, canEmbed = true) => {
      const vectors = canEmbed
        ? createVectorCache(encoder, 'rows', [makeFolder()])
        : { vectorsOf: () => Promise.reject(new Error('embedded')) };
      const parts = createKeptParts(['test'], [folder]);
      return createRowIndex({ editionId: 'e1', lists, rows: some, tokenize, vectors, parts });
    };
    const vector = await encoder.embedQuery('黑灯瞎火');
    const search = (index: Awaited<ReturnType<typeof open>>) =>
      index.search({ text: '河道黑灯瞎火', vector, units: [] }, {}, 3);
    const first = search(await open(withPhrase));
    expect(search(await open(withPhrase, false))).toEqual(first);
    const [kept] = readdirSync(folder);
    await open(matters);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(readdirSync(folder)).not.toContain(kept);
  });

  it('finds nothing to be wrong with an empty edition or an empty question', async () => {
    expect((await makeIndex([])).search(ask('路灯'), {}, 5)).toEqual([]);
    expect((await makeIndex(matters)).search(ask(''), {}, 5)).toHaveLength(3);
  });
});

describe('references', () => {
  it('name one row of one edition', async () => {
    const index = await makeIndex();
    expect(index.entries.map((e) => e.ref)).toContain('e1/own/1');
    expect(index.get('e1/own/1')?.list.id).toBe('own');
    expect(index.positionOf('e1/own/1')).toBe(2);
    for (const ref of ['e0/own/1', 'e1/own/2', '', 'own/1']) expect(index.get(ref)).toBeNull();
  });

  it('compares rows by their vectors, and not at all without an encoder', async () => {
    const index = await makeIndex(rows, createVectorCache(createFakeEncoder(), 'rows', [makeFolder()]));
    expect(index.rowSimilarity(0, 1)).toBeCloseTo(1, 5);
    expect((await makeIndex()).rowSimilarity(0, 1)).toBe(0);
  });

  it('refuses a row of a list that is not there', async () => {
    await expect(makeIndex([makeRow({ listId: 'none' })])).rejects.toThrow('none');
  });
});
