/** A linear classifier over sentence vectors and character n-grams: which intent do the nearest examples speak for. */
import { fnv1a } from '../text/fnv.js';

/**
 * Nearest examples alone (cosine of the same encoder) find 0.67 of unseen messages right: the encoder was trained to see
 * the matter, and every intent is spoken of every matter. Weights learned over the same examples, with the n-grams that
 * carry the manner of speaking, find more than 0.9; they are learned from the YAML files at start and cached.
 */
export type Classifier = {
  labels: string[];
  buckets: number;
  /**
   * One weight a label for each feature: `dimensions` of the vector, then `buckets` of n-grams, then the bias. Feature by
   * feature, because a message has some hundred of 17,000 and each then costs one look into memory, not one a label.
   */
  weights: Float32Array;
  dimensions: number;
};

export type Sample = { text: string; label: string; vector: ArrayLike<number> | null; weight?: number };

const BUCKETS = 1 << 14;
const VECTOR_SCALE = 1;
const GRAM_SCALE = 2;
const EPOCHS = 16;
const AVERAGED = 8;
const RATE = 0.3;
const DECAY = 2e-5;
/** Labels that are this little wrong for a sample are left alone: most are, and they cost most of the time. */
const NEGLIGIBLE = 4e-3;

/** Request numbers and digits say what kind of thing stands there, not which one. */
function shape(text: string): string {
  return text
    .replace(/qs\s?-?\s?\d{4}\s?-?\s?\d{1,6}/g, '\u0001')
    .replace(/\d{5,}/g, '\u0001')
    .replace(/\d+/g, '0')
    .replace(/[\s,，。.、;；]+/g, ' ');
}

/** Distinct hashed n-grams (1 to 4 characters, ends marked) of a text. */
function grams(text: string): Uint32Array {
  const marked = `^${shape(text)}$`;
  const found = new Set<number>();
  for (let n = 1; n <= 4; n++)
    for (let i = 0; i + n <= marked.length; i++) found.add(fnv1a(marked.slice(i, i + n)) % BUCKETS);
  return Uint32Array.from(found);
}

type Input = { vector: Float32Array | null; grams: Uint32Array; gramValue: number };

function inputOf(text: string, vector: ArrayLike<number> | null): Input {
  const g = grams(text);
  return {
    vector: vector ? Float32Array.from(vector, (v) => v * VECTOR_SCALE) : null,
    grams: g,
    gramValue: GRAM_SCALE / Math.sqrt(Math.max(1, g.length)),
  };
}

function logits(weights: Float32Array, labels: number, dimensions: number, input: Input): Float64Array {
  const { vector, grams: found, gramValue } = input;
  const out = new Float64Array(labels);
  const free = freeOf(labels);
  const add = (feature: number, value: number) => {
    const at = feature * labels;
    for (let k = 0; k < free; k++) out[k] = (out[k] as number) + (weights[at + k] as number) * value;
  };
  if (vector) for (let j = 0; j < dimensions; j++) add(j, vector[j] as number);
  for (let i = 0; i < found.length; i++) add(dimensions + (found[i] as number), gramValue);
  add(dimensions + BUCKETS, 1);
  if (free < labels) out[1] = -(out[0] as number);
  return out;
}

/** How many labels have weights of their own: of two, the second has those of the first with the other sign. */
const freeOf = (labels: number): number => (labels === 2 ? 1 : labels);

function softmax(values: Float64Array): Float64Array {
  const top = Math.max(...values);
  const exp = values.map((v) => Math.exp(v - top));
  const sum = exp.reduce((a, b) => a + b, 0);
  return exp.map((v) => v / sum);
}

function adaGradStep(weights: Float32Array, squares: Float32Array, at: number, slope: number): void {
  const weight = weights[at] as number;
  const gradient = slope + DECAY * weight;
  const square = (squares[at] as number) + gradient * gradient;
  squares[at] = square;
  weights[at] = weight - (RATE * gradient) / Math.sqrt(square);
}

/**
 * Multinomial logistic regression by AdaGrad. Each epoch has an order of its own, by a hash of the texts: one sample more
 * leaves the order of the others as it is. The weights are the mean of those after each epoch of the second half, which
 * depend less on what came last: with those of the last alone one example more turned decisions about sentences that had
 * nothing to do with it.
 */
export function trainClassifier(samples: Sample[]): Classifier {
  const labels = [...new Set(samples.map((s) => s.label))].sort();
  const dimensions = samples.find((s) => s.vector)?.vector?.length ?? 0;
  const size = labels.length * (dimensions + BUCKETS + 1);
  const weights = new Float32Array(size);
  const squares = new Float32Array(size).fill(1e-2);
  const inputs = samples.map((s) => inputOf(s.text, s.vector));
  const targets = samples.map((s) => labels.indexOf(s.label));
  const mean = new Float32Array(size);
  const free = freeOf(labels.length);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const i of orderOf(samples, epoch)) {
      const input = inputs[i] as Input;
      const p = softmax(logits(weights, labels.length, dimensions, input));
      const sampleWeight = samples[i]?.weight ?? 1;
      const errors = p.map((value, k) => sampleWeight * (value - (k === targets[i] ? 1 : 0)));
      const wrong: number[] = [];
      for (let k = 0; k < free; k++) if (Math.abs(errors[k] as number) >= NEGLIGIBLE) wrong.push(k);
      const learn = (feature: number, value: number) => {
        for (const k of wrong)
          adaGradStep(weights, squares, feature * labels.length + k, (errors[k] as number) * value);
      };
      if (input.vector) for (let j = 0; j < dimensions; j++) learn(j, input.vector[j] as number);
      for (let g = 0; g < input.grams.length; g++)
        learn(dimensions + (input.grams[g] as number), input.gramValue);
      learn(dimensions + BUCKETS, 1);
    }
    if (epoch >= EPOCHS - AVERAGED)
      for (let at = 0; at < size; at++) mean[at] = (mean[at] as number) + (weights[at] as number) / AVERAGED;
  }
  if (free < labels.length) for (let at = 0; at < size; at += 2) mean[at + 1] = -(mean[at] as number);
  return { labels, buckets: BUCKETS, weights: mean, dimensions };
}

function orderOf(samples: Sample[], epoch: number): number[] {
  const keys = samples.map(({ text, label }) => fnv1a(`${epoch}\n${label}\n${text}`));
  return [...keys.keys()].sort((a, b) => (keys[a] as number) - (keys[b] as number));
}

/** Probability of every label. `vector` must be given iff the classifier was trained with vectors. */
export function classify(
  classifier: Classifier,
  text: string,
  vector: ArrayLike<number> | null,
): Map<string, number> {
  const { labels, weights, dimensions } = classifier;
  const p = softmax(logits(weights, labels.length, dimensions, inputOf(text, vector)));
  return new Map(labels.map((label, k) => [label, p[k] ?? 0]));
}
