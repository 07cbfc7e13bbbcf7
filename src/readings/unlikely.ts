/**
 * Intents that speak of one thing alone and whose examples attract what speaks of none ("李四是啥单位的" is near to "我是哪个
 * 单位的"): without one of their words a message is a question to the lists.
 */
import type { Reader } from './reading.js';

const WORDS: Readonly<Record<string, RegExp>> = {
  bind_identity: /我|俺|咱|本人|自己|账号|帐号|绑|登记|身份|换号|手机号|\d{6}/,
  stats_report: /统计|报表|汇总|数据|排名|通报|多少|几[件个项]|率|平均|情况|月|季|年|周/,
};
/** Above what examples alone can say (readings/index.ts). */
const PROBABILITY = 0.905;

export const unlikelyReader: Reader = {
  name: 'unlikely',
  read: ({ text, match }) =>
    match.via === 'example' && WORDS[match.intent]?.test(text) === false
      ? [
          {
            intent: 'ask_responsibility',
            probability: PROBABILITY,
            why: `no word of ${match.intent} in it`,
          },
        ]
      : [],
};
