import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../src/core/domain.js';
import { renderWorkbook } from '../../src/editions/export.js';
import { readLists } from '../../src/editions/folder.js';
import { readListFile } from '../../src/editions/import/read-file.js';
import { rowOf } from '../../src/editions/import/to-edition.js';
import { NO_REMAP } from '../../src/editions/import/tables.js';
import { loadDirectory } from '../../src/organizations/load.js';
import { workbook, letterOf, type CellSpec } from '../helpers/workbook.js';
import { makeList } from '../helpers/lists.js';

const directory = loadDirectory('knowledge/organizations');

async function readRows(bytes: Uint8Array, listId: string): Promise<Row[]> {
  const { lists, problems } = await readListFile('清单.xlsx', bytes, { directory, remap: NO_REMAP });
  expect(
    problems.filter(
      (p) =>
        !p.message.includes('机构名录') && !p.message.includes('没有写明') && !p.message.includes('不像单位'),
    ),
  ).toEqual([]);
  return lists.flatMap((list) => list.rows.map((row) => ({ ...rowOf(row, listId), line: 0 })));
}

/** Pieces that mean something elsewhere in a list: here they are nothing but text. */
const PIECES = [
  ...[
    '县公安局',
    '县公安局:',
    '乡镇(街道)',
    '、',
    ';',
    '。',
    ':',
    '1.',
    '(一)',
    '一、',
    '无',
    '/',
    '合计',
    '注:',
    '备注',
  ],
  ...[
    '序号',
    '附件2',
    '第二批',
    '(2项)',
    '《甲条例》',
    '和',
    '巡查',
    '查处',
    ' ',
    ',',
    '"',
    '<&>',
    '锟',
    '𠮷',
    'A1',
    '=1+1',
  ],
];
const phrase = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join('').trim())
  .filter((text) => text !== '');
const maybe = fc.oneof(phrase, fc.constant(''));
const parties = fc.array(fc.record({ unit: phrase, duty: maybe }), { maxLength: 4 });
const content = fc.record({
  domain: maybe,
  matter: phrase.map((text) => `事${text}`),
  lead: fc.array(fc.record({ unit: phrase, duty: phrase }), { minLength: 1, maxLength: 3 }),
  support: parties,
  basis: fc.array(phrase, { maxLength: 3 }),
  askedAs: fc.array(phrase, { maxLength: 2 }),
});
const rows = fc.array(content, { minLength: 1, maxLength: 8 }).map((list) =>
  list.map((row, at): Row => ({
    listId: 'x',
    number: String(at + 1),
    ...row,
    matter: `${row.matter}${at}`,
    line: 0,
  })),
);

describe('renderWorkbook', () => {
  it('writes every sample list so that it imports back to the same rows', async () => {
    const draft = readLists('knowledge/lists', directory);
    for (const list of draft.lists) {
      const expected = draft.rows.filter((row) => row.listId === list.id).map((row) => ({ ...row, line: 0 }));
      expect(await readRows(await renderWorkbook([list], draft.rows), list.id)).toEqual(expected);
    }
  });

  it('writes any rows so that they import back to the same rows', async () => {
    const list = makeList({ id: 'x', kind: 'territorial', title: '青山县属地管理事项清单' });
    await fc.assert(
      fc.asyncProperty(rows, async (expected) => {
        expect(await readRows(await renderWorkbook([list], expected), 'x')).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a county's own sheet", () => {
  const units = ['县公安局', '县水利局', '县教育局', '县财政局', '乡镇(街道)'];
  const duty = fc
    .array(fc.constantFrom('巡查', '查处', '1.检查', ';', '。', ',', '以下内容:证照'), {
      minLength: 1,
      maxLength: 5,
    })
    .map((pieces) => `负责${pieces.join('')}`);
  const pair = (max: number) =>
    fc
      .uniqueArray(fc.constantFrom(...units), { minLength: 1, maxLength: max })
      .chain((names) => fc.tuple(...names.map((unit) => duty.map((text) => ({ unit, duty: text })))));
  const matters = fc.array(
    fc.record({ lead: pair(3), support: pair(4), category: fc.constantFrom('甲类', '乙类') }),
    {
      minLength: 1,
      maxLength: 6,
    },
  );

  it('reads merged cells and line breaks wherever they stand', async () => {
    await fc.assert(
      fc.asyncProperty(
        matters,
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        async (list, isJoined, breakAt) => {
          // A line break in a cell is printed as one blank.
          const broken = (text: string) => `${text.slice(0, breakAt)}\n${text.slice(breakAt)}`;
          const plain = (text: string) =>
            broken(text)
              .replace(/\s*\n\s*/, ' ')
              .trim();
          const header = isJoined
            ? ['序号', '类别', '事项名称', '主体责任', '配合责任']
            : ['序号', '类别', '事项名称', '主体责任单位', '主体责任', '配合单位', '配合责任'];
          const sheet: CellSpec[][] = [['青山县属地管理事项清单'], header];
          const merges: string[] = [`A1:${letterOf(header.length - 1)}1`];
          list.forEach(({ lead, support, category }, at) => {
            const top = sheet.length + 1;
            const joined = (parts: typeof lead) => parts.map((p) => `${p.unit}:${broken(p.duty)}`).join('\n');
            const height = isJoined ? 1 : Math.max(lead.length, support.length);
            for (let i = 0; i < height; i++) {
              const whole: CellSpec[] = i === 0 ? [at + 1, category, `事项${at}`] : [null, null, null];
              const cells: CellSpec[] = isJoined
                ? [joined(lead), joined(support)]
                : [lead[i], support[i]].flatMap((p) => [p?.unit ?? null, p ? broken(p.duty) : null]);
              sheet.push([...whole, ...cells]);
            }
            if (height > 1)
              for (const column of 'ABC') merges.push(`${column}${top}:${column}${top + height - 1}`);
          });
          const got = await readRows(workbook([{ name: '清单', rows: sheet, merges }]), 'x');
          const clean = (parts: { unit: string; duty: string }[]) =>
            parts.map((p) => ({ ...p, duty: plain(p.duty) }));
          expect(got.map((row) => [row.number, row.domain, row.matter, row.lead, row.support])).toEqual(
            list.map((m, at) => [String(at + 1), m.category, `事项${at}`, clean(m.lead), clean(m.support)]),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
