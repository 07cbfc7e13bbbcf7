/** Tables of lists to lists: title, kind, batch, rows in the fixed readings of each kind. */
import type { Guide } from '../../core/guide.js';
import { traitsOf, type ListKind } from '../../core/list-kinds.js';
import { isGenericTownship, isTownshipUnit } from '../../organizations/names.js';
import { readGuide } from './guide-columns.js';
import { withoutBasis } from './basis-behind.js';
import { isOwnExport, type Mapping, type Party } from './mapping.js';
import type { Container } from '../../files/grid.js';
import { kindOfColumns, kindOfTitle } from './kinds.js';
import { batchOf, documentNumberOf, isTitle, issuerOf } from './lines.js';
import { byRule, leadRuleOf } from './lead-rule.js';
import { ownerOf, ownerOfTitle, withOffices, type Owners } from './offices.js';
import { markedEntries, withMatrix } from './matrix.js';
import { isNothing, readParty, type Entry } from './parties.js';
import { FOOTNOTE, tidyUnits, withoutMarks } from './roles.js';
import { isSameCell, type Slot, type Slots } from '../../files/spans.js';
import { roleColumnOf, type RoleColumn } from './role-column.js';
import { scopeText, streetOf, tickColumns, tickedScope } from './scopes.js';
import { settleRows } from './settle-rows.js';
import { headingOf, outerTitle, scopeOfTitle, titleOf } from './titles.js';
import { nameSides, onceEach, ownedBySection, shareDuties } from './sides.js';
import type { ListTable, Matter } from './table-rows.js';
import { cleanText, isUnitName, splitUnitNames, type IsKnownUnit } from './units.js';

export type ListRow = {
  number: string;
  category: string;
  matter: string;
  lead: Entry[];
  support: Entry[];
  basis: string;
  /** Township classes or townships for which a delegated row holds. */
  scope: string;
  askedAs: string[];
  /** Of a service guide. */
  guide?: Guide;
  /** The first physical row, and its sheet where that is not the one of the list. */
  row: number;
  sheet?: string;
  source: Matter;
};
export type ReadList = {
  title: string;
  kind: ListKind;
  batch: string;
  sheet: string;
  issuer: string;
  documentNumber: string;
  scope: string;
  /** The one township whose name its columns bear. */
  street?: string;
  /** Titles above the list and above the whole file: they may name the township. */
  headings: string[];
  rows: ListRow[];
  table: ListTable;
  /** Of a list that stands in several tables; `isDoubtful`: how they fit together, nobody can tell. */
  part?: { whole: number; isDoubtful?: true };
};

export type ReadOptions = {
  kind?: ListKind;
  title?: string;
  scope?: string;
  /** Units of the directory, and their offices. */
  owners: Owners;
};

