/** A workbook to the grids of its sheets. Formulas are never evaluated, links never followed, declared sizes not believed. */
import { plainCell } from '../formula.js';
import { isStruckRow, type Cell, type Container, type Grid, type GridRow } from '../grid.js';
import { printNumber } from './number-format.js';
import { struckThrough, type Problem } from '../problem.js';
import { readContainer, unreadable } from '../unreadable.js';
import {
  createTextCollector,
  decodeEscapes,
  readCellStyles,
  readSharedStrings,
  readWorkbook,
  type CellStyle,
  type CellText,
  type SheetPart,
} from './xlsx-parts.js';
import { parseXml } from './xml.js';
import { openZip, type Zip } from './zip.js';

/** The format's own limits (16,384 columns, 1,048,576 rows). */
const MAX_COLUMN = 16_383;
const MAX_ROW = 1_048_576;
/** Merged areas times the filled rows they cross; sheets made by people stay far below. */
const MAX_MERGE_STEPS = 3_000_000;

type Merge = { top: number; left: number; bottom: number; right: number };
type Shared = { strings: CellText[]; styles: CellStyle[]; isDate1904: boolean };

export const readXlsx = (file: string, bytes: Uint8Array): Promise<Container> =>
  readContainer(file, async () => {
    const zip = await openZip(bytes, 'XLSX');
    const book = await readWorkbook(zip);
    const shared: Shared = {
      strings: await readSharedStrings(zip, book.sharedPath),
      styles: await readCellStyles(zip, book.stylesPath),
      isDate1904: book.isDate1904,
    };
    const grids: Grid[] = [];
    const warnings: Problem[] = [];
    for (const sheet of book.sheets) {
      if (sheet.isHidden) {
        warnings.push({
          ...{ file, sheet: sheet.name, row: 0, column: '' },
          message: `工作表“${sheet.name}”是隐藏的,没有读取`,
          remedy: '属于清单的,取消隐藏后重新导入',
        });
        continue;
      }
      const { rows, hiddenRows, struck } = await readSheet(zip, sheet, shared);
      for (const cell of struck) warnings.push(struckThrough(file, sheet.name, cell.row, cell.column));
      for (const row of hiddenRows)
        warnings.push({
          ...{ file, sheet: sheet.name, row, column: '' },
          message: '这一行是隐藏的,仍按清单内容读取',
          remedy: '不属于清单的,删去这一行后重新导入;属于的,确认后继续',
          mustConfirm: true,
        });
      grids.push({ name: sheet.name, kind: 'sheet', before: [], isHidden: false, rows });
    }
    if (book.sheets.length === 0)
      throw unreadable('文件中没有工作表', '用 Excel 或 WPS 表格打开,另存为 XLSX 格式后重新导入');
    return { grids, problems: [], warnings };
  });

/** `BC12` as 0-based column and 1-based row; null for anything else. */
function parseReference(reference: string): { column: number; row: number } | null {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference) ?? [];
  if (letters === undefined) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(digits);
  return column - 1 > MAX_COLUMN || row > MAX_ROW || row < 1 ? null : { column: column - 1, row };
}

