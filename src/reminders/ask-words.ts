/** Questions about reminders that exist, by their words alone. Pure. */
import { groupCalled } from './group-words.js';
import { SETS } from './plain-words.js';

type Asked = { kind: 'ask'; about: string; isFollowUp: boolean };

/** 明天十点设个提醒好吗. */
const MAKES = /(?:设|定|弄|来|加|建)(?:一?[个条])(?:提醒|闹钟|闹铃)/;

export const QUESTION =
  /几点|哪天|哪一天|几号|什么时候|啥时候|何时|多久|多少|几个|几条|几[次回遍]|哪些|什么|啥|有没有|有无|有吗|吗|没有[?\uff1f]?$|设(?:过|好|上)?了?(?:没|吧)|还在|还有|还剩|没有?(?:别的|其他|什么|啥)?(?:事情?|安排|会)了?吧$|^(?:请|帮我|给我|麻烦)?(?:列|查|看)|有(?:什么|啥|哪些|其他|别的)?(?:事情?|安排|会议?|活动|空|任务)(?:了)?没(?:有)?$|(?:忙|空|闲)不(?:忙|空|闲)$|(?:是|咋|怎么)(?:啥|什么|怎么|咋)?样(?:的|子|了)?(?:来着|呢|啊)?$/;
const FOLLOW_UP =
  /^(?:那|那么)?(?:下(?:一)?次|下一?回|最近一次)?(?:是|在)?(?:哪天|哪一天|几号|几点|什么时候|啥时候|何时|还有多久)(?:来着|呢|啊|提醒)?$|^(?:那|那么)?(?<window>.{1,10}?)(?:呢|有吗|有没有|有什么|有啥|还有吗|有几个)$/;

/** 什么时候结束, 到几号为止, 还要响几天. */
const WHEN = '(?:哪一?[天次]|几号|几时|什么时候|啥时候|何时|多会儿)';
const ENDS_WHEN = new RegExp(
  `^(?:那|那么)?(?:这个|那个|它|这条)?(?:提醒)?(?:要|会|得)?(?:提醒|响|叫)?到?${WHEN}(?:才)?(?:为止|结束|完|停|到头|截止)(?:来着|呢|啊|的)?$|^还(?:要|得|会)?(?:响|提醒|叫|来)(?:我)?(?:几|多少)[天次回周遍]$|^(?:这个|那个)?(?:要|会|得)?(?:提醒|响|叫)?到${WHEN}(?:为止)?(?:呢|啊|来着)?$`,
);

/** 到底哪天开始啊. */
const STARTS_WHEN = new RegExp(
  `^(?:那|那么)?(?:到底|究竟)?(?:这个|那个|它|这条)?(?:提醒)?(?:是|从|要|该)?${WHEN}(?:才|就)?(?:开始|起|头一次|第一次)(?:提醒|响|叫|喊)?(?:我)?(?:的|来着|呢|啊|呀)?$`,
);

export function askOf(heard: string): Asked | null {
  // 那个啥你明天下午两点提醒我: no question.
  const said = heard.replace(/^(?:[那这]个啥|那啥|内个啥?)[,\uff0c\s]*/, '');
  const bare = said.replace(/[?\uff1f]{0,3}$/, '');
  // 提醒我看公示到期没有 sets one.
  if ((SETS.test(said) || MAKES.test(said)) && !/哪些|什么|啥|有没有|(?<![这那])几[个条点次]/.test(said))
    return null;
  if (FOLLOW_UP.test(bare) || ENDS_WHEN.test(bare) || STARTS_WHEN.test(bare))
    return { kind: 'ask', about: bare, isFollowUp: true };
  // 提醒几个村的支书交表: how many they are is not asked.
  const group = groupCalled(said, null);
  return QUESTION.test(group === '' ? said : said.replace(group, ' '))
    ? { kind: 'ask', about: bare, isFollowUp: false }
    : null;
}

/** 提醒要咋取消啊 takes nothing back. */
export const ASKS_HOW = /(?:怎么|咋|如何|怎样)(?:才能|样|去|来|个)?(?:取消|删|停|关|撤|去掉)/;

/** 改过来没有, 挪了吗, 报表的没动吧, 还在不在: whether something was changed or is there. */
const WHETHER =
  /(?:改|挪|推|调|换|延|动|变|加|停|跳|设|弄)(?:过来|过去|好|成|上|掉|完)?了?(?:没有?|吗|么|了吧|不)(?=$|[?\uff1f,\uff0c\s])|没(?:有)?(?:给我)?(?:动|改|变|挪|错)(?:过)?(?:吧|吗)(?=$|[?\uff1f,\uff0c\s])|(?:取消|删|撤)掉?了?(?:没有?|吗|么)(?=$|[?\uff1f,\uff0c\s])|还?在不在|还(?:在不|有没)(?=$|[?\uff1f,\uff0c\s])|(?:也|都)?(?:算|包|含)(?:不算)?(?:进去?|上|在内|数|进来|括(?:今|这|本)[^,\uff0c\s]{1,6})(?:了)?(?:吗|么|没有?|不|嘛)(?=$|[?\uff1f,\uff0c\s])/;
export const asksWhether = (text: string): boolean =>
  WHETHER.test(text) && !SETS.test(text.replace(/(?<=[那这][个条])提醒/g, ' '));
/** Its words, where it names one. */
export const aboutWhat = (text: string): string =>
  (text.split(/[?\uff1f,\uff0c\s]+/).find((it) => WHETHER.test(it)) ?? '').replace(WHETHER, ' ');
