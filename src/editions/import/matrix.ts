/** A column for each unit and a mark in its cells: ● leads, ○ takes part, as the legend says. */
import { isGenericTownship, isTownshipUnit } from '../../organizations/names.js';
import { normalizeLabel, type Role } from './headers.js';
import type { Matrix } from './mapping.js';
import { isNothing, type Entry } from './parties.js';
import type { ListTable, Matter } from './table-rows.js';
import { cleanUnit, isUnitName, type IsKnownUnit } from './units.js';

const FILLED = '●■▲★◆⬤';
const HOLLOW = '○□△☆◇◯〇';
const LEADS = /^(?:牵头|主办|主责|主抓|归口|主管|主要|主体|负责|承办|主|牵)(?:单位|部门|责任)?$/;
const HELPS =
  /^(?:配合|从责|帮办|搭手|会办|协办|协同|协助|参与|参加|成员|辅助|配|协|辅|参)(?:单位|部门|责任)?$/;
const MARK = new RegExp(`^(?:[${FILLED}${HOLLOW}◎√✓✔▽▼※＊*]|[A-Da-d])$`, 'u');

/** What stands in a cell instead of a mark. */
const WORD = 4;
const isMark = (text: string): boolean => MARK.test(text) || LEADS.test(text) || HELPS.test(text);

const textIn = (matter: Matter, index: number): string => {
  const text = normalizeLabel(matter.parts[0]?.at(index)?.text ?? '');
  return isNothing(text) || /^[×xX否]$/.test(text) ? '' : text;
};

/** Null where the table is none: two columns at least bear names of units, not all of townships, and hold nothing but marks. */
function matrixOf(table: ListTable, isKnown: IsKnownUnit): Matrix | null {
  const { header, mapping, matters } = table;
  const taken = new Set(Object.values(mapping.simple));
  const columns = header.columns.flatMap(({ index, label }) => {
    const unit = cleanUnit(label.split('/').at(-1) ?? '');
    if (taken.has(index) || !(isGenericTownship(unit) || isUnitName(unit, isKnown))) return [];
    const texts = matters.map((matter) => textIn(matter, index)).filter((text) => text !== '');
    return texts.every((text) => isMark(text) || text.length <= WORD) ? [{ index, unit, texts }] : [];
  });
  const all = columns.flatMap(({ texts }) => texts);
  const marks = new Set(all);
  const isOfDepartments = columns.some(({ unit }) => !isTownshipUnit(unit));
  if (columns.length < 2 || !isOfDepartments) return null;
  // ●○ or 次要 among marks is asked about.
  if (all.length === 0 || all.filter(isMark).length * 2 < all.length) return null;
  const roles = rolesOf(marks, [...table.lines, ...table.notes].map(normalizeLabel).join('\n'));
  return { columns, roles, unsure: [...marks].filter((mark) => !roles.has(mark)) };
}

/** A table with its columns of marks told apart from columns of duties. */
export function withMatrix(table: ListTable, isKnown: IsKnownUnit): ListTable {
  const matrix = matrixOf(table, isKnown);
  if (!matrix) return table;
  const isMarks = (column: number) => matrix.columns.some(({ index }) => index === column);
  const parties = table.mapping.parties.filter(
    ({ unit, duty, both }) => ![unit, duty, both].some((column) => column !== undefined && isMarks(column)),
  );
  return { ...table, mapping: { ...table.mapping, parties, matrix } };
}

/**
 * From the mark itself, from the legend; where neither tells any, from the habit that a filled mark leads where a hollow one
 * stands beside it.
 */
function rolesOf(marks: ReadonlySet<string>, legend: string): Map<string, Role> {
  const roles = new Map<string, Role>();
  const has = (kinds: string) => [...marks].some((mark) => kinds.includes(mark));
  const isPaired = has(FILLED) && has(HOLLOW);
  for (const mark of marks) {
    const at = legend.indexOf(mark);
    const [, told = ''] =
      /^[”"')\]]{0,2}(?:表示|代表|为|是|指|:|-|—|=){0,2}[“"'(]?(?:该项)?([\u4e00-\u9fff]{1,4})/.exec(
        at < 0 ? '' : legend.slice(at + mark.length),
      ) ?? [];
    const words = [mark, told, told.slice(0, 2)];
    const [, before = ''] =
      /([\u4e00-\u9fff]{2})(?:单位|部门)?(?:用|以|打|标|标注|为|:)?[“"'(]?$/.exec(
        legend.slice(0, Math.max(at, 0)),
      ) ?? [];
    if (told === '') words.push(before);
    if (words.some((word) => LEADS.test(word))) roles.set(mark, 'lead');
    else if (words.some((word) => HELPS.test(word))) roles.set(mark, 'support');
  }
  // A legend that leaves one of them out may mean a third thing by it.
  if (!isPaired || roles.size > 0) return roles;
  for (const mark of marks)
    if (FILLED.includes(mark)) roles.set(mark, 'lead');
    else if (HOLLOW.includes(mark)) roles.set(mark, 'support');
  return roles;
}

/** The units that a row marks, each with the role of its mark. */
export const markedEntries = (matter: Matter, { columns, roles }: Matrix): (Entry & { role: Role })[] =>
  columns.flatMap(({ index, unit }) => {
    const mark = textIn(matter, index);
    if (mark === '') return [];
    const row = matter.parts[0]?.row ?? 0;
    const at = { row, column: index, dutyRow: row, dutyColumn: index };
    return [{ unit, duty: '', role: roles.get(mark) ?? 'lead', ...at }];
  });
