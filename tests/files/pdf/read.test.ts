import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { typedText } from '../../../src/files/pdf/radicals.js';
import { readPdf } from '../../../src/files/pdf/read.js';
import {
  barTo,
  pdfOf,
  picture,
  tableOf,
  textAt,
  type PdfCell,
  type PdfTable,
} from '../../helpers/pdf-file.js';

const A4 = { width: 595, height: 842 };
const page = (content: string, more = {}) => ({ ...A4, content, ...more });
const read = (pages: { width: number; height: number; content: string; rotate?: number }[]) =>
  readPdf('清单.pdf', pdfOf(pages));
const one = (text: string): PdfCell => ({ lines: [text] });
/** Three columns: 30, 50 and 100 points, of 2, 4 and 9 signs. */
const list = (rows: PdfCell[][], more: Partial<PdfTable> = {}): string =>
  tableOf({ left: 50, top: 700, widths: [30, 50, 100], heights: rows.map(() => 60), rows, ...more });
const header = ['序号', '单位', '职责'].map(one);
const textsOf = async (...pages: string[]) =>
  (await read(pages.map((content) => page(content)))).grids.map(({ rows }) =>
    rows.map(({ cells }) => cells.map(({ text }) => text)),
  );

describe('readPdf, one page', () => {
  it('reads cells, merged ones once, and the lines before a table', async () => {
    const content =
      textAt(60, 790, '青禾县职责清单', 20) +
      textAt(60, 750, '一、经济发展') +
      list([
        [{ lines: ['类别'], rowSpan: 2 }, { lines: ['主体责任'], colSpan: 2 }, null],
        [null, one('单位'), one('职责')],
        [one('1'), one('甲'), one('')],
      ]) +
      textAt(60, 480, '注:自印发之日起施行。');
    const { grids, problems } = await read([page(content)]);
    expect(problems).toEqual([]);
    expect(grids).toEqual([
      {
        name: '表1',
        kind: 'table',
        isHidden: false,
        before: ['青禾县职责清单', '一、经济发展'],
        rows: [
          {
            row: 1,
            page: 1,
            cells: [
              { text: '类别', column: 0, colSpan: 1, rowSpan: 2 },
              { text: '主体责任', column: 1, colSpan: 2, rowSpan: 1 },
            ],
          },
          {
            row: 2,
            page: 1,
            cells: [
              { text: '单位', column: 1, colSpan: 1, rowSpan: 1 },
              { text: '职责', column: 2, colSpan: 1, rowSpan: 1 },
            ],
          },
          {
            row: 3,
            page: 1,
            cells: [
              { text: '1', column: 0, colSpan: 1, rowSpan: 1 },
              { text: '甲', column: 1, colSpan: 1, rowSpan: 1 },
              { text: '', column: 2, colSpan: 1, rowSpan: 1 },
            ],
          },
        ],
      },
    ]);
  });

  it('reads lines that are drawn as thin bars', async () => {
    expect(await textsOf(list([header, ['1', '甲', '乙'].map(one)], { draw: barTo }))).toEqual([
      [
        ['序号', '单位', '职责'],
        ['1', '甲', '乙'],
      ],
    ]);
  });

  it('joins lines that wrapped and keeps printed breaks', async () => {
    const duty = (lines: string[]) => textsOf(list([header, [one('1'), one('甲'), { lines }]]));
    const full = '一二三四五六七八九';
    for (const [lines, expected] of [
      [[full, '十'], `${full}十`],
      [['1.巡查;', '2.上报。'], '1.巡查;\n2.上报。'],
      // No line begins with the mark: its sign went down with it, and left room for one.
      [[`${full.slice(0, 8)}`, '九。'], `${full}。`],
      [['使用 smart phone', 'application'], '使用 smart phone application'],
    ] as const)
      expect((await duty([...lines]))[0]?.[1]?.[2]).toBe(expected);
  });

  it('leaves running heads, page numbers and what is hidden out', async () => {
    const content =
      textAt(60, 825, '2026/11/26 打印') +
      list([header, ['1', '甲', '乙'].map(one)]) +
      textAt(280, 40, '- 1 -') +
      `BT 3 Tr /F 10 Tf 60 760 Td <${Buffer.from('看不见', 'utf16le').swap16().toString('hex')}> Tj ET`;
    expect((await read([page(content)])).grids[0]?.before).toEqual([]);
  });

  it('reads pages that are turned, and text that is', async () => {
    const content = list([header, ['1', '甲', '乙'].map(one)]);
    const expected = [
      ['序号', '单位', '职责'],
      ['1', '甲', '乙'],
    ];
    const turned = `q 0 1 -1 0 ${A4.width} 0 cm\n${content}Q\n`;
    for (const [body, rotate] of [
      [content, 90],
      [turned, 90],
      [turned, 0],
    ] as const) {
      const { grids } = await read([page(body, { rotate })]);
      expect(grids[0]?.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual(expected);
    }
  });
});

describe('readPdf, several pages', () => {
  const bottom = { top: 160, heights: [60, 60] };

  it('joins a table that goes on, without its repeated header', async () => {
    const { grids } = await read([
      page(textAt(60, 780, '清单', 20) + list([header, ['1', '甲', '乙'].map(one)], bottom)),
      page(list([header, ['2', '丙', '丁'].map(one)]) + textAt(280, 40, '第 2 页')),
    ]);
    expect(grids).toHaveLength(1);
    expect(
      grids[0]?.rows.map(({ row, page: at, cells }) => [row, at, ...cells.map(({ text }) => text)]),
    ).toEqual([
      [1, 1, '序号', '单位', '职责'],
      [2, 1, '1', '甲', '乙'],
      [3, 2, '2', '丙', '丁'],
    ]);
  });

  it('begins a new table after text, and where the columns differ', async () => {
    const first = list([header, ['1', '甲', '乙'].map(one)], bottom);
    const second = list([header, ['1', '丙', '丁'].map(one)]);
    expect(await textsOf(first, textAt(60, 720, '第二批') + second)).toHaveLength(2);
    const other = tableOf({
      left: 50,
      top: 700,
      widths: [90, 90],
      heights: [30],
      rows: [[one('甲'), one('乙')]],
    });
    expect(await textsOf(first, other)).toHaveLength(2);
  });

  it.each([true, false])('puts a row that the break cut together (no line below: %s)', async (isOpen) => {
    const cut: PdfCell[] = [one('1'), one('甲'), { lines: ['一二三四五六七八九'] }];
    const first = list([header, cut], { ...bottom, isOpen });
    const rest = list([header, [one(''), one(''), one('十。')], ['2', '丙', '丁。'].map(one)]);
    expect(await textsOf(first, rest)).toEqual([
      [
        ['序号', '单位', '职责'],
        ['1', '甲', '一二三四五六七八九十。'],
        ['2', '丙', '丁。'],
      ],
    ]);
  });

  it('goes on with a cell that is merged over the break', async () => {
    const first = list(
      [header, [{ lines: ['甲类'], rowSpan: 2 }, one('1'), one('甲')], [null, one('2'), one('乙')]],
      { top: 220, heights: [60, 60, 60] },
    );
    const second = list([
      [one(''), one('3'), one('丙')],
      [one('乙类'), one('4'), one('丁')],
    ]);
    const { grids } = await read([page(first), page(second)]);
    expect(grids[0]?.rows.map(({ cells }) => cells.map(({ text, rowSpan }) => `${text}*${rowSpan}`))).toEqual(
      [
        ['序号*1', '单位*1', '职责*1'],
        ['甲类*3', '1*1', '甲*1'],
        ['2*1', '乙*1'],
        ['3*1', '丙*1'],
        ['乙类*1', '4*1', '丁*1'],
      ],
    );
  });
});

describe('readPdf, prints of programs', () => {
  const expected = JSON.parse(readFileSync('tests/fixtures/import/printed.json', 'utf8')) as (
    string | null
  )[][];

  it.each(['chromium', 'libreoffice'])('reads every cell of a print by %s', async (program) => {
    const { grids, problems } = await readPdf(
      '清单.pdf',
      readFileSync(`tests/fixtures/import/printed-by-${program}.pdf`),
    );
    expect(problems).toEqual([]);
    expect(grids.map(({ before }) => before)).toEqual([['青禾县镇村协同事项责任清单(2026年版)']]);
    expect(grids[0]?.rows.slice(1).map(({ cells }) => cells.map(({ text }) => text))).toEqual(
      expected.map((cells) => cells.filter((text) => text !== null)),
    );
    expect(
      grids[0]?.rows.flatMap(({ cells }) => cells.filter(({ rowSpan }) => rowSpan > 1)).map((c) => c.rowSpan),
    ).toEqual([7, 7]);
  });
});

describe('readPdf refuses', () => {
  const sound = pdfOf([page(list([header, ['1', '甲', '乙'].map(one)]))]);

  it.each([
    ['an empty file', Buffer.alloc(0), '空的'],
    ['another format', Buffer.from('序号,事项\n'), '不是 PDF'],
    ['a truncated file', sound.subarray(0, sound.length - 300), '不完整'],
    ['a damaged file', Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n'), '已损坏'],
    ['a password', readFileSync('tests/fixtures/import/password.pdf'), '密码'],
    ['a scan', pdfOf([page(picture(595, 842)), page(picture(595, 842))]), '扫描件'],
    ['a page that is a scan', pdfOf([page(list([header])), page(picture(595, 842))]), '第2页是扫描'],
    ['text without a table', pdfOf([page(textAt(60, 700, '关于印发清单的通知'))]), '没有带框线的表格'],
    ['blank pages', pdfOf([page('')]), '没有文字'],
    ['too many pages', pdfOf(Array.from({ length: 601 }, () => page(''))), '601 页'],
  ])('%s, saying what to do', async (_, bytes, expected) => {
    const { grids, problems } = await readPdf('清单.pdf', bytes);
    expect(grids).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ file: '清单.pdf', row: 0, column: '' });
    expect(problems[0]?.message).toContain(expected);
    expect(problems[0]?.remedy).not.toBe('');
  });
});

describe('typedText', () => {
  it('gives the characters that were typed for radicals that look like them', () => {
    expect(typedText('\u2f64\u2f81\u2ea0\u2ed3\u2ed4\u2ecb\uf9e9')).toBe('用肉民长门车里');
    expect(typedText('县公安局①(1)')).toBe('县公安局①(1)');
  });
});
