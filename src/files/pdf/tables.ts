/** The ruled tables of one page: lines that cross make a grid, lines that are missing merge its cells. */
import type { Glyph, Ruling } from './glyphs.js';

/** Cells by their columns and rows, ends not included; `glyphs` stand inside. */
export type Region = { column: number; columnEnd: number; row: number; rowEnd: number; glyphs: Glyph[] };
/** `isOpen`: no line closes the table below, so that its last row goes on on the next page. */
export type PageTable = { xs: number[]; ys: number[]; regions: Region[]; isOpen: boolean };

/** Lines nearer than this are one (double lines, lines drawn cell by cell), in points. */
const SAME_LINE = 2.6;
const TOUCH = 3;
/** Drawings with more lines are pictures; a table of 60 rows drawn cell by cell has about 100 after joining. */
const MAX_LINES = 3000;

type Lines = { at: number; spans: [number, number][] };

/** Lines of one direction: near ones as one, spans that touch as one. */
function joinLines(rulings: Ruling[]): Lines[] {
  const groups: { sum: number; rulings: Ruling[] }[] = [];
  for (const ruling of [...rulings].sort((a, b) => a.at - b.at)) {
    const group = groups.at(-1);
    if (group && ruling.at - group.sum / group.rulings.length < SAME_LINE) {
      group.rulings.push(ruling);
      group.sum += ruling.at;
    } else groups.push({ sum: ruling.at, rulings: [ruling] });
  }
  return groups.map(({ sum, rulings: members }) => {
    const spans: [number, number][] = [];
    for (const { from, to } of members.sort((a, b) => a.from - b.from)) {
      const last = spans.at(-1);
      if (last && from <= last[1] + TOUCH) last[1] = Math.max(last[1], to);
      else spans.push([from, to]);
    }
    return { at: sum / members.length, spans };
  });
}

type Span = { at: number; from: number; to: number };
const spansOf = (lines: Lines[]): Span[] =>
  lines.flatMap(({ at, spans }) => spans.map(([from, to]) => ({ at, from, to })));
const isWithin = (value: number, from: number, to: number) => value >= from - TOUCH && value <= to + TOUCH;

/** Groups of lines that touch each other. */
function components(across: Span[], down: Span[]): { across: Span[]; down: Span[] }[] {
  const parent = Array.from({ length: across.length + down.length }, (_, i) => i);
  const find = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root] ?? root;
    for (let at = i; at !== root;) {
      const next = parent[at] ?? root;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  for (const [i, h] of across.entries())
    for (const [j, v] of down.entries())
      if (isWithin(v.at, h.from, h.to) && isWithin(h.at, v.from, v.to))
        parent[find(i)] = find(across.length + j);
  const groups = new Map<number, { across: Span[]; down: Span[] }>();
  const groupOf = (i: number) => {
    const root = find(i);
    const group = groups.get(root) ?? { across: [], down: [] };
    groups.set(root, group);
    return group;
  };
  across.forEach((span, i) => groupOf(i).across.push(span));
  down.forEach((span, j) => groupOf(across.length + j).down.push(span));
  return [...groups.values()].filter((group) => group.across.length > 0 && group.down.length > 0);
}

function positions(values: number[]): number[] {
  const kept: number[] = [];
  for (const value of values.sort((a, b) => a - b))
    if (value - (kept.at(-1) ?? -Infinity) > SAME_LINE) kept.push(value);
  return kept;
}

/** A line runs along this side of an elementary cell. */
const isCovered = (spans: Span[], at: number, from: number, to: number): boolean =>
  spans.some(
    (span) => Math.abs(span.at - at) <= SAME_LINE && span.from <= from + TOUCH && span.to >= to - TOUCH,
  );

