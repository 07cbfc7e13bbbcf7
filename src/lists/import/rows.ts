/** A table to rows of lists: finds the columns, splits units and their duties. */
import type { ListKind, Responsibility, Row } from '../../core/domain.js';
import { escapeRegExp } from '../../organizations/names.js';
import { columnLetter, type Problem, type Table } from './read.js';

const COLUMNS = {
  number: '序号',
  list: '清单',
  domain: '类别',
  matter: '事项名称',
  leadUnit: '主体责任单位',
  leadDuty: '主体责任',
  supportUnit: '配合单位',
  supportDuty: '配合责任',
  basis: '依据',
  askedAs: '问法',
} as const;
type ColumnName = keyof typeof COLUMNS;
const OPTIONAL: ReadonlySet<ColumnName> = new Set(['list', 'askedAs']);

/** A row with the title of the list that its 清单 cell names. */
export type ReadRow = { row: Row; listTitle: string; columns: Record<ColumnName, string> };

/** Several values in one cell stand behind each other with `|` or a line break. */
const splitStrict = (cell: string): string[] =>
  cell
    .split(/[|\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
/** A mark inside brackets belongs to the name: 县公安局(交警大队、治安大队). */
const UNIT_MARKS = /[|\n;\uff1b、,\uff0c/](?![^(\uff08]*[)\uff09])/;
const splitUnits = (cell: string): string[] =>
  cell
    .split(UNIT_MARKS)
    .map((part) => part.trim())
    .filter(Boolean);

/**
 * Pairs units with duties. Cells in use: one duty a unit in the same order (`|`, line breaks, or ; when the counts
 * agree), `单位:职责` for each unit, or one duty that all units share.
 */
export function pairDuties(unitCell: string, dutyCell: string): Responsibility[] {
  const units = splitUnits(unitCell);
  const only = units[0];
  if (only === undefined) return [];
  if (units.length === 1) return [{ unit: only, duty: stripUnit(dutyCell.replace(/\s*\n\s*/g, ' '), only) }];
  const byName = dutiesByName(units, dutyCell);
  if (byName) return byName;
  // A semicolon inside a duty is punctuation; it divides duties only where it divides the units too.
  const semicolons = /[;\uff1b]/.test(unitCell) ? [dutyCell.split(/[;\uff1b]/).map((p) => p.trim())] : [];
  for (const parts of [splitStrict(dutyCell), ...semicolons])
    if (parts.length === units.length)
      return units.map((unit, i) => ({ unit, duty: stripUnit(parts[i] ?? '', unit) }));
  return units.map((unit) => ({ unit, duty: dutyCell.trim() }));
}

/** `县公安局:查处` without its name; a name that goes on in a sentence stays. */
function stripUnit(duty: string, unit: string): string {
  const text = duty.trim();
  const rest = text.startsWith(unit) ? text.slice(unit.length).trimStart() : '';
  return /^[:\uff1a]/.test(rest) ? rest.slice(1).trim() : text;
}

/** True when the duty cell is divided into another number of duties than there are units. */
const hasOtherCount = (unitCell: string, dutyCell: string): boolean => {
  const duties = splitStrict(dutyCell).length;
  return (
    duties > 1 &&
    duties !== splitUnits(unitCell).length &&
    dutiesByName(splitUnits(unitCell), dutyCell) === null
  );
};

/** `县公安局:……;县水利局:……`: cuts where a known unit followed by a colon begins; null unless every unit is found. */
function dutiesByName(units: string[], dutyCell: string): Responsibility[] | null {
  const starts = units.map((unit) => {
    const at = [`${unit}:`, `${unit}\uff1a`]
      .flatMap((mark) => [...dutyCell.matchAll(new RegExp(escapeRegExp(mark), 'g'))].map((m) => m.index))
      // 会同县水利局: inside a sentence begins no duty.
      .filter((i) => i === 0 || /[;\uff1b。|\n\s]/.test(dutyCell[i - 1] ?? ''));
    return at.length > 0 ? Math.min(...at) : -1;
  });
  if (starts.some((start) => start < 0)) return null;
  const sorted = [...starts].sort((a, b) => a - b);
  return units.map((unit, i) => {
    const start = starts[i] ?? 0;
    const end = sorted.find((s) => s > start) ?? dutyCell.length;
    return {
      unit,
      duty: dutyCell
        .slice(start + unit.length + 1, end)
        .replace(/[;\uff1b|\s]+$/, '')
        .trim(),
    };
  });
}

/** 清单类型 from a title, where no manifest says it. */
export function kindOfTitle(title: string): ListKind {
  if (/赋权|行政执法事项/.test(title)) return 'delegated';
  if (/收回|上交|剥离/.test(title)) return 'reclaimed';
  if (/配合履职/.test(title)) return 'cooperative';
  if (/基本履职/.test(title)) return 'basic';
  if (/属地管理|主体责任|配合责任/.test(title)) return 'territorial';
  if (/职责任务|职责清单/.test(title)) return 'duty';
  return 'territorial';
}

export function readRows(
  file: string,
  table: Table,
  listId: string,
): { rows: ReadRow[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const at = new Map<ColumnName, number>();
  for (const [name, title] of Object.entries(COLUMNS) as [ColumnName, string][]) {
    const index = table.header.indexOf(title);
    if (index >= 0) at.set(name, index);
    else if (!OPTIONAL.has(name))
      problems.push({
        file,
        row: 1,
        column: '',
        message: `表头缺少“${title}”一列`,
        remedy: `首行应依次为:${Object.values(COLUMNS).join('、')}`,
      });
  }
  if (problems.length > 0) return { rows: [], problems };
  const columns = Object.fromEntries(
    (Object.keys(COLUMNS) as ColumnName[]).map((name) => [
      name,
      at.has(name) ? columnLetter(at.get(name) ?? 0) : '',
    ]),
  ) as Record<ColumnName, string>;
  const rows = table.rows.map(({ line, cells }): ReadRow => {
    const cell = (name: ColumnName): string => cells[at.get(name) ?? -1] ?? '';
    if (cells.length !== table.header.length)
      problems.push({
        file,
        row: line,
        column: '',
        message: `本行有 ${cells.length} 格,表头有 ${table.header.length} 格`,
        remedy: '检查是否多了或少了逗号;含逗号的文字须放在英文双引号内',
      });
    for (const [units, duties] of [
      ['leadUnit', 'leadDuty'],
      ['supportUnit', 'supportDuty'],
    ] as const)
      if (hasOtherCount(cell(units), cell(duties)))
        problems.push({
          file,
          row: line,
          column: columns[duties],
          message: `${splitUnits(cell(units)).length} 个单位,却有 ${splitStrict(cell(duties)).length} 条职责`,
          remedy: '单位与职责用“|”一一对应;几个单位共用一条职责的,只写一条',
        });
    return {
      listTitle: cell('list'),
      columns,
      row: {
        listId,
        number: cell('number'),
        domain: cell('domain'),
        matter: cell('matter'),
        lead: pairDuties(cell('leadUnit'), cell('leadDuty')),
        support: pairDuties(cell('supportUnit'), cell('supportDuty')),
        basis: splitStrict(cell('basis')),
        askedAs: splitStrict(cell('askedAs')),
        line,
      },
    };
  });
  return { rows, problems };
}
