import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterVectors, createGroupTexts } from '../../src/editions/clusters.js';

const at = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];

/** The same by comparing all pairs of groups anew each time. */
function clusterSlowly(vectors: number[][], atLeast: number): number[][] {
  const groups = vectors.map((_, i) => [i]);
  const cosine = (i: number, j: number) =>
    (vectors[i] ?? []).reduce((sum, x, d) => sum + x * (vectors[j]?.[d] ?? 0), 0);
  for (;;) {
    let best = { a: -1, b: -1, mean: atLeast };
    for (const [a, first] of groups.entries())
      for (const [b, second] of groups.entries()) {
        if (b <= a) continue;
        const all = first.flatMap((i) => second.map((j) => cosine(i, j)));
        const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
        if (best.a < 0 ? mean >= atLeast : mean > best.mean + 1e-9) best = { a, b, mean };
      }
    if (best.a < 0) return groups.map((group) => group.sort((x, y) => x - y));
    groups[best.a]?.push(...(groups[best.b] ?? []));
    groups.splice(best.b, 1);
  }
}

describe('clusters', () => {
  it('join what lies close together and leave the rest alone', () => {
    expect(clusterVectors([at(0), at(90), at(5), at(92), at(200)], 0.9)).toEqual([[0, 2], [1, 3], [4]]);
    expect(clusterVectors([], 0.9)).toEqual([]);
  });

  it('are those of the plain definition', () => {
    // Angles that are far from being equally close, so that rounding decides nothing.
    const angles = fc.uniqueArray(fc.integer({ min: 0, max: 359 }), { maxLength: 12 });
    fc.assert(
      fc.property(angles, fc.constantFrom(0.5, 0.8, 0.95), (list, atLeast) => {
        const vectors = list.map((degrees, i) => at(degrees + 0.013 * i * i));
        expect(clusterVectors(vectors, atLeast)).toEqual(clusterSlowly(vectors, atLeast));
      }),
    );
  });

  it('go by words without an encoder', async () => {
    const texts = ['路灯坏了归谁管', '野狗伤人找谁', '路灯坏了谁管'];
    expect(await createGroupTexts(null)(texts)).toEqual([[0, 2], [1]]);
  });
});
