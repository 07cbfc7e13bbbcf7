import { describe, expect, it } from 'vitest';
import { dotRows, dotRowsFrom, nthLargest, pack } from '../../src/text/matrix.js';
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

describe('the product of two rows that must be near', () => {
  it('is the same to the last bit, or -1 where it is less', () => {
    const random = createRandom(7);
    const unit = (near: readonly number[] | null) => {
      const numbers = Array.from({ length: 512 }, (_, i) => (near?.[i] ?? 0) * 2 + (random() - 0.5) * 0.1);
      const length = Math.hypot(...numbers);
      return numbers.map((it) => it / length);
    };
    const first = unit(null);
    const matrix = pack(
      [first, ...Array.from({ length: 60 }, (_, i) => unit(i % 3 === 0 ? first : null))].map((it) =>
        Float32Array.from(it),
      ),
    );
    let skipped = 0;
    for (let b = 1; b < matrix.count; b++)
      for (const least of [0.5, 0.86]) {
        const plain = dotRows(matrix, 0, b);
        const found = dotRowsFrom(matrix, 0, b, least);
        expect(found).toBe(found === -1 ? -1 : plain);
        if (plain >= least) expect(found).toBe(plain);
        skipped += Number(found === -1);
      }
    expect(skipped).toBeGreaterThan(20);
  });
});
