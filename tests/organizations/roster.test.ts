/** The duty roster: rows of a workbook to shifts, who is on duty at an instant, what is wrong with a row. */
import { describe, expect, it } from 'vitest';
import { checkTables } from '../../src/organizations/check-tables.js';
import { createDirectory } from '../../src/organizations/directory.js';
import { mergeTables } from '../../src/organizations/folder.js';
import { shiftOf, shiftProblem } from '../../src/organizations/roster.js';
import { readTables } from '../../src/organizations/tables.js';
import { at } from '../helpers/requests.js';
import { sheetGrid } from '../helpers/sheet.js';

describe('the roster', () => {
  const header = ['值班日期', '值班单位', '值班人员', '时段', '联系电话'];
  const read = (...rows: string[][]) => readTables('值班表.xlsx', [sheetGrid('12月', [header, ...rows])]);

  it('is read from the tables that offices keep, day by day', () => {
    const tables = read(
      ['2026年12月1日', '县水利局', '李四', '20:00-08:00', '139'],
      ['2026-12-02', '县水利局', '王五', '', ''],
    );
    expect(tables.problems).toEqual([]);
    const folder = mergeTables(
      {
        'roster.csv': [
          ['县水利局', '2026-12-01', '', '旧人', ''],
          ['县住建局', '2026-12-01', '', '赵六', ''],
        ],
      },
      tables,
    );
    expect(folder['roster.csv']).toEqual([
      ['县住建局', '2026-12-01', '', '赵六', ''],
      ['县水利局', '2026-12-01', '20:00-08:00', '李四', '139'],
      ['县水利局', '2026-12-02', '', '王五', ''],
    ]);
  });

  it('says what is wrong with a row, and where', () => {
    const folder = { 'departments.csv': [['县水利局', '', '']] };
    const problems = checkTables(
      read(['12月', '县水利局', '李四', '', ''], ['2026-12-02', '某局', '王五', '晚班', '']),
      folder,
      new Set(),
    );
    expect(problems.map(({ row, column, message }) => `${row}${column} ${message}`)).toEqual([
      '2A “12月”不是日期',
      '3B 单位“某局”不在名录中',
      '3D “晚班”不是时段',
    ]);
    expect(shiftProblem('2026-12-01', '20:00-次日08:00')).toBeNull();
    expect(shiftProblem('2026-12-01', '25:00-26:00')?.column).toBe('班次');
  });

  it('hands over at the minute, also behind midnight', () => {
    const roster = [
      shiftOf('县水利局', '2026-12-01', '李四', '20:00-08:00', '139'),
      shiftOf('县水利局', '2026-12-02', '王五', '08:00-20:00', ''),
    ];
    const directory = createDirectory({ county: '青山县', organizations: [], people: [], posts: [], roster });
    const names = (text: string) => directory.onDuty('县水利局', at(text)).map(({ name }) => name);
    expect(names('2026-12-01 19:59')).toEqual([]);
    expect(names('2026-12-01 20:00')).toEqual(['李四']);
    expect(names('2026-12-02 07:59')).toEqual(['李四']);
    expect(names('2026-12-02 08:00')).toEqual(['王五']);
    expect(directory.onDuty('县住建局', at('2026-12-02 08:00'))).toEqual([]);
  });
});
