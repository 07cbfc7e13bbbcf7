/** Arrays of numbers in one file, beside what is said of them as JSON: read as they lie, without a number being parsed. */

export type Arrays = {
  about: unknown;
  floats: Record<string, Float32Array>;
  /** Whole numbers from zero on. */
  counts: Record<string, Uint32Array>;
};

/** By name, with how many numbers each has. */
type Header = { about: unknown; floats: [string, number][]; counts: [string, number][] };

/** Of a number; each array begins at a multiple of it. */
const BYTES = 4;

const lengths = (arrays: Record<string, Float32Array | Uint32Array>): [string, number][] =>
  Object.entries(arrays).map(([name, { length }]) => [name, length]);

export function arraysToBytes({ about, floats, counts }: Arrays): Buffer {
  const header: Header = { about, floats: lengths(floats), counts: lengths(counts) };
  const line = Buffer.from(JSON.stringify(header));
  const padding = Buffer.alloc(BYTES - (line.length % BYTES), ' ');
  padding.write('\n', padding.length - 1);
  const numbers = [...Object.values(floats), ...Object.values(counts)];
  return Buffer.concat([
    line,
    padding,
    ...numbers.map((it) => Buffer.from(it.buffer, it.byteOffset, it.byteLength)),
  ]);
}

/** Null when the bytes are torn. */
export function arraysFromBytes(bytes: Uint8Array): Arrays | null {
  const end = bytes.indexOf(10);
  if (end < 0) return null;
  const header = JSON.parse(Buffer.from(bytes.subarray(0, end)).toString('utf8')) as Header;
  const count = [...header.floats, ...header.counts].reduce((sum, [, length]) => sum + length, 0);
  if (bytes.length !== end + 1 + count * BYTES) return null;
  // Views of the bytes, which are whole numbers behind the first line only where they themselves begin with one.
  const from = bytes.byteOffset + end + 1;
  const isAligned = from % BYTES === 0;
  const buffer = isAligned ? bytes.buffer : Uint8Array.from(bytes.subarray(end + 1)).buffer;
  let at = isAligned ? from : 0;
  const next = (length: number): number => (at += length * BYTES) - length * BYTES;
  return {
    about: header.about,
    floats: Object.fromEntries(
      header.floats.map(([name, length]) => [name, new Float32Array(buffer, next(length), length)]),
    ),
    counts: Object.fromEntries(
      header.counts.map(([name, length]) => [name, new Uint32Array(buffer, next(length), length)]),
    ),
  };
}
