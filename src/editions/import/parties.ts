/** The units and duties of one matter, gathered over its physical rows. */
import { isTownshipUnit } from '../../organizations/names.js';
import type { Party } from './mapping.js';
import type { Role } from './headers.js';
import { pairDuties } from './pairing.js';
import { hasMarks, markActing, markedRoles, splitLabelled, tidyUnits, withoutMarks } from './roles.js';
import { splitSections, type Section } from './sections.js';
import { isSameCell, type Slot, type Slots } from '../../files/spans.js';
import { doneBy, splitUnitsBehind } from './units-behind.js';
import {
  cleanText,
  isUnitName,
  splitNamedDuties,
  splitSentences,
  splitUnitNames,
  type IsKnownUnit,
} from './units.js';

/** A responsibility and the cells that it was read from (physical row, 0-based column). */
export type Entry = {
  unit: string;
  duty: string;
  row: number;
  column: number;
  dutyRow: number;
  dutyColumn: number;
  /** Where the cell itself says it, whatever the column is called. */
  role?: Role;
  /** It takes part because another unit of its cell is marked as the one that leads. */
  isImplied?: true;
  /** Its cell says that it leads, and the header or a note that those named before it do. */
  isContrary?: true;
  /** The unit's office is told in brackets behind it; `isNewOffice`: the directory knows others of its offices, not this one. */
  isOffice?: true;
  isNewOffice?: true;
  /** The line of its category names it, and no duty. */
  isOfSection?: true;
  /** A label of the side gives it its duty, not its name: whom it means, another column may say. */
  isOfSide?: true;
};

/** 无, /, — : the cell says that there is none. */
export const isNothing = (text: string): boolean => /^(无|\/+|\\|-+|—+|–|－)$/.test(text.trim());
const filled = (slot: Slot | null): Slot | null =>
  slot && slot.text.trim() !== '' && !isNothing(slot.text) ? slot : null;

/** The units of one side of a matter with their duties. */
export function readParty(parts: Slots[], party: Party, isKnown: IsKnownUnit, hasMerges: boolean): Entry[] {
  const entries = readEntries(parts, party, isKnown, hasMerges);
  const isOpen = party.role === 'lead' && (!party.isFirm || party.isOfLevel) && !party.isSingle;
  const isPlain = entries.every(({ role, isOfSide }) => !role && !isOfSide);
  return isOpen && isPlain ? withDutyRoles(entries, party.isOfLevel === true) : entries;
}

function readEntries(parts: Slots[], party: Party, isKnown: IsKnownUnit, hasMerges: boolean): Entry[] {
  const { unit, duty, both } = party;
  if (party.isSingle && unit !== undefined) return readSingles(parts, unit, duty);
  const column = both ?? unit;
  if (column === undefined) return [];
  const isSame = (slots: Slots) => duty !== undefined && isSameCell(slots.at(column), slots.at(duty));
  if (both !== undefined || (duty !== undefined && parts.every(isSame)))
    return readJoined(parts, column, party, isKnown);
  const entries = readPairs(parts, { ...party, unit: column }, isKnown, hasMerges);
  // 县公安局(牵头) in a row of its own, and the others of the matter below it without a mark.
  const isLed = (party.isFirm !== true || party.isOfLevel === true) && parts.length > 1;
  if (!isLed || !entries.some(({ role }) => role === 'lead')) return entries;
  return entries.map((entry) => (entry.role ? entry : { ...entry, role: 'support', isImplied: true }));
}

/** One unit with its duty in each physical row, word for word. */
const readSingles = (parts: Slots[], column: number, dutyColumn: number | undefined): Entry[] =>
  parts.flatMap((slots): Entry[] => {
    const unit = slots.at(column);
    const duty = dutyColumn === undefined ? null : slots.at(dutyColumn);
    if (!unit?.text.trim() && !duty?.text.trim()) return [];
    const at = { row: slots.row, column, dutyRow: slots.row, dutyColumn: dutyColumn ?? column };
    return [{ unit: cleanText(unit?.text ?? ''), duty: cleanText(duty?.text ?? ''), ...at }];
  });

/** Slots that begin in their own physical row; a matter whose first row lies inside a merged area takes the area's cell. */
const ownSlots = (parts: Slots[], column: number): Slot[] =>
  parts.flatMap((slots, at) => {
    const slot = filled(slots.at(column));
    return slot && (slot.row === slots.row || at === 0) ? [slot] : [];
  });

