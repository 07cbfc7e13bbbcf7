/** The edition in force with everything that answers from it. */
import { rowKey, type Edition, type List, type Row } from '../core/domain.js';
import { traitsOf } from '../core/list-kinds.js';
import type { Bank } from './bank.js';
import { pairsOf } from '../organizations/names.js';
import type { Directory } from '../organizations/directory.js';
import type { Calibration } from './decide.js';
import type { Encoder } from '../text/encoder.js';
import { RowRetriever } from './retriever.js';
import { createRowIndex, type Among, type AskerScope, type Candidate, type RowIndex } from './row-index.js';
import { innerProduct } from '../text/matrix.js';
import { createMemo } from '../text/memo.js';
import { normalizeText } from '../text/normalize.js';
import type { VectorCache } from '../text/vectors.js';
import type { Tokenizer } from '../text/bm25.js';
import type { KeptParts } from '../text/kept-part.js';

/** A message is looked for a few times; many are under way at once. */
const SEARCHES_KEPT = 64;
/** Duties of rows that were compared with a message; each costs as much as a question, once. */
const TEXTS_KEPT = 4_000;

export type Knowledge = {
  edition: Edition;
  index: RowIndex;
  directory: Directory;
  calibration: Calibration;
  /** Of the service guides; null where it was never fitted: then no guide is answered by itself. */
  guideCalibration: Calibration | null;
  /** Ranked rows visible to the asker, of those that divide work or of the guides. */
  search(question: string, scope: AskerScope, among?: Among): Promise<Candidate[]>;
  /** Cosine of a text with each of the others; without an encoder the share of its pairs of characters that they have. */
  nearness(text: string, others: string[]): Promise<number[]>;
};

export async function createKnowledge(options: {
  edition: Edition;
  directory: Directory;
  calibration: Calibration;
  guideCalibration?: Calibration | null;
  encoder: Encoder | null;
  vectors: VectorCache | null;
  bank?: Bank | null;
  /** Where what rows are found by is kept; not at all when absent. */
  parts?: KeptParts;
  tokenize: Tokenizer;
  onProgress?: (done: number, total: number) => void;
}): Promise<Knowledge> {
  const {
    edition,
    directory,
    calibration,
    guideCalibration = null,
    encoder,
    vectors,
    tokenize,
    onProgress,
    bank,
    parts = null,
  } = options;
  const known = edition.matches?.key === bank?.key ? edition.matches?.rows : undefined;
  const index = await createRowIndex({
    editionId: edition.id,
    lists: edition.lists,
    rows: edition.rows,
    ...{ tokenize, vectors, parts },
    bank: bank ? { bank, matchesOf: (row) => known?.[rowKey(row)] ?? null } : null,
    ...(onProgress && { onProgress }),
  });
  // Readers and the handler look for the same words, and for what a row says beside each message that may be about it.
  const searches = createMemo<Candidate[]>(SEARCHES_KEPT);
  const texts = createMemo<number[]>(TEXTS_KEPT);
  return {
    edition,
    index,
    directory,
    calibration,
    guideCalibration,
    search(question, scope, among = 'duties') {
      const { county = '', township = '', townshipClass = '' } = scope;
      return searches([among, county, township, townshipClass, question].join('\n'), async () => {
        const retriever = new RowRetriever({ index, encoder, directory, scope, among });
        return (await retriever.invoke(question)).map((document) => document.metadata.candidate);
      });
    },
    async nearness(text, others) {
      const normal = normalizeText(text);
      if (!encoder) return others.map((other) => pairShare(normal, normalizeText(other)));
      const vector = await encoder.embedQuery(normal);
      const vectors = await Promise.all(
        others.map(normalizeText).map((other) => texts(other, () => encoder.embedQuery(other))),
      );
      return vectors.map((other) => innerProduct(other, vector));
    },
  };
}

function pairShare(text: string, other: string): number {
  const pairs = pairsOf(text);
  return pairs.length === 0 ? 0 : pairs.filter((pair) => other.includes(pair)).length / pairs.length;
}

/** Words of the county that the general dictionary cuts to pieces. */
export function domainTerms(directory: Directory, lists: List[], rows: Row[]): string[] {
  const units = directory.organizations.flatMap((o) => [o.name, ...o.aliases]);
  // The words of guides must not change how the lists that divide work are cut to words.
  const dividing = lists.filter(({ kind }) => !traitsOf(kind).isGuide);
  const ids = new Set(dividing.map(({ id }) => id));
  const domains = rows.filter(({ listId }) => ids.has(listId)).map((r) => r.domain);
  return [...new Set([...units, ...dividing.map((l) => l.title), ...domains])];
}
