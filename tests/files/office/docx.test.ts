import { describe, expect, it } from 'vitest';
import { chineseNumber } from '../../../src/files/office/docx-numbers.js';
import type { Cell } from '../../../src/files/grid.js';
import { readDocx } from '../../../src/files/office/docx.js';
import { cell, docxOf, documentXml, paragraph, row, table, zipOf } from '../../helpers/office-file.js';

const read = (body: string, parts?: Record<string, string>) => readDocx('清单.docx', docxOf(body, parts));
const texts = async (body: string, parts?: Record<string, string>) =>
  (await read(body, parts)).grids.map(({ rows }) => rows.map(({ cells }) => cells.map(({ text }) => text)));
/** One row of two cells, the first with these runs. */
const withRuns = (runs: string) =>
  table([row([cell(`<w:p>${runs}</w:p>`), cell(paragraph('乙'))])], [1000, 1000]);
const firstText = async (runs: string, parts?: Record<string, string>) =>
  (await texts(withRuns(runs), parts))[0]?.[0]?.[0];
const simple = (rows: string[][]) =>
  table(
    rows.map((cells) => row(cells.map((text) => cell(paragraph(text))))),
    rows[0]?.map(() => 1500) ?? [],
  );

describe('readDocx', () => {
  it('reads tables in order, each with the lines before it', async () => {
    const body =
      paragraph('青禾县职责清单') +
      paragraph('') +
      paragraph('一、经济发展') +
      simple([['序号', '事项']]) +
      simple([['1', '路灯']]) +
      paragraph('附件') +
      simple([['甲', '乙']]);
    const { grids, problems } = await read(body);
    expect(problems).toEqual([]);
    expect(grids.map(({ name, kind, before }) => ({ name, kind, before }))).toEqual([
      { name: '表1', kind: 'table', before: ['青禾县职责清单', '一、经济发展'] },
      { name: '表2', kind: 'table', before: [] },
      { name: '表3', kind: 'table', before: ['附件'] },
    ]);
  });

  it('reads cells merged across and down, once, at their top left', async () => {
    const merge = (text: string, value: string) => cell(paragraph(text), `<w:vMerge w:val="${value}"/>`);
    const body = table(
      [
        row([merge('类别', 'restart'), cell(paragraph('主体责任'), '<w:gridSpan w:val="2"/>')]),
        row([cell(paragraph(''), '<w:vMerge/>'), cell(paragraph('单位')), cell(paragraph('职责'))]),
        row([merge('', 'continue'), cell(paragraph('甲')), cell(paragraph('乙'))]),
        row([cell(paragraph('一、经济发展(2项)'), '<w:gridSpan w:val="3"/>')]),
      ],
      [1000, 1000, 1000],
    );
    const { grids } = await read(body);
    expect(grids[0]?.rows).toEqual([
      {
        row: 1,
        cells: [
          { text: '类别', column: 0, colSpan: 1, rowSpan: 3 },
          { text: '主体责任', column: 1, colSpan: 2, rowSpan: 1 },
        ],
      },
      {
        row: 2,
        cells: [
          { text: '单位', column: 1, colSpan: 1, rowSpan: 1 },
          { text: '职责', column: 2, colSpan: 1, rowSpan: 1 },
        ],
      },
      {
        row: 3,
        cells: [
          { text: '甲', column: 1, colSpan: 1, rowSpan: 1 },
          { text: '乙', column: 2, colSpan: 1, rowSpan: 1 },
        ],
      },
      { row: 4, cells: [{ text: '一、经济发展(2项)', column: 0, colSpan: 3, rowSpan: 1 }] },
    ]);
  });

  it('counts the columns that a row leaves out at its left', async () => {
    const body = table(
      [
        row([cell(paragraph('甲')), cell(paragraph('乙')), cell(paragraph('丙'))]),
        row([cell(paragraph('丁'))], '<w:gridBefore w:val="2"/>'),
      ],
      [1000, 1000, 1000],
    );
    expect((await read(body)).grids[0]?.rows[1]?.cells).toEqual([
      { text: '丁', column: 2, colSpan: 1, rowSpan: 1 },
    ]);
  });

  it('takes edges that differ by a hair for one, and counts only columns that are seen', async () => {
    const span = (count: number) => `<w:gridSpan w:val="${count}"/>`;
    const body = table(
      [
        row([cell(paragraph('序号'), span(2)), cell(paragraph('事项'), span(2))]),
        row([cell(paragraph('1')), cell(paragraph('路灯'), span(3))]),
      ],
      [1000, 40, 700, 700],
    );
    expect(
      (await read(body)).grids[0]?.rows.map(({ cells }) => cells.map((c) => [c.column, c.colSpan])),
    ).toEqual([
      [
        [0, 1],
        [1, 1],
      ],
      [
        [0, 1],
        [1, 1],
      ],
    ]);
  });

  it.each([
    ['line breaks and paragraphs', paragraph('甲\n乙') + paragraph('丙'), '甲\n乙\n丙'],
    ['a nested table', simple([['甲', '乙']]) + paragraph('丙'), '甲\n乙\n丙'],
  ])('reads %s in a cell', async (_, content, expected) => {
    const body = table([row([cell(content), cell(paragraph('丁'))])], [1000, 1000]);
    expect((await texts(body))[0]?.[0]).toEqual([expected, '丁']);
  });

  it.each([
    ['a tab as a space', '<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>', '甲 乙'],
    ['inserted text', '<w:ins><w:r><w:t>甲</w:t></w:r></w:ins>', '甲'],
    ['no deleted text', '<w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>乙</w:delText></w:r></w:del>', '甲'],
    ['no text moved away', '<w:moveFrom><w:r><w:t>乙</w:t></w:r></w:moveFrom><w:r><w:t>甲</w:t></w:r>', '甲'],
    ['no hidden text', '<w:r><w:rPr><w:vanish/></w:rPr><w:t>乙</w:t></w:r><w:r><w:t>甲</w:t></w:r>', '甲'],
    ['text shown again', '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>甲</w:t></w:r>', '甲'],
    [
      'text that once was hidden',
      '<w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>甲</w:t></w:r>',
      '甲',
    ],
    ['no soft hyphens', '<w:r><w:t>甲\u00ad</w:t><w:softHyphen/><w:t>乙</w:t></w:r>', '甲乙'],
    [
      'the result of a field, not its code',
      '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>SEQ x</w:instrText></w:r><w:r><w:t>码</w:t></w:r>' +
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
      '3',
    ],
    ['a link as its text', '<w:hyperlink><w:r><w:t>甲</w:t></w:r></w:hyperlink>', '甲'],
    ['no text box', '<w:r><w:pict><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:pict><w:t>甲</w:t></w:r>', '甲'],
    [
      'spaces only where they are kept',
      '<w:r><w:t> 甲 </w:t></w:r><w:r><w:t xml:space="preserve"> 乙</w:t></w:r>',
      '甲 乙',
    ],
  ])('prints %s', async (_, runs, expected) => {
    expect(await firstText(runs)).toBe(expected);
  });

  it('joins a paragraph whose mark is deleted with the next one, and keeps the last of a cell', async () => {
    const joined = paragraph('甲', '<w:rPr><w:del/></w:rPr>') + paragraph('乙', '<w:rPr><w:del/></w:rPr>');
    const body = table([row([cell(joined), cell(paragraph('丙'))])], [1000, 1000]);
    expect((await texts(body))[0]?.[0]).toEqual(['甲乙', '丙']);
  });

  it('hides text by its style', async () => {
    const styles =
      '<w:styles><w:style w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style>' +
      '<w:style w:styleId="note"><w:basedOn w:val="base"/></w:style></w:styles>';
    const runs = '<w:r><w:rPr><w:rStyle w:val="note"/></w:rPr><w:t>批注</w:t></w:r><w:r><w:t>甲</w:t></w:r>';
    expect(await firstText(runs, { 'styles.xml': styles })).toBe('甲');
  });

  it('leaves out deleted rows, and warns of hidden ones', async () => {
    const line = (text: string, properties = '') =>
      row([cell(paragraph(text)), cell(paragraph('乙'))], properties);
    const body = table([line('1'), line('2', '<w:del/>'), line('3', '<w:hidden/>'), line('4')], [1000, 1000]);
    const { grids, warnings } = await read(body);
    expect(grids[0]?.rows.map(({ row: at, cells }) => [at, cells[0]?.text])).toEqual([
      [1, '1'],
      [3, '4'],
    ]);
    expect(warnings).toMatchObject([{ file: '清单.docx', row: 2 }]);
  });

  it('says so where there is no table', async () => {
    expect((await read(paragraph('通知'))).problems[0]?.message).toContain('没有表格');
  });

  it('refuses entities and document types', async () => {
    const xml = documentXml(simple([['甲', '&x;']])).replace('&amp;x;', '&x;');
    const withType = xml.replace('?>', '?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>');
    for (const [data, expected] of [
      [withType, 'DOCTYPE'],
      [xml, '已损坏'],
    ] as const) {
      const { grids, problems } = await readDocx('清单.docx', zipOf([{ name: 'word/document.xml', data }]));
      expect(grids).toEqual([]);
      expect(problems.map(({ message }) => message).join()).toContain(expected);
    }
  });

  it('says what a file is that is no document', async () => {
    const workbook = zipOf([{ name: 'xl/workbook.xml', data: '<workbook/>' }]);
    expect((await readDocx('清单.docx', workbook)).problems[0]?.message).toContain('Excel');
    const other = zipOf([{ name: 'mimetype', data: 'application/zip' }]);
    expect((await readDocx('清单.docx', other)).problems[0]?.message).toContain('不是 Word');
  });
});

