/**
 * 咱乡里做点啥, behind whether an act may be penalised there: the item of penalty says nothing of who does what, and the row that
 * divides the work of its matter does.
 */
import { askerOf } from '../lists/answer.js';
import { classPenalty } from '../lists/class-penalty.js';
import { dividingRow } from '../lists/same-matter.js';
import type { Question } from '../lists/structured-question.js';
import { ownMatter } from './follow-up-words.js';
import { NO_MATTER } from './row-asked.js';
import { rowReader } from './rows.js';
import type { Reader } from './reading.js';

/** Below what is asked of the item itself (readings/class-penalty.ts). */
const LIKELY = 0.93;
const LENGTH_MAX = 16;
/** Sides that an item does not have. */
const OF_THE_MATTER: ReadonlySet<string | undefined> = new Set([
  ...['township', 'unit', 'lead', 'support', 'contact', 'ours'],
]);

export const itemDividedReader: Reader = {
  name: 'row of a penalty item',
  async read(ctx, deps) {
    const { text, session, match, person } = ctx;
    const { ask, township, field } = (session?.listing?.filter as Question | undefined) ?? {};
    if (ask !== 'penalty' || !session || session.focus || session.isChoosing || !township || !field)
      return [];
    if (match.via !== 'example' || text.length > LENGTH_MAX || ownMatter(text).length > NO_MATTER) return [];
    const knowledge = deps.knowledge();
    const asker = askerOf(person, knowledge, deps.contacts);
    const item = await classPenalty(field, township, { match, knowledge, asker });
    const divided = item && dividingRow(item.entry, knowledge, asker);
    if (!divided) return [];
    const { listing: _, ...rest } = session;
    const open = { ...rest, focus: divided.ref, question: field };
    const found = await rowReader.read({ ...ctx, session: open }, deps);
    return found
      .filter(
        ({ slots, probability }) => OF_THE_MATTER.has(slots?.['action']) && probability >= LIKELY - 0.01,
      )
      .map((reading) => ({
        ...{ ...reading, session: open, probability: LIKELY },
        why: `${reading.why}; the item was asked of`,
      }));
  },
};
