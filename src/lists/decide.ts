/** Answer, ask or abstain: a fitted probability that the best row is right, never a bare similarity. */
import { z } from 'zod';
import type { Candidate, RowIndex } from './row-index.js';
import { probability } from './logistic.js';
import type { Look } from '../nlu/look.js';

const Model = z.object({
  mean: z.array(z.number()),
  deviation: z.array(z.number()),
  weights: z.array(z.number()),
  bias: z.number(),
});

/** Fitted by `npm run calibrate`; lies beside the encoder it was fitted for. */
export const Calibration = z.object({
  /** The encoder it belongs to, or 'words'. */
  modelHash: z.string(),
  features: z.array(z.string()),
  /** That the best row is right. */
  best: Model,
  /** That a right row is among the three best. */
  amongThree: Model,
  /** Answer from here on; ask from here on. */
  answerAt: z.number(),
  askAt: z.number(),
  /** The same where the best row has phrasings of its own, of which the calibration matters are a poor likeness. */
  own: z.object({ answerAt: z.number(), askAt: z.number() }),
});
export type Calibration = z.infer<typeof Calibration>;

export type Decision =
  | { kind: 'answer'; best: Candidate; probability: number; others: Candidate[] }
  /** `among`: how likely one of those offered is meant. */
  | { kind: 'ask'; offered: Candidate[]; probability: number; among: number }
  | { kind: 'abstain'; nearest: Candidate[]; probability: number };

/** What the decision knows, in the order of the coefficients. */
export const FEATURES = [
  'dense',
  'gapNext',
  'gapTen',
  'gapThree',
  'bm25',
  'bestByWords',
  'coverage',
  'unitAgrees',
  'unitDisagrees',
  'generic',
  'lookInside',
  'lookAsks',
  'lookInsideNegative',
  'denseTimesLook',
  'length',
  'lift',
  'hasOwn',
  'bank',
  'bestUnlifted',
] as const;

/** Rows of different lists that are this similar state the same matter (sample lists: same matters 0.85 up, others below). */
export const SAME_MATTER = 0.86;

/**
 * Measured on the sample lists by reading the pairs: from 0.69 up a penalty item is of the row's matter, from 0.57 to 0.69
 * half are, below hardly any.
 */
export const RELATED_PENALTY = 0.69;
export const PERHAPS_RELATED_PENALTY = 0.57;

/** Rows that stand for different matters: a row about the matter of a better one is left out. */
export function distinctMatters(candidates: Candidate[], index: RowIndex): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates) {
    const at = index.positionOf(candidate.entry.ref);
    const repeats = kept.some(
      (other) =>
        other.entry.row.listId !== candidate.entry.row.listId &&
        index.rowSimilarity(index.positionOf(other.entry.ref), at) >= SAME_MATTER,
    );
    if (!repeats) kept.push(candidate);
  }
  return kept;
}

/** `length` is that of the question, in characters. */
export function featuresOf(candidates: Candidate[], index: RowIndex, look: Look, length: number): number[] {
  const [best, next] = candidates;
  if (!best) return FEATURES.map(() => 0);
  const rest = candidates.slice(1, 11);
  const mean = rest.reduce((sum, c) => sum + c.score, 0) / Math.max(1, rest.length);
  const at = index.positionOf(best.entry.ref);
  const neighbours = candidates
    .slice(1, 6)
    .map((c) => index.rowSimilarity(at, index.positionOf(c.entry.ref)));
  const topWords = Math.max(...candidates.map((c) => c.bm25));
  return [
    best.dense,
    best.score - (next?.score ?? 0),
    best.score - mean,
    best.score - (candidates[3]?.score ?? 0),
    Math.log1p(best.bm25),
    topWords > 0 && best.bm25 >= topWords ? 1 : 0,
    best.coverage,
    best.unitAgreement === 1 ? 1 : 0,
    best.unitAgreement === -1 ? 1 : 0,
    neighbours.reduce((sum, s) => sum + s, 0) / Math.max(1, neighbours.length),
    look.inside,
    look.asks,
    Math.min(0, look.inside),
    (best.dense - 0.6) * look.inside,
    Math.log1p(length),
    best.lift,
    best.hasOwn ? 1 : 0,
    best.bank,
    candidates.every((c) => c.score - c.lift <= best.score - best.lift) ? 1 : 0,
  ];
}

type Thresholds = { answerAt: number; askAt: number };

export const thresholdsFor = (
  calibration: Thresholds & { own: Thresholds },
  features: number[],
): Thresholds => (features[FEATURES.indexOf('hasOwn')] === 1 ? calibration.own : calibration);

/**
 * Below this one of the rows offered is seldom meant: of the tuning halves' choices 42 that held their row stood below it, and
 * 207 before messages of no listed matter; above it 71, and 56. It is said so, and the row can still be chosen.
 */
export const PERHAPS_LISTED = 0.4;
/** Whether the lists hardly have the matter: nothing to answer, nor a row that is likely meant. */
export const isUnlisted = (decision: Decision): boolean =>
  decision.kind === 'abstain' || (decision.kind === 'ask' && decision.among < PERHAPS_LISTED);
/** At most three rows are offered when the best one is not sure enough. */
export const OFFERED = 3;
/**
 * A row farther behind the best is not "as near": of 66 questions of the tuning half that are asked back none lost its row,
 * and one row in six is not shown any more.
 */
export const BEHIND_AT_MOST = 0.12;

/**
 * A short message that shares neither words nor meaning with the best row, and names no unit ("建核电站哪个部门批"): offering
 * rows would be absurd. On the tuning halves 16 of 79 messages outside the lists are offered no row any more, and none of 62
 * questions loses the row that was offered. Longer messages hide their matter in a story.
 */
const FAR = { coverage: 0.25, right: 0.25, length: 26, dense: 0.63, denseWithoutWords: 0.66, bm25: 11 };
/**
 * Hardly a word in common, and hardly any of the three likely meant (老张炒股亏了 闹着要赔 找谁): 4 of the outside tuning half more, no
 * question lost.
 */
const HARDLY = { dense: 0.68, coverage: 0.08, among: 0.17 };
type Likely = { right: number; among: number };
const isFarFetched = (best: Candidate, { right, among }: Likely, length: number): boolean =>
  best.dense > 0 &&
  (best.dense < FAR.dense ||
    (best.dense < FAR.denseWithoutWords && best.bm25 < FAR.bm25) ||
    (best.dense < HARDLY.dense && best.coverage < HARDLY.coverage && among < HARDLY.among)) &&
  best.coverage < FAR.coverage &&
  right < FAR.right &&
  length <= FAR.length &&
  best.unitAgreement === 0;

export function decide(
  candidates: Candidate[],
  index: RowIndex,
  calibration: Calibration,
  look: Look,
  length: number,
): Decision {
  const distinct = distinctMatters(candidates, index);
  const [best, ...others] = distinct;
  if (!best) return { kind: 'abstain', nearest: [], probability: 0 };
  const features = featuresOf(distinct, index, look, length);
  const right = probability(calibration.best, features);
  const { answerAt, askAt } = thresholdsFor(calibration, features);
  if (right >= answerAt) return { kind: 'answer', best, probability: right, others };
  const among = probability(calibration.amongThree, features);
  const offered = distinct.slice(0, OFFERED).filter((it) => best.score - it.score <= BEHIND_AT_MOST);
  if (among >= askAt && !isFarFetched(best, { right, among }, length))
    return { kind: 'ask', offered, probability: right, among };
  return { kind: 'abstain', nearest: distinct.slice(0, OFFERED), probability: right };
}
