/** 一到下雪就找不着人,真是服了, right after a reminder was set or has come: vented, and nothing is asked or to be done. */
import { dueFor, isOnReminders } from '../reminders/concerned.js';
import type { Reader } from './reading.js';

const MAX_LENGTH = 40;
/** Above rows that are only offered, below whatever found its thing. */
const LIKELY = 0.93;

const VENTS =
  /真是服了|服了(?:[他她你]们?)?$|(?:谁|咋)(?:顶得住|受得了|吃得消)|气人不气人|(?:气|烦|愁|累|急|冻|热|笑)死(?:人|我|俺|个人)?了?|像话[吗不]|哪(?:够使唤|够用|顾得过来|忙得过来)|白(?:准备|忙活?|跑|写|干|弄|熬)了|那帮人.{0,12}(?:真|不知道|哪知道)|几条腿|图个啥|有啥意思|真没劲|可算(?:完|弄)|年年.{0,10}才想起来|(?:每回|回回|总|老)(?:是|都)?.{0,8}(?:最后一天|拖到)/;
const ASKS =
  /归(?:谁|哪)|谁(?:管|负责|来管|牵头)|找谁|找哪|咋办|怎么办|咋弄|怎么弄|能不能|可以吗|行不行|多少|(?<!十)几[点号天个]|哪个(?:部门|单位|局)|呼叫|提醒|取消|改[到成]|通知|请假|参加|报(?:一下|个|给)|登记|帮(?:我|忙)|麻烦/;

export const reminderAsideReader: Reader = {
  name: 'vented beside a reminder',
  read: async (ctx) => {
    const { text, match } = ctx;
    if (match.via !== 'example' || text.length > MAX_LENGTH || !VENTS.test(text) || ASKS.test(text))
      return [];
    if (!isOnReminders(ctx) && (await dueFor(ctx)).length === 0) return [];
    return [
      {
        ...{ intent: 'smalltalk', slots: { action: 'aside' }, probability: LIKELY },
        why: 'vented beside a reminder',
      },
    ];
  },
};
