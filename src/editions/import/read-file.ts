/** One file of the office, from bytes to lists with everything that is wrong with them. */
import type { ListKind } from '../../core/list-kinds.js';
import type { Directory } from '../../organizations/directory.js';
import { checkLists } from './check-lists.js';
import { readGrids } from '../../files/read-grids.js';
import { countiesOf, isOwnCounty } from './county.js';
import type { Container, Grid } from '../../files/grid.js';
import { joinForms } from './forms.js';
import { ownersOf } from './offices.js';
import { checkParts, joinParts, linkParts } from './parts.js';
import { readTables, type ReadList } from './read-lists.js';
import type { Problem } from '../../files/problem.js';
import type { ListTable } from './table-rows.js';
import { findTables, forcedHeader, type Remap } from './tables.js';
import { shorten } from '../../text/shorten.js';
import { listOfText } from './text-lists.js';
import { splitTwins } from './twins.js';
import { cleanText, NUMBERING, type IsKnownUnit } from './units.js';
import { isNote, isNumberText } from './lines.js';
import { countLabels } from './columns.js';

export type FileReading = {
  file: string;
  lists: ReadList[];
  /** Tables with their mapping, for showing. */
  tables: ListTable[];
  problems: Problem[];
  warnings: Problem[];
  /** Whether the county of the file has a directory here. */
  isOwn: boolean;
  /** The county that the file names; empty where it names none and there is no directory. */
  county: string;
};

export type FileOptions = {
  kind?: ListKind;
  title?: string;
  scope?: string;
  /** The county's directory, or null where there is none. */
  directory: Directory | null;
  remap: Remap;
};

/** @param file the path as given, for naming in problems. */
export async function readListFile(
  file: string,
  bytes: Uint8Array,
  options: FileOptions,
): Promise<FileReading> {
  const { directory } = options;
  const owners = ownersOf(directory);
  const container = withLists(await readGrids(file, bytes, countLabels), owners.isKnown);
  const { tables, skipped } = findTables(container, options.remap);
  tables.at(-1)?.notes.push(...(container.paragraphs ?? []).map(cleanText));
  const fileTitle = (file.split(/[\\/]/).at(-1) ?? file).replace(/\.[A-Za-z]+$/, '');
  const lists = linkParts(
    readTables(tables, container, fileTitle, {
      ...(options.kind && { kind: options.kind }),
      ...(options.title && { title: options.title }),
      ...(options.scope && { scope: options.scope }),
      owners,
    }),
  );
  const names = namingLines(skipped, lists, fileTitle);
  const isOwn = directory !== null && isOwnCounty(names, unitsOf(lists), directory);
  const county = isOwn ? directory.county : (countiesOf(names)[0] ?? '');
  const found = checkLists(file, lists, isOwn ? directory : null);
  const ofParts = checkParts(file, lists);
  const problems = [...container.problems, ...found.problems, ...ofParts.problems];
  if (container.problems.length === 0 && lists.every((list) => list.rows.length === 0))
    problems.push(noList(file, tables, container.grids));
  const warnings = [
    ...container.warnings,
    ...(lists.length > 0 ? itemsBelow(file, container) : []),
    ...skippedWarnings(file, skipped, lists.length > 0),
    ...(directory && !isOwn && lists.length > 0 ? [otherCounty(file, county, directory.county)] : []),
    ...found.warnings,
    ...ofParts.warnings,
  ];
  return { file, lists: joinParts(lists), tables, problems, warnings, isOwn, county };
}

/** Lists that are no tables as tables: one form a matter, running text. What cannot be made one stays as it is. */
function withLists(container: Container, isKnown: IsKnownUnit): Container {
  const { grids, paragraphs = [] } = container;
  const text = grids.length === 0 ? listOfText(paragraphs, isKnown) : null;
  if (text) return { grids: [text], problems: [], warnings: container.warnings };
  return { ...container, grids: splitTwins(joinForms(grids)) };
}

