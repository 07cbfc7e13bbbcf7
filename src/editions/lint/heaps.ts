/** Rows that repeat each other many times over are told once, not once a pair: 13,600 near-equal rows had 280,157 findings. */
import type { Finding } from './pairs.js';

/** So many rows that repeat each other are still told pair by pair. */
const PAIRWISE = 4;
const NAMED = 3;

/** The first member of each row's heap. */
function headsOf(pairs: readonly (readonly [string, string])[]): (key: string) => string {
  const above = new Map<string, string>();
  const headOf = (key: string): string => {
    let head = key;
    for (let next = above.get(head); next !== undefined; next = above.get(head)) head = next;
    // The way there is shortened for whoever asks next.
    for (let at = key; at !== head;) {
      const next = above.get(at) ?? head;
      above.set(at, head);
      at = next;
    }
    return head;
  };
  for (const [a, b] of pairs) {
    const [into, from] = [headOf(a), headOf(b)];
    if (into !== from) above.set(from, into);
  }
  return headOf;
}

/** @param repeats findings of one rule, each about two rows; heaps of more than four rows become one finding each, in its place */
export function heaped(repeats: Finding[]): Finding[] {
  const pairOf = ({ rows: [a = '', b = ''] }: Finding) => [a, b] as const;
  const headOf = headsOf(repeats.map(pairOf));
  const heaps = new Map<string, Set<string>>();
  for (const pair of repeats.map(pairOf)) {
    const head = headOf(pair[0]);
    const heap = heaps.get(head) ?? new Set<string>();
    for (const key of pair) heap.add(key);
    heaps.set(head, heap);
  }
  const told = new Set<string>();
  return repeats.flatMap((finding) => {
    const head = headOf(pairOf(finding)[0]);
    const rows = [...(heaps.get(head) ?? [])];
    if (rows.length <= PAIRWISE) return [finding];
    if (told.has(head)) return [];
    told.add(head);
    const more = rows.length - NAMED;
    return [{ ...finding, rows: rows.slice(0, NAMED), message: `这${NAMED}项与另外${more}项逐一近似重复` }];
  });
}
