/** One matter in two lists: neither lead hides the other, and where they disagree the card says so. */
import type { Block } from '../core/card.js';
import { traitsOf } from '../core/list-kinds.js';
import { departmentsIn } from '../organizations/names.js';
import { duties, leadLabel, type Asker } from './row-parts.js';
import { PERHAPS_RELATED_PENALTY, RELATED_PENALTY, SAME_MATTER } from './decide.js';
import type { Knowledge } from './knowledge.js';
import { rowsAsNear, rowsNear } from './near-rows.js';
import type { IndexedRow } from './row-index.js';

/** More would hide the answer itself. */
const SHOWN = 2;

/**
 * The row that says who does what of the matter that a penalty item is about, and may be answered where it is asked for a
 * side that the item does not have; null for a row that divides work itself, and where none is near.
 */
export function dividingRow(entry: IndexedRow, knowledge: Knowledge, asker: Asker): IndexedRow | null {
  if (entry.list.kind !== 'delegated') return null;
  const [best] = rowsNear(entry, knowledge, asker, ({ list }) => traitsOf(list.kind).dividesWork);
  return best && best.similarity >= RELATED_PENALTY ? best.other : null;
}

/** Where none is near enough to be answered: those that may be of its matter. Whoever takes part in one is asked for there. */
export const perhapsDividing = (entry: IndexedRow, knowledge: Knowledge, asker: Asker): IndexedRow[] =>
  rowsNear(entry, knowledge, asker, ({ list }) => traitsOf(list.kind).dividesWork)
    .filter(({ similarity }) => similarity >= PERHAPS_RELATED_PENALTY)
    .slice(0, SHOWN)
    .map(({ other }) => other);

/** Rows of other lists that state the matter too; penalty items and what was taken back have blocks of their own. */
export function sameMatterRows(entry: IndexedRow, knowledge: Knowledge, asker: Asker): IndexedRow[] {
  if (!traitsOf(entry.list.kind).dividesWork) return [];
  const isOther = ({ row, list }: IndexedRow) =>
    row.listId !== entry.row.listId && traitsOf(list.kind).dividesWork;
  return rowsAsNear(entry, knowledge, asker, { least: SAME_MATTER, accepts: isOther })
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

/**
 * What another township has of a matter that is in the list of one (耕地撂荒, of 柳林镇 and of 石桥镇): the row of its own list, or of a
 * list of the whole county; null where it has none. A row of no township is everybody's.
 */
export function rowOfTownship(entry: IndexedRow, knowledge: Knowledge, there: Asker): IndexedRow | null {
  const own = entry.list.scope.township;
  if (own === undefined || there.township === undefined || own === there.township) return entry;
  const isOfThere = ({ list }: IndexedRow) =>
    list.kind === entry.list.kind && list.scope.township === there.township;
  const [best] = rowsNear(entry, knowledge, there, isOfThere);
  if (best && best.similarity >= SAME_MATTER) return best.other;
  return sameMatterRows(entry, knowledge, there)[0] ?? null;
}
