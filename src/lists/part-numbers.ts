/** The numbers that the rows of one county are found by: their words and vectors. */
import type { Tokenizer } from '../text/bm25.js';
import { postingsOf } from '../text/bm25.js';
import { mapInTurns } from '../text/in-turns.js';
import type { PartNumbers } from '../text/kept-part.js';
import { middleOf, pack } from '../text/matrix.js';
import { normalizeText } from '../text/normalize.js';
import type { VectorCache } from '../text/vectors.js';
import { ROUGH } from './bank.js';

/** A running bot answers between them. */
export const ROWS_A_TURN = 100;

/** Where the own phrasings of each row begin, all of them behind each other. */
export function startsOf(asked: string[][]): number[] {
  const starts = [0];
  for (const own of asked) starts.push((starts.at(-1) as number) + own.length);
  return starts;
}

type Options = {
  tokenize: Tokenizer;
  /** Null: words alone. */
  vectors: VectorCache | null;
  onProgress?: (done: number, total: number) => void;
};

/** `texts` of the rows, and what each is `asked` by. */
export async function numbersOf(
  texts: string[],
  asked: string[][],
  { tokenize, vectors, onProgress }: Options,
): Promise<PartNumbers> {
  if (texts.length > ROWS_A_TURN) tokenize.expectMany();
  const tokens = await mapInTurns(
    texts,
    (text, i) => tokenize(`${text} ${asked[i]?.join(' ') ?? ''}`),
    ROWS_A_TURN,
  );
  const all = vectors
    ? await vectors.vectorsOf([...texts, ...asked.flat().map(normalizeText)], onProgress)
    : [];
  const starts = startsOf(asked);
  const askedVectors = all.slice(texts.length);
  const middles =
    all.length === 0
      ? []
      : asked.map((_, i) => middleOf(askedVectors.slice(starts[i], starts[i + 1]), ROUGH));
  return {
    rows: pack(all.slice(0, texts.length)),
    asked: pack(askedVectors),
    middles: pack(middles),
    words: postingsOf(tokens),
  };
}
