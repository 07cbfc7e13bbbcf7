import { describe, expect, it } from 'vitest';
import { readListFile } from '../../../src/editions/import/read-file.js';
import { mergeIntoEdition, type Stated } from '../../../src/editions/import/to-edition.js';
import { NO_REMAP } from '../../../src/editions/import/tables.js';
import { readingsJson } from '../../../src/editions/import/report.js';
import { loadDirectory } from '../../../src/organizations/load.js';
import { makeList, makeRow } from '../../helpers/lists.js';
import { workbook } from '../../helpers/workbook.js';

const directory = loadDirectory('knowledge/organizations');

async function merge(text: string, base = { lists: [makeList()], rows: [makeRow()] }, stated: Stated = {}) {
  const { lists, problems } = await readListFile('a.csv', Buffer.from(text), { directory, remap: NO_REMAP });
  expect(problems).toEqual([]);
  return mergeIntoEdition(
    base,
    lists.map((list) => ({ list, county: '青山县' })),
    stated,
    directory,
  );
}

const HEADER = '序号,类别,事项名称,主体责任单位,主体责任';
const SECOND = `青山县属地管理事项清单(第二批),,,,\n${HEADER}\n1,城管,占道,县公安局,查处。\n`;

describe('mergeIntoEdition', () => {
  it('adds a batch beside the others and keeps their rows', async () => {
    const { lists, rows } = await merge(SECOND, undefined, {
      effective: '2026-05-01',
      issuer: '县委编委',
      number: '青编发〔2026〕9号',
    });
    expect(lists.map((l) => [l.id, l.batch])).toEqual([
      ['a', undefined],
      ['territorial-2', '第二批'],
    ]);
    expect(lists[1]).toMatchObject({ effective: '2026-05-01', editionLabel: '2026年版', issuer: '县委编委' });
    expect(rows.map((r) => r.listId)).toEqual(['a', 'territorial-2']);
  });

  it('replaces the list of the same kind, batch and scope under its id, with the phrasings of its matters', async () => {
    const list = makeList({ id: 'b2', batch: '第二批' });
    const base = { lists: [list], rows: [makeRow({ listId: 'b2', matter: '占道', askedAs: ['摆摊谁管'] })] };
    const { lists, rows } = await merge(SECOND, base);
    expect(lists).toHaveLength(1);
    expect(rows).toMatchObject([{ listId: 'b2', matter: '占道', askedAs: ['摆摊谁管'], number: '1' }]);
  });

  it('gives the rows of any list to the townships that they name alone', async () => {
    const text =
      '青山县属地管理事项清单,,,,\n序号,事项名称,主体责任单位,主体责任,适用镇街\n1,捕鸟,县林业局,查处。,东湖街道\n2,占道,县公安局,疏导。,各镇街\n';
    const { lists, rows } = await merge(text, { lists: [], rows: [] });
    const scopeOf = (matter: string) =>
      lists.find(({ id }) => id === rows.find((row) => row.matter === matter)?.listId)?.scope;
    expect(scopeOf('捕鸟')).toEqual({ county: '青山县', township: '东湖街道' });
    expect(scopeOf('占道')).toEqual({ county: '青山县' });
  });

  it('holds for the one street that its title or the name of its column says', async () => {
    const header = '序号,事项,主管部门,部门职责';
    const row = '1,飞线充电,县消防救援大队,检查充电场所。,劝导整改。';
    const read = async (title: string, column: string) =>
      (await merge(`${title},,,,\n${header},${column}\n${row}\n`, { lists: [], rows: [] })).lists[0]?.scope;
    const street = { county: '青山县', township: '城关街道' };
    expect(await read('青山县属地管理事项清单', '城关街道属地责任')).toEqual(street);
    expect(await read('城关街道属地管理事项清单', '街道职责')).toEqual(street);
    expect(await read('青山县属地管理事项清单', '街道职责')).toEqual({ county: '青山县' });
    expect(await read('青山县县乡职责边界清单', '乡镇职责')).toEqual({ county: '青山县' });
  });

  it('makes one list of two sheets, and names the sheet of each row in what is shown', async () => {
    const header = ['序号', '事项名称', '主体责任单位', '主体责任'];
    const bytes = workbook([
      { name: '甲', rows: [['青山县属地管理事项清单'], header, [1, '占道', '县公安局', '疏导。']] },
      { name: '乙', rows: [['青山县属地管理事项清单(续)'], header, [2, '捕鸟', '县林业局', '查处。']] },
    ]);
    const reading = await readListFile('a.xlsx', bytes, { directory, remap: NO_REMAP });
    const [file] = readingsJson([reading]).files;
    expect(file?.lists.map(({ rows }) => rows.map(({ where }) => where))).toEqual([['甲!A3', '乙!A3']]);
    const edition = mergeIntoEdition(
      { lists: [], rows: [] },
      reading.lists.map((list) => ({ list, county: '青山县' })),
      {},
      directory,
    );
    expect([edition.lists.length, edition.rows.length]).toEqual([1, 2]);
  });

  it('takes the scope of a township from the title or the flag, a class from the directory', async () => {
    const basic = '柳林镇基本履职事项清单,\n序号,事项名称\n1,发展党员\n';
    expect((await merge(basic)).lists[1]?.scope).toEqual({ county: '青山县', township: '柳林镇' });
    expect((await merge(SECOND, undefined, { scope: '农业乡镇' })).lists[1]?.scope).toEqual({
      county: '青山县',
      townshipClass: '农业乡镇',
    });
  });

  it('leaves the list of the county where one township or one department prints its own', async () => {
    const own = [
      [SECOND.replace('(第二批)', '').replace('青山县', '柳林镇'), { county: '青山县', township: '柳林镇' }],
      [SECOND.replace('属地管理事项清单(第二批)', '水利局属地管理责任清单'), { county: '青山县' }],
    ] as const;
    for (const [text, scope] of own) {
      const { lists } = await merge(text);
      expect(lists.map(({ id }) => id)).toEqual(['a', 'territorial']);
      expect(lists[1]?.scope).toEqual(scope);
    }
  });

  it('keeps two lists of one file beside each other', async () => {
    const table = (title: string, unit: string, matter: string) =>
      `${title},,,,\n${HEADER}\n1,城管,${matter},${unit},查处。\n`;
    const text = `${table('青山县职责边界清单(城管类)', '县公安局', '占道')}${table('青山县职责边界清单(水利类)', '县水利局', '采砂')}`;
    const { lists, rows } = await merge(text, { lists: [], rows: [] });
    expect(lists.map(({ id }) => id)).toEqual(['territorial', 'territorial-2']);
    expect(rows.map(({ matter }) => matter)).toEqual(['占道', '采砂']);
  });

  it('makes a list for each class or township that the rows of a delegated list name', async () => {
    const text =
      '青山县赋权乡镇行政执法事项清单,,,,\n序号,事项名称,原实施部门,承接乡镇,依据\n' +
      '1,对占道的处罚,县综合行政执法局,城区街道和中心镇,《甲条例》\n' +
      '2,对采砂的处罚,县水利局,柳林镇、石桥镇,《乙条例》\n3,对捕鱼的处罚,县农业农村局,各乡镇（街道）,《丙条例》\n';
    const { lists, rows } = await merge(text, { lists: [], rows: [] });
    expect(lists.map(({ id, scope }) => [id, scope.townshipClass ?? scope.township ?? ''])).toEqual([
      ['delegated', '城区街道和中心镇'],
      ['delegated-2', '柳林镇'],
      ['delegated-3', '石桥镇'],
      ['delegated-4', ''],
    ]);
    expect(rows.map(({ listId, matter }) => [listId, matter])).toEqual([
      ['delegated', '对占道的处罚'],
      ['delegated-2', '对采砂的处罚'],
      ['delegated-3', '对采砂的处罚'],
      ['delegated-4', '对捕鱼的处罚'],
    ]);
  });

  it('gives rows whose numbers begin again with each category numbers of their own', async () => {
    const text = `青山县属地管理事项清单,,,,\n${HEADER}\n1,城管,占道,县公安局,查处。\n1,水利,采砂,县水利局,查处。\n`;
    const { rows } = await merge(text, { lists: [], rows: [] });
    expect(rows.map((row) => row.number)).toEqual(['1-1', '2-1']);
  });
});
