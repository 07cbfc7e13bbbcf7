/** A row that a page break cut in two, the rest of it printed below as a row without number, matter and units. */
import { isSameCell, type Slot, type Slots } from '../../files/spans.js';
import type { Column, Mapping } from './mapping.js';
import { isUnitName, NUMBERING } from './units.js';

type Matter = { parts: Slots[] };
type Table = { header: { columns: Column[] }; mapping: Mapping; matters: Matter[] };

const ENDED = /[。;\uff1b!\uff01?\uff1f》]$/;
const OPEN = /[,\uff0c、:\uff1a(\uff08“《]$/;
/** Of so many cells that end a sentence, one that does not was cut. */
const HABIT = 0.8;

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
  const texts = matters.flatMap(({ parts }) =>
    parts.flatMap((part) => ownAt(part, column)?.text.trim() ?? []),
  );
  return texts.length > 1 && texts.filter((text) => ENDED.test(text)).length >= (texts.length - 1) * HABIT;
}

type Cut = { above: Slot; below: Slot; isOpen: boolean; isOfUnit: boolean };

/**
 * The physical rows of a matter with the rest of its last one put behind the cells that it goes on with, or null where
 * the row is one of its own: it has a number, it names a unit, or nothing shows that a cell was cut.
 */
export function joinCutRow(table: Table, slots: Slots): Slots[] | null {
  const { header, mapping, matters } = table;
  const { simple, parties } = mapping;
  const parts = matters.at(-1)?.parts ?? [];
  const units = new Set(parties.map(({ unit }) => unit));
  const aside = new Set([simple.category, simple.list, simple.batch]);
  if (simple.number !== undefined && ownAt(slots, simple.number)) return null;
  const cuts: Cut[] = [];
  let hasMatter = false;
  for (const { index } of header.columns) {
    const below = ownAt(slots, index);
    if (!below || below.column !== index || aside.has(index)) continue;
    const above = parts.map((part) => filledAt(part, index)).findLast((slot) => slot !== null);
    if (!above) return null;
    if (cuts.some((cut) => cut.below === below || isSameCell(cut.below, below))) continue;
    const text = above.text.trim();
    const isOfUnit = units.has(index);
    // 县公路事业 | 发展中心: the name itself was cut; any other name begins a row of its own.
    if (isOfUnit && (isName(text) || !isName(`${text}${below.text.trim()}`))) return null;
    const isOpen =
      index !== simple.matter && (OPEN.test(text) || (!ENDED.test(text) && endsSentences(matters, index)));
    cuts.push({ above, below, isOpen, isOfUnit });
    hasMatter ||= index === simple.matter;
  }
  // On the next page 2.… goes on with 1.…; a whole sentence may be that of a unit whose name is missing.
  const mayGoOn = ({ above, below }: Cut) =>
    above.grid !== below.grid && (NUMBERING.test(below.text) || !ENDED.test(above.text.trim()));
  const isCut = cuts.some(({ isOpen, isOfUnit }) => isOpen || isOfUnit);
  // A matter of its own whose number is missing looks the same, unless another cell is cut.
  if (cuts.length === 0 || !(isCut || (!hasMatter && cuts.every(mayGoOn)))) return null;
  return parts.map((part) => ({
    row: part.row,
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
  }));
}
