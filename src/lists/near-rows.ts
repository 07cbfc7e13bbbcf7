/** Rows that lie near to a row, by what both say. */
import type { Asker } from './row-parts.js';
import type { Knowledge } from './knowledge.js';
import type { IndexedRow, RowIndex } from './row-index.js';

export type NearRow = { other: IndexedRow; similarity: number };

/** Rows of one index whose neighbours are kept: an answer asks for them four times, and people ask for the same rows. */
const KEPT = 256;
const neighbours = new WeakMap<RowIndex, Map<IndexedRow, NearRow[]>>();

/** The other rows that the asker may see and `accepts` holds for, the nearest first. */
export const rowsNear = (
  entry: IndexedRow,
  { index }: Knowledge,
  asker: Asker,
  accepts: (other: IndexedRow) => boolean = () => true,
): NearRow[] =>
  neighboursOf(entry, index).filter(({ other }) => accepts(other) && index.isVisible(other, asker));

/** Of those the ones that are `least` near: each answer asks for them, and few rows are. */
export function rowsAsNear(
  entry: IndexedRow,
  { index }: Knowledge,
  asker: Asker,
  { least, accepts }: { least: number; accepts: (other: IndexedRow) => boolean },
): NearRow[] {
  const at = index.positionOf(entry.ref);
  const found: NearRow[] = [];
  for (const [i, other] of index.entries.entries()) {
    if (other === entry || !accepts(other) || !index.isVisible(other, asker)) continue;
    const similarity = index.rowSimilarity(at, i, least);
    if (similarity >= least) found.push({ other, similarity });
  }
  return found.sort((a, b) => b.similarity - a.similarity);
}

function neighboursOf(entry: IndexedRow, index: RowIndex): NearRow[] {
  const kept = neighbours.get(index) ?? new Map<IndexedRow, NearRow[]>();
  neighbours.set(index, kept);
  const known = kept.get(entry);
  if (known) return known;
  const at = index.positionOf(entry.ref);
  const found = index.entries
    .map((other, i) => ({ other, similarity: index.rowSimilarity(at, i) }))
    // Rows of other counties, and all rows without an encoder, are near to none.
    .filter(({ other, similarity }) => other !== entry && similarity > 0)
    .sort((a, b) => b.similarity - a.similarity);
  const [oldest] = kept.keys();
  if (kept.size >= KEPT && oldest) kept.delete(oldest);
  kept.set(entry, found);
  return found;
}
