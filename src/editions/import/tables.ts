/** Grids to the tables of lists in them: each header with its titles, its rows gathered by matter. */
import { headerAt, plainHeader, type Header } from './columns.js';
import { withDepartments } from './department-columns.js';
import { mapColumns, type Mapping } from './mapping.js';
import type { Container, Grid, GridRow } from '../../files/grid.js';
import { countForeignLabels, normalizeLabel } from './headers.js';
import {
  batchOf,
  hasSectionForm,
  isAnnex,
  isBatchLine,
  isNumberText,
  isTitle,
  withoutGoingOn,
} from './lines.js';
import { fillByContent } from './content.js';
import { kindOfTitle } from './kinds.js';
import { createSpans } from '../../files/spans.js';
import { isNumberLabel, openSection, readRow, type ListTable, type State } from './table-rows.js';
import { cleanText } from './units.js';

/** Corrections by a flag, or remembered ones. */
export type Remap = {
  /** @param lines text above the header */
  correct(mapping: Mapping, header: Header, lines: string[]): Mapping;
  /** Columns are given by hand: a table is read even if no word of its header is known. */
  isForced: boolean;
};
export const NO_REMAP: Remap = { correct: (mapping) => mapping, isForced: false };

/** Rows in which a header is looked for. */
const SEARCHED = 60;

/** Sheets that repeat matters without being the list. */
const NO_LIST = /^(目录|目次|封面|说明|填表说明|填报说明|使用说明|更新记录|修订记录)$/;

/** The tables of lists, and the grids that hold none. */
export function findTables(container: Container, remap: Remap): { tables: ListTable[]; skipped: Grid[] } {
  const tables: ListTable[] = [];
  const skipped: Grid[] = [];
  let carried: State | null = null;
  const hasKnown = container.grids.some(({ rows }) =>
    rows.slice(0, SEARCHED).some((_, at) => headerAt(rows, at)),
  );
  const effective = { ...remap, isForced: remap.isForced && !hasKnown };
  for (const grid of container.grids) {
    if (grid.kind === 'sheet' && NO_LIST.test(normalizeLabel(grid.name))) {
      skipped.push(grid);
      continue;
    }
    const state = readGrid(grid, effective, grid.kind === 'table' ? carried : null);
    if (!state.current) skipped.push(grid);
    tables.push(...state.tables);
    carried = state;
  }
  return { tables: tables.filter((table) => table.matters.length > 0 || table.lines.length > 0), skipped };
}

/** A grid as it is read: how columns are corrected, what the grid before it left open, and the table that may go on in it. */
type Reading = { grid: Grid; remap: Remap; carried: State | null; previous: ListTable | null };

function readGrid(grid: Grid, remap: Remap, carried: State | null): State {
  const before = grid.before.map(cleanText).filter(Boolean);
  const open = carried && !carried.isClosed ? carried : null;
  const isContinued =
    open?.current &&
    !before.some((line) => isAnnex(line) || (isTitle(line) && !hasSectionForm(line))) &&
    !grid.rows.slice(0, 3).some((_, at) => headerAt(grid.rows, at)) &&
    looksLike(grid, open.current);
  const state: State = {
    tables: [],
    current: isContinued ? open.current : null,
    pending: [],
    lineRows: new Map(),
    section: isContinued ? open.section : '',
    topSection: isContinued ? open.topSection : '',
    sectionTitle: '',
    batch: isContinued ? open.batch : '',
    isClosed: false,
    isInNotes: false,
  };
  // A table on the next page under the same header goes on; a new title begins another list.
  const previous = open?.current ?? null;
  const reading: Reading = { grid, remap, carried, previous };
  for (const line of before) readLine(state, line);
  if (isContinued) {
    const section = sectionAbove(state.pending);
    if (section) openSection(state, section);
    state.pending = [];
  }
  const spans = createSpans();
  const forcedAt = remap.isForced && !isContinued ? forcedHeader(grid.rows) : -1;
  for (let at = 0; at < grid.rows.length; at++) {
    const row = grid.rows[at];
    if (!row) continue;
    const header = at === forcedAt ? plainHeader(row) : headerAt(grid.rows, at);
    if (header) {
      for (let skip = 0; skip < header.rows.length; skip++) spans.take(grid.rows[at + skip] as GridRow);
      at += header.rows.length - 1;
      openTable(state, reading, at, header);
      continue;
    }
    const slots = spans.take(row);
    if (state.current && !state.isClosed) readRow(state, state.current, row, slots);
    else for (const cell of row.cells) if (cell.text.trim()) readLine(state, cell.text, row.row);
  }
  return state;
}

const LOOKED_AT = 60;

