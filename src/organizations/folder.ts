/** The CSV files of the folder of organizations: what read tables become in them, and what that changes. */
import { stringify } from 'csv-stringify/sync';
import { neutralCell } from '../files/formula.js';
import { STAFFING_COLUMNS } from './staffing.js';
import type { Entry, ReadTables } from './tables.js';

/** The files with their columns, as loadDirectory reads them. */
export const FILES = {
  'departments.csv': ['单位', '别名', '类型', '电话', '值班电话'],
  'townships.csv': ['乡镇街道', '别名', '类别', '电话', '值班电话'],
  'offices.csv': ['所属', '机构', '类型', '别名', '电话', '值班电话'],
  'posts.csv': ['所属', '机构', '岗位', '承担事项'],
  'people.csv': ['姓名', '单位', '机构', '岗位', '角色', '账号', '代理人', '从', '至', '电话', '邮箱'],
  'groups.csv': ['单位', '群'],
  'roster.csv': ['单位', '日期', '班次', '姓名', '电话'],
  'staffing.csv': STAFFING_COLUMNS,
  'villages.csv': ['乡镇街道', '村', '联系人', '账号', '电话'],
} as const;

export type FileName = keyof typeof FILES;
/** Rows by file, cells in the order of the columns. A file that is not there has no entry. */
export type Folder = Partial<Record<FileName, string[][]>>;

export const isTownship = ({ cells }: Entry): boolean =>
  !cells['上级'] &&
  (Boolean(cells['乡镇类别']) || /^(乡镇|镇|乡|街道|镇街|乡镇街道|乡镇\(街道\))$/.test(cells['类型'] ?? ''));

const pick = (entries: Entry[], names: readonly string[]): string[][] =>
  entries.map(({ cells }) => names.map((name) => cells[name] ?? ''));

/** A read table takes the place of the old one; what was not read stays. */
export function mergeTables(old: Folder, { tables }: Pick<ReadTables, 'tables'>): Folder {
  const { units = [], offices, posts, people, groups, roster, staffing, villages } = tables;
  const tops = units.filter(({ cells }) => !cells['上级']);
  const below = units.filter(({ cells }) => cells['上级']);
  const townships = tops.filter(isTownship);
  const departments = tops.filter((entry) => !isTownship(entry));
  const officeRows = [
    ...pick(offices ?? [], FILES['offices.csv']),
    ...pick(below, ['上级', '单位', '类型', '别名', '电话', '值班电话']),
  ];
  return {
    ...old,
    // A table of departments alone leaves the townships as they are, and the other way round.
    ...(departments.length > 0 && { 'departments.csv': pick(departments, FILES['departments.csv']) }),
    ...(townships.length > 0 && {
      'townships.csv': pick(townships, ['单位', '别名', '乡镇类别', '电话', '值班电话']),
    }),
    ...(officeRows.length > 0 && { 'offices.csv': officeRows }),
    ...(posts && { 'posts.csv': pick(posts, FILES['posts.csv']) }),
    ...(people && { 'people.csv': pick(people, FILES['people.csv']) }),
    ...(groups && { 'groups.csv': pick(groups, FILES['groups.csv']) }),
    ...(staffing && {
      'staffing.csv': mergeStaffing(old['staffing.csv'] ?? [], pick(staffing, FILES['staffing.csv'])),
    }),
    ...(villages && { 'villages.csv': pick(villages, FILES['villages.csv']) }),
    ...(roster && { 'roster.csv': mergeRoster(old['roster.csv'] ?? [], pick(roster, FILES['roster.csv'])) }),
  };
}

/** The table of a year takes the place of the same year's. */
function mergeStaffing(old: string[][], read: string[][]): string[][] {
  const yearOf = (row: string[]) => row[FILES['staffing.csv'].indexOf('年度')];
  const years = new Set(read.map(yearOf));
  return [...old.filter((row) => !years.has(yearOf(row))), ...read];
}

/** A roster comes month by month: it takes the place of the same unit's same days, and leaves the others. */
function mergeRoster(old: string[][], read: string[][]): string[][] {
  const dayOf = ([unit = '', date = '']: string[]) => `${unit} ${date}`;
  const days = new Set(read.map(dayOf));
  return [...old.filter((row) => !days.has(dayOf(row))), ...read].sort((a, b) =>
    (a[1] ?? '') < (b[1] ?? '') ? -1 : (a[1] ?? '') > (b[1] ?? '') ? 1 : 0,
  );
}

export const renderFile = (name: FileName, rows: string[][]): string =>
  stringify([[...FILES[name]], ...rows.map((cells) => cells.map(neutralCell))]);

/** How many of the first columns name what a row is about. */
const KEYS: Record<FileName, (row: string[]) => string> = {
  'departments.csv': ([unit = '']) => unit,
  'townships.csv': ([unit = '']) => unit,
  'offices.csv': ([parent = '', office = '']) => `${parent} ${office}`,
  'posts.csv': ([parent = '', office = '', post = '']) => [parent, office, post].filter(Boolean).join(' '),
  'people.csv': ([name = '', unit = '', , post = '', , , , from = '']) =>
    [unit, name, post, from].filter(Boolean).join(' '),
  'groups.csv': ([unit = '']) => unit,
  'villages.csv': ([township = '', village = '']) => `${township} ${village}`,
  'roster.csv': (row) => row.slice(0, 4).filter(Boolean).join(' '),
  'staffing.csv': ([unit = '', category = '', , , , , year = '']) => `${unit} ${category} ${year}`,
};

const TITLES: Record<FileName, string> = {
  'departments.csv': '部门',
  'townships.csv': '乡镇街道',
  'offices.csv': '机构',
  'posts.csv': '岗位',
  'people.csv': '人员',
  'groups.csv': '群',
  'roster.csv': '值班',
  'staffing.csv': '编制',
  'villages.csv': '村',
};

export type FileDiff = { file: FileName; added: string[]; removed: string[]; changed: string[] };

export function diffFolders(before: Folder, after: Folder): FileDiff[] {
  return (Object.keys(FILES) as FileName[]).flatMap((file) => {
    const keyed = (rows: string[][] = []) => new Map(rows.map((row) => [KEYS[file](row), row]));
    const old = keyed(before[file]);
    const now = keyed(after[file]);
    const changed = [...now].flatMap(([key, row]) => {
      const was = old.get(key);
      const fields = was
        ? FILES[file].flatMap((name, i) =>
            (was[i] ?? '') === (row[i] ?? '') ? [] : [`${name}:${was[i] || '(空)'} → ${row[i] || '(空)'}`],
          )
        : [];
      return fields.length > 0 ? [`${key}(${fields.join(';')})`] : [];
    });
    const added = [...now.keys()].filter((key) => !old.has(key));
    const removed = [...old.keys()].filter((key) => !now.has(key));
    return added.length + removed.length + changed.length > 0 ? [{ file, added, removed, changed }] : [];
  });
}

const SHOWN = 20;

export function foldersText(diffs: FileDiff[]): string {
  const section = (title: string, items: string[]): string[] => [
    ...items.slice(0, SHOWN).map((item) => `  ${title} ${item}`),
    ...(items.length > SHOWN ? [`  …${title}另有 ${items.length - SHOWN} 项`] : []),
  ];
  return diffs
    .flatMap(({ file, added, removed, changed }) => [
      `${TITLES[file]}:新增 ${added.length} 项,删去 ${removed.length} 项,改动 ${changed.length} 项`,
      ...section('新增', added),
      ...section('删去', removed),
      ...section('改动', changed),
    ])
    .join('\n');
}
