/** Rows of a Word table to a grid: cells merged down, and columns that differ by a hair made one. */
import type { DocxCell, DocxRow, DocxTable } from './docx-body.js';
import { isStruckRow, type Cell, type GridRow } from '../grid.js';

/** Two cells whose edges differ by less were drawn as one edge by hand: 2 mm, in twentieths of a point. */
const SAME_EDGE = 113;

type Placed = { start: number; end: number } & Omit<DocxCell, 'span'>;

function place(row: DocxRow): Placed[] {
  let start = row.gridBefore;
  return row.cells.map(({ span, ...cell }) => {
    const placed = { ...cell, start, end: start + span };
    start += span;
    return placed;
  });
}

/** Printed column of each edge: only edges that some cell has count, near ones count once. */
function columnsOf(rows: Placed[][], widths: number[]): Map<number, number> {
  const cells = rows.flat();
  const edges = [...new Set(cells.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const cellBetween = new Set(cells.map(({ start, end }) => `${start}-${end}`));
  const at = [0];
  for (const width of widths) at.push((at.at(-1) ?? 0) + width);
  const columns = new Map<number, number>();
  let column = -1;
  let group: number[] = [];
  for (const edge of edges) {
    const distance = (at[edge] ?? Infinity) - (at[group[0] ?? edge] ?? 0);
    const isSame =
      group.length > 0 && distance < SAME_EDGE && !group.some((other) => cellBetween.has(`${other}-${edge}`));
    if (!isSame) {
      column++;
      group = [];
    }
    group.push(edge);
    columns.set(edge, column);
  }
  return columns;
}

/** Merged cells appear once, at their top left. A hidden row is left out and its number returned in `hidden`. */
export function gridRows(table: DocxTable) {
  const placed = table.rows.map(place);
  const columns = columnsOf(placed, table.widths);
  const columnOf = (edge: number) => columns.get(edge) ?? edge;
  const rows: GridRow[] = [];
  const hidden: number[] = [];
  const struck: { row: number; column: number }[] = [];
  /** Cells that may go on in the next row, by their first column. */
  let open = new Map<number, Cell>();
  for (const [at, cells] of placed.entries()) {
    if (table.rows[at]?.isHidden) {
      hidden.push(at + 1);
      continue;
    }
    const next = new Map<number, Cell>();
    const printed: Cell[] = [];
    for (const { text, start, end, merge, isStruck } of cells) {
      const column = columnOf(start);
      if (isStruck) struck.push({ row: at + 1, column });
      const above = merge === 'continue' ? open.get(column) : undefined;
      if (above) above.rowSpan++;
      const cell = above ?? { text, column, colSpan: Math.max(1, columnOf(end) - column), rowSpan: 1 };
      if (!above) printed.push(cell);
      if (merge) next.set(column, cell);
    }
    const isDeleted = isStruckRow(
      printed,
      cells.some(({ isStruck }) => isStruck),
    );
    rows.push({ row: at + 1, cells: isDeleted ? [] : printed });
    open = next;
  }
  return { rows, hidden, struck };
}
