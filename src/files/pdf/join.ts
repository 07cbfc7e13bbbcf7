/** Tables of single pages to whole tables: repeated headers dropped, cells that a page break cut put together. */
import { columnHabits, isCutRow, isCutText, isEmpty, type Area, type Joint } from './cut.js';
import type { PageTable } from './tables.js';
import { cellText, printedBreaks, linesOf, type PrintedBreaks, type Measure } from './text.js';
import type { GridRow } from '../grid.js';

/** Edges of one table on two pages differ by rounding only. */
const SAME_EDGE = 4;
/** The header stands within the first rows; before it a title row that is not repeated. */
const HEADER_WITHIN = 5;

export type Part = { page: number; table: PageTable };
type Piece = { page: number; isOpen: boolean; rows: number; areas: Area[] };

const isNear = (a: number, b: number) => Math.abs(a - b) <= SAME_EDGE;
const contains = (outer: number[], inner: number[]) =>
  inner.every((x) => outer.some((other) => isNear(x, other)));

/** Same outer edges, and the columns of one are all in the other (a page of merged rows shows fewer). */
export function isContinued(before: PageTable, next: PageTable): boolean {
  const isSameFrame =
    isNear(before.xs[0] ?? 0, next.xs[0] ?? 0) && isNear(before.xs.at(-1) ?? 0, next.xs.at(-1) ?? 0);
  return isSameFrame && (contains(before.xs, next.xs) || contains(next.xs, before.xs));
}

function unionOf(parts: Part[]): number[] {
  const xs: number[] = [];
  for (const { table } of parts)
    for (const x of table.xs) if (!xs.some((known) => isNear(known, x))) xs.push(x);
  return xs.sort((a, b) => a - b);
}
const nearest = (xs: number[], x: number): number =>
  xs.reduce((best, other, i) => (Math.abs(other - x) < Math.abs((xs[best] ?? 0) - x) ? i : best), 0);

function pieceOf({ page, table }: Part, xs: number[]): Piece {
  const areas = table.regions.map(({ column, columnEnd, row, rowEnd, glyphs }): Area => {
    const lines = linesOf(glyphs);
    return {
      column: nearest(xs, table.xs[column] ?? 0),
      columnEnd: nearest(xs, table.xs[columnEnd] ?? 0),
      ...{ row, rowEnd, page },
      lines: [...lines],
      last: { top: table.ys[row] ?? 0, bottom: table.ys[rowEnd] ?? 0, lines },
    };
  });
  return { page, isOpen: table.isOpen, rows: table.ys.length - 1, areas };
}

const textOf = ({ lines }: Area) => lines.map(({ text }) => text).join('');
const rowKey = (piece: Piece, row: number) =>
  piece.areas
    .filter((area) => area.row === row)
    .map((area) => `${area.column}-${area.columnEnd}-${area.rowEnd - row} ${textOf(area)}`)
    .join('\n');

/** How many rows at the top of a page repeat rows from the beginning of the table. */
function repeatedRows(first: Piece, next: Piece): number {
  let most = 0;
  for (let start = 0; start < Math.min(HEADER_WITHIN, first.rows); start++) {
    let count = 0;
    while (
      start + count < first.rows &&
      count < Math.min(HEADER_WITHIN, next.rows) &&
      rowKey(first, start + count) === rowKey(next, count)
    )
      count++;
    // A header that is merged into rows that are not repeated is none.
    while (count > 0 && next.areas.some((area) => area.row < count && area.rowEnd > count)) count--;
    most = Math.max(most, count);
  }
  return most;
}

function withoutRows(piece: Piece, count: number): Piece {
  const areas = piece.areas
    .filter(({ row }) => row >= count)
    .map((area) => ({ ...area, row: area.row - count, rowEnd: area.rowEnd - count }));
  return { ...piece, rows: piece.rows - count, areas };
}

/** A row in which no cell of its own has text, as one of which the break left only the frame here. */
function withoutStub(piece: Piece, at: number): Piece {
  const own = piece.areas.filter(({ row, rowEnd }) => row === at && rowEnd === at + 1);
  if (piece.rows < 2 || own.length === 0 || !own.every(isEmpty)) return piece;
  const shift = (row: number) => (row > at ? row - 1 : row);
  const areas = piece.areas
    .filter((area) => !own.includes(area))
    .map((area) => ({ ...area, row: shift(area.row), rowEnd: shift(area.rowEnd) }));
  return { ...piece, rows: piece.rows - 1, areas, isOpen: piece.isOpen && at < piece.rows - 1 };
}

/** Cells above and below a page break that stand in the same columns. */
function jointsOf(above: Area[], lastRow: number, below: Piece): Joint[] {
  return below.areas
    .filter(({ row }) => row === 0)
    .flatMap((area) => {
      const over = above.find(
        ({ column, columnEnd, rowEnd }) =>
          rowEnd === lastRow && column === area.column && columnEnd === area.columnEnd,
      );
      return over ? [{ above: over, below: area }] : [];
    });
}

