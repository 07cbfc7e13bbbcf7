/** Questions as the decision sees them, and whether the first row is right. */
import type { Row } from '../core/domain.js';
import { normalizeText } from '../text/normalize.js';
import type { Directory } from '../organizations/directory.js';
import { distinctMatters, featuresOf } from './decide.js';
import { mapInTurns } from '../text/in-turns.js';
import { CANDIDATES } from './retrieve.js';
import type { Among, AskerScope, RowIndex } from './row-index.js';
import type { VectorCache } from '../text/vectors.js';
import type { Tokenizer } from '../text/bm25.js';
import type { Bank } from './bank.js';
import type { Look } from '../nlu/look.js';

export type CalibrationTools = {
  tokenize: Tokenizer;
  /** Vectors of the calibration texts. Null: words alone. */
  vectors: VectorCache | null;
  /** Vectors of an edition's rows. */
  rowVectors: VectorCache | null;
  /** Null: no bank. */
  bank: Bank | null;
  /** Matters of the bank that are calibration matters too: they would give away what is asked. */
  isInBank?: (id: string) => boolean;
  directory: Directory;
  look: (text: string, vector: ArrayLike<number> | null) => Look;
};

/** Questions of a matter that are its row's own phrasings where it has some; the others are asked. */
export const isOwnPhrasing = (_: string, at: number): boolean => at % 2 === 0;
/**
 * Of a drawn list (`inside`) or of none of its matters (`otherMatter`); phrasings of the sample rows; what people asked of the
 * sample county as it stands, of its rows (`asked`) or of what no row has (`unlisted`); messages that ask for no listed matter,
 * against draws (`outside`) and against the sample rows (`outsideNear`): policy questions meet rows of the very same matter.
 */
export type Group = 'inside' | 'phrasing' | 'asked' | 'otherMatter' | 'outside' | 'outsideNear' | 'unlisted';

export type Question = {
  text: string;
  vector: Float32Array | null;
  units: string[];
  look: Look;
};

/** Questions with their vectors and the units they name, as `directory` calls them. */
export async function prepare(
  texts: string[],
  tools: CalibrationTools,
  directory: Directory,
): Promise<Question[]> {
  const normal = texts.map(normalizeText);
  const vectors = tools.vectors ? await tools.vectors.vectorsOf(normal) : [];
  return mapInTurns(normal, (text, i) => ({
    text,
    vector: vectors[i] ?? null,
    units: directory.mentions(text).map((m) => m.unit),
    look: tools.look(text, vectors[i] ?? null),
  }));
}

/** What the decision sees of a question, and whether the first row is right, or one of the first three. */
export type Sample<G extends string = Group> = {
  features: number[];
  best: 0 | 1;
  among: 0 | 1;
  group: G;
};

export function sampleOf<G extends string>(
  question: Question,
  index: RowIndex,
  isGold: (row: Row) => boolean,
  { group, among = 'duties', scope = {} }: { group: G; among?: Among; scope?: AskerScope },
): Sample<G> {
  const candidates = distinctMatters(index.search(question, scope, CANDIDATES, among), index);
  const ranks = candidates.map((c) => isGold(c.entry.row));
  return {
    features: featuresOf(candidates, index, question.look, question.text.length),
    best: ranks[0] ? 1 : 0,
    among: ranks.slice(0, 3).some(Boolean) ? 1 : 0,
    group,
  };
}
