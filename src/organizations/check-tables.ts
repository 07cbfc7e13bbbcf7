/** What is wrong with read tables of organizations, each at its cell. Units that a table does not bring are those of the folder. */
import type { Problem } from '../files/problem.js';
import { mergeTables, type Folder } from './folder.js';
import { isPlatform } from '../core/chat.js';
import { parseGroup, ROLES } from './load.js';
import { OFFICE_KINDS, splitCell } from './units-rows.js';
import { slipSimilarity } from './names.js';
import type { Entry, ReadTables, TableName } from './tables.js';
import { shiftProblem } from './roster.js';
import { staffingProblems } from './staffing.js';
import { tenureProblems } from './tenure.js';

type Report = (entry: Entry, column: string, message: string, remedy: string) => void;
type Context = {
  report: Report;
  /** Full names of units. */
  units: ReadonlySet<string>;
  /** Offices by their unit. */
  offices: ReadonlyMap<string, ReadonlySet<string>>;
  /** `list/number` of the lists in force; empty where there are none yet. */
  rows: ReadonlySet<string>;
};

export function checkTables(
  { tables }: Pick<ReadTables, 'tables'>,
  old: Folder,
  rows: ReadonlySet<string>,
): Problem[] {
  const problems: Problem[] = [];
  const report: Report = ({ file, sheet, row, letters }, column, message, remedy) =>
    problems.push({ file, sheet, row, column: letters[column] ?? '', message, remedy });
  const folder = mergeTables(old, { tables });
  const offices = new Map<string, Set<string>>();
  for (const [parent = '', office = ''] of folder['offices.csv'] ?? [])
    offices.set(parent, (offices.get(parent) ?? new Set<string>()).add(office));
  const context: Context = {
    report,
    units: new Set(
      [...(folder['departments.csv'] ?? []), ...(folder['townships.csv'] ?? [])].map(([unit = '']) => unit),
    ),
    offices,
    rows,
  };
  const check = (name: TableName, each: (entry: Entry, context: Context) => void) => {
    for (const entry of tables[name] ?? []) each(entry, context);
  };
  check('units', checkUnit);
  check('offices', checkOffice);
  check('posts', checkPost);
  check('people', checkPerson);
  check('groups', checkGroup);
  check('roster', checkShift);
  check('staffing', checkStaffing);
  check('villages', checkVillage);
  checkRepeats(tables, report);
  checkNames(tables.units ?? [], report);
  checkPeople(tables.people ?? [], report);
  return problems;
}

const needed = (entry: Entry, report: Report, ...columns: string[]): void => {
  for (const column of columns)
    if (!entry.cells[column]) report(entry, column, `“${column}”是空的`, `填写${column},或删去该行`);
};

function checkShift(entry: Entry, { report, units }: Context): void {
  needed(entry, report, '单位', '日期', '姓名');
  const { cells } = entry;
  if (cells['单位'] && !units.has(cells['单位']))
    report(entry, '单位', `单位“${cells['单位']}”不在名录中`, '改为名录中的全称');
  const problem = shiftProblem(cells['日期'] ?? '', cells['班次'] ?? '');
  if (problem && cells['日期']) report(entry, problem.column, problem.message, problem.remedy);
}

function checkStaffing(entry: Entry, context: Context): void {
  needed(entry, context.report, '单位');
  checkUnitName(entry, '单位', context);
  for (const { column, message, remedy } of staffingProblems(entry.cells))
    context.report(entry, column, message, remedy);
}

function checkVillage(entry: Entry, context: Context): void {
  needed(entry, context.report, '乡镇街道', '村', '联系人');
  checkUnitName(entry, '乡镇街道', context);
}

/** Reports a unit that is not known, with those that look like it. */
function checkUnitName(entry: Entry, column: string, { report, units }: Context): void {
  const name = entry.cells[column] ?? '';
  if (name === '' || units.has(name)) return;
  const nearest = [...units]
    .map((unit) => ({ unit, score: slipSimilarity(unit, name) }))
    .filter(({ score }) => score > 0.35)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ unit }) => unit);
  report(
    entry,
    column,
    `不认识单位“${name}”`,
    nearest.length > 0
      ? `改为全称,例如${nearest.join('、')};新单位先列入单位表`
      : '写单位全称;新单位先列入单位表',
  );
}

function checkOfficeName(entry: Entry, unitColumn: string, { report, offices }: Context): void {
  const unit = entry.cells[unitColumn] ?? '';
  const office = entry.cells['机构'] ?? '';
  const known = offices.get(unit);
  if (office && known && !known.has(office))
    report(
      entry,
      '机构',
      `${unit}没有机构“${office}”`,
      `改为该单位的机构(${[...known].slice(0, 5).join('、')}…),或先列入机构表`,
    );
}

function checkOfficeKind(entry: Entry, { report }: Context): void {
  const kind = entry.cells['类型'] ?? '';
  if (!OFFICE_KINDS[kind])
    report(entry, '类型', `不认识机构类型“${kind}”`, `可用的类型:${Object.keys(OFFICE_KINDS).join('、')}`);
}

function checkUnit(entry: Entry, context: Context): void {
  needed(entry, context.report, '单位');
  if (!entry.cells['上级']) return;
  checkUnitName(entry, '上级', context);
  checkOfficeKind(entry, context);
}

function checkOffice(entry: Entry, context: Context): void {
  needed(entry, context.report, '所属', '机构');
  checkUnitName(entry, '所属', context);
  checkOfficeKind(entry, context);
}

