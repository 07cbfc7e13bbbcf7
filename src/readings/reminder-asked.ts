/** Questions about one's reminders: which there are, when one comes, whether a change was made. */
import type { Calendar } from '../calendar/calendar.js';
import type { Context } from '../core/types.js';
import { parseTime } from '../nlu/dates/parse.js';
import { aboutWhat, asksWhether } from '../reminders/ask-words.js';
import { isOnReminders, lately, namedIn, remindersIn } from '../reminders/concerned.js';
import { contentOf } from '../reminders/naming.js';
import { REMINDER_WORD, type Speech } from '../reminders/speech.js';
import type { Reading, ReadingDeps } from './reading.js';

const CERTAIN = 0.97;
const LIKELY = 0.93;
/** Above whose name stands in it. */
const WHOLE = 0.985;
/** Above rows, which words of asking alone may be taken for. */
const OF_ONES_DAY = 0.996;

/** 重复的那些给我看看. */
const OF_A_KIND = /^(?:就|只)?(?:要|看)?(?:重复|周期|每[天周月年]|只响一次|一次性|单次)的/;
/** 周四下午有没有事: of one's day, and nothing that is to be set. */
const OF_THE_DAY =
  /(?:有没有|有无|还有|有)(?:什么|啥|哪些|其他|别的)?(?:事情?|安排|会议?|活动|空|任务|别的事)(?:了)?(?:没有?|吗|么|吧)?$|(?:忙|空|闲)(?:着)?(?:不(?:忙|空|闲)|吗|么)$|(?:没有?|没)(?:什么|啥|其他|别的)?(?:事情?|安排|会)(?:了)?(?:吧|吗)$|(?:都|还|一共|总共)?有(?:什么|啥|哪些|哪几[个条]|几[个条])(?:事情?|安排)?(?:呢|来着|啊)?$/;
/** Of a day, and not of a year or a quarter. */
const OF_A_DAY = /[号日周天]|星期|礼拜|上午|下午|晚上|[今明]早/;
/** 我现在设的是啥样的, 我给郑戊九设了个啥来着: what there is, though nobody says 提醒. */
const WHAT_IS_SET =
  /(?:设|定|改)(?:的|了|过|好|完|成){0,2}(?:那?一?个|那?条|些)?(?:是|都|现在){0,2}(?:些|个)?(?:什么|啥|哪些|哪个|几点|几号|哪天|咋样|怎么样)(?:样)?(?:的|子|了)?(?:来着|呢|啊|呀)?[?\uff1f]?$|^(?:那|它|这条|那条|这个|那个)?(?:现在|目前|这会儿?)(?:是)?(?:啥样|什么样|咋设|怎么设|咋定|怎么定|几点|什么时候|啥时候)(?:子)?(?:的|了)?(?:来着|呢|啊|呀)?[?\uff1f]?$/;
const HOW_OFTEN =
  /^(?:那|它|这个|那个)?(?:一共|总共)?(?:还)?(?:要|得|会|能)?(?:响|提醒|叫|喊)(?:我)?(?:几|多少)[次回遍]/;
const ASKS_THE_LISTS =
  /归(?:谁|哪)|(?:谁|哪(?:个|家|一?级|些)(?:部门|单位|局)?)(?:来)?(?:管|负责|牵头|处理)|找谁|该谁|找哪/;
const ABOUT_ONE = /几点|哪天|哪一天|几号|什么时候|啥时候|何时|多久|设(?:了|过|好|上)?(?:没|吧)|还在/;

