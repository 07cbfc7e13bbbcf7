/** Fits the decision on questions that the encoder has never seen, and foretells the figures of an edition. */
import { normalizeText } from '../text/normalize.js';
import { deriveDirectory } from '../organizations/derive.js';
import { thresholdsFor, FEATURES, type Calibration } from './decide.js';
import { mapInTurns } from '../text/in-turns.js';
import { fitLogistic, probability, type Example } from './logistic.js';
import { rowText } from './row-text.js';
import { sampleCounty, type SampleCounty } from './calibrate-sample.js';
import {
  isOwnPhrasing,
  prepare,
  sampleOf,
  type CalibrationTools,
  type Group,
  type Question,
  type Sample,
} from './calibration-samples.js';
import { createRowIndex } from './row-index.js';
import type { BankMatch } from './bank.js';
import type { BankOfRows } from './bank-lift.js';
import { createRandom, drawFrom } from '../text/random.js';
import { LIST, rowOf, type Matter, type OutsideMessage } from './calibration-matters.js';

/** Rows of a county-sized list, as the calibration file suggests. */
const DRAW_SIZE = 230;
/**
 * What a draw's rows are found by beside their own text, one after the other: most lists have the bank alone, some their
 * own phrasings too, few those alone. One set of coefficients serves them all.
 */
const FOUND_BY = ['bank', 'both', 'bank', 'own', 'bank', 'both', 'bank', 'none'] as const;
/**
 * Share of all weight. What was asked of the sample county by people who knew none of this, of its rows and of other matters,
 * outweighs what is drawn: with the shares of before, fitted without it, 15 % of 160 such questions of other matters (a half
 * kept back) were answered with a row; with these 6 % are, and 3 % more of the tuning half's questions are answered.
 */
const WEIGHT: Record<Group, number> = {
  inside: 0.2,
  phrasing: 0.15,
  asked: 0.25,
  otherMatter: 0.1,
  outside: 0.05,
  outsideNear: 0.1,
  unlisted: 0.25,
};
/** Some questions of a matter outside the draw are truly answered by a near matter inside it; those are left out. */
const ANSWERED_BY_NEIGHBOUR = 0.8;

/** By the id of the matter. */
async function matchesOfMatters(
  matters: Matter[],
  { bank, vectors, isInBank }: CalibrationTools,
): Promise<Map<string, BankMatch[]>> {
  if (!bank || !vectors) return new Map();
  const titles = await vectors.vectorsOf(matters.map((m) => normalizeText(m.matter)));
  const texts = await vectors.vectorsOf(matters.map((m) => normalizeText(rowText(rowOf(m)))));
  const found = await mapInTurns(matters, (_, i) =>
    bank.match(titles[i] as Float32Array, texts[i] as Float32Array, isInBank),
  );
  return new Map(matters.map((m, i) => [m.id, found[i] as BankMatch[]]));
}

