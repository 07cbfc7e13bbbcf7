/** The staffing table (编制): rows of the file to what is told of a unit, and what is wrong with a row. Pure. */
import { isDate } from '../calendar/local.js';
import type { Staffing } from '../core/domain.js';

/** Columns of staffing.csv. */
export const STAFFING_COLUMNS = [
  ...(['单位', '编制类别', '核定', '实有', '空缺', '用编计划', '年度', '数据日期', '依据'] as const),
] as const;
type Column = (typeof STAFFING_COLUMNS)[number];
type Cells = Partial<Record<Column, string>>;

const COUNT = /^\d{1,6}$/;
const YEAR = /^20\d{2}$/;
const countOf = (text = ''): number => Number(text);

/** Every column that is wrong, with what is wrong and what to write. */
export function staffingProblems(cells: Cells): { column: Column; message: string; remedy: string }[] {
  const problems: { column: Column; message: string; remedy: string }[] = [];
  const wrong = (column: Column, message: string, remedy: string) =>
    problems.push({ column, message, remedy });
  for (const column of ['核定', '实有'] as const)
    if (!COUNT.test(cells[column] ?? ''))
      wrong(column, `“${cells[column] ?? ''}”不是人数`, '写成 0 或正整数,不带单位');
  if (cells['用编计划'] && !COUNT.test(cells['用编计划']))
    wrong('用编计划', `“${cells['用编计划']}”不是人数`, '写成 0 或正整数,没有的留空');
  if (!cells['编制类别']) wrong('编制类别', '“编制类别”是空的', '写明行政编制、事业编制等');
  if (!YEAR.test(cells['年度'] ?? ''))
    wrong('年度', `“${cells['年度'] ?? ''}”不是年度`, '写成 2026 这样的年度');
  if (!isDate(cells['数据日期'] ?? ''))
    wrong('数据日期', `“${cells['数据日期'] ?? ''}”不是日期`, '写成 2026-10-31 这样的日期');
  if (!cells['依据']) wrong('依据', '“依据”是空的', '写明核定编制的文件和文号');
  const vacant = cells['空缺'] ?? '';
  if (problems.length === 0 && vacant !== '' && vacant !== String(vacancyIn(cells)))
    wrong('空缺', `空缺是“${vacant}”,核定减实有是 ${vacancyIn(cells)}`, '核对三个数;空缺可以留空,由程序计算');
  return problems;
}

/** Nobody is wanted where more are there than were granted. */
const vacancyIn = (cells: Cells): number => Math.max(0, countOf(cells['核定']) - countOf(cells['实有']));

/** Of a row that has no problem. */
export const staffingOf = (cells: Cells): Staffing => ({
  unit: cells['单位'] ?? '',
  category: cells['编制类别'] ?? '',
  approved: countOf(cells['核定']),
  actual: countOf(cells['实有']),
  planned: cells['用编计划'] ? countOf(cells['用编计划']) : null,
  year: countOf(cells['年度']),
  asOf: cells['数据日期'] ?? '',
  source: cells['依据'] ?? '',
});
