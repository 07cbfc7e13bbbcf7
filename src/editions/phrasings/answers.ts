/** Reads what a language model answered, however it put it: JSON, tables, numbered lines, with talk around it. Judges nothing. */
import type { Row } from '../../core/domain.js';
import { rowFinder, sameKey, type Proposal } from './checks.js';
import { jsonRecords } from './json-records.js';
import { splitPhrasings, unmarked } from './split.js';
import { readTable } from './table.js';

/** `unread`: lines that are neither a row nor a phrasing. */
export type ReadAnswers = { proposals: Proposal[]; unread: string[] };

/** Lines between which a batch of instructions stands; what comes back with an answer is no answer. */
export const COPY_FROM = '==== 从下一行起复制 ====';
export const COPY_TO = '==== 复制到上一行为止 ====';

/** Longer lines and larger files are no answers: refused before anything is read of them. */
const LINE_MAX = 20_000;
export const ANSWER_MAX_CHARACTERS = 4_000_000;

export function readAnswers(text: string, rows: Row[]): ReadAnswers {
  const lines = withoutInstructions(text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/));
  const { records, rest } = jsonRecords(lines);
  const result: ReadAnswers = { proposals: [...records], unread: [] };
  const find = rowFinder(rows);
  const titles = new Set(rows.map(({ matter }) => sameKey(matter)));
  /** Of a row whose title stands on the next line. */
  let number: string | null = null;
  let heading: Pick<Proposal, 'number' | 'title'> | null = null;
  for (let at = 0; at < rest.length; at++) {
    const { text: raw, line } = rest[at] as (typeof rest)[number];
    const where = `第${line}行`;
    if (raw.includes('|')) {
      const table: { cells: string[]; where: string }[] = [];
      for (; rest[at]?.text.includes('|'); at++)
        table.push({ cells: cellsOf(rest[at]?.text ?? ''), where: `第${rest[at]?.line ?? 0}行` });
      at--;
      const read = readTable(table);
      if (read) result.proposals.push(...read);
      continue;
    }
    const plain = unmarked(raw);
    if (plain === '' || /^[-=_*~`]+\w{0,10}$/.test(plain)) continue;
    const alone = NUMBER_ALONE.exec(plain)?.[1];
    if (alone !== undefined) {
      number = alone;
      heading = null;
      continue;
    }
    if (number !== null && NAMED.test(plain)) {
      heading = { number, title: plain.replace(NAMED, '') };
      number = null;
      continue;
    }
    if (LABEL.test(plain)) continue;
    const found = headingOf(plain, titles, (named) => typeof find(named) !== 'string');
    if (found) {
      heading = { number: found.number, title: found.title };
      for (const part of splitPhrasings(found.rest)) result.proposals.push({ ...heading, text: part, where });
      continue;
    }
    const item = ITEM.exec(raw)?.[1];
    if (heading && item !== undefined && raw.length <= LINE_MAX)
      for (const part of splitPhrasings(unmarked(item)))
        result.proposals.push({ ...heading, text: part, where });
    else result.unread.push(plain.slice(0, 60));
  }
  return result;
}

/** `- 问法`, `1. 问法`, `(1)问法`, `① 问法`, `问法1:…`, `“问法”`. */
const ITEM =
  /^\s*(?:[-*•·+–]|[(\uff08]?\d{1,2}[)\uff09]|\d{1,2}\s?[.\uff0e、:\uff1a]|[①-⑳]|问法\s?\d{0,2}\s?[:\uff1a]|(?=[“"「『]))(.{1,2000})$/u;

/** `territorial-1/36 城乡路灯…`, with the phrasings behind a colon; a number alone only before a title of the lists. */
const KEYED =
  /^[【[(\uff08《]?([a-z][a-z0-9-]{0,23}\/[\w.()\uff08\uff09-]{1,12})[】\])\uff09》]?[\s.\uff0e、:\uff1a,\uff0c-]{0,4}(.{0,2000})$/iu;
const NUMBERED =
  /^[【[(\uff08]?(?:序号|编号|事项|第)?\s?[:\uff1a]?\s?([\w.()-]{1,12}?)[项条号]?[】\])\uff09]?[\s.\uff0e、:\uff1a,\uff0c-]{1,4}(.{1,2000})$/u;
const NUMBER_ALONE = /^(?:序号|编号)\s?[:\uff1a]\s?([\w./()\uff08\uff09-]{1,40})$/u;
/** Of the form in which rows are given to the model. */
const LABEL = /^(?:职责\s?[:\uff1a]|问法\s?[:\uff1a]?$)/u;
const NAMED = /^(?:事项(?:名称)?|标题|名称)\s?[:\uff1a]\s?/u;

function headingOf(
  line: string,
  titles: ReadonlySet<string>,
  isRow: (named: Pick<Proposal, 'number' | 'title'>) => boolean,
): (Pick<Proposal, 'number' | 'title'> & { rest: string }) | null {
  const bare = line.replace(/^(?:序号|编号)\s?[:\uff1a]\s?/u, '');
  const keyed = KEYED.exec(bare);
  const match = keyed ?? NUMBERED.exec(bare);
  if (!match) return null;
  const [, number = '', behind = ''] = match;
  const text = behind.replace(NAMED, '').replace(/^[《“"【「]|\*\*/gu, '');
  // A title may hold a colon itself: the longest beginning that is one.
  const ends = [
    text.length,
    ...[...text.matchAll(/[:\uff1a》”"】」]/gu)].map(({ index }) => index).reverse(),
  ];
  for (const end of ends) {
    const title = text.slice(0, end).trim();
    if (isRow({ number, title })) return { number, title, rest: text.slice(end + 1) };
  }
  const end = ends.length > 1 ? (ends.at(-1) as number) : text.length;
  const title = text.slice(0, end).trim();
  // A row by its form whose title is another, or a title with another number: said where its phrasings are dropped.
  return keyed || titles.has(sameKey(title)) ? { number, title, rest: text.slice(end + 1) } : null;
}

const cellsOf = (line: string): string[] =>
  line
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|')
    .map((cell) => unmarked(cell));

function withoutInstructions(lines: string[]): { text: string; line: number }[] {
  const kept: { text: string; line: number }[] = [];
  let isInside = false;
  for (const [at, text] of lines.entries()) {
    // A part that is begun and never ended is no instruction: an answer stands in it.
    if (text.trim() === COPY_FROM && lines.indexOf(COPY_TO, at) > 0) isInside = true;
    else if (text.trim() === COPY_TO) isInside = false;
    else if (!isInside) kept.push({ text, line: at + 1 });
  }
  return kept;
}
