/** The rows as a LangChain retriever, so that any chain can read the lists as the program does. */
import { Document } from '@langchain/core/documents';
import { BaseRetriever } from '@langchain/core/retrievers';
import { retrieve, type Retrieving } from './retrieve.js';
import type { Candidate } from './row-index.js';
import { rowText } from './row-text.js';

export type RowDocument = Document<{ ref: string; list: string; number: string; candidate: Candidate }>;

export class RowRetriever extends BaseRetriever<RowDocument['metadata']> {
  lc_namespace = ['qingdan', 'lists'];
  readonly #options: Retrieving;

  constructor(options: Retrieving) {
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