/** One column with `单位:职责`, or with duties of the unit that the header names. */
function readJoined(parts: Slots[], column: number, party: Party, isKnown: IsKnownUnit): Entry[] {
  const { headerUnit = '' } = party;
  // Under 具体内容 the township's own work may speak of a department.
  const isOfOthers = headerUnit === '' && (party.isFirm === true || party.role === 'support');
  const entries: Entry[] = [];
  for (const slot of ownSlots(parts, column)) {
    const at = { row: slot.row, column: slot.column, dutyRow: slot.row, dutyColumn: slot.column };
    const sections = splitSections(slot.text);
    if (sections) {
      entries.push(...sections.flatMap((section) => readSection(section, at, isKnown)));
      continue;
    }
    const labelled = splitLabelled(slot.text, isKnown);
    if (labelled) {
      entries.push(...labelled.map(({ role, ...part }) => ({ ...part, ...at, ...(role && { role }) })));
      continue;
    }
    const behind = isOfOthers ? splitUnitsBehind(slot.text, isKnown) : null;
    if (behind) {
      entries.push(...behind.map(({ role, ...part }) => ({ ...part, ...at, ...(role && { role }) })));
      continue;
    }
    const printed = markActing(slot.text, isUnitsOf(isKnown));
    const text = withoutMarks(printed);
    const { before, parts: named } = splitNamedDuties(text, isKnown);
    const last = entries.at(-1);
    const from = entries.length;
    if (before !== '') {
      const units = named.length > 0 ? [] : splitUnitNames(text, isKnown);
      if (units.length > 0 && units.every((name) => isUnitName(name, isKnown)))
        entries.push(...units.map((name) => ({ unit: name, duty: '', ...at })));
      else if (headerUnit === '' && named.length === 0 && splitSentences(text, isKnown))
        entries.push(
          ...withSaidRoles((splitSentences(text, isKnown) ?? []).map((part) => ({ ...part, ...at }))),
        );
      else if (last && (headerUnit === '' || last.unit === headerUnit))
        last.duty = `${last.duty} ${before}`.trim();
      else
        entries.push({
          ...((isOfOthers && named.length === 0 && doneBy(text, isKnown)) || {
            unit: headerUnit,
            duty: before,
          }),
          ...at,
        });
    }
    entries.push(...named.map((part) => ({ ...part, ...at })));
    markRoles(printed, entries.slice(from), true);
  }
  return entries;
}

/** 县林业局牵头…; 县公安局配合…: the sentences themselves say who leads; townships beside departments do not. */
function withSaidRoles(entries: Entry[]): Entry[] {
  const isLead = ({ duty }: Entry) => /^(?:总?牵头|主办|主管)/.test(duty);
  const isHelp = ({ duty }: Entry) => /^(?:配合|协助|协同|协办|参与)/.test(duty);
  const hasLead = entries.some(isLead);
  const isTownship = (entry: Entry) => isTownshipUnit(entry.unit) && !isLead(entry);
  if (entries.every((entry) => isHelp(entry) || isTownship(entry))) return entries;
  return entries.map((entry) =>
    isHelp(entry) || isTownship(entry) || (hasLead && !isLead(entry)) ? { ...entry, role: 'support' } : entry,
  );
}

/**
 * 责任单位 whose duties begin 牵头… and 配合…: they say who leads. What says neither takes part, and that is said; under
 * 对应上级部门 it leads.
 */
function withDutyRoles(entries: Entry[], isOfLevel: boolean): Entry[] {
  const said = entries.map(({ duty }) => /^(总?牵头|主办)|^(?:配合|协助|协同|协办)/.exec(duty));
  const isSaid = said.some((it) => it?.[1]) && new Set(entries.map(({ duty }) => duty)).size > 1;
  if (!isSaid) return entries;
  return entries.map((entry, at): Entry => {
    const isOpen = !said[at];
    if (said[at]?.[1] || (isOpen && isOfLevel)) return entry;
    const isImplied = isOpen && !isTownshipUnit(entry.unit);
    return { ...entry, role: 'support', ...(isImplied && { isImplied: true }) };
  });
}

/** 【牵头单位】县公安局: names without a duty. */
function unitsAlone(text: string, isKnown: IsKnownUnit): { unit: string; duty: string }[] | null {
  const names = splitUnitNames(text.replace(/[。;\uff1b\s]{1,9}$/, ''), isKnown);
  const areUnits = names.length > 0 && names.every((name) => isUnitName(name, isKnown));
  return areUnits ? names.map((unit) => ({ unit, duty: '' })) : null;
}

const isUnitsOf =
  (isKnown: IsKnownUnit) =>
  (text: string): boolean => {
    const units = splitUnitNames(text, isKnown);
    return units.length > 0 && units.every((name) => isUnitName(name, isKnown));
  };

function readSection(
  { role, unit, text, isLevel }: Section,
  at: Omit<Entry, 'unit' | 'duty' | 'role'>,
  isKnown: IsKnownUnit,
): Entry[] {
  const plain = withoutMarks(text);
  const { before, parts } = splitNamedDuties(plain, isKnown);
  const isUnnamed = before !== '' && unit === '' && parts.length === 0;
  const found = isUnnamed ? (unitsAlone(plain, isKnown) ?? splitSentences(plain, isKnown)) : null;
  const own: Entry[] = before === '' || found ? [] : [{ unit, duty: before, ...at, role, isOfSide: true }];
  const roleOf = (name: string): Role => (isLevel && isTownshipUnit(name) ? 'support' : role);
  return [...own, ...(found ?? parts).map((part) => ({ ...part, ...at, role: roleOf(part.unit) }))];
}

