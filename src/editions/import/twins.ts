/** Pages that are printed in halves side by side, `序号|事项|序号|事项`: each half becomes a table of its own. */
import type { Cell, Grid, GridRow } from '../../files/grid.js';
import { headerAt } from './columns.js';

/** `starts`: the first column of each half. */
type Halves = { at: number; count: number; starts: number[] };

const SEARCHED = 60;
const MOST = 3;
const LEAST_COLUMNS = 2;

/** Where the labels of a header are those of its left part over again, and one of them is a matter. */
function halvesOf(rows: GridRow[]): Halves | null {
  for (let at = 0; at < Math.min(rows.length, SEARCHED); at++) {
    const header = headerAt(rows, at);
    if (!header) continue;
    const { columns } = header;
    for (let parts = 2; parts <= MOST; parts++) {
      const size = columns.length / parts;
      const own = columns.slice(0, size);
      const isRepeated =
        Number.isInteger(size) &&
        size >= LEAST_COLUMNS &&
        own.some(({ meaning }) => meaning?.field === 'matter') &&
        columns.every(({ label }, i) => label === columns[i % size]?.label);
      if (!isRepeated) continue;
      const starts = Array.from({ length: parts }, (_, part) => columns[part * size]?.index ?? 0);
      return { at, count: header.rows.length, starts };
    }
    return null;
  }
  return null;
}

/** What of a cell lies in a half; a line of text over the whole width stands in each of them. */
const cut = (cells: Cell[], from: number, to: number): Cell[] =>
  cells.flatMap((cell) => {
    const [start, end] = [Math.max(cell.column, from), Math.min(cell.column + cell.colSpan, to)];
    return start < end ? [{ ...cell, column: start, colSpan: end - start }] : [];
  });

const widthOf = (rows: GridRow[]): number =>
  Math.max(0, ...rows.flatMap(({ cells }) => cells.map((cell) => cell.column + cell.colSpan)));

/** Grids with those of halves taken apart; a table that goes on without a header is taken apart like the one before it. */
export function splitTwins(grids: Grid[]): Grid[] {
  let open: { halves: Halves; header: GridRow[]; width: number } | null = null;
  return grids.flatMap((grid, place): Grid[] => {
    let rows = grid.rows;
    let halves = halvesOf(rows);
    const hasHeader = rows.slice(0, SEARCHED).some((_, at) => headerAt(rows, at));
    if (!halves && open && !hasHeader && grid.kind === 'table' && widthOf(rows) === open.width) {
      const { header } = open;
      const before = (rows[0]?.row ?? 1) - header.length;
      rows = [...header.map((row, at) => ({ ...row, row: before + at })), ...rows];
      halves = { ...open.halves, at: 0 };
    }
    if (!halves) {
      open = null;
      return [grid];
    }
    const { at, count, starts } = halves;
    open = { halves, header: rows.slice(at, at + count), width: widthOf(rows) };
    return starts.map((from, half): Grid => {
      const to = starts[half + 1] ?? Infinity;
      const own = rows.slice(half === 0 ? 0 : at).map((row, i) => {
        const isAbove = half === 0 && i < at;
        return isAbove ? row : { ...row, cells: cut(row.cells, half === 0 ? 0 : from, to) };
      });
      return { ...grid, before: half === 0 ? grid.before : [], rows: own, page: place };
    });
  });
}
