/** Question to ranked rows. */
import { normalizeText } from '../text/normalize.js';
import type { Directory } from '../organizations/directory.js';
import type { Encoder } from '../text/encoder.js';
import type { Among, AskerScope, Candidate, RowIndex } from './row-index.js';

/** The decision looks at the best row, the next one and the ten behind it. */
export const CANDIDATES = 12;

export type Retrieving = {
  index: RowIndex;
  /** Null: words alone. */
  encoder: Encoder | null;
  directory: Directory;
  scope: AskerScope;
  /** Rows that divide work when absent. */
  among?: Among;
};

export async function retrieve(question: string, options: Retrieving): Promise<Candidate[]> {
  const { index, encoder, directory, scope, among } = options;
  const text = normalizeText(question);
  const vector = encoder ? await encoder.embedQuery(text) : null;
  const units = directory.mentions(text).map((m) => m.unit);
  return index.search({ text, vector, units }, scope, CANDIDATES, among);
}
