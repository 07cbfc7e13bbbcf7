/** What is asked before a list is taken over, and what needs no question. */
import { describe, expect, it } from 'vitest';
import { readListFile } from '../../../src/editions/import/read-file.js';
import { NO_REMAP } from '../../../src/editions/import/tables.js';
import { loadDirectory } from '../../../src/organizations/load.js';
import { workbook, type SheetSpec } from '../../helpers/workbook.js';

const directory = loadDirectory('knowledge/organizations');

/** Of each warning whether it must be confirmed, with its message. */
async function said(...sheets: SheetSpec[]): Promise<[isQuestion: boolean, message: string][]> {
  const { problems, warnings } = await readListFile('清单.xlsx', workbook(sheets), {
    directory,
    remap: NO_REMAP,
  });
  expect(problems).toEqual([]);
  return warnings.map(({ message, mustConfirm }) => [mustConfirm === true, message]);
}

const LIST: SheetSpec = {
  name: '清单',
  rows: [
    ['青山县属地管理事项清单'],
    ['序号', '事项', '主体责任单位', '主体责任', '配合单位', '配合责任'],
    ['1', '库区垂钓', '县水利局', '划定禁钓区域。', '有关镇街', '劝离垂钓人员。'],
    ['2', '山林防火', '县林业局', '发布禁火令。', '相关镇（街道）', '设卡检查。'],
  ],
};

describe('what an import asks', () => {
  it('nothing of 有关镇街, nor of contacts on another sheet', async () => {
    const contacts = { name: '人员', rows: [['姓名', '联系电话'], ...[1, 2].map((n) => [`${n}`, '0555'])] };
    expect(await said(LIST)).toEqual([]);
    expect(await said(LIST, contacts)).toEqual([[false, '“人员”不是清单表格,没有读取']]);
  });

  it('of a sheet of rows that has no header', async () => {
    const rows = [
      ['3', '秸秆禁烧', '县农业农村局', '推进秸秆综合利用。'],
      ['4', '河道采砂', '县水利局', '查处违法采砂。'],
    ];
    expect(await said(LIST, { name: '乡村', rows })).toEqual([[true, '“乡村”不是清单表格,没有读取']]);
  });

  it('of a long column that no field takes, unless its name says that it is no duty', async () => {
    const text = '对硬化大墓先拍照取证，再约谈家属，最后联合整治。';
    const withColumn = (label: string): SheetSpec => ({
      ...LIST,
      rows: LIST.rows.map((row, at) => (at === 0 ? row : [...row, at === 1 ? label : text])),
    });
    expect((await said(withColumn('办件要点'))).map(([isQuestion]) => isQuestion)).toEqual([true]);
    expect((await said(withColumn('典型案例'))).map(([isQuestion]) => isQuestion)).toEqual([false]);
  });

  it('of a unit that is marked as leading where the one named first is said to lead', async () => {
    const rows = (units: string) => [
      ['青山县重点任务分工表'],
      ['序号', '重点任务', '责任单位（列首位的为牵头单位）'],
      ['1', '新建口袋公园', units],
    ];
    const questions = (units: string) => said({ name: '任务', rows: rows(units) });
    expect(await questions('县住房和城乡建设局、县财政局（牵头）')).toEqual([
      [true, '表中写明排在首位的牵头,这一格却在“县财政局”后注明牵头'],
    ]);
    expect(await questions('县住房和城乡建设局（牵头）、县财政局')).toEqual([]);
  });
});
