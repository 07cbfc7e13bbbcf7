/** Questions about one's reminders: which there are, when one comes, whether a change was made. */
import type { Context } from '../core/types.js';
import { parseTime } from '../nlu/dates/parse.js';
import { isOnReminders, namedIn, remindersIn } from '../reminders/concerned.js';
import { contentOf } from '../reminders/naming.js';
import { REMINDER_WORD, type Speech } from '../reminders/speech.js';
import type { Reading, ReadingDeps } from './reading.js';

const CERTAIN = 0.97;
const LIKELY = 0.93;
/** Above whose name stands in it. */
const WHOLE = 0.985;

/** 重复的那些给我看看. */
const OF_A_KIND = /^(?:就|只)?(?:要|看)?(?:重复|周期|每[天周月年]|只响一次|一次性|单次)的/;
/** 周四下午有没有事: of one's day, and nothing that is to be set. */
const OF_THE_DAY =
  /(?:有没有|有无|还有|有)(?:什么|啥|哪些|其他|别的)?(?:事情?|安排|会议?|活动|空|任务|别的事)(?:了)?(?:没有?|吗|么|吧)?$|(?:忙|空|闲)(?:着)?(?:不(?:忙|空|闲)|吗|么)$|(?:没有?|没)(?:什么|啥|其他|别的)?(?:事情?|安排|会)(?:了)?(?:吧|吗)$/;
/** 我现在设的是啥样的, 我给郑戊九设了个啥来着: what there is, though nobody says 提醒. */
const WHAT_IS_SET =
  /(?:设|定|改)(?:的|了|过|好|完|成){0,2}(?:那?一?个|那?条|些)?(?:是|都|现在){0,2}(?:些|个)?(?:什么|啥|哪些|哪个|几点|几号|哪天|咋样|怎么样)(?:样)?(?:的|子|了)?(?:来着|呢|啊|呀)?[?\uff1f]?$|^(?:那|它|这条|那条|这个|那个)?(?:现在|目前|这会儿?)(?:是)?(?:啥样|什么样|咋设|怎么设|咋定|怎么定|几点|什么时候|啥时候)(?:子)?(?:的|了)?(?:来着|呢|啊|呀)?[?\uff1f]?$/;
const HOW_OFTEN =
  /^(?:那|它|这个|那个)?(?:一共|总共)?(?:还)?(?:要|得|会|能)?(?:响|提醒|叫|喊)(?:我)?(?:几|多少)[次回遍]/;
const ASKS_THE_LISTS =
  /归(?:谁|哪)|(?:谁|哪(?:个|家|一?级|些)(?:部门|单位|局)?)(?:来)?(?:管|负责|牵头|处理)|找谁|该谁|找哪/;
const ABOUT_ONE = /几点|哪天|哪一天|几号|什么时候|啥时候|何时|多久|设(?:了|过|好|上)?(?:没|吧)|还在/;

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
  if ((isFollowUp || OF_A_KIND.test(ctx.text)) && isOnReminders(ctx))
    return reading(CERTAIN, 'a follow-up on the reminders shown');
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
  const time =
    OF_THE_DAY.test(ctx.text) && parseTime(ctx.text, { now: ctx.now, calendar, purpose: 'mention' });
  if (time && contentOf(about.replace(time.text, ' ').replace(OF_THE_DAY, ' ')).length <= 2)
    return reading(CERTAIN, 'asks what there is at a time');
  if (!isOfOne) return null;
  const { named } = await namedIn(ctx, calendar, about);
  return named.kind === 'found' && named.by === 'words' && contentOf(about).length > 1
    ? reading(LIKELY, 'asks when a reminder comes that the words name')
    : null;
}
