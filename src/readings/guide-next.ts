/**
 * 那低保呢 村里替他跑一趟中不, 到期换的呢: the same thing asked of another service, or of another case of the one that stands open.
 */
import type { GuideField } from '../core/guide.js';
import { guideDecisionOn } from '../lists/decision.js';
import { asksToActFor, asksWho, fieldOfOpenGuide, guideFieldAsked } from '../lists/guide-words.js';
import type { IndexedRow } from '../lists/row-index.js';
import { pairsOf } from '../organizations/names.js';
import { conditionOf, ownMatter } from './follow-up-words.js';
import { namesOther, OF_MATTER, reading, saidIn, wordsOf, type Known } from './guide-asked.js';
import type { Reading } from './reading.js';

/** Above who may act for another, of the guide that stands open (readings/guides.ts). */
const NAMED = 0.998;
const NEXT =
  /^(?:那么?|还有|再问|换成|要是|如果|[\s,\uff0c])*(?<thing>[\u4e00-\u9fff]{2,8}?)(?:的话|呢|咧|哩)(?:[\s,\uff0c]+(?<asked>.{2,16}))?[?\uff1f]?$/;

/** Ways to ask for a service, of which one is enough. */
const WAYS = ['怎么申请', '要什么材料', '登记要什么材料'];

/** 低保的呢 is 低保, where the guide is called or asked by that; 小孩的呢 is a case of what stands open. */
async function guideOf(thing: string, { match, knowledge, asker }: Known): Promise<IndexedRow | null> {
  const name = thing.replace(/的$/, '');
  for (const way of WAYS) {
    const found = await guideDecisionOn(`${name}${way}`, match, knowledge, asker);
    const entry = found?.kind === 'answer' ? found.best.entry : null;
    if (entry && (name === thing || wordsOf(entry).includes(name))) return entry;
  }
  return null;
}

/** 到期换的, 满十六的: somebody's; else a word of the guide. */
const isCaseOf = (thing: string, guide: IndexedRow): boolean =>
  thing.endsWith('的') || pairsOf(thing).some((pair) => saidIn(guide).includes(pair));

type Asking = {
  text: string;
  known: Known;
  focus: IndexedRow | null;
  question: string | undefined;
  isOpen: boolean;
};

const fieldIn = (text: string): GuideField | null =>
  asksToActFor(text) ? 'agency' : (fieldOfOpenGuide(text, ownMatter) ?? guideFieldAsked(text));

export async function onNextThing({
  text,
  known,
  focus,
  question = '',
  isOpen,
}: Asking): Promise<Reading[] | null> {
  const before = fieldIn(question);
  if ((focus ? !focus.row.guide : before === null) || asksWho(text)) return null;
  const { thing = '', asked = '' } = NEXT.exec(text)?.groups ?? {};
  const field = asked === '' ? before : fieldIn(asked);
  const entry = field && thing !== '' ? await guideOf(thing, known) : null;
  if (field && entry && entry !== focus)
    return [reading({ action: 'field', value: entry.ref, field }, NAMED, `${field} of “${thing}”`)];
  if (
    !focus ||
    !isOpen ||
    asked !== '' ||
    conditionOf(text) === null ||
    !isCaseOf(thing, focus) ||
    (await namesOther(text, focus, known))
  )
    return null;
  const why = 'another case of the guide in focus';
  return before
    ? [reading({ action: 'field', value: focus.ref, field: before }, OF_MATTER, why)]
    : [
        {
          ...{ intent: 'ask_responsibility', slots: { action: 'whole', value: focus.ref } },
          ...{ probability: OF_MATTER, why },
        },
      ];
}
