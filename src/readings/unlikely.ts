/**
 * Intents that speak of one thing alone and whose examples attract what speaks of none ("李四是啥单位的" is near to "我是哪个
 * 单位的"): without one of their words a message is a question to the lists.
 */
import { reachedBy, remindersIn } from '../reminders/concerned.js';
import { REMINDER_WORD } from '../reminders/speech.js';
import type { Reader, Reading } from './reading.js';

const WORDS: Readonly<Record<string, RegExp>> = {
  bind_identity: /我|俺|咱|本人|自己|账号|帐号|绑|登记|身份|换号|手机号|\d{6}/,
  stats_report:
    /统计|报表|汇总|数据|排|通报|多少|几[件个项]|率|平均|情况|月|季|年|周|最[多少慢快高低拖勤]|红黑榜|逾期|超期|退单|差评|满意|得分|看板|对比|趋势|走势/,
};
/** Above what examples alone can say (readings/index.ts). */
const PROBABILITY = 0.905;

const ofTheLists = (why: string): Reading[] => [
  { intent: 'ask_responsibility', probability: PROBABILITY, why },
];

/** What changes reminders needs one, or the word: "叫停以后电给不给断" is near to 停了那个. */
const CHANGES_REMINDERS: ReadonlySet<string> = new Set(['cancel_reminder', 'snooze_reminder']);

/** TX-2026-000012, of whoever. */
const OF_REMINDERS = /tx[\s-]*\d/i;

export const unlikelyReader: Reader = {
  name: 'unlikely',
  read: async (ctx) => {
    const { text, match } = ctx;
    if (match.via !== 'example') return [];
    if (WORDS[match.intent]?.test(text) === false) return ofTheLists(`no word of ${match.intent} in it`);
    if (!CHANGES_REMINDERS.has(match.intent) || REMINDER_WORD.test(text) || OF_REMINDERS.test(text))
      return [];
    const isThere = (await remindersIn(ctx)).length > 0 || (await reachedBy(ctx)).length > 0;
    return isThere ? [] : ofTheLists('no reminder that could be changed');
  },
};
