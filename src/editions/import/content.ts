/** Columns that no word of the header explains, told by what they hold. */
import type { Header } from './columns.js';
import type { Mapping } from './mapping.js';
import type { GridRow } from '../../files/grid.js';
import { countKnownLabels } from './headers.js';
import { isTownshipUnit } from '../../organizations/names.js';
import { isNumberText } from './lines.js';
import { isUnitName, splitNamedDuties, splitUnitNames } from './units.js';

const SAMPLE_ROWS = 40;
const nobody = () => false;

const textsOf = (rows: GridRow[], column: number): string[] =>
  rows.flatMap((row) => row.cells.filter((cell) => cell.column === column).map((cell) => cell.text.trim()));

const shareOf = (texts: string[], test: (text: string) => boolean): number =>
  texts.length === 0 ? 0 : texts.filter(test).length / texts.length;

const holdsUnits = (text: string): boolean => {
  const units = splitUnitNames(text, nobody);
  return units.length > 0 && units.every((unit) => isUnitName(unit, nobody));
};
const holdsNamedDuties = (text: string): boolean => {
  const { before, parts } = splitNamedDuties(text, nobody);
  return before === '' && parts.length > 0;
};

/**
 * Finds the number, the matter and the lead where the header does not name them.
 * @param rows the rows below the header; the first forty are looked at.
 */
export function fillByContent(mapping: Mapping, header: Header, rows: GridRow[]): Mapping {
  const sample = rows.slice(0, SAMPLE_ROWS);
  const simple = { ...mapping.simple };
  const parties = [...mapping.parties];
  const free = () =>
    header.columns
      .filter(({ meaning, index, label }) => !meaning && !isTaken(index) && countKnownLabels([label]) === 0)
      .map(({ index }) => ({ index, texts: textsOf(sample, index) }));
  const isTaken = (index: number) =>
    Object.values(simple).includes(index) ||
    parties.some((party) => [party.unit, party.duty, party.both].includes(index)) ||
    (mapping.guide ?? []).some((column) => column.index === index);
  if (simple.number === undefined) {
    const found = free().find(({ texts }) => texts.length > 0 && shareOf(texts, isNumberText) >= 0.9);
    if (found) simple.number = found.index;
  }
  if (!parties.some((party) => party.role === 'lead')) {
    const named = free().find(({ texts }) => shareOf(texts, holdsNamedDuties) >= 0.7);
    const units = free().find(({ texts }) => shareOf(texts, holdsUnits) >= 0.7);
    if (named) parties.unshift({ role: 'lead', both: named.index });
    else if (units) parties.unshift({ role: 'lead', unit: units.index });
  }
  // Duties without names beside a column of units that the header does not call so.
  for (const [at, party] of parties.entries()) {
    if (party.both === undefined || party.headerUnit || party.role !== 'lead') continue;
    if (shareOf(textsOf(sample, party.both), holdsNamedDuties) >= 0.3) continue;
    const units = free().find(({ texts }) => shareOf(texts, holdsUnits) >= 0.7);
    if (units) parties[at] = { role: 'lead', unit: units.index, duty: party.both };
  }
  joinTownships(parties, sample);
  if (simple.matter === undefined) promoteFields(simple, header, sample);
  if (simple.matter === undefined) {
    const isMatter = ({ texts }: { texts: string[] }) =>
      texts.length > 0 &&
      new Set(texts).size >= texts.length * 0.8 &&
      shareOf(texts, (text) => text.length >= 3 && text.length <= 80) >= 0.9 &&
      shareOf(texts, holdsUnits) < 0.5;
    const found = free().find(isMatter);
    if (found) simple.matter = found.index;
  }
  return { ...mapping, simple, parties };
}

/** 行业领域 beside 监管内容 names the rows where no column is called a matter and no two say the same. */
function promoteFields(simple: Mapping['simple'], header: Header, sample: GridRow[]): void {
  const { category } = simple;
  const label = header.columns.find(({ index }) => index === category)?.label ?? '';
  if (category === undefined || !/领域|行业/.test(label)) return;
  const texts = textsOf(sample, category).filter(Boolean);
  if (texts.length === 0 || new Set(texts).size < texts.length) return;
  simple.matter = category;
  delete simple.category;
}

/** 配合单位 beside 镇街职责 are one where the units are townships. */
function joinTownships(parties: Mapping['parties'], sample: GridRow[]): void {
  const at = parties.findIndex((party, i) => {
    const next = parties[i + 1];
    return (
      party.unit !== undefined && party.duty === undefined && next?.headerUnit && next.role === party.role
    );
  });
  const [units, duties] = [parties[at], parties[at + 1]];
  if (units?.unit === undefined || duties?.both === undefined) return;
  if (shareOf(textsOf(sample, units.unit), (text) => isTownshipUnit(text.trim())) < 0.9) return;
  const { both, ...rest } = duties;
  parties.splice(at, 2, { ...rest, unit: units.unit, duty: both });
}
