/** What is taken of the phrasings that a language model wrote, and why the rest is not: the same for every way they come. */
import { rowKey, type List, type Row } from '../../core/domain.js';
import { normalizeText } from '../../text/normalize.js';
import { ownPhrasings } from '../../lists/row-text.js';
import { deriveDirectory } from '../../organizations/derive.js';
import type { Directory } from '../../organizations/directory.js';
import { createMask } from '../../organizations/mask.js';
import { isTownshipUnit } from '../../organizations/names.js';
import { badWords } from './bad-words.js';
import { inventedUnit } from './units.js';

/** One phrasing as it was read, with what the answer says of its row. */
export type Proposal = {
  /** As written: `list/number`, or the number alone. */
  number: string;
  title: string;
  text: string;
  /** Where it stood, for people. */
  where: string;
};
export type Accepted = { row: Row; text: string };
export type Dropped = { proposal: Proposal; reason: string };
export type Checked = { accepted: Accepted[]; dropped: Dropped[] };

export type PhrasingChecks = {
  lists: List[];
  rows: Row[];
  directory: Directory;
  isStruck(row: Row, text: string): boolean;
  /** The row that a text is nearer to than to this one; null where there is none. */
  nearerRow(text: string, row: Row): Promise<Row | null>;
  onProgress?: (done: number, total: number) => void;
};

/** In characters. */
const LENGTH = { least: 6, most: 40 };
/** More of one row help nobody, and hide a model that runs on. */
const MOST_OF_A_ROW = 12;

/** What makes no difference between two phrasings, or two ways to write a title. */
export const sameKey = (text: string): string => normalizeText(text).replace(/[\p{P}\p{S}\s]/gu, '');

export async function checkProposals(proposals: Proposal[], checks: PhrasingChecks): Promise<Checked> {
  const { lists, rows, isStruck, nearerRow, onProgress } = checks;
  const directory = deriveDirectory(lists[0]?.scope.county ?? '', rows, checks.directory);
  const mask = createMask(checks.directory.everybody);
  const taken = new Map<string, Row>();
  const counts = new Map<Row, number>();
  for (const row of rows) {
    counts.set(row, row.generated?.length ?? 0);
    for (const text of [row.matter, ...ownPhrasings(row)]) taken.set(sameKey(text), row);
  }
  const result: Checked = { accepted: [], dropped: [] };

  const reasonAgainst = async (text: string, row: Row): Promise<string | null> => {
    const length = [...text].length;
    if (length < LENGTH.least || length > LENGTH.most)
      return `${length} 个字,应为 ${LENGTH.least} 至 ${LENGTH.most} 个字`;
    const bad = badWords(text);
    if (bad) return bad;
    if (mask(text) !== text) return '含有姓名、称呼或号码等个人信息';
    const unit = foreignUnit(text, row, [checks.directory, directory]);
    if (unit) return `写有“${unit}”,该事项没有列出这个单位`;
    const same = taken.get(sameKey(text));
    if (same) return same === row ? '与该事项已有的问法重复' : `与${nameOf(same)}的问法重复`;
    if (isStruck(row, text)) return '编办已划去';
    if ((counts.get(row) ?? 0) >= MOST_OF_A_ROW) return `该事项已有 ${MOST_OF_A_ROW} 条生成的问法`;
    const nearer = await nearerRow(text, row);
    return nearer ? `更接近${nameOf(nearer)},而不是${nameOf(row)}` : null;
  };

  const find = rowFinder(rows);
  for (const [at, proposal] of proposals.entries()) {
    const text = clean(proposal.text);
    const row = find(proposal);
    const reason = typeof row === 'string' ? row : await reasonAgainst(text, row);
    if (typeof row === 'string' || reason !== null)
      result.dropped.push({ proposal: { ...proposal, text }, reason: reason ?? '' });
    else {
      taken.set(sameKey(text), row);
      counts.set(row, (counts.get(row) ?? 0) + 1);
      result.accepted.push({ row, text });
    }
    onProgress?.(at + 1, proposals.length);
  }
  return result;
}

const nameOf = (row: Row): string => `“${rowKey(row)} ${row.matter}”`;

/** Without the marks that models put around what they write. */
const clean = (text: string): string =>
  text
    .trim()
    .replace(/^[-*•·"“”'‘’「『`\s]{1,8}/u, '')
    .replace(/[*"“”'‘’」』`,\uff0c;\uff1b\s]{1,8}$/u, '');

/** The row whose number and title both agree, or what is wrong. */
export function rowFinder(rows: Row[]): (named: Pick<Proposal, 'number' | 'title'>) => Row | string {
  const byNumber = new Map<string, Row[]>();
  for (const row of rows)
    for (const key of [rowKey(row), row.number]) byNumber.set(key, [...(byNumber.get(key) ?? []), row]);
  return ({ number, title }) => {
    const named = byNumber.get(number.trim()) ?? [];
    if (number.trim() === '') return '没有写序号';
    if (named.length === 0) return `清单中没有序号“${number}”`;
    if (title.trim() === '') return `只写了序号“${number}”,没有写事项名称`;
    const agreed = named.filter((row) => sameKey(row.matter) === sameKey(title));
    const [row] = agreed;
    if (row && agreed.length === 1) return row;
    if (agreed.length > 1) return `几份清单都有序号“${number}”的“${title}”,请写成“清单/序号”`;
    return `序号“${number}”与事项名称“${title}”不符${named[0] && named.length === 1 ? `,清单中是“${named[0].matter}”` : ''}`;
  };
}

/** A unit that the text names and the row does not, whether the county has it or not. */
function foreignUnit(text: string, row: Row, directories: Directory[]): string | null {
  const named = new Set([...row.lead, ...row.support].map((part) => part.unit));
  const hasTownship = row.lead.length === 0 || [...named].some(isTownshipUnit);
  for (const directory of directories)
    for (const { unit, alias } of directory.mentions(text))
      if (!named.has(unit) && !(hasTownship && isTownshipUnit(unit))) return alias;
  const names = [...named].flatMap((unit) => [unit, ...directories.flatMap((d) => d.aliasesOf(unit))]);
  return inventedUnit(text, names);
}