function tableOf({ across, down }: { across: Span[]; down: Span[] }): PageTable | null {
  const ends = (spans: Span[]) => spans.flatMap(({ from, to }) => [from, to]);
  const [left, right] = [Math.min(...ends(across)), Math.max(...ends(across))];
  const [top, bottom] = [Math.min(...ends(down)), Math.max(...ends(down))];
  const xs = positions([...down.map(({ at }) => at), left, right]);
  const ys = positions([...across.map(({ at }) => at), top, bottom]);
  const [columns, rows] = [xs.length - 1, ys.length - 1];
  if (columns < 2 || rows < 1) return null;
  const x = (i: number) => xs[i] ?? 0;
  const y = (i: number) => ys[i] ?? 0;
  const owner = new Int32Array(columns * rows).fill(-1);
  const regions: Region[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      if (owner[row * columns + column] !== -1) continue;
      let columnEnd = column + 1;
      while (
        columnEnd < columns &&
        owner[row * columns + columnEnd] === -1 &&
        !isCovered(down, x(columnEnd), y(row), y(row + 1))
      )
        columnEnd++;
      let rowEnd = row + 1;
      while (rowEnd < rows && !isCovered(across, y(rowEnd), x(column), x(column + 1))) rowEnd++;
      for (let r = row; r < rowEnd; r++)
        for (let c = column; c < columnEnd; c++) owner[r * columns + c] = regions.length;
      regions.push({ column, columnEnd, row, rowEnd, glyphs: [] });
    }
  const isOpen =
    !isCovered(across, y(rows), x(0), x(1)) && !isCovered(across, y(rows), x(columns - 1), x(columns));
  return { xs, ys, regions, isOpen };
}

const indexOf = (edges: number[], value: number): number => {
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};
const isInside = (table: PageTable, x: number, y: number): boolean =>
  x >= (table.xs[0] ?? 0) &&
  x <= (table.xs.at(-1) ?? 0) &&
  y >= (table.ys[0] ?? 0) &&
  y <= (table.ys.at(-1) ?? 0);

/** Tables from top to bottom with their glyphs; `outside` are the others. Tables inside a cell are text of that cell. */
export function findTables(rulings: Ruling[], glyphs: Glyph[]): { tables: PageTable[]; outside: Glyph[] } {
  const across = spansOf(joinLines(rulings.filter(({ isVertical }) => !isVertical)));
  const down = spansOf(joinLines(rulings.filter(({ isVertical }) => isVertical)));
  const isDrawing = across.length > MAX_LINES || down.length > MAX_LINES;
  const area = ({ xs, ys }: PageTable) =>
    ((xs.at(-1) ?? 0) - (xs[0] ?? 0)) * ((ys.at(-1) ?? 0) - (ys[0] ?? 0));
  const tables: PageTable[] = [];
  const found = isDrawing ? [] : components(across, down).flatMap((group) => tableOf(group) ?? []);
  for (const table of found.sort((a, b) => area(b) - area(a)))
    if (!tables.some((outer) => isInside(outer, (table.xs[0] ?? 0) + 1, (table.ys[0] ?? 0) + 1)))
      tables.push(table);
  tables.sort((a, b) => (a.ys[0] ?? 0) - (b.ys[0] ?? 0));
  const owners = tables.map((table) => {
    const columns = table.xs.length - 1;
    const grid = new Map<number, Region>();
    for (const region of table.regions)
      for (let r = region.row; r < region.rowEnd; r++)
        for (let c = region.column; c < region.columnEnd; c++) grid.set(r * columns + c, region);
    return (x: number, y: number) => grid.get(indexOf(table.ys, y) * columns + indexOf(table.xs, x));
  });
  const outside: Glyph[] = [];
  for (const glyph of glyphs) {
    const [x, y] = [glyph.x + glyph.width / 2, glyph.y - glyph.size / 3];
    const at = tables.findIndex((table) => isInside(table, x, y));
    const region = at < 0 ? undefined : owners[at]?.(x, y);
    if (region) region.glyphs.push(glyph);
    else outside.push(glyph);
  }
  return { tables, outside };
}
