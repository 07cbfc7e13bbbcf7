/** Rows that lie near to a row, by what both say. */
import type { Asker } from './row-parts.js';
import type { Knowledge } from './knowledge.js';
import type { IndexedRow } from './row-index.js';

export type NearRow = { other: IndexedRow; similarity: number };

/** The other rows that the asker may see and `accepts` holds for, the nearest first. */
export function rowsNear(
  entry: IndexedRow,
  { index }: Knowledge,
  asker: Asker,
  accepts: (other: IndexedRow) => boolean = () => true,
): NearRow[] {
  const at = index.positionOf(entry.ref);
  return index.entries
    .flatMap((other, i) =>
      other !== entry && accepts(other) && index.isVisible(other, asker)
        ? [{ other, similarity: index.rowSimilarity(at, i) }]
        : [],
    )
    .sort((a, b) => b.similarity - a.similarity);
}
