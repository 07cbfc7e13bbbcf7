import { expect, it } from 'vitest';
import { arraysFromBytes, arraysToBytes } from '../../src/files/arrays.js';

const arrays = {
  about: { title: '清单', sizes: [1, 2] },
  floats: { rows: Float32Array.of(0.1, -2, 3), none: new Float32Array() },
  counts: { starts: Uint32Array.of(0, 7, 4_294_967_295) },
};

it.each([0, 1, 2, 3])('what is written is read, also %i bytes into a buffer', (shift) => {
  const bytes = arraysToBytes(arrays);
  const moved = Buffer.concat([Buffer.alloc(shift), bytes]).subarray(shift);
  expect(arraysFromBytes(moved)).toEqual(arrays);
});

it('torn bytes are nothing', () => {
  const bytes = arraysToBytes(arrays);
  for (const length of [0, 1, bytes.indexOf(10), bytes.indexOf(10) + 1, bytes.length - 1])
    expect(arraysFromBytes(bytes.subarray(0, length))).toBeNull();
});
