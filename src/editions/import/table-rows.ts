/** The rows of one table: lines of text among them, and the physical rows of each matter. */
import type { Header } from './columns.js';
import { isOwnExport, type Mapping } from './mapping.js';
import type { Cell, GridRow } from '../../files/grid.js';
import { countKnownLabels } from './headers.js';
import {
  batchOf,
  categoryName,
  hasSectionForm,
  isAnnex,
  isAppendix,
  isBatchLine,
  isNote,
  isNumberText,
  isPaging,
  isSealLabel,
  isSignature,
  isSubSection,
  isTitle,
  isTotal,
  saysGoingOn,
  withoutGoingOn,
} from './lines.js';
import { joinCutRow } from './cut-rows.js';
import { leadRuleIn, ledIn } from './lead-words.js';
import type { Slot, Slots } from '../../files/spans.js';
import { stateCategory, stateTotal, type Stated } from './stated.js';
import { cleanText } from './units.js';

/** One matter: its physical rows, the first one first. `section`: the line of text above it that groups it. */
export type Matter = { category: string; batch: string; section: string; parts: Slots[] };
export type ListTable = {
  sheet: string;
  /** Text above the table, top down. */
  lines: string[];
  header: Header;
  mapping: Mapping;
  matters: Matter[];
  /** Sheets, rather than tables of a document. */
  isSheet: boolean;
  hasMerges: boolean;
  stated: Stated[];
  /** Where lines above it stand in their sheet. */
  lineRows: ReadonlyMap<string, number>;
  /** Notes below it. */
  notes: string[];
  /** Rows that say nothing but that they are taken out. */
  deleted?: { row: number; text: string }[];
  /** Of the half of a page: which page. */
  page?: number;
};
/** Where the reading of a grid stands. */
export type State = {
  tables: ListTable[];
  current: ListTable | null;
  /** Lines since the last row of data. */
  pending: string[];
  lineRows: Map<string, number>;
  section: string;
  topSection: string;
  /** The line of the last section, where it may be the title of a list, until a row stands below it. */
  sectionTitle: string;
  batch: string;
  isClosed: boolean;
  isInNotes: boolean;
};

export const isNumberLabel = (text: string): boolean => /^(序号|编号)$/.test(text.replace(/\s/g, ''));

export function openSection(state: State, text: string): void {
  // (一)… below 一、… is a finer division; the category stays.
  if (isSubSection(text) && state.topSection) return;
  state.section = categoryName(text);
  state.topSection = isSubSection(text) ? '' : state.section;
}

export function readRow(state: State, table: ListTable, row: GridRow, slots: Slots): void {
  const { simple } = table.mapping;
  const { end = Infinity } = table.header;
  const filled = row.cells.filter(
    (cell) => cell.column <= end && (cell.text.trim() !== '' || cell.isFormula === true),
  );
  const [only] = filled;
  if (filled.length === 0 && row.cells.length > 0 && end < Infinity) return;
  const isGoingOn = isCovered(slots, simple.number) || isCovered(slots, simple.matter);
  if (only && filled.length === 1 && !isGoingOn && !only.isFormula) {
    // 说明:… and 二、… in a column of duties go on with a duty that was cut.
    const last = table.matters.at(-1);
    const joined = last && isInside(table, only) ? joinCutRow(table, slots) : null;
    if (last && joined) {
      last.parts = joined;
      return;
    }
    if (readSoleCell(state, table, only, row)) return;
  }
  const number = ownText(slots, simple.number);
  const first = filled[0]?.text ?? '';
  const isNumbered = isNumberText(number) || isGoingOn;
  if (!isNumbered && filled.slice(0, 2).some((cell) => isTotal(cell.text))) {
    stateTotal(table, row, filled.map((cell) => cell.text).join(' '));
    return;
  }
  if (table.matters.length === 0 && isColumnCount(filled)) return;
  if (!isGoingOn && !isNumberText(number) && isForeignHeader(number, filled)) {
    state.isClosed = true;
    state.pending = [];
    return;
  }
  const isSigned = isSignature(first) || isSealLabel(first);
  const isAside = isSigned || (isNote(first) && ownText(slots, simple.matter) === '');
  if (isAside && !isNumberText(number) && !isGoingOn) {
    table.notes.push(...filled.map((cell) => cell.text));
    state.isInNotes = true;
    return;
  }
  // A legend may stand between the header and the rows.
  if (state.isInNotes && table.matters.length > 0 && !isNumberText(number)) return;
  state.isInNotes = false;
  state.pending = [];
  state.sectionTitle = '';
  addRow(state, table, slots);
}

