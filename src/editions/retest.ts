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

/**
 * Questions whose best row was right in the edition in force and is another matter in the draft, one line each.
 * Rows are the same where their list and matter are: numbers may have moved.
 */
export async function retest(
  before: Knowledge,
  after: Knowledge,
  questions: SavedQuestion[],
  onProgress: (done: number, total: number) => void = () => {},
): Promise<string[]> {
  const gold = new Map(before.edition.rows.map((row) => [rowKey(row), row]));
  const lost: string[] = [];
  const best = async (knowledge: Knowledge, q: string): Promise<Row | undefined> =>
    (await knowledge.search(q, {}))[0]?.entry.row;
  for (const [at, { q, gold: keys }] of questions.entries()) {
    const was = await best(before, q);
    if (was && keys.includes(rowKey(was))) {
      const matters = keys.flatMap((key) => gold.get(key)?.matter ?? []);
      const is = await best(after, q);
      if (!is || !matters.includes(is.matter))
        lost.push(`“${q}”:原为“${was.matter}”,现为${is ? `“${is.matter}”` : '无'}`);
    }
    onProgress(at + 1, questions.length);
    // A running bot answers between them.
    await nextTurn();
  }
  return lost;
}
