/** Parts of a row as blocks of a card: what a unit has to do, and where it stands. */
import type { Block } from '../core/card.js';
import type { Person, Responsibility } from '../core/domain.js';
import { traitsOf } from '../core/list-kinds.js';
import { isGenericTownship, isTownshipUnit, withoutOffice } from '../organizations/names.js';
import type { AskerScope, IndexedRow } from './row-index.js';

/** The asker's township, where the account is bound to one. */
export type Asker = AskerScope & {
  person: Person | null;
  seesPeople: boolean;
  /** Nothing but who carries what in the township that is asked as: the contact of one of its villages. */
  seesCarriers?: boolean;
};

/** 《title》 · edition · row number. */
export function sourceOf({ list, row }: IndexedRow): string {
  const parts = [list.editionLabel, list.documentNumber, `第${row.number}项`].filter(Boolean);
  return `出处:《${list.title}》 · ${parts.join(' · ')}`;
}

const sentence = (text: string): string =>
  text === '' || /[。;\uff1b!\uff01?\uff1f]$/.test(text) ? text : `${text}。`;

/** The township's side of a row; of the asker's own township where that is known. */
export function isOwnPart({ unit }: Responsibility, asker: Asker): boolean {
  if (isGenericTownship(unit)) return true;
  return asker.township === undefined ? isTownshipUnit(unit) : withoutOffice(unit) === asker.township;
}

/** 乡镇(街道) is the asker's own township, and its 党政办公室 that of the asker's. */
function ownName(unit: string, township: string): string {
  if (!isGenericTownship(unit)) return unit;
  const outer = withoutOffice(unit);
  return outer === unit ? `${unit}(${township})` : `${township}${unit.slice(outer.length)}`;
}

export function duties(label: string, part: Responsibility, asker: Asker): Block {
  // A delegated list names only who enforced before.
  if (part.duty === '') return { kind: 'field', label, text: part.unit };
  const isOwn = isOwnPart(part, asker);
  const unit = isOwn && asker.township ? ownName(part.unit, asker.township) : part.unit;
  return { kind: 'field', label: `${label} ${unit}`, text: sentence(part.duty), isOwn };
}

/** What the list calls its leading side. */
export function leadLabel({ list }: IndexedRow): string {
  return traitsOf(list.kind).leadLabel;
}
