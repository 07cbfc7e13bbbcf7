/** Lines outside the tables: running heads, feet and page numbers taken away. */
import type { PageTable } from './tables.js';
import type { Line } from './text.js';

export type PageLines = { height: number; tables: PageTable[]; lines: Line[] };

/** Programs that print web pages put their own head and foot this near to the edge, in points. */
const EDGE = 30;
/** Where a page without a table may have its head and foot. */
const MARGIN = 0.12;
const PAGE_NUMBER =
  /^(?:[-\u2013\u2014\u2015\u2500·\s]{0,20}\d{1,4}[-\u2013\u2014\u2015\u2500·\s]{0,20}|第?\s{0,9}\d{1,6}\s{0,9}页?\s{0,9}[,\uff0c/]?\s{0,9}共?\s{0,9}\d{1,6}\s{0,9}页?|第\s{0,9}\d{1,6}\s{0,9}页|Page\s{0,9}\d{1,6}(?:\s{0,9}(?:of|\/)\s{0,9}\d{1,6})?)$/i;
const CONTINUED = /^[(\uff08]?\s{0,9}(?:续表|续上表|接上表)\s{0,9}\d{0,6}\s{0,9}[)\uff09]?[:\uff1a]?$/;

const pattern = ({ text }: Line) => text.replace(/\d+/g, '#');

function zoneOf(page: PageLines, { y }: Line): 'head' | 'foot' | null {
  const first = page.tables[0]?.ys[0] ?? page.height * MARGIN;
  const last = page.tables.at(-1)?.ys.at(-1) ?? page.height * (1 - MARGIN);
  return y < first ? 'head' : y > last ? 'foot' : null;
}

/**
 * For each page the lines that belong to the document. A head that is as large as the text of the tables may be a
 * title that is printed again on every page: it stays on its first page.
 */
export function bodyLines(pages: PageLines[], tableTextSize: number): Line[][] {
  const places = new Map<string, { page: number; y: number }[]>();
  for (const [at, page] of pages.entries())
    for (const line of page.lines)
      if (zoneOf(page, line)) {
        const key = `${zoneOf(page, line)} ${pattern(line)}`;
        places.set(key, [...(places.get(key) ?? []), { page: at, y: line.y }]);
      }
  return pages.map((page, at) =>
    page.lines.filter((line) => {
      if (line.y < EDGE || line.y > page.height - EDGE + line.size) return false;
      const zone = zoneOf(page, line);
      if (!zone) return true;
      if (CONTINUED.test(line.text) || PAGE_NUMBER.test(line.text)) return false;
      const same = (places.get(`${zone} ${pattern(line)}`) ?? []).filter(({ y }) => Math.abs(y - line.y) < 3);
      const isFirst = same.every(({ page: other }) => other >= at);
      const isRepeated = new Set(same.map(({ page: other }) => other)).size > 1;
      return !isRepeated || (zone === 'head' && isFirst && line.size > tableTextSize * 0.97);
    }),
  );
}