/** 改过来没有, 挪了吗, 不用停哈,我就看一眼还在不在: the reminder spoken of, or the one that is named, as it stands. */
export async function whetherOf(
  ctx: Context,
  { calendar }: ReadingDeps,
  text: string,
): Promise<Reading | null> {
  if (!asksWhether(text) || text.length > 24 || ctx.match.via !== 'example') return null;
  const mine = await remindersIn(ctx);
  if (mine.length === 0 || !(isOnReminders(ctx) || mine.length === 1)) return null;
  const words = contentOf(aboutWhat(text));
  const { named } = await namedIn(ctx, calendar, words, mine);
  const isThat = words.length > 1 && named.kind === 'found' && named.by === 'words';
  const isOnly = mine.length === 1 && REMINDER_WORD.test(text);
  if (!isThat && !isOnReminders(ctx) && !isOnly) return null;
  const said = isThat ? `${words}几点` : lately(ctx, mine) ? '几点' : '我的提醒';
  return {
    ...{ intent: 'list_reminders', slots: { action: said === '我的提醒' ? 'asked' : 'about-one' } },
    ...{ text: said, raw: said, probability: WHOLE, why: 'asks whether it was changed' },
  };
}

/** 评议的那个, right behind reminders: the one that its words name, before a row that they lie near to. */
const POINTED = /^(?:那)?(?<what>[\u4e00-\u9fff]{2,8}?)的?[那这](?:一)?[个条](?:提醒)?[呢啊]?$/;
export async function pointedOf(
  ctx: Context,
  { calendar }: ReadingDeps,
  text: string,
): Promise<Reading | null> {
  const words = contentOf(POINTED.exec(text)?.groups?.['what'] ?? '');
  if (words.length < 2 || ctx.match.via !== 'example' || !isOnReminders(ctx)) return null;
  const { named } = await namedIn(ctx, calendar, words, await remindersIn(ctx));
  if (named.kind !== 'found' || named.by !== 'words') return null;
  const said = `${words}几点`;
  return {
    ...{ intent: 'list_reminders', slots: { action: 'about-one' }, text: said, raw: said },
    ...{ probability: OF_ONES_DAY, why: 'names one of the reminders shown' },
  };
}

/** 请问我这个到时候几点响来着: of the only one, or the one spoken of. */
const OF_IT =
  /(?:我|俺|咱)?(?:这|那)(?:个|条)(?:提醒)?[^,\uff0c]{0,8}?(?:几点|哪一?天|几号|什么时候|啥时候|何时)[^,\uff0c]{0,2}(?:响|叫|喊|提醒|催)|(?:响|叫我|喊我|提醒我)(?:是|的是)?(?:几点|哪一?天|几号|什么时候|啥时候)/;
/** 剩下的有哪些, 列一下我设的. */
const LEFT =
  /^(?:那|再)?(?:给我|帮我|让我)?(?:看|瞅|瞧|查|念|列)?(?:看|瞅|瞧|查|念|一看|一下|下)?(?:我)?还?剩(?:下|余)?的?(?:还)?(?:有|是|的)?(?:哪|什么|啥|几)|^(?:帮我|给我|请)?(?:列|看|念|查)(?:一下|下|看|一看|出来|一列){0,2}(?:我|俺|咱)(?:都)?(?:设|定|弄|记)(?:过|了|好)?的$/;

/** 俺统共弄了几个啦, 我名下现在有啥提醒. */
const OWN_COUNT =
  /^(?:那)?(?:我|俺|咱)(?:现在|这会儿?|到现在)?(?:都|统共|一共|总共|拢共|共)?(?:都)?(?:弄|设|定|记|整)(?:了|过|好|下){1,2}(?:有)?(?:几|多少)[个条](?:提醒|闹钟)?(?:了|啦|呢|来着)?[?\uff1f]?$|^(?:那)?(?:我|俺|咱)(?:名下|手上|手里|这儿|这里|现在|目前){1,2}(?:都|一共|还)?有(?:啥|什么|哪些|几[个条])提醒(?:没|吗|呢|来着)?[?\uff1f]?$/;

