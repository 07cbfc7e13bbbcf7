/** Phrasings out of a table, of a workbook or of a model's answer: 序号, 事项, and any number of columns of phrasings. */
import type { Proposal } from './checks.js';
import { splitPhrasings } from './split.js';

type TableRow = { cells: string[]; where: string };

const COLUMNS = {
  number: /^(?:序号|编号|事项序号|number|no\.?|id|key)$/i,
  title: /^(?:事项|事项名称|标题|名称|title|matter|name)$/i,
  phrasing: /^(?:问法|口语问法|生成的?问法|说法|phrasings?|questions?)\s*(?:[\d一二三四五六七八九十]{0,2})$/i,
};

/** Null where no line is a header with all three. A number that stands once is for the lines below it too. */
export function readTable(rows: TableRow[]): Proposal[] | null {
  const at = rows.findIndex(({ cells }) =>
    Object.values(COLUMNS).every((pattern) => cells.some((cell) => pattern.test(cell.trim()))),
  );
  const header = rows[at]?.cells.map((cell) => cell.trim());
  if (!header) return null;
  const columnOf = (pattern: RegExp) => header.findIndex((cell) => pattern.test(cell));
  const [numberAt, titleAt] = [columnOf(COLUMNS.number), columnOf(COLUMNS.title)];
  const phrasingsAt = header.flatMap((cell, column) => (COLUMNS.phrasing.test(cell) ? [column] : []));
  const proposals: Proposal[] = [];
  let named = { number: '', title: '' };
  for (const { cells, where } of rows.slice(at + 1)) {
    if (cells.every((cell) => /^[\s:=-]*$/.test(cell))) continue;
    const [number = '', title = ''] = [cells[numberAt]?.trim(), cells[titleAt]?.trim()];
    if (number !== '' || title !== '') named = { number, title };
    for (const column of phrasingsAt)
      for (const text of splitPhrasings(cells[column] ?? '')) proposals.push({ ...named, text, where });
  }
  return proposals;
}
