/** What must hold before a list may answer anybody. */
import { traitsOf, type ListKind } from '../core/list-kinds.js';
import type { Directory } from '../organizations/directory.js';
import { isTownshipUnit } from '../organizations/names.js';
import type { Problem } from '../files/problem.js';
import type { ReadRow } from './folder-rows.js';

export const EMPTY_GUIDE = '没有写明申请材料、办理流程、办理地点等任何一项';
export const EMPTY_GUIDE_REMEDY = '按印发的办事指南补上;不是办事指南的,改正清单类型';

/**
 * Problems of one list file. With a directory, units it does not know are problems too; without one the list brings
 * its own units (a county's first list).
 */
export function checkRows(
  file: string,
  rows: ReadRow[],
  kindOf: (row: ReadRow) => ListKind,
  directory: Directory | null,
): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  for (const read of rows) {
    const { row, columns } = read;
    const report = (column: string, message: string, remedy: string) =>
      problems.push({ file, row: row.line, column, message, remedy });
    if (!row.number) report(columns.number, '缺少序号', '按印发文本补上序号');
    const key = `${read.listTitle}\n${row.number}`;
    const earlier = seen.get(key);
    if (row.number && earlier !== undefined)
      report(columns.number, `序号“${row.number}”与第${earlier}行重复`, '核对印发文本,改正其中一行的序号');
    seen.set(key, row.line);
    if (!row.matter) report(columns.matter, '缺少事项名称', '按印发文本补上事项名称');
    const kind = kindOf(read);
    const { missingLead, hasLeadDuties, isGuide } = traitsOf(kind);
    if (isGuide && Object.keys(row.guide ?? {}).length === 0) report('', EMPTY_GUIDE, EMPTY_GUIDE_REMEDY);
    if (row.lead.length === 0 && missingLead !== null)
      report(columns.leadUnit, missingLead, '按印发文本补上单位;没有的,请先报编办确定');
    for (const { unit, duty } of row.lead)
      if (!duty && hasLeadDuties)
        report(columns.leadDuty, `“${unit}”没有写明主体责任`, '按印发文本补上该单位的职责');
    for (const { unit, duty } of row.support)
      if (!duty) report(columns.supportDuty, `“${unit}”没有写明配合责任`, '按印发文本补上该单位的配合责任');
    for (const [column, parts] of [
      [columns.leadUnit, row.lead],
      [columns.supportUnit, row.support],
    ] as const)
      for (const { unit } of parts) {
        if (!directory || isTownshipUnit(unit) || directory.resolve(unit)) continue;
        const near = directory.nearest(unit);
        report(
          column,
          `单位“${unit}”不在机构名录中`,
          near.length > 0
            ? `是否为“${near.join('”或“')}”?请改用名录中的名称,或在机构名录中增加该单位`
            : '请改用名录中的名称,或在机构名录中增加该单位',
        );
      }
  }
  if (rows.length === 0)
    problems.push({ file, row: 0, column: '', message: '没有读到任何事项', remedy: '确认这是清单文件' });
  return problems;
}
