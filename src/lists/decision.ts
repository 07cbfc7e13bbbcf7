/** What the lists say to a text: rows looked for as the asker, then answer, ask or abstain. */
import type { IntentMatch } from '../core/types.js';
import { lookOf } from '../nlu/look.js';
import { BEHIND_AT_MOST, decide, type Decision } from './decide.js';
import type { Knowledge } from './knowledge.js';
import { asksHandling, asksOfGuide } from './guide-words.js';
import { sideFirst } from './side-asked.js';
import type { AskerScope, Candidate } from './row-index.js';

/** `match`: of the message that the text is from, which tells how much it looks like a question about responsibility. */
export async function decisionOn(
  text: string,
  match: Pick<IntentMatch, 'scores' | 'intent'>,
  { search, index, calibration }: Knowledge,
  asker: AskerScope,
): Promise<Decision> {
  const found = headFirst(text, await search(text, asker));
  const ofSide = sideFirst(text, found, index);
  const decideOn = (among: Candidate[]): Decision =>
    withoutAbsurd(text, decide(among, index, calibration, lookOf(match), text.length));
  const decision = decideOn(ofSide);
  if (ofSide === found || decision.kind !== 'abstain') return decision;
  // Not sure enough by themselves: to choose from, beside the row of the other side.
  const whole = decideOn(found);
  if (whole.kind !== 'answer') return whole;
  const offered = [...ofSide.slice(0, 1), whole.best];
  return { kind: 'ask', offered, probability: whole.probability, among: whole.probability };
}

/**
 * 公积金想提出来装修 到哪儿办: a short question on how something is handled, for which no row is likely, is asked of guides; rows that only
 * share a word with it would be absurd. On the tuning halves 2 messages outside the lists are offered no row more, and no question
 * loses its row.
 */
const HANDLED = { length: 20, right: 0.25 };
function withoutAbsurd(text: string, decision: Decision): Decision {
  // What is to be brought is asked of a guide, which is shown beside the rows (near-guide.ts).
  if (decision.kind !== 'ask' || !asksHandling(text) || asksOfGuide(text)) return decision;
  const { offered, probability } = decision;
  const isUnlikely = text.length <= HANDLED.length && probability < HANDLED.right;
  return isUnlikely ? { kind: 'abstain', nearest: offered, probability } : decision;
}

/**
 * 老旧小区加装电梯谁管: the thing that is asked of stands last. A row whose name has it, nearer by its meaning and hardly behind by
 * words, stands before one that is called by what only says where.
 */
function headFirst(text: string, found: Candidate[]): Candidate[] {
  const [best, ...others] = found;
  const head = HEAD.exec(text)?.groups?.['head'];
  if (!best || head === undefined || best.entry.row.matter.includes(head)) return found;
  const named = others.find(
    ({ entry, score, dense }) =>
      best.score - score <= BEHIND_AT_MOST && dense > best.dense && entry.row.matter.includes(head),
  );
  return named ? [named, best, ...others.filter((it) => it !== named)] : found;
}
const HEAD =
  /(?<head>[\u4e00-\u9fff]{4})(?:的事儿?|的事情|这事儿?)?[,\uff0c\s]?(?:该|应该|到底)?(?:(?:归|由|是|找)?(?:谁|哪一?[个家](?:局|部门|单位)?)(?:来)?(?:管|负责|牵头|办)?)[呢啊呀]?[?\uff1f]?$/;

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
