/** Shapes in which governments print lists: written as text with their truth, made into office files, compared cell by cell. */
import { readFileSync } from 'node:fs';
import type { FileReading } from '../../src/editions/import/read-file.js';
import { cleanText } from '../../src/editions/import/units.js';
import { cell as docxCell, docxOf, paragraph, row as docxRow, table as docxTable } from './office-file.js';
import { pdfOf, tableOf, textAt, type PdfCell } from './pdf-file.js';
import { escapeXml, letterOf, workbook, type CellSpec } from './workbook.js';

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
  parts: (string | Grid)[];
  lists: TruthList[];
  asks: string[];
  refusedAt: string[];
};
/** Cells as printed; `<` goes on from the left, `^` from above. */
type Grid = string[][];

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

/** Columns and rows that a cell covers. */
function spanOf(grid: Grid, row: number, column: number): [columns: number, rows: number] {
  let columns = 1;
  while (grid[row]?.[column + columns] === '<') columns++;
  let rows = 1;
  while (grid[row + rows]?.[column] === '^') rows++;
  return [columns, rows];
}
const isOwn = (text: string): boolean => text !== '<' && text !== '^';
const widthOf = (parts: Shape['parts']): number =>
  Math.max(1, ...parts.flatMap((part) => (Array.isArray(part) ? part.map((row) => row.length) : [])));

function xlsxOf(parts: Shape['parts']): Uint8Array {
  const rows: CellSpec[][] = [];
  const merges: string[] = [];
  const width = widthOf(parts);
  const specOf = (text: string): CellSpec => {
    if (!text.includes('~~')) return /^\d+$/.test(text) ? Number(text) : text || null;
    const runs = text.split('~~').map((piece, at) => {
      const properties = at % 2 === 1 ? '<rPr><strike/></rPr>' : '';
      return piece ? `<r>${properties}<t>${escapeXml(piece)}</t></r>` : '';
    });
    return { attributes: 't="inlineStr"', xml: `<is>${runs.join('')}</is>` };
  };
  for (const part of parts) {
    const from = rows.length;
    if (typeof part === 'string') {
      rows.push([part]);
      if (width > 1) merges.push(`A${from + 1}:${letterOf(width - 1)}${from + 1}`);
      continue;
    }
    for (const [r, cells] of part.entries()) {
      rows.push(cells.map((text) => (isOwn(text) ? specOf(text) : null)));
      for (const [c, text] of cells.entries()) {
        const [across, down] = isOwn(text) ? spanOf(part, r, c) : [1, 1];
        if (across > 1 || down > 1)
          merges.push(`${letterOf(c)}${from + r + 1}:${letterOf(c + across - 1)}${from + r + down}`);
      }
    }
  }
  return workbook([{ name: 'Sheet1', rows, merges }]);
}

function docxOfParts(parts: Shape['parts']): Uint8Array {
  const struck = (text: string): string =>
    text.includes('~~')
      ? `<w:p>${text
          .split('~~')
          .map((piece, at) => {
            const properties = at % 2 === 1 ? '<w:rPr><w:strike/></w:rPr>' : '';
            return piece ? `<w:r>${properties}<w:t>${escapeXml(piece)}</w:t></w:r>` : '';
          })
          .join('')}</w:p>`
      : text
          .split('\n')
          .map((line) => paragraph(line))
          .join('');
  const body = parts.map((part) => {
    if (typeof part === 'string') return paragraph(part);
    const rows = part.map((cells, r) =>
      docxRow(
        cells.flatMap((text, c) => {
          if (text === '<') return [];
          const [across] = spanOf(part, r, c);
          const [, down] = isOwn(text) ? spanOf(part, r, c) : [1, 1];
          const merge = text === '^' ? '<w:vMerge/>' : down > 1 ? '<w:vMerge w:val="restart"/>' : '';
          const properties = `${across > 1 ? `<w:gridSpan w:val="${across}"/>` : ''}${merge}`;
          return [docxCell(struck(isOwn(text) ? text : ''), properties)];
        }),
      ),
    );
    return docxTable(
      rows,
      Array.from({ length: widthOf([part]) }, () => 1500),
    );
  });
  return docxOf(body.join(''));
}

const [PAGE_WIDTH, PAGE_HEIGHT, MARGIN, LINE] = [842, 595, 40, 12];
function pdfOfParts(parts: Shape['parts']): Uint8Array {
  let content = '';
  let top = PAGE_HEIGHT - MARGIN;
  for (const part of parts) {
    if (typeof part === 'string') {
      content += textAt(PAGE_WIDTH / 2 - part.length * 5, top - LINE, part);
      top -= 2 * LINE;
      continue;
    }
    const count = widthOf([part]);
    const widths = Array.from({ length: count }, () => (PAGE_WIDTH - 2 * MARGIN) / count);
    const perLine = Math.floor(((widths[0] ?? 100) - 6) / 10);
    const wrap = (text: string): string[] =>
      text.split('\n').flatMap((line) => line.match(new RegExp(`.{1,${perLine}}`, 'gu')) ?? ['']);
    const rows = part.map((cells, r) =>
      cells.map((text, c): PdfCell => {
        if (!isOwn(text)) return null;
        const [colSpan, rowSpan] = spanOf(part, r, c);
        return { lines: text ? wrap(text) : [], colSpan, rowSpan };
      }),
    );
    const heights = rows.map((cells) => Math.max(1, ...cells.map((it) => it?.lines.length ?? 0)) * LINE + 6);
    content += tableOf({ left: MARGIN, top, widths, heights, rows });
    top -= heights.reduce((sum, height) => sum + height, 0) + LINE;
  }
  return pdfOf([{ width: PAGE_WIDTH, height: PAGE_HEIGHT, content }]);
}

const csvOf = (parts: Shape['parts']): Uint8Array =>
  Buffer.from(
    parts
      .flatMap((part) => (typeof part === 'string' ? [[part]] : part))
      .map((cells) => cells.map((text) => `"${isOwn(text) ? text : ''}"`).join(','))
      .join('\r\n'),
  );

const MAKERS: Record<string, (parts: Shape['parts']) => Uint8Array> = {
  ...{ xlsx: xlsxOf, docx: docxOfParts, pdf: pdfOfParts, csv: csvOf },
};

export function fileOf({ name, format, parts }: Shape): { file: string; bytes: Uint8Array } {
  const make = MAKERS[format];
  if (!make) throw new Error(`${name}: ${format}`);
  return { file: `清单.${format}`, bytes: make(parts) };
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
const partiesText = (parties: Parties): string =>
  parties.map(([unit, duty]) => `${plain(unit)}=${plain(duty)}`).join('++');

/** Compares a reading with the truth; a refused file has no wrong fields, only unread rows. */
export function scoreOf(shape: Shape, reading: FileReading): Score {
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
      put(`${row.number} lead`, partiesText(row.lead), partiesText(pairs(got.lead)), got.row);
      put(`${row.number} support`, partiesText(row.support), partiesText(pairs(got.support)), got.row);
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
