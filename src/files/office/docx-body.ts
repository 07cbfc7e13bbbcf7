/** The text of word/document.xml as it prints: paragraphs and tables in their order, tracked changes accepted. */
import { isHiddenStyle, isOn, type createNumberPrinter, type Styles } from './docx-numbering.js';
import { parseXml } from './xml.js';

/** `merge`: goes down from a cell above (`continue`), or begins a run of merged cells (`restart`). */
export type DocxCell = { text: string; span: number; merge?: 'restart' | 'continue'; isStruck?: true };
export type DocxRow = { gridBefore: number; cells: DocxCell[]; isHidden: boolean };
/** `widths`: of the columns of the grid, in twentieths of a point. */
export type DocxTable = { before: string[]; widths: number[]; rows: DocxRow[] };

/** Not printed in the place where they stand, or not at all. */
const SKIPPED = new Set([
  ...['drawing', 'pict', 'object', 'Fallback', 'txbxContent', 'sectPr', 'rt', 'moveFrom'],
  ...['instrText', 'delText', 'delInstrText', 'pPrChange', 'rPrChange', 'tcPrChange', 'trPrChange'],
  ...['tblPrChange', 'tblPrExChange', 'tblGridChange', 'numberingChange', 'cellMerge'],
]);
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g;

type Paragraph = { text: string; numId?: string; level?: number; styleId?: string; joinsNext: boolean };
type Run = { styleId?: string; isHidden?: boolean; isStruck?: boolean };
type CellDraft = DocxCell & { lines: string[] };

/**
 * `after`: the lines below the last table.
 * @param nextNumber see createNumberPrinter; called once for each printed paragraph, in order
 */
