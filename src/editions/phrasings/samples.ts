/** What was generated, as a workbook in which the 编办 marks what is to be struck. */
import type { SheetData } from 'write-excel-file/node';
import { rowKey, type Row } from '../../core/domain.js';
import { headCell, textCell } from '../../files/text-cell.js';
import { readGrids } from '../../files/read-grids.js';
import { rowFinder, type Proposal } from './checks.js';

const HEADER = ['序号', '事项', '生成的问法', '划去(填“是”)'];
const WIDTHS = [18, 36, 50, 14];

export async function renderSampleBook(rows: Row[]): Promise<Uint8Array> {
  const data: SheetData = [
    HEADER.map(headCell),
    ...rows.flatMap((row) =>
      (row.generated ?? []).map((text) => [
        textCell(rowKey(row)),
        textCell(row.matter),
        textCell(text),
        null,
      ]),
    ),
  ];
  const sheet = { data, sheet: '生成的问法', columns: WIDTHS.map((width) => ({ width })) };
  const { default: writeWorkbook } = await import('write-excel-file/node');
  return new Uint8Array(await writeWorkbook([sheet]).toBuffer());
}

/** The marked lines, each with its row or with what is wrong. */
export async function readStruck(
  name: string,
  bytes: Uint8Array,
  rows: Row[],
): Promise<{ row: Row | string; named: Proposal }[]> {
  const { grids } = await readGrids(name, bytes, () => 0);
  const find = rowFinder(rows);
  return grids.flatMap((grid) => {
    const lines = grid.rows.map(({ row, cells }) => ({
      row,
      textAt: (column: number) => cells.find((cell) => cell.column === column)?.text.trim() ?? '',
    }));
    const header = lines.findIndex(({ textAt }) => textAt(2) === HEADER[2] && textAt(3).startsWith('划去'));
    if (header < 0) return [];
    return lines.slice(header + 1).flatMap(({ row: line, textAt }) => {
      if (/^$|^(?:否|不|n|no|0)$/i.test(textAt(3))) return [];
      const named = { number: textAt(0), title: textAt(1), text: textAt(2), where: `第${line}行` };
      return [{ row: find(named), named }];
    });
  });
}
