/** What a table says of the number of its own rows. */
import type { GridRow } from '../../files/grid.js';
import { categoryName, countIn } from './lines.js';
import { cleanText } from './units.js';

/** `合计 132项`, `一、党的建设(12项)`: how many rows the file itself says there are; of a category, or of the whole table. */
export type Stated = { row: number; text: string; count: number; category: string | null };
type Table = { stated: Stated[] };

/** 小计 counts what stands above it up to the last one; only whole tables are counted here. */
export function stateTotal(table: Table, row: GridRow, text: string): void {
  const counts = [...text.matchAll(/(\d{1,4})\s{0,3}[项条]/g)].map((match) => Number(match[1]));
  const [count] = counts;
  if (count !== undefined && counts.length === 1 && !/小计/.test(text))
    table.stated.push({ row: row.row, text: cleanText(text), count, category: null });
}

export function stateCategory(table: Table, row: number, text: string): void {
  const count = countIn(text);
  if (count !== null) table.stated.push({ row, text: cleanText(text), count, category: categoryName(text) });
}
