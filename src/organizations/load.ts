/** Reads the county's directory from its folder. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Role, Village } from '../core/domain.js';
import { BotError } from '../core/errors.js';
import { columnLetter, problemText, type Problem } from '../files/problem.js';
import { readYaml } from '../files/yaml.js';
import { readCsv, type TableRow } from '../files/csv/strict-table.js';
import { toLocal } from '../calendar/local.js';
import { teamName, type Directory } from './directory.js';
import { organizationsOf, splitCell } from './units-rows.js';
import { shiftOf, shiftProblem } from './roster.js';
import { STAFFING_COLUMNS, staffingOf, staffingProblems } from './staffing.js';
import { directoryOn, tenureProblems, type DirectorySource, type Tenure } from './tenure.js';
import { type Conversation, isPlatform } from '../core/chat.js';

export const ROLES: Record<string, Role> = {
  乡镇干部: 'township-cadre',
  乡镇领导: 'township-leader',
  部门经办: 'department-officer',
  部门负责人: 'department-head',
  编办: 'list-office',
  督办: 'deadline-office',
  管理员: 'administrator',
  县领导: 'county-leader',
};

/** Columns that came later; a folder without them stays as it is. */
const PHONES = ['电话', '值班电话'];

const CountyFile = z.strictObject({ county: z.string().min(2), city: z.string() });

/**
 * The directory of a folder as it is on the day of `now`, or with everybody whatever their dates.
 * @throws BotError 'DATA' with one line a problem.
 */
export const loadDirectory = (dir: string, now?: number): Directory =>
  directoryOn(loadDirectorySource(dir), now === undefined ? null : toLocal(now).date);

/**
 * Reads `county.yaml`, `departments.csv`, `townships.csv`, `offices.csv`, `posts.csv`, `people.csv` of a folder.
 * @throws BotError 'DATA' with one line a problem.
 */
