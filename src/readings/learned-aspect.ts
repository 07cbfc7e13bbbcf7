/** Which side of the row spoken of last a message asks for, as learned from sentences (nlu/model.ts). */
import type { Context } from '../core/types.js';
import { ASPECT } from '../nlu/model.js';
import { aspectOf, type Aspect } from './follow-up-words.js';

/** Sides that are learned from sentences (nlu/model.ts), and from where on they are taken for it. */
const ASPECTS = [
  ...['township', 'lead', 'support', 'basis', 'source', 'contact', 'penalty', 'ours', 'whole'],
] as Aspect[];
const LEARNED = 0.4;
export const LEARNED_WELL = 0.85;

/** The side that the sentences of intents/ask_responsibility.yaml speak for. */
export function learnedAspect(scores: Context['match']['scores']): { aspect: Aspect; p: number } | undefined {
  return ASPECTS.map((aspect) => ({ aspect, p: scores[`${ASPECT}${aspect}`] ?? 0 }))
    .sort((a, b) => b.p - a.p)
    .find(({ p }) => p >= LEARNED);
}

/** 牵头这家的局长叫什么, 我们这儿谁盯这一块: a person is asked for, whoever leads. */
export const asksForPerson = (text: string, isLearnedWell: boolean): boolean =>
  OF_A_TITLE.test(text) || (!isLearnedWell && aspectOf(text) === 'contact');
const OF_A_TITLE =
  /(?:局长|主任|镇长|乡长|所长|队长|站长|书记|负责人|联系人|联络员|经办人)(?:是|叫|姓|贵姓|有谁|[?\uff1f]?$)/;
