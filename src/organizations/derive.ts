/** A directory for a county that has none yet: the units of its first list, called as their counterparts here are called. */
import type { Organization, Person, Row } from '../core/domain.js';
import { createDirectory, type Directory } from './directory.js';
import { coreName, isTownshipUnit } from './names.js';

/** `base` lends the everyday names of departments; the county's own prefix is put before them. */
export function deriveDirectory(
  county: string,
  rows: Row[],
  base: Directory,
  people: Person[] = [],
): Directory {
  const units = new Set(rows.flatMap((row) => [...row.lead, ...row.support].map((part) => part.unit)));
  const taken = new Set<string>();
  const organizations: Organization[] = [];
  for (const name of units) {
    if (!name || isTownshipUnit(name)) continue;
    const aliases = [coreName(name), ...base.aliasesOf(name)].filter(
      (alias) => alias.length >= 2 && alias !== name && !units.has(alias) && !taken.has(alias),
    );
    for (const alias of aliases) taken.add(alias);
    organizations.push({ name, kind: 'department', aliases: [...new Set(aliases)] });
  }
  const everybody = [...people, ...base.everybody];
  return createDirectory({ county, organizations, people, everybody, posts: [] });
}
