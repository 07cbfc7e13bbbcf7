import { describe, expect, it } from 'vitest';
import { nthLargest } from '../../src/text/matrix.js';
import { createRandom } from '../../src/text/random.js';

describe('the n-th largest number', () => {
  it('is what sorting finds, with numbers that come twice and with -Infinity', () => {
    const random = createRandom(5);
    for (let round = 0; round < 200; round++) {
      const numbers = Float32Array.from({ length: 1 + Math.floor(random() * 90) }, () =>
        random() < 0.1 ? -Infinity : Math.round(random() * 40),
      );
      for (const n of [1, 2, 12, 32, 64])
        expect(nthLargest(numbers, n)).toBe(numbers.toSorted().at(-n) ?? -Infinity);
    }
  });
});
