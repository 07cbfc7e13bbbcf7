import { describe, expect, it } from 'vitest';
import { readXlsx } from '../../../src/files/office/xlsx.js';
import { workbook, workbookParts, zip, type CellSpec, type SheetSpec } from '../../helpers/workbook.js';

const sheet = (rows: CellSpec[][], more: Partial<SheetSpec> = {}): SheetSpec => ({
  name: '表',
  rows,
  ...more,
});
async function gridsOf(bytes: Uint8Array) {
  const container = await readXlsx('a.xlsx', bytes);
  expect(container.problems).toEqual([]);
  return container.grids;
}
const textsOf = async (bytes: Uint8Array) =>
  (await gridsOf(bytes))[0]?.rows.map((row) => [row.row, ...row.cells.map((cell) => cell.text)]);
async function refusalOf(bytes: Uint8Array) {
  const { grids, problems } = await readXlsx('a.xlsx', bytes);
  expect(grids).toEqual([]);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ file: 'a.xlsx', row: 0, column: '' });
  expect(problems[0]?.remedy).not.toBe('');
  return problems[0]?.message ?? '';
}

describe('readXlsx', () => {
  it('reads shared, inline and formatted texts as the sheet shows them', async () => {
    const raw = (attributes: string, xml: string) => ({ attributes, xml });
    const bytes = workbook(
      [
        sheet([
          [
            '甲 & <乙>',
            raw(
              't="inlineStr"',
              '<is><r><t>富</t></r><r><t>文本</t></r><rPh sb="0" eb="1"><t>fu</t></rPh></is>',
            ),
            raw('t="s"', '<v>0</v>'),
            1,
            raw('s="1"', '<v>0.5</v>'),
            raw('s="2"', '<v>46000</v>'),
            raw('t="b"', '<v>1</v>'),
            raw('t="str"', '<v>一_x000D_二</v>'),
            0.1 + 0.2,
            raw('s="3"', '<v>7</v>'),
          ],
        ]),
      ],
      {
        sharedXml: [
          '<si><r><t>共</t></r><rPh sb="0" eb="1"><t>gong</t></rPh><r><t xml:space="preserve"> 享</t></r></si>',
        ],
        formats: ['0.00', 'yyyy"年"m"月"d"日"', '000'],
      },
    );
    expect(await textsOf(bytes)).toEqual([
      [1, '甲 & <乙>', '富文本', '共 享', '1', '0.50', '2025年12月9日', 'TRUE', '一\r二', '0.3', '007'],
    ]);
  });

  it('gives merged areas once, with their spans, and drops what they cover', async () => {
    const bytes = workbook([
      sheet(
        [
          ['甲', '盖住', '乙'],
          ['盖住', null, '丙'],
        ],
        { merges: ['A1:B2', 'C2:C1048576'] },
      ),
    ]);
    expect((await gridsOf(bytes))[0]?.rows).toEqual([
      {
        row: 1,
        cells: [
          { text: '甲', column: 0, colSpan: 2, rowSpan: 2 },
          { text: '乙', column: 2, colSpan: 1, rowSpan: 1 },
        ],
      },
      { row: 2, cells: [{ text: '丙', column: 2, colSpan: 1, rowSpan: 1_048_575 }] },
    ]);
  });

  it('marks formulas and never evaluates them', async () => {
    const bytes = workbook([
      sheet([[{ formula: 'HYPERLINK("http://127.0.0.1:9/")', value: '3' }, { formula: '1+1' }]]),
    ]);
    expect((await gridsOf(bytes))[0]?.rows[0]?.cells).toMatchObject([
      { text: '3', isFormula: true },
      { text: '', isFormula: true },
    ]);
  });

  it('skips hidden sheets and says so, and names hidden rows that it reads', async () => {
    const { grids, warnings } = await readXlsx(
      'a.xlsx',
      workbook([
        sheet([['甲'], ['乙']], { hiddenRows: [2] }),
        sheet([['丙']], { name: '旧', state: 'veryHidden' }),
      ]),
    );
    expect(grids.map((grid) => grid.name)).toEqual(['表']);
    expect(warnings.map((w) => [w.sheet, w.row, w.mustConfirm])).toEqual([
      ['表', 2, true],
      ['旧', 0, undefined],
    ]);
  });

  it('reads cells without references, in order', async () => {
    const parts = workbookParts([sheet([])]);
    parts['xl/worksheets/sheet1.xml'] =
      '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c><x:c><x:v>2</x:v></x:c></x:row><x:row r="9"><x:c r="C9"><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    expect(await textsOf(zip(parts))).toEqual([
      [1, '甲', '2'],
      [9, '3'],
    ]);
  });

  it('does not believe declared dimensions', async () => {
    expect(await textsOf(workbook([sheet([['甲']], { dimension: 'A1:XFD1048576' })]))).toEqual([[1, '甲']]);
  });

  it.each([
    ['a truncated file', workbook([sheet([['甲']])]).subarray(0, 400), /不完整/],
    ['a file that is no ZIP', Buffer.from('PK nothing'), /不是 XLSX|不完整/],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), /旧格式/],
    [
      'a workbook with a password',
      Buffer.concat([
        Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        Buffer.from('EncryptedPackage', 'utf16le'),
      ]),
      /密码/,
    ],
    [
      'a bomb',
      workbook([sheet([['甲']])], { extra: { 'xl/media/a.xml': ' '.repeat(70 * 1024 * 1024) } }),
      /64 MiB/,
    ],
    [
      'a document type',
      zip({
        ...workbookParts([sheet([['甲']])]),
        'xl/sharedStrings.xml': '<!DOCTYPE s [<!ENTITY a "b">]><sst/>',
      }),
      /DOCTYPE/,
    ],
    [
      'a part that is cut',
      zip({
        ...workbookParts([sheet([['甲']])]),
        'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1">',
      }),
      /损坏/,
    ],
    [
      'cells outside the sheet',
      zip({
        ...workbookParts([sheet([['甲']])]),
        'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="9999999"/></sheetData></worksheet>',
      }),
      /损坏/,
    ],
  ])('refuses %s with what to do', async (_what, bytes, message) => {
    expect(await refusalOf(bytes)).toMatch(message);
  });
});
