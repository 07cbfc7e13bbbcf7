/** Sheets or CSV files of units, offices, posts, persons and groups to rows with their places. */
import type { Grid } from '../files/grid.js';
import { columnLetter, type Problem } from '../files/problem.js';
import { createSpans } from '../files/spans.js';

export type TableName =
  'units' | 'offices' | 'posts' | 'people' | 'groups' | 'roster' | 'staffing' | 'villages';

/** One row: cells by the name of their column. */
export type Entry = {
  cells: Record<string, string>;
  file: string;
  sheet: string;
  row: number;
  /** Letters of the columns by their names. */
  letters: Record<string, string>;
};

export type ReadTables = {
  /** Only those that were found. */
  tables: Partial<Record<TableName, Entry[]>>;
  problems: Problem[];
  warnings: Problem[];
};

type Column = { name: string; pattern: RegExp; isNeeded?: true };

const TELEPHONE = /^(办公|联系|手机)?(电话|号码)$|^手机$|^联系方式$/;
const PHONES: Column[] = [
  { name: '电话', pattern: TELEPHONE },
  { name: '值班电话', pattern: /^值(班|守)(室)?电话$/ },
];

/** The table whose first column and all needed ones stand in the header; in this order, as a table of persons has units too. */
const TABLES: [TableName, Column[]][] = [
  [
    'staffing',
    [
      { name: '单位', pattern: /^(单位|机构)(名称|全称)?$/, isNeeded: true },
      { name: '编制类别', pattern: /^(编制)?(类别|类型|性质)$/, isNeeded: true },
      { name: '核定', pattern: /^核定(编制)?(数|人数)?$|^(核定)?编制数$/, isNeeded: true },
      { name: '实有', pattern: /^(实有|在编|实际)(在编)?(人员|人)?(数|人数)?$/, isNeeded: true },
      { name: '空缺', pattern: /^(空缺|空编|缺编)(编制)?(数|人数)?$/ },
      { name: '用编计划', pattern: /^(用编|进人)计划(数|人数)?$/ },
      { name: '年度', pattern: /^年度?$/, isNeeded: true },
      { name: '数据日期', pattern: /^(数据|截至|截止|统计)(日期|时间)?$/, isNeeded: true },
      { name: '依据', pattern: /^依据(文件|文号)?$|^(批准)?文号$|^(来源|核定)文件$/, isNeeded: true },
    ],
  ],
  [
    'roster',
    [
      { name: '单位', pattern: /^(值班)?单位(名称)?$/, isNeeded: true },
      { name: '日期', pattern: /^(值班)?日期$/, isNeeded: true },
      { name: '姓名', pattern: /^(姓名|值班(人员|人|员|领导|干部))$/, isNeeded: true },
      { name: '班次', pattern: /^(班次|时段|值班时[段间])$/ },
      { name: '电话', pattern: /^(值班|联系|手机)?(电话|号码)$|^手机$/ },
    ],
  ],
  [
    'villages',
    [
      { name: '村', pattern: /^(行政)?村(居|社区)?(名称)?$/, isNeeded: true },
      { name: '乡镇街道', pattern: /^(乡镇街道|所属(乡镇|镇街)?|乡镇|镇街)$/, isNeeded: true },
      { name: '联系人', pattern: /^(联系人|村?负责人|姓名)$/, isNeeded: true },
      { name: '账号', pattern: /^[账帐]号$/ },
      { name: '电话', pattern: TELEPHONE },
    ],
  ],
  [
    'people',
    [
      { name: '姓名', pattern: /^(姓名|人员)$/, isNeeded: true },
      { name: '单位', pattern: /^(所在|所属|工作)?单位(名称)?$/, isNeeded: true },
      { name: '机构', pattern: /^(内设|所在)?机构$|^(科室|股室)$/ },
      { name: '岗位', pattern: /^(岗位|职务)$/ },
      { name: '角色', pattern: /^角色$/, isNeeded: true },
      { name: '账号', pattern: /^[账帐]号$/ },
      { name: '代理人', pattern: /^(代理人|代岗人)$/ },
      { name: '从', pattern: /^(从|起|自|起始?日期|开始日期|任职日期|from)$/i },
      { name: '至', pattern: /^(至|止|到|截?止日期|结束日期|离任日期|until)$/i },
      { name: '电话', pattern: TELEPHONE },
      { name: '邮箱', pattern: /^(电子)?(邮箱|邮件)(地址)?$|^e-?mail$/i },
    ],
  ],
  [
    'posts',
    [
      { name: '岗位', pattern: /^岗位(名称)?$/, isNeeded: true },
      { name: '所属', pattern: /^(所属(单位)?|单位|乡镇街道)$/, isNeeded: true },
      { name: '机构', pattern: /^(内设|所在)?机构$/, isNeeded: true },
      { name: '承担事项', pattern: /^(承担|负责)?事项$/ },
    ],
  ],
  [
    'groups',
    [
      { name: '群', pattern: /^(工作)?群$/, isNeeded: true },
      { name: '单位', pattern: /^单位(名称)?$/, isNeeded: true },
    ],
  ],
  [
    'offices',
    [
      { name: '机构', pattern: /^(内设)?机构(名称)?$/, isNeeded: true },
      { name: '所属', pattern: /^(所属(单位)?|单位|乡镇街道)$/, isNeeded: true },
      { name: '类型', pattern: /^(机构)?(类型|性质)$/ },
      { name: '别名', pattern: /^(别名|简称|别名简称)$/ },
      ...PHONES,
    ],
  ],
  [
    'units',
    [
      { name: '单位', pattern: /^(单位|单位名称|单位全称|全称|乡镇街道)$/, isNeeded: true },
      { name: '别名', pattern: /^(别名|简称|别名简称)$/ },
      { name: '类型', pattern: /^(单位)?(类型|性质)$/ },
      { name: '上级', pattern: /^(上级|上级单位|所属|所属单位)$/ },
      { name: '乡镇类别', pattern: /^(乡镇|镇街)?类别$/ },
      ...PHONES,
    ],
  ],
];

