/** Lists that are parts of one: on two sheets with numbers that go on, or in the halves of a page. */
import type { Problem } from '../../files/problem.js';
import { isNumberText } from './lines.js';
import type { ListRow, ReadList } from './read-lists.js';
import { isPowerClass } from './settle-rows.js';
import { columnLetter } from '../../files/problem.js';
import { cleanText } from './units.js';

/** (续), (二), (下), 续表 at the end of a title. */
const PART =
  /\s{0,9}(?:[(\uff08\u3010[](?:续|续表|续页|续[一二三四五1-9]|接上表|上|中|下|[一二三四五六七八九十]{1,2}|\d{1,2}|之[一二三四五]|第[一二三四五]部分|第\d{1,2}[页张])[)\uff09\u3011\]]|[-\u2014]{0,2}续(?:表|页)?[一二三四五1-9]?)$/;
const COUNT = /\s{0,9}[(\uff08]共?\s{0,3}\d{1,4}\s{0,3}[项条][)\uff09]$/;
const baseOf = (title: string): string =>
  cleanText(title).replace(COUNT, '').replace(PART, '').replace(COUNT, '');
const isMarked = (title: string): boolean => PART.test(cleanText(title).replace(COUNT, ''));

const HAN = '一二三四五六七八九';
/** 12, (三), 二十一 as a number; NaN for any other. */
function valueOf(text: string): number {
  const plain = text.normalize('NFKC').replace(/[()、.\s]/g, '');
  if (/^\d{1,4}$/.test(plain)) return Number(plain);
  const [, tens = '', ten = '', ones = ''] =
    /^([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)$/.exec(plain) ?? [];
  if (!isNumberText(plain) || (tens !== '' && ten === '' && ones !== '')) return NaN;
  if (ten === '') return HAN.indexOf(tens || ones) + 1;
  return (tens === '' ? 1 : HAN.indexOf(tens) + 1) * 10 + HAN.indexOf(ones === '' ? '?' : ones) + 1;
}

type Whole = { parts: ReadList[]; values: number[]; isDoubtful?: true };
const isNumbered = ({ parts }: Whole): boolean =>
  parts.every(({ table }) => table.mapping.simple.number !== undefined);
const wholeOf = (list: ReadList): Whole => ({
  parts: [list],
  values: list.rows.map((row) => valueOf(row.number)),
});
const isSame = (a: ReadList | undefined, b: ReadList | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.kind === b.kind &&
  a.batch === b.batch &&
  a.scope === b.scope &&
  baseOf(a.title) === baseOf(b.title);

const isRun = (values: number[]): boolean =>
  values.every((value, at) => at === 0 || value === (values[at - 1] ?? NaN) + 1);

/** The left and the right half of one page; numbers may run down each half or across both. */
function joinHalves(lists: ReadList[]): Whole[] {
  const wholes: Whole[] = [];
  for (const list of lists) {
    const next = wholeOf(list);
    const { page } = list.table;
    const last =
      page === undefined
        ? undefined
        : wholes.findLast(({ parts: [first] }) => first?.table.page === page && isSame(first, list));
    if (!last) {
      wholes.push(next);
      continue;
    }
    const values = [...last.values, ...next.values];
    const sorted = values.toSorted((a, b) => a - b);
    const isClear = !isNumbered(next) || isRun(values) || isRun(sorted) || restarts(last, list);
    // Across both halves a category that only the left one prints holds for neither.
    const isAcross = isNumbered(next) && !isRun(values) && isRun(sorted);
    const isLost = isAcross && hasCategory(last) && list.rows.some(({ category }) => category === '');
    last.parts.push(list);
    last.values = isAcross ? sorted : values;
    if (!isClear || isLost) last.isDoubtful = true;
  }
  return wholes;
}

const hasCategory = ({ parts }: Whole): boolean =>
  parts.some(({ rows }) => rows.some(({ category }) => category !== ''));
/** Each half numbers the rows of its own categories. */
const restarts = ({ parts }: Whole, list: ReadList): boolean => {
  const before = new Set(parts.flatMap(({ rows }) => rows.map(({ category }) => category)));
  return list.rows.every(({ category }) => category !== '' && !before.has(category));
};

/** Whether a list goes on with the numbers of another, or says that it goes on. */
function goesOn(last: Whole, next: Whole): boolean {
  const [a, b] = [last.parts.at(-1), next.parts[0]];
  if (!isSame(a, b) || a?.table === b?.table) return false;
  if (!isNumbered(last) || !isNumbered(next))
    return isMarked(b?.title ?? '') && !isNumbered(last) && !isNumbered(next);
  const [end, start] = [last.values.at(-1) ?? NaN, next.values[0] ?? NaN];
  return start === end + 1 || (isMarked(b?.title ?? '') && start > end);
}

/** The lists, each part under the title of the whole and with the category that goes on from the part before it. */
export function linkParts(lists: ReadList[]): ReadList[] {
  const wholes: Whole[] = [];
  for (const next of joinHalves(lists)) {
    const last = wholes.findLast((whole) => goesOn(whole, next));
    if (last) {
      last.parts.push(...next.parts);
      last.values.push(...next.values);
      if (next.isDoubtful) last.isDoubtful = true;
    } else wholes.push(next);
  }
  for (const [whole, { parts, isDoubtful }] of wholes.entries()) {
    const [first] = parts;
    if (!first || parts.length < 2) continue;
    const title = cleanText(first.title).replace(PART, '');
    let category = '';
    // 行政处罚 in a column of classes is no category where lines of text make them on the sheet before.
    const isGrouped = parts.some(({ rows }) =>
      rows.some((row) => row.source.section !== '' && row.category === row.source.section),
    );
    const isOpen = (row: ListRow) =>
      row.category === '' || (isGrouped && row.source.section === '' && isPowerClass(row.category));
    for (const list of parts) {
      list.part = { whole, ...(isDoubtful && { isDoubtful }) };
      list.title = title;
      for (const row of list.rows) {
        if (!isOpen(row)) break;
        row.category = category;
        row.source.category = row.source.category && !isGrouped ? row.source.category : category;
      }
      category = list.rows.at(-1)?.category ?? '';
    }
  }
  return lists;
}

const isPartOf = (list: ReadList, whole: ReadList): boolean =>
  list === whole || (list.part !== undefined && list.part.whole === whole.part?.whole);

/** All the lists of which one is a part; itself, where it is whole. */
export const partsOf = (list: ReadList, all: ReadList[]): ReadList[] =>
  all.filter((other) => isPartOf(other, list));

/** One list for each whole, its rows in the order of their numbers. */
export function joinParts(lists: ReadList[]): ReadList[] {
  return lists.flatMap((list) => {
    const parts = partsOf(list, lists);
    if (parts[0] !== list || parts.length < 2) return parts[0] === list ? [list] : [];
    const rows = parts.flatMap((part) =>
      part.rows.map((row): ListRow => (part.sheet === list.sheet ? row : { ...row, sheet: part.sheet })),
    );
    const isNumberless = parts.every(({ table }) => table.mapping.simple.number === undefined);
    const values = rows.map((row) => valueOf(row.number));
    const isAcross = list.table.page !== undefined && isRun(values.toSorted((a, b) => a - b));
    const ordered = isAcross ? rows.toSorted((a, b) => valueOf(a.number) - valueOf(b.number)) : rows;
    return [
      {
        ...list,
        headings: [...new Set(parts.flatMap(({ headings }) => headings))],
        rows: isNumberless ? ordered.map((row, at) => ({ ...row, number: String(at + 1) })) : ordered,
      },
    ];
  });
}

/** Halves whose numbers do not fit together, and numbers that jump from one part to the next. */
export function checkParts(file: string, lists: ReadList[]): { problems: Problem[]; warnings: Problem[] } {
  const found: { problems: Problem[]; warnings: Problem[] } = { problems: [], warnings: [] };
  for (const list of lists) {
    const parts = partsOf(list, lists);
    const before = parts[parts.indexOf(list) - 1];
    const [first] = list.rows;
    const last = before?.rows.at(-1);
    if (!before || !first || !last) continue;
    const at = {
      ...{ file, sheet: list.sheet, row: first.row },
      column: columnLetter(list.table.mapping.simple.number ?? list.table.mapping.simple.matter ?? 0),
    };
    if (list.part?.isDoubtful) {
      if (parts.indexOf(list) === 1)
        found.problems.push({
          ...at,
          message: '这张表左右并排,两半的序号或类别接不上,分不清先后',
          remedy: '拆成上下两张表,或分成两张工作表',
        });
    } else if (list.table.page === undefined || list.table.page !== before.table.page) {
      const [end, start] = [valueOf(last.number), valueOf(first.number)];
      if (list.table.page === undefined && start > end + 1)
        found.warnings.push({
          ...at,
          message: `序号从“${last.number}”跳到“${first.number}”`,
          remedy: '核对是否漏了事项',
        });
    }
  }
  return found;
}