/** Coefficients and thresholds for one encoder (or words alone), with the figures reached on the draws. */
export async function fitCalibration(
  matters: Matter[],
  outside: OutsideMessage[],
  sample: SampleCounty,
  modelHash: string,
  tools: CalibrationTools,
): Promise<{ calibration: Calibration; log: string[] }> {
  const drawDirectory = deriveDirectory(
    '',
    matters.map((m) => rowOf(m)),
    tools.directory,
  );
  const asked = await prepare(
    matters.flatMap((m) => m.questions),
    tools,
    drawDirectory,
  );
  const owner = matters.flatMap((m) => m.questions.map(() => m));
  const isPhrasing = matters.flatMap((m) => m.questions.map(isOwnPhrasing));
  const strangers = await prepare(
    outside.map((o) => o.q),
    tools,
    drawDirectory,
  );
  const random = createRandom(20261124);
  const samples: Sample[] = [];
  const matches = await matchesOfMatters(matters, tools);
  const bank: BankOfRows | null = tools.bank && {
    bank: tools.bank,
    matchesOf: (row) => matches.get(row.number) ?? [],
  };
  for (const foundBy of FOUND_BY) {
    const hasOwn = foundBy === 'own' || foundBy === 'both';
    const inside = drawFrom(matters, DRAW_SIZE, random);
    const chosen = matters.filter((m) => inside.has(m));
    const index = await createRowIndex({
      editionId: 'draw',
      lists: [LIST],
      rows: chosen.map((m) => rowOf(m, LIST.id, hasOwn ? m.questions.filter(isOwnPhrasing) : [])),
      tokenize: tools.tokenize,
      vectors: tools.vectors,
      bank: foundBy === 'bank' || foundBy === 'both' ? bank : null,
    });
    const add = (question: Question, gold: Matter | null, group: Group) =>
      samples.push(sampleOf(question, index, (row) => row.number === gold?.id, { group }));
    const others = matters.filter((m) => !inside.has(m));
    const reference = await createRowIndex({
      editionId: 'reference',
      lists: [LIST],
      rows: [...chosen, ...others].map((m) => rowOf(m)),
      tokenize: tools.tokenize,
      vectors: tools.vectors,
    });
    const hasNeighbour = new Set(
      others.filter((_, i) =>
        chosen.some((_, j) => reference.rowSimilarity(chosen.length + i, j) >= ANSWERED_BY_NEIGHBOUR),
      ),
    );
    for (const [i, question] of asked.entries()) {
      const matter = owner[i] as Matter;
      if (inside.has(matter)) {
        if (!hasOwn || !isPhrasing[i]) add(question, matter, 'inside');
      } else if (!hasNeighbour.has(matter)) add(question, null, 'otherMatter');
    }
    for (const question of strangers) add(question, null, 'outside');
  }
  const ofSample = tools.bank && { bank: tools.bank, matchesOf: () => null };
  samples.push(...(await sampleCounty(sample, outside, tools, ofSample)));
  const counts = new Map<Group, number>();
  for (const { group } of samples) counts.set(group, (counts.get(group) ?? 0) + 1);
  const weightOf = ({ group }: Sample) =>
    (WEIGHT[group] * samples.length) / (counts.get(group) ?? 1) / FOUND_BY.length;
  const examples = (label: 'best' | 'among'): Example[] =>
    samples.map((s) => ({ features: s.features, label: s[label], weight: weightOf(s) }));
  const fitted = fitLogistic(examples('best'));
  const best = { ...fitted, bias: fitted.bias + PRIOR_SHIFT };
  const amongThree = fitLogistic(examples('among'));
  const calibration: Calibration = {
    modelHash,
    features: [...FEATURES],
    best,
    amongThree,
    ...(tools.bank ? WITH_BANK : PLAIN),
  };
  const share = (group: Group, test: (s: Sample) => boolean) => {
    const all = samples.filter((s) => s.group === group);
    return (all.filter(test).length / Math.max(1, all.length)).toFixed(3);
  };
  const isAnswered = (s: Sample) =>
    probability(best, s.features) >= thresholdsFor(calibration, s.features).answerAt;
  const isAsked = (s: Sample) =>
    !isAnswered(s) && probability(amongThree, s.features) >= thresholdsFor(calibration, s.features).askAt;
  const rightOf = (group: Group) => {
    const all = samples.filter((s) => s.group === group && isAnswered(s));
    return (all.filter((s) => s.best).length / Math.max(1, all.length)).toFixed(3);
  };
  return {
    calibration,
    log: [
      `${modelHash}: ${samples.length} samples`,
      ...(Object.keys(WEIGHT) as Group[]).map(
        (group) =>
          `${group} ${counts.get(group) ?? 0}: R@1 ${share(group, (s) => s.best === 1)}, R@3 ${share(group, (s) => s.among === 1)}, answered ${share(group, isAnswered)}, right ${rightOf(group)}, asked ${share(group, isAsked)}`,
      ),
      ...FEATURES.map(
        (f, j) => `  ${f}: best ${best.weights[j]?.toFixed(2)}, among ${amongThree.weights[j]?.toFixed(2)}`,
      ),
    ],
  };
}

/**
 * Log-odds by which a question in a chat is likelier to have a row that answers it than one of these samples (King & Zeng
 * 2001, prior correction): as fitted the sample county, with lists of true size, answered 59 % and was right in 0.974; so it
 * answers 76 % and is right in 0.976, and of matters that no list has 1.8 % are answered (2.4 % before the fit).
 */
const PRIOR_SHIFT = 0.61;

/**
 * The calibration matters are harder than a county's daily questions (R@1 0.42 on draws with a bank, 0.94 on the tuning
 * half): what is fitted there is careful here. On draws without own phrasings 0.55 answers 18 % and is right in 0.819, 0.60
 * 16 % and 0.840; on the sample rows without theirs 57 % and 0.792, 51 % and 0.814; of other matters 4.9 and 3.7 % are
 * answered. With own phrasings, on the tuning half, 0.45 answers 84 % and is right in 0.978, 0.50 81 % and 0.981, 0.55 78 %
 * and 0.984; of other matters (the half kept back) 9.1, 5.6 and 4.1 %.
 */
const WITH_BANK = { answerAt: 0.6, askAt: 0.15, own: { answerAt: 0.5, askAt: 0.12 } };
/** Without a bank, words alone among them. A lower `askAt` only offers more rows to people who asked for none. */
const PLAIN = { answerAt: 0.62, askAt: 0.2, own: { answerAt: 0.62, askAt: 0.2 } };
