/** A row that a page break cut in two, the rest of it printed below as a row without number, matter and units. */
import { isSameCell, type Slot, type Slots } from '../../files/spans.js';
import type { Column, Mapping, Party } from './mapping.js';
import { isUnitName, NUMBERING } from './units.js';

type Matter = { parts: Slots[] };
type Table = { header: { columns: Column[] }; mapping: Mapping; matters: Matter[] };

const ENDED = /[。;\uff1b!\uff01?\uff1f》]$/;
const OPEN = /[,\uff0c、:\uff1a(\uff08“《]$/;
/** Of so many cells that end a sentence, one that does not was cut. */
const HABIT = 0.8;
const LOOKED_AT = 40;

const isName = (text: string): boolean => isUnitName(text, () => false);
const filledAt = (slots: Slots, column: number): Slot | null => {
  const slot = slots.at(column);
  return slot && slot.text.trim() !== '' ? slot : null;
};
const ownAt = (slots: Slots, column: number): Slot | null => {
  const slot = filledAt(slots, column);
  return slot?.row === slots.row ? slot : null;
};

/** Whether the cells of a column mostly end their sentences. */
function endsSentences(matters: Matter[], column: number): boolean {
  const texts = matters
    .slice(-LOOKED_AT)
    .flatMap(({ parts }) => parts.flatMap((part) => ownAt(part, column)?.text.trim() ?? []));
  return texts.length > 1 && texts.filter((text) => ENDED.test(text)).length >= (texts.length - 1) * HABIT;
}

/** How often a row was joined already. */
type JoinedSlots = Slots & { joints?: number };
/** No row is cut so often; bounds the work on hostile files. */
const MOST_JOINTS = 20;

type Cut = { above: Slot; below: Slot; isOpen: boolean; isOfUnit: boolean };

/** What stands above a cell of the row: the last of its column in the matter. */
const aboveOf = (parts: Slots[], column: number): Slot | null => {
  const part = parts.findLast((slots) => filledAt(slots, column) !== null);
  return part ? filledAt(part, column) : null;
};

/** 县公路事业 | 发展中心: the name itself was cut; any other name begins something of its own. */
const isCutName = (above: Slot | null, below: Slot): boolean =>
  above !== null && !isName(above.text.trim()) && isName(`${above.text.trim()}${below.text.trim()}`);

/** The columns of units that begin in this row, and of their duties. */
function begunColumns(parties: Party[], parts: Slots[], slots: Slots): ReadonlySet<number | undefined> {
  const begun = parties.filter(({ unit }) => {
    const own = unit === undefined ? null : ownAt(slots, unit);
    return unit !== undefined && own !== null && !isCutName(aboveOf(parts, unit), own);
  });
  return new Set(begun.flatMap(({ unit, duty }) => [unit, duty]));
}

/**
 * The physical rows of a matter with the rest of its last one put behind the cells that it goes on with, or null where
 * the row is one of its own: it has a number, or nothing shows that a cell was cut. Units that begin in it stay a row.
 */
export function joinCutRow(table: Table, slots: Slots): Slots[] | null {
  const { header, mapping, matters } = table;
  const { simple, parties } = mapping;
  const parts = matters.at(-1)?.parts ?? [];
  const begun = begunColumns(parties, parts, slots);
  const units = new Set(parties.map(({ unit }) => unit));
  const aside = new Set([simple.category, simple.list, simple.batch]);
  if (simple.number !== undefined && ownAt(slots, simple.number)) return null;
  if (parts.some((part: JoinedSlots) => (part.joints ?? 0) >= MOST_JOINTS)) return null;
  const cuts: Cut[] = [];
  let hasMatter = false;
  for (const { index } of header.columns) {
    const below = ownAt(slots, index);
    if (!below || below.column !== index || aside.has(index) || begun.has(index)) continue;
    const above = aboveOf(parts, index);
    if (!above) return null;
    const text = above.text.trim();
    const isOpen =
      index !== simple.matter && (OPEN.test(text) || (!ENDED.test(text) && endsSentences(matters, index)));
    cuts.push({ above, below, isOpen, isOfUnit: units.has(index) });
    hasMatter ||= index === simple.matter;
  }
  // On the next page 2.… goes on with 1.…; a whole sentence may be that of a unit whose name is missing.
  const mayGoOn = ({ above, below }: Cut) =>
    above.grid !== below.grid && (NUMBERING.test(below.text) || !ENDED.test(above.text.trim()));
  const isOpen = cuts.some((cut) => cut.isOpen || cut.isOfUnit);
  // A matter of its own whose number is missing looks the same, unless a comma shows on the page before that it goes on.
  const isOfMatter = ({ above, below }: Cut) => above.grid !== below.grid && OPEN.test(above.text.trim());
  const isCut = hasMatter
    ? simple.number !== undefined && cuts.some(isOfMatter)
    : isOpen || cuts.every(mayGoOn);
  const hasRest = begun.size > 0;
  if (cuts.length === 0 || !isCut || (hasRest && !cuts.every((cut) => cut.isOpen))) return null;
  const joined = parts.map((part) => withCuts(part, cuts));
  return hasRest ? [...joined, withoutCuts(slots, cuts)] : joined;
}

const withCuts = (part: JoinedSlots, cuts: Cut[]): JoinedSlots => ({
  row: part.row,
  joints: (part.joints ?? 0) + 1,
  at(column) {
    const slot = part.at(column);
    const cut = slot && cuts.find(({ above }) => isSameCell(above, slot));
    if (!cut) return slot;
    const isMiddle = cut.isOpen || cut.isOfUnit || !ENDED.test(cut.above.text.trim());
    const [above, below] = [cut.above.text.trimEnd(), cut.below.text.trimStart()];
    return {
      ...slot,
      isFormula: slot.isFormula || cut.below.isFormula,
      text: `${above}${isMiddle ? '' : '\n'}${below}`,
    };
  },
});

const withoutCuts = (slots: Slots, cuts: Cut[]): Slots => ({
  row: slots.row,
  at(column) {
    const slot = slots.at(column);
    return slot && cuts.some(({ below }) => isSameCell(below, slot)) ? null : slot;
  },
});