describe('automatic numbers', () => {
  const level = (at: number, format: string, text: string, more = '') =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/>${more}</w:lvl>`;
  const numbering =
    `<w:numbering><w:abstractNum w:abstractNumId="0">${level(0, 'decimal', '%1')}${level(1, 'decimal', '%1.%2')}</w:abstractNum>` +
    `<w:abstractNum w:abstractNumId="1">${level(0, 'chineseCountingThousand', '%1、')}</w:abstractNum>` +
    `<w:abstractNum w:abstractNumId="2">${level(0, 'bullet', '\uf0b7')}</w:abstractNum>` +
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>' +
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>' +
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>';
  const numbered = (text: string, numId: number, at = 0) =>
    paragraph(text, `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${numId}"/></w:numPr>`);
  const column = async (paragraphs: string[], parts: Record<string, string> = {}) =>
    (
      await texts(
        table(
          paragraphs.map((p) => row([cell(p), cell(paragraph('事'))])),
          [1000, 1000],
        ),
        {
          'numbering.xml': numbering,
          ...parts,
        },
      )
    )[0]?.map(([first]) => first);

  it('are printed in empty cells and before text', async () => {
    expect(
      await column([numbered('', 1), numbered('', 1), numbered('3个', 1), numbered('经济发展', 2)]),
    ).toEqual(['1', '2', '3 3个', '一、经济发展']);
  });

  it('count levels, go on across other text, and start again where the list says so', async () => {
    expect(
      await column([
        numbered('', 1),
        numbered('', 1, 1),
        numbered('', 1, 1),
        paragraph('甲'),
        numbered('', 1),
        numbered('', 1, 1),
        numbered('', 4),
        numbered('', 4),
      ]),
    ).toEqual(['1', '1.1', '1.2', '甲', '2', '2.1', '1', '2']);
  });

  it('are no bullets', async () => {
    expect(await column([numbered('甲', 3)])).toEqual(['甲']);
  });

  it('come from the style of the paragraph, and none where it says none', async () => {
    const styles =
      '<w:styles><w:style w:styleId="no"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' +
      '<w:style w:styleId="sub"><w:basedOn w:val="no"/></w:style></w:styles>';
    const styled = (more = '') => paragraph('', `<w:pStyle w:val="sub"/>${more}`);
    expect(
      await column([styled(), styled('<w:numPr><w:numId w:val="0"/></w:numPr>'), styled()], {
        'styles.xml': styles,
      }),
    ).toEqual(['1', '', '2']);
  });

  it('are written in Chinese', () => {
    expect([1, 10, 11, 20, 21, 100, 105, 110, 111, 1001, 2026].map(chineseNumber)).toEqual([
      ...['一', '十', '十一', '二十', '二十一', '一百', '一百零五', '一百一十', '一百一十一', '一千零一'],
      '二千零二十六',
    ]);
  });
});