const isCovered = (slots: Slots, column: number | undefined): boolean => {
  const slot = column === undefined ? null : slots.at(column);
  return slot !== null && slot.row < slots.row;
};
const ownText = (slots: Slots, column: number | undefined): string => {
  const slot = column === undefined ? null : slots.at(column);
  return slot && slot.row === slots.row ? slot.text.trim() : '';
};

/** 1, 2, 3, 4 below the header: the columns are counted. */
const isColumnCount = (filled: Cell[]): boolean =>
  filled.length >= 3 &&
  filled.every((cell, at) => cell.text.replace(/[()\uff08\uff09\s]/g, '') === String(at + 1));

/** The header of a table that is none of ours, inside the same sheet. */
function isForeignHeader(number: string, filled: Cell[]): boolean {
  if (isNumberLabel(number)) return true;
  return (
    filled.length >= 2 && countKnownLabels(filled.map((cell) => cell.text)) >= Math.max(2, filled.length - 1)
  );
}

const WIDE = 3;
const isBefore = ({ header, mapping }: ListTable, { column }: Cell): boolean =>
  column === Math.min(...header.columns.map(({ index }) => index)) ||
  column === mapping.simple.number ||
  column === mapping.simple.category;
/** Under the duties and what stands beside them, where no line of text stands. */
const isInside = (table: ListTable, cell: Cell): boolean =>
  cell.colSpan < WIDE && !isBefore(table, cell) && cell.column !== table.mapping.simple.matter;

/** True when the one cell of a row is a line of text and no part of a matter. */
function readSoleCell(state: State, table: ListTable, cell: Cell, row: GridRow): boolean {
  const text = cleanText(cell.text);
  const { simple } = table.mapping;
  const isAside = isBefore(table, cell);
  const isWide = cell.colSpan >= WIDE;
  if (isTotal(text)) {
    stateTotal(table, row, text);
    return true;
  }
  if (isPaging(text)) return true;
  if (isNote(text) || isSignature(text) || ((isWide || isAside) && leadRuleIn(text))) {
    table.notes.push(text);
    state.isInNotes = true;
    return true;
  }
  if ((isAnnex(text) || (isAppendix(text) && table.matters.length > 0)) && (isWide || isAside)) {
    state.isClosed = true;
    state.pending = [text];
    return true;
  }
  if (isBatchLine(text)) {
    state.batch = batchOf(text);
    state.section = '';
    state.topSection = '';
    state.pending.push(text);
    return true;
  }
  if (
    !isInside(table, cell) &&
    hasSectionForm(text) &&
    text.length <= 60 &&
    !(cell.column === simple.number && isNumberText(text))
  ) {
    if (isTitle(text) && !isWide && !isAside) return false;
    state.isInNotes = false;
    openSection(state, text);
    state.sectionTitle = isTitle(text) ? text : '';
    stateCategory(table, row.row, text);
    return true;
  }
  if (state.isInNotes && (isWide || isAside) && !isNumberText(text)) {
    table.notes.push(text);
    return true;
  }
  if ((isWide || isAside) && isTitle(text)) {
    state.pending.push(text);
    continueUnderTitle(state, table, text);
    return true;
  }
  if (cell.column === simple.number && isNumberText(text)) return false;
  if (!isWide && !(isAside && cell.column !== simple.matter)) return false;
  // (本类事项由…统筹) directly below a category speaks of it.
  const isFresh = state.section !== '' && table.matters.at(-1)?.section !== state.section;
  const isSaid = isFresh && /^(?:[(\uff08].{6,}[)\uff09]$|[本该此]类|以下|上述)/.test(text);
  const isName = text.length <= 30 && !/[。;\uff1b:\uff1a]/.test(text);
  if (!isSaid && (isName || ledIn(text).owners !== '') && row.cells.length > 0) openSection(state, text);
  // What is said of the rows below may say who leads in them.
  else table.notes.push(text);
  return true;
}

