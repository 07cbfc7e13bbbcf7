/** What is offered instead of answered or turned away: a scene in words that no list uses, a few words that fit two rows alike. */
import type { Look } from '../nlu/look.js';
import { BEHIND_AT_MOST, OFFERED, type Decision } from './decide.js';

const ASKS = /谁|哪|什么|啥|吗|么$|咋|怎么|多少|几|标准|条件|[?\uff1f]|[呢不]$/;
/** It looks like a question about responsibility by this much, in log-odds, beside what lies outside and beside all else. */
const INSIDE = 2.5;
const LIKE_A_QUESTION = 1.5;
/** Longer ones tell stories of anything. */
const LENGTH_MAX = 26;
const LENGTH_MIN = 6;

/**
 * "包谷地一宿叫拱了半拉 满地蹄子印": trouble is told of and nothing asked. The nearest rows are offered to it, as what they are, instead of named as no answer. Of 380 messages of the tuning half that
 * lie outside the lists none is such a scene, and of 16 first messages of the tuning dialogues that told of a listed matter
 * without a question and were not answered five are.
 */
export function offeredToScene(decision: Decision, text: string, look: Look): Decision {
  if (decision.kind !== 'abstain' || ASKS.test(text)) return decision;
  if (text.length > LENGTH_MAX || text.length < LENGTH_MIN) return decision;
  if (look.inside < INSIDE || look.asks < LIKE_A_QUESTION) return decision;
  const { nearest, probability } = decision;
  const best = nearest[0]?.score ?? 0;
  const offered = nearest.slice(0, OFFERED).filter(({ score }) => best - score <= BEHIND_AT_MOST);
  return offered.length > 0 ? { kind: 'ask', offered, probability, among: probability } : decision;
}

/**
 * So few characters that two rows are as near to say hardly of which of them they speak (噪音大, 树 砍了): both are offered. Of the 23
 * shortest questions of the tuning half one is offered instead of answered, rightly before.
 */
const HEAP = { length: 6, gap: 0.05, right: 0.7 };

export function offeredToHeap(decision: Decision, text: string): Decision {
  if (decision.kind !== 'answer' || text.length > HEAP.length) return decision;
  const { best, others, probability } = decision;
  const isNear = ({ score }: { score: number }) => best.score - score < HEAP.gap;
  const near = others.filter(isNear).slice(0, OFFERED - 1);
  if (near.length === 0 || probability >= HEAP.right || best.unitAgreement !== 0) return decision;
  return { kind: 'ask', offered: [best, ...near], probability, among: probability };
}
