/** All rows in memory, county by county: vectors and words; a search scores every visible row of one county. */
import { traitsOf } from '../core/list-kinds.js';
import { rowKey, type BankMatches, type List, type Row, type RowRef, type Scope } from '../core/domain.js';
import { normalizeText } from '../text/normalize.js';
import { departmentsIn } from '../organizations/names.js';
import { mapInTurns } from '../text/in-turns.js';
import { ownPhrasings, rowText } from './row-text.js';
import type { VectorCache } from '../text/vectors.js';
import { ROUGH, type BankMatch } from './bank.js';
import {
  bankLift,
  bankPart,
  HOPE,
  hopedBankLift,
  matchesOfRows,
  type BankOfRows,
  type BankPart,
} from './bank-lift.js';
import {
  dot,
  dotRows,
  dotRowsFrom,
  middleOf,
  nthLargest,
  pick,
  similarities,
  type Matrix,
} from '../text/matrix.js';
import { createWordIndex, type Tokenizer, type WordIndex } from '../text/bm25.js';
import type { KeptParts } from '../text/kept-part.js';
import { numbersOf, ROWS_A_TURN, startsOf } from './part-numbers.js';

export type IndexedRow = { ref: RowRef; row: Row; list: List };

/** Who asks: decides which lists are visible; the county first. */
export type AskerScope = {
  /** May be left out where all lists are of one county. */
  county?: string | undefined;
  township?: string | undefined;
  townshipClass?: string | undefined;
};

/** Rows that say who does what, of these the penalty items alone, or rows that say how a service is applied for. */
export type Among = 'duties' | 'penalties' | 'guides';

export type Query = {
  /** Normalised question. */
  text: string;
  /** Unit vector of the question, or null when there is no encoder. */
  vector: ArrayLike<number> | null;
  /** Full names of the departments that the question names. */
  units: string[];
};

export type Candidate = {
  entry: IndexedRow;
  /** What rows are ranked by. */
  score: number;
  /** Cosine similarity of question and row, 0 without an encoder. */
  dense: number;
  bm25: number;
  /** Share of the question's words (by weight) that the row has, 0 to 1. */
  coverage: number;
  /** 1 a named unit is in the row, -1 units are named and none is, 0 none is named. */
  unitAgreement: -1 | 0 | 1;
  /** How much of `dense` comes from phrasings, the row's own or the bank's. */
  lift: number;
  /** Whether it has phrasings of its own, and how near its nearest matter of the bank counts, 0 to 1. */
  hasOwn: boolean;
  bank: number;
};

export type RowIndex = {
  entries: IndexedRow[];
  /** Best first, at most `limit`; rows that divide work, or guides, which are never ranked against each other. */
  search(query: Query, scope: AskerScope, limit: number, among?: Among): Candidate[];
  get(ref: RowRef): IndexedRow | null;
  isVisible(entry: IndexedRow, scope: AskerScope): boolean;
  /** Cosine similarity of two rows by position in `entries`; 0 without an encoder, -1 perhaps where it is less than `least`. */
  rowSimilarity(a: number, b: number, least?: number): number;
  positionOf(ref: RowRef): number;
  /** Null without a bank. */
  matches: BankMatches | null;
};

/**
 * Weights of the sum that ranks rows, chosen on the tuning half of our questions and on county-sized draws of the
 * calibration matters. Plain BM25 (not scaled per question) lost nothing on questions that share no words with their
 * row: a question without words in common simply adds nothing.
 */
export const WEIGHTS = {
  bm25: 0.004,
  unit: 0.02,
  /** Own phrasings; with a bank beside them they count more, for every row has some. */
  askedAs: 0.35,
  askedAsBesideBank: 0.6,
  penaltyItem: 0.05,
  wordsOnlyUnit: 2,
};
/**
 * Rows whose phrasings, own and of the bank, are looked at one by one: those that could come first if their nearest
 * phrasing were `HOPE` nearer than the middle of all of them, by the first dimensions. All rows' own phrasings took a third
 * of a question's time.
 */
const LOOKED_AT = 32;
/** Without one of these a penalty item is seldom what is asked for: it stands behind the row that divides the work. */
const PENALTY_WORDS = /罚|执法|赋权|查处|没收|有权|权限|能管/;

