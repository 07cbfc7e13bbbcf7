/** One matter in two lists: neither lead hides the other, and where they disagree the card says so. */
import type { Block } from '../core/card.js';
import { traitsOf } from '../core/list-kinds.js';
import { departmentsIn } from '../organizations/names.js';
import { duties, leadLabel, type Asker } from './row-parts.js';
import { RELATED_PENALTY, SAME_MATTER } from './decide.js';
import type { Knowledge } from './knowledge.js';
import type { IndexedRow } from './row-index.js';

/** More would hide the answer itself. */
const SHOWN = 2;

/**
 * The row that says who does what of the matter that a penalty item is about, and may be answered where it is asked for a
 * side that the item does not have; null for a row that divides work itself, and where none is near.
 */
export function dividingRow(entry: IndexedRow, { index }: Knowledge, asker: Asker): IndexedRow | null {
  if (entry.list.kind !== 'delegated') return null;
  const at = index.positionOf(entry.ref);
  let best: IndexedRow | null = null;
  let nearest = RELATED_PENALTY;
  for (const [i, other] of index.entries.entries()) {
    if (!traitsOf(other.list.kind).dividesWork || !index.isVisible(other, asker)) continue;
    const similarity = index.rowSimilarity(at, i);
    if (similarity < nearest) continue;
    best = other;
    nearest = similarity;
  }
  return best;
}

/** Rows of other lists that state the matter too; penalty items and what was taken back have blocks of their own. */
export function sameMatterRows(entry: IndexedRow, { index }: Knowledge, asker: Asker): IndexedRow[] {
  if (!traitsOf(entry.list.kind).dividesWork) return [];
  const at = index.positionOf(entry.ref);
  return index.entries
    .map((other, i) => ({ other, similarity: other === entry ? 0 : index.rowSimilarity(at, i) }))
    .filter(
      ({ other, similarity }) =>
        similarity >= SAME_MATTER &&
        other.row.listId !== entry.row.listId &&
        traitsOf(other.list.kind).dividesWork &&
        index.isVisible(other, asker),
    )
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, SHOWN)
    .map(({ other }) => other);
}

export function sameMatterBlocks(entry: IndexedRow, knowledge: Knowledge, asker: Asker): Block[] {
  return sameMatterRows(entry, knowledge, asker).flatMap((other): Block[] => {
    const [ours, theirs] = [departmentsIn(entry.row.lead), departmentsIn(other.row.lead)];
    const disagree = ours.length > 0 && theirs.length > 0 && !ours.some((unit) => theirs.includes(unit));
    return [
      {
        kind: 'text',
        text: `${traitsOf(other.list.kind).title}中同一事项另有一项:${other.row.matter}(《${other.list.title}》第${other.row.number}项)。${disagree ? '两份清单写明的牵头单位不一致,请以编办解释为准。' : ''}`,
      },
      ...other.row.lead.map((part) => duties(leadLabel(other), part, asker)),
    ];
  });
}
