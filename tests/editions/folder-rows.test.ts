import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/files/csv/strict-table.js';
import { pairDuties } from '../../src/editions/import/pairing.js';
import { kindOfTitle } from '../../src/editions/import/kinds.js';
import { readRows } from '../../src/editions/folder-rows.js';

const HEADER = '序号,清单,类别,事项名称,主体责任单位,主体责任,配合单位,配合责任,依据,问法';

function readText(text: string) {
  const { table } = readCsv('清单.csv', Buffer.from(text));
  if (!table) throw new Error('no table');
  return readRows('清单.csv', table, 'duty');
}

describe('readRows', () => {
  it('makes a row of each line, with list values split', () => {
    const { rows, problems } = readText(
      `${HEADER}\n7,甲清单,城管,占道,县城管局,查处,县公安局|乡镇(街道),维护秩序|劝导,《甲》|《乙》,摆摊谁管|占道\n`,
    );
    expect(problems).toEqual([]);
    expect(rows[0]?.listTitle).toBe('甲清单');
    expect(rows[0]?.row).toEqual({
      listId: 'duty',
      number: '7',
      domain: '城管',
      matter: '占道',
      lead: [{ unit: '县城管局', duty: '查处' }],
      support: [
        { unit: '县公安局', duty: '维护秩序' },
        { unit: '乡镇(街道)', duty: '劝导' },
      ],
      basis: ['《甲》', '《乙》'],
      askedAs: ['摆摊谁管', '占道'],
      line: 2,
    });
  });

  it('finds columns in any order and letters them', () => {
    const { rows } = readText(
      '事项名称,序号,类别,配合单位,配合责任,主体责任单位,主体责任,依据\n占道,7,城管,,,县城管局,查处,\n',
    );
    expect(rows[0]?.row).toMatchObject({ number: '7', matter: '占道', askedAs: [], basis: [] });
    expect(rows[0]?.columns).toMatchObject({ matter: 'A', number: 'B', leadUnit: 'F', leadDuty: 'G' });
  });

  it('names each column that the header lacks, and reads nothing', () => {
    const { rows, problems } = readText('序号,事项名称\n1,占道\n');
    expect(rows).toEqual([]);
    expect(problems.length).toBeGreaterThan(3);
    expect(problems.every((p) => p.row === 1 && p.remedy.includes('序号'))).toBe(true);
    expect(problems.map((p) => p.message).join()).toContain('主体责任单位');
  });

  it('reports a line with another number of cells', () => {
    const { problems } = readText(`${HEADER}\n1,a,b,c,d,e,f,g,h,i\n2,a,b,c,d,e,f,g,h,i,j\n3,a,b\n`);
    expect(problems.map((p) => p.row)).toEqual([3, 4]);
    expect(problems[0]?.message).toMatch(/11 格.*10 格/);
    expect(problems[0]?.remedy).toContain('逗号');
  });
});

describe('pairDuties', () => {
  const pairs = (units: string, duties: string) => pairDuties(units, duties).map((p) => [p.unit, p.duty]);

  it('gives one unit its whole duty, without its own name before it', () => {
    expect(pairs('县水利局', '巡河;清淤')).toEqual([['县水利局', '巡河;清淤']]);
    expect(pairs('县水利局', '县水利局:巡河')).toEqual([['县水利局', '巡河']]);
    expect(pairs('县水利局', '巡河\n 清淤')).toEqual([['县水利局', '巡河 清淤']]);
  });

  it.each([
    ['a bar', '甲局|乙局', '巡查|处罚'],
    ['line breaks', '甲局\n乙局', '巡查\n处罚'],
    ['a semicolon', '甲局;乙局', '巡查;处罚'],
    ['other separators of units', '甲局、乙局', '巡查|处罚'],
    ['the names of the units', '甲局、乙局', '甲局:巡查;乙局:处罚'],
    ['the names in another order', '甲局、乙局', '乙局:处罚\n甲局:巡查'],
    ['names in each part', '甲局|乙局', '甲局:巡查|乙局:处罚'],
  ])('pairs by %s', (_how, units, duties) => {
    expect(pairs(units, duties)).toEqual([
      ['甲局', '巡查'],
      ['乙局', '处罚'],
    ]);
  });

  it.each([
    ['full-width semicolons on both sides', '甲局；乙局', '巡查；处罚'],
    ['units with a full-width comma', '甲局，乙局', '巡查|处罚'],
    ['units with a full-width semicolon', '甲局；乙局', '巡查|处罚'],
    ['names with a full-width colon', '甲局、乙局', '甲局：巡查；乙局：处罚'],
  ])('pairs by %s', (_how, units, duties) => {
    expect(pairs(units, duties)).toEqual([
      ['甲局', '巡查'],
      ['乙局', '处罚'],
    ]);
  });

  it('does not divide a duty at its own semicolon', () => {
    expect(pairs('甲局、乙局', '制定办法；组织调解')).toEqual([
      ['甲局', '制定办法；组织调解'],
      ['乙局', '制定办法；组织调解'],
    ]);
  });

  it('keeps a name that goes on in a sentence, and marks inside brackets', () => {
    expect(pairs('县公安局', '县公安局和县水利局共同查处')).toEqual([
      ['县公安局', '县公安局和县水利局共同查处'],
    ]);
    expect(pairs('县公安局（交警大队、治安大队）', '巡查')).toEqual([
      ['县公安局（交警大队、治安大队）', '巡查'],
    ]);
  });

  it('shares one duty among all units when the counts differ', () => {
    expect(pairs('甲局、乙局', '共同巡查')).toEqual([
      ['甲局', '共同巡查'],
      ['乙局', '共同巡查'],
    ]);
    expect(pairs('甲局|乙局', '一|二|三').map(([, duty]) => duty)).toEqual(['一|二|三', '一|二|三']);
  });

  it('gives nothing for an empty unit cell and an empty duty for a missing one', () => {
    expect(pairs('', '巡查')).toEqual([]);
    expect(pairs('甲局', '')).toEqual([['甲局', '']]);
    expect(pairs('甲局|乙局', '')).toEqual([
      ['甲局', ''],
      ['乙局', ''],
    ]);
  });
});

describe('kindOfTitle', () => {
  it.each([
    ['青山县赋权乡镇(街道)行政执法事项清单', 'delegated'],
    ['柳林镇上级部门收回事项清单', 'reclaimed'],
    ['柳林镇配合履职事项清单', 'cooperative'],
    ['柳林镇基本履职事项清单', 'basic'],
    ['“属地管理”事项主体责任和配合责任清单', 'territorial'],
    ['青山县乡镇(街道)职责任务清单', 'duty'],
  ])('reads %s as %s', (title, kind) => {
    expect(kindOfTitle(title)).toBe(kind);
  });
});
