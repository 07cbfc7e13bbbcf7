/**
 * How a service is applied for ("办低保要什么材料", "在哪办"): a guide that surely is meant, one thing of the guide spoken of
 * last, or a question that only a guide could answer. Who is responsible is never read so.
 */
import { guideDecisionOn, decisionOn } from '../lists/decision.js';
import { askerOf } from '../lists/answer.js';
import {
  asksSurely,
  asksWho,
  fieldOfOpenGuide,
  namesOtherPaper,
  guideFieldAsked,
  isBareAsk,
  withoutGuideWords,
} from '../lists/guide-words.js';
import type { Context } from '../core/types.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { AskerScope, IndexedRow } from '../lists/row-index.js';
import { ownMatter } from './follow-up-words.js';
import type { Reader, Reading } from './reading.js';

const INTENT = 'ask_service';
/** Above what is read of the row spoken of last (readings/rows.ts): a matter of its own is no follow-up. */
const SURE = 0.98;
/** Above a structured question: 电话多少 is asked of the guide that stands open. */
const OF_FOCUS = 0.997;
/** Above what the examples alone can say, below every reader that found its thing. */
const NO_GUIDE = 0.906;
/** Of a row that divides work the guide is what the next words may ask for. */
const OF_MATTER = 0.93;
const NO_MATTER = 1;
const MAX_LENGTH = 60;
/** What such a message may be taken for; what acts (files, signs, reminds) has a purpose of its own. */
const TAKEN_FOR = new Set([
  ...['ask_responsibility', 'ask_policy', 'off_topic', 'smalltalk', 'help', 'list_rows', 'bind_identity'],
  ...['request_status', 'list_duties', 'correct_answer'],
]);
const HAS_A_PURPOSE = 0.75;
/** Where nothing but a service is named and asked for. */
const NAMES_MATTER = 0.85;
/** How much surer the guides must be than the rows that would be offered. */
const SURER = 0.1;
/** Somebody wants something for himself; how sure the guide must be then, and by how much surer than the rows. */
const WISHES = /想(?!不)|打算|准备|要(?!是|求|不|干|做)/;
const WISHED = 0.75;
const WISHED_AHEAD = 0.3;
/** What is answered that the lists say nothing of it; how sure a guide must be there. */
const TURNED_AWAY = new Set(['ask_policy', 'off_topic', 'smalltalk']);
const SURELY_MEANT = 0.85;
const ASKS_TERMS = /多少|几|意思|标准|比例|规定|为(?:啥|什么)|凭(?:啥|什么)|[补赔罚]的?钱/;

export const guideReader: Reader = {
  name: 'guide',
  async read(ctx, deps) {
    const { text, match, session, person } = ctx;
    if (asksWho(text) || text.length > MAX_LENGTH) return [];
    const knowledge = deps.knowledge();
    const asker = askerOf(person, knowledge, deps.contacts);
    const focus = session?.focus === undefined ? null : knowledge.index.get(session.focus);
    const ofOpen = focus?.row.guide ? fieldOfOpenGuide(text, ownMatter) : null;
    if (focus && ofOpen)
      return [
        reading(
          { action: 'field', value: focus.ref, field: ofOpen },
          OF_FOCUS,
          `${ofOpen} of the open guide`,
        ),
      ];
    const asked = guideFieldAsked(text);
    const field = asked ?? (/电话|号码/.test(text) ? 'phone' : null);
    if (!field) return wished(text, { match, knowledge, asker });
    const hasMatter = ownMatter(withoutGuideWords(text)).length > NO_MATTER;
    if (focus?.row.guide && !hasMatter)
      return [
        reading({ action: 'field', value: focus.ref, field }, OF_FOCUS, `${field} of the guide in focus`),
      ];
    // A telephone alone is asked of units and people.
    if (!asked) return [];
    if (!TAKEN_FOR.has(match.intent) && match.score >= HAS_A_PURPOSE) return [];
    const spokenOf = session?.question ?? focus?.row.matter;
    if (spokenOf !== undefined && !hasMatter) {
      const whole = `${spokenOf} ${text}`;
      const found = await guideDecisionOn(whole, match, knowledge, asker);
      return found?.kind === 'answer' || (found?.kind === 'ask' && !focus)
        ? [{ ...reading({ field }, OF_MATTER, `the guide of the matter in focus`), text: whole }]
        : [];
    }
    const found = await guideDecisionOn(text, match, knowledge, asker);
    if (!found) return [];
    const isOther = found.kind === 'answer' && namesOtherPaper(text, wordsOf(found.best.entry));
    if (found.kind === 'answer' && !isOther)
      return [reading({ field }, SURE, `a guide, ${found.probability.toFixed(2)}`)];
    const duties = await decisionOn(text, match, knowledge, asker);
    // 月子娃要上户 带些啥: rows of other matters are offered less surely than the guide.
    const isGuides =
      found.kind === 'ask' && asksSurely(field) && found.probability - duties.probability >= SURER;
    if (duties.kind === 'ask' && isGuides)
      return [reading({ field }, NO_GUIDE, 'guides are nearer than rows')];
    if (!hasMatter || duties.kind === 'ask') return [];
    if (duties.kind === 'answer') {
      // A row on who is responsible answers another question: it must be surer of its matter than where it was asked for.
      const isOfRow = duties.probability >= NAMES_MATTER || !isBareAsk(text);
      return isOfRow ? [] : [reading({ field }, NO_GUIDE, 'no guide, and the row is of another matter')];
    }
    return found.kind === 'ask' || asksSurely(field)
      ? [reading({ field }, NO_GUIDE, `asks for a guide, ${found.probability.toFixed(2)} at best`)]
      : [];
  },
};

/** 上大学钱不够想贷点: nothing is asked of the guide yet, and no row that divides work is as sure. */
async function wished(
  text: string,
  { match, knowledge, asker }: { match: Context['match']; knowledge: Knowledge; asker: AskerScope },
): Promise<Reading[]> {
  const wishes = WISHES.test(text) && TAKEN_FOR.has(match.intent);
  // 那身份证丢了补一个呢: what would be turned away, and a guide surely is meant.
  const isTurnedAway = TURNED_AWAY.has(match.intent) && !ASKS_TERMS.test(text);
  if (!wishes && !isTurnedAway) return [];
  const found = await guideDecisionOn(text, match, knowledge, asker);
  if (found?.kind !== 'answer' || found.probability < (wishes ? WISHED : SURELY_MEANT)) return [];
  if (!wishes && namesOtherPaper(text, wordsOf(found.best.entry))) return [];
  const duties = await decisionOn(text, match, knowledge, asker);
  return found.probability - duties.probability < WISHED_AHEAD
    ? []
    : [reading({}, OF_MATTER, `a guide, ${found.probability.toFixed(2)}, and no row as surely`)];
}

const wordsOf = ({ row }: IndexedRow): string => [row.matter, ...row.askedAs].join(' ');

const reading = (slots: Record<string, string>, probability: number, why: string): Reading => ({
  ...{ intent: INTENT, slots, probability, why },
});