/** `3.体质监测,由…承接` below the last table: an item that stands in no table, unless notes began above it. */
function itemsBelow(file: string, { paragraphs = [], grids }: Container): Problem[] {
  const end = paragraphs.findIndex((line) => isNote(line));
  const own = end < 0 || grids.length === 0 ? paragraphs : paragraphs.slice(0, end);
  const item = grids.every(({ kind }) => kind === 'table')
    ? own.find((line) => NUMBERING.test(line))
    : undefined;
  if (item === undefined || cleanText(item).length < SHORTEST_ITEM) return [];
  return [
    {
      ...{ file, row: 0, column: '' },
      message: `表格之后的“${shorten(cleanText(item), 30)}”没有读取`,
      remedy: '属于清单的,移入表格后重新导入;不属于的,确认后继续',
      mustConfirm: true,
    },
  ];
}
const SHORTEST_ITEM = 8;

const otherCounty = (file: string, county: string, own: string): Problem => ({
  ...{ file, row: 0, column: '' },
  message: `这是${county ? `“${county}”` : '外县'}的清单,机构名录是“${own}”的,单位名称未与名录核对`,
  remedy: '确是本县清单的,核对标题;为新的县导入的,先换用该县的 KNOWLEDGE_DIR',
});

/** Lines that may name the county: titles, issuers, covers, the file's name. */
function namingLines(covers: Grid[], lists: ReadList[], fileTitle: string): string[] {
  const lines = [fileTitle, ...lists.flatMap((list) => [list.title, list.sheet, ...list.table.lines])];
  for (const grid of covers)
    for (const row of grid.rows.slice(0, 20))
      lines.push(...grid.before, ...row.cells.map((cell) => cell.text));
  return lines.filter((line) => line.length <= 80);
}

const unitsOf = (lists: ReadList[]): string[] =>
  lists.flatMap((list) =>
    list.rows.flatMap((row) => [...row.lead, ...row.support].map((entry) => entry.unit)),
  );

/** `grids`: the row that looks like a header is named, so that its words can be given by hand. */
function noList(file: string, tables: ListTable[], grids: Grid[]): Problem {
  const [table] = tables;
  const grid = grids.find(({ rows }) => forcedHeader(rows) >= 0);
  const row = grid?.rows[forcedHeader(grid.rows)];
  const labels = row?.cells.map((cell) => shorten(cleanText(cell.text), LABEL_SHOWN)).join('、');
  return {
    ...{
      file,
      sheet: table?.sheet ?? grid?.name ?? '',
      row: table?.header.rows[0] ?? row?.row ?? 0,
      column: '',
    },
    message: table
      ? '表头之下没有读到任何事项'
      : `没有找到清单表格(表头须有“事项名称”及单位或职责等栏目)${labels ? `;这一行像表头,栏目“${shorten(labels, 60)}”不认识` : ''}`,
    remedy: '确认这是清单文件;表头用了别的名称的,用 --map 指明各列,例如 --map number=A,matter=C,lead=D',
  };
}
const LABEL_SHOWN = 12;

/** Sheets and tables that are no list: said once each, so that nobody thinks they were read. */
const skippedWarnings = (file: string, skipped: Grid[], hasLists: boolean): Problem[] =>
  hasLists
    ? skipped
        .filter((grid) => grid.rows.length > 0)
        .map((grid): Problem => ({
          ...{ file, sheet: grid.name, row: 0, column: '' },
          message: `“${grid.name}”不是清单表格,没有读取`,
          remedy: '属于清单的,核对表头栏目名称后重新导入',
          ...(mayBeList(grid) && { mustConfirm: true }),
        }))
    : [];

const LONG = 15;
/** What is called a cover or a note says itself that it is no list. */
const ASIDE = /目录|目次|封面|说明|填报|须知|更新记录|修订记录|联系|通讯录|电话/;

const CONTACT = /^\s{0,9}(?:姓名|.{0,6}电话|手机.{0,2}|联系.{0,3}|传真|.{0,4}地址)\s{0,9}$/;

/** Rows without a header that number matters, or hold as much text as duties do. */
function mayBeList({ name, rows }: Grid): boolean {
  if (ASIDE.test(name)) return false;
  // 姓名, 联系电话: a table of contacts.
  if (rows.slice(0, 3).some(({ cells }) => cells.some(({ text }) => CONTACT.test(text)))) return false;
  const filled = rows.map(({ cells }) => cells.map(({ text }) => text.trim()).filter(Boolean));
  const isWide = (texts: string[]) => texts.length >= 2;
  const numbered = filled.filter((texts) => isWide(texts) && isNumberText(texts[0] ?? ''));
  const long = filled.filter((texts) => isWide(texts) && texts.some((text) => text.length >= LONG));
  return numbered.length >= 2 || long.length > 0;
}
