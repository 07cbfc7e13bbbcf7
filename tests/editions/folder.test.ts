import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readLists, readSingleCsv } from '../../src/editions/folder.js';
import { problemText } from '../../src/files/problem.js';
import { loadDirectory } from '../../src/organizations/load.js';
import { makeFolder } from '../helpers/folder.js';
import { LISTS_DIR, readRawRows, unitsOf } from '../helpers/lists.js';

const directory = loadDirectory('knowledge/organizations');
const draft = readLists(LISTS_DIR, directory);
const rowsOf = (id: string) => draft.rows.filter((row) => row.listId === id);
const domainsOf = (ids: string[]) => new Set(ids.flatMap((id) => rowsOf(id).map((row) => row.domain)));

describe('the sample lists', () => {
  it('have no problems', () => {
    expect(draft.problems.map(problemText)).toEqual([]);
  });

  it('have exactly the announced numbers of rows', () => {
    const counts = Object.fromEntries(draft.lists.map(({ id }) => [id, rowsOf(id).length]));
    expect(counts).toEqual({
      duty: 192,
      'territorial-1': 44,
      'territorial-2': 44,
      'territorial-3': 49,
      'delegated-1': 64,
      'delegated-2': 40,
      basic: 101,
      cooperative: 62,
      reclaimed: 64,
      'basic-2': 99,
      'cooperative-2': 62,
      'reclaimed-2': 63,
      service: 70,
    });
    expect(draft.rows).toHaveLength(954);
  });

  it('have 19 domains over the territorial batches and 7 categories of duties', () => {
    expect(domainsOf(['territorial-1', 'territorial-2', 'territorial-3']).size).toBe(19);
    expect(domainsOf(['duty']).size).toBe(7);
  });

  it('are numbered from 1 without a gap', () => {
    for (const { id } of draft.lists)
      expect(rowsOf(id).map((row) => Number(row.number))).toEqual(rowsOf(id).map((_, i) => i + 1));
  });

  it('are read as they stand in the files', () => {
    const raw = readRawRows();
    const read = draft.rows.map((row) => ({
      id: `${row.listId}/${row.number}`,
      matter: row.matter,
      lead: row.lead.map((part) => part.unit),
      support: row.support.map((part) => part.unit),
    }));
    const wanted = raw.map((row) => ({
      id: `${row.listId}/${row['序号']}`,
      matter: row['事项名称'],
      lead: unitsOf(row['主体责任单位'] ?? row['办理单位']),
      support: unitsOf(row['配合单位']),
    }));
    expect(read).toEqual(wanted);
  });

  it('have for every unit its own duty where a row has several', () => {
    for (const row of draft.rows)
      for (const parts of [row.lead, row.support])
        if (row.listId.startsWith('territorial'))
          expect(new Set(parts.map((p) => p.duty)).size, `${row.listId}/${row.number}`).toBe(parts.length);
  });

  it('name each row by its physical line', () => {
    const lines = readFileSync(join(LISTS_DIR, 'duty.csv'), 'utf8').split('\n');
    for (const row of rowsOf('duty')) expect(lines[row.line - 1]).toContain(row.matter);
  });
});

describe('readLists', () => {
  let dir: string;
  beforeEach(() => {
    dir = join(makeFolder(), 'lists');
    cpSync(LISTS_DIR, dir, { recursive: true });
  });
  const replaceIn = (name: string, from: string | RegExp, to: string) =>
    writeFileSync(join(dir, name), readFileSync(join(dir, name), 'utf8').replace(from, to));
  const problems = () => readLists(dir, directory).problems.map(problemText);

  it('gives the same content the same id wherever it lies, and another content another', () => {
    expect(readLists(dir, directory).id).toBe(draft.id);
    expect(draft.id).toMatch(/^[0-9a-f]{8}$/);
    replaceIn('duty.csv', '指导村', '督导村');
    expect(readLists(dir, directory).id).not.toBe(draft.id);
  });

  it('reads a folder of fewer lists', () => {
    rmSync(join(dir, 'basic.csv'));
    rmSync(join(dir, 'basic.yaml'));
    expect(problems()).toEqual([]);
    expect(readLists(dir, directory).rows).toHaveLength(853);
  });

  it('names a list file that is missing', () => {
    rmSync(join(dir, 'basic.csv'));
    expect(problems()).toHaveLength(1);
    expect(problems()[0]).toMatch(/basic\.csv.*处理办法/);
  });

  it('names a manifest that lacks or misspells a key', () => {
    replaceIn('duty.yaml', 'title:', 'titel:');
    expect(problems()[0]).toMatch(/duty\.yaml.*titel/);
  });

  it('names a manifest that is no YAML', () => {
    writeFileSync(join(dir, 'duty.yaml'), 'id: [duty\n');
    expect(problems()[0]).toContain('duty.yaml');
  });

  it('wants the id to be the file name', () => {
    renameSync(join(dir, 'duty.yaml'), join(dir, 'duties.yaml'));
    renameSync(join(dir, 'duty.csv'), join(dir, 'duties.csv'));
    expect(problems()[0]).toMatch(/duties\.yaml.*duty/);
  });

  it('says that a folder is missing or holds no list', () => {
    expect(readLists(join(dir, 'none'), directory).problems).toHaveLength(1);
    expect(readLists(makeFolder(), directory).problems[0]?.message).toContain('yaml');
  });

  it('names the cell of a unit that is not in the directory', () => {
    replaceIn('territorial-1.csv', '县应急管理局', '县应急管理委');
    expect(problems()).toHaveLength(1);
    expect(problems()[0]).toMatch(/territorial-1\.csv 第2行 E列.*县应急管理委.*县应急管理局/);
  });
});

describe('readSingleCsv', () => {
  it('splits one file into its lists, of the kinds that their titles say', () => {
    const file = join(makeFolder(), 'all.csv');
    writeFileSync(
      file,
      [
        '序号,清单,类别,事项名称,主体责任单位,主体责任,配合单位,配合责任,依据,问法',
        '1,旗职责任务清单,党建,发展党员,,,,,,',
        '1,旗“属地管理”清单,城管,占道,旗城管局,查处,苏木镇,劝导,,',
        '2,旗“属地管理”清单,城管,广告,,,,,,',
      ].join('\n'),
    );
    const { lists, rows, problems } = readSingleCsv(file, '某旗');
    expect(lists.map((list) => [list.kind, list.scope.county])).toEqual([
      ['duty', '某旗'],
      ['territorial', '某旗'],
    ]);
    expect(rows.map((row) => row.listId)).toEqual([lists[0]?.id, lists[1]?.id, lists[1]?.id]);
    expect(problems.map((p) => [p.row, p.column])).toEqual([[4, 'E']]);
  });
});