export type IndexOptions = {
  editionId: string;
  lists: List[];
  rows: Row[];
  tokenize: Tokenizer;
  /** Null: words alone. */
  vectors: VectorCache | null;
  bank?: BankOfRows | null;
  /** What was found out of rows before; null: it is not kept. */
  parts?: KeptParts | null;
  onProgress?: (done: number, total: number) => void;
};

export async function createRowIndex(options: IndexOptions): Promise<RowIndex> {
  const { editionId, lists, rows } = options;
  const listById = new Map(lists.map((list) => [list.id, list]));
  const entries = rows.map((row): IndexedRow => {
    const list = listById.get(row.listId);
    if (!list) throw new Error(`row ${row.number} belongs to unknown list ${row.listId}`);
    return { ref: `${editionId}/${rowKey(row)}`, row, list };
  });
  const positions = new Map(entries.map((entry, i) => [entry.ref, i]));
  const members = new Map<string, number[]>();
  for (const [i, { list }] of entries.entries()) {
    const key = partKey(list.scope.county, traitsOf(list.kind).isGuide ? 'guides' : 'duties');
    const known = members.get(key);
    if (known) known.push(i);
    else members.set(key, [i]);
  }
  const counties = new Set(lists.map(({ scope }) => scope.county));
  const parts = new Map<string, CountyPart>();
  const matches: BankMatches | null =
    options.bank && options.vectors ? { key: options.bank.bank.key, rows: {} } : null;
  /** Which part an entry is in, and where. */
  const places: { part: CountyPart; at: number }[] = [];
  for (const [key, at] of members) {
    const part = await createCountyPart(
      at.map((i) => entries[i] as IndexedRow),
      // The bank holds matters that divide work: a guide is none of them.
      key.startsWith(GUIDES) ? { ...options, bank: null } : options,
      (row, found) => matches && (matches.rows[rowKey(row)] = found),
    );
    parts.set(key, part);
    at.forEach((i, place) => (places[i] = { part, at: place }));
  }
  const [onlyCounty = ''] = counties.size === 1 ? counties : [];

  return {
    entries,
    matches,
    isVisible: ({ list }, scope) => isInScope(list.scope, scope),
    get: (ref) => entries[positions.get(ref) ?? -1] ?? null,
    positionOf: (ref) => positions.get(ref) ?? -1,
    rowSimilarity(a, b, least) {
      const x = places[a];
      const y = places[b];
      if (!x || !y || x.part !== y.part) return 0;
      const { matrix } = x.part;
      return least === undefined ? dotRows(matrix, x.at, y.at) : dotRowsFrom(matrix, x.at, y.at, least);
    },
    search(query, scope, limit, among = 'duties') {
      const part = parts.get(partKey(scope.county ?? onlyCounty, among === 'guides' ? 'guides' : 'duties'));
      if (!part) return [];
      const isMeant = ({ list }: IndexedRow) =>
        isInScope(list.scope, scope) && (among !== 'penalties' || list.kind === 'delegated');
      return searchCounty(part, options.tokenize, query, isMeant, limit);
    },
  };
}

const GUIDES = 'guides:';
const partKey = (county: string, among: 'duties' | 'guides'): string => `${among}:${county}`;

/** The rows of one county: a question never looks further. */
type CountyPart = {
  entries: IndexedRow[];
  matrix: Matrix;
  /** Phrasings of all rows behind each other; those of row i from askedStart[i] to askedStart[i + 1]. */
  askedMatrix: Matrix;
  askedStart: number[];
  /** The middle of each row's own phrasings, by the first dimensions; nothing where it has none. */
  askedMiddles: Matrix;
  words: WordIndex;
  /** Departments of each row. */
  units: Set<string>[];
  bank: BankPart | null;
};

async function createCountyPart(
  entries: IndexedRow[],
  options: IndexOptions,
  keep: (row: Row, matches: BankMatch[]) => void,
): Promise<CountyPart> {
  const { vectors, bank, parts } = options;
  const rows = entries.map((entry) => entry.row);
  const texts = await mapInTurns(rows, (row) => normalizeText(rowText(row)), ROWS_A_TURN);
  const asked = rows.map(ownPhrasings);
  const make = () => numbersOf(texts, asked, options);
  const numbers = await (parts ? parts.of([texts, ...asked], make) : make());
  const { data, dimensions } = numbers.rows;
  const vectorOf = (i: number) => data.subarray(i * dimensions, (i + 1) * dimensions);
  const matches = bank && vectors ? await matchesOfRows(rows, vectorOf, vectors, bank) : null;
  matches?.forEach((found, i) => keep(rows[i] as Row, found));
  return {
    entries,
    matrix: numbers.rows,
    askedMatrix: numbers.asked,
    askedStart: startsOf(asked),
    askedMiddles: numbers.middles,
    words: createWordIndex(numbers.words),
    units: rows.map((row) => new Set(departmentsIn([...row.lead, ...row.support]))),
    bank: bank && matches ? bankPart(bank.bank, rows, matches) : null,
  };
}

