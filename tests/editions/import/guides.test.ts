/** Service guides (办事指南) as counties print them: what was printed is what is answered. */
import { describe, expect, it } from 'vitest';
import { renderWorkbook } from '../../../src/editions/export.js';
import { readLists } from '../../../src/editions/folder.js';
import { readListFile } from '../../../src/editions/import/read-file.js';
import { readingsJson } from '../../../src/editions/import/report.js';
import { NO_REMAP } from '../../../src/editions/import/tables.js';
import { rowOf } from '../../../src/editions/import/to-edition.js';
import { loadDirectory } from '../../../src/organizations/load.js';
import { workbook, type SheetSpec } from '../../helpers/workbook.js';

const directory = loadDirectory('knowledge/organizations');

const read = (bytes: Uint8Array) => readListFile('指南.xlsx', bytes, { directory, remap: NO_REMAP });
const readSheet = async (rows: SheetSpec['rows'], merges: string[] = []) => {
  const [file] = readingsJson([await read(workbook([{ name: '指南', rows, merges }]))]).files;
  if (!file) throw new Error('no file');
  return file;
};

describe('a list of service guides', () => {
  it('is read from one form for each matter', async () => {
    const form = (matter: string, materials: string) => [
      ['事项名称', matter, '责任单位', '县残联'],
      ['申请条件', '本县户籍', '办理时限', null],
      ['申请材料', materials, '办理地点', '2号窗口'],
    ];
    const { lists, problems } = await readSheet([
      ['青山县残联办事指南'],
      ...form('残疾人证换领', '1.身份证;\n2.旧证'),
      ...form('辅具申领', '残疾人证'),
    ]);
    expect(problems).toEqual([]);
    expect(lists[0]?.rows.map(({ matter, guide, where }) => [matter, guide, where])).toEqual([
      [
        '残疾人证换领',
        { condition: '本县户籍', materials: '1.身份证;\n2.旧证', place: '2号窗口' },
        '指南!A2',
      ],
      ['辅具申领', { condition: '本县户籍', materials: '残疾人证', place: '2号窗口' }, '指南!A5'],
    ]);
  });

  it('is known by its columns, and each column is its own field', async () => {
    const { lists, problems } = await readSheet([
      ['青山县便民服务事项清单'],
      [
        '序号',
        '事项名称',
        '办理部门',
        '服务对象',
        '受理条件',
        '申请材料',
        '办理流程',
        '办理地点',
        '承诺时限',
        '是否收费',
        '咨询电话',
        '帮办代办',
      ],
      [
        1,
        '残疾人证办理',
        '县残联',
        '残疾人',
        '经评定',
        '1.申请表;\n2.身份证',
        '申请→评定→发证',
        '镇便民服务中心',
        '20个工作日',
        '不收费',
        '12385',
        '可以代办',
      ],
      [
        2,
        '高龄津贴申请',
        '县民政局',
        '80周岁以上',
        null,
        '1.身份证',
        '申请→发放',
        '村便民服务站',
        '10个工作日',
        '不收费',
        '12345',
        null,
      ],
    ]);
    expect(problems).toEqual([]);
    expect(lists[0]?.kind).toBe('service');
    expect(lists[0]?.rows[0]).toMatchObject({
      matter: '残疾人证办理',
      lead: [{ unit: '县残联', duty: '' }],
      guide: {
        target: '残疾人',
        condition: '经评定',
        materials: '1.申请表;\n2.身份证',
        steps: '申请→评定→发证',
        place: '镇便民服务中心',
        days: '20个工作日',
        fee: '不收费',
        phone: '12385',
        agency: '可以代办',
      },
    });
    expect(lists[0]?.rows[1]?.guide).not.toHaveProperty('condition');
  });

  it('keeps the places of village, township and county apart', async () => {
    const { lists } = await readSheet(
      [
        ['青山县办事指南'],
        ['序号', '事项名称', '申请材料', '办理地点', null, null, '办理时限'],
        [null, null, null, '村', '镇', '县', null],
        [1, '失业登记', '身份证', '村服务站代办', '镇人社窗口', '县人社局', '当场'],
      ],
      ['A2:A3', 'B2:B3', 'C2:C3', 'D2:F2', 'G2:G3'],
    );
    expect(lists[0]?.rows[0]?.guide?.place).toBe('村:村服务站代办\n镇:镇人社窗口\n县:县人社局');
  });

  it('is none where a duty list has a telephone and a deadline beside its duties', async () => {
    const { lists } = await readSheet([
      ['青山县“属地管理”事项主体责任和配合责任清单'],
      ['序号', '事项名称', '主体责任单位', '主体责任', '办理时限', '联系电话'],
      [1, '占道经营整治', '县综合行政执法局', '负责查处占道经营。', '5日', '12345'],
    ]);
    expect(lists[0]?.kind).toBe('territorial');
    expect(lists[0]?.rows[0]).not.toHaveProperty('guide');
  });

  it('names the row that tells nothing', async () => {
    const { problems } = await readSheet([
      ['青山县办事指南'],
      ['序号', '事项名称', '申请材料', '办理流程'],
      [1, '失业登记', '身份证', '申请→登记'],
      [2, '就业登记', null, null],
    ]);
    expect(problems).toMatchObject([{ row: 4, message: expect.stringContaining('没有写明申请材料') }]);
  });

  it('of the sample comes back from its own export as it was', async () => {
    const { lists, rows } = readLists('knowledge/lists', directory);
    const list = lists.filter(({ kind }) => kind === 'service');
    const own = rows.filter(({ listId }) => listId === 'service');
    const reading = await read(await renderWorkbook(list, own));
    expect(reading.problems).toEqual([]);
    const back = reading.lists.flatMap((it) => it.rows.map((row) => ({ ...rowOf(row, 'service'), line: 0 })));
    expect(back).toEqual(own.map((row) => ({ ...row, line: 0 })));
    expect(own.length).toBeGreaterThanOrEqual(60);
  });
});
