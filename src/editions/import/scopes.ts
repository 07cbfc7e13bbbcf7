/** Where single rows of a delegated list hold: a column of classes or townships, or a column with ticks for each township. */
import type { Directory } from '../../organizations/directory.js';
import { isGenericTownship, isTownshipUnit, withoutOffice } from '../../organizations/names.js';
import { isTownshipLabel } from './headers.js';
import type { Mapping } from './mapping.js';
import type { Entry } from './parties.js';
import { cleanText } from './units.js';
import type { ListTable, Matter } from './table-rows.js';

const TICK = /^[\u221a\u2713\u2714\u25cb\u25cf\u25a0\u2605✓是有]$/;
const NO_TICK = /^(?:[\u00d7xX/—\-－否无]*)$/;

/** The columns that bear the name of one township each and hold nothing but ticks; fewer than two are none. */
export function tickColumns({ header, matters, mapping }: ListTable): { index: number; township: string }[] {
  const taken = new Set(mapping.parties.flatMap((p) => [p.unit, p.duty, p.both]));
  const found = header.columns.flatMap(({ index, label }) => {
    const township = label.split('/').at(-1) ?? '';
    if (taken.has(index) || !isTownshipLabel(label)) return [];
    const texts = matters.map(({ parts }) => parts[0]?.at(index)?.text.trim() ?? '');
    const isTicks = texts.every((text) => TICK.test(text) || NO_TICK.test(text));
    return isTicks && texts.some((text) => TICK.test(text)) ? [{ index, township }] : [];
  });
  return found.length >= 2 ? found : [];
}

/** Townships one below the other are several; any other line is where the page broke a name. */
export function scopeText(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => cleanText(line).replace(/[、,\uff0c;\uff1b]$/, ''))
    .filter(Boolean);
  const areTownships = lines.every((line) =>
    line.split(/[、,\uff0c;\uff1b]/).every((name) => isTownshipUnit(name.trim())),
  );
  return lines.join(areTownships ? '、' : '');
}

export const tickedScope = (matter: Matter, columns: { index: number; township: string }[]): string =>
  columns
    .filter(({ index }) => TICK.test(matter.parts[0]?.at(index)?.text.trim() ?? ''))
    .map(({ township }) => township)
    .join('、');

/** 全县, 各镇街; 乡级, 县乡两级 under 行使层级 says which level, and none of its townships. */
const ALL = /^(?:全县|全部|所有|各)|^(?:省|市|县|区)*(?:乡镇|镇街|乡|镇|街道)[两三]?级$/;

/** The classes and townships that a cell names; empty where it means all of them, null where nobody can tell. */
export function scopesIn(text: string, directory: Directory | null): string[] | null {
  const townships = directory?.organizations.filter((o) => o.kind === 'township') ?? [];
  const classes = new Set(townships.map((o) => o.townshipClass));
  const names = text
    .split(/[、,\uff0c;\uff1b\n]/)
    .map((name) => name.trim())
    .filter(Boolean);
  if (classes.has(text.trim())) return [text.trim()];
  if (names.every((name) => isGenericTownship(name) || ALL.test(name))) return [];
  const known = names.map((name) => {
    if (classes.has(name)) return name;
    const unit = directory?.resolve(name) ?? null;
    return townships.some((o) => o.name === unit) ? unit : null;
  });
  return known.every((name) => name !== null) ? known : null;
}

/** 城关街道主体责任 and no column or unit of other townships: the rows are those of that street, whatever the title says. */
export function streetOf({ parties }: Mapping, rows: { lead: Entry[]; support: Entry[] }[]): string {
  const named = parties.flatMap(({ headerUnit = '' }) => (isTownshipUnit(headerUnit) ? [headerUnit] : []));
  const units = rows.flatMap(({ lead, support }) => [...lead, ...support].map(({ unit }) => unit));
  const [only = ''] = named;
  const isOthers = (unit: string) => isTownshipUnit(unit) && withoutOffice(unit) !== only;
  return isGenericTownship(only) || [...named, ...units].some(isOthers) ? '' : only;
}
