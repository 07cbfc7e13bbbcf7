/** Unit vectors at four bits a number: an eighth of their size; a cosine with one is 0.006 off, less than rows lie apart. */

/** Numbers from -7 to 7 of each vector, two a byte, and the factor that gives them their length back. */
export type Packed = { count: number; dimensions: number; scales: Float32Array; nibbles: Uint8Array };

const LEVELS = 7;
/** The few largest numbers of a vector are cut, so that the others are told apart better (measured: 0.8 of the largest). */
const CUT = 0.8;

/** `dimensions` is even. */
export function pack(vectors: readonly ArrayLike<number>[], dimensions: number): Packed {
  const scales = new Float32Array(vectors.length);
  const nibbles = new Uint8Array((vectors.length * dimensions) / 2);
  for (const [i, vector] of vectors.entries()) {
    let largest = 0;
    for (let j = 0; j < dimensions; j++) largest = Math.max(largest, Math.abs(vector[j] ?? 0));
    const step = (largest * CUT) / LEVELS || 1;
    let squares = 0;
    for (let j = 0; j < dimensions; j++) {
      const level = Math.max(-LEVELS, Math.min(LEVELS, Math.round((vector[j] ?? 0) / step)));
      squares += level * level;
      const at = (i * dimensions + j) >> 1;
      nibbles[at] = (nibbles[at] ?? 0) | ((level + 8) << ((j & 1) * 4));
    }
    // The vector is of length 1 again.
    scales[i] = 1 / (Math.sqrt(squares) || 1);
  }
  return { count: vectors.length, dimensions, scales, nibbles };
}

/** The numbers of `count` vectors from `first` on, without their scales. */
export function unpack({ dimensions, nibbles }: Packed, first: number, count: number): Int8Array {
  const numbers = new Int8Array(count * dimensions);
  const from = (first * dimensions) / 2;
  for (let i = 0; i < numbers.length / 2; i++) {
    const byte = nibbles[from + i] as number;
    numbers[2 * i] = (byte & 15) - 8;
    numbers[2 * i + 1] = (byte >> 4) - 8;
  }
  return numbers;
}

export const packedBytes = (count: number, dimensions: number): number =>
  count * 4 + (count * dimensions) / 2;

export const packedToBytes = ({ scales, nibbles }: Packed): Buffer =>
  Buffer.concat([Buffer.from(scales.buffer, scales.byteOffset, scales.byteLength), nibbles]);

/** `bytes` are not copied but for the scales. */
export function packedFromBytes(bytes: Buffer, count: number, dimensions: number): Packed {
  const scales = new Float32Array(count);
  Buffer.from(scales.buffer).set(bytes.subarray(0, count * 4));
  return { count, dimensions, scales, nibbles: bytes.subarray(count * 4, packedBytes(count, dimensions)) };
}

/** Sum of the products of the first `length` numbers, a multiple of four, of a query and of a vector from `at` on. */
export function dotNumbers(query: Float32Array, numbers: Int8Array, at: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let j = 0; j < length; j += 4) {
    s0 += (query[j] as number) * (numbers[at + j] as number);
    s1 += (query[j + 1] as number) * (numbers[at + j + 1] as number);
    s2 += (query[j + 2] as number) * (numbers[at + j + 2] as number);
    s3 += (query[j + 3] as number) * (numbers[at + j + 3] as number);
  }
  return s0 + s1 + s2 + s3;
}
