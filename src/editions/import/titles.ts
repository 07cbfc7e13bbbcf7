/** What a list is called: by the lines above it, by a cover, else by the heading of its document. */
import type { Container } from '../../files/grid.js';
import { normalizeLabel } from './headers.js';
import {
  documentNumberOf,
  hasSectionForm,
  isAnnex,
  isNote,
  isSignature,
  isTitle,
  issuerOf,
  titleText,
} from './lines.js';
import type { ListTable } from './table-rows.js';
import { cleanText } from './units.js';

/** The title among the lines above a table; two or three lines of it become one. */
export function titleOf(lines: string[]): string {
  let at = lines.findLastIndex((line) => isTitle(line));
  const line = lines[at];
  if (line === undefined) return '';
  let title = line;
  for (; at > 0 && isBroken(lines[at - 1] ?? '', title); at--) title = `${lines[at - 1]}${title}`;
  return titleText(title);
}

/** 青山县 or 柳林镇人民政府 above 权责清单: whose the list is. */
const OWNER = /^[\u4e00-\u9fff]{2,8}(?:[县市区旗]|镇|乡|街道|苏木)(?:人民政府|办事处)?$/;

/** Whether a line above a title is the first half of it. */
function isBroken(above: string, title: string): boolean {
  if (above === '' || above.length > 40 || isTitle(above) || isAnnex(above)) return false;
  const [label, rest] = [normalizeLabel(above), normalizeLabel(title)];
  // A title that begins with its place is whole, whoever issued it.
  const place = /^[《“]?[\u4e00-\u9fff]{2,6}(?:[县市区旗]|(?<![乡城村])镇|乡(?!镇)|街道)(?!街)/.exec(
    rest,
  )?.[0];
  if (OWNER.test(label)) return place === undefined && !rest.includes(label);
  // Both begin with that place: the title of the whole, and that of this list.
  if (place !== undefined && label.startsWith(place)) return false;
  return (
    issuerOf([above]) === '' &&
    /(事项|职责|管理|责任|乡镇\(街道\)|镇街|赋权|履职|权限|”|[和与及、的])$/.test(label)
  );
}

/** The title on a cover sheet, or above the first table of a document. */
export function outerTitle(tables: ListTable[], container: Container): string {
  for (const table of tables) {
    const title = titleOf(table.lines);
    if (title) return title;
  }
  for (const grid of container.grids) {
    const lines = [...grid.before, ...grid.rows.slice(0, 60).flatMap((row) => row.cells.map((c) => c.text))];
    const title = titleOf(lines.map(cleanText));
    if (title) return title;
  }
  return '';
}

/** (城区街道和中心镇) at the end of a delegated list's title. */
export function scopeOfTitle(title: string): string {
  const found = [...title.matchAll(/[(\uff08]([^()\uff08\uff09]+)[)\uff09]/g)].map((m) => m[1] ?? '');
  const scope = found.findLast((text) => /(乡镇|镇|街道|乡)/.test(text) && !/^(街道|乡镇)$/.test(text));
  return scope ?? '';
}

/** 柳林镇 of 青山县柳林镇基本履职事项清单, or null; 乡镇(街道) names none. */
export function townshipIn(title: string): string | null {
  const name =
    /^[《“]?(?:[\u4e00-\u9fff]{2,8}?[县市区旗])?([\u4e00-\u9fff]{1,5}?(?:镇|乡|街道))(?!镇|\(|街道)/.exec(
      title,
    )?.[1];
  return name && !/^(乡|各|镇|县)/.test(name) ? name : null;
}

/** 县水利局 of 青山县水利局权责清单: a department's own list is not the county's, nor another department's. */
export const departmentIn = (title: string): string =>
  /^[《“]?(?:[\u4e00-\u9fff]{2,6}[县市区旗])?([\u4e00-\u9fff]{2,14}?(?:局|委员会|办公室|中心|大队))(?=[\u4e00-\u9fff]{0,6}清单)/.exec(
    title,
  )?.[1] ?? '';

/** The heading of a document that none of its lines calls a list: better than the name of a file that is no title. */
export function headingOf(tables: ListTable[], fileTitle: string): string {
  const line = tables[0]?.lines.find(
    (text) =>
      text.length >= 6 &&
      text.length <= 60 &&
      !/[。;\uff1b:\uff1a]/.test(text) &&
      !/^[(\uff08\d]/.test(text) &&
      !hasSectionForm(text) &&
      !isAnnex(text) &&
      !isNote(text) &&
      !isSignature(text) &&
      documentNumberOf([text]) === '' &&
      issuerOf([text]) === '',
  );
  return isTitle(fileTitle) ? fileTitle : (line ?? fileTitle);
}