export async function parseBody(
  pieces: AsyncIterable<Uint8Array>,
  styles: Styles,
  nextNumber: ReturnType<typeof createNumberPrinter>,
): Promise<{ tables: DocxTable[]; after: string[] }> {
  const tables: DocxTable[] = [];
  const path: string[] = [];
  let skipped = 0;
  /** Tables inside a cell are text of that cell. */
  let tableDepth = 0;
  let before: string[] = [];
  let table: DocxTable | undefined;
  let row: (DocxRow & { isDeleted?: true }) | undefined;
  let cell: CellDraft | undefined;
  let paragraph: Paragraph | undefined;
  /** A paragraph whose mark is deleted or hidden: its text runs on in the next one of its cell. */
  let carried: Paragraph | undefined;
  let run: Run | undefined;
  let text: { value: string; isPreserved: boolean } | undefined;
  /** Nested fields, innermost last: their code is not printed, their result is. */
  let fields: ('code' | 'result')[] = [];

  const isRunHidden = () =>
    run?.isHidden ?? (isHiddenStyle(styles, run?.styleId) || isHiddenStyle(styles, paragraph?.styleId));
  function print(value: string): void {
    if (!paragraph || fields.includes('code') || (run && isRunHidden())) return;
    if (run?.isStruck) {
      if (cell && value.trim()) cell.isStruck = true;
      return;
    }
    paragraph.text += value.replace(INVISIBLE, '');
  }

  function endParagraph(ended: Paragraph): void {
    const { text: own, joinsNext, ...reference } = ended;
    const value = (carried?.text ?? '') + own;
    carried = joinsNext ? { ...ended, text: value } : undefined;
    if (joinsNext) return;
    // Word counts no paragraph that it does not print: under a merged cell, in a deleted row.
    const isPrinted = cell?.merge !== 'continue' && !row?.isDeleted;
    const number = isPrinted ? nextNumber(reference) : '';
    const gap = /[0-9a-z]$/i.test(number) && /^[0-9a-z]/i.test(value) ? ' ' : '';
    const line = `${number}${gap}${value}`.trim();
    if (line) (cell?.lines ?? before).push(line);
  }
  function endCarried(): void {
    const ended = carried;
    carried = undefined;
    if (ended) endParagraph({ ...ended, joinsNext: false });
  }

  /** Properties of the table, only of the outermost one. */
  function openTablePart(name: string, attributes: Record<string, string>): void {
    const count = Number(attributes.val ?? '') || 0;
    if (name === 'gridCol') table?.widths.push(Number(attributes.w ?? '') || 0);
    else if (name === 'tr') row = { gridBefore: 0, cells: [], isHidden: false };
    else if (name === 'gridBefore' && row) row.gridBefore = count;
    else if (name === 'hidden' && row && path.at(-2) === 'trPr') row.isHidden = isOn(attributes);
    else if (name === 'tc') {
      cell = { text: '', span: 1, lines: [] };
      fields = [];
    } else if (name === 'gridSpan' && cell) cell.span = Math.max(1, count);
    else if (name === 'vMerge' && cell) cell.merge = attributes.val === 'restart' ? 'restart' : 'continue';
    // The older way to merge sideways: cells that go on from the one to the left.
    else if (name === 'hMerge' && cell && attributes.val !== 'restart') cell.span = -1;
  }

  function closeTablePart(name: string): void {
    if (name === 'tc' && cell) {
      endCarried();
      const { lines, ...printed } = cell;
      const left = row?.cells.at(-1);
      if (printed.span === -1 && left) left.span++;
      else row?.cells.push({ ...printed, span: Math.max(1, printed.span), text: lines.join('\n') });
      cell = undefined;
    } else if (name === 'tr' && row) {
      const { isDeleted, ...kept } = row;
      if (!isDeleted) table?.rows.push(kept);
      row = undefined;
    }
  }

  function openRunPart(name: string, attributes: Record<string, string>): void {
    if (name === 't') text = { value: '', isPreserved: attributes.space === 'preserve' };
    else if (name === 'tab' || name === 'ptab') print(' ');
    else if (name === 'br' || name === 'cr') print('\n');
    else if (name === 'noBreakHyphen') print('-');
    else if (name === 'sym') print(String.fromCharCode(parseInt(attributes.char ?? '', 16) || 0x20));
    else if (name === 'fldChar') {
      const type = attributes.fldCharType;
      if (type === 'begin') fields.push('code');
      else if (type === 'separate' && fields.length > 0) fields[fields.length - 1] = 'result';
      else if (type === 'end') fields.pop();
    }
  }

  function openProperty(name: string, attributes: Record<string, string>, parents: string): void {
    if (parents.endsWith('pPr/rPr')) {
      if (paragraph && (name === 'del' || (name === 'vanish' && isOn(attributes))))
        paragraph.joinsNext = true;
    } else if (name === 'vanish' && run) run.isHidden = isOn(attributes);
    else if ((name === 'strike' || name === 'dstrike') && run) run.isStruck = isOn(attributes);
    else if (name === 'rStyle' && run) run.styleId = attributes.val ?? '';
    else if (!paragraph) return;
    else if (name === 'pStyle') paragraph.styleId = attributes.val ?? '';
    else if (name === 'numId') paragraph.numId = attributes.val ?? '';
    else if (name === 'ilvl') paragraph.level = Number(attributes.val);
  }

  function open(name: string, attributes: Record<string, string>): void {
    const parent = path.at(-1) ?? '';
    path.push(name);
    const isMark = parent === 'rPr' || parent === 'trPr';
    if (skipped > 0 || SKIPPED.has(name) || (name === 'del' && !isMark)) return void skipped++;
    if (name === 'tbl') {
      if (++tableDepth > 1) return;
      endCarried();
      table = { before, widths: [], rows: [] };
      before = [];
    } else if (name === 'p') paragraph = { text: '', joinsNext: false };
    else if (name === 'r') run = {};
    else if (name === 'del' && parent === 'trPr' && tableDepth === 1 && row) row.isDeleted = true;
    else if (parent === 'r') openRunPart(name, attributes);
    else if (/Pr$/.test(parent) && paragraph) openProperty(name, attributes, path.slice(-3, -1).join('/'));
    else if (tableDepth === 1) openTablePart(name, attributes);
  }

  function close(name: string): void {
    path.pop();
    if (skipped > 0) return void skipped--;
    if (name === 't' && text) {
      const value = text.value.replace(/[\t\r\n]+/g, ' ');
      print(text.isPreserved ? value : value.trim());
      text = undefined;
    } else if (name === 'r') run = undefined;
    else if (name === 'p' && paragraph) {
      endParagraph(paragraph);
      paragraph = undefined;
    } else if (name === 'tbl') {
      if (--tableDepth === 0 && table) {
        tables.push(table);
        table = undefined;
        fields = [];
      }
    } else if (tableDepth === 1) closeTablePart(name);
  }

  await parseXml(pieces, {
    open,
    close,
    text(piece) {
      if (text) text.value += piece;
    },
  });
  return { tables, after: before };
}
