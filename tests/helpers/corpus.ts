/** Shapes in which governments print lists: written as text with their truth, made into office files, compared cell by cell. */
import { readFileSync } from 'node:fs';
import type { Directory } from '../../src/organizations/directory.js';
import { isGenericTownship, isTownshipUnit, withoutOffice } from '../../src/organizations/names.js';
import type { FileReading } from '../../src/editions/import/read-file.js';
import { cleanText } from '../../src/editions/import/units.js';

type Parties = [unit: string, duty: string][];
export type TruthRow = {
  number: string;
  category: string;
  matter: string;
  lead: Parties;
  support: Parties;
  basis: string;
  scope: string;
};
export type TruthList = { title: string; kind: string; rows: TruthRow[] };
/** `asks`: what some problem or warning must say; `refusedAt`: places that some problem must name. */
export type Shape = {
  name: string;
  format: string;
  isRefusable: boolean;
  parts: Part[];
  lists: TruthList[];
  asks: string[];
  refusedAt: string[];
};
/** Cells as printed; `<` goes on from the left, `^` from above. */
export type Grid = string[][];
/** Where a new page, section or sheet of this name begins. */
type Break = { begins: string };
export type Part = string | Grid | Break;

/** `number | category | matter | unit=duty ++ unit=duty | … | basis | scope`. */
function truthRow(text: string): TruthRow {
  const [number = '', category = '', matter = '', lead = '', support = '', basis = '', scope = ''] = text
    .split(/ \|(?= |$)/)
    .map((part) => part.trim());
  const parties = (part: string): Parties =>
    part
      .split(' ++ ')
      .filter(Boolean)
      .map((entry) => {
        const at = entry.indexOf('=');
        return [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
      });
  return { number, category, matter, lead: parties(lead), support: parties(support), basis, scope };
}

/** The shapes of a file under tests/fixtures/corpus. */
export function loadShapes(file: string): Shape[] {
  const shapes: Shape[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const shape = shapes.at(-1);
    if (line.startsWith('=== ')) {
      const [name = '', format = '', flag] = line.slice(4).split(';');
      const isRefusable = flag === 'refusable';
      shapes.push({ name, format, isRefusable, parts: [], lists: [], asks: [], refusedAt: [] });
    } else if (!shape || line === '') continue;
    else if (line.startsWith('# ')) shape.parts.push(line.slice(2));
    else if (line.startsWith('---')) shape.parts.push({ begins: line.slice(3).trim() });
    else if (line.startsWith('|')) {
      const cells = line
        .slice(1, -1)
        .split('|')
        .map((text) => text.replaceAll('⏎', '\n'));
      const last = shape.parts.at(-1);
      if (Array.isArray(last)) last.push(cells);
      else shape.parts.push([cells]);
    } else if (line.startsWith('>> ')) {
      const [title = '', kind = ''] = line
        .slice(3)
        .split(' |')
        .map((part) => part.trim());
      shape.lists.push({ title, kind, rows: [] });
    } else if (line.startsWith('> ')) shape.lists.at(-1)?.rows.push(truthRow(line.slice(2)));
    else if (line.startsWith('? ')) shape.asks.push(line.slice(2));
    else if (line.startsWith('! ')) shape.refusedAt.push(line.slice(2));
    else throw new Error(`${file}: ${line}`);
  }
  return shapes;
}

export type Score = {
  rows: number;
  rowsRight: number;
  fields: number;
  fieldsRight: number;
  /** Wrong fields without any problem or warning on their row, and what should have been said and was not. */
  silent: string[];
  wrong: string[];
};

const plain = (text: string): string => cleanText(text).replace(/\s+/g, '');
/** Names as they are answered: 各乡镇, 镇街 and 乡镇（街道） are one, as are the names of one unit. */
const partiesText = (parties: Parties, directory: Directory): string =>
  parties
    .map(([unit, duty]) => {
      const outer = withoutOffice(plain(unit));
      // 柳林镇(党政办公室) says more than 柳林镇.
      const name = isTownshipUnit(outer) ? outer : plain(unit);
      const office = plain(unit).slice(name.length);
      const known = isGenericTownship(name) ? '乡镇(街道)' : (directory.resolve(name) ?? name);
      return `${known}${office}=${plain(duty)}`;
    })
    .join('++');

/** Compares a reading with the truth; a refused file has no wrong fields, only unread rows. */
export function scoreOf(shape: Shape, reading: FileReading, directory: Directory): Score {
  const score: Score = { rows: 0, rowsRight: 0, fields: 0, fieldsRight: 0, silent: [], wrong: [] };
  const said = [...reading.problems, ...reading.warnings];
  const isRefused = reading.problems.length > 0;
  for (const place of shape.refusedAt)
    if (!reading.problems.some((p) => `${p.column}${p.row}` === place || String(p.row) === place))
      score.silent.push(`${shape.name}: ${place} is not refused`);
  for (const text of shape.asks)
    if (!said.some((p) => `${p.column} ${p.message} ${p.remedy}`.includes(text)))
      score.silent.push(`${shape.name}: nothing is said of ${text}`);
  if (shape.refusedAt.length > 0 || (shape.isRefusable && isRefused)) return score;
  const read = reading.lists.filter((list) => list.rows.length > 0);
  if (isRefused) score.wrong.push(`${shape.name}: refused: ${reading.problems[0]?.message ?? ''}`);
  for (const [at, truth] of shape.lists.entries()) {
    const list = read[at];
    const put = (what: string, right: string, got: string, row: number | undefined) => {
      score.fields++;
      if (plain(right) === plain(got)) return void score.fieldsRight++;
      const line = `${shape.name}: ${what}: ${got} is not ${right}`;
      score.wrong.push(line);
      if (!isRefused && !said.some((p) => row === undefined || p.row === row)) score.silent.push(line);
    };
    put('title', truth.title, list?.title ?? '', undefined);
    if (truth.kind) put('kind', truth.kind, list?.kind ?? '', undefined);
    for (const row of truth.rows) {
      score.rows++;
      const got =
        list?.rows.find(
          (it) => plain(it.number) === plain(row.number) && plain(it.matter) === plain(row.matter),
        ) ??
        list?.rows.find((it) => plain(it.number) === plain(row.number)) ??
        list?.rows.find((it) => plain(it.matter) === plain(row.matter));
      if (!got) {
        score.wrong.push(`${shape.name}: row ${row.number} is not read`);
        if (!isRefused) score.silent.push(`${shape.name}: row ${row.number} is not read`);
        continue;
      }
      score.rowsRight++;
      const pairs = (entries: { unit: string; duty: string }[]): Parties =>
        entries.map(({ unit, duty }) => [unit, duty]);
      put(`${row.number} category`, row.category, got.category, got.row);
      put(`${row.number} matter`, row.matter, got.matter, got.row);
      put(
        `${row.number} lead`,
        partiesText(row.lead, directory),
        partiesText(pairs(got.lead), directory),
        got.row,
      );
      put(
        `${row.number} support`,
        partiesText(row.support, directory),
        partiesText(pairs(got.support), directory),
        got.row,
      );
      put(`${row.number} basis`, row.basis, got.basis, got.row);
      put(`${row.number} scope`, row.scope, got.scope, got.row);
    }
    const extra = (list?.rows.length ?? 0) - truth.rows.length;
    if (extra > 0 && shape.asks.length === 0) score.silent.push(`${shape.name}: ${extra} rows too many`);
  }
  if (read.length > shape.lists.length && !isRefused)
    score.silent.push(`${shape.name}: ${read.length} lists, not ${shape.lists.length}`);
  return score;
}
