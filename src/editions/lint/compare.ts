/** How much two matters have in common, by the pairs of their characters; words that every list uses count for nothing. */
import type { Row } from '../../core/domain.js';
import { pairsOf } from '../../organizations/names.js';

const COMMON =
  /^对|的(?:处罚|检查)$|擅自|违规|违法|未按规定|未经批准|不按规定|行为|管理|监督|监管|查处|整治|工作|服务|事项|开展|落实|做好|组织/g;

/** A text as the pairs of its Chinese characters. */
export const gramsOf = (text: string): ReadonlySet<string> =>
  new Set(pairsOf(text.replace(/[^\u4e00-\u9fff]/g, '')));
export const matterGrams = (matter: string): ReadonlySet<string> => gramsOf(matter.replace(COMMON, ''));

/** How much of `a` stands in `b`, 0 to 1. */
export const shareIn = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  a.size === 0 ? 0 : [...a].filter((gram) => b.has(gram)).length / a.size;

/** A row with what it is compared by. */
export type Compared = {
  row: Row;
  matter: ReadonlySet<string>;
  duties: ReadonlySet<string>;
  /** Matter and duties. */
  all: ReadonlySet<string>;
};

export function compared(row: Row): Compared {
  const duties = [...row.lead, ...row.support].map(({ duty }) => duty).join('。');
  return {
    row,
    matter: matterGrams(row.matter),
    duties: gramsOf(duties),
    all: gramsOf(`${row.matter}。${duties}`),
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
  const matters = new Map<string, number[]>();
  const duties = new Map<string, number[]>();
  const note = (index: Map<string, number[]>, gram: string, at: number) => {
    const places = index.get(gram);
    if (places) places.push(at);
    else index.set(gram, [at]);
  };
  for (const [at, { matter, duties: own }] of all.entries()) {
    for (const gram of matter) note(matters, gram, at);
    for (const gram of own) note(duties, gram, at);
  }
  for (const [at, a] of all.entries()) {
    if (!meant[at]) continue;
    const shared = new Map<number, number>();
    const count = (places: number[] = [], most: number, weight: number) => {
      if (places.length > most) return;
      // Of two rows that are meant the first looks for the second.
      for (const other of places)
        if (other > at || !meant[other]) shared.set(other, (shared.get(other) ?? 0) + weight);
    };
    for (const gram of a.matter) count(matters.get(gram), COMMON_MATTER, SHARED_DUTY);
    for (const gram of a.duties) count(duties.get(gram), COMMON_DUTY, 1);
    for (const [other, weight] of shared) {
      const b = all[other];
      if (b && weight >= SHARED_DUTY) yield [a, b];
    }
  }
}
