/** Which part of a row a message is about, by what it says beside what each unit has to do. */
import type { Responsibility } from '../core/domain.js';
import { isTownshipUnit, pairsOf } from '../organizations/names.js';
import { ownMatter } from './follow-up-words.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { AskerScope, IndexedRow } from '../lists/row-index.js';

type Known = { knowledge: Knowledge; asker: AskerScope };

/**
 * How likely a message is about one part of the row, from the cosine of its nearest part and that of the best row of all
 * lists. Fitted on 471 follow-ups on a part and 255 questions of their own by somebody who had not seen this: by
 * cross-validation 0.87 of the parts are above 0.75, and 0.1 of the questions, most of which the lists answer surely.
 */
const OF_ROW = { bias: 3.39, near: 26.68, other: 16.52 };
/** A word of its own that stands in the duty of one part alone says more than what lies near: 移动的杆子, in no clause on power lines. */
const OWN_WORD = 0.12;
/** What is done, asked of whoever does it: 哪个局拨, in the duty of one part alone, says more than the thing that it is done to. */
const OWN_VERB = 0.2;
/** 城里的 says whose it is, where one part is for the town. */
const OWN_PLACE = 0.3;
const VERB =
  /(?:谁|哪[一]?[个家](?:局|部门|单位|办|口子?)?)(?:来|去|给|在|负责)?(?<verb>[\u4e00-\u9fff]{1,2}?)[的了呢啊]?[?\uff1f]?$/;
/** What somebody is asked to do, where the question ends with it. */
export const verbIn = (text: string): string | undefined => VERB.exec(text)?.groups?.['verb'];
/** A clause of fewer characters says little. */
const CLAUSE_MIN = 4;

/** Which of the texts of the row is nearest to the message, and how likely the message is about it and not about another row. */
export async function nearestIn(text: string, texts: string[], { knowledge, asker }: Known) {
  const near = await knowledge.nearness(text, texts);
  const nearest = Math.max(...near);
  const [best] = await knowledge.search(text, asker);
  const other = best?.dense ?? 0;
  const isOfRow = 1 / (1 + Math.exp(OF_ROW.bias - OF_ROW.near * nearest + OF_ROW.other * other));
  const why = `${isOfRow.toFixed(2)}: its part is ${nearest.toFixed(2)} near, the best row ${other.toFixed(2)}`;
  return { near, isOfRow, why };
}

/**
 * The part that the message speaks of, where that is likely enough: by all that the unit has to do and its nearest clause
 * together; of rows beside, departments alone. Of 130 follow-ups of the tuning dialogues that name no side 113 find their part so, 105 by the whole alone.
 */
export async function nearestPart(
  text: string,
  { own, beside }: { own: readonly IndexedRow[]; beside: readonly IndexedRow[] },
  known: Known,
  atLeast: number,
): Promise<{ of: IndexedRow; unit: string; why: string } | null> {
  const parts = [
    ...own.flatMap(partsOf),
    ...beside.flatMap(partsOf).filter(({ unit }) => !isTownshipUnit(unit)),
  ];
  const wholes = parts.map(({ unit, duty }) => `${unit}${duty}`);
  const { near, isOfRow, why } = await nearestIn(text, wholes, known);
  if (isOfRow < atLeast) return null;
  const clauses = parts.map(clausesOf);
  const all = await known.knowledge.nearness(text, clauses.flat());
  const words = pairsOf(ownMatter(text));
  const verb = verbIn(text);
  const done = parts.filter(({ duty }) => verb !== undefined && duty.includes(verb));
  const inTown = IN_TOWN.test(text);
  let at = 0;
  const scored = parts.map((part, i) => {
    const ofPart = all.slice(at, (at += clauses[i]?.length ?? 0));
    const nearest = Math.max(...ofPart);
    const worded = hasOwnWord(words, part, parts) ? OWN_WORD : 0;
    const placed = inTown && OF_TOWN.test(part.duty) ? OWN_PLACE : 0;
    return {
      part,
      score:
        (near[i] ?? 0) + nearest + worded + placed + (done.length === 1 && done[0] === part ? OWN_VERB : 0),
      clause: clauses[i]?.[ofPart.indexOf(nearest)] ?? '',
    };
  });
  const [first, ...others] = scored.sort((x, y) => y.score - x.score);
  // 多领的钱谁出面要回来: a township that helps with it or reports it is not who does it.
  const helps =
    first && isTownshipUnit(first.part.unit) && (HELPS.test(first.clause) || OF_BUREAU.test(text));
  const doer =
    helps && (WHO_DOES.test(text) || OF_BUREAU.test(text)) && !OF_TOWNSHIP.test(text)
      ? others.find(({ part }) => !isTownshipUnit(part.unit))
      : undefined;
  const best = doer ?? first;
  return best ? { of: best.part.of, unit: best.part.unit, why } : null;
}
/** 县城规划区里头的归谁: not whoever has what is outside it. */
const IN_TOWN = /(?:城里|城区|县城|规划区(?:里|内))(?!外|以外)/;
const OF_TOWN = /城(?:市|镇)?(?:规划)?区(?!以外|外)/;
const HELPS = /协助|配合|协调|上报|报告|报送|报请|线索|移交|移送|转办|提供/;
/** 补偿款哪个局出: a bureau is asked for, and no township is one. */
const OF_BUREAU = /哪一?[个家]?(?:局|部门)|县里哪/;
const WHO_DOES = /谁|归哪|哪(?:个|家)(?:部门|单位|局)/;
const OF_TOWNSHIP = /[镇乡村]|街道|社区|我们|咱|俺|属地|配合|协助/;

const hasOwnWord = (words: string[], part: Responsibility, parts: readonly Responsibility[]): boolean =>
  words.some(
    (word) =>
      part.duty.includes(word) && parts.every((other) => other === part || !other.duty.includes(word)),
  );

const partsOf = (of: IndexedRow) => [...of.row.lead, ...of.row.support].map((part) => ({ ...part, of }));

function clausesOf({ duty }: Responsibility): string[] {
  const clauses = duty.split(/[\uff0c\uff1b。、,;]/).filter(({ length }) => length >= CLAUSE_MIN);
  return clauses.length > 0 ? clauses : [duty];
}
