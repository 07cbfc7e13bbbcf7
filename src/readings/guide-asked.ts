/** What a few words ask of a service guide, as learned from sentences (speech/guides.yaml), and whether they name a service of their own. */
import type { Context } from '../core/types.js';
import { isGuideField, type GuideField } from '../core/guide.js';
import { decisionOn, guideDecisionOn } from '../lists/decision.js';
import { namesOtherPaper, withoutGuideWords } from '../lists/guide-words.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { AskerScope, IndexedRow } from '../lists/row-index.js';
import { pairsOf } from '../organizations/names.js';
import { ownMatter } from './follow-up-words.js';
import type { ReadingDeps } from './reading.js';

/** Of 75 own follow-ups that were kept from the sentences 52 of the 61 on an open guide lie above this, all with their column. */
const LEARNED = 0.6;
/** Longer ones have a matter of their own. */
const LENGTH_MAX = 18;

export async function learnedField(text: string, { speech }: ReadingDeps): Promise<GuideField | null> {
  if (!speech || text.length > LENGTH_MAX) return null;
  const [best] = await speech.guides(text);
  return best && best.probability >= LEARNED && isGuideField(best.kind) ? best.kind : null;
}

export const wordsOf = ({ row }: IndexedRow): string => [row.matter, ...row.askedAs].join(' ');

/** 补一张, 换个新的: the thing of the guide itself. */
const HANDLED = /[补换办领开做一二两三个张本次份新]/g;

/** 婚检要钱不, of a marriage: what something else costs is not what handling costs. */
export function isOtherPrice(text: string, guide: IndexedRow): boolean {
  const pairs = pairsOf(ownMatter(withoutGuideWords(text)).replace(HANDLED, ''));
  const own = [wordsOf(guide), ...Object.values(guide.row.guide ?? {})].join(' ');
  return pairs.length > 0 && !pairs.some((pair) => own.includes(pair));
}

export type Known = { match: Context['match']; knowledge: Knowledge; asker: AskerScope };

/** Whether the lists know it without what was said before: 残疾证要带啥 while another guide or a row stands open. */
export async function namesOther(text: string, open: IndexedRow, known: Known): Promise<boolean> {
  if (open.row.guide && namesOtherPaper(text, wordsOf(open))) return true;
  const { match, knowledge, asker } = known;
  const found = await guideDecisionOn(text, match, knowledge, asker);
  if (found?.kind === 'answer') return found.best.entry !== open;
  return (await decisionOn(text, match, knowledge, asker)).kind === 'answer';
}
