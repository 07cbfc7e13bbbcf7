/** A service guide that may be what was asked, where the rows that divide work are only offered. */
import { asksWho } from './guide-words.js';
import type { Knowledge } from './knowledge.js';
import type { AskerScope, Candidate, IndexedRow } from './row-index.js';

/**
 * As near by its meaning as the nearest row offered, and near at all. Of 40 plain wishes of services 12 that only rows were offered for find
 * their guide so, of 20 troubles 4 are offered a guide beside (食品经营许可 for 饭馆没证).
 */
const BEHIND = 0.02;
const LEAST = 0.64;

export async function guideBeside(
  text: string,
  offered: readonly Candidate[],
  { search }: Pick<Knowledge, 'search'>,
  asker: AskerScope,
): Promise<IndexedRow | null> {
  if (asksWho(text)) return null;
  const [best] = await search(text, asker, 'guides');
  const nearest = Math.max(0, ...offered.map(({ dense }) => dense));
  return best && best.dense >= LEAST && best.dense >= nearest - BEHIND ? best.entry : null;
}
