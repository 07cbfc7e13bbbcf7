/** Saved questions asked again of a draft: what was right and is not any more. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { rowKey, type Row } from '../core/domain.js';
import type { Knowledge } from '../lists/knowledge.js';

/** `gold` are `list/number` of rows that answer it. */
export type SavedQuestion = { q: string; gold: string[] };

/** Everyday phrasings are questions too; this many of them, evenly drawn, tell enough. */
const MAX_PHRASINGS = 200;

export function phrasingsOf(rows: Row[]): SavedQuestion[] {
  const all = rows.flatMap((row) => row.askedAs.map((q) => ({ q, gold: [rowKey(row)] })));
  const step = Math.max(1, all.length / MAX_PHRASINGS);
  return all.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

/** Questions whose best row is none of theirs. */
export async function missed(knowledge: Knowledge, questions: SavedQuestion[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const { q, gold } of questions) {
    const row = (await knowledge.search(q, {}))[0]?.entry.row;
    if (!row || !gold.includes(rowKey(row))) wrong.push(q);
  }
  return wrong;
}

/** A question whose best row is right in the edition in force: that row, and the matters that are right. */
type Right = { q: string; was: Row; matters: string[] };

const best = async (knowledge: Knowledge, q: string): Promise<Row | undefined> =>
  (await knowledge.search(q, {}))[0]?.entry.row;

/** Those of the questions that the edition in force answers rightly; a running bot answers between them. */
export async function answeredRightly(before: Knowledge, questions: SavedQuestion[]): Promise<Right[]> {
  const gold = new Map(before.edition.rows.map((row) => [rowKey(row), row]));
  const right: Right[] = [];
  for (const { q, gold: keys } of questions) {
    const was = await best(before, q);
    if (was && keys.includes(rowKey(was)))
      right.push({ q, was, matters: keys.flatMap((key) => gold.get(key)?.matter ?? []) });
    await nextTurn();
  }
  return right;
}

/**
 * Questions whose best row was right in the edition in force and is another matter in the draft, one line each.
 * Rows are the same where their list and matter are: numbers may have moved.
 */
export async function lostWith(
  after: Knowledge,
  right: Right[],
  onProgress: (done: number, total: number) => void = () => {},
): Promise<string[]> {
  const lost: string[] = [];
  for (const [at, { q, was, matters }] of right.entries()) {
    const is = await best(after, q);
    if (!is || !matters.includes(is.matter))
      lost.push(`“${q}”:原为“${was.matter}”,现为${is ? `“${is.matter}”` : '无'}`);
    onProgress(at + 1, right.length);
    await nextTurn();
  }
  return lost;
}
