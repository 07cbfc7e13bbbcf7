/** Service guides that may be what was asked, where the rows that divide work are only offered. */
import { asksOfGuide, asksWho } from './guide-words.js';
import type { Knowledge } from './knowledge.js';
import type { AskerScope, Candidate, IndexedRow } from './row-index.js';

/**
 * As near by its meaning as the nearest row offered, and near at all. Of 40 plain wishes of services 12 that only rows were offered for find
 * their guide so, of 20 troubles 4 are offered a guide beside (食品经营许可 for 饭馆没证).
 */
const BEHIND = 0.02;
const LEAST = 0.64;

/** 想交居民养老 带啥去: what only a guide says is asked for, so that the second nearest may be meant as well. */
const AS_NEAR = 0.04;

export async function guidesBeside(
  text: string,
  offered: readonly Candidate[],
  { search }: Pick<Knowledge, 'search'>,
  asker: AskerScope,
): Promise<IndexedRow[]> {
  if (asksWho(text)) return [];
  const [best, next] = await search(text, asker, 'guides');
  const nearest = Math.max(0, ...offered.map(({ dense }) => dense));
  if (!best || best.dense < LEAST || best.dense < nearest - BEHIND) return [];
  const isNear = next && next.dense >= LEAST && best.score - next.score <= AS_NEAR;
  return isNear && asksOfGuide(text) ? [best.entry, next.entry] : [best.entry];
}
