/**
 * How a service is applied for ("办低保要什么材料", "在哪办"): a guide that surely is meant, one thing of the guide spoken of
 * last, or a question that only a guide could answer. Who is responsible is never read so.
 */
import { guideDecisionOn, decisionOn } from '../lists/decision.js';
import { askerOf } from '../lists/answer.js';
import {
  asksSurely,
  asksWho,
  namesOtherPaper,
  guideFieldAsked,
  isBareAsk,
  withoutGuideWords,
} from '../lists/guide-words.js';
import type { IndexedRow } from '../lists/row-index.js';
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

export const guideReader: Reader = {
  name: 'guide',
  async read(ctx, deps) {
    const { text, match, session, person } = ctx;
    const asked = guideFieldAsked(text);
    const field = asked ?? (/电话|号码/.test(text) ? 'phone' : null);
    if (!field || asksWho(text) || text.length > MAX_LENGTH) return [];
    const knowledge = deps.knowledge();
    const asker = askerOf(person, knowledge, deps.contacts);
    const focus = session?.focus === undefined ? null : knowledge.index.get(session.focus);
    const hasMatter = ownMatter(withoutGuideWords(text)).length > NO_MATTER;
    if (focus?.row.guide && !hasMatter)
      return [
        reading({ action: 'field', value: focus.ref, field }, OF_FOCUS, `${field} of the guide in focus`),
      ];
    // A telephone alone is asked of units and people.
    if (!asked) return [];
    if (!TAKEN_FOR.has(match.intent) && match.score >= HAS_A_PURPOSE) return [];
    if (focus && !hasMatter) {
      const whole = `${session?.question ?? focus.row.matter} ${text}`;
      const found = await guideDecisionOn(whole, match, knowledge, asker);
      return found?.kind === 'answer'
        ? [{ ...reading({ field }, OF_MATTER, `the guide of the matter in focus`), text: whole }]
        : [];
    }
    const found = await guideDecisionOn(text, match, knowledge, asker);
    if (!found) return [];
    const isOther = found.kind === 'answer' && namesOtherPaper(text, wordsOf(found.best.entry));
    if (found.kind === 'answer' && !isOther)
      return [reading({ field }, SURE, `a guide, ${found.probability.toFixed(2)}`)];
    const duties = await decisionOn(text, match, knowledge, asker);
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

const wordsOf = ({ row }: IndexedRow): string => [row.matter, ...row.askedAs].join(' ');

const reading = (slots: Record<string, string>, probability: number, why: string): Reading => ({
  ...{ intent: INTENT, slots, probability, why },
});