export function loadDirectorySource(dir: string): DirectorySource {
  const problems: Problem[] = [];
  const county = readYaml(
    join(dir, 'county.yaml'),
    CountyFile,
    '补上或对照示例改正该文件,或检查 KNOWLEDGE_DIR',
  ).county;
  const table = (
    name: string,
    header: string[],
    added: string[] = [],
  ): { file: string; rows: TableRow[] } => {
    const file = join(dir, name);
    const { table: read, problems: found } = readCsv(file, readBytes(file));
    problems.push(...found);
    // Columns that came later may be missing.
    const isShort = read?.header.join() === [...header, ...added].slice(0, read?.header.length).join();
    if (read && (!isShort || read.header.length < header.length))
      problems.push({
        file,
        row: 1,
        column: '',
        message: `表头是“${read.header.join('、')}”`,
        remedy: `改为“${header.join('、')}”`,
      });
    return { file, rows: read?.rows ?? [] };
  };
  const departments = table('departments.csv', ['单位', '别名', '类型'], PHONES);
  const townships = table('townships.csv', ['乡镇街道', '别名', '类别'], PHONES);
  const offices = table('offices.csv', ['所属', '机构', '类型', '别名'], PHONES);
  const posts = table('posts.csv', ['所属', '机构', '岗位', '承担事项']);
  const people = table(
    'people.csv',
    ['姓名', '单位', '机构', '岗位', '角色', '账号'],
    ['代理人', '从', '至', '电话', '邮箱'],
  );
  const hasGroups = existsSync(join(dir, 'groups.csv'));
  const groups = hasGroups ? table('groups.csv', ['单位', '群']) : { file: '', rows: [] };

  const hasRoster = existsSync(join(dir, 'roster.csv'));
  const roster = hasRoster
    ? table('roster.csv', ['单位', '日期', '班次', '姓名', '电话'])
    : { file: '', rows: [] };

  const hasStaffing = existsSync(join(dir, 'staffing.csv'));
  const staffed = hasStaffing ? table('staffing.csv', [...STAFFING_COLUMNS]) : { file: '', rows: [] };
  const hasVillages = existsSync(join(dir, 'villages.csv'));
  const villages = hasVillages
    ? table('villages.csv', ['乡镇街道', '村', '联系人', '账号'], ['电话'])
    : { file: '', rows: [] };

  const organizations = organizationsOf(departments.rows, townships.rows, offices.rows);
  const known = new Set(organizations.filter((o) => !o.parent).map((o) => o.name));
  const teams = new Set(organizations.filter((o) => o.kind === 'team').map(teamName));
  const unknownUnit = (file: string, line: number, column: string, unit: string) => {
    if (!known.has(unit))
      problems.push({
        file,
        row: line,
        column,
        message: `单位“${unit}”不在名录中`,
        remedy: '先在 departments.csv 或 townships.csv 中增加该单位',
      });
  };
  for (const { file, rows } of [offices, posts])
    for (const { line, cells } of rows) unknownUnit(file, line, 'A', cells[0] ?? '');
  const takenBy = new Map<string, string>();
  /** Reports a name or an account that already means somebody else. */
  const claim = (
    where: { file: string; row: number; column: string },
    what: string,
    name: string,
    owner: string,
  ) => {
    const other = takenBy.get(`${what} ${name}`);
    if (other !== undefined && other !== owner)
      problems.push({
        ...where,
        message: `${what}“${name}”已属于“${other}”`,
        remedy: '只保留其中一处',
      });
    takenBy.set(`${what} ${name}`, owner);
  };
  for (const { file, rows } of [departments, townships])
    for (const { line, cells } of rows)
      for (const name of [cells[0] ?? '', ...splitCell(cells[1] ?? '')])
        claim({ file, row: line, column: 'B' }, '名称', name, cells[0] ?? '');
  const tenures: Tenure[] = [];
  for (const { line, cells } of people.rows) {
    const [name = '', organization = '', office = '', post = '', role = '', accounts = '', deputy = ''] =
      cells;
    const [from = '', until = '', telephone = '', email = ''] = cells.slice(7);
    unknownUnit(people.file, line, 'B', organization);
    const known = ROLES[role];
    if (!known)
      problems.push({
        file: people.file,
        row: line,
        column: 'E',
        message: `不认识角色“${role}”`,
        remedy: `可用的角色:${Object.keys(ROLES).join('、')}`,
      });
    for (const account of splitCell(accounts))
      claim({ file: people.file, row: line, column: 'F' }, '账号', account, `${organization}${name}`);
    for (const { column, message, remedy } of tenureProblems(from, until))
      problems.push({ file: people.file, row: line, column: column === '从' ? 'H' : 'I', message, remedy });
    tenures.push({
      person: {
        name,
        organization,
        ...(office && { office }),
        posts: post ? [post] : [],
        roles: known ? [known] : [],
        accounts: splitCell(accounts),
        ...(deputy && { deputy }),
        ...(telephone && { telephone }),
        ...(email && { email }),
      },
      ...(from && { from }),
      ...(until && { until }),
    });
  }
  const contacts = villages.rows.map(
    ({ line, cells: [township = '', name = '', contact = '', accounts = '', telephone = ''] }): Village => {
      unknownUnit(villages.file, line, 'A', township);
      for (const account of splitCell(accounts))
        claim({ file: villages.file, row: line, column: 'D' }, '账号', account, `${township}${name}`);
      return { name, township, contact, accounts: splitCell(accounts), ...(telephone && { telephone }) };
    },
  );
  const places: { unit: string; conversation: Conversation }[] = [];
  for (const { line, cells } of groups.rows) {
    const [unit = '', chats = ''] = cells;
    if (!teams.has(unit)) unknownUnit(groups.file, line, 'A', unit);
    for (const chat of splitCell(chats)) {
      const conversation = parseGroup(chat);
      if (conversation) places.push({ unit, conversation });
      else
        problems.push({
          file: groups.file,
          row: line,
          column: 'B',
          message: `不认识的群“${chat}”`,
          remedy: '写成 feishu:oc_…、telegram:-100… 或 wecom:群ID,多个用 | 隔开',
        });
    }
  }
  const shifts = roster.rows.flatMap(
    ({ line, cells: [unit = '', date = '', hours = '', name = '', phone = ''] }) => {
      unknownUnit(roster.file, line, 'A', unit);
      const wrong = shiftProblem(date, hours);
      if (!wrong) return [shiftOf(unit, date, name, hours, phone)];
      const { column, message, remedy } = wrong;
      problems.push({ file: roster.file, row: line, column: column === '日期' ? 'B' : 'C', message, remedy });
      return [];
    },
  );
  const staffing = staffed.rows.flatMap(({ line, cells }) => {
    const named = Object.fromEntries(STAFFING_COLUMNS.map((name, i) => [name, cells[i] ?? '']));
    unknownUnit(staffed.file, line, 'A', cells[0] ?? '');
    const wrong = staffingProblems(named);
    for (const { column, message, remedy } of wrong)
      problems.push({
        ...{ file: staffed.file, row: line, message, remedy },
        column: columnLetter(STAFFING_COLUMNS.indexOf(column)),
      });
    return wrong.length > 0 ? [] : [staffingOf(named)];
  });
  if (problems.length > 0) throw new BotError('DATA', problems.map(problemText).join('\n'));
  return {
    county,
    groups: places,
    roster: shifts,
    staffing,
    villages: contacts,
    organizations,
    tenures,
    posts: posts.rows.map(({ cells: [organization = '', office = '', name = '', carries = ''] }) => ({
      organization,
      office,
      name,
      carries: expandRows(carries),
    })),
  };
}

/** `feishu:oc_1` as the group chat that it names, or null. */
export function parseGroup(text: string): Conversation | null {
  const [, platform = '', chatId] = /^([a-z]+):(\S+)$/.exec(text) ?? [];
  return chatId && isPlatform(platform) ? { platform, chatId, isDirect: false } : null;
}

/** `duty/1-16|territorial-1/3` to the single row keys. */
function expandRows(carries: string): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const part of splitCell(carries)) {
    const match = /^(.+)\/(\d+)(?:-(\d+))?$/.exec(part);
    if (!match) {
      keys.add(part);
      continue;
    }
    const [, list = '', from = '', to = from] = match;
    for (let n = Number(from); n <= Number(to); n++) keys.add(`${list}/${n}`);
  }
  return keys;
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new BotError('DATA', `${file}:读不到这个文件。处理办法:补上该文件,或检查 KNOWLEDGE_DIR。`, {
      cause,
    });
  }
}
