/** The two sides of a row, once all of its cells are read: whose the shared duties are, and each unit once. */
import type { Responsibility } from '../../core/domain.js';
import { isTownshipUnit } from '../../organizations/names.js';
import { ledIn } from './lead-words.js';
import type { Entry } from './parties.js';
import type { ListTable } from './table-rows.js';
import { splitNamedDuties, splitSentences, splitUnitNames, type IsKnownUnit } from './units.js';
import { isOwnExport } from './mapping.js';

type Sides = { lead: Entry[]; support: Entry[] };

/** 镇(街道):… in the cell of duties, and 柳林镇 in a column of its own: the column names them. */
export function nameSides({ lead, support }: Sides): Sides {
  const named = support.filter(({ isOfSide }) => !isOfSide);
  const isFree = named.length > 0 && named.every(({ duty }) => duty === '');
  if (!isFree) return { lead, support };
  const ofSides = support.filter(({ isOfSide }) => isOfSide);
  const takes = (side: Entry, entry: Entry) => side.unit === '' || isTownshipUnit(entry.unit);
  const [used, left] = [true, false].map((isUsed) =>
    ofSides.filter((side) => named.some((entry) => takes(side, entry)) === isUsed),
  );
  const dutyOf = (entry: Entry): Partial<Entry> => {
    const side = used?.find((it) => takes(it, entry));
    return side ? { duty: side.duty, dutyRow: side.dutyRow, dutyColumn: side.dutyColumn } : {};
  };
  return { lead, support: [...named.map((entry) => ({ ...entry, ...dutyOf(entry) })), ...(left ?? [])] };
}

/** One column of duties (职责分工) for leads and supporting units: each gets what stands behind its name. */
export function shareDuties({ lead, support }: Sides, { mapping }: ListTable): Sides {
  const hasOwn = mapping.parties.some(
    (p) => p.role === 'support' && (p.duty !== undefined || p.both !== undefined),
  );
  const text = lead[0]?.duty ?? '';
  if (hasOwn || support.length === 0 || text === '') return { lead, support };
  const units = new Set([...lead, ...support].map((entry) => entry.unit));
  const { before, parts } = splitNamedDuties(text, (name) => units.has(name), true);
  // (一)县城管局负责…。(二)县公安局负责…: the sentences of all of them, without colons.
  const said = parts.length === 0 ? (splitSentences(text, (name) => units.has(name)) ?? []) : [];
  const isOfAll = [...units].every((unit) => said.some((part) => part.unit === unit));
  if (isOfAll && said.every((part) => units.has(part.unit))) return withDuties({ lead, support }, said);
  // The name of a single lead has already gone from before its own duty.
  const [only] = lead;
  const isLeadFirst = before !== '' && lead.length === 1 && only !== undefined;
  if (parts.length === 0 || (before !== '' && !isLeadFirst)) return { lead, support };
  const given = withDuties({ lead, support }, parts);
  return isLeadFirst ? { ...given, lead: [{ ...only, duty: before.replace(/[;\uff1b]$/, '') }] } : given;
}

function withDuties({ lead, support }: Sides, parts: Responsibility[]): Sides {
  const dutyOf = (unit: string) =>
    parts
      .filter((part) => part.unit === unit)
      .map(({ duty }) => duty)
      .join(' ');
  return {
    lead: lead.map((entry) => ({ ...entry, duty: dutyOf(entry.unit) })),
    support: support.map((entry) => ({
      ...entry,
      duty: dutyOf(entry.unit),
      dutyColumn: lead[0]?.dutyColumn ?? entry.dutyColumn,
    })),
  };
}

/** One unit printed in two columns (主管单位, 处置单位) without a word of its own is one. */
export function onceEach({ lead, support }: Sides, { mapping }: ListTable): Sides {
  if (isOwnExport(mapping)) return { lead, support };
  const isNew = (entry: Entry, others: Entry[]) =>
    !others.some((other) => other.unit === entry.unit && (entry.duty === '' || entry.duty === other.duty));
  const leads = lead.filter((entry, at) => !entry.unit || isNew(entry, lead.slice(0, at)));
  return {
    lead: leads,
    support: support.filter(
      (entry, at) =>
        !entry.unit || (isNew(entry, support.slice(0, at)) && (entry.duty !== '' || isNew(entry, leads))),
    ),
  };
}

/** `牵头单位：县城管局` in the line above rows that name nobody who leads: the category is what stands before it. */
function ledBySection(
  category: string,
  row: number,
  { lead, support }: Sides,
  isKnown: IsKnownUnit,
): (Sides & { category: string }) | null {
  const { name, owners } = ledIn(category);
  const units = owners === '' ? [] : splitUnitNames(owners, isKnown);
  if (units.length === 0 || !units.every(isKnown)) return null;
  const at = { row, column: 0, dutyRow: row, dutyColumn: 0, isOfSection: true } as const;
  const isNobodys = lead.every(({ unit }) => unit === '');
  const own: Entry[] = lead.length > 0 && isNobodys ? lead : [{ unit: '', duty: '', ...at }];
  const owned = units.flatMap((unit) => own.map((entry) => ({ ...entry, unit })));
  if (isNobodys) return { category: name, lead: owned, support };
  // 责任单位 in the rows of a category that another unit leads.
  const isOwn = ({ unit }: Entry) => units.includes(unit);
  const others = lead.filter((entry) => !isOwn(entry));
  return {
    category: name,
    lead: owned.flatMap((entry) => {
      const said = lead.filter(({ unit }) => unit === entry.unit);
      return said.length > 0 ? said : [entry];
    }),
    support: [...others.map((entry): Entry => ({ ...entry, isImplied: true })), ...support],
  };
}

/** `县民政局承接(2项)` above rows that name nobody: whose they are, and no category. */
export function ownedBySection(
  category: string,
  row: number,
  { lead, support }: Sides,
  isKnown: IsKnownUnit,
): Sides & { category: string } {
  const led = ledBySection(category, row, { lead, support }, isKnown);
  if (led) return led;
  const owner = /^由?(.{3,20}?)(?:承接|接收|收回|上收|负责|牵头)(?:的?事项)?$/.exec(category)?.[1] ?? '';
  const isNobodys = lead.length > 0 && lead.every(({ unit }) => unit === '');
  if (!isNobodys || owner === '' || !isKnown(owner)) return { category, lead, support };
  return { category: '', lead: lead.map((entry) => ({ ...entry, unit: owner })), support };
}
