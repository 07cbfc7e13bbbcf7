/** Units and duties of cells, brought together as the document means them. */
import type { Responsibility } from '../../core/domain.js';
import {
  cleanText,
  NUMBERING,
  splitNamedDuties,
  splitSentences,
  splitUnitNames,
  withPlainHeads,
  type IsKnownUnit,
} from './units.js';

/** Several values in one cell stand behind each other with `|` or a line break. */
const splitLines = (cell: string): string[] =>
  cell
    .split(/[|\n]/)
    .map((part) => part.trim())
    .filter(Boolean);

/**
 * Pairs the units of one cell with the duties of another: one duty a unit in the same order (`|`, line breaks, or ; when
 * the counts agree), `单位:职责` for each unit, or one duty that all units share.
 */
export function pairDuties(
  unitCell: string,
  printedDuty: string,
  isKnown: IsKnownUnit = () => false,
): Responsibility[] {
  const units = splitUnitNames(unitCell, isKnown);
  const only = units[0];
  if (only === undefined) return [];
  const dutyCell = withWholeNames(withPlainHeads(printedDuty, isKnown), units);
  if (units.length === 1) return [{ unit: only, duty: withoutName(dutyCell, only) }];
  const named = splitNamedDuties(dutyCell, (name) => units.includes(name), true);
  if (named.before === '' && units.every((unit) => named.parts.some((part) => part.unit === unit)))
    return units.map((unit) => ({ unit, duty: dutyOf(named.parts, unit) }));
  const said = splitSentences(dutyCell, (name) => units.includes(name)) ?? [];
  const isOfAll = units.every((unit) => said.some((part) => part.unit === unit));
  if (isOfAll && said.every((part) => units.includes(part.unit)))
    return units.map((unit) => ({ unit, duty: dutyOf(said, unit) }));
  const begun = begunBy(units, dutyCell);
  if (begun) return begun;
  // A semicolon inside a duty is punctuation; it divides duties only where it divides the units too.
  const semicolons = /[;\uff1b]/.test(unitCell) ? [dutyCell.split(/[;\uff1b]/).map((p) => p.trim())] : [];
  // `1.县商务局 2.县公安局` beside `1.… 2.…`: the number says whose the duty is, and is no part of it.
  const isNumbered = NUMBERING.test(unitCell);
  for (const parts of [splitLines(dutyCell), ...semicolons])
    if (parts.length === units.length && !isOneNumberedDuty(unitCell, parts)) {
      const areNumbered = isNumbered && parts.every((part) => NUMBERING.test(part));
      const own = areNumbered ? parts.map((part) => part.replace(NUMBERING, '')) : parts;
      return units.map((unit, i) => ({ unit, duty: withoutName(own[i] ?? '', unit) }));
    }
  const duty = cleanText(dutyCell);
  return units.map((unit) => ({ unit, duty }));
}

/** Not behind a mere line break: there a whole name may be broken. */
const HEAD = /(^|[。;\uff1b|])(\s{0,9})([\u4e00-\u9fff]{2,20})(?=[:\uff1a])/g;
/** 县卫健局 of 县卫生健康局: its characters in their order, the last one the same. */
function isShortFor(name: string, unit: string): boolean {
  let at = -1;
  const isWithin = [...name].every((char) => (at = unit.indexOf(char, at + 1)) >= 0);
  return isWithin && name.length >= 3 && name.at(-1) === unit.at(-1);
}
/** Duties that stand behind short names are those of the units of the cell beside, where each short name is one of them. */
const withWholeNames = (text: string, units: readonly string[]): string =>
  text.replace(HEAD, (whole, before: string, blank: string, name: string) => {
    const meant = units.includes(name) ? [] : units.filter((unit) => isShortFor(name, unit));
    return meant.length === 1 ? `${before}${blank}${meant[0]}` : whole;
  });

/** `县财政局安排资金;乡镇核实损失。`: sentences that begin with the very units of the cell, each of which begins one. */
function begunBy(units: string[], dutyCell: string): Responsibility[] | null {
  const parts: Responsibility[] = [];
  for (const sentence of dutyCell.split(/(?<=[。;\uff1b\n])/)) {
    const text = cleanText(sentence.replace(NUMBERING, ''));
    const unit = units.find((name) => text.startsWith(name));
    const last = parts.at(-1);
    if (text === '') continue;
    if (unit !== undefined) parts.push({ unit, duty: text.slice(unit.length) });
    else if (last) last.duty = `${last.duty}${text}`;
    else return null;
  }
  if (!units.every((unit) => parts.some((part) => part.unit === unit && part.duty.length > 1))) return null;
  return units.map((unit) => ({ unit, duty: dutyOf(parts, unit).replace(/[;\uff1b]$/, '') }));
}

const dutyOf = (parts: Responsibility[], unit: string): string =>
  parts
    .filter((part) => part.unit === unit)
    .map((part) => part.duty)
    .join(' ');

/** `1.… 2.…` for units that bear no numbers is one duty of two items, which they share. */
const isOneNumberedDuty = (unitCell: string, duties: string[]): boolean =>
  duties.every((duty) => NUMBERING.test(duty)) && !NUMBERING.test(unitCell);

/** `县公安局:查处` without its name; a name that goes on in a sentence stays. */
function withoutName(duty: string, unit: string): string {
  const text = cleanText(duty);
  const rest = text.startsWith(unit) ? text.slice(unit.length).trimStart() : '';
  return /^[:\uff1a]/.test(rest) ? rest.slice(1).trim() : text;
}

/** True when the duty cell is divided into another number of duties than there are units. */
export function hasOtherCount(unitCell: string, dutyCell: string, isKnown: IsKnownUnit): boolean {
  const units = splitUnitNames(unitCell, isKnown);
  const duties = splitLines(dutyCell).length;
  if (duties <= 1 || duties === units.length) return false;
  const { parts } = splitNamedDuties(dutyCell, (name) => units.includes(name), true);
  return !units.every((unit) => parts.some((part) => part.unit === unit));
}
