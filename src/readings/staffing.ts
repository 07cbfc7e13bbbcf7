/** "柳林镇编制多少人", "水利局还空几个编", "今年用编计划": of the staffing table, not of the lists. */
import { asksWho } from '../lists/guide-words.js';
import type { Reader } from './reading.js';

/** Above a structured question (readings/structured.ts), which would count rows of the unit. */
const SURE = 0.996;
const MAX_LENGTH = 40;
/** 编制 is also what is done with plans and rules (编制应急预案): only what follows it here makes it a noun. */
const NOUN =
  /编制(?:人?数|总[数量]|情况|名额|指标|现在|目前|一共|总共|多少|几|[是有还空缺超满够紧剩]|[?\uff1f。]?$)|(?:核定|行政|事业|工勤)编制?|[在用空缺超满核]编|(?:几|多少)个?(?:人的)?编(?![写辑排号组成织码])|进人计划/;
const ASKS =
  /多少|几|空|缺|超|满|剩|情况|计划|够不够|紧不紧|怎么样|有没有|核定|实有|名额|指标|查|[?\uff1f吗]$|编制$/;
/** Of matters that the lists divide, of reminders, of what is drawn up. */
const OTHER = /提醒|预案|规划|方案|清单|预算|报告|教材|归|牵头|配合|投诉|举报|吃空饷|违规|怎么办理/;

export const asksStaffing = (text: string): boolean =>
  text.length <= MAX_LENGTH && NOUN.test(text) && ASKS.test(text) && !OTHER.test(text) && !asksWho(text);

export const staffingReader: Reader = {
  name: 'staffing',
  read: ({ text, match, session }) =>
    match.via === 'example' && !session?.flow && asksStaffing(text)
      ? [{ intent: 'ask_staffing', slots: {}, probability: SURE, why: 'asks of the staffing table' }]
      : [],
};
