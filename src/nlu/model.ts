/** The trained intent classifier of the current YAML files, kept on disk so that only a change trains again. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Encoder } from '../text/encoder.js';
import type { VectorCache } from '../text/vectors.js';
import { makePrivateFolder, PRIVATE_FILE } from '../files/private.js';
import { trainClassifier, type Classifier } from './classifier.js';
import type { Intent } from './load.js';
import { normalizeText } from '../text/normalize.js';

/** Part of the cache key: raise it when features or training change. */
const TRAINER_VERSION = 8;

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
const teachesIntents = (text: string, index: number): boolean =>
  (text.includes(' ') && text.length <= 16) || index % 3 === 0;

export const ASKS = 'asks';
/** Key of the probability that somebody is in danger now (nlu/emergencies.ts). */
export const DANGER = 'danger';
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

/**
 * Loads the model from the first folder that has it, or trains it and stores it in `folders[0]`. With an encoder it
 * uses sentence vectors and n-grams, without one n-grams alone. `questions` are further messages that ask for a
 * responsibility.
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
  const examples = options.intents.flatMap(({ id, examples: own }) => {
    const texts = id === ASKING ? [...own, ...questions.filter(teachesIntents)] : own;
    const weight = (TYPICAL_EXAMPLES / texts.length) ** BALANCE;
    return texts.map((text) => ({ text: normalizeText(text), label: id, weight }));
  });
  const aspects = options.intents.flatMap((intent) =>
    Object.entries(intent.aspects).flatMap(([label, sentences]) =>
      sentences.map((text) => ({ text: normalizeText(text), label })),
    ),
  );
  const key = createHash('sha256')
    .update(
      JSON.stringify([
        ...[TRAINER_VERSION, encoder?.modelHash ?? null, examples, questions],
        ...[options.danger.danger, options.danger.talk, aspects],
      ]),
    )
    .digest('hex')
    .slice(0, 16);
  const name = `intents-${key}.bin`;
  for (const folder of folders) {
    const file = join(folder, name);
    const model = existsSync(file) ? decode(readFileSync(file)) : null;
    if (model) return model;
  }
  const told = Object.entries(options.danger.danger).flatMap(([call, sentences]) =>
    sentences.map((text) => ({ text: normalizeText(text), call })),
  );
  const talk = options.danger.talk.map(normalizeText);
  const ordinary = [...examples.map((e) => e.text), ...questions];
  const texts = [...ordinary, ...told.map(({ text }) => text), ...talk, ...aspects.map(({ text }) => text)];
  const found = vectors ? await vectors.vectorsOf(texts) : [];
  const vectorAt = (i: number) => found[i] ?? null;
  const model: IntentModel = {
    intents: trainClassifier(examples.map((example, i) => ({ ...example, vector: vectorAt(i) }))),
    asks: trainClassifier([
      ...examples.map(({ text, label }, i) => ({
        text,
        label: label === ASKING ? ASKS : 'other',
        vector: vectorAt(i),
      })),
      ...questions.map((text, i) => ({
        text,
        label: ASKS,
        vector: vectorAt(examples.length + i),
        weight: QUESTION_WEIGHT,
      })),
    ]),
    danger: trainClassifier(
      texts.flatMap((text, i) => {
        const own = i - ordinary.length;
        if (own < 0 && i >= examples.length && i % ORDINARY_STEP > 0) return [];
        const label = own >= 0 && own < told.length ? DANGER : 'other';
        const isWritten = own >= 0 && own < told.length + talk.length;
        return [{ text, label, vector: vectorAt(i), weight: isWritten ? 1 : ORDINARY_WEIGHT }];
      }),
    ),
    calls: trainClassifier(
      told.map(({ text, call }, i) => ({ text, label: call, vector: vectorAt(ordinary.length + i) })),
    ),
    aspects:
      aspects.length === 0
        ? null
        : trainClassifier([
            ...aspects.map((aspect, i) => ({
              ...aspect,
              vector: vectorAt(ordinary.length + told.length + talk.length + i),
            })),
            ...examples.flatMap(({ text, label }, i) =>
              i % BESIDE_STEP > 0 || (label === ASKING && text.length < QUESTION_LENGTH)
                ? []
                : [{ text, label: NO_ASPECT, vector: vectorAt(i), weight: BESIDE_WEIGHT }],
            ),
          ]),
  };
  if (folders[0]) {
    makePrivateFolder(folders[0]);
    writeFileSync(join(folders[0], name), encode(model), { mode: PRIVATE_FILE });
  }
  return model;
}

/** A JSON header line, then the weights of each as little-endian floats. */
function encode({ intents, asks, danger, calls, aspects }: IntentModel): Buffer {
  const all = [intents, asks, danger, calls, ...(aspects ? [aspects] : [])];
  const header = all.map(({ labels, buckets, dimensions }) => ({ labels, buckets, dimensions }));
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    ...all.map(({ weights: w }) => Buffer.from(w.buffer, w.byteOffset, w.byteLength)),
  ]);
}

/** Null when the file is torn: it is trained again then. */
function decode(bytes: Buffer): IntentModel | null {
  const end = bytes.indexOf(10);
  if (end < 0) return null;
  const headers = JSON.parse(bytes.toString('utf8', 0, end)) as Omit<Classifier, 'weights'>[];
  let at = end + 1;
  const [intents, asks, danger, calls, aspects = null] = headers.map((header): Classifier => {
    const weights = new Float32Array(header.labels.length * (header.dimensions + header.buckets + 1));
    Buffer.from(weights.buffer).set(bytes.subarray(at, at + weights.byteLength));
    at += weights.byteLength;
    return { ...header, weights };
  });
  return intents && asks && danger && calls && at === bytes.length
    ? { intents, asks, danger, calls, aspects }
    : null;
}
