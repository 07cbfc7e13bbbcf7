/** 砖厂那条整改, 我手头那条: which measures words are about. Pure. */
import { sharedPiece } from '../text/shared-piece.js';
import { personsOf, type MeasureReminder } from './measures.js';

/** Words that say what is done with a measure, and nothing of which one. */
const COMMON =
  /整改|措施|完成|销号|办结|重新|打开|重开|负责|责任人?|[那这](?:个|条|项|件)|手头|延期?到?|推迟|宽限|顺延|期限|时限|截止|完了|已经?|没有?|还有|今天|明天|昨天|正在|现在|\d+|[月日号,\uff0c。\s的了]/g;

/** The measures that share the longest piece with what is said; none where nothing is named. */
export function measuresNamed(said: string, measures: readonly MeasureReminder[]): MeasureReminder[] {
  const words = said.replace(COMMON, ' ');
  const scored = measures.map((it) => ({
    it,
    length: sharedPiece(
      words,
      `${it.measure.text} ${personsOf(it).join(' ')}`,
      (piece) => !/[\s:\uff1a,\uff0c]/.test(piece),
    ).length,
  }));
  const most = Math.max(0, ...scored.map(({ length }) => length));
  return most === 0 ? [] : scored.filter(({ length }) => length === most).map(({ it }) => it);
}
