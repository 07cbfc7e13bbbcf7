/** 一级序号 and 二级序号 in one table: which of them numbers the rows. */
import type { Meaning } from './headers.js';

const LEVELLED = /^(大类|小类|主项|子项|大项|小项|类别|领域|[一二三]级)/;

/**
 * The column of numbers that stands nearest before the matters, where such columns are of several levels: the first would number
 * groups, and rows of one number are read as one. Any other table is numbered by its first column of numbers.
 */
export function numberColumn(
  columns: { index: number; label: string; meaning: Meaning | null }[],
  matter: number | undefined,
): number | undefined {
  const numbers = columns.filter(({ meaning }) => meaning?.field === 'number');
  const [first] = numbers;
  const finer = numbers.findLast(({ index, label }) => LEVELLED.test(label) && index < (matter ?? Infinity));
  return (finer ?? first)?.index;
}
