/** The staffing table (编制): a workbook's rows to the folder, what is wrong with a cell, which words ask of it. */
import { describe, expect, it } from 'vitest';
import { checkTables } from '../../src/organizations/check-tables.js';
import { mergeTables } from '../../src/organizations/folder.js';
import { loadDirectory } from '../../src/organizations/load.js';
import { readTables } from '../../src/organizations/tables.js';
import { asksStaffing } from '../../src/readings/staffing.js';
import { sheetGrid } from '../helpers/sheet.js';

const HEADER = [
  '单位名称',
  '编制类别',
  '核定编制数',
  '实有人数',
  '空编',
  '用编计划',
  '年度',
  '截至日期',
  '依据文号',
];
const read = (...rows: string[][]) => readTables('编制.xlsx', [sheetGrid('编制台账', [HEADER, ...rows])]);
const row = (unit: string, over: Partial<Record<number, string>> = {}): string[] =>
  [unit, '行政编制', '20', '18', '2', '1', '2026', '2026年10月31日', '青编发〔2026〕3号'].map(
    (it, i) => over[i] ?? it,
  );

describe('the staffing table', () => {
  it('is read from the ledger that the office keeps; a year takes the place of the same year', () => {
    const tables = read(row('县水利局'), row('县水利局', { 1: '事业编制', 4: '', 5: '' }));
    expect(tables.problems).toEqual([]);
    const old = [
      ['县财政局', '行政编制', '9', '9', '0', '', '2026', '2026-01-31', '旧文'],
      ['县财政局', '行政编制', '9', '9', '0', '', '2025', '2025-12-31', '旧文'],
    ];
    expect(mergeTables({ 'staffing.csv': old }, tables)['staffing.csv']).toEqual([
      old[1],
      ['县水利局', '行政编制', '20', '18', '2', '1', '2026', '2026-10-31', '青编发〔2026〕3号'],
      ['县水利局', '事业编制', '20', '18', '', '', '2026', '2026-10-31', '青编发〔2026〕3号'],
    ]);
  });

  it('says which cell is wrong', () => {
    const folder = { 'departments.csv': [['县水利局', '', '']] };
    const problems = checkTables(
      read(
        row('某局'),
        row('县水利局', { 2: '二十' }),
        row('县水利局', { 1: '事业编制', 4: '5' }),
        row('县水利局', { 1: '工勤编制', 6: '今年', 7: '10月底', 8: '' }),
        row('县水利局', { 1: '事业编制', 4: '' }),
      ),
      folder,
      new Set(),
    );
    expect(
      problems.map(({ sheet, row: at, column, message }) => `${sheet}!${column}${at} ${message}`),
    ).toEqual([
      '编制台账!A2 不认识单位“某局”',
      '编制台账!C3 “二十”不是人数',
      '编制台账!E4 空缺是“5”,核定减实有是 2',
      '编制台账!G5 “今年”不是年度',
      '编制台账!H5 “10月底”不是日期',
      '编制台账!I5 “依据”是空的',
      '编制台账!G6 “县水利局 事业编制 2026”与第4行重复',
    ]);
  });

  it('of the sample county holds together and names units of its directory', () => {
    const { staffing, resolve } = loadDirectory('knowledge/organizations');
    expect(staffing.length).toBeGreaterThan(50);
    expect(staffing.filter(({ unit }) => resolve(unit) !== unit)).toEqual([]);
  });
});

describe('words', () => {
  it.each([
    ...[
      '柳林镇编制多少人',
      '今年用编计划',
      '水利局还空几个编',
      '我们镇编制情况',
      '住建局超编了吗',
      '全县空编多少',
    ],
    ...[
      '事业编有多少',
      '我局行政编制几个',
      '还有没有空编',
      '哪些单位缺编',
      '核定编制数是多少',
      '2026年进人计划是多少',
      '我们局还差几个人没配齐 编上的',
    ],
  ])('%s ask of it', (text) => {
    expect(asksStaffing(text)).toBe(true);
  });

  it.each([
    ...[
      '编制应急预案归谁',
      '村庄规划编制多少钱',
      '编制防汛预案要几天',
      '机构编制归哪个部门管',
      '编写教材有多少',
    ],
    ...['住建局牵头的有几项', '编织袋缺多少', '提醒我报编制情况', '预算编制情况', '编制村规划要什么材料'],
  ])('%s do not', (text) => {
    expect(asksStaffing(text)).toBe(false);
  });
});
