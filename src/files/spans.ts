/** Which cell stands at a column of a physical row, merged areas from above and from the left included. */
import type { Cell, GridRow } from './grid.js';

export type Slot = {
  text: string;
  /** Physical row and column of the cell's top left, which may lie above or to the left. */
  row: number;
  column: number;
  isFormula: boolean;
  /** The grid it stands in: rows of each table of a document are counted from one. */
  grid: object;
};
export type Slots = { row: number; at(column: number): Slot | null };

export const isSameCell = (a: Slot | null, b: Slot | null): boolean =>
  a !== null && b !== null && a.grid === b.grid && a.row === b.row && a.column === b.column;

type Active = { cell: Cell; row: number };

const NONE: Active[] = [];
const covers = (cell: Cell, column: number): boolean =>
  cell.column <= column && cell.column + cell.colSpan > column;
const slotOf = (cell: Cell, row: number, grid: object): Slot => ({
  grid,
  text: cell.text,
  row,
  column: cell.column,
  isFormula: cell.isFormula === true,
});

/** Rows must come top down. Nothing is copied: 100,000 rows keep only their cells. */
export function createSpans(): { take(row: GridRow): Slots } {
  let active = NONE;
  const grid = {};
  return {
    take(row) {
      const above = active.filter(({ cell, row: top }) => top + cell.rowSpan > row.row);
      const own = row.cells.filter((cell) => cell.rowSpan > 1).map((cell) => ({ cell, row: row.row }));
      const isPlain = above.length === 0 && own.length === 0;
      active = isPlain ? NONE : [...own, ...above];
      const covered = above.length === 0 ? NONE : above;
      return {
        row: row.row,
        at(column) {
          const cell = row.cells.find((c) => covers(c, column));
          if (cell) return slotOf(cell, row.row, grid);
          const upper = covered.find((c) => covers(c.cell, column));
          return upper ? slotOf(upper.cell, upper.row, grid) : null;
        },
      };
    },
  };
}