/** Where no header is known: the first row with as many cells as the table is wide, or -1. */
export function forcedHeader(rows: GridRow[]): number {
  const top = rows.slice(0, SEARCHED);
  const widest = Math.max(0, ...top.map((row) => row.cells.length));
  return widest < 2 ? -1 : top.findIndex((row) => row.cells.length * 2 > widest && row.cells.length >= 2);
}

/** A table without a header is the next page of the last one where it has its columns and goes on counting. */
function looksLike(grid: Grid, table: ListTable): boolean {
  const last = Math.max(...table.header.columns.map((column) => column.index));
  const widest = Math.max(0, ...grid.rows.flatMap((row) => row.cells.map((c) => c.column + c.colSpan - 1)));
  const { number } = table.mapping.simple;
  if (Math.abs(widest - last) > 1 || number === undefined) return false;
  // 机构, 电话: a table of contacts, whose numbers are longer than those of matters.
  if (countForeignLabels(grid.rows[0]?.cells.map(({ text }) => text) ?? []) > 0) return false;
  const isReached = ({ cells }: GridRow) =>
    cells.some(({ column, colSpan }) => column <= number && number < column + colSpan);
  const numbers = grid.rows.map((row) => row.cells.find((c) => c.column === number)?.text.trim() ?? '');
  const longest = Math.max(
    ...table.matters.map(({ parts }) => parts[0]?.at(number)?.text.trim().length ?? 0),
  );
  return (
    grid.rows.some(isReached) &&
    !numbers.some((text) => isNumberLabel(text)) &&
    numbers.some((text) => text === '' || (isNumberText(text) && text.length <= longest + LONGER))
  );
}
/** 10 behind 9, 3.10.1 behind 3.9. */
const LONGER = 3;

/** 柳林镇履职事项清单（续表）: the title of the table that goes on. */
const isTitleAgain = (line: string, open: ListTable | null): boolean => {
  const plain = cleanText(withoutGoingOn(line));
  return plain !== cleanText(line) && open !== null && open.lines.some((own) => cleanText(own) === plain);
};

/** `at`: the last row of the header. */
function openTable(state: State, reading: Reading, at: number, header: Header): void {
  const { grid, remap, carried, previous } = reading;
  const open = state.current ?? previous;
  const hasTitle = state.pending.some(
    (line) => (isTitle(line) || isBatchLine(line) || isAnnex(line)) && !isTitleAgain(line, open),
  );
  state.isInNotes = false;
  const section = sectionAbove(state.pending);
  if (
    open &&
    !state.isClosed &&
    !hasTitle &&
    open.header.key === header.key &&
    (state.current || grid.kind === 'table')
  ) {
    // The header repeated on the next page.
    if (!state.current && carried) {
      state.section = carried.section;
      state.topSection = carried.topSection;
      state.batch ||= carried.batch;
    }
    if (section) openSection(state, section);
    state.current = open;
    state.pending = [];
    return;
  }
  const below = grid.rows.slice(at + 1, at + 1 + LOOKED_AT);
  const isService = [...state.pending, grid.kind === 'sheet' ? grid.name : ''].some(
    (line) => kindOfTitle(line) === 'service',
  );
  const guessed = fillByContent(mapColumns(withDepartments(header.columns), isService), header, below);
  const mapping = remap.correct(guessed, header, state.pending);
  state.current = {
    sheet: grid.name,
    lines: hasTitle || !state.sectionTitle ? state.pending : [state.sectionTitle, ...state.pending],
    lineRows: state.lineRows,
    header,
    mapping,
    matters: [],
    stated: [],
    notes: [],
    isSheet: grid.kind === 'sheet',
    ...(grid.page !== undefined && { page: grid.page }),
    hasMerges: grid.rows.some((row) => row.cells.some((cell) => cell.rowSpan > 1)),
  };
  state.section = '';
  state.topSection = '';
  if (section) openSection(state, section);
  if (hasTitle) state.batch = '';
  state.batch ||= batchOf(state.pending.filter((line) => isTitle(line) || isBatchLine(line)).join(' '));
  state.tables.push(state.current);
  state.pending = [];
  state.isClosed = false;
}

/** A line of text outside the columns. */
function readLine(state: State, raw: string, row?: number): void {
  const text = cleanText(raw);
  if (row !== undefined) state.lineRows.set(text, row);
  state.pending.push(text);
  if (isBatchLine(text)) state.batch = batchOf(text);
}

/** The category that stands directly above a table; `一、…` further up belongs to the text of a notice. */
const sectionAbove = (lines: string[]): string | null => {
  const last = lines.at(-1);
  return last && last.length <= 40 && hasSectionForm(last) && !isTitle(last) && !isBatchLine(last)
    ? last
    : null;
};
