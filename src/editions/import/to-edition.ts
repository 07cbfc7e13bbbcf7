/** Read lists as lists and rows of a draft edition. */
import { traitsOf } from '../../core/list-kinds.js';
import type { List, Row, Scope } from '../../core/domain.js';
import type { Directory } from '../../organizations/directory.js';
import type { ListRow, ReadList } from './read-lists.js';
import { scopesIn } from './scopes.js';
import { departmentIn, townshipIn } from './titles.js';
import { cleanText } from './units.js';

/** What the office states on the command line because the file does not. */
export type Stated = { title?: string; issuer?: string; number?: string; effective?: string; scope?: string };

const splitValues = (text: string): string[] => text.split(/[|\n]/).map(cleanText).filter(Boolean);

/** A read row without its places in the file. */
export const rowOf = (row: ListRow, listId: string): Row => ({
  listId,
  number: row.number,
  domain: row.category,
  matter: row.matter,
  lead: row.lead.map(({ unit, duty }) => ({ unit, duty })),
  support: row.support.map(({ unit, duty }) => ({ unit, duty })),
  basis: splitValues(row.basis),
  askedAs: row.askedAs,
  ...(row.guide && { guide: row.guide }),
  line: row.row,
});

/** A township or a class of townships by its name; a list of three for one township names it in its title, and so may others. */
function scopeOf(list: ReadList, county: string, directory: Directory | null): Scope {
  const townships = directory?.organizations.filter((o) => o.kind === 'township') ?? [];
  const named = list.headings.flatMap((line) => townshipIn(line) ?? [])[0] ?? '';
  const own = townshipIn(list.title) ?? '';
  const isOwn = list.kind !== 'delegated' && townships.some((o) => o.name === own);
  const ofColumns = list.kind === 'delegated' ? '' : (list.street ?? '');
  const text = list.scope || (traitsOf(list.kind).isOfOneTownship ? named : isOwn ? own : ofColumns);
  if (text === '' || /^(乡镇|镇街|乡|镇)$/.test(text)) return { county };
  if (townships.some((o) => o.townshipClass === text)) return { county, townshipClass: text };
  const isTownship = townships.some((o) => o.name === text) || /(镇|乡|街道|苏木)$/.test(text);
  if (isTownship) return { county, township: text };
  // A class that the directory does not know would hide the rows from everybody.
  return { county };
}

const BATCHES = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** `territorial-2` for the second batch; a number behind it where the id is taken. */
function idOf(list: ReadList, taken: ReadonlySet<string>): string {
  const batch = BATCHES.indexOf(/第([一二三四五六七八九十])批/.exec(list.batch)?.[1] ?? '') + 1;
  const base = batch > 0 ? `${list.kind}-${batch}` : list.kind;
  let id = base;
  for (let at = 2; taken.has(id); at++) id = `${base}-${at}`;
  return id;
}

const isSameScope = (a: Scope, b: Scope): boolean =>
  a.county === b.county && a.township === b.township && a.townshipClass === b.townshipClass;

/** Numbers that begin again with each category get the category's place before them, so that each names one row. */
function uniqueNumbers(rows: Row[]): Row[] {
  if (new Set(rows.map((row) => row.number)).size === rows.length) return rows;
  const categories = [...new Set(rows.map((row) => row.domain))];
  return rows.map((row) => ({ ...row, number: `${categories.indexOf(row.domain) + 1}-${row.number}` }));
}

/** One list for each class or township that its rows name; a list whose rows all hold everywhere stays as it is. */
function byScope(list: ReadList, directory: Directory | null): ReadList[] {
  if (list.scope || !list.rows.some((row) => row.scope)) return [list];
  const groups = new Map<string, ReadList['rows']>();
  for (const row of list.rows) {
    const scopes = scopesIn(row.scope, directory) ?? [];
    for (const scope of scopes.length > 0 ? scopes : [''])
      groups.set(scope, [...(groups.get(scope) ?? []), row]);
  }
  return [...groups].map(([scope, rows]) => ({
    ...list,
    rows,
    ...(scope && { scope, title: groups.size > 1 ? `${list.title}(${scope})` : list.title }),
  }));
}

/**
 * The lists and rows of the base edition with the read lists in place of those that they replace: the same kind, batch
 * and scope. A list keeps its id, and its rows keep the everyday phrasings of the same matter.
 */
export function mergeIntoEdition(
  base: { lists: List[]; rows: Row[] },
  read: { list: ReadList; county: string }[],
  stated: Stated,
  directory: Directory | null,
): { lists: List[]; rows: Row[] } {
  let { lists, rows } = base;
  const added = new Set<string>();
  const scoped = read.flatMap(({ list, county }) =>
    (stated.scope ? [list] : byScope(list, directory)).map((one) => ({ list: one, county })),
  );
  for (const { list, county } of scoped) {
    const scope = scopeOf({ ...list, scope: stated.scope ?? list.scope }, county, directory);
    const old = lists.find(
      (l) =>
        !added.has(l.id) &&
        l.kind === list.kind &&
        (l.batch ?? '') === list.batch &&
        isSameScope(l.scope, scope) &&
        departmentIn(l.title) === departmentIn(list.title),
    );
    // Two lists of one import are two, whatever they are called.
    const id = old?.id ?? idOf(list, new Set(lists.map((l) => l.id)));
    added.add(id);
    const next: List = {
      id,
      title: list.title,
      kind: list.kind,
      issuer: stated.issuer ?? (list.issuer || (old?.issuer ?? '')),
      documentNumber: stated.number ?? list.documentNumber,
      editionLabel: stated.effective
        ? `${stated.effective.slice(0, 4)}年版`
        : (old?.editionLabel ?? '导入版'),
      effective: stated.effective ?? old?.effective ?? '',
      ...(list.batch && { batch: list.batch }),
      scope,
    };
    const before = new Map(rows.filter((row) => row.listId === id).map((row) => [row.matter, row]));
    const fresh = uniqueNumbers(list.rows.map((row) => rowOf(row, id))).map((row): Row => {
      const { askedAs = [], generated } = before.get(row.matter) ?? {};
      return {
        ...row,
        askedAs: row.askedAs.length > 0 ? row.askedAs : askedAs,
        ...(generated && { generated }),
      };
    });
    lists = old ? lists.map((l) => (l === old ? next : l)) : [...lists, next];
    rows = [...rows.filter((row) => row.listId !== id), ...fresh];
  }
  // In the order of the lists, so that the same content is the same edition.
  return { lists, rows: lists.flatMap((list) => rows.filter((row) => row.listId === list.id)) };
}
