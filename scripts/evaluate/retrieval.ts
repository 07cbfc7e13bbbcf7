/** Where the row that is meant stands among those that are found, beside plain baselines. */
import { z } from 'zod';
import { askerOf } from '../../src/lists/answer.js';
import type { Candidate } from '../../src/lists/row-index.js';
import { normalizeText } from '../../src/text/normalize.js';
import type { Subject } from './subject.js';

export const Question = z.object({
  q: z.string(),
  gold: z.array(z.union([z.string(), z.number()]).transform(String)).min(1),
  kind: z.string().default('plain'),
  hard: z.boolean().default(false),
});
export type Question = z.infer<typeof Question>;

/** Gold numbers are `number` of the list under evaluation, or `list/number` on the sample lists. */
export const isGold = (ref: string | undefined, gold: string[]): boolean => {
  const [, list, number] = /^[^/]*\/([^/]*)\/(.*)$/.exec(ref ?? '') ?? [];
  return gold.includes(number ?? '') || gold.includes(`${list}/${number}`);
};

export const share = (count: number, total: number): number =>
  total === 0 ? 0 : Math.round((count / total) * 10_000) / 10_000;

export async function retrievalReport(subject: Subject, questions: Question[]) {
  const { knowledge } = subject;
  const { index, directory } = knowledge;
  const scope = askerOf(directory.personOf(subject.user), knowledge);
  const ranksOf = (candidates: Candidate[], gold: string[]) =>
    candidates.findIndex((c) => isGold(c.entry.ref, gold)) + 1;
  const rows: { kind: string; hard: boolean; fused: number; bm25: number; dense: number }[] = [];
  for (const { q, gold, kind, hard } of questions) {
    const text = normalizeText(q);
    const vector = subject.encoder ? await subject.encoder.embedQuery(text) : null;
    const units = directory.mentions(text).map((m) => m.unit);
    const all = index.search({ text, vector, units }, scope, Number.MAX_SAFE_INTEGER);
    rows.push({
      kind,
      hard,
      fused: ranksOf(all, gold),
      bm25: ranksOf(
        all.toSorted((a, b) => b.bm25 - a.bm25),
        gold,
      ),
      dense: ranksOf(
        all.toSorted((a, b) => b.dense - a.dense),
        gold,
      ),
    });
  }
  type Ranked = (typeof rows)[number];
  const within = (set: Ranked[], by: 'fused' | 'bm25' | 'dense', depth: number) =>
    share(set.filter((r) => r[by] > 0 && r[by] <= depth).length, set.length);
  const hardRows = rows.filter((r) => r.hard);
  const summary = (set: Ranked[]) => ({
    n: set.length,
    r1: within(set, 'fused', 1),
    r3: within(set, 'fused', 3),
  });
  const baseline = (by: 'bm25' | 'dense') => ({
    r1: within(rows, by, 1),
    r3: within(rows, by, 3),
    hard: within(hardRows, by, 1),
  });
  const reciprocal = rows.reduce((sum, r) => sum + (r.fused > 0 ? 1 / r.fused : 0), 0);
  const kinds = [...new Set(rows.map((r) => r.kind))].sort();
  return {
    ...summary(rows),
    mrr: share(reciprocal, rows.length),
    hard: summary(hardRows),
    byKind: Object.fromEntries(kinds.map((k) => [k, summary(rows.filter((r) => r.kind === k))])),
    baselines: { bm25: baseline('bm25'), dense: baseline('dense') },
  };
}
