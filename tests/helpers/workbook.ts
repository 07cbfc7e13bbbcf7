/** Workbooks made by hand, so that every odd form of the format can be written. */
import { strToU8, zipSync } from 'fflate';
import type { Grid } from '../../src/files/grid.js';
import { readXlsx } from '../../src/files/office/xlsx.js';

/** A string is a shared text; `xml` is the raw inside of a `<c>` element with its attributes. */
export type CellSpec =
  string | number | null | { formula: string; value?: string } | { xml: string; attributes?: string };
export type SheetSpec = {
  name: string;
  rows: CellSpec[][];
  merges?: string[];
  state?: 'hidden' | 'veryHidden';
  /** Claimed size, to be disbelieved. */
  dimension?: string;
  hiddenRows?: number[];
};

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[c] ?? ''};`);

export const letterOf = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : letterOf(Math.floor(index / 26) - 1) + letterOf(index % 26);

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export type BookOptions = {
  /** Raw `<si>` items that come before the texts of the cells. */
  sharedXml?: string[];
  /** Number formats of the styles 1, 2, …. */
  formats?: string[];
  extra?: Record<string, string>;
};

/** The parts of a workbook, for breaking them before zipping. */
export function workbookParts(sheets: SheetSpec[], options: BookOptions = {}): Record<string, string> {
  const shared = [...(options.sharedXml ?? [])];
  const index = new Map<string, number>();
  const share = (text: string): number => {
    const known = index.get(text);
    if (known !== undefined) return known;
    shared.push(`<si><t xml:space="preserve">${escapeXml(text)}</t></si>`);
    index.set(text, shared.length - 1);
    return shared.length - 1;
  };
  const cell = (spec: CellSpec, reference: string): string => {
    if (spec === null || spec === '') return '';
    if (typeof spec === 'string') return `<c r="${reference}" t="s"><v>${share(spec)}</v></c>`;
    if (typeof spec === 'number') return `<c r="${reference}"><v>${spec}</v></c>`;
    if ('formula' in spec)
      return `<c r="${reference}"><f>${escapeXml(spec.formula)}</f>${spec.value === undefined ? '' : `<v>${spec.value}</v>`}</c>`;
    return `<c r="${reference}" ${spec.attributes ?? ''}>${spec.xml}</c>`;
  };
  const parts: Record<string, string> = {};
  sheets.forEach((sheet, at) => {
    const rows = sheet.rows.map((row, r) => {
      const cells = row.map((spec, c) => cell(spec, `${letterOf(c)}${r + 1}`)).join('');
      const hidden = sheet.hiddenRows?.includes(r + 1) ? ' hidden="1"' : '';
      return `<row r="${r + 1}"${hidden}>${cells}</row>`;
    });
    const merges = sheet.merges?.map((ref) => `<mergeCell ref="${ref}"/>`) ?? [];
    parts[`xl/worksheets/sheet${at + 1}.xml`] =
      `${HEAD}<worksheet xmlns="${MAIN}"><dimension ref="${sheet.dimension ?? 'A1'}"/><sheetData>${rows.join('')}</sheetData>` +
      `${merges.length > 0 ? `<mergeCells>${merges.join('')}</mergeCells>` : ''}</worksheet>`;
  });
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const relationships = (items: string[]) =>
    `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`;
  const formats = options.formats ?? [];
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': relationships([relation(1, 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets
      .map(
        (s, i) =>
          `<sheet name="${escapeXml(s.name)}" sheetId="${i + 1}"${s.state ? ` state="${s.state}"` : ''} r:id="rId${i + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ...sheets.map((_, i) => relation(i + 1, 'worksheet', `worksheets/sheet${i + 1}.xml`)),
      relation(sheets.length + 1, 'sharedStrings', 'sharedStrings.xml'),
      relation(sheets.length + 2, 'styles', 'styles.xml'),
    ]),
    'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts>${formats
      .map((code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${escapeXml(code)}"/>`)
      .join('')}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats
      .map((_, i) => `<xf numFmtId="${200 + i}"/>`)
      .join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${HEAD}<sst xmlns="${MAIN}">${shared.join('')}</sst>`,
    ...parts,
    ...options.extra,
  };
}

export const zip = (parts: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));

export const workbook = (sheets: SheetSpec[], options: BookOptions = {}): Uint8Array =>
  zip(workbookParts(sheets, options));

/** What stands in the sheets of a workbook, by their names: a line for each row, cells with | between. */
export async function sheetsOf(bytes: Uint8Array): Promise<Record<string, string>> {
  const { grids } = await readXlsx('book.xlsx', bytes);
  const lines = ({ rows }: Grid) =>
    rows.map(({ cells }) => cells.map(({ text }) => text).join('|')).join('\n');
  return Object.fromEntries(grids.map((grid) => [grid.name, lines(grid)]));
}