describe('random merged tables', () => {
  /** A small generator of its own: the same tables on every run. */
  const randomOf = (seed: number) => {
    let state = seed;
    return (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * below);
    };
  };

  /** Cells that tile a grid; the first row is not merged across, so that every column is seen. */
  function randomGrid(seed: number): { columns: number; rows: Cell[][] } {
    const random = randomOf(seed);
    const columns = 2 + random(5);
    const height = 2 + random(8);
    const taken = new Set<string>();
    const rows = Array.from({ length: height }, (_, r) => {
      const cells: Cell[] = [];
      for (let c = 0; c < columns; c++) {
        if (taken.has(`${r},${c}`)) continue;
        let colSpan = 1;
        if (r > 0 && random(3) === 0)
          while (c + colSpan < columns && !taken.has(`${r},${c + colSpan}`) && random(2) === 0) colSpan++;
        const rowSpan = 1 + (random(3) === 0 ? random(height - r) : 0);
        for (let i = 0; i < rowSpan; i++) for (let j = 0; j < colSpan; j++) taken.add(`${r + i},${c + j}`);
        const text = ['', '县公安局', '1.查处;\n2.报告 & <上报>。', `第${r}行`][random(4)] ?? '';
        cells.push({ text, column: c, colSpan, rowSpan });
      }
      return cells;
    });
    return { columns, rows };
  }

  const xmlOf = ({ columns, rows }: { columns: number; rows: Cell[][] }) => {
    const lines = rows.map((_, r) => {
      const here = rows
        .flatMap((cells, from) => cells.map((c) => ({ ...c, from })))
        .filter(({ from, rowSpan }) => from <= r && r < from + rowSpan)
        .sort((a, b) => a.column - b.column);
      return row(
        here.map(({ text, from, colSpan, rowSpan }) =>
          cell(
            from === r
              ? text
                  .split('\n')
                  .map((line) => paragraph(line))
                  .join('')
              : paragraph(''),
            `<w:gridSpan w:val="${colSpan}"/>${rowSpan > 1 ? `<w:vMerge w:val="${from === r ? 'restart' : 'continue'}"/>` : ''}`,
          ),
        ),
      );
    });
    return table(
      lines,
      Array.from({ length: columns }, () => 900),
    );
  };

  it('are read back as they were written', async () => {
    for (let seed = 1; seed <= 200; seed++) {
      const grid = randomGrid(seed);
      const { grids } = await read(xmlOf(grid));
      expect(grids[0]?.rows, `seed ${seed}`).toEqual(grid.rows.map((cells, at) => ({ row: at + 1, cells })));
    }
  });
});
