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

/** What the service guides say to a text; null where there are none, or nothing was fitted for them. */
export async function guideDecisionOn(
  text: string,
  match: Pick<IntentMatch, 'scores' | 'intent'>,
  { search, index, guideCalibration, nearness }: Knowledge,
  asker: AskerScope,
): Promise<Decision | null> {
  if (!guideCalibration) return null;
  const found = await search(text, asker, 'guides');
  if (found.length === 0) return null;
  const decision = decide(found, index, guideCalibration, lookOf(match), text.length);
  const [best] = decision.kind === 'ask' ? decision.offered : [];
  if (!best || decision.probability < AGREED) return decision;
  const [duty] = await search(text, asker);
  const [near = 0] = duty ? await nearness(best.entry.row.matter, [duty.entry.row.matter]) : [];
  const others = found.filter((it) => it !== best);
  return near < SAME_SERVICE ? decision : { kind: 'answer', best, probability: decision.probability, others };
}

/**
 * A guide that is not quite sure by itself is, where the lists that divide work name the same matter first: they were
 * searched by other words. On the tuning questions (tests/evaluation/services.tune*.jsonl) five more are answered, all
 * rightly, and no service more that no guide tells.
 */
const AGREED = 0.4;
const SAME_SERVICE = 0.7;
