import { describe, expect, it } from 'vitest';
import { columnLetter, problemText } from '../../../src/files/problem.js';
import { readCsv } from '../../../src/files/csv/strict-table.js';

const read = (text: string) => readCsv('清单.csv', Buffer.from(text));
const linesOf = (text: string) => read(text).table?.rows.map((row) => [row.line, row.cells[0]]);

describe('readCsv', () => {
  it('reads cells, with and without a byte-order mark, with both line ends', () => {
    for (const text of ['序号,事项\n1,路灯\n', '\uFEFF序号,事项\n1,路灯', '序号,事项\r\n1,路灯\r\n'])
      expect(read(text)).toEqual({
        table: { header: ['序号', '事项'], rows: [{ line: 2, cells: ['1', '路灯'] }] },
        problems: [],
      });
  });

  it('keeps commas, line breaks and doubled quotes inside quotes, and counts physical lines', () => {
    const { table } = read('序号,事项\n1,"甲,""乙""\n丙"\n2,丁\n');
    expect(table?.rows).toEqual([
      { line: 2, cells: ['1', '甲,"乙"\n丙'] },
      { line: 4, cells: ['2', '丁'] },
    ]);
  });

  it('leaves out lines of empty cells and still counts them', () => {
    expect(linesOf('序号,事项\n1,甲\n,\n2,乙\n')).toEqual([
      [2, '1'],
      [4, '2'],
    ]);
  });

  it('counts blank lines', () => {
    // BUG src/files/csv/strict-table.ts: `begins` ignores lines that skip_empty_lines drops; got line 3 for the second row.
    expect(linesOf('序号,事项\n1,甲\n\n2,乙\n')).toEqual([
      [2, '1'],
      [4, '2'],
    ]);
  });

  it('names the first line that is not UTF-8', () => {
    const gbk = Buffer.from([0xc2, 0xb7, 0xb5, 0xc6]);
    const bytes = Buffer.concat([Buffer.from('序号,事项\n1,路灯\n2,'), gbk, Buffer.from('\n')]);
    const { table, problems } = readCsv('清单.csv', bytes);
    expect(table).toBeNull();
    expect(problems).toMatchObject([{ file: '清单.csv', row: 3 }]);
    expect(problems[0]?.message).toContain('UTF-8');
    expect(problems[0]?.remedy).toContain('CSV UTF-8');
  });

  it('reports a quote that does not end as one problem', () => {
    const { table, problems } = read('序号,事项\n1,"甲\n2,乙\n3,丙\n');
    expect(table).toBeNull();
    expect(problems.map((p) => p.message).join()).toContain('引号');
  });

  // BUG src/files/csv/strict-table.ts: for CSV_QUOTE_NOT_CLOSED `error.lines` is the end of the file (got 4 here), where
  // there is nothing to mend; the line on which the quote opens was wanted.
  it('says of a quote that does not end on which line it begins', () => {
    expect(read('序号,事项\n1,"甲\n2,乙\n3,丙\n').problems).toMatchObject([{ row: 2 }]);
  });

  it('says of text behind a closing quote on which line it is', () => {
    const { problems } = read('序号,事项\n1,甲\n2,"乙"丙\n');
    expect(problems).toMatchObject([{ row: 3 }]);
  });

  it('says that an empty file is empty', () => {
    expect(read('').problems[0]?.message).toContain('空');
  });
});

describe('problemText', () => {
  it('names file, line, column, what is wrong and what to do', () => {
    const problem = { file: 'a.csv', row: 12, column: 'E', message: '缺少单位', remedy: '补上' };
    expect(problemText(problem)).toBe('a.csv 第12行 E列:缺少单位。处理办法:补上。');
    expect(problemText({ ...problem, column: '' })).toContain('第12行:');
    expect(problemText({ ...problem, row: 0, column: '' })).toBe('a.csv:缺少单位。处理办法:补上。');
  });

  it('letters columns as a spreadsheet does', () => {
    expect([0, 1, 25, 26, 51, 52, 701, 702].map(columnLetter)).toEqual([
      ...['A', 'B', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'],
    ]);
  });
});
