/** What is said of phrasings: how many rows have which, examples of generated ones, what was dropped and why. Pure. */
import { rowKey, type BankMatches, type Row } from '../../core/domain.js';
import { traitsOf } from '../../core/list-kinds.js';
import { bankShare } from '../../lists/bank.js';
import type { EditionContent } from '../diff.js';
import type { Accepted, Dropped } from './checks.js';

/** A row whose nearest matter of the bank is farther is looked at by the 编办. */
export const DOUBTFUL = 0.7;

type WithMatches = EditionContent & { matches?: BankMatches };

/** Guides are found by words of their own kind, never by the bank. */
function rowsFound({ lists, rows }: Pick<EditionContent, 'lists' | 'rows'>): Row[] {
  const guides = new Set(lists.filter(({ kind }) => traitsOf(kind).isGuide).map(({ id }) => id));
  return rows.filter(({ listId }) => !guides.has(listId));
}

/** `row` with the matters of the bank that its own phrasings are helped by; the most doubtful first. */
export type RowMatches = { row: Row; found: BankMatches['rows'][string] };

export const matchesOf = ({ lists, rows, matches }: WithMatches): RowMatches[] =>
  rowsFound({ lists, rows })
    .map((row) => ({
      row,
      found: (matches?.rows[rowKey(row)] ?? []).filter(({ similarity }) => bankShare(similarity) > 0),
    }))
    .sort((a, b) => (a.found[0]?.similarity ?? 0) - (b.found[0]?.similarity ?? 0));

/** How many rows have phrasings of their own, how many only those of the bank, and how many neither. */
export function phrasingsLine(content: WithMatches): string {
  const bare = matchesOf(content).filter(
    ({ row }) => row.askedAs.length + (row.generated?.length ?? 0) === 0,
  );
  const generated = content.rows.filter((row) => row.generated);
  const texts = generated.reduce((sum, row) => sum + (row.generated?.length ?? 0), 0);
  const near = bare.filter(({ found }) => found.length > 0);
  const doubtful = near.filter(({ found }) => (found[0]?.similarity ?? 0) < DOUBTFUL).length;
  return [
    `问法:${rowsFound(content).length - bare.length} 项有自己的问法${texts > 0 ? `(其中 ${generated.length} 项有生成的问法 ${texts} 条)` : ''}`,
    `${near.length} 项只有通用问法${doubtful > 0 ? `(其中 ${doubtful} 项对应存疑)` : ''}`,
    `${bare.length - near.length} 项两者都没有。`,
  ].join(',');
}

const SAMPLES = 5;
const evenly = <T>(all: T[], count: number): T[] =>
  all.filter(
    (_, at) => Math.floor((at * count) / all.length) !== Math.floor(((at - 1) * count) / all.length),
  );

/** Some of what was generated since the edition in force, evenly drawn, for whoever approves. */
export function sampleLines(before: EditionContent, after: EditionContent): string[] {
  const known = new Set(before.rows.flatMap((row) => row.generated ?? []));
  const fresh = after.rows.flatMap((row) =>
    (row.generated ?? []).filter((text) => !known.has(text)).map((text) => ({ row, text })),
  );
  if (fresh.length === 0) return [];
  return [
    `本次新增生成的问法 ${fresh.length} 条(只用于检索,不显示给提问的人),例如:`,
    ...evenly(fresh, SAMPLES).map(({ row, text }) => `  [生成] ${rowKey(row)} ${row.matter}:“${text}”`),
    '  不合适的可以划去:npm run phrasings -- strike 清单/序号 [问法],或在导出的文件中标注。',
  ];
}

/** One line each, for whoever sent the answers. */
export const droppedLines = (dropped: Dropped[]): string[] =>
  dropped.map(({ proposal: { where, number, text }, reason }) => `  ${where} ${number}“${text}”:${reason}`);

export function takenText(
  { accepted, dropped }: { accepted: Accepted[]; dropped: Dropped[] },
  unread: string[],
): string {
  const rows = new Set(accepted.map(({ row }) => rowKey(row))).size;
  return [
    `采用 ${accepted.length} 条问法(${rows} 项),未采用 ${dropped.length} 条${dropped.length > 0 ? ':' : '。'}`,
    ...droppedLines(dropped),
    ...(unread.length > 0
      ? [`另有 ${unread.length} 行不是问法,已略过,例如:${unread.slice(0, 3).join(';')}`]
      : []),
  ].join('\n');
}
