/** Changes that are told rather than ordered, in the plain form of the grammar (speech.ts). Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { parseTime } from '../nlu/dates/parse.js';
import { DAY } from './call-behind.js';

const SINCE =
  '(?:(?:今天|明天|大?后天|(?:这个?|本|下个?)(?:周|星期|礼拜)[一二三四五六日天]?|(?:\\d{1,2}月)?\\d{1,2}[日号])(?:起|开始))';
const CLOCK =
  '(?:早上|上午|中午|下午|晚上|傍晚|早|晚)?[\\d一二两三四五六七八九十]{1,3}(?:点|[:\\uff1a]\\d\\d)[^,\\uff0c\\s]{0,4}?';
const WEEKDAYS = '[一二三四五六日天末](?:[、和跟]?(?:周|星期|礼拜)?[一二三四五六日天])*';
const EACH = `每个?(?:[天日年]|工作日|季度|(?:周|星期|礼拜)(?:${WEEKDAYS})?|月(?:的?[\\d一二三四五六七八九十]{1,3}[号日](?:[、和跟][\\d一二三四五六七八九十]{1,3}[号日])*)?)`;
/** 以后每个礼拜五都提醒吧 还是九点; 不是今天 明天起 天天都放. */
const EACH_DAY = new RegExp(
  `^(?:不是[^,\\uff0c\\s]{1,6}[,\\uff0c\\s]{1,2}|(?:那|就|以后|今后|往后|还是|干脆|要不)[,\\uff0c\\s]?){0,4}(?:改成|换成)?(?:从)?(?<since>${SINCE})?[,\\uff0c\\s]?(?<each>${EACH}|天天)(?:(?:都|也|就)?(?:提醒|叫|喊|响)|(?:都|(?<=天天))[\\u4e00-\\u9fff])(?:我|俺)?(?:一[次下回])?(?:吧|得了|好了|了)?(?:[,\\uff0c\\s]{1,3}(?:(?:还是|就|也是?|都是?|时间)+(?<clock>${CLOCK})|(?:还是)?(?:时间|钟点|点|老时间|原来的?时间|那个点)(?:不变|照旧)?)(?:吧|不变)?)?$`,
);
export function eachDay(said: string): string | null {
  const { since = '', each, clock = '' } = EACH_DAY.exec(said)?.groups ?? {};
  return each === undefined ? null : `改成${since}${each === '天天' ? '每天' : each}${clock}`;
}

/** 县里说要报到29号,延一下: the new time is told before, and that it is to be followed behind. */
const FOLLOW =
  /^(?<told>.{4,40}?)[,\uff0c。;\uff1b\s]{1,3}(?:那|就|你|您|麻烦|请|帮我|给我|把[这那它]个?|这个|提醒|我这|这边|也|跟着|相应|同步){0,5}(?:往[前后])?(?:顺延|延期|推迟|提前|延|推|改|挪|调|换|变)(?:一?下|一改|延|改|挪|推|调|过来|过去)?(?:时间|日子|日期)?(?:吧|了)?$/;
/** 几号, 可能: nobody has decided it. */
const UNDECIDED =
  /可能|也许|说不定|没准|估计|好像|几[号点]|哪天|还没|[吗么?\uff1f]|别|不用|不要|提醒|叫我|喊我/;
export function movedAsTold(said: string, options: { now: number; calendar: Calendar }): string | null {
  const told = FOLLOW.exec(said)?.groups?.['told'];
  if (told === undefined || UNDECIDED.test(said)) return null;
  const read = (text: string) => parseTime(text, { ...options, purpose: 'mention' });
  const time = read(told);
  if (!time || time.kind === 'unclear' || read(told.slice(time.index + time.text.length))) return null;
  return `改到${time.text}`;
}

const CALLED_THEN = new RegExp(
  `^(?:(?:县里|上面|领导|他们|办公室|刚才|刚刚)?(?:通知|说)(?:是)?)?(?<about>[^,\\uff0c\\s]{0,12}?)(?:改|挪|推迟|推|提前|延)(?:到|成|在)(?<day>${DAY})?[^,\\uff0c\\s]{0,8}?(?:了|啦)?[,\\uff0c\\s]{1,2}(?:你|您|那|就|还是|仍然?|改成|到时候?){0,3}(?<clock>${CLOCK})(?:再|就)?(?:提醒|叫|喊)(?:我|俺)(?:一?[声下遍])?(?:吧|就行)?$`,
);
const ANY_MEETING = /^(?:开?会议?|时间|活动)$/;
/** 开会改到十点了,你九点半叫我: the hour beside the call is its new one. */
export function calledThen(said: string): string | null {
  const { about = '', day = '', clock } = CALLED_THEN.exec(said)?.groups ?? {};
  return clock === undefined ? null : `${ANY_MEETING.test(about) ? '' : about}改到${day}${clock}`;
}
