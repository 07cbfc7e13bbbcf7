/** All rows of one county in memory: vectors and words; a search scores every visible row. */
import type { List, Row, RowRef, Scope } from '../core/domain.js';
import { normalizeText } from '../nlu/normalize.js';
import { isTownshipUnit } from '../organizations/names.js';
import { rowText } from './row-text.js';
import type { VectorCache } from './vectors.js';
import { createWordIndex, type Tokenizer } from './words.js';

export type IndexedRow = { ref: RowRef; row: Row; list: List };

/** Who asks: decides which lists are visible. */
export type AskerScope = { township?: string | undefined; townshipClass?: string | undefined };

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
};

export type RowIndex = {
  entries: IndexedRow[];
  /** Best first, at most `limit`. */
  search(query: Query, scope: AskerScope, limit: number): Candidate[];
  get(ref: RowRef): IndexedRow | null;
  isVisible(entry: IndexedRow, scope: AskerScope): boolean;
  /** Cosine similarity of two rows by position in `entries`; 0 without an encoder. */
  rowSimilarity(a: number, b: number): number;
  positionOf(ref: RowRef): number;
};

/**
 * Weights of the sum that ranks rows, chosen on the tuning half of our questions and on county-sized draws of the
 * calibration matters. Plain BM25 (not scaled per question) lost nothing on questions that share no words with their
 * row: a question without words in common simply adds nothing.
 */
export const WEIGHTS = { bm25: 0.005, unit: 0.02, askedAs: 0.35, wordsOnlyUnit: 2 };

export async function createRowIndex(options: {
  editionId: string;
  lists: List[];
  rows: Row[];
  tokenize: Tokenizer;
  /** Null: words alone. */
  vectors: VectorCache | null;
  onProgress?: (done: number, total: number) => void;
}): Promise<RowIndex> {
  const { editionId, lists, rows, tokenize, vectors } = options;
  const listById = new Map(lists.map((list) => [list.id, list]));
  const entries = rows.map((row): IndexedRow => {
    const list = listById.get(row.listId);
    if (!list) throw new Error(`row ${row.number} belongs to unknown list ${row.listId}`);
    return { ref: `${editionId}/${row.listId}/${row.number}`, row, list };
  });
  const texts = rows.map((row) => normalizeText(rowText(row)));
  const askedTexts = rows.flatMap((row) => row.askedAs.map(normalizeText));
  const askedOwner = rows.flatMap((row, i) => row.askedAs.map(() => i));
  const all = vectors ? await vectors.vectorsOf([...texts, ...askedTexts], options.onProgress) : [];
  const matrix = pack(all.slice(0, rows.length));
  const askedMatrix = pack(all.slice(rows.length));
  const words = createWordIndex(
    texts.map((text, i) => tokenize(`${text} ${rows[i]?.askedAs.join(' ') ?? ''}`)),
  );
  const unitsOf = rows.map(
    (row) => new Set([...row.lead, ...row.support].map((r) => r.unit).filter((u) => !isTownshipUnit(u))),
  );
  const positions = new Map(entries.map((entry, i) => [entry.ref, i]));

  const isVisible = ({ list }: IndexedRow, scope: AskerScope) => isInScope(list.scope, scope);
  return {
    entries,
    isVisible,
    get: (ref) => entries[positions.get(ref) ?? -1] ?? null,
    positionOf: (ref) => positions.get(ref) ?? -1,
    rowSimilarity: (a, b) => (matrix.count > 0 ? dotRows(matrix, a, b) : 0),
    search(query, scope, limit) {
      const { bm25, coverage } = words.score(tokenize(query.text));
      const dense = query.vector ? similarities(matrix, query.vector) : new Float32Array(rows.length);
      const asked = new Float32Array(rows.length).fill(-1);
      if (query.vector && askedMatrix.count > 0)
        similarities(askedMatrix, query.vector).forEach((similarity, i) => {
          const owner = askedOwner[i] ?? 0;
          if (similarity > (asked[owner] ?? -1)) asked[owner] = similarity;
        });
      const candidates: Candidate[] = [];
      for (const [i, entry] of entries.entries()) {
        if (!isVisible(entry, scope)) continue;
        const named = query.units.some((unit) => unitsOf[i]?.has(unit));
        const unitAgreement = query.units.length === 0 ? 0 : named ? 1 : -1;
        const rowDense = dense[i] ?? 0;
        // A phrasing that is nearer than the row itself pulls the row up; one that is farther never pulls it down.
        const lifted = rowDense + WEIGHTS.askedAs * Math.max(0, (asked[i] ?? -1) - rowDense);
        const named1 = unitAgreement === 1 ? 1 : 0;
        const score = query.vector
          ? lifted + WEIGHTS.bm25 * (bm25[i] ?? 0) + WEIGHTS.unit * named1
          : (bm25[i] ?? 0) + WEIGHTS.wordsOnlyUnit * named1;
        candidates.push({
          entry,
          score,
          dense: lifted,
          bm25: bm25[i] ?? 0,
          coverage: coverage[i] ?? 0,
          unitAgreement,
        });
      }
      return candidates.sort((a, b) => b.score - a.score).slice(0, limit);
    },
  };
}

/** A list without class and township holds for all; county staff see no single township's list. */
function isInScope(list: Scope, asker: AskerScope): boolean {
  if (list.township && list.township !== asker.township) return false;
  return !list.townshipClass || list.townshipClass === asker.townshipClass;
}

type Matrix = { data: Float32Array; count: number; dimensions: number };

function pack(vectors: Float32Array[]): Matrix {
  const dimensions = vectors[0]?.length ?? 0;
  const data = new Float32Array(vectors.length * dimensions);
  vectors.forEach((vector, i) => data.set(vector, i * dimensions));
  return { data, count: vectors.length, dimensions };
}

function similarities({ data, count, dimensions }: Matrix, vector: ArrayLike<number>): Float32Array {
  const result = new Float32Array(count);
  const query = Float32Array.from(vector);
  for (let row = 0, at = 0; row < count; row++) {
    let sum = 0;
    for (let j = 0; j < dimensions; j++, at++) sum += (data[at] ?? 0) * (query[j] ?? 0);
    result[row] = sum;
  }
  return result;
}

function dotRows({ data, dimensions }: Matrix, a: number, b: number): number {
  let sum = 0;
  for (let j = 0; j < dimensions; j++)
    sum += (data[a * dimensions + j] ?? 0) * (data[b * dimensions + j] ?? 0);
  return sum;
}
