/** A county's workbook of units, offices, posts and persons, built here. */
import { describe, expect, it } from 'vitest';
import { readGrids } from '../../src/files/read-grids.js';
import { problemText } from '../../src/files/problem.js';
import { checkTables } from '../../src/organizations/check-tables.js';
import { diffFolders, foldersText, mergeTables, type Folder } from '../../src/organizations/folder.js';
import { countLabels, readTables } from '../../src/organizations/tables.js';
import { workbook, type SheetSpec } from '../helpers/workbook.js';

const UNITS: SheetSpec = {
  name: '单位',
  rows: [
    ['青山县机构名录'],
    ['单位全称', '别名', '类型', '上级单位', '乡镇类别'],
    ['县水利局', '水利局、县水务局', '政府部门', null, null],
    ['柳林镇', '柳林；柳林镇政府', '乡镇', null, '农业乡镇'],
    ['派出所', null, '派驻机构', '柳林镇', null],
  ],
};
const OFFICES: SheetSpec = {
  name: '内设机构',
  // One cell merged down over two offices.
  rows: [
    ['所属', '机构', '类型', '别名'],
    ['柳林镇', '党政办公室', '内设机构', '党政办', '', ''],
    [null, '民生服务办公室', '内设机构', null],
  ],
  merges: ['A2:A3'],
};
const POSTS: SheetSpec = {
  name: '岗位',
  rows: [
    ['所属', '机构', '岗位', '承担事项'],
    ['柳林镇', '民生服务办公室', '民政救助岗', 'duty/1-3、territorial-1/2'],
  ],
};
const PEOPLE: SheetSpec = {
  name: '人员',
  rows: [
    ['姓名', '单位', '机构', '岗位', '角色', '账号', '代理人'],
    ['孙甲', '柳林镇', '民生服务办公室', '民政救助岗', '乡镇干部', 'feishu:ou_1', '孙乙'],
    ['孙乙', '柳林镇', '党政办公室', null, '乡镇干部', 'telegram:2|feishu:ou_2', null],
    ['孙丙', '县水利局', null, null, '部门经办', null, null],
  ],
};
const ROWS = new Set(['duty/1', 'duty/2', 'duty/3', 'territorial-1/2']);

async function read(...sheets: SheetSpec[]) {
  const { grids, problems } = await readGrids('名录.xlsx', workbook(sheets), countLabels);
  expect(problems).toEqual([]);
  return readTables('名录.xlsx', grids);
}
const problemsOf = async (...sheets: SheetSpec[]) => {
  const tables = await read(...sheets);
  return [...tables.problems, ...checkTables(tables, {}, ROWS)].map(problemText);
};
/** The sheet with one cell written otherwise; row and column from 0. */
const withCell = (sheet: SheetSpec, row: number, column: number, text: string): SheetSpec => ({
  ...sheet,
  rows: sheet.rows.map((cells, r) =>
    r === row ? cells.map((cell, c) => (c === column ? text : cell)) : cells,
  ),
});