/** @param fileTitle the name of the file without its extension: the title of last resort. */
export function readTables(
  found: ListTable[],
  container: Container,
  fileTitle: string,
  options: ReadOptions,
): ReadList[] {
  const settled = found.map(settleRows);
  const isKnown = knownUnits(settled, options.owners.isKnown);
  const tables = settled.map((table) => withMatrix(table, isKnown));
  const outer = outerTitle(tables, container);
  const headings = [outer, ...(tables[0]?.lines ?? [])];
  const last = headingOf(tables, fileTitle);
  return tables.flatMap((table) => {
    const own = titleOf(table.lines);
    const sheetTitle = table.isSheet && isTitle(table.sheet) ? table.sheet : '';
    const owner = ownerOf(own || sheetTitle || outer, table, isKnown);
    if (owner) for (const party of table.mapping.parties) if (party.role === 'lead') party.headerUnit = owner;
    for (const party of table.mapping.parties) {
      const rule = leadRuleOf(party, table, tables);
      if (rule) party.rule = rule;
    }
    // 便民服务事项清单 that tells nothing but who does it says who is responsible.
    const hasUnits = table.mapping.parties.some(({ role, unit }) => role === 'lead' && unit !== undefined);
    const kindOf = (line: string) => {
      const kind = kindOfTitle(line);
      return kind === 'service' && hasUnits && !table.mapping.guide ? null : kind;
    };
    const ticks = tickColumns(table);
    const roles = roleColumnOf(table);
    const rows = table.matters.map((matter) => {
      const row = readMatter(matter, table, isKnown, roles);
      // 承接乡镇(街道) above them names the columns of ticks, and holds none of its own.
      const isTicked = row.scope === '' || ticks.some(({ index }) => index === table.mapping.simple.scope);
      return { matter, row: isTicked ? { ...row, scope: tickedScope(matter, ticks) } : row };
    });
    const groups = new Map<string, typeof rows>();
    for (const entry of rows) {
      const named = textAt(entry.matter, table.mapping.simple.list);
      const key = `${named}\n${entry.matter.batch}`;
      const group = groups.get(key);
      if (group) group.push(entry);
      else groups.set(key, [entry]);
    }
    return [...groups].map(([key, group]): ReadList => {
      const [listed = '', batch = ''] = key.split('\n');
      const title = options.title || listed || own || sheetTitle || outer || last;
      const titled =
        options.kind ??
        // Whatever it is called: a table that tells materials and steps is a guide, and none without them is.
        (table.mapping.guide ? 'service' : null) ??
        kindOf(listed || own) ??
        kindOf([...table.lines].reverse().find((line) => kindOf(line)) ?? '') ??
        (table.isSheet ? kindOf(table.sheet) : null) ??
        kindOfColumnsOrTitle(table, kindOf(outer || last));
      // 联合执法事项清单 divides work: it delegates nothing.
      const isDivided =
        !options.kind &&
        titled === 'delegated' &&
        group.some(({ row }) => row.support.length > 0 && hasDuty(row));
      const kind = isDivided ? 'territorial' : titled;
      const unit = ownerOfTitle([title, ...headings], options.owners.isKnown);
      const street = streetOf(
        table.mapping,
        group.map(({ row }) => row),
      );
      // 城关街道、东湖街道 in a column of nothing but townships: which of them, it says.
      const doers = group.flatMap(({ row }) => row.lead.map((entry) => entry.unit));
      const areTownships = doers.every(isTownshipUnit) && doers.some((name) => !isGenericTownship(name));
      // 实施部门 in a county's list of powers: no township is meant by any row.
      const areDepartments = unit === '' && !doers.some(isTownshipUnit);
      const named = (entries: Entry[]) => withOffices(entries, table.header.columns, unit, options.owners);
      return {
        title,
        kind,
        batch: batch || batchOf(title) || (table.isSheet ? batchOf(table.sheet) : ''),
        sheet: table.sheet,
        issuer: issuerOf(table.lines),
        documentNumber: documentNumberOf(table.lines),
        scope: options.scope ?? (kind === 'delegated' ? scopeOfTitle(title) : ''),
        ...(street && { street }),
        headings: [title, ...table.lines, ...headings].filter((line) => isTitle(line)),
        rows: group.map(({ row }, at) => ({
          ...asKind({ ...row, lead: named(row.lead), support: named(row.support) }, kind, {
            ...table.mapping,
            areDoers: areTownships || areDepartments,
          }),
          // Where no column numbers the rows, their order does.
          ...(table.mapping.simple.number === undefined && { number: String(at + 1) }),
        })),
        table,
      };
    });
  });
}

const hasDuty = (row: ListRow): boolean => row.lead.some((entry) => entry.duty !== '');

/** Columns that leave no doubt win over a title that stands elsewhere (a cover, the file's name). */
function kindOfColumnsOrTitle(table: ListTable, ofTitle: ListKind | null): ListKind {
  const byColumns = kindOfColumns(table.header, table.mapping);
  if (byColumns !== 'territorial' && byColumns !== 'duty') return byColumns;
  return ofTitle ?? byColumns;
}

/** Names that stand alone in columns of units are units wherever they appear. */
function knownUnits(tables: ListTable[], isKnown: IsKnownUnit): IsKnownUnit {
  const names = new Set<string>();
  for (const table of tables)
    for (const { unit } of table.mapping.parties)
      if (unit !== undefined)
        for (const matter of table.matters)
          for (const part of matter.parts)
            for (const name of splitUnitNames(
              withoutMarks(tidyUnits(part.at(unit)?.text ?? '', isKnown)),
              isKnown,
            ))
              if (isUnitName(name, isKnown)) names.add(name);
  return (name) => names.has(name) || isKnown(name);
}

const slotAt = (slots: Slots, column: number | undefined): Slot | null =>
  column === undefined ? null : slots.at(column);

/** The text of a column over all rows of a matter, each cell once. */
function textAt(matter: Matter, column: number | undefined, joint = ' '): string {
  if (column === undefined) return '';
  const seen: Slot[] = [];
  const texts: string[] = [];
  for (const [at, part] of matter.parts.entries()) {
    const slot = slotAt(part, column);
    if (!slot || slot.text.trim() === '') continue;
    const isOwn = slot.row === part.row || at === 0;
    const isKnown = seen.some((it) => isSameCell(it, slot));
    if (isOwn && !isKnown && texts.at(-1) !== slot.text) texts.push(slot.text);
    seen.push(slot);
  }
  return texts.join(joint);
}