function checkPost(entry: Entry, context: Context): void {
  needed(entry, context.report, '所属', '岗位');
  checkUnitName(entry, '所属', context);
  checkOfficeName(entry, '所属', context);
  const { rows, report } = context;
  for (const part of splitCell(entry.cells['承担事项'] ?? '')) {
    const [, list = '', from = '', to = from] = /^([a-z0-9-]+)\/(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    const isListed = rows.has(part) || (rows.has(`${list}/${from}`) && rows.has(`${list}/${to}`));
    if (!/^[a-z0-9-]+\/\S+$/.test(part))
      report(
        entry,
        '承担事项',
        `不认识事项“${part}”`,
        '写成“清单/序号”或“清单/起-止”,例如 duty/1-16,多个用 | 隔开',
      );
    else if (rows.size > 0 && !isListed)
      report(entry, '承担事项', `现行清单中没有“${part}”`, '核对清单编号和序号;清单有变的,先导入并发布清单');
  }
}

function checkPerson(entry: Entry, context: Context): void {
  const { report } = context;
  needed(entry, report, '姓名', '单位');
  checkUnitName(entry, '单位', context);
  checkOfficeName(entry, '单位', context);
  checkTenure(entry, report);
  const role = entry.cells['角色'] ?? '';
  if (!ROLES[role])
    report(entry, '角色', `不认识角色“${role}”`, `可用的角色:${Object.keys(ROLES).join('、')}`);
  for (const account of splitCell(entry.cells['账号'] ?? '')) {
    const [platform = '', id = ''] = account.split(/:(.*)/s);
    if (!isPlatform(platform) || id === '')
      report(
        entry,
        '账号',
        `不认识账号“${account}”`,
        '写成 feishu:ou_…、telegram:数字 或 wecom:成员账号,多个用 | 隔开',
      );
  }
}

function checkTenure(entry: Entry, report: Report): void {
  for (const { column, message, remedy } of tenureProblems(entry.cells['从'] ?? '', entry.cells['至'] ?? ''))
    report(entry, column, message, remedy);
}

function checkGroup(entry: Entry, { report, units, offices }: Context): void {
  const unit = entry.cells['单位'] ?? '';
  const isTeam = [...offices].some(([parent, names]) => [...names].some((name) => parent + name === unit));
  if (!units.has(unit) && !isTeam)
    report(entry, '单位', `不认识单位“${unit}”`, '写单位全称;派驻机构写“乡镇名加机构名”');
  for (const chat of splitCell(entry.cells['群'] ?? ''))
    if (!parseGroup(chat))
      report(
        entry,
        '群',
        `不认识的群“${chat}”`,
        '写成 feishu:oc_…、telegram:-100… 或 wecom:群ID,多个用 | 隔开',
      );
}

/** What names a row of each table; the same twice would make one of the two void. */
const KEYS: Record<TableName, string[]> = {
  units: ['上级', '单位'],
  offices: ['所属', '机构'],
  posts: ['所属', '机构', '岗位'],
  people: ['单位', '姓名', '岗位', '从'],
  groups: ['单位'],
  roster: ['单位', '日期', '班次', '姓名'],
  staffing: ['单位', '编制类别', '年度'],
  villages: ['乡镇街道', '村'],
};

function checkRepeats(tables: ReadTables['tables'], report: Report): void {
  for (const name of Object.keys(KEYS) as TableName[]) {
    const seen = new Map<string, Entry>();
    for (const entry of tables[name] ?? []) {
      const key = KEYS[name]
        .map((column) => entry.cells[column] ?? '')
        .join(' ')
        .trim();
      const first = seen.get(key);
      const column = KEYS[name].at(name === 'people' ? 1 : -1) ?? '';
      if (first && key) report(entry, column, `“${key}”与第${first.row}行重复`, '只保留一行');
      else seen.set(key, entry);
    }
  }
}

/** A name or alias that means two units. */
function checkNames(units: Entry[], report: Report): void {
  const owners = new Map<string, string>();
  for (const entry of units.filter(({ cells }) => !cells['上级'])) {
    const unit = entry.cells['单位'] ?? '';
    for (const name of [unit, ...splitCell(entry.cells['别名'] ?? '')]) {
      const owner = owners.get(name) ?? unit;
      if (owner !== unit)
        report(entry, name === unit ? '单位' : '别名', `名称“${name}”已属于“${owner}”`, '只保留其中一处');
      owners.set(name, owner);
    }
  }
}

/** An account of two persons; a deputy who is not a colleague. */
function checkPeople(people: Entry[], report: Report): void {
  const owners = new Map<string, string>();
  const persons = new Set(people.map(({ cells }) => `${cells['单位'] ?? ''} ${cells['姓名'] ?? ''}`));
  for (const entry of people) {
    const { 姓名: name = '', 单位: unit = '', 代理人: deputy = '', 账号: accounts = '' } = entry.cells;
    const person = `${unit} ${name}`;
    for (const account of splitCell(accounts)) {
      const owner = owners.get(account) ?? person;
      if (owner !== person) report(entry, '账号', `账号“${account}”已属于“${owner}”`, '只保留其中一处');
      owners.set(account, owner);
    }
    if (deputy === '') continue;
    if (deputy === name) report(entry, '代理人', `“${deputy}”是本人`, '写本单位另一人的姓名,没有的留空');
    else if (!persons.has(`${unit} ${deputy}`))
      report(entry, '代理人', `${unit}的人员中没有“${deputy}”`, '写本单位另一人的姓名,没有的留空');
  }
}