async function readSheet(zip: Zip, sheet: SheetPart, shared: Shared) {
  const rows: GridRow[] = [];
  const merges: Merge[] = [];
  const hiddenRows: number[] = [];
  const struck: { row: number; column: number }[] = [];
  const collector = createTextCollector();
  let row = 0;
  let isHiddenRow = false;
  let column = -1;
  let cells: Cell[] = [];
  let type = '';
  let style = 0;
  let value = '';
  let isValue = false;
  let isFormula = false;
  const wrongReference = () =>
    unreadable('文件已损坏:单元格位置有误', '用 Excel 或 WPS 表格打开,另存后重新导入');
  await parseXml(zip.read(sheet.path), {
    open(tag, attributes) {
      if (tag === 'row') {
        const next = attributes.r === undefined ? row + 1 : Number(attributes.r);
        if (!Number.isInteger(next) || next <= row || next > MAX_ROW) throw wrongReference();
        row = next;
        column = -1;
        cells = [];
        isHiddenRow = attributes.hidden === '1' || attributes.hidden === 'true';
      } else if (tag === 'c') {
        const at = attributes.r === undefined ? { column: column + 1, row } : parseReference(attributes.r);
        if (!at || at.row !== row || at.column <= column) throw wrongReference();
        column = at.column;
        type = attributes.t ?? 'n';
        style = Number(attributes.s ?? 0);
        value = '';
        isFormula = false;
        collector.start();
      } else if (tag === 'v') isValue = true;
      else if (tag === 'f') isFormula = true;
      else if (tag === 'mergeCell') {
        const [from = '', to = from] = (attributes.ref ?? '').split(':');
        const a = parseReference(from);
        const b = parseReference(to);
        if (!a || !b || b.row < a.row || b.column < a.column) throw wrongReference();
        merges.push({ top: a.row, left: a.column, bottom: b.row, right: b.column });
      } else collector.open(tag, attributes.val);
    },
    close(tag) {
      if (tag === 'v') isValue = false;
      else if (tag === 'c') {
        const { format = 'General', isStruck = false } = shared.styles[style] ?? {};
        const shown = cellText(type, value, collector.take(), format, shared);
        const text = isStruck ? '' : plainCell(shown.text);
        if (shown.isStruck || (isStruck && shown.text !== '')) struck.push({ row, column });
        if (text !== '' || isFormula)
          cells.push({ text, column, colSpan: 1, rowSpan: 1, ...(isFormula && { isFormula }) });
      } else if (tag === 'row') {
        if (isStruckRow(cells, struck.at(-1)?.row === row)) cells = [];
        if (cells.length > 0) rows.push({ row, cells });
        if (cells.length > 0 && isHiddenRow) hiddenRows.push(row);
      } else collector.close(tag);
    },
    text(piece) {
      if (isValue) value += piece;
      else collector.text(piece);
    },
  });
  return { rows: merges.length > 0 ? applyMerges(rows, merges) : rows, hiddenRows, struck };
}

/** The text that the sheet shows (ST_CellType, ECMA-376 part 1, 18.18.11). */
function cellText(type: string, value: string, inline: CellText, pattern: string, shared: Shared): CellText {
  const whole = (text: string): CellText => ({ text, isStruck: false });
  switch (type) {
    case 's':
      return shared.strings[Number(value)] ?? whole('');
    case 'inlineStr':
      return inline;
    case 'str':
      return whole(decodeEscapes(value));
    case 'b':
      return whole(value === '1' ? 'TRUE' : 'FALSE');
    case 'd':
    case 'e':
      return whole(value);
    default: {
      const number = Number(value);
      if (value.trim() === '') return whole('');
      return whole(Number.isFinite(number) ? printNumber(number, pattern, shared.isDate1904) : value);
    }
  }
}

/** Spans for the top left cell of each merged area; cells that it covers go. */
function applyMerges(rows: GridRow[], merges: Merge[]): GridRow[] {
  const covered = new Map<GridRow, { merge: Merge; isTop: boolean }[]>();
  let steps = 0;
  for (const merge of merges) {
    let at = firstAtLeast(rows, merge.top);
    for (; at < rows.length; at++) {
      const row = rows[at];
      if (!row || row.row > merge.bottom) break;
      if (++steps > MAX_MERGE_STEPS)
        throw unreadable(
          '合并单元格过多(可能是恶意文件),为安全起见不予读取',
          '核实文件来源;确系本单位清单的,取消多余的合并后重新导入',
        );
      const list = covered.get(row);
      const entry = { merge, isTop: row.row === merge.top };
      if (list) list.push(entry);
      else covered.set(row, [entry]);
    }
  }
  return rows
    .map((row) => {
      const areas = covered.get(row);
      if (!areas) return row;
      const cells = row.cells.flatMap((cell): Cell[] => {
        const area = areas.find(({ merge }) => cell.column >= merge.left && cell.column <= merge.right);
        if (!area) return [cell];
        const { merge, isTop } = area;
        if (!isTop || cell.column !== merge.left) return [];
        return [{ ...cell, colSpan: merge.right - merge.left + 1, rowSpan: merge.bottom - merge.top + 1 }];
      });
      return { ...row, cells };
    })
    .filter((row) => row.cells.length > 0);
}

/** Index of the first row whose number is at least `number`; rows ascend. */
function firstAtLeast(rows: GridRow[], number: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.row ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