function markRoles(text: string, entries: Entry[], impliesSupport: boolean): void {
  if (!hasMarks(text)) return;
  const roles = markedRoles(
    text,
    entries.map(({ unit }) => unit),
    impliesSupport,
  );
  for (const [at, entry] of entries.entries()) {
    const role = roles[at];
    if (role) entry.role = role;
  }
}

/** 县水利局（牵头） makes the unit that bears no mark one that takes part, under a header that does not say so. */
const asImplied = (entry: Entry, printed: string): Entry =>
  entry.role === 'support' && !/配合|协办|协同|协助|参与|联办|属地/.test(printed)
    ? { ...entry, isImplied: true }
    : entry;

/** `县级部门:… 镇(街道):…` beside the name of the department: its own part, and the parts of the other side. */
function splitSides(
  text: string,
  at: Omit<Entry, 'unit' | 'duty' | 'role'>,
  isKnown: IsKnownUnit,
): { own: string; others: Entry[] } | null {
  const sections = splitSections(text);
  const own = sections?.filter(({ role }) => role === 'lead').map((section) => section.text) ?? [];
  if (!sections || own.length === 0) return null;
  const place = { ...at, row: at.dutyRow, column: at.dutyColumn };
  const others = sections.filter(({ role }) => role === 'support');
  return { own: own.join('\n'), others: others.flatMap((section) => readSection(section, place, isKnown)) };
}

/** A column of units beside a column of duties. */
function readPairs(
  parts: Slots[],
  party: Party & { unit: number },
  isKnown: IsKnownUnit,
  hasMerges: boolean,
): Entry[] {
  const { unit: unitColumn, duty: dutyColumn } = party;
  type Group = { unit: Slot | null; duties: Slot[] };
  const groups: Group[] = [];
  let lastUnit: Slot | null = null;
  for (const slots of parts) {
    const unit = filled(slots.at(unitColumn));
    const duty = dutyColumn === undefined ? null : filled(slots.at(dutyColumn));
    const group = groups.at(-1);
    const isNewUnit = unit !== null && !isSameCell(unit, lastUnit);
    const isNewDuty = duty !== null && !groups.some((g) => g.duties.some((d) => isSameCell(d, duty)));
    if (isNewUnit) groups.push({ unit, duties: duty ? [duty] : [] });
    else if (isNewDuty) {
      const isCovered = unit !== null;
      // In a file without merged areas the blank below a unit means the same unit.
      if (group && (isCovered || !hasMerges)) group.duties.push(duty);
      else groups.push({ unit: null, duties: [duty] });
    }
    if (unit) lastUnit = unit;
  }
  return groups.flatMap(({ unit, duties }): Entry[] => {
    const text = duties.map((slot) => slot.text).join(duties.length > 1 ? '\n' : '');
    const first = duties[0];
    const at = {
      row: unit?.row ?? first?.row ?? 0,
      column: unitColumn,
      dutyRow: first?.row ?? unit?.row ?? 0,
      dutyColumn: dutyColumn ?? unitColumn,
    };
    if (!unit) return [{ unit: '', duty: cleanText(text), ...at }];
    const cell = tidyUnits(unit.text, isKnown, party.rule && 'mark' in party.rule ? party.rule.mark : '');
    const labelled = splitLabelled(cell, isKnown);
    if (labelled) {
      const duties = pairDuties(labelled.map((part) => part.unit).join('、'), text, isKnown);
      return labelled.map(({ unit: name, duty: own, role }, i) => ({
        ...{ unit: name, duty: own || cleanText(duties[i]?.duty ?? ''), ...at },
        ...(role && { role }),
      }));
    }
    const printed = markActing(cell, isUnitsOf(isKnown));
    const names = withoutMarks(printed);
    const sides = party.role === 'lead' ? splitSides(text, at, isKnown) : null;
    if (sides) {
      const own = pairDuties(names, withoutMarks(sides.own), isKnown);
      const entries = own.map((pair): Entry => ({ ...pair, duty: cleanText(pair.duty), ...at }));
      markRoles(printed, entries, party.isFirm !== true || party.isOfLevel === true);
      return [...entries, ...sides.others];
    }
    const named = dutyColumn === undefined ? splitNamedDuties(names, isKnown) : null;
    if (named && named.before === '' && named.parts.length > 0)
      return named.parts.map((part) => ({ ...part, ...at }));
    // Several rows of duties under one unit are that unit's, whatever their number.
    const duty = duties.length > 1 && splitUnitNames(names, isKnown).length === 1 ? cleanText(text) : text;
    const entries = pairDuties(names, withoutMarks(duty), isKnown).map((pair): Entry => ({
      ...pair,
      duty: cleanText(pair.duty),
      ...at,
    }));
    markRoles(printed, entries, party.isFirm !== true || party.isOfLevel === true);
    if (party.isOfLevel) return entries.map((entry) => asImplied(entry, printed));
    return entries;
  });
}
