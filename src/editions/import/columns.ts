/** Finds the header of a table and says what each of its columns holds. */
import type { GridRow } from '../../files/grid.js';
import {
  countForeignLabels,
  isDividing,
  isTownshipLabel,
  meaningOf,
  normalizeLabel,
  type Meaning,
  type SimpleField,
} from './headers.js';
import { asPrinted } from './asking-labels.js';
import { isUnitColumn } from './unit-labels.js';
import { settle, type Column, type Mapping, type Party } from './mapping.js';
import { columnLetter } from '../../files/problem.js';
import { GUIDE_FIELDS, isGuideField, type GuideField } from '../../core/guide.js';
import { GUIDE_FLAGS, guideFieldOf } from './guide-columns.js';

/** `rows`: the physical header rows. `end`: the last column, where a table of another kind stands beside. */
export type Header = { rows: number[]; columns: Column[]; key: string; end?: number };

type Labelled = { index: number; span: number; text: string; rowSpan: number };

const labelsOf = (row: GridRow): Labelled[] =>
  row.cells
    .filter((cell) => cell.text.trim() !== '')
    .map((cell) => ({ index: cell.column, span: cell.colSpan, text: cell.text, rowSpan: cell.rowSpan }));

/** Below a group header stand only labels, never numbers or sentences. */
const isLabel = (text: string): boolean => {
  const label = normalizeLabel(text);
  return label.length <= 24 && !/^[\d.]+$/.test(label) && !/[。;]/.test(label);
};

/**
 * @param storeys the labels of each header row, top down; a label below others bears the names of the groups above it.
 */
function columnsOf(storeys: Labelled[][]): Column[] {
  /** The label of a storey above that lies over a column, where its cell does not itself go down to the storey below. */
  const groupOf = (at: number, index: number, storey: number): Labelled | undefined => {
    const group = storeys[at]?.findLast((cell) => cell.index <= index && at + cell.rowSpan <= storey);
    return group && (group.span === 1 || index < group.index + group.span) ? group : undefined;
  };
  const groups = new Set<Labelled>();
  const named = storeys.flatMap((cells, storey) =>
    cells.map((cell) => {
      const above = storeys.slice(0, storey).flatMap((_, at) => groupOf(at, cell.index, storey) ?? []);
      for (const group of above) groups.add(group);
      return { cell, above: above.map(({ text }) => text).join('/') };
    }),
  );
  return named
    .filter(({ cell }) => !groups.has(cell))
    .map(({ cell, above }) => ({
      index: cell.index,
      label: normalizeLabel(above ? `${above}/${cell.text}` : cell.text),
      meaning: meaningOf(cell.text, above),
    }))
    .sort((a, b) => a.index - b.index);
}

const isLoose = (meaning: Meaning): boolean => 'isLoose' in meaning && meaning.isLoose === true;
const has = (columns: Column[], field: Meaning['field'], isFirm = false): boolean =>
  columns.some(
    ({ meaning }) =>
      meaning?.field === field && !isLoose(meaning) && !(isFirm && 'isWeak' in meaning && meaning.isWeak),
  );

/** A header names the matter for certain and one thing more, or the number and a matter by a weak word and a unit. */
function isHeader(columns: Column[]): boolean {
  const known = new Set(columns.flatMap((c) => (c.meaning && !isLoose(c.meaning) ? [c.meaning.field] : [])));
  if (has(columns, 'matter', true)) return known.size >= 2;
  // 县公安局 | 县水利局: a matrix.
  const named = columns.filter(({ meaning }) => meaning?.field === 'party' && meaning.headerUnit);
  const isParty = has(columns, 'party', true) || named.length >= 2;
  const hasDoers = columns.some(
    ({ meaning, label }) =>
      meaning?.field === 'party' &&
      (meaning.content === 'unit'
        ? /责任|履责|履职|承办|承担|落实|主管|监管|负责|处置|实施|提供/
        : /分工$|责任(单位|部门|主体)(及|和|与|、)/
      ).test(asPrinted(label)),
  );
  const labels = columns.map((column) => column.label);
  const units = labels.filter(isUnitColumn);
  if (has(columns, 'matter')) {
    // 具体任务, 教体局, 公安局, 镇街: a matrix without numbers.
    if (units.length > 2 || units.filter((label) => label.includes('/')).length > 1) return true;
    // 编码, 履职内容, 主要依据: a list that names nobody.
    const isOfTasks = columns.some(
      ({ meaning, label }) => meaning?.field === 'matter' && /履职|职责|职权|事项/.test(label),
    );
    if (has(columns, 'number'))
      return isParty || hasDoers || has(columns, 'category') || (isOfTasks && has(columns, 'basis'));
    // 大类, 小类, 责任单位: a list without numbers.
    return (isParty || hasDoers) && has(columns, 'category') && countForeignLabels(labels) === 0;
  }
  // 序号, 整治内容, 责任分工.
  const isLooseMatter = ({ meaning, label }: Column) =>
    meaning !== null && isLoose(meaning) && /内容$/.test(label);
  if (has(columns, 'number') && hasDoers && columns.some(isLooseMatter)) return true;
  // Units and duties for certain: what the matter is called, the cells below tell.
  return isParty && has(columns, 'number') && columns.length >= 4 && countForeignLabels(labels) === 0;
}

