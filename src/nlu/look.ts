/** How much a message looks like a question about responsibility. */
import type { IntentMatch } from '../core/types.js';
import { ASKS } from './model.js';

/** Intents whose messages the lists must not answer although they may speak of a listed matter. */
const OUTSIDE = ['ask_policy', 'off_topic', 'smalltalk'] as const;

/**
 * Two log-odds, clipped to ±7: of asking for a responsibility against what lies outside the lists, and of asking
 * against everything else.
 */
export function lookOf(match: Pick<IntentMatch, 'scores' | 'intent'>): Look {
  const asks = match.scores['ask_responsibility'] ?? 0;
  const outside = OUTSIDE.reduce((sum, id) => sum + (match.scores[id] ?? 0), 0);
  const plain = match.scores[ASKS] ?? (match.intent === 'ask_responsibility' ? 1 : 0);
  return { inside: logOdds(asks, outside), asks: logOdds(plain, 1 - plain) };
}

const logOdds = (yes: number, no: number): number => Math.log((yes + 1e-3) / (no + 1e-3));

/** How much the message looks like a question about responsibility, in log-odds, from the intent matcher. */
export type Look = { inside: number; asks: number };
