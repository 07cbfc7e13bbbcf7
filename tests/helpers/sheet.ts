/** A sheet as it is read from a file of any kind. */
import type { Grid } from '../../src/files/grid.js';

/** Texts row by row; no cell spans another. */
export const sheetGrid = (name: string, rows: readonly (readonly string[])[]): Grid => ({
  name,
  kind: 'sheet',
  before: [],
  isHidden: false,
  rows: rows.map((cells, i) => ({
    row: i + 1,
    cells: cells.map((text, column) => ({ text, column, rowSpan: 1, colSpan: 1 })),
  })),
});
