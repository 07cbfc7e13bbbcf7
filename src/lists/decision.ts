/** What the lists say to a text: rows looked for as the asker, then answer, ask or abstain. */
import type { IntentMatch } from '../core/types.js';
import { lookOf } from '../nlu/look.js';
import { decide, type Decision } from './decide.js';
import type { Knowledge } from './knowledge.js';
import type { AskerScope } from './row-index.js';

/** `match`: of the message that the text is from, which tells how much it looks like a question about responsibility. */
export async function decisionOn(
  text: string,
  match: Pick<IntentMatch, 'scores' | 'intent'>,
  { search, index, calibration }: Knowledge,
  asker: AskerScope,
): Promise<Decision> {
  return decide(await search(text, asker), index, calibration, lookOf(match), text.length);
}
