import type { ListKind } from '../../src/core/list-kinds.js';
import { describe, expect, it } from 'vitest';
import { checkRows } from '../../src/editions/check-rows.js';
import { problemText, type Problem } from '../../src/files/problem.js';
import { readCsv } from '../../src/files/csv/strict-table.js';
import { readRows } from '../../src/editions/folder-rows.js';
import { loadDirectory } from '../../src/organizations/load.js';

const HEADER = '序号,清单,类别,事项名称,主体责任单位,主体责任,配合单位,配合责任,依据,问法';
const GOOD = '1,清单,城管,占道,县公安局,查处,乡镇(街道),劝导,《甲》,';
const directory = loadDirectory('knowledge/organizations');

function check(lines: string[], kind: ListKind = 'territorial', known: typeof directory | null = directory) {
  const { table } = readCsv('清单.csv', Buffer.from([HEADER, ...lines].join('\n')));
  if (!table) throw new Error('no table');
  return checkRows('清单.csv', readRows('清单.csv', table, 'x').rows, () => kind, known);
}

const places = (problems: Problem[]) => problems.map((p) => `${p.row}${p.column}`);

describe('checkRows', () => {
  it('finds nothing wrong with a good row', () => {
    expect(check([GOOD])).toEqual([]);
  });

  it.each([
    ['a missing number', ',清单,城管,占道,县公安局,查处,,,,', '2A', '序号'],
    ['a missing matter', '1,清单,城管,,县公安局,查处,,,,', '2D', '事项名称'],
    ['a missing lead unit', '1,清单,城管,占道,,,,,,', '2E', '主体责任单位'],
    ['a lead without a duty', '1,清单,城管,占道,县公安局,,,,,', '2F', '县公安局'],
    ['a support without a duty', '1,清单,城管,占道,县公安局,查处,县水利局,,,', '2H', '县水利局'],
    ['an unknown lead', '1,清单,城管,占道,县警察局,查处,,,,', '2E', '县警察局'],
    ['an unknown support', '1,清单,城管,占道,县公安局,查处,县渔政局,巡查,,', '2G', '县渔政局'],
  ])('reports %s with its cell and a remedy', (_what, line, place, named) => {
    const problems = check([line]);
    expect(places(problems)).toEqual([place]);
    expect(problems[0]?.message).toContain(named);
    expect(problems[0]?.remedy).not.toBe('');
    expect(problemText(problems[0] as Problem)).toMatch(/^清单\.csv 第2行 [A-H]列:.+。处理办法:.+。$/);
  });

  it('reports a number that an earlier row has, and names that row', () => {
    const problems = check([GOOD, GOOD.replace('1,', '2,'), GOOD]);
    expect(places(problems)).toEqual(['4A']);
    expect(problems[0]?.message).toMatch(/“1”.*第2行/);
  });

  it('lets two lists in one file number alike', () => {
    expect(check([GOOD, GOOD.replace('清单', '另一份')])).toEqual([]);
  });

  it('proposes the nearest unit for a slip', () => {
    const [problem] = check([GOOD.replace('县公安局', '县住房和城乡建筑局')]);
    expect(problem?.remedy).toContain('县住房和城乡建设局');
  });

  it('knows aliases and any form of the township', () => {
    for (const unit of ['住建局', '乡镇(街道)', '属地镇街', '柳林镇', '各乡镇'])
      expect(check([GOOD.replace('县公安局', unit)])).toEqual([]);
  });

  it('allows an empty lead only where the township itself is meant', () => {
    const line = '1,清单,党建,发展党员,,,,,,';
    expect(check([line], 'duty')).toEqual([]);
    expect(check([line], 'basic')).toEqual([]);
    for (const kind of ['territorial', 'cooperative', 'reclaimed', 'delegated'] as const)
      expect(places(check([line], kind))).toEqual(['2E']);
  });

  it('allows a lead without a duty in a delegated list', () => {
    expect(check(['1,清单,城管,占道,县公安局,,,,,'], 'delegated')).toEqual([]);
  });

  it('lets a first list bring its own units', () => {
    expect(check([GOOD.replace('县公安局', '旗公安局')], 'territorial', null)).toEqual([]);
  });

  it('reports every problem of a file at once, and a file without rows', () => {
    expect(places(check([',清单,城管,,县警察局,查处,,,,', '1,清单,城管,占道,,,,,,']))).toEqual([
      ...['2A', '2D', '2E', '3E'],
    ]);
    expect(check([])[0]?.message).toContain('没有读到');
  });
});
