/** 他们要申请扶助金 带哪些东西, of a row that divides work: the guide of its matter that the words alone lie near to. */
import type { GuideField } from '../core/guide.js';
import { guideDecisionOn } from '../lists/decision.js';
import { asksSurely, namesOtherPaper } from '../lists/guide-words.js';
import type { IndexedRow } from '../lists/row-index.js';
import { OF_MATTER, reading, wordsOf, type Known } from './guide-asked.js';
import type { Reading } from './reading.js';

type Asked = { text: string; known: Known; open: readonly IndexedRow[]; asked: GuideField | null };

export async function guideOfRows({ text, known, open, asked }: Asked): Promise<Reading[] | null> {
  const { match, knowledge, asker } = known;
  const rows = open.filter(({ row }) => !row.guide);
  if (rows.length === 0 || !asked || !asksSurely(asked)) return null;
  const alone = await guideDecisionOn(text, match, knowledge, asker);
  if (!alone || alone.kind === 'answer') return null;
  const near = alone.kind === 'ask' ? alone.offered : alone.nearest;
  for (const { row } of rows) {
    const whole = `${row.matter} ${text}`;
    const found = await guideDecisionOn(whole, match, knowledge, asker);
    if (found?.kind !== 'answer' || !near.some(({ entry }) => entry === found.best.entry)) continue;
    if (!namesOtherPaper(text, wordsOf(found.best.entry)))
      return [{ ...reading({ field: asked }, OF_MATTER, `the guide of “${row.matter}”`), text: whole }];
  }
  return null;
}
