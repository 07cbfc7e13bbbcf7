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

/** The title among the lines above a table; two lines of it become one. */
export function titleOf(lines: string[]): string {
  const at = lines.findLastIndex((line) => isTitle(line));
  const line = lines[at];
  if (line === undefined) return '';
  const above = lines[at - 1] ?? '';
  const isBroken =
    above !== '' &&
    above.length <= 40 &&
    !isTitle(above) &&
    !isAnnex(above) &&
    issuerOf([above]) === '' &&
    /(事项|职责|管理|责任|乡镇\(街道\)|镇街|赋权|履职|权限|”)$/.test(normalizeLabel(above));
  return titleText(isBroken ? above + line : line);
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
