/** Figures of `npm run bench`, and how they are printed. */

export type Print = (name: string, value: unknown) => void;
export const print: Print = (name, value) => console.log(name.padEnd(62), value);

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

export const quantile = (values: number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? 0;

/** `p50 / p99`. */
export const middles = (times: number[]): string =>
  [0.5, 0.99].map((q) => round(quantile(times, q))).join(' / ');

/** `p50 / p99 / max`. */
export const spread = (times: number[]): string => `${middles(times)} / ${round(Math.max(0, ...times))}`;

export const memoryMb = (): number => round(process.memoryUsage().rss / 2 ** 20, 0);

/** Without what nobody holds any more, where node runs with --expose-gc. */
export function heldMb(): number {
  globalThis.gc?.();
  return memoryMb();
}