/** A cell merged over the break, in a column that has merged cells: a half of it is empty, or its text is cut. */
const isMergedOver = (joint: Joint, merged: Set<number>): boolean =>
  merged.has(joint.above.column) && (isEmpty(joint.above) || isEmpty(joint.below) || isCutText(joint));

/** `unsure`: pages at whose top a row may be the rest of the one before, or a row of its own. */
type Joined = { areas: Area[]; rows: number; unsure: { page: number; row: number }[] };

function joinPieces(pieces: Piece[]): Joined {
  const [first] = pieces;
  if (!first) return { areas: [], rows: 0, unsure: [] };
  const bodies = pieces.map((piece, i) => {
    const isLast = i === pieces.length - 1;
    const body = i === 0 ? piece : withoutRows(piece, repeatedRows(first, piece));
    // Below a row that shows that it goes on, the empty frame is its end.
    const began = i === 0 || pieces[i - 1]?.isOpen ? body : withoutStub(body, 0);
    return isLast ? began : withoutStub(began, began.rows - 1);
  });
  const habits = columnHabits(
    bodies.flatMap(({ areas: all, rows: count }) =>
      all.filter(({ row, rowEnd }) => row > 0 && rowEnd < count),
    ),
  );
  const merged = new Set(
    bodies.flatMap(({ areas }) =>
      areas.filter(({ row, rowEnd }) => rowEnd - row > 1).map(({ column }) => column),
    ),
  );
  // A program that leaves a cut row open below does so each time.
  const marksCuts = bodies.slice(0, -1).some(({ isOpen }) => isOpen);
  const areas: Area[] = [];
  const unsure: Joined['unsure'] = [];
  let rows = 0;
  let wasOpen = false;
  for (const body of bodies) {
    if (body.rows === 0) continue;
    const joints = rows > 0 ? jointsOf(areas, rows, body) : [];
    const isAligned = rows > 0 && joints.length >= body.areas.filter(({ row }) => row === 0).length;
    const { isCut, isSure } =
      !isAligned || wasOpen || marksCuts
        ? { isCut: isAligned && wasOpen, isSure: true }
        : isCutRow(joints, habits, merged);
    if (!isSure) unsure.push({ page: body.page, row: rows + (isCut ? 0 : 1) });
    const start = isCut ? rows - 1 : rows;
    const goesOn = new Map(
      joints
        .filter((joint) => isCut || isMergedOver(joint, merged))
        .map(({ above, below }) => [below, above]),
    );
    for (const area of body.areas) {
      const above = goesOn.get(area);
      if (!above) areas.push({ ...area, row: area.row + start, rowEnd: area.rowEnd + start });
      else {
        above.lines.push(...area.lines);
        above.rowEnd = area.rowEnd + start;
        above.last = area.last;
      }
    }
    rows = start + body.rows;
    wasOpen = body.isOpen;
  }
  return { areas, rows, unsure };
}

/** The edges between which text stands, from the padding that the fullest lines leave. */
function measurer(areas: Area[], xs: number[]): (area: Area) => Measure {
  const edges = (area: Area) => ({ left: xs[area.column] ?? 0, right: xs[area.columnEnd] ?? 0 });
  let [paddingLeft, paddingRight] = [12, 12];
  for (const area of areas)
    for (const line of area.lines) {
      paddingLeft = Math.min(paddingLeft, line.left - edges(area).left);
      paddingRight = Math.min(paddingRight, edges(area).right - line.rightOfText);
    }
  const [before, after] = [Math.max(0, paddingLeft), Math.max(0, paddingRight)];
  return (area) => ({ left: edges(area).left + before, right: edges(area).right - after });
}

function grouped<T>(items: T[], keyOf: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** The rows of a table that begins on the first of the parts and goes on on the others. */
export function joinParts(parts: Part[]): { rows: GridRow[]; unsure: Joined['unsure'] } {
  const xs = unionOf(parts);
  const { areas, rows, unsure } = joinPieces(parts.map((part) => pieceOf(part, xs)));
  const measure = measurer(areas, xs);
  const breaks = new Map<number, PrintedBreaks>();
  for (const [column, members] of grouped(areas, ({ column }) => column))
    breaks.set(column, printedBreaks(members.map((area) => ({ lines: area.lines, measure: measure(area) }))));
  const byRow = grouped(areas, ({ row }) => row);
  const gridRows = Array.from({ length: rows }, (_, row): GridRow => {
    const cells = (byRow.get(row) ?? []).sort((a, b) => a.column - b.column);
    return {
      row: row + 1,
      page: cells[0]?.page ?? 0,
      cells: cells.map((area) => ({
        text: cellText(area.lines, measure(area), breaks.get(area.column) ?? new Set()),
        column: area.column,
        colSpan: area.columnEnd - area.column,
        rowSpan: area.rowEnd - area.row,
      })),
    };
  });
  return { rows: gridRows, unsure };
}
