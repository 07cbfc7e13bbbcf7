/** Question to ranked rows, as a LangChain retriever, so that any chain can read the lists. */
import { Document } from '@langchain/core/documents';
import { BaseRetriever } from '@langchain/core/retrievers';
import { normalizeText } from '../text/normalize.js';
import type { Directory } from '../organizations/directory.js';
import type { Encoder } from '../text/encoder.js';
import type { Among, AskerScope, Candidate, RowIndex } from './row-index.js';
import { rowText } from './row-text.js';

/** The decision looks at the best row, the next one and the ten behind it. */
export const CANDIDATES = 12;

export type RowDocument = Document<{ ref: string; list: string; number: string; candidate: Candidate }>;

type Options = {
  index: RowIndex;
  /** Null: words alone. */
  encoder: Encoder | null;
  directory: Directory;
  scope: AskerScope;
  /** Rows that divide work when absent. */
  among?: Among;
};

export class RowRetriever extends BaseRetriever<RowDocument['metadata']> {
  lc_namespace = ['qingdan', 'lists'];
  readonly #options: Options;

  constructor(options: Options) {
    super();
    this.#options = options;
  }

  override async _getRelevantDocuments(question: string): Promise<RowDocument[]> {
    const candidates = await retrieve(question, this.#options);
    return candidates.map(
      (candidate) =>
        new Document({
          pageContent: rowText(candidate.entry.row),
          metadata: {
            ref: candidate.entry.ref,
            list: candidate.entry.list.title,
            number: candidate.entry.row.number,
            candidate,
          },
        }),
    );
  }
}

async function retrieve(question: string, options: Options): Promise<Candidate[]> {
  const { index, encoder, directory, scope, among } = options;
  const text = normalizeText(question);
  const vector = encoder ? await encoder.embedQuery(text) : null;
  const units = directory.mentions(text).map((m) => m.unit);
  return index.search({ text, vector, units }, scope, CANDIDATES, among);
}
