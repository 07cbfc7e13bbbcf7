/** `隔壁红河县的路灯归谁`: another county has its own lists. */
import type { Reader } from './reading.js';
import { REMINDER_INTENTS } from './reminder-dialogues.js';

const SOMEWHERE = /(?:隔壁|邻近|临近|(?<!另)外|别的|别个|其他|人家)县/;
const NAMED = /([\u4e00-\u9fff]{2})县(?![城局里级委政道乡直属域志长医中])/g;
/** Before 县 they make no name: 全县, 我们县, 到县, 给县. */
const NO_NAME =
  /[全本我咱俺们各这那该进下回到去出在来往从由向归和跟个整给找问催送交陪替帮叫让请接约]$|^另外$/;

export const elsewhereReader: Reader = {
  name: 'elsewhere',
  read({ text, match }, deps) {
    // 提醒我去红河县对接: where one goes is no question.
    if (REMINDER_INTENTS.has(match.intent)) return [];
    const { county } = deps.knowledge().directory;
    const named = [...text.matchAll(NAMED)].map((match) => match[1] ?? '');
    const isElsewhere =
      SOMEWHERE.test(text) ||
      named.some((name) => !NO_NAME.test(name) && `${name}县` !== county && !county.endsWith(`${name}县`));
    return isElsewhere
      ? [
          {
            intent: 'ask_responsibility',
            slots: { action: 'elsewhere' },
            probability: 0.95,
            why: 'another county',
          },
        ]
      : [];
  },
};
