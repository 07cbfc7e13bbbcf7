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

/** Collects the text of `<si>` and `<is>`: all runs, but no phonetic guides (`<rPh>`). */
export function createTextCollector() {
  let text = '';
  let isText = false;
  let isPhonetic = false;
  return {
    start: () => void (text = ''),
    open(tag: string) {
      if (tag === 't') isText = !isPhonetic;
      else if (tag === 'rPh') isPhonetic = true;
    },
    close(tag: string) {
      if (tag === 't') isText = false;
      else if (tag === 'rPh') isPhonetic = false;
    },
    text(piece: string) {
      if (isText) text += piece;
    },
    take: () => decodeEscapes(text),
  };
}

export async function readSharedStrings(zip: Zip, path: string): Promise<string[]> {
  const strings: string[] = [];
  if (!zip.has(path)) return strings;
  const collector = createTextCollector();
  await parseXml(zip.read(path), {
    open(tag) {
      if (tag === 'si') collector.start();
      else collector.open(tag);
    },
    close(tag) {
      if (tag === 'si') strings.push(collector.take());
      else collector.close(tag);
    },
    text: collector.text,
  });
  return strings;
}

/** The number format of each cell style, in order. */
export async function readNumberFormats(zip: Zip, path: string): Promise<string[]> {
  const own = new Map<number, string>();
  const styles: number[] = [];
  let isCellFormats = false;
  if (zip.has(path))
    await parseXml(zip.read(path), {
      open(tag, { numFmtId = '0', formatCode = '' }) {
        if (tag === 'numFmt') own.set(Number(numFmtId), formatCode);
        else if (tag === 'cellXfs') isCellFormats = true;
        else if (tag === 'xf' && isCellFormats) styles.push(Number(numFmtId));
      },
      close(tag) {
        if (tag === 'cellXfs') isCellFormats = false;
      },
    });
  return styles.map((id) => own.get(id) ?? getFormatFromId(id));
}