export async function asked(
  ctx: Context,
  { calendar }: ReadingDeps,
  { about, isFollowUp }: Extract<Speech, { kind: 'ask' }>,
): Promise<Reading | null> {
  const isNamed = REMINDER_WORD.test(ctx.raw);
  const isOfOne = ABOUT_ONE.test(ctx.raw);
  const reading = (probability: number, why: string): Reading => ({
    intent: 'list_reminders',
    slots: { action: isOfOne ? 'about-one' : 'asked' },
    probability,
    why,
  });
  const day = await ofOnesDay(ctx, about, calendar);
  if (day !== null && !isNamed) return reading(day, 'asks what there is at a time');
  if ((isFollowUp || OF_A_KIND.test(ctx.text)) && isOnReminders(ctx))
    return reading(CERTAIN, 'a follow-up on the reminders shown');
  if (LEFT.test(ctx.text) && (isOnReminders(ctx) || /[我俺咱]/.test(ctx.text)))
    return {
      ...reading(WHOLE, 'asks what there is'),
      ...{ slots: { action: 'asked' }, text: '我的提醒', raw: '我的提醒' },
    };
  if (OF_IT.test(ctx.text) && lately(ctx, await remindersIn(ctx)))
    return {
      ...reading(WHOLE, 'asks when the one spoken of comes'),
      ...{ slots: { action: 'about-one' }, text: '几点', raw: '几点' },
    };
  if (OWN_COUNT.test(ctx.raw) && (isOnReminders(ctx) || (await remindersIn(ctx)).length > 0))
    return {
      ...reading(OF_ONES_DAY, 'asks how many, or which, there are'),
      ...{ slots: { action: 'asked' }, text: '我的提醒', raw: '我的提醒' },
    };
  // The answer says when it comes next, and the card how often.
  if (HOW_OFTEN.test(ctx.text) && isOnReminders(ctx))
    return {
      ...reading(CERTAIN, 'how often it comes yet'),
      ...{ slots: { action: 'about-one' }, text: '下一次', raw: '下一次' },
    };
  if (WHAT_IS_SET.test(ctx.text)) {
    const mine = await remindersIn(ctx);
    const isTheirs = isOnReminders(ctx) || (/我|俺|咱/.test(ctx.text) && mine.length > 0);
    // 我都给谁设了啥 names nobody.
    const rest = /给(?:谁|哪)/.test(ctx.text)
      ? ctx.text
      : ctx.text.replace(WHAT_IS_SET, ' ').trim() || '我的提醒';
    if (isTheirs)
      return { ...reading(WHOLE, 'asks what is set'), slots: { action: 'asked' }, text: rest, raw: rest };
  }
  // 群众提醒好几回了 归谁管 asks the lists.
  if (isNamed && ASKS_THE_LISTS.test(ctx.raw)) return null;
  if (isNamed)
    return /提醒(?:牌|标|标识|标志|函|单)/.test(ctx.raw) ? null : reading(LIKELY, 'asks about reminders');
  if (!isOfOne) return null;
  const { named } = await namedIn(ctx, calendar, about);
  // 我明天几点去民政局来着: one's own, whatever unit stands in it.
  const isOwn = /^(?:那|请问)?(?:我|俺|咱)(?!们)/.test(ctx.text) && !ASKS_THE_LISTS.test(ctx.text);
  return named.kind === 'found' && named.by === 'words' && contentOf(about).length > 1
    ? reading(isOwn ? WHOLE : LIKELY, 'asks when a reminder comes that the words name')
    : null;
}

/** 29号都有啥, 周四下午有没有事: how surely it is asked what there is at a time; null where it is not. */
async function ofOnesDay(ctx: Context, about: string, calendar: Calendar): Promise<number | null> {
  const time =
    OF_THE_DAY.test(ctx.text) && parseTime(ctx.text, { now: ctx.now, calendar, purpose: 'mention' });
  const isOn = isOnReminders(ctx);
  if (!time || !(OF_A_DAY.test(time.text) || isOn)) return null;
  if (contentOf(about.replace(time.text, ' ').replace(OF_THE_DAY, ' ')).length > 2) return null;
  return isOn || (await remindersIn(ctx)).length > 0 ? OF_ONES_DAY : CERTAIN;
}
