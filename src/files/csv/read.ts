/** A CSV file to a grid: encoding and delimiter are found out, broken characters stay visible for the checks. */
import { parse } from 'csv-parse/sync';
import { plainCell } from '../formula.js';
import type { Cell, Container, GridRow } from '../grid.js';
import type { Problem } from '../problem.js';

/** What a decoder puts where bytes are no character. */
export const BROKEN_CHARACTER = '\ufffd';

/** Bytes by their byte-order mark, else UTF-8 or GB18030, whichever leaves fewer lines broken. */
export function decodeText(bytes: Uint8Array): { text: string; encoding: string } {
  const decode = (encoding: string) => ({ text: new TextDecoder(encoding).decode(bytes), encoding });
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode('utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode('utf-16be');
  const utf8 = decode('utf-8');
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (isMarked || !utf8.text.includes(BROKEN_CHARACTER)) return utf8;
  const gb18030 = decode('gb18030');
  return brokenLines(gb18030.text) < brokenLines(utf8.text) ? gb18030 : utf8;
}

/** Lines with broken characters, and lines of rare signs: UTF-8 read as GB18030 gives text, but none that anybody writes. */
const brokenLines = (text: string): number =>
  text.split('\n').filter((line) => line.includes(BROKEN_CHARACTER) || isMojibake(line)).length;
/** UTF-8 punctuation and characters of lists, when read as GB18030. */
const isMojibake = (line: string): boolean =>
  /[\u951b\u9286\u20ac\ue000-\uf8ff]|\u93c8|\u9428|\u6d93|\u7ed7|\u93c2|\u7492/.test(line);

type Parsed = { record: string[] };
type Table = { rows: GridRow[]; error: number };
const DELIMITERS = [',', ';', '\t', '\uff0c'] as const;

/** How many cells of a record are labels that the reader of the grid knows. */
export type CountLabels = (cells: string[]) => number;

/** One grid named after the file, or one problem. `countLabels` tells the delimiter. */
export function readCsvGrid(file: string, bytes: Uint8Array, countLabels: CountLabels): Container {
  // The parser counts CR LF inside quotes as two lines.
  const text = decodeText(bytes).text.replace(/\r\n?/g, '\n');
  const delimiter = delimiterOf(text, countLabels);
  const { rows, error } = parseRows(text, delimiter);
  const problems: Problem[] =
    error > 0
      ? [
          {
            ...{ file, row: error, column: '' },
            message: '引号或分隔符不完整,从此行起无法读取',
            remedy: '检查该行的英文双引号是否成对,再重新导入',
          },
        ]
      : [];
  const name = (file.split(/[\\/]/).at(-1) ?? file).replace(/\.[A-Za-z]+$/, '');
  return { grids: [{ name, kind: 'sheet', before: [], isHidden: false, rows }], problems, warnings: [] };
}

/** The delimiter under which the most cells of one record are known labels. */
function delimiterOf(text: string, countLabels: CountLabels): string {
  const head = text.slice(0, 20_000);
  const scores = DELIMITERS.map((delimiter) => {
    const records = parseLoosely(head, delimiter).slice(0, 40);
    return (
      Math.max(0, ...records.map((record) => countLabels(record))) +
      Math.max(0, ...records.map((r) => r.length)) / 1000
    );
  });
  return DELIMITERS[scores.indexOf(Math.max(...scores))] ?? ',';
}

const parseLoosely = (text: string, delimiter: string): string[][] => {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
      to: 60,
    });
  } catch {
    return text.split(/\r?\n/).map((line) => line.split(delimiter));
  }
};

/** Rows up to the first error, and the physical line on which the broken record begins. */
function parseRows(text: string, delimiter: string): Table {
  let lastEnd = 0;
  const rows: GridRow[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      trim: true,
      on_record: (parsed: unknown, { lines }) => {
        const { record } = parsed as Parsed;
        const cells = record.flatMap((value, column): Cell[] =>
          value === '' ? [] : [{ text: plainCell(value), column, colSpan: 1, rowSpan: 1 }],
        );
        if (cells.length > 0) rows.push({ row: lastEnd + 1, cells });
        lastEnd = lines;
        // Nothing is kept by the parser: the rows above are the result.
        return null;
      },
    });
    return { rows, error: 0 };
  } catch {
    return { rows, error: lastEnd + 1 };
  }
}
