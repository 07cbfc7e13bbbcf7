/** What a message by itself is taken for, learned from the current YAML files. */
import type { Encoder } from '../text/encoder.js';
import type { VectorCache } from '../text/vectors.js';
import { trainClassifier, type Classifier, type Sample } from './classifier.js';
import type { Intent } from './load.js';
import { keptClassifiers } from './trained.js';
import { isOneIn } from '../text/fnv.js';
import { normalizeText } from '../text/normalize.js';

/** Frequent intents must not swallow rare ones: a sample weighs less the more examples its intent has. */
const BALANCE = 0.5;
const TYPICAL_EXAMPLES = 200;

/** Weight of a question that is not from an intent file, beside the examples that are, where the one thing asked is whether it asks. */
const QUESTION_WEIGHT = 0.5;

/**
 * Of those questions the intents learn from all heaps of words ("禁牧 夜里 剪围栏", which no manner of speaking gives away)
 * and from every third of the rest: with all of them, messages of rarer intents drown (accuracy 0.94 to 0.91 on the tuning
 * half); with none, one question in eight of the unseen matters was taken for another intent, with these one in thirty.
 */
const teachesIntents = (text: string): boolean =>
  (text.includes(' ') && text.length <= 16) || isOneIn(3, text);

export const ASKS = 'asks';
/** Key of the probability that somebody is in danger now (nlu/emergencies.ts). */
export const DANGER = 'danger';
/**
 * From here on somebody is told whom to call. Chosen on tests/evaluation/danger.tune.jsonl; who is told in vain loses a line,
 * who is not told may lose more.
 */
export const DANGER_AT = 0.35;
/** Before a call: key of the probability that it is the one, should somebody be in danger. */
export const CALL = 'call:';
/** Before an action: key of the probability that the message asks that of the row shown last. */
export const ASPECT = 'aspect:';
const NO_ASPECT = 'other';
/** Questions of their own are long; short examples may themselves be follow-ups. */
const QUESTION_LENGTH = 8;
/** Of examples of intents, beside sentences written for the aspects. */
const BESIDE_WEIGHT = 0.3;
const BESIDE_STEP = 3;
/** Weight of messages that were not written as examples of talk about danger: some of them tell of a real one. */
const ORDINARY_WEIGHT = 0.3;
/** Of the questions one in so many teaches as well as all. */
const ORDINARY_STEP = 2;

/** The intent that further questions are examples of. */
const ASKING = 'ask_responsibility';

export type IntentModel = {
  /** Over all intents. */
  intents: Classifier;
  /** Two labels: asks for a responsibility (`ASKS`) or anything else; one more thing the decision knows. */
  asks: Classifier;
  /** Two labels: tells of danger to somebody now (`DANGER`) or anything else. */
  danger: Classifier;
  /** Whom to call, should it be so. */
  calls: Classifier;
  /** What is asked of the row shown last, or `other`; null where no intent has such sentences. */
  aspects: Classifier | null;
};

/** Sentences that tell of somebody in danger, by whom to call, and such as only speak of danger. */
export type DangerExamples = { danger: Record<string, string[]>; talk: string[] };

type Learned = {
  examples: { text: string; label: string; weight: number }[];
  questions: string[];
  /** What tells of danger, by whom to call. */
  told: { text: string; label: string }[];
  talk: string[];
  aspects: { text: string; label: string }[];
};

/**
 * From the first folder that has it, else trained and stored in `folders[0]`. With an encoder it uses sentence vectors and
 * n-grams, without one n-grams alone. `questions` are further messages that ask for a responsibility.
 */
export async function loadIntentModel(options: {
  intents: Intent[];
  questions: string[];
  danger: DangerExamples;
  encoder: Encoder | null;
  vectors: VectorCache | null;
  folders: string[];
}): Promise<IntentModel> {
  const { encoder, vectors, folders } = options;
  const questions = options.questions.map(normalizeText);
  const learned: Learned = {
    examples: options.intents.flatMap(({ id, examples: own }) => {
      const texts = id === ASKING ? [...own, ...questions.filter(teachesIntents)] : own;
      const weight = (TYPICAL_EXAMPLES / texts.length) ** BALANCE;
      return texts.map((text) => ({ text: normalizeText(text), label: id, weight }));
    }),
    questions,
    told: labelled(options.danger.danger),
    talk: options.danger.talk.map(normalizeText),
    aspects: options.intents.flatMap((intent) => labelled(intent.aspects)),
  };
  const kept = await keptClassifiers('intents', [encoder?.modelHash ?? null, learned], folders, () =>
    train(learned, vectors),
  );
  return { ...kept, aspects: kept.aspects ?? null };
}

const labelled = (sentences: Record<string, string[]>): { text: string; label: string }[] =>
  Object.entries(sentences).flatMap(([label, texts]) =>
    texts.map((text) => ({ text: normalizeText(text), label })),
  );

type Trained = Record<'intents' | 'asks' | 'danger' | 'calls', Classifier> & { aspects?: Classifier };

async function train(learned: Learned, vectors: VectorCache | null): Promise<Trained> {
  const plain = {
    ...learned,
    questions: learned.questions.map((text) => ({ text, label: ASKS })),
    talk: learned.talk.map((text) => ({ text, label: 'other' })),
  };
  const { examples, questions, told, talk, aspects } = await withVectors(plain, vectors);
  const as = (label: string, weight: number) => (sample: Sample) => ({ ...sample, label, weight });
  return {
    intents: trainClassifier(examples),
    asks: trainClassifier([
      ...examples.map((sample) => ({
        ...sample,
        label: sample.label === ASKING ? ASKS : 'other',
        weight: 1,
      })),
      ...questions.map(as(ASKS, QUESTION_WEIGHT)),
    ]),
    danger: trainClassifier([
      ...examples.map(as('other', ORDINARY_WEIGHT)),
      ...questions.filter(({ text }) => isOneIn(ORDINARY_STEP, text)).map(as('other', ORDINARY_WEIGHT)),
      ...told.map(as(DANGER, 1)),
      ...talk,
      ...aspects.map(as('other', ORDINARY_WEIGHT)),
    ]),
    calls: trainClassifier(told),
    ...(aspects.length > 0 && {
      aspects: trainClassifier([
        ...aspects,
        ...examples
          .filter(
            ({ text, label }) =>
              isOneIn(BESIDE_STEP, text) && !(label === ASKING && text.length < QUESTION_LENGTH),
          )
          .map(as(NO_ASPECT, BESIDE_WEIGHT)),
      ]),
    }),
  };
}

type Groups<T> = Record<keyof Learned, T[]>;

/** All texts are embedded in one go. */
async function withVectors(
  groups: Groups<Omit<Sample, 'vector'>>,
  vectors: VectorCache | null,
): Promise<Groups<Sample>> {
  const all = Object.entries(groups);
  const found = vectors
    ? await vectors.vectorsOf(all.flatMap(([, group]) => group.map(({ text }) => text)))
    : [];
  let at = 0;
  const embedded = all.map(([name, group]) => [
    name,
    group.map((sample): Sample => ({ ...sample, vector: found[at++] ?? null })),
  ]);
  return Object.fromEntries(embedded) as Groups<Sample>;
}