/** Cells that hold several values, one after another. */
const LISTS: Record<string, RegExp> = {
  别名: /[|、;\uff1b,\uff0c\r\n]/,
  承担事项: /[|、;\uff1b,\uff0c\s]/,
  账号: /[|、;\uff1b,\uff0c\s]/,
  群: /[|、;\uff1b,\uff0c\s]/,
};

/** Days as people and spreadsheets write them: 2026/7/1, 2026年7月1日. */
const DAYS: ReadonlySet<string> = new Set(['从', '至', '日期', '数据日期']);
const DAY = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;

const HEADER_WITHIN = 10;

const labelOf = (text: string): string => text.normalize('NFKC').replace(/[\s()/:*]+/g, '');

/** How many cells of a row are labels of any table: tells the delimiter of a CSV file. */
export const countLabels = (cells: string[]): number =>
  cells.filter((text) => TABLES.some(([, columns]) => columns.some((c) => c.pattern.test(labelOf(text)))))
    .length;

/** Values of a cell as the folder's files hold them: `甲|乙`, and names without blanks at their ends. */
function cellText(name: string, text: string): string {
  const [, year = '', month = '', day = ''] = DAYS.has(name) ? (DAY.exec(text.trim()) ?? []) : [];
  if (year) return [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
  const separator = LISTS[name];
  if (!separator) return text.replace(/\s+/g, (blanks) => (/[\r\n]/.test(blanks) ? '' : blanks)).trim();
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean)
    .join('|');
}

export function readTables(file: string, grids: Grid[]): ReadTables {
  const read: ReadTables = { tables: {}, problems: [], warnings: [] };
  for (const grid of grids) {
    const skip = (message: string, remedy: string) =>
      read.warnings.push({ file, sheet: grid.name, row: 0, column: '', message, remedy });
    if (grid.rows.length === 0) continue;
    if (grid.isHidden) {
      skip('工作表是隐藏的,没有读取', '需要导入的,取消隐藏后重新导入');
      continue;
    }
    const found = findHeader(grid);
    if (!found)
      skip(
        '没有认出表头,没有读取',
        '表头写“单位、别名、类型、上级、乡镇类别”“所属、机构、类型、别名”“所属、机构、岗位、承担事项”“姓名、单位、机构、岗位、角色、账号、代理人、从、至”或“单位、编制类别、核定、实有、空缺、用编计划、年度、数据日期、依据”',
      );
    else (read.tables[found.table] ??= []).push(...readEntries(file, grid, found, read.problems));
  }
  if (Object.keys(read.tables).length === 0)
    read.problems.push({
      ...{ file, row: 0, column: '' },
      message: '没有找到单位、机构、岗位、人员的表格',
      remedy: '每张表一个工作表或一个 CSV 文件,第一行写列名',
    });
  return read;
}

type Header = { table: TableName; at: number; columns: { name: string; index: number }[] };

function findHeader(grid: Grid): Header | null {
  for (const [at, row] of grid.rows.slice(0, HEADER_WITHIN).entries())
    for (const [table, columns] of TABLES) {
      const found = columns.flatMap(({ name, pattern }) => {
        const cell = row.cells.find(({ text }) => pattern.test(labelOf(text)));
        return cell ? [{ name, index: cell.column }] : [];
      });
      const names = new Set(found.map(({ name }) => name));
      if (found.length >= 2 && columns.every(({ name, isNeeded }) => !isNeeded || names.has(name)))
        return { table, at, columns: found };
    }
  return null;
}

function readEntries(file: string, grid: Grid, { at, columns }: Header, problems: Problem[]): Entry[] {
  const letters = Object.fromEntries(columns.map(({ name, index }) => [name, columnLetter(index)]));
  const spans = createSpans();
  const entries: Entry[] = [];
  for (const [i, row] of grid.rows.entries()) {
    const slots = spans.take(row);
    if (i <= at) continue;
    const cells: Record<string, string> = {};
    for (const { name, index } of columns) {
      const slot = slots.at(index);
      cells[name] = cellText(name, slot?.text ?? '');
      if (slot?.isFormula && slot.row === row.row)
        problems.push({
          ...{ file, sheet: grid.name, row: row.row, column: columnLetter(index) },
          message: `“${name}”是公式,不是文字`,
          remedy: '选择性粘贴为数值后重新导入',
        });
    }
    if (Object.values(cells).some(Boolean))
      entries.push({ cells, file, sheet: grid.name, row: row.row, letters });
  }
  return entries;
}
