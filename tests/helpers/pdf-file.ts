/** PDF files written by hand, in a font that every reader knows by name and none has to embed. */

/** Operators of one page; y counts from the bottom, in points. */
export type PdfPage = { width: number; height: number; rotate?: number; content: string };

const stream = (dictionary: string, data: string): string =>
  `<< ${dictionary} /Length ${Buffer.byteLength(data, 'latin1')} >>\nstream\n${data}\nendstream`;

/** A file with a cross-reference table (ISO 32000, 7.5); object 3 is the font, object 4 a picture of one pixel. */
export function pdfOf(pages: PdfPage[]): Buffer {
  const kids = pages.map((_, i) => 5 + 2 * i);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids.map((id) => `${id} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font' +
      ' /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>' +
      ' /DW 1000 /W [1 95 500] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6' +
      ' /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >> >>] >>',
    stream(
      '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
      '\u0080',
    ),
    ...pages.flatMap(({ width, height, rotate = 0, content }, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Rotate ${rotate} /Contents ${6 + 2 * i} 0 R` +
        ' /Resources << /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >> >>',
      stream('', content),
    ]),
  ];
  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, i) => {
    const offset = Buffer.byteLength(file, 'latin1');
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = Buffer.byteLength(file, 'latin1');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  file += offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

const hexOf = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');

/** A line of text whose baseline begins at x, y. */
export const textAt = (x: number, y: number, text: string, size = 10): string =>
  `BT /F ${size} Tf ${x} ${y} Td <${hexOf(text)}> Tj ET\n`;
export const lineTo = (x1: number, y1: number, x2: number, y2: number): string =>
  `${x1} ${y1} m ${x2} ${y2} l S\n`;
/** A line as a thin bar, as browsers draw it. */
export const barTo = (x1: number, y1: number, x2: number, y2: number): string =>
  `${Math.min(x1, x2) - 0.3} ${Math.min(y1, y2) - 0.3} ${Math.abs(x2 - x1) + 0.6} ${Math.abs(y2 - y1) + 0.6} re f\n`;
/** A picture over the whole page. */
export const picture = (width: number, height: number): string => `q ${width} 0 0 ${height} 0 0 cm /I Do Q\n`;

/** `lines` as they print, 2 points from the left edge and 12 from the top; spans default to 1. */
export type PdfCell = { lines: string[]; colSpan?: number; rowSpan?: number } | null;
export type PdfTable = {
  left: number;
  top: number;
  widths: number[];
  heights: number[];
  /** Null where a merged cell goes on. */
  rows: PdfCell[][];
  /** No line below the last row, as where a browser cuts a row. */
  isOpen?: boolean;
  draw?: typeof lineTo;
};

export function tableOf({
  left,
  top,
  widths,
  heights,
  rows,
  isOpen = false,
  draw = lineTo,
}: PdfTable): string {
  const x = (column: number) => left + widths.slice(0, column).reduce((sum, width) => sum + width, 0);
  const y = (row: number) => top - heights.slice(0, row).reduce((sum, height) => sum + height, 0);
  let content = '';
  for (const [r, cells] of rows.entries())
    for (const [c, cell] of cells.entries()) {
      if (!cell) continue;
      const [x1, x2] = [x(c), x(c + (cell.colSpan ?? 1))];
      const [y1, y2] = [y(r), y(r + (cell.rowSpan ?? 1))];
      content += draw(x1, y1, x2, y1) + draw(x1, y1, x1, y2) + draw(x2, y1, x2, y2);
      if (!isOpen || r + (cell.rowSpan ?? 1) < heights.length) content += draw(x1, y2, x2, y2);
      content += cell.lines.map((line, i) => textAt(x1 + 2, y1 - 12 - 12 * i, line)).join('');
    }
  return content;
}