const keyOf = (columns: Column[]): string => columns.map((c) => `${c.index}:${c.label}`).join('|');

/** Every header has one short label of these; most rows of data are let go at once. */
const MAY_BE_HEADER =
  /^.{0,16}(事项|名称|职责|责任|单位|部门|任务|项目|内容|职权|权力|什么|啥|怎么|哪|谁|的事|的活|牵头|配合).{0,10}$/;

/** 责任划分 over 主体责任 over 单位 is the most that is printed. */
const MAX_STOREYS = 3;

/** The header that begins at `rows[at]`, or null. */
export function headerAt(rows: GridRow[], at: number): Header | null {
  const row = rows[at];
  if (!row) return null;
  const { own: top, end } = withoutSideTable(labelsOf(row));
  if (top.length < 2 || !top.every(({ text }) => normalizeLabel(text).length <= 60)) return null;
  if (!top.some(({ text }) => MAY_BE_HEADER.test(normalizeLabel(text)))) return null;
  const make = (columns: Column[], count: number): Header => ({
    rows: rows.slice(at, at + count).map((r) => r.row),
    columns,
    key: keyOf(columns),
    ...(end !== undefined && { end }),
  });
  const storeys = [top];
  for (let count = 1; count < MAX_STOREYS; count++) {
    const next = rows[at + count];
    if (next?.row !== row.row + count) break;
    const below = labelsOf(next).filter(({ index }) => end === undefined || index <= end);
    if (!isStorey(below, storeys)) break;
    storeys.push(below);
  }
  for (; storeys.length > 1; storeys.pop()) {
    const columns = columnsOf(storeys);
    const last = storeys.at(-1) ?? [];
    const named = columns.filter(
      (c) =>
        last.some((sub) => sub.index === c.index) &&
        (c.meaning ?? guideFieldOf(c.label) ?? (isTownshipLabel(c.label) || isUnitColumn(c.label))),
    );
    if (named.length > 0 && isHeader(columns)) return make(columns, storeys.length);
  }
  const one = columnsOf([top]);
  return isHeader(one) ? make(one, 1) : null;
}

/** Whether a row goes on dividing the labels above it. */
function isStorey(below: Labelled[], storeys: Labelled[][]): boolean {
  const [first] = below;
  if (!first || !below.every(({ text }) => isLabel(text))) return false;
  // A third row is one only by words of its own: what stands below two rows is mostly the first row of data.
  if (storeys.length > 1 && !below.every(({ text }) => isDividing(text))) return false;
  // The number and the matter have no second row: their cells go down, or are blank below (CSV).
  const isCut = storeys.flat().some((cell) => {
    const meaning = meaningOf(cell.text);
    const isWhole =
      meaning?.field === 'number' || (meaning?.field === 'matter' && !meaning.isWeak && cell.span === 1);
    return isWhole && below.some((sub) => sub.index === cell.index);
  });
  // 大项, 小项, each over 序号 and 名称: the first of them is divided as well.
  const [top] = storeys[0] ?? [];
  return !isCut && (first.index > (top?.index ?? 0) || (top !== undefined && top.span > 1));
}

/** A list beside which contacts are printed: what stands behind an empty column and is no list is another table. */
function withoutSideTable(labels: Labelled[]): { own: Labelled[]; end?: number } {
  for (const [at, label] of labels.entries()) {
    const before = labels[at - 1];
    const end = before && before.index + before.span - 1;
    if (end === undefined || label.index <= end + 1 || at < 3) continue;
    if (countForeignLabels(labels.slice(at).map(({ text }) => text)) > 0)
      return { own: labels.slice(0, at), end };
  }
  return { own: labels };
}

/** A header whose words nobody knows; its columns are given by hand. */
export function plainHeader(row: GridRow): Header {
  const columns = columnsOf([labelsOf(row)]);
  return { rows: [row.row], columns, key: keyOf(columns) };
}

/** How many cells of a row are known labels: tells the delimiter of a CSV file. */
export const countLabels = (cells: string[]): number =>
  cells.filter((text) => meaningOf(text) !== null).length;

const FLAG_NAMES: Record<
  string,
  SimpleField | GuideField | 'leadUnit' | 'leadDuty' | 'lead' | 'supportUnit' | 'supportDuty' | 'support'
> = {
  ...GUIDE_FLAGS,
  ...{ 序号: 'number', 类别: 'category', 事项名称: 'matter', 依据: 'basis', 清单: 'list', 批次: 'batch' },
  ...{ 范围: 'scope', 主体责任单位: 'leadUnit', 主体责任: 'leadDuty', 主体单位及责任: 'lead' },
  ...{ 配合单位: 'supportUnit', 配合责任: 'supportDuty', 配合单位及责任: 'support', 问法: 'askedAs' },
};
const FIELDS = new Set<string>([...Object.values(FLAG_NAMES), 'note', 'sub']);

