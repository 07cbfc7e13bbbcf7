import { expect, it } from 'vitest';
import { retrieve } from '../../src/lists/retrieve.js';
import { RowRetriever } from '../../src/lists/retriever.js';
import { createRowIndex } from '../../src/lists/row-index.js';
import { createTokenizer } from '../../src/text/bm25.js';
import { createDirectory } from '../../src/organizations/directory.js';
import { makeList, makeRow } from '../helpers/lists.js';

it('a chain is given the rows that the program finds, as documents', async () => {
  const lists = [makeList({ id: 'all', title: '清单甲' })];
  const rows = ['路灯维修', '河道采砂查处'].map((matter, i) =>
    makeRow({ listId: 'all', number: String(i + 1), matter }),
  );
  const index = await createRowIndex({
    editionId: 'e1',
    lists,
    rows,
    tokenize: createTokenizer(),
    vectors: null,
  });
  const options = {
    index,
    encoder: null,
    directory: createDirectory({ county: '青山县', organizations: [], people: [], posts: [] }),
    scope: {},
  };
  const documents = await new RowRetriever(options).invoke('谁来查采砂');
  expect(documents.map(({ metadata }) => metadata.candidate)).toEqual(await retrieve('谁来查采砂', options));
  expect(documents[0]?.pageContent).toContain('河道采砂查处');
  expect(documents[0]?.metadata).toMatchObject({ list: '清单甲', number: '2' });
});
