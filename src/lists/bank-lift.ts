/** What the bank adds to the rows of one county: which of them its phrasings can bring to the front, and by how much. */
import type { Row } from '../core/domain.js';
import { mapInTurns } from '../text/in-turns.js';
import { normalizeText } from '../text/normalize.js';
import type { VectorCache } from '../text/vectors.js';
import { ownPhrasings } from './row-text.js';
import { bankShare, type Bank, type BankMatch, type Nearness } from './bank.js';

/**
 * Chosen with `askedAsBesideBank` of row-index.ts on draws of the calibration matters and on the tuning half: a row's own
 * phrasings are surer than what is said of a matter like it (with them 0.5 gave R@1 0.920, 0.3 0.926).
 */
const WEIGHT = { alone: 0.5, besideOwn: 0.3 };
/** The bank, and the matters that a row is near to; null where that is to be found out. */
export type BankOfRows = { bank: Bank; matchesOf: (row: Row) => BankMatch[] | null };

/** Matters of row i from start[i] to start[i + 1]: their positions in the bank, and how much each counts. */
export type BankPart = {
  bank: Bank;
  start: number[];
  matters: number[];
  shares: number[];
  weights: number[];
};

/** `vectorOf`: of the text of row i. Only rows whose matches are not known are compared with the bank. */
export async function matchesOfRows(
  rows: Row[],
  vectorOf: (i: number) => Float32Array,
  vectors: VectorCache,
  { bank, matchesOf }: BankOfRows,
): Promise<BankMatch[][]> {
  const known = rows.map(matchesOf);
  const unknown = rows.flatMap((_, i) => (known[i] ? [] : [i]));
  const titles = await vectors.vectorsOf(unknown.map((i) => normalizeText((rows[i] as Row).matter)));
  const found = await mapInTurns(unknown, (i, at) => bank.match(titles[at] as Float32Array, vectorOf(i)));
  const foundOf = new Map(unknown.map((i, at) => [i, found[at] as BankMatch[]]));
  return rows.map((_, i) => known[i] ?? foundOf.get(i) ?? []);
}

export function bankPart(bank: Bank, rows: Row[], matches: BankMatch[][]): BankPart {
  const weights = rows.map((row) => (ownPhrasings(row).length > 0 ? WEIGHT.besideOwn : WEIGHT.alone));
  const part: BankPart = { bank, start: [0], matters: [], shares: [], weights };
  for (const of of matches) {
    for (const { id, similarity } of of) {
      const matter = bank.positionOf(id);
      const share = bankShare(similarity);
      if (matter < 0 || share === 0) continue;
      part.matters.push(matter);
      part.shares.push(share);
    }
    part.start.push(part.matters.length);
  }
  return part;
}

/** How far a nearest phrasing may lie before the middle of all of them, by the first dimensions. */
export const HOPE = 0.1;

/** What the bank can add to row i, whose own text is `rowDense` near: at most this, roughly. */
export function hopedBankLift(part: BankPart, i: number, rowDense: number, near: Nearness): number {
  let lift = 0;
  for (let at = part.start[i] as number; at < (part.start[i + 1] as number); at++)
    lift = Math.max(lift, hopedLift(part, i, at, rowDense, near));
  return lift;
}

/** What the bank adds to row i, whose own text is `rowDense` near, where that is more than `least`; else `least`. */
export function bankLift(part: BankPart, i: number, rowDense: number, near: Nearness, least: number): number {
  let lift = least;
  for (let at = part.start[i] as number; at < (part.start[i + 1] as number); at++) {
    if (hopedLift(part, i, at, rowDense, near) <= lift) continue;
    const nearer = near.exactly(part.matters[at] as number) - rowDense;
    lift = Math.max(lift, (part.weights[i] as number) * (part.shares[at] as number) * nearer);
  }
  return lift;
}

const hopedLift = (part: BankPart, i: number, at: number, rowDense: number, near: Nearness): number =>
  (part.weights[i] as number) *
  (part.shares[at] as number) *
  (near.roughly(part.matters[at] as number) + HOPE - rowDense);
