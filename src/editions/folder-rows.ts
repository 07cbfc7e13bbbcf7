/** A table to rows of lists: finds the columns, splits units and their duties. */
import type { Row } from '../core/domain.js';
import { GUIDE_FIELD_IDS, GUIDE_FIELDS, type Guide } from '../core/guide.js';
import { columnLetter, type Problem } from '../files/problem.js';
import { hasOtherCount, pairDuties } from './import/pairing.js';
import type { Table } from '../files/csv/strict-table.js';
import { splitUnitNames } from './import/units.js';

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
/** A list of guides names who handles a matter, and has no duties. */
const GUIDE_COLUMNS: Partial<Record<ColumnName, string>> = { leadUnit: '办理单位' };
const NOT_IN_GUIDES: ReadonlySet<ColumnName> = new Set(['leadDuty', 'supportUnit', 'supportDuty']);

/** A row with the title of the list that its 清单 cell names. */
export type ReadRow = { row: Row; listTitle: string; columns: Record<ColumnName, string> };

/** Several values in one cell stand behind each other with `|` or a line break. */
const splitStrict = (cell: string): string[] =>
  cell
    .split(/[|\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
export function readRows(
  file: string,
  table: Table,
  listId: string,
): { rows: ReadRow[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const at = new Map<ColumnName, number>();
  const guideAt = GUIDE_FIELD_IDS.map((field) => [field, table.header.indexOf(GUIDE_FIELDS[field])] as const);
  const isGuide = guideAt.some(([, index]) => index >= 0);
  const wanted = Object.entries({ ...COLUMNS, ...(isGuide && GUIDE_COLUMNS) }).filter(
    ([name]) => !isGuide || !NOT_IN_GUIDES.has(name as ColumnName),
  ) as [ColumnName, string][];
  for (const [name, title] of wanted) {
    const index = table.header.indexOf(title);
    if (index >= 0) at.set(name, index);
    else if (!OPTIONAL.has(name))
      problems.push({
        file,
        row: 1,
        column: '',
        message: `表头缺少“${title}”一列`,
        remedy: `首行应有:${wanted.map((it) => it[1]).join('、')}`,
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
      if (hasOtherCount(cell(units), cell(duties), () => false))
        problems.push({
          file,
          row: line,
          column: columns[duties],
          message: `${splitUnitNames(cell(units), () => false).length} 个单位,却有 ${splitStrict(cell(duties)).length} 条职责`,
          remedy: '单位与职责用“|”一一对应;几个单位共用一条职责的,只写一条',
        });
    const guide: Guide = Object.fromEntries(
      guideAt.flatMap(([field, index]) => (cells[index]?.trim() ? [[field, cells[index]?.trim()]] : [])),
    );
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
        ...(isGuide && { guide }),
        askedAs: splitStrict(cell('askedAs')),
        line,
      },
    };
  });
  return { rows, problems };
}
