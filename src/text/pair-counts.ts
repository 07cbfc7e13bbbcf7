/** How often two characters stand beside each other, for some hundred thousand pairs: a table of numbers, for one of strings takes ten times as long. */

/** By the character codes of both. */
export type PairCounts = {
  /** `own`: by what is corrected to; `all`: by anybody. */
  add(first: number, second: number, weight: number, isOwn: boolean): void;
  has(first: number, second: number): boolean;
  all(first: number, second: number): number;
  own(first: number, second: number): number;
  /** In the order in which they were first added. */
  forEach(look: (second: number, all: number) => void): void;
};

const FIRST_SIZE = 1 << 14;
/** Of the golden ratio: neighbours in the code table do not fall side by side. */
const SPREAD = 0x9e3779b1;

export function createPairCounts(): PairCounts {
  let count = 0;
  let pairs = new Uint32Array(FIRST_SIZE);
  let alls = new Float64Array(FIRST_SIZE);
  let owns = new Float64Array(FIRST_SIZE);
  /** Position of a pair and one more, by its hash; twice as many places as pairs. */
  let places = new Uint32Array(FIRST_SIZE * 2);

  const placeOf = (pair: number): number => {
    const last = places.length - 1;
    let place = (Math.imul(pair, SPREAD) >>> 12) & last;
    for (;;) {
      const at = places[place] as number;
      if (at === 0 || pairs[at - 1] === pair) return place;
      place = (place + 1) & last;
    }
  };
  const grow = (): void => {
    const size = pairs.length * 2;
    const grown = <T extends Uint32Array | Float64Array>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    pairs = grown(new Uint32Array(size), pairs);
    alls = grown(new Float64Array(size), alls);
    owns = grown(new Float64Array(size), owns);
    places = new Uint32Array(size * 2);
    for (let i = 0; i < count; i++) places[placeOf(pairs[i] as number)] = i + 1;
  };
  const pairOf = (first: number, second: number): number => ((first << 16) | second) >>> 0;
  /** Position and one more; 0 where it never stood. */
  const find = (first: number, second: number): number => places[placeOf(pairOf(first, second))] as number;

  return {
    add(first, second, weight, isOwn) {
      const pair = pairOf(first, second);
      const place = placeOf(pair);
      let at = (places[place] as number) - 1;
      if (at < 0) {
        at = count++;
        pairs[at] = pair;
        places[place] = count;
      }
      alls[at] = (alls[at] as number) + weight;
      if (isOwn) owns[at] = (owns[at] as number) + weight;
      if (count === pairs.length) grow();
    },
    has: (first, second) => find(first, second) > 0,
    all: (first, second) => alls[find(first, second) - 1] ?? 0,
    own: (first, second) => owns[find(first, second) - 1] ?? 0,
    forEach(look) {
      for (let i = 0; i < count; i++) look((pairs[i] as number) & 0xffff, alls[i] as number);
    },
  };
}
