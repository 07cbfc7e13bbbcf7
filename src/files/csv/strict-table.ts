/** Bytes of a CSV file to a table of cells that know their line. */
import { parse } from 'csv-parse/sync';
import { plainCell } from '../formula.js';
import type { Problem } from '../problem.js';

export type TableRow = { line: number; cells: string[] };
export type Table = { header: string[]; rows: TableRow[] };

/** First line (1-based) that is not valid UTF-8, or 0. Lines are cut at LF, which UTF-8 never holds inside a character. */
function brokenLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let start = 0; start <= bytes.length; line++) {
    const lf = bytes.indexOf(10, start);
    const end = lf < 0 ? bytes.length : lf + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    if (lf < 0) return 0;
    start = end;
  }
  return 0;
}

/** Reads UTF-8 CSV (RFC 4180, with or without a byte-order mark). A file that cannot be read is one problem and no table. */
export function readCsv(
  file: string,
  bytes: Uint8Array,
  delimiter = ',',
): { table: Table | null; problems: Problem[] } {
  const broken = brokenLine(bytes);
  if (broken > 0) {
    return fail(
      file,
      broken,
      '文字编码不是 UTF-8,无法辨认',
      '在 Excel 中另存为“CSV UTF-8(逗号分隔)”后重新导入',
    );
  }
  type Parsed = { record: string[]; info: { lines: number } };
  let parsed: Parsed[];
  // `info.lines` is the line on which a record ends; the next one, blank or not, begins on the line after.
  let lastEnd = 0;
  try {
    // The parser counts CR LF inside quotes as two lines.
    parsed = parse(new TextDecoder().decode(bytes).replace(/\r\n?/g, '\n'), {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      trim: true,
      on_record: (record, { lines }) => {
        lastEnd = lines;
        return record;
      },
    }) as unknown as Parsed[];
  } catch {
    return fail(
      file,
      lastEnd + 1,
      '引号或分隔符不完整,从此行起无法读取',
      '检查该行的英文双引号是否成对,再重新导入',
    );
  }
  const isBlank = ({ record }: Parsed) => record.every((cell) => cell === '');
  const header = parsed.find((line) => !isBlank(line));
  if (!header) return fail(file, 0, '文件是空的', '确认选择了正确的文件');
  const rows: TableRow[] = [];
  let begins = 1;
  for (const line of parsed) {
    if (line !== header && !isBlank(line)) rows.push({ line: begins, cells: line.record.map(plainCell) });
    begins = line.info.lines + 1;
  }
  return { table: { header: header.record, rows }, problems: [] };
}

function fail(file: string, row: number, message: string, remedy: string) {
  return { table: null, problems: [{ file, row, column: '', message, remedy }] };
}