function readMatter(
  matter: Matter,
  table: ListTable,
  isKnown: IsKnownUnit,
  roles: RoleColumn | null,
): ListRow {
  const { simple, parties, guide, matrix } = table.mapping;
  const original = parties.find((party) => party.role === 'lead' && isOriginalBody(party, table));
  const entriesOf = (role: 'lead' | 'support') =>
    parties
      // 原执法主体 is meant where a list names the new body (承接主体) as well.
      .filter((party) => party.role === role && (role !== 'lead' || !original || party === original))
      .flatMap((party) => byRule(readParty(matter.parts, party, isKnown, table.hasMerges), party.rule));
  const printed = [
    ...(matrix ? markedEntries(matter, matrix) : []),
    ...(['lead', 'support'] as const).flatMap((role) =>
      entriesOf(role).map((entry) => ({ role: roles?.roles.get(entry.row) ?? role, ...entry })),
    ),
  ];
  const ofRole = (role: 'lead' | 'support'): Entry[] =>
    printed.filter((entry) => entry.role === role).map(({ role: _, ...entry }) => entry);
  const sides = nameSides({ lead: ofRole('lead'), support: ofRole('support') });
  const shared = onceEach(shareDuties(sides, table), table);
  const sub = cleanText(textOfFirst(matter, simple.sub));
  const printedName = cleanText(textOfFirst(matter, simple.matter));
  const isVerbatim = isOwnExport({ parties });
  const basis = textAt(matter, simple.basis, '\n');
  const category = roles && roles.index === simple.category ? matter.section : matter.category;
  const [name, behind] = isVerbatim
    ? [printedName, '']
    : withoutBasis(printedName.replace(FOOTNOTE, ''), labelOf(simple.matter, table));
  return {
    number: cleanText(textOfFirst(matter, simple.number)),
    ...(isVerbatim
      ? { category, ...shared }
      : ownedBySection(category, matter.parts[0]?.row ?? 0, shared, isKnown)),
    matter: sub && !/^(无|\/+|-+|—+)$/.test(sub) && sub !== name ? `${name}：${sub}` : name,
    basis: isVerbatim || !isNothing(basis) ? basis || behind : '',
    scope: scopeText(textAt(matter, simple.scope, '\n')),
    askedAs: textAt(matter, simple.askedAs, '\n')
      .split(/[|\n]/)
      .map((text) => text.trim())
      .filter(Boolean),
    ...(guide && { guide: readGuide(matter.parts, guide) }),
    row: matter.parts[0]?.row ?? 0,
    source: matter,
  };
}

const labelOf = (column: number | undefined, { header }: ListTable): string =>
  header.columns.find(({ index }) => index === column)?.label ?? '';

const isOriginalBody = ({ unit }: Party, { header }: ListTable): boolean =>
  header.columns.some((column) => column.index === unit && /(^|\/)原/.test(column.label));

/** Numbers and matters come from the first row; where it is blank, from the first that is not. */
const textOfFirst = (matter: Matter, column: number | undefined): string =>
  matter.parts.map((part) => slotAt(part, column)?.text ?? '').find((text) => text.trim() !== '') ?? '';

/** The fixed readings: who is meant where a kind does not print it. */
function asKind(
  row: ListRow,
  kind: ListKind,
  { parties, matrix, areDoers }: Mapping & { areDoers: boolean },
): ListRow {
  if (matrix) return row;
  const isSure = parties.some(
    ({ role, isFirm, isGiven, headerUnit }) => role === 'lead' && (isFirm || isGiven || headerUnit),
  );
  if (!traitsOf(kind).hasLeadDuties)
    return { ...row, lead: row.lead.map((entry) => ({ ...entry, duty: '' })) };
  // Duties of nobody in particular are the township's own.
  const hasUnits = parties.some(({ role, unit }) => role === 'lead' && unit !== undefined);
  const isOwn = traitsOf(kind).missingLead === null && !hasUnits;
  // 县级部门:… without a name is that of some department, and never theirs.
  const isNobodys = row.lead.length > 0 && row.lead.every(({ unit, isOfSide }) => !unit && !isOfSide);
  if (isOwn && isNobodys)
    return { ...row, lead: row.lead.map((entry) => ({ ...entry, unit: '乡镇(街道)' })) };
  // The township itself is meant; units stand in these lists only where the office wrote them beside a duty.
  const hasOffices = row.lead.some(({ isOffice }) => isOffice);
  // 责任单位 beside 配合单位 are the units of the matter.
  const isDivided = parties.some(({ role, unit }) => role === 'support' && unit !== undefined);
  if (
    kind === 'duty' &&
    !isSure &&
    !areDoers &&
    !hasOffices &&
    !isDivided &&
    !row.lead.some(({ unit, duty, isOfSide }) => (unit || isOfSide) && duty)
  )
    return { ...row, lead: [], support: row.support.filter(({ duty }) => duty) };
  return row;
}
