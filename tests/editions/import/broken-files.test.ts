/** Files that must be refused, each at its place. */
import { describe, expect, it } from 'vitest';
import { readListFile } from '../../../src/editions/import/read-file.js';
import { NO_REMAP } from '../../../src/editions/import/tables.js';
import { loadDirectory } from '../../../src/organizations/load.js';
import { workbook, type CellSpec } from '../../helpers/workbook.js';

const directory = loadDirectory('knowledge/organizations');

const HEADER = ['序号', '类别', '事项名称', '主体责任单位', '主体责任', '配合单位', '配合责任'];
const row = (number: CellSpec, matter: CellSpec, more: CellSpec[] = []): CellSpec[] => {
  const usual: CellSpec[] = [number, '城市管理', matter, '县公安局', '查处。', '乡镇(街道)', '上报。'];
  return usual.map((cell, at) => (more[at] === undefined ? cell : (more[at] ?? null)));
};
const at = (column: number, cell: CellSpec): CellSpec[] => Object.assign([], { [column]: cell });

async function problemsOf(rows: CellSpec[][], title = '青山县属地管理事项清单') {
  const bytes = workbook([{ name: '清单', rows: [[title], HEADER, ...rows], merges: ['A1:G1'] }]);
  return (await readListFile('a.xlsx', bytes, { directory, remap: NO_REMAP })).problems;
}
const places = async (rows: CellSpec[][]) =>
  (await problemsOf(rows)).map((p) => `${p.sheet} ${p.column}${p.row}`);

describe('a workbook', () => {
  it('without a fault has no problem', async () => {
    expect(await places([row(1, '甲事项'), row(2, '乙事项')])).toEqual([]);
  });

  it.each<[string, CellSpec[][], string]>([
    ['a repeated number', [row(1, '甲事项'), row(2, '乙事项'), row(2, '丙事项')], '清单 A5'],
    ['a number that does not begin again', [row(3, '甲事项'), row(3, '乙事项', at(1, '水利'))], '清单 A4'],
    ['a missing number', [row(1, '甲事项'), row(null, '乙事项')], '清单 A4'],
    ['a missing lead unit', [row(1, '甲事项'), row(2, '乙事项', [...at(3, null), null])], '清单 D4'],
    ['a lead unit missing before its duty', [row(1, '甲事项'), row(2, '乙事项', at(3, null))], '清单 D4'],
    ['an unknown unit', [row(1, '甲事项', at(3, '县住房城建局')), row(2, '乙事项')], '清单 D3'],
    ['an empty duty', [row(1, '甲事项'), row(2, '乙事项', at(4, null))], '清单 E4'],
    ['an empty duty of support', [row(1, '甲事项'), row(2, '乙事项', at(6, null))], '清单 G4'],
    ['a repeated matter', [row(1, '甲事项'), row(2, '乙事项'), row(3, '甲事项', at(1, '水利'))], '清单 C5'],
    ['a missing matter', [row(1, '甲事项'), row(2, null)], '清单 C4'],
    ['a formula', [row(1, '甲事项'), row({ formula: 'A3+1', value: '2' }, '乙事项')], '清单 A4'],
    ['a formula without a value', [row(1, '甲事项', at(4, { formula: 'X1' }))], '清单 E3'],
    ['a broken character', [row(1, '甲事项'), row(2, '乙\ufffd项')], '清单 C4'],
    ['an error value', [row(1, '甲事项'), row(2, '乙事项', at(4, '#REF!'))], '清单 E4'],
  ])('with %s is refused there', async (_what, rows, place) => {
    expect(await places(rows)).toContain(place);
    expect(new Set(await places(rows)).size).toBeLessThanOrEqual(2);
    for (const problem of await problemsOf(rows)) expect(problem.remedy).not.toBe('');
  });

  it('may begin numbers again with a category, and with a batch', async () => {
    const rows = [row(1, '甲事项'), row(2, '乙事项'), row(1, '丙事项', at(1, '水利'))];
    expect(await places(rows)).toEqual([]);
    expect(await places([row(1, '甲事项'), ['第二批'], row(1, '丙事项')])).toEqual([]);
  });

  it('proposes the nearest unit, and only warns where the county has no directory', async () => {
    const rows = [row(1, '甲事项', at(3, '县住房城建局'))];
    expect((await problemsOf(rows))[0]?.remedy).toContain('县住房和城乡建设局');
    expect(await problemsOf(rows, '云山县属地管理事项清单')).toEqual([]);
  });
});

describe('other files', () => {
  const read = async (file: string, bytes: Uint8Array) => {
    const { problems, lists } = await readListFile(file, bytes, { directory, remap: NO_REMAP });
    return { problems, rows: lists.flatMap((list) => list.rows).length };
  };
  const csv = `${HEADER.join(',')}\n1,城管,甲事项,县公安局,查处。,乡镇(街道),上报。\n2,城管,乙事项,县公安局,查处。,乡镇(街道),上报。\n`;

  it('of broken encoding are refused at the line and cell', async () => {
    const bytes = Buffer.from(csv);
    const spot = bytes.indexOf('乙事项');
    bytes[spot + 1] = 0xff;
    expect((await read('a.csv', bytes)).problems).toMatchObject([{ row: 3, column: 'C' }]);
  });

  it('with a quote that does not end are refused where it begins', async () => {
    const { problems } = await read('a.csv', Buffer.from(csv.replace('2,城管', '2,"城管')));
    expect(problems).toMatchObject([{ row: 3 }]);
  });

  it.each([
    ['a roster', '序号,姓名,单位,职务,电话\n1,甲,县公安局,局长,123\n'],
    ['a budget', '序号,项目名称,金额\n1,修路,100\n'],
    ['prose', '关于印发清单的通知\n各乡镇:\n'],
    ['a header alone', `${HEADER.join(',')}\n`],
  ])('that are %s are said to be no list', async (_what, text) => {
    const { problems, rows } = await read('a.csv', Buffer.from(text));
    expect(rows).toBe(0);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(/没有找到清单表格|没有读到任何事项/);
  });

  it.each([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d]), /图片/],
    ['a web page named xlsx', Buffer.from('<html><table></table></html>'), /网页/],
    ['nothing', Buffer.alloc(0), /空/],
    ['binary data', Buffer.from([1, 2, 0, 0, 5]), /无法辨认/],
    ['RTF', Buffer.from('{\\rtf1 }'), /RTF/],
  ])('that are %s are named', async (_what, bytes, message) => {
    const { problems } = await read('a.xlsx', bytes);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(message);
  });
});