/** Another list under the same columns: its title stands in a row of its own, no header follows. */
function continueUnderTitle(state: State, table: ListTable, text: string): void {
  if (table.matters.length === 0) return;
  const next: ListTable = {
    ...table,
    lines: [...table.lines.filter((line) => !isTitle(line)), text],
    matters: [],
    stated: [],
    notes: [],
  };
  state.batch = batchOf(text);
  state.section = '';
  state.topSection = '';
  state.current = next;
  state.tables.push(next);
}

function addRow(state: State, table: ListTable, slots: Slots): void {
  const { simple, parties } = table.mapping;
  const last = table.matters.at(-1);
  const number = slotOf(slots, simple.number);
  const matter = slotOf(slots, simple.matter);
  const isNew = (slot: Slot | null) => slot !== null && slot.row === slots.row;
  const hasParties = parties.some((party) =>
    [party.unit, party.duty, party.both].some((column) => isNew(slotOf(slots, column))),
  );
  const isSameMerged = simple.number !== undefined && number !== null && number.row < slots.row;
  const startsNumber = isNew(number);
  const startsMatter = isNew(matter) && !isSameMerged;
  const isOwnRow = isSameMerged || isCovered(slots, simple.matter);
  const joined = !last || isOwnRow ? null : joinCutRow(table, slots);
  if (last && joined) {
    last.parts = joined;
    return;
  }
  if (last && !startsNumber && !startsMatter) {
    if (isOwnRow || hasParties || isNew(slotOf(slots, simple.basis))) last.parts.push(slots);
    return;
  }
  if (startsNumber && !matter && !hasParties && !isNumberText(number?.text ?? '')) return;
  if (!startsNumber && !startsMatter) {
    if (!hasParties) return;
  } else if (last && isFilledDown(last, slots, table)) {
    last.parts.push(slots);
    return;
  }
  const category = slotOf(slots, simple.category);
  const isVerbatim = isOwnExport({ parties });
  const isGoingOn = last?.batch === state.batch && last.section === state.section;
  const above = simple.category !== undefined && !isVerbatim && isGoingOn ? last.category : state.section;
  const batchCell = slotOf(slots, simple.batch);
  if (category?.row === slots.row) stateCategory(table, slots.row, category.text);
  table.matters.push({
    category: category ? (isVerbatim ? cleanText : categoryName)(category.text) : above,
    batch: batchCell ? cleanText(batchCell.text) : state.batch,
    section: state.section,
    parts: [slots],
  });
}

/** A cell with text, or null; one that says nothing but that it goes on is none. */
const slotOf = (slots: Slots, column: number | undefined): Slot | null => {
  const slot = column === undefined ? null : slots.at(column);
  const isFilled = slot && (slot.text.trim() !== '' || slot.isFormula);
  return isFilled && !saysGoingOn(slot.text) ? slot : null;
};

/** Number and matter repeated in every physical row of one matter: the same words, another unit. */
function isFilledDown(last: Matter, slots: Slots, table: ListTable): boolean {
  const { simple, parties } = table.mapping;
  const first = last.parts[0];
  if (!first || simple.number === undefined || simple.matter === undefined) return false;
  const textIn = (part: Slots, column: number) => withoutGoingOn(part.at(column)?.text.trim() ?? '');
  const same = (column: number) => textIn(first, column) === textIn(slots, column);
  if (!same(simple.number) || !same(simple.matter) || !slots.at(simple.number)) return false;
  const columns = parties.flatMap((p) => [p.unit, p.duty, p.both].filter((c) => c !== undefined));
  return last.parts.every((part) => columns.some((c) => textIn(part, c) !== textIn(slots, c)));
}
