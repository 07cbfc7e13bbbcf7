/** Which of several columns of numbers is the row's, and what is said where a number is that of a group. */
import { describe, expect, it } from 'vitest';
import { parseCorrections } from '../../../src/editions/import/columns.js';
import { loadMemory, remapOf } from '../../../src/editions/import/memory.js';
import { readListFile } from '../../../src/editions/import/read-file.js';
import { loadDirectory } from '../../../src/organizations/load.js';
import { makeFolder } from '../../helpers/folder.js';
import { workbook } from '../../helpers/workbook.js';

const directory = loadDirectory('knowledge/organizations');
const BYTES = workbook([
  {
    name: '甲',
    rows: [
      ['序号', '事项类别', '事项序号', '事项名称', '主体责任单位', '主体责任'],
      [1, '交通运输', 1, '农村渡口安全管理', '县交通运输局', '检验渡船。'],
      [null, null, 2, '公路两侧违法建筑拆除', '县公路事业发展中心', '巡查建筑控制区。'],
      [2, '电力', 3, '电力线路保护区清障', '县供电公司', '排查线下树障。'],
    ],
    merges: ['A2:A3', 'B2:B3'],
  },
]);
const read = (map: string) =>
  readListFile('清单.xlsx', BYTES, {
    ...{ kind: 'territorial', directory },
    remap: remapOf(map === '' ? {} : parseCorrections(map), loadMemory(makeFolder()), undefined),
  });

describe('a number that is merged down beside several matters', () => {
  it('is that of a group, as is asked at the second matter', async () => {
    const { problems } = await read('');
    expect(problems).toMatchObject([{ row: 3, column: 'D' }]);
    expect(problems[0]?.remedy).toContain('number=');
  });

  it.each(['number=C', 'number=-'])('is left out by %s, and each matter is a row', async (map) => {
    const { problems, lists } = await read(map);
    expect(problems).toEqual([]);
    expect(
      lists[0]?.rows.map(({ number, category, matter, lead }) => [number, category, matter, lead[0]?.unit]),
    ).toEqual([
      ['1', '交通运输', '农村渡口安全管理', '县交通运输局'],
      ['2', '交通运输', '公路两侧违法建筑拆除', '县公路事业发展中心'],
      ['3', '电力', '电力线路保护区清障', '县供电公司'],
    ]);
  });
});
