import { expect, it } from 'vitest';
import { createRandom } from '../../src/text/random.js';
import {
  dotNumbers,
  pack,
  packedBytes,
  packedFromBytes,
  packedToBytes,
  unpack,
} from '../../src/text/packed.js';

const DIMENSIONS = 512;

function unitVector(random: () => number): Float32Array {
  const numbers = Float32Array.from({ length: DIMENSIONS }, () => random() + random() + random() - 1.5);
  const length = Math.hypot(...numbers);
  return numbers.map((it) => it / length);
}

it('keeps cosines at an eighth of the size, also through bytes', () => {
  const random = createRandom(1);
  const vectors = Array.from({ length: 50 }, () => unitVector(random));
  const query = unitVector(random);
  const bytes = packedToBytes(pack(vectors, DIMENSIONS));
  expect(bytes.length).toBe(packedBytes(50, DIMENSIONS));
  expect(bytes.length).toBeLessThan((50 * DIMENSIONS * 4) / 7.8);
  const packed = packedFromBytes(bytes, 50, DIMENSIONS);
  for (const [i, vector] of vectors.entries()) {
    const numbers = unpack(packed, i, 1);
    const scale = packed.scales[i] as number;
    const exact = vector.reduce((sum, it, j) => sum + it * (query[j] as number), 0);
    expect(Math.abs(dotNumbers(query, numbers, 0, DIMENSIONS) * scale - exact)).toBeLessThan(0.03);
    expect(dotNumbers(vector, numbers, 0, DIMENSIONS) * scale).toBeGreaterThan(0.98);
  }
});

it('takes a vector of nothing', () => {
  expect(unpack(pack([new Float32Array(8)], 8), 0, 1)).toEqual(new Int8Array(8));
});
