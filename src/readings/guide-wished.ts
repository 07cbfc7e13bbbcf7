/** A service is wanted in words of its own (上大学钱不够想贷点, 请不起律师 有没有不掏钱的): no column of a guide is asked for yet. */
import { decisionOn, guideDecisionOn } from '../lists/decision.js';
import { namesOtherPaper } from '../lists/guide-words.js';
import { OF_MATTER, reading, TAKEN_FOR, wordsOf, type Known } from './guide-asked.js';
import type { Reading } from './reading.js';

/** Somebody wants something for himself; how sure the guide must be then, and by how much surer than the rows. */
const WISHES = /想(?!不)|打算|准备|要(?!是|求|不|干|做)/;
const WISHED = 0.75;
const WISHED_AHEAD = 0.3;
/** The same where nothing is asked for in words of a guide, and no row answers. */
const ALONE = 0.65;
const ALONE_AHEAD = 0.45;
/** What is answered that the lists say nothing of it; how sure a guide must be there. */
const TURNED_AWAY = new Set(['ask_policy', 'off_topic', 'smalltalk']);
const SURELY_MEANT = 0.85;
const ASKS_TERMS = /多少|几|意思|标准|比例|规定|为(?:啥|什么)|凭(?:啥|什么)|[补赔罚]的?钱/;

/** 每月能领点钱不, 有没有个中间档能认: whether one may have something, and no rule is asked for. */
const GETS =
  /(?:能|可以|给)(?:不能)?(?:再|也|按月|去)?(?:领|认定?|办|补|申请|享受|报|贷|吃)[^,\uff0c\s]{0,5}(?:不|吗|么|没|啥|什么)[?\uff1f]?$|有(?:没有|无|啥|什么)[^,\uff0c\s]{1,8}(?:能|可以)(?:领|认定?|办|补|申请|享受|报|贷)[^,\uff0c\s]{0,3}$/;

/** 上大学钱不够想贷点: nothing is asked of the guide yet, and no row that divides work is as sure. */
export async function wished(text: string, { match, knowledge, asker }: Known): Promise<Reading[]> {
  const wishes = WISHES.test(text) && TAKEN_FOR.has(match.intent);
  // 那身份证丢了补一个呢: what would be turned away, and a guide surely is meant.
  const isTurnedAway = TURNED_AWAY.has(match.intent) && !ASKS_TERMS.test(text);
  const isPlain = TAKEN_FOR.has(match.intent) && !ASKS_TERMS.test(text);
  if (!wishes && !isPlain) return [];
  const found = await guideDecisionOn(text, match, knowledge, asker);
  if (found?.kind !== 'answer')
    return found?.kind === 'ask' && match.intent === 'ask_policy' && GETS.test(text) && !ASKS_TERMS.test(text)
      ? [reading({}, OF_MATTER, `guides to choose from, ${found.probability.toFixed(2)}, and no policy`)]
      : [];
  if (!wishes && namesOtherPaper(text, wordsOf(found.best.entry))) return [];
  const duties = await decisionOn(text, match, knowledge, asker);
  // 请不起律师 有没有不掏钱的: no word asks of a guide, and no row is meant.
  const isAlone = isPlain && duties.kind !== 'answer' && found.probability >= ALONE;
  if (isAlone && found.probability - duties.probability >= ALONE_AHEAD)
    return [reading({}, OF_MATTER, `a guide, ${found.probability.toFixed(2)}, and no row`)];
  if (!wishes && !isTurnedAway) return [];
  if (found.probability < (wishes ? WISHED : SURELY_MEANT)) return [];
  return found.probability - duties.probability < WISHED_AHEAD
    ? []
    : [reading({}, OF_MATTER, `a guide, ${found.probability.toFixed(2)}, and no row as surely`)];
}
