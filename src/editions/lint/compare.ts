/** How much two matters have in common, by the pairs of their characters; words that every list uses count for nothing. */
import type { Row } from '../../core/domain.js';
import { departmentsIn } from '../../organizations/names.js';

const COMMON =
  /^对|的(?:处罚|检查)$|擅自|违规|违法|未按规定|未经批准|不按规定|行为|管理|监督|监管|查处|整治|工作|服务|事项|开展|落实|做好|组织/g;

/**
 * Pairs of characters as ascending numbers, each once: millions of rows' pairs are compared, and sets of words took nine
 * tenths of the time.
 */
export type Grams = Uint32Array;

/** A text as the pairs of its Chinese characters. */
function gramsOf(text: string): Grams {
  const chinese = text.replace(/[^\u4e00-\u9fff]/g, '');
  const grams = new Uint32Array(Math.max(0, chinese.length - 1));
  for (let i = 0; i < grams.length; i++)
    grams[i] = ((chinese.charCodeAt(i) << 16) | chinese.charCodeAt(i + 1)) >>> 0;
  grams.sort();
  return grams.filter((gram, i) => i === 0 || gram !== grams[i - 1]);
}

const matterGrams = (matter: string): Grams => gramsOf(matter.replace(COMMON, ''));

function inCommon(a: Grams, b: Grams): number {
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [x, y] = [a[i] as number, b[j] as number];
    if (x === y) common++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return common;
}

/** Twice what two have in common, of both, 0 to 1. */
export const dice = (a: Grams, b: Grams): number =>
  a.length + b.length === 0 ? 0 : (2 * inCommon(a, b)) / (a.length + b.length);

/** Whether `dice` is at least this: most pairs of rows are told apart by their first few grams. */
export function isAlike(a: Grams, b: Grams, least: number): boolean {
  const needed = Math.floor((least * (a.length + b.length)) / 2);
  let [sparedOfA, sparedOfB] = [a.length - needed, b.length - needed];
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length && sparedOfA >= 0 && sparedOfB >= 0;) {
    const [x, y] = [a[i] as number, b[j] as number];
    if (x === y) {
      common++;
      i++;
      j++;
    } else if (x < y) {
      i++;
      sparedOfA--;
    } else {
      j++;
      sparedOfB--;
    }
  }
  return a.length + b.length > 0 && (2 * common) / (a.length + b.length) >= least;
}

/** How much of `a` stands in `b`, 0 to 1. */
export const shareIn = (a: Grams, b: Grams): number => (a.length === 0 ? 0 : inCommon(a, b) / a.length);

/** A row with what it is compared by. */
export type Compared = {
  row: Row;
  matter: Grams;
  duties: Grams;
  /** Matter and duties. */
  all: Grams;
  /** Who leads, townships apart. */
  leads: string[];
};

export function compared(row: Row): Compared {
  const duties = [...row.lead, ...row.support].map(({ duty }) => duty).join('。');
  return {
    row,
    matter: matterGrams(row.matter),
    duties: gramsOf(duties),
    all: gramsOf(`${row.matter}。${duties}`),
    leads: departmentsIn(row.lead),
  };
}

/** Pairs of characters that more rows have tell no two of them from the others. */
const COMMON_MATTER = 200;
const COMMON_DUTY = 12;
/** Rare pairs of their duties that two rows share before they are compared. */
const SHARED_DUTY = 4;

/**
 * Pairs of rows, each once, one of them at least `isMeant`, whose matters or whose duties have something in common; a county
 * of 13,600 rows has few of them.
 */
export function* candidates(
  all: Compared[],
  isMeant: (row: Row) => boolean,
): Generator<[Compared, Compared]> {
  const meant = all.map(({ row }) => isMeant(row));
  const matters = new Map<number, number[]>();
  const duties = new Map<number, number[]>();
  const note = (index: Map<number, number[]>, gram: number, at: number) => {
    const places = index.get(gram);
    if (places) places.push(at);
    else index.set(gram, [at]);
  };
  for (const [at, { matter, duties: own }] of all.entries()) {
    for (const gram of matter) note(matters, gram, at);
    for (const gram of own) note(duties, gram, at);
  }
  const shared = new Uint32Array(all.length);
  for (const [at, a] of all.entries()) {
    if (!meant[at]) continue;
    const others: number[] = [];
    const count = (places: number[] = [], most: number, weight: number) => {
      if (places.length > most) return;
      for (const other of places) {
        // Of two rows that are meant the first looks for the second.
        if (other === at || (other < at && meant[other])) continue;
        if (shared[other] === 0) others.push(other);
        shared[other] = (shared[other] as number) + weight;
      }
    };
    for (const gram of a.matter) count(matters.get(gram), COMMON_MATTER, SHARED_DUTY);
    for (const gram of a.duties) count(duties.get(gram), COMMON_DUTY, 1);
    for (const other of others.sort((x, y) => x - y)) {
      if ((shared[other] as number) >= SHARED_DUTY) yield [a, all[other] as Compared];
      shared[other] = 0;
    }
  }
}
