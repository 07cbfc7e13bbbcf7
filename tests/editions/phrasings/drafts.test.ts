/** What was accepted on its way into an edition: beside the office's own words, struck, kept, carried along. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Edition, Row } from '../../../src/core/domain.js';
import { contentHash } from '../../../src/editions/folder.js';
import { draftCard } from '../../../src/editions/edition-card.js';
import { mergeIntoEdition } from '../../../src/editions/import/to-edition.js';
import { makeDraft, reportText } from '../../../src/editions/make-draft.js';
import {
  addAccepted,
  foldGenerated,
  loadPhrasings,
  savePhrasings,
  strike,
} from '../../../src/editions/phrasings/accepted.js';
import { readStruck, renderSampleBook } from '../../../src/editions/phrasings/samples.js';
import { START } from '../../helpers/clock.js';
import { makeFolder } from '../../helpers/folder.js';
import { makeRow } from '../../helpers/lists.js';
import { CONTENT, DOGS, GOOD, LAMPS, STALLS, takeWorld } from '../../helpers/phrasings.js';
import { DIRECTORY } from '../../helpers/request-world.js';
import { workbook } from '../../helpers/workbook.js';

const { lists, rows } = CONTENT;
const [ONE = '', TWO = ''] = GOOD[0]?.[1] ?? [];
const CURRENT: Edition = { id: contentHash(lists, rows), ...CONTENT, publishedAt: START, expected: null };

async function accepted(texts: [Row, string[]][], dataDir = makeFolder()): Promise<string> {
  const stored = loadPhrasings(dataDir);
  addAccepted(
    stored,
    lists,
    texts.flatMap(([row, all]) => all.map((text) => ({ row, text }))),
  );
  await savePhrasings(dataDir, stored);
  return dataDir;
}

const draftIn = (dataDir: string, more: Partial<Parameters<typeof makeDraft>[1]> = {}) => {
  const { tools } = takeWorld(dataDir);
  return makeDraft(
    {
      ...{ ...tools, knowledgeDir: dataDir, calibrationKey: 'k' },
      expect: () => Promise.resolve({ answered: 0.8, right: 0.9, falseRate: 0.01 }),
      check: () => undefined,
    },
    { readings: [], stated: {}, current: CURRENT, by: '甲', now: START, notes: [], files: ['a.md'], ...more },
  );
};

describe('what was accepted', () => {
  it('is in the next draft, apart from the words of the office, with examples for whoever approves', async () => {
    const dataDir = await accepted(GOOD);
    const report = await draftIn(dataDir);
    const { draft } = report;
    expect(draft?.rows.map((row) => [row.askedAs, row.generated])).toEqual(
      GOOD.map(([, texts]) => [[], texts]),
    );
    expect(draft?.files).toEqual(['a.md']);
    const said = reportText(report);
    expect(said).toContain(
      '问法:3 项有自己的问法(其中 3 项有生成的问法 15 条),0 项只有通用问法,0 项两者都没有。',
    );
    expect(said).toContain(`[生成] a/1 占道经营整治:“${ONE}”`);
    expect(said).toContain('1 占道经营整治(生成的问法)');
    if (!draft) throw new Error('no draft');
    const view = { draft, current: CURRENT, asked: 0, now: START, mayApprove: true, next: '请核对。' };
    expect(JSON.stringify(draftCard(view))).toContain('本次新增生成的问法 15 条');
  });

  it('helps to find the row', async () => {
    const dataDir = await accepted([[DOGS, ['晚上总听见汪汪叫吓着娃']]]);
    const { draft } = await draftIn(dataDir);
    const knowledge = await takeWorld(dataDir).tools.openKnowledge({ ...CURRENT, rows: draft?.rows ?? [] });
    const [best] = await knowledge.search('晚上总听见汪汪叫吓着娃', {});
    expect(best?.entry.row.matter).toBe(DOGS.matter);
    expect(best?.hasOwn).toBe(true);
  });

  it('makes no draft where there is nothing new', async () => {
    expect((await draftIn(makeFolder())).draft).toBeNull();
  });

  it('stands behind what the office wrote or decided, whichever row that is of', async () => {
    const dataDir = await accepted([[STALLS, [ONE, TWO]]]);
    const { draft } = await draftIn(dataDir, {
      notes: [
        {
          ...{ at: START, topic: 'verdict', text: ONE, rows: [], edition: 'e' },
          verdict: { kind: 'phrasing', row: 'a/2', matter: LAMPS.matter, phrasings: [ONE] },
        },
      ],
    });
    expect(draft?.rows[0]?.generated).toEqual([TWO]);
    expect(draft?.rows[1]?.askedAs).toEqual([ONE]);
  });

  it('stays with the row when its list is imported again and its number moves', () => {
    const before = { lists, rows: [{ ...STALLS, askedAs: ['占道'], generated: [ONE] }] };
    const list = {
      ...{ kind: 'territorial' as const, batch: '', scope: '', title: '甲清单', headings: [] },
      ...{ issuer: '', documentNumber: '', problems: [] },
      rows: [
        {
          ...{ number: '9', category: '城管', matter: STALLS.matter, lead: [], support: [] },
          ...{ basis: '', askedAs: ['新问法'], row: 2 },
        },
      ],
    };
    const merged = mergeIntoEdition(before, [{ list: list as never, county: '青山县' }], {}, DIRECTORY);
    expect(merged.rows).toMatchObject([{ number: '9', askedAs: ['新问法'], generated: [ONE] }]);
  });

  it('is not taken over by another county', async () => {
    const dataDir = await accepted([[STALLS, [ONE]]]);
    const other = { lists: lists.map((list) => ({ ...list, scope: { county: '绿水县' } })), rows };
    expect(foldGenerated(other, loadPhrasings(dataDir)).rows[0]?.generated).toBeUndefined();
  });

  it('is added to a draft only by who made that', async () => {
    const dataDir = await accepted([[STALLS, [ONE]]]);
    const { draft } = await draftIn(dataDir, { by: '甲', account: 'os:a' });
    await accepted([[LAMPS, GOOD[1]?.[1] ?? []]], dataDir);
    const more = await draftIn(dataDir, { from: draft, account: 'os:a', files: ['b.md'] });
    expect(more.draft).toMatchObject({ base: CURRENT.id, files: ['a.md', 'b.md'] });
    expect(more.draft?.rows[1]?.generated).toHaveLength(5);
    await expect(draftIn(dataDir, { from: draft, by: '乙' })).rejects.toThrow('须由同一人');
    await expect(draftIn(dataDir, { from: draft, account: 'os:b' })).rejects.toThrow('同一账号');
  });
});

describe('what is struck', () => {
  it('leaves the next draft and never comes back', async () => {
    const { dataDir, take } = takeWorld(await accepted([[STALLS, [ONE, TWO]]]));
    const stored = loadPhrasings(dataDir);
    expect(strike(stored, lists, STALLS, `${ONE}。`)).toEqual([ONE]);
    await savePhrasings(dataDir, stored);
    expect((await draftIn(dataDir)).draft?.rows[0]?.generated).toEqual([TWO]);
    const { dropped } = await take([{ number: 'a/1', title: STALLS.matter, text: ONE, where: '第1行' }]);
    expect(dropped.map((it) => it.reason)).toEqual(['编办已划去']);
    expect(strike(loadPhrasings(dataDir), lists, STALLS)).toEqual([TWO]);
  });

  it('leaves an edition that has it already', async () => {
    const row = makeRow({ generated: [ONE, TWO] });
    const stored = loadPhrasings(makeFolder());
    expect(strike(stored, lists, row)).toEqual([ONE, TWO]);
    expect(foldGenerated({ lists, rows: [row] }, stored).rows[0]).not.toHaveProperty('generated');
  });

  it('is marked in a workbook', async () => {
    const all = [{ ...STALLS, generated: [ONE, TWO] }];
    expect(await readStruck('a.xlsx', await renderSampleBook(all), all)).toEqual([]);
    const header = ['序号', '事项', '生成的问法', '划去(填“是”)'];
    const marked = workbook([
      {
        name: '生成的问法',
        rows: [
          header,
          ['a/1', STALLS.matter, ONE, '是'],
          ['a/1', STALLS.matter, TWO, '否'],
          ['a/7', '无', TWO, '是'],
        ],
      },
    ]);
    const found = await readStruck('a.xlsx', marked, all);
    expect(found.map(({ row, named }) => [typeof row === 'string' ? row : row.matter, named.text])).toEqual([
      [STALLS.matter, ONE],
      ['清单中没有序号“a/7”', TWO],
    ]);
  });
});

describe('the file of what was accepted', () => {
  it('that is damaged is said, not written over', async () => {
    const dataDir = await accepted([[STALLS, [ONE]]]);
    const file = join(dataDir, 'phrasings', 'generated.json');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 40));
    expect(() => loadPhrasings(dataDir)).toThrow('已损坏');
    await expect(draftIn(dataDir)).rejects.toThrow('已损坏');
  });
});