export type Corrections = Record<string, string>;

/** `number=A,matter=C` to field names and letters. @throws Error with the part that is wrong. */
export function parseCorrections(text: string): Corrections {
  const corrections: Corrections = {};
  for (const part of text.split(/[,\uff0c]/)) {
    const [name = '', letter = ''] = part.split('=').map((p) => p.trim());
    const field = FLAG_NAMES[name] ?? name;
    if (!FIELDS.has(field) || !/^([A-Za-z]{1,3}|-)$/.test(letter)) throw new Error(part.trim());
    corrections[field] = letter.toUpperCase();
  }
  return corrections;
}

export const CORRECTION_FIELDS = Object.entries(FLAG_NAMES)
  .map(([chinese, field]) => `${field}(${chinese})`)
  .join('、');

/** Applies corrections by column letter; `-` takes a column away. */
export function correctMapping(mapping: Mapping, corrections: Corrections): Mapping {
  const simple = { ...mapping.simple };
  let guide = mapping.guide ?? [];
  let parties = mapping.parties.map((party) => ({ ...party }));
  const indexOf = (letter: string): number | undefined => {
    if (letter === '-') return undefined;
    return [...letter].reduce((sum, c) => sum * 26 + c.charCodeAt(0) - 64, 0) - 1;
  };
  const taken = new Set(Object.values(corrections).map(indexOf));
  for (const [field, index] of Object.entries(simple) as [SimpleField, number][])
    if (taken.has(index)) delete simple[field];
  guide = guide.filter(({ index, field }) => !taken.has(index) && corrections[field] === undefined);
  for (const role of ['lead', 'support'] as const) {
    const given = {
      unit: corrections[`${role}Unit`],
      duty: corrections[`${role}Duty`],
      both: corrections[role],
    };
    const changes = Object.entries(given).filter(([, letter]) => letter !== undefined);
    const old = parties.find((party) => party.role === role);
    if (changes.length === 0) {
      // A column that was given to the other side is no longer read on this one.
      parties = parties.flatMap((party) => (party.role === role ? without(party, taken) : [party]));
      continue;
    }
    const party: Party = { role, isGiven: true, ...(old?.headerUnit && { headerUnit: old.headerUnit }) };
    if (given.both === undefined && old) Object.assign(party, { unit: old.unit, duty: old.duty ?? old.both });
    for (const [key, letter] of changes) Object.assign(party, { [key]: indexOf(letter ?? '-') });
    const isEmpty = party.unit === undefined && party.duty === undefined && party.both === undefined;
    parties = [...parties.filter((p) => p.role !== role), ...(isEmpty ? [] : [settle(clean(party))])];
  }
  for (const [field, letter] of Object.entries(corrections)) {
    if (/^(lead|support)/.test(field)) continue;
    const index = indexOf(letter);
    if (isGuideField(field)) {
      if (index !== undefined) guide = [...guide, { field, index, label: GUIDE_FIELDS[field] }];
    } else if (index === undefined) delete simple[field as SimpleField];
    else simple[field as SimpleField] = index;
  }
  return { simple, parties, ...(guide.length > 0 && { guide }) };
}

function without(party: Party, taken: ReadonlySet<number | undefined>): Party[] {
  const rest = { ...party };
  for (const key of ['unit', 'duty', 'both'] as const)
    if (rest[key] !== undefined && taken.has(rest[key])) delete rest[key];
  const isEmpty = rest.unit === undefined && rest.duty === undefined && rest.both === undefined;
  return isEmpty ? [] : [settle(rest)];
}

const clean = (party: Party): Party =>
  Object.fromEntries(Object.entries(party).filter(([, value]) => value !== undefined)) as Party;

const FIELD_TITLES: Record<SimpleField, string> = {
  ...{ number: '序号', category: '类别', matter: '事项名称', basis: '依据', list: '清单', batch: '批次' },
  ...{ scope: '范围', askedAs: '问法', note: '备注', sub: '子项' },
};

/** What a person reads of a mapping: column letter and meaning, in the order of the columns. */
export function describeMapping({
  simple,
  parties,
  guide = [],
  matrix,
}: Mapping): { letter: string; index: number; title: string }[] {
  const titles: [number, string][] = Object.entries(simple).map(([field, index]) => [
    index,
    FIELD_TITLES[field as SimpleField],
  ]);
  for (const { field, index } of guide) titles.push([index, GUIDE_FIELDS[field]]);
  for (const { role, unit, duty, both, headerUnit } of parties) {
    const who = role === 'lead' ? '主体责任' : '配合责任';
    if (unit !== undefined) titles.push([unit, `${who}单位`]);
    if (duty !== undefined) titles.push([duty, who]);
    if (both !== undefined) titles.push([both, headerUnit ? `${who}(${headerUnit})` : `${who}单位及职责`]);
  }
  for (const { index, unit } of matrix?.columns ?? []) titles.push([index, `${unit}(按标记)`]);
  return titles
    .sort((a, b) => a[0] - b[0])
    .map(([index, title]) => ({ index, letter: columnLetter(index), title }));
}