function searchCounty(
  part: CountyPart,
  tokenize: Tokenizer,
  query: Query,
  isMeant: (entry: IndexedRow) => boolean,
  limit: number,
): Candidate[] {
  const { entries, matrix, askedMatrix, askedStart, askedMiddles, words, units, bank } = part;
  const { bm25, coverage } = words.score(tokenize(query.text));
  const vector = query.vector ? Float32Array.from(query.vector) : null;
  const dense = vector ? similarities(matrix, vector) : new Float32Array(entries.length);
  const scores = new Float32Array(entries.length);
  const visible: number[] = [];
  const asksPenalty = PENALTY_WORDS.test(query.text);
  const isNamed = (i: number) => query.units.some((unit) => units[i]?.has(unit));
  for (let i = 0; i < entries.length; i++) {
    if (!isMeant(entries[i] as IndexedRow)) continue;
    visible.push(i);
    const unit = query.units.length > 0 && isNamed(i) ? 1 : 0;
    scores[i] = vector
      ? (dense[i] as number) +
        WEIGHTS.bm25 * (bm25[i] as number) +
        WEIGHTS.unit * unit -
        (!asksPenalty && (entries[i] as IndexedRow).list.kind === 'delegated' ? WEIGHTS.penaltyItem : 0)
      : (bm25[i] as number) + WEIGHTS.wordsOnlyUnit * unit;
  }
  const lifts = new Float32Array(entries.length);
  if (vector) {
    const byOwn = bank ? WEIGHTS.askedAsBesideBank : WEIGHTS.askedAs;
    const near = bank?.bank.near(vector);
    const middle = middleOf([vector], ROUGH);
    const hoped = new Float32Array(entries.length).fill(-Infinity);
    for (const i of visible) {
      const rowDense = dense[i] as number;
      const byBank = bank && near ? hopedBankLift(bank, i, rowDense, near) : 0;
      const nearest = dot(askedMiddles, i, middle, 0) + HOPE;
      hoped[i] = (scores[i] as number) + Math.max(0, byBank, byOwn * (nearest - rowDense));
    }
    const atLeast = nthLargest(hoped, LOOKED_AT);
    for (const i of visible) {
      if ((hoped[i] as number) < atLeast) continue;
      const rowDense = dense[i] as number;
      let nearest = rowDense;
      for (let at = askedStart[i] as number; at < (askedStart[i + 1] as number); at++)
        nearest = Math.max(nearest, dot(askedMatrix, at, vector, 0));
      // A phrasing that is nearer than the row itself pulls the row up; one that is farther never pulls it down.
      const byPhrasings = byOwn * (nearest - rowDense);
      const lift = bank && near ? bankLift(bank, i, rowDense, near, byPhrasings) : byPhrasings;
      lifts[i] = lift;
      dense[i] = rowDense + lift;
      scores[i] = (scores[i] as number) + lift;
    }
  }
  const atLeast = nthLargest(pick(scores, visible), limit);
  return visible
    .filter((i) => (scores[i] as number) >= atLeast)
    .sort((x, y) => (scores[y] as number) - (scores[x] as number))
    .slice(0, limit)
    .map((i) => ({
      entry: entries[i] as IndexedRow,
      score: scores[i] as number,
      dense: dense[i] as number,
      bm25: bm25[i] as number,
      coverage: coverage[i] as number,
      unitAgreement: query.units.length === 0 ? 0 : isNamed(i) ? 1 : -1,
      lift: lifts[i] as number,
      hasOwn: (askedStart[i] as number) < (askedStart[i + 1] as number),
      bank: bank ? Math.max(0, ...bank.shares.slice(bank.start[i], bank.start[i + 1])) : 0,
    }));
}

/** A list without class and township holds for all; county staff see no single township's list. */
function isInScope(list: Scope, asker: AskerScope): boolean {
  if (list.township && list.township !== asker.township) return false;
  return !list.townshipClass || list.townshipClass === asker.townshipClass;
}
