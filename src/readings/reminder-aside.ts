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

/** 我老婆天天提醒我吃药: somebody else does so again and again, and nobody asks the bot to. */
const WHO =
  '(?:老婆|媳妇儿?|爱人|对象|老公|丈夫|老?妈|娘|老?爸|爹|父母|爷爷|奶奶|儿子|闺女|女儿|孩子|老伴儿?|婆婆|领导|书记|主任|[局镇乡县科处]长|老板|同事|[他她]们?|人家|(?!你|您|我)[\u4e00-\u9fff]{1,3}(?:书记|主任|[局镇乡县科处站所村]长|支书|经理))';
const TOLD_OF = new RegExp(
  `^(?:(?:唉|哎呀?|嗐|哈哈)[,\\uff0c\\s]{0,2})?(?:我|俺|咱|我们|咱们)?家?${WHO}(?:也|又|还|都|就|在|可|这[几两]天){0,3}(?:老是?|总是?|一直|一个劲儿?|天天|每天|日日|见天|成天|整天|一天到晚|动不动就?|回回|每[次回]|昨天|前天|上周|刚才|刚刚)(?:在?[^,\uff0c\s]{0,4}(?:会上|群里|电话里|路上))?(?:都|就|也|又|还|在|要|得|早上|晚上|上午|下午){0,3}(?:提醒|催|叫|喊|念叨)(?:过|了)?(?:我们?|俺们?|咱们?|大家)(?<rest>.*)$`,
);
/** 周己说他明天九点会提醒我: whoever says so does it. */
const SAYS_SO =
  /^(?:(?:唉|哦|嗯|那个)[,\uff0c\s]{0,2})?(?!你|您|我)[^,\uff0c\s]{1,10}?(?:说|讲|答应|保证|回话)(?:好|过|是)?了?[,\uff0c\s]?(?:[他她]们?|自己)?(?![你您])[^,\uff0c]{0,14}?(?:会|要|能|来|负责|到时候?)(?:再|亲自|打电话|专门)?(?:提醒|叫|喊|通知|告诉)(?:我们?|俺|咱们?|大家)(?:的|一声|一下)?(?<rest>.*)$/;
/** 不用你管, 你别设了. */
const DECLINES =
  /(?:不用|用不着|不必|不需要|不要|甭|别|不劳)(?:你|您)(?:再|就|来|也)?(?:管|操心|费心|提醒|叫|喊|设|记|弄|通知|惦记)[^,\uff0c\s]{0,4}|(?:你|您)(?:就)?(?:不用|用不着|不必|甭|别)(?:再|来|给我)?(?:管|操心|费心|提醒|叫|喊|设|记|弄|惦记)[^,\uff0c\s]{0,4}/g;
const TO_THE_BOT =
  /你|您|请|帮|麻烦|(?:提醒|叫|喊|通知)(?:我|俺)|归(?:谁|哪)|谁(?:管|负责)|找谁|咋办|怎么办|呼叫|[?\uff1f吗]$/;
/** Above what the words say of a reminder that is to be set (set-whole.ts). */
const CERTAIN = 0.98;
const OF_REMINDERS: ReadonlySet<string> = new Set([
  'set_reminder',
  'snooze_reminder',
  'cancel_reminder',
  'list_reminders',
  'smalltalk',
]);

export const reminderAsideReader: Reader = {
  name: 'vented beside a reminder',
  read: async (ctx) => {
    const { text, match } = ctx;
    const rest = (TOLD_OF.exec(text) ?? SAYS_SO.exec(text))?.groups?.['rest']?.replace(DECLINES, '');
    if (
      rest !== undefined &&
      match.via === 'example' &&
      OF_REMINDERS.has(match.intent) &&
      !TO_THE_BOT.test(rest)
    )
      return [
        {
          ...{ intent: 'smalltalk', slots: { action: 'aside' }, probability: CERTAIN },
          why: 'told of somebody else, who reminds',
        },
      ];
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
