/** 一级序号 and 二级序号 in one table: which of them numbers the rows. */
import type { Meaning } from './headers.js';

const OUTER = /^(?:[一二]级|[大小主]项\/)/;

/**
 * Where the first numbers are those of a level, the ones that stand nearest before the matters: the first may number groups, and
 * rows of one number are read as one. Any other table is numbered by its first column of numbers.
 */
export function numberColumn(
  columns: { index: number; label: string; meaning: Meaning | null }[],
  matter: number | undefined,
): number | undefined {
  const numbers = columns.filter(({ meaning }) => meaning?.field === 'number');
  const [first] = numbers;
  if (!first || !OUTER.test(first.label)) return first?.index;
  return (numbers.findLast(({ index }) => index < (matter ?? Infinity)) ?? first).index;
}
