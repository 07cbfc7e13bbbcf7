/** Whether the numbers of a list are there, each once, and in order. */
import type { Report } from './cross-checks.js';
import type { ListRow, ReadList } from './read-lists.js';
import { withoutGoingOn } from './lines.js';
import { cleanText } from './units.js';
import { shorten } from '../../text/shorten.js';

/** A second matter beside a number that goes on from the row above: the number may be that of a group. */
export function checkOtherMatters({ table, rows }: ReadList, problem: Report): void {
  const { number, matter } = table.mapping.simple;
  if (number === undefined || matter === undefined) return;
  for (const { source } of rows) {
    const texts = source.parts.map((part) => ({
      row: part.row,
      text: cleanText(withoutGoingOn(part.at(matter)?.text ?? '')),
    }));
    const first = texts.find(({ text }) => text !== '')?.text;
    const other = texts.find(({ text }) => text !== '' && text !== first);
    if (other)
      problem(
        other.row,
        matter,
        `同一序号下还有事项“${shorten(other.text, NAME_SHOWN)}”`,
        '序号是类别的序号的,用 number=- 或 number=列 指明事项的序号;是同一事项的,合并事项名称的单元格',
      );
  }
}
const NAME_SHOWN = 30;

/** Numbers may begin again with each category; inside one they must not repeat. */
export function checkNumbers(list: ReadList, problem: Report, warn: Report): void {
  const column = list.table.mapping.simple.number;
  if (column === undefined) {
    const [first] = list.rows;
    if (first)
      warn(
        first.row,
        undefined,
        `没有序号一栏,按先后编为1至${list.rows.length}`,
        '印发文本有序号的,用 number=列 指明',
      );
    return;
  }
  let seen = new Map<string, ListRow>();
  let category: string | null = null;
  let last: number | null = null;
  for (const row of list.rows) {
    const key = row.number
      .normalize('NFKC')
      .replace(/[\s()]/g, '')
      .replace(/[.、]{1,3}$/, '');
    // 1.2 follows 1.1, and 0201 may follow 0104: only plain numbers are counted.
    const value = /^(?:\d{1,3}|[1-9]\d{3})$/.test(key) ? Number(key) : null;
    if (row.category !== category) {
      const isRestart = key === '1' || key === '01' || key === '一';
      if (isRestart) {
        seen = new Map();
        last = null;
      }
      category = row.category;
    }
    if (!row.number) {
      problem(row.row, column, '缺少序号', '按印发文本补上序号');
      continue;
    }
    const earlier = seen.get(key);
    if (earlier) {
      problem(
        row.row,
        column,
        `序号“${row.number}”与第${earlier.row}行重复`,
        '核对印发文本,改正其中一行的序号',
      );
    } else {
      if (value !== null && last !== null && value > last + 1 && list.table.page === undefined)
        warn(row.row, column, `序号从“${last}”跳到“${row.number}”`, '核对是否漏了事项');
      if (value !== null) last = value;
    }
    seen.set(key, earlier ?? row);
  }
}
