/** What every reader of files hands on: cells as printed, in sheets or tables, before anybody asks what they mean. */
import type { Problem } from './problem.js';

/** A cell as printed; `column` 0-based, spans >= 1 (merged cells appear once, at their top left). */
export type Cell = { text: string; column: number; colSpan: number; rowSpan: number; isFormula?: true };
/** `row` is the physical row, 1-based: of the sheet, of the CSV file, or of the table in a document. */
export type GridRow = { row: number; page?: number; cells: Cell[] };
/** One sheet or one table; `before` are the lines of text printed directly before a table (titles, section lines), empty for sheets. */
export type Grid = {
  name: string;
  kind: 'sheet' | 'table';
  before: string[];
  isHidden: boolean;
  rows: GridRow[];
  /** Of the half of a page that is printed in halves side by side: which page. */
  page?: number;
};
export type Container = {
  grids: Grid[];
  problems: Problem[];
  warnings: Problem[];
  /** Of a document: the paragraphs below its last table; all of them where it has none, which is a problem. */
  paragraphs?: string[];
};

/** Nothing but a number is left of a row whose cells are struck through: the row is deleted. */
export const isStruckRow = (cells: Cell[], hasStruck: boolean): boolean =>
  hasStruck && cells.every(({ text }) => /^[\s\d.、()\uff08\uff09]*$/.test(text));
