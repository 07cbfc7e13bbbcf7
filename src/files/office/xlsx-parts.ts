/** The parts of a workbook that its sheets refer to: names, shared texts, number formats (ECMA-376, part 1, 18). */
import { posix } from 'node:path';
import { getFormatFromId } from './number-format.js';
import { parseXml } from './xml.js';
import type { Zip } from './zip.js';

export type SheetPart = { name: string; isHidden: boolean; path: string };
export type Workbook = { sheets: SheetPart[]; isDate1904: boolean; sharedPath: string; stylesPath: string };

/** Target paths by relationship id and by the last word of the type; external targets (links) are left out. */
async function readRelations(zip: Zip, part: string) {
  const byId = new Map<string, string>();
  const byType = new Map<string, string>();
  const folder = posix.dirname(part);
  const name = `${folder === '.' ? '' : `${folder}/`}_rels/${posix.basename(part)}.rels`;
  if (zip.has(name))
    await parseXml(zip.read(name), {
      open(tag, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode }) {
        if (tag !== 'Relationship' || mode === 'External') return;
        const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
        byId.set(id, path);
        byType.set(type.slice(type.lastIndexOf('/') + 1), path);
      },
    });
  return { byId, byType };
}

export async function readWorkbook(zip: Zip): Promise<Workbook> {
  const root = await readRelations(zip, '');
  const main = root.byType.get('officeDocument') ?? 'xl/workbook.xml';
  const relations = await readRelations(zip, main);
  const sheets: SheetPart[] = [];
  let isDate1904 = false;
  await parseXml(zip.read(main), {
    open(tag, { name = '', state, id = '', date1904 }) {
      if (tag === 'workbookPr') isDate1904 = date1904 === '1' || date1904 === 'true';
      const path = relations.byId.get(id);
      // Chart sheets hold no cells; a sheet whose part is missing is a damaged file, which reading it will say.
      if (tag === 'sheet' && path !== undefined && !path.includes('chartsheets/'))
        sheets.push({ name, isHidden: state === 'hidden' || state === 'veryHidden', path });
    },
  });
  const partOf = (type: string, usual: string) =>
    relations.byType.get(type) ?? posix.join(posix.dirname(main), usual);
  return {
    sheets,
    isDate1904,
    sharedPath: partOf('sharedStrings', 'sharedStrings.xml'),
    stylesPath: partOf('styles', 'styles.xml'),
  };
}

/** `_x000D_` is how the format writes a character that XML cannot hold (ST_Xstring, ECMA-376 part 1, 22.9.2.19). */
export const decodeEscapes = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;

const isOff = (value: string | undefined): boolean => value === '0' || value === 'false';

/** A text as it stands; what a line goes through is left out and said. */
export type CellText = { text: string; isStruck: boolean };

/** Collects the text of `<si>` and `<is>`: all runs, but no phonetic guides (`<rPh>`) and nothing that is struck through. */
export function createTextCollector() {
  let text = '';
  let isText = false;
  let isPhonetic = false;
  let isStruckRun = false;
  let isStruck = false;
  return {
    start() {
      text = '';
      isStruck = false;
      isStruckRun = false;
    },
    open(tag: string, value?: string) {
      if (tag === 't') isText = !isPhonetic;
      else if (tag === 'rPh') isPhonetic = true;
      else if (tag === 'r') isStruckRun = false;
      else if (tag === 'strike') isStruckRun = !isOff(value);
    },
    close(tag: string) {
      if (tag === 't') isText = false;
      else if (tag === 'rPh') isPhonetic = false;
      else if (tag === 'r') isStruckRun = false;
    },
    text(piece: string) {
      if (!isText) return;
      if (isStruckRun) isStruck = true;
      else text += piece;
    },
    take: (): CellText => ({ text: decodeEscapes(text), isStruck }),
  };
}

export async function readSharedStrings(zip: Zip, path: string): Promise<CellText[]> {
  const strings: CellText[] = [];
  if (!zip.has(path)) return strings;
  const collector = createTextCollector();
  await parseXml(zip.read(path), {
    open(tag, { val }) {
      if (tag === 'si') collector.start();
      else collector.open(tag, val);
    },
    close(tag) {
      if (tag === 'si') strings.push(collector.take());
      else collector.close(tag);
    },
    text: collector.text,
  });
  return strings;
}

export type CellStyle = { format: string; isStruck: boolean };

/** The number format of each cell style, in order, and whether its font is struck through. */
export async function readCellStyles(zip: Zip, path: string): Promise<CellStyle[]> {
  const own = new Map<number, string>();
  const styles: { format: number; font: number }[] = [];
  const struckFonts = new Set<number>();
  let font = -1;
  let part = '';
  if (zip.has(path))
    await parseXml(zip.read(path), {
      open(tag, { numFmtId = '0', fontId = '0', formatCode = '', val }) {
        if (tag === 'numFmt') own.set(Number(numFmtId), formatCode);
        else if (tag === 'cellXfs' || tag === 'fonts') part = tag;
        else if (tag === 'font' && part === 'fonts') font++;
        else if (tag === 'strike' && part === 'fonts' && !isOff(val)) struckFonts.add(font);
        else if (tag === 'xf' && part === 'cellXfs')
          styles.push({ format: Number(numFmtId), font: Number(fontId) });
      },
      close(tag) {
        if (tag === part) part = '';
      },
    });
  return styles.map((style) => ({
    format: own.get(style.format) ?? getFormatFromId(style.format),
    isStruck: struckFonts.has(style.font),
  }));
}