describe('a workbook of organizations', () => {
  it('becomes the files of the folder', async () => {
    const tables = await read(UNITS, OFFICES, POSTS, PEOPLE);
    expect(tables.problems).toEqual([]);
    expect(checkTables(tables, {}, ROWS)).toEqual([]);
    expect(mergeTables({}, tables)).toEqual({
      'departments.csv': [['县水利局', '水利局|县水务局', '政府部门', '', '']],
      'townships.csv': [['柳林镇', '柳林|柳林镇政府', '农业乡镇', '', '']],
      'offices.csv': [
        ['柳林镇', '党政办公室', '内设机构', '党政办', '', ''],
        ['柳林镇', '民生服务办公室', '内设机构', '', '', ''],
        ['柳林镇', '派出所', '派驻机构', '', '', ''],
      ],
      'posts.csv': [['柳林镇', '民生服务办公室', '民政救助岗', 'duty/1-3|territorial-1/2']],
      'people.csv': [
        ['孙甲', '柳林镇', '民生服务办公室', '民政救助岗', '乡镇干部', 'feishu:ou_1', '孙乙', '', '', '', ''],
        ['孙乙', '柳林镇', '党政办公室', '', '乡镇干部', 'telegram:2|feishu:ou_2', '', '', '', '', ''],
        ['孙丙', '县水利局', '', '', '部门经办', '', '', '', '', '', ''],
      ],
    });
  });

  it('may be a CSV file whose cells hold more delimiters than its rows', async () => {
    const text = '单位,别名,类型\n县水利局,水利局;水务局;县水务局;水利,政府部门\n';
    const { grids, problems } = await readGrids('单位.csv', new TextEncoder().encode(text), countLabels);
    expect(problems).toEqual([]);
    expect(mergeTables({}, readTables('单位.csv', grids))).toMatchObject({
      'departments.csv': [['县水利局', '水利局|水务局|县水务局|水利', '政府部门', '', '']],
    });
  });

  it('leaves what it does not hold as it is, and the difference is told', async () => {
    const before: Folder = {
      'departments.csv': [
        ['县水利局', '水利局', '政府部门'],
        ['县公安局', '', '政府部门'],
      ],
      'townships.csv': [['东湖街道', '', '']],
      'groups.csv': [['县水利局', 'feishu:oc_1']],
    };
    const onlyDepartments = { ...UNITS, rows: UNITS.rows.slice(0, 3) };
    const after = mergeTables(before, await read(onlyDepartments));
    expect(after['townships.csv']).toEqual([['东湖街道', '', '']]);
    expect(after['groups.csv']).toEqual([['县水利局', 'feishu:oc_1']]);
    expect(foldersText(diffFolders(before, after))).toBe(
      [
        '部门:新增 0 项,删去 1 项,改动 1 项',
        '  删去 县公安局',
        '  改动 县水利局(别名:水利局 → 水利局|县水务局)',
      ].join('\n'),
    );
    expect(diffFolders(before, before)).toEqual([]);
  });

  it.each<[string, SheetSpec[], string]>([
    [
      'an unknown unit',
      [UNITS, OFFICES, POSTS, withCell(PEOPLE, 3, 1, '县水力局')],
      '“人员” 第4行 B列:不认识单位“县水力局”。处理办法:改为全称,例如县水利局',
    ],
    [
      'an unknown role',
      [UNITS, OFFICES, POSTS, withCell(PEOPLE, 1, 4, '主任')],
      '“人员” 第2行 E列:不认识角色“主任”',
    ],
    [
      'an account of another',
      [UNITS, OFFICES, POSTS, withCell(PEOPLE, 2, 5, 'feishu:ou_1')],
      '“人员” 第3行 F列:账号“feishu:ou_1”已属于“柳林镇 孙甲”',
    ],
    [
      'a broken account',
      [UNITS, OFFICES, POSTS, withCell(PEOPLE, 1, 5, '13800138000')],
      '“人员” 第2行 F列:不认识账号“13800138000”',
    ],
    [
      'a deputy of another unit',
      [UNITS, OFFICES, POSTS, withCell(PEOPLE, 1, 6, '孙丙')],
      '“人员” 第2行 G列:柳林镇的人员中没有“孙丙”',
    ],
    [
      'an unknown office',
      [UNITS, OFFICES, withCell(POSTS, 1, 1, '民政办'), PEOPLE],
      '“岗位” 第2行 B列:柳林镇没有机构“民政办”',
    ],
    [
      'a row that no list has',
      [UNITS, OFFICES, withCell(POSTS, 1, 3, 'duty/9'), PEOPLE],
      '“岗位” 第2行 D列:现行清单中没有“duty/9”',
    ],
    [
      'a row in words',
      [UNITS, OFFICES, withCell(POSTS, 1, 3, '第9项'), PEOPLE],
      '“岗位” 第2行 D列:不认识事项“第9项”',
    ],
    [
      'an unknown kind',
      [UNITS, withCell(OFFICES, 2, 2, '办公室'), POSTS, PEOPLE],
      '“内设机构” 第3行 C列:不认识机构类型“办公室”',
    ],
    [
      'a taken alias',
      [withCell(UNITS, 3, 1, '水利局'), OFFICES, POSTS, PEOPLE],
      '“单位” 第4行 B列:名称“水利局”已属于“县水利局”',
    ],
    ['a unit twice', [withCell(UNITS, 3, 0, '县水利局')], '“单位” 第4行 A列:“县水利局”与第3行重复'],
    ['no name', [UNITS, OFFICES, POSTS, withCell(PEOPLE, 1, 0, '')], '“人员” 第2行 A列:“姓名”是空的'],
    [
      'another table',
      [
        {
          name: '清单',
          rows: [
            ['序号', '事项名称'],
            ['1', '路灯'],
          ],
        },
      ],
      '没有找到单位、机构、岗位、人员的表格',
    ],
  ])('%s is named with its place', async (_, sheets, text) => {
    expect((await problemsOf(...sheets)).join('\n')).toContain(text);
  });

  it('does not take a formula for a name', async () => {
    const rows = PEOPLE.rows.map((cells, r) =>
      r === 1 ? [{ formula: 'A1', value: '孙甲' }, ...cells.slice(1)] : cells,
    );
    expect((await problemsOf(UNITS, OFFICES, POSTS, { ...PEOPLE, rows })).join('\n')).toContain(
      '“人员” 第2行 A列:“姓名”是公式',
    );
  });
});
