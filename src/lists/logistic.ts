/** Logistic regression of a few features: fitting (Newton's method with a ridge) and applying. Pure. */

export type LogisticModel = {
  /** Standardization of each feature. */
  mean: number[];
  deviation: number[];
  weights: number[];
  bias: number;
};

export type Example = { features: number[]; label: 0 | 1; weight: number };

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export function probability(model: LogisticModel, features: number[]): number {
  let sum = model.bias;
  for (let j = 0; j < model.weights.length; j++)
    sum +=
      (model.weights[j] ?? 0) * (((features[j] ?? 0) - (model.mean[j] ?? 0)) / (model.deviation[j] ?? 1));
  return sigmoid(sum);
}

/** Maximum likelihood with an L2 penalty `ridge` on all weights but the bias; some ten Newton steps. */
export function fitLogistic(examples: Example[], ridge = 1): LogisticModel {
  const size = examples[0]?.features.length ?? 0;
  const total = examples.reduce((sum, e) => sum + e.weight, 0);
  const mean = Array.from(
    { length: size },
    (_, j) => examples.reduce((sum, e) => sum + e.weight * (e.features[j] ?? 0), 0) / total,
  );
  const deviation = mean.map(
    (m, j) =>
      Math.sqrt(examples.reduce((sum, e) => sum + e.weight * ((e.features[j] ?? 0) - m) ** 2, 0) / total) ||
      1,
  );
  const inputs = examples.map((e) => [
    1,
    ...e.features.map((f, j) => (f - (mean[j] ?? 0)) / (deviation[j] ?? 1)),
  ]);
  const n = size + 1;
  let beta = new Array<number>(n).fill(0);
  for (let step = 0; step < 25; step++) {
    const gradient = beta.map((b, j) => (j === 0 ? 0 : -ridge * b));
    const hessian = Array.from({ length: n }, (_, j) =>
      Array.from({ length: n }, (_, k) => (j === k ? (j === 0 ? 1e-9 : ridge) : 0)),
    );
    for (const [i, x] of inputs.entries()) {
      const example = examples[i] as Example;
      const p = sigmoid(x.reduce((sum, value, j) => sum + value * (beta[j] ?? 0), 0));
      const residual = example.weight * (example.label - p);
      const curvature = example.weight * p * (1 - p);
      for (let j = 0; j < n; j++) {
        const xj = x[j] ?? 0;
        gradient[j] = (gradient[j] ?? 0) + residual * xj;
        const line = hessian[j] as number[];
        for (let k = 0; k <= j; k++) line[k] = (line[k] ?? 0) + curvature * xj * (x[k] ?? 0);
      }
    }
    const move = solveSymmetric(hessian, gradient);
    beta = beta.map((b, j) => b + (move[j] ?? 0));
    if (Math.max(...move.map(Math.abs)) < 1e-8) break;
  }
  return { mean, deviation, weights: beta.slice(1), bias: beta[0] ?? 0 };
}

/** Solves A x = b for a symmetric positive definite A given by its lower triangle (Cholesky). */
function solveSymmetric(a: number[][], b: number[]): number[] {
  const n = b.length;
  const l = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const at = (m: number[][], i: number, j: number) => m[i]?.[j] ?? 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = at(a, i, j);
      for (let k = 0; k < j; k++) sum -= at(l, i, k) * at(l, j, k);
      (l[i] as number[])[j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / at(l, j, j);
    }
  const y: number[] = [];
  for (let i = 0; i < n; i++) {
    let sum = b[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= at(l, i, k) * (y[k] ?? 0);
    y.push(sum / at(l, i, i));
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let sum = y[i] ?? 0;
    for (let k = i + 1; k < n; k++) sum -= at(l, k, i) * (x[k] ?? 0);
    x[i] = sum / at(l, i, i);
  }
  return x;
}
