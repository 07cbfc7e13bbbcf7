/** Fits the decision on service guides: its own coefficients, for a guide is asked for in other words than a duty. */
import { z } from 'zod';
import { rowKey, type List, type Row } from '../core/domain.js';
import {
  prepare,
  sampleOf,
  type CalibrationTools,
  type Question,
  type Sample,
} from './calibration-samples.js';
import type { OutsideMessage } from './calibration-matters.js';
import { FEATURES, type Calibration } from './decide.js';
import { guideFieldAsked } from './guide-words.js';
import { fitLogistic, probability, type Example } from './logistic.js';
import { createRowIndex } from './row-index.js';
import { createRandom, drawFrom } from '../text/random.js';

/** One line of `knowledge/calibration/services.jsonl`: what people ask of a matter of the sample guides. */
export const ServiceMatter = z.strictObject({ matter: z.string(), questions: z.array(z.string()).min(1) });
export type ServiceMatter = z.infer<typeof ServiceMatter>;

/** A county's guides are never all there: each draw keeps this share, and what is asked of the rest has no answer. */
const KEPT = 0.6;
const DRAWS = 12;
/** Share of all weight: questions of rows that are there, of rows that are not, and of what no county's guide says. */
const WEIGHT = { inside: 0.45, dropped: 0.3, outside: 0.25 };
/** Few samples for nineteen features: a stronger ridge than that of the duties. */
const RIDGE = 8;
/**
 * On the tuning half (tests/evaluation/services.tune.jsonl) these answer all but a few questions rightly, and none of a
 * service that no guide tells.
 */
const THRESHOLDS = { answerAt: 0.55, askAt: 0.35, own: { answerAt: 0.55, askAt: 0.35 } };

type Group = keyof typeof WEIGHT;

/** Questions with the row each asks for. */
async function asked(rows: Row[], matters: ServiceMatter[], tools: CalibrationTools) {
  const pairs = rows.flatMap((row) => [
    ...row.askedAs.map((text) => ({ row, text, isOwn: true })),
    ...matters
      .filter(({ matter }) => matter === row.matter)
      .flatMap(({ questions }) => questions.map((text) => ({ row, text, isOwn: false }))),
  ]);
  const questions = await prepare(
    pairs.map(({ text }) => text),
    tools,
    tools.directory,
  );
  return pairs.map((pair, i) => ({ ...pair, question: questions[i] as Question }));
}

/** Null where the sample has no guides. */
export async function fitGuides(
  sample: { lists: List[]; rows: Row[] },
  { matters, outside }: { matters: ServiceMatter[]; outside: OutsideMessage[] },
  modelHash: string,
  tools: CalibrationTools,
): Promise<{ calibration: Calibration; log: string[] } | null> {
  const lists = sample.lists.filter(({ kind }) => kind === 'service');
  const rows = sample.rows.filter(({ listId }) => lists.some(({ id }) => id === listId));
  if (rows.length === 0) return null;
  const inside = await asked(rows, matters, tools);
  // What asks nothing that a guide says never comes before it.
  const strangers = await prepare(
    outside.filter(({ q }) => guideFieldAsked(q) !== null).map(({ q }) => q),
    tools,
    tools.directory,
  );
  const random = createRandom(20261130);
  const samples: Sample<Group>[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    const hasOwn = draw % 3 !== 0;
    const kept = drawFrom(rows, Math.round(rows.length * KEPT), random);
    const index = await createRowIndex({
      editionId: 'draw',
      lists,
      rows: rows.filter((row) => kept.has(row)).map((row) => (hasOwn ? row : { ...row, askedAs: [] })),
      tokenize: tools.tokenize,
      vectors: tools.rowVectors,
    });
    for (const { row, question, isOwn } of inside) {
      if (isOwn && hasOwn && kept.has(row)) continue;
      const isKept = kept.has(row);
      const isGold = (it: Row) => isKept && rowKey(it) === rowKey(row);
      samples.push(
        sampleOf(question, index, isGold, { group: isKept ? 'inside' : 'dropped', among: 'guides' }),
      );
    }
    for (const question of strangers)
      samples.push(sampleOf(question, index, () => false, { group: 'outside', among: 'guides' }));
  }
  const count = (group: Group) => samples.filter((s) => s.group === group).length;
  const weights = Object.fromEntries(
    (Object.keys(WEIGHT) as Group[]).map((group) => [
      group,
      (WEIGHT[group] * samples.length) / Math.max(1, count(group)) / DRAWS,
    ]),
  );
  const examples = (label: 'best' | 'among'): Example[] =>
    samples.map((s) => ({ features: s.features, label: s[label], weight: weights[s.group] ?? 1 }));
  const best = fitLogistic(examples('best'), RIDGE);
  const calibration: Calibration = {
    modelHash,
    features: [...FEATURES],
    best,
    amongThree: fitLogistic(examples('among'), RIDGE),
    ...THRESHOLDS,
  };
  const line = (group: Group): string => {
    const all = samples.filter((s) => s.group === group);
    const answered = all.filter((s) => probability(best, s.features) >= THRESHOLDS.answerAt);
    const share = (part: number, of: number) => (part / Math.max(1, of)).toFixed(3);
    return `${group} ${all.length}: R@1 ${share(all.filter((s) => s.best).length, all.length)}, answered ${share(answered.length, all.length)}, right ${share(answered.filter((s) => s.best).length, answered.length)}`;
  };
  return {
    calibration,
    log: [
      `${modelHash}: ${samples.length} samples on guides`,
      ...(Object.keys(WEIGHT) as Group[]).map(line),
      ...FEATURES.map((f, j) => `  ${f}: ${best.weights[j]?.toFixed(2)}`),
    ],
  };
}
