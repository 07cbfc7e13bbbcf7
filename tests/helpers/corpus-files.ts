/** The shapes of the corpus as office files: XLSX, DOCX, PDF, CSV. */
import type { Grid, Part, Shape } from './corpus.js';
import { cell as docxCell, docxOf, paragraph, row as docxRow, table as docxTable } from './office-file.js';
import { pdfOf, tableOf, textAt, type PdfCell } from './pdf-file.js';
import { escapeXml, letterOf, workbook, type CellSpec } from './workbook.js';

/** Columns and rows that a cell covers. */
function spanOf(grid: Grid, row: number, column: number): [columns: number, rows: number] {
  let columns = 1;
  while (grid[row]?.[column + columns] === '<') columns++;
  let rows = 1;
  while (grid[row + rows]?.[column] === '^') rows++;
  return [columns, rows];
}
const isOwn = (text: string): boolean => text !== '<' && text !== '^';
const widthOf = (parts: (string | Grid)[]): number =>
  Math.max(1, ...parts.flatMap((part) => (Array.isArray(part) ? part.map((row) => row.length) : [])));

/** The parts between breaks; a break before everything names the first. */
function pagesOf(parts: Part[]): { name: string; parts: (string | Grid)[] }[] {
  const pages: { name: string; parts: (string | Grid)[] }[] = [];
  for (const part of parts) {
    if (typeof part !== 'string' && !Array.isArray(part)) pages.push({ name: part.begins, parts: [] });
    else {
      if (pages.length === 0) pages.push({ name: '', parts: [] });
      pages.at(-1)?.parts.push(part);
    }
  }
  return pages;
}

const xlsxOf = (parts: Part[]): Uint8Array =>
  workbook(
    pagesOf(parts).map(({ name, parts: own }, at) => ({ name: name || `Sheet${at + 1}`, ...sheetOf(own) })),
  );

function sheetOf(parts: (string | Grid)[]): { rows: CellSpec[][]; merges: string[] } {
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
  return { rows, merges };
}

/** The text of a paragraph with its footnotes, written `text{{footnote}}`, as references to `notes`. */
function withNotes(text: string, notes: string[]): string {
  const runs = text.split(/\{\{(.*?)\}\}/u).map((piece, at) => {
    if (at % 2 === 0) return piece ? `<w:r><w:t>${escapeXml(piece)}</w:t></w:r>` : '';
    notes.push(piece);
    return `<w:r><w:footnoteReference w:id="${notes.length}"/></w:r>`;
  });
  return `<w:p>${runs.join('')}</w:p>`;
}
const LANDSCAPE =
  '<w:p><w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr></w:pPr></w:p>';

function docxOfParts(parts: Part[]): Uint8Array {
  const notes: string[] = [];
  const struck = (text: string): string =>
    text.includes('{{')
      ? withNotes(text, notes)
      : text.includes('~~')
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
    if (typeof part === 'string') return struck(part);
    if (!Array.isArray(part)) return LANDSCAPE;
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
  const footnotes = notes.map((text, at) => `<w:footnote w:id="${at + 1}">${paragraph(text)}</w:footnote>`);
  return docxOf(
    body.join(''),
    notes.length > 0 ? { 'footnotes.xml': `<w:footnotes>${footnotes.join('')}</w:footnotes>` } : {},
  );
}

const [PAGE_WIDTH, PAGE_HEIGHT, MARGIN, LINE] = [842, 595, 40, 12];
const MOST_PER_LINE = Math.floor((PAGE_WIDTH - 2 * MARGIN) / 10);
const wrap = (text: string, perLine: number): string[] =>
  text.split('\n').flatMap((line) => line.match(new RegExp(`.{1,${perLine}}`, 'gu')) ?? ['']);

/** Wider where more is written, but no column below the width of three characters. */
function widthsOf(grid: Grid): number[] {
  const count = widthOf([grid]);
  const weights = Array.from({ length: count }, (_, c) =>
    Math.min(24, Math.max(3, ...grid.map((row) => (row[c + 1] === '<' ? 0 : (row[c]?.length ?? 0))))),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => ((PAGE_WIDTH - 2 * MARGIN) * weight) / sum);
}

function pdfPageOf(parts: (string | Grid)[]): string {
  let content = '';
  let top = PAGE_HEIGHT - MARGIN;
  for (const part of parts) {
    if (typeof part === 'string') {
      for (const line of wrap(part, MOST_PER_LINE)) {
        content += textAt(PAGE_WIDTH / 2 - line.length * 5, top - LINE, line);
        top -= 2 * LINE;
      }
      continue;
    }
    const widths = widthsOf(part);
    const rows = part.map((cells, r) =>
      cells.map((text, c): PdfCell => {
        if (!isOwn(text)) return null;
        const [colSpan, rowSpan] = spanOf(part, r, c);
        const width = widths.slice(c, c + colSpan).reduce((sum, it) => sum + it, 0);
        return { lines: text ? wrap(text, Math.max(1, Math.floor((width - 4) / 10))) : [], colSpan, rowSpan };
      }),
    );
    const heights = rows.map(
      (cells) => Math.max(1, ...cells.map((it) => (it?.lines.length ?? 0) / (it?.rowSpan ?? 1))) * LINE + 6,
    );
    content += tableOf({ left: MARGIN, top, widths, heights, rows });
    top -= heights.reduce((sum, height) => sum + height, 0) + LINE;
  }
  return content;
}

/** Several pages are numbered at their foot, as documents of offices are. */
function pdfOfParts(parts: Part[]): Uint8Array {
  const pages = pagesOf(parts);
  return pdfOf(
    pages.map(({ parts: own }, at) => {
      const foot = pages.length > 1 ? textAt(PAGE_WIDTH / 2 - 20, 24, `— ${at + 1} —`) : '';
      return { width: PAGE_WIDTH, height: PAGE_HEIGHT, content: pdfPageOf(own) + foot };
    }),
  );
}

const csvOf = (parts: Part[]): Uint8Array =>
  Buffer.from(
    pagesOf(parts)
      .flatMap((page) => page.parts)
      .flatMap((part) => (typeof part === 'string' ? [[part]] : part))
      .map((cells) => cells.map((text) => `"${isOwn(text) ? text.replaceAll('"', '""') : ''}"`).join(','))
      .join('\r\n'),
  );

const MAKERS: Record<string, (parts: Part[]) => Uint8Array> = {
  ...{ xlsx: xlsxOf, docx: docxOfParts, pdf: pdfOfParts, csv: csvOf },
};

export function fileOf({ name, format, parts }: Shape): { file: string; bytes: Uint8Array } {
  const make = MAKERS[format];
  if (!make) throw new Error(`${name}: ${format}`);
  return { file: `清单.${format}`, bytes: make(parts) };
}
