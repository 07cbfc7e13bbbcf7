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
/** Rows whose phrasings of the bank are looked at, of those that could come first when they are `HOPE` nearer than roughly. */
const BANK_ROWS = 20;
const HOPE = 0.1;

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

/** `texts`: the vectors of the rows' texts. Only rows whose matches are not known are compared with the bank. */
export async function matchesOfRows(
  rows: Row[],
  texts: Float32Array[],
  vectors: VectorCache,
  { bank, matchesOf }: BankOfRows,
): Promise<BankMatch[][]> {
  const known = rows.map(matchesOf);
  const unknown = rows.flatMap((_, i) => (known[i] ? [] : [i]));
  const titles = await vectors.vectorsOf(unknown.map((i) => normalizeText((rows[i] as Row).matter)));
  const found = await mapInTurns(unknown, (i, at) =>
    bank.match(titles[at] as Float32Array, texts[i] as Float32Array),
  );
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

/** What the bank adds to row i, whose own text is `rowDense` near. */
function bankLift(part: BankPart, i: number, rowDense: number, near: (matter: number) => number): number {
  let lift = 0;
  for (let at = part.start[i] as number; at < (part.start[i + 1] as number); at++) {
    const nearer = near(part.matters[at] as number) - rowDense;
    if (nearer > 0) lift = Math.max(lift, (part.shares[at] as number) * nearer);
  }
  return (part.weights[i] as number) * lift;
}

/** The lift by the bank of the rows that it can bring to the front; 0 for all others. */
export function bankLifts(
  part: BankPart,
  visible: number[],
  scores: Float32Array,
  dense: Float32Array,
  near: Nearness,
): Float32Array {
  const lifts = new Float32Array(scores.length);
  const hoped = new Float32Array(scores.length);
  const roughly = (matter: number) => near.roughly(matter) + HOPE;
  for (const i of visible) hoped[i] = (scores[i] as number) + bankLift(part, i, dense[i] as number, roughly);
  const atLeast =
    Float32Array.from(visible, (i) => hoped[i] as number)
      .sort()
      .at(-BANK_ROWS) ?? -Infinity;
  for (const i of visible)
    if ((hoped[i] as number) >= atLeast) lifts[i] = bankLift(part, i, dense[i] as number, near.exactly);
  return lifts;
}
