/** A message and the row that it may be about; what a reading of it says. */
import type { Context } from '../core/types.js';
import type { Decision } from '../lists/decide.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { AskerScope, IndexedRow } from '../lists/row-index.js';
import type { Aspect } from './follow-up-words.js';
import type { Reading } from './reading.js';
import { sharesWords } from './units-of-row.js';

export const INTENT = 'ask_responsibility';

/** Surer than any classifier that a few words without a matter are about the row that stands open. */
export const SURE = 0.97;
export const LIKELY = 0.92;
/**
 * Characters of a matter of its own: up to one it is about what stands open (井盖 are two); up to seven only when the lists
 * hardly know it by itself.
 */
export const NO_MATTER = 1;
export const SOME_MATTER = 4;
const OWN_MATTER = 8;
const HARDLY_KNOWN = 0.25;
/** A question that the lists answer this surely by itself needs nothing that was said before. */
export const ANSWERS_ITSELF = 0.93;
/** A message, and the row that it may be about. */
export type Asked = {
  ctx: Context;
  entry: IndexedRow;
  knowledge: Knowledge;
  asker: AskerScope;
  /** What the lists say to a text by itself. */
  decide: (text: string) => Promise<Decision>;
  /** The same of the message, looked for once. */
  alone: () => Promise<Decision>;
  /** Rows of other lists that state its matter too. */
  alike: () => IndexedRow[];
  /** Where it names no department: rows found for the same question that do. */
  beside: () => IndexedRow[];
};

export const about = (
  entry: IndexedRow,
  action: Aspect,
  probability: number,
  why: string,
  more: Record<string, string> = {},
): Reading[] => [
  {
    intent: INTENT,
    slots: { action, value: entry.ref, ...more },
    probability,
    why: `${action} of the row in focus: ${why}`,
  },
];

/** Whether what is left of a message is no matter of its own, or none that the lists know by itself. */
export async function isOf({ alone: decision, entry }: Asked, rest: string): Promise<boolean> {
  if (rest.length <= NO_MATTER) return true;
  if (rest.length >= OWN_MATTER || (rest.length > SOME_MATTER && !sharesWords(rest, entry))) return false;
  const alone = await decision();
  return alone.kind !== 'answer' && alone.probability < HARDLY_KNOWN;
}
