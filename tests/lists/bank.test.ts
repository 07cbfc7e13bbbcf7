/** The bank with the real encoder: matters of our own, so that the shipped file may change. */
import { writeFileSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeBankFile, readBank, type Bank, type BankMatter } from '../../src/lists/bank.js';
import { createRowIndex } from '../../src/lists/row-index.js';
import { rowText } from '../../src/lists/row-text.js';
import { createTokenizer } from '../../src/text/bm25.js';
import { loadEncoder, type Encoder } from '../../src/text/encoder.js';
import { normalizeText } from '../../src/text/normalize.js';
import { makeFolder } from '../helpers/folder.js';
import { makeList, makeRow } from '../helpers/lists.js';

const MATTERS: BankMatter[] = [
  {
    id: 'B1',
    domain: '民政',
    matter: '流浪乞讨人员救助',
    duty: '县民政局负责救助管理和甄别安置;乡镇负责发现报告、劝导护送。',
    phrasings: ['桥洞底下睡着个讲不清话的外地人', '车站有个要饭的老头天冷了咋办'],
  },
  {
    id: 'B2',
    domain: '卫生健康',
    matter: '无证行医查处',
    duty: '县卫生健康局负责查处非法行医;乡镇负责线索排查上报。',
    phrasings: ['老乡在家给人打针挂水', '没证的游医在集上卖药看病'],
  },
];
const ROWS = [
  makeRow({
    listId: 'a',
    number: '1',
    matter: '生活无着流浪乞讨人员救助管理',
    lead: [{ unit: '县民政局', duty: '负责街面巡查、救助甄别和返乡安置。' }],
  }),
  makeRow({
    listId: 'a',
    number: '2',
    matter: '非法行医行为查处',
    lead: [{ unit: '县卫生健康局', duty: '负责对无证行医行为进行监督检查和处罚。' }],
  }),
  makeRow({
    listId: 'a',
    number: '3',
    matter: '桥梁养护和安全管理',
    lead: [{ unit: '县交通运输局', duty: '负责县道桥梁桥洞的检查、养护和加固。' }],
  }),
];
const LISTS = [makeList({ id: 'a' })];

let encoder: Encoder;
let file: string;
let bank: Bank;

const vectorsOf = async (texts: string[]): Promise<Float32Array[]> =>
  (await encoder.embedDocuments(texts.map(normalizeText))).map((it) => Float32Array.from(it));
const vectorOf = async (text: string): Promise<Float32Array> => (await vectorsOf([text]))[0] as Float32Array;

beforeAll(async () => {
  const loaded = await loadEncoder('knowledge/encoder');
  if (!loaded.encoder) throw new Error(loaded.reason);
  encoder = loaded.encoder;
  file = join(makeFolder(), 'vectors.bin');
  writeFileSync(file, await makeBankFile(MATTERS, 'key', encoder.dimensions, vectorsOf));
  bank = readBank(file, encoder.modelHash) as Bank;
});

describe('a bank', () => {
  it('matches a row with the matter that it is, and says how near', async () => {
    const [row] = ROWS;
    if (!row) throw new Error('no row');
    const [title, text] = await vectorsOf([row.matter, rowText(row)]);
    const found = bank.match(title as Float32Array, text as Float32Array);
    expect(found[0]?.id).toBe('B1');
    expect(found[0]?.similarity).toBeGreaterThan(0.8);
    expect(bank.match(title as Float32Array, text as Float32Array, (id) => id === 'B1')[0]?.id).toBe('B2');
  });

  it('of the program has the vectors that this machine makes: a processor without VNNI must not be another', async () => {
    const [matter] = readFileSync('knowledge/phrasings/bank.jsonl', 'utf8').split('\n', 1);
    const { id, matter: title, duty } = JSON.parse(matter ?? '') as BankMatter;
    const vectors = (await readdir('knowledge/phrasings')).find((name) => name.endsWith('.bin')) ?? '';
    const shipped = readBank(join('knowledge/phrasings', vectors), encoder.modelHash) as Bank;
    const [byTitle, byText] = await vectorsOf([title, `${title}:${duty}`]);
    const [found] = shipped.match(byTitle as Float32Array, byText as Float32Array);
    expect(found?.id).toBe(id);
    expect(found?.similarity).toBeGreaterThan(0.975);
  });

  it('is as near as the nearest phrasing', async () => {
    const query = await vectorOf('桥洞底下睡着个讲不清话的外地人');
    expect(bank.near(query).exactly(bank.positionOf('B1'))).toBeGreaterThan(0.955);
    expect(bank.near(query).exactly(bank.positionOf('B2'))).toBeLessThan(0.7);
    expect(bank.near(query).roughly(bank.positionOf('B1'))).toBeGreaterThan(0.6);
    expect(bank.positionOf('B9')).toBe(-1);
  });

  it('says which file is damaged and what to do', () => {
    const torn = join(makeFolder(), 'torn.bin');
    writeFileSync(torn, readFileSync(file).subarray(0, -5));
    expect(() => readBank(torn, 'm')).toThrow(/torn\.bin.*npm run phrasings -- vectors/);
    expect(readBank(join(makeFolder(), 'none.bin'), 'm')).toBeNull();
  });
});

describe('rows with a bank', () => {
  const open = (withBank: boolean, known: Record<string, { id: string; similarity: number }[]> = {}) =>
    createRowIndex({
      editionId: 'e',
      lists: LISTS,
      rows: ROWS,
      tokenize: createTokenizer([]),
      vectors: { vectorsOf },
      ...(withBank && { bank: { bank, matchesOf: (row) => known[row.number] ?? null } }),
    });

  it('are found by what people say of their matter', async () => {
    const text = '桥洞里睡了个外地人话都讲不清';
    const query = { text, vector: await vectorOf(text), units: [] };
    const scoreOf = async (withBank: boolean) => {
      const index = await open(withBank);
      return index.search(query, {}, 3).map(({ entry, lift }) => ({ number: entry.row.number, lift }));
    };
    expect((await scoreOf(false)).every(({ lift }) => lift === 0)).toBe(true);
    const found = await scoreOf(true);
    expect(found[0]?.number).toBe('1');
    expect(found[0]?.lift).toBeGreaterThan(0.05);
  });

  it('keep their matches, and are not compared anew when these are known', async () => {
    const { matches } = await open(true);
    expect(matches).toMatchObject({ key: bank.key, rows: { 'a/1': [{ id: 'B1' }, { id: 'B2' }] } });
    const wrong = { '1': [{ id: 'B2', similarity: 0.9 }] };
    expect((await open(true, wrong)).matches?.rows['a/1']).toEqual(wrong['1']);
    expect((await open(false)).matches).toBeNull();
  });
});
