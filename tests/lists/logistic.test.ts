import { describe, expect, it } from 'vitest';
import { fitLogistic, probability, type Example } from '../../src/lists/logistic.js';

/** Park–Miller: the same numbers in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Examples drawn from known coefficients over features of different scales. */
function draw(count: number, coefficients: number[], bias: number): Example[] {
  const random = createRandom(7);
  return Array.from({ length: count }, () => {
    const features = coefficients.map((_, j) => (random() - 0.5) * 10 ** (j - 1) + j);
    const p = sigmoid(bias + coefficients.reduce((sum, c, j) => sum + c * (features[j] ?? 0), 0));
    return { features, label: random() < p ? 1 : 0, weight: 1 };
  });
}

describe('fitLogistic', () => {
  it('recovers known coefficients', () => {
    const wanted = [20, -2, 0.3];
    const model = fitLogistic(draw(40_000, wanted, 1), 0.001);
    const found = wanted.map((_, j) => (model.weights[j] ?? 0) / (model.deviation[j] ?? 1));
    found.forEach((value, j) => expect(Math.abs(value / (wanted[j] ?? 1) - 1)).toBeLessThan(0.1));
    expect(probability(model, [0, 0, 0])).toBeCloseTo(sigmoid(1), 1);
  });

  it('is calibrated: the mean probability is the share of positives', () => {
    const examples = draw(5_000, [10, 1], -1);
    const model = fitLogistic(examples);
    const mean = examples.reduce((sum, e) => sum + probability(model, e.features), 0) / examples.length;
    const share = examples.filter((e) => e.label === 1).length / examples.length;
    expect(mean).toBeCloseTo(share, 4);
  });

  it('counts a weight of two as two examples', () => {
    const examples = draw(300, [10, 1], 0);
    const doubled = examples.flatMap((e) => (e.label ? [e, e] : [e]));
    const weighted = examples.map((e) => ({ ...e, weight: e.label ? 2 : 1 }));
    const [a, b] = [fitLogistic(doubled), fitLogistic(weighted)];
    for (const e of examples.slice(0, 20))
      expect(probability(a, e.features)).toBeCloseTo(probability(b, e.features), 6);
  });

  it('stays finite where the labels can be separated or a feature never changes', () => {
    const model = fitLogistic(
      [-2, -1, 1, 2].map((x) => ({ features: [x, 5], label: x > 0 ? 1 : 0, weight: 1 })),
    );
    expect(probability(model, [2, 5])).toBeGreaterThan(0.7);
    expect(probability(model, [-2, 5])).toBeLessThan(0.3);
    expect([...model.weights, model.bias].every(Number.isFinite)).toBe(true);
  });

  it('pulls weights to zero with a strong ridge, and leaves the base rate', () => {
    const examples = draw(1_000, [10, 1], -1);
    const model = fitLogistic(examples, 1e9);
    expect(Math.max(...model.weights.map(Math.abs))).toBeLessThan(1e-3);
    expect(probability(model, [0, 0])).toBeCloseTo(examples.filter((e) => e.label).length / 1_000, 2);
  });
});
