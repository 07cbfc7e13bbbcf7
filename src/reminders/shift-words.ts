/** 推迟半小时, 提前一天, 改成提前半小时: so much later or earlier. Pure. */
import { NUMBER, parseNumber } from '../nlu/dates/numbers.js';
import { SETS } from './plain-words.js';

/** Minutes, or days; below zero is earlier. */
export type Shift = {
  kind: 'shift';
  /** The words that name the reminder. */
  about: string;
  minutes: number;
  days: number;
  isAdded: boolean;
  /** 改成提前半小时: so long before what it is about, not before when it came until now. */
  isLead?: boolean;
  /** 上午十点 of that day. */
  clock?: string;
  /** 头一天下午也提醒我一声 买红枣: what the added one is about. */
  text?: string;
};

const LENGTH = `(?<half>半)?(?<n>${NUMBER})?个?(?<more>半)?(?<unit>小时|钟头|分钟|刻钟|天|日|周|星期|礼拜)(?<rest>半)?`;
const LATER =
  '推迟|推后|延后|延迟|延期|顺延|后延|拖后|往后(?:推|挪|移|延|拖|调|放|错|顺|捱|缓)?|向后(?:推|移|延)|后推|后移|再晚|晚|推';
const EARLIER = '提前|提早|往前(?:提|挪|移|调)?|向前(?:提|移)|前移|再早|早';
const SHIFT = new RegExp(`(?:(?<later>${LATER})|(?<earlier>${EARLIER}))(?:一下|个|到)?${LENGTH}`);
/** 提前一天再说一声 comes beside the one at its hour. */
const ADDED =
  /再加|加一个|加个|另外|也(?:提醒|叫|喊|说)|再(?:提醒|叫|喊)一|(?:提前|提早)[^,\uff0c]{1,8}?再(?:提醒|叫|喊|说|通知|告诉|响|来)(?:我|俺)?一?[声遍次下回]/;

const INSTEAD = /(?:改|换|调|变)(?:成|为|到)$/;
const ENOUGH = /^提前[^,\uff0c\s]{1,8}?(?:提醒|叫|喊|告诉)?(?:我|一声)?就(?:行|够|可以|成|好)/;

/** 征兵会那个提前一小时喊我 sets none anew. */
const OF_ONE =
  /^(?:那就?|还是|要不|你|您){0,2}(?:[^,\uff0c\s]{1,12}?(?:那个|这个|那条|这条|那次|那项|那件事?|的)[,\uff0c\s]?)?(?:(?:以后|今后|往后|每次|每回|回回)(?:都|就|也)?|再)?(?:提前|提早|再?早|再?晚|推迟|往后)/;
/** Counted from what it is about. */
const CALLS_EARLIER = /^提前[^,\uff0c\s]{1,8}?(?:再|就)?(?:提醒|叫|喊|告诉|通知)(?:我|俺)/;

/** 头一天也说一声. */
const DAY_EARLIER = /^(?:头|前)一?天(?:的)?(?=[^,\uff0c]{0,3}[再也先])/;

/** 不用提前那么早二十分钟就行. */
const NOT_SO_EARLY =
  /^(?:不用|不要|别|甭|用不着|不必)(?:提前)?(?:那么|这么|恁)?(?:早|多|久)[,\uff0c\s]{0,2}(?:提前)?(?=[^,\uff0c\s]{2,8}就(?:行|好|够|可以|成|中))/;

const HOUR =
  /^的?(?:早上|上午|中午|下午|傍晚|晚上|早晨)?[\d一二两三四五六七八九十]{1,3}(?:点|[:\uff1a]\d)|^的?(?:早上|上午|中午|下午|傍晚|晚上|早晨)(?=也|再|先|就|给我|提醒|叫|喊|说)/;
/** Behind the call of what is added. */
const OWN_MATTER =
  /(?:提醒|叫|喊|说)(?:我|俺)?(?:一?[声下遍次])(?:[,\uff0c\s]{1,2}|(?=去|来|买|带|交))(?<text>(?!就|行|吧|可以|谢)[^,\uff0c\s吗么?\uff1f]{2,20})$/;

/** 往后都提前半小时喊我: of every time of it. */
const EACH_TIME = /(?:以后|今后|往后|每次|每回|回回)(?:都|就|也)?(?:给我)?$/;

/** 送档案那个不用提前,正点喊就中: at the hour of what it is about. */
const RING =
  '(?:再|就|给我)?(?:提醒|叫|喊|响|说)(?:我|俺)?(?:一[声下])?(?:就)?(?:行|中|好|可以|成)?(?:了|吧)?';
const ON_TIME = '(?:就)?(?:正点|准点|到点|整点|按点|准时)(?:儿|的时候|的)?';
const NOT_EARLIER = '(?:不用|不要|别|甭|不必|用不着)(?:再)?提前(?:了|叫|喊|提醒)?(?:我)?';
const AT_ITS_HOUR = new RegExp(
  `^(?<about>[^,\\uff0c\\s]{0,14}?)(?:${NOT_EARLIER}[,\\uff0c\\s]{0,2}(?:${ON_TIME}${RING})|${ON_TIME}${RING}[,\\uff0c\\s]{0,2}${NOT_EARLIER})$`,
);

export function shiftOf(given: string): Shift | null {
  const onTime = AT_ITS_HOUR.exec(given)?.groups?.['about'];
  if (onTime !== undefined)
    return { kind: 'shift', about: onTime, minutes: 0, days: 0, isAdded: false, isLead: true };
  const said = given.replace(DAY_EARLIER, '提前一天').replace(NOT_SO_EARLY, '提前');
  const found = SHIFT.exec(said);
  const { earlier, half, n, more, unit = '', rest } = found?.groups ?? {};
  if (!found || (half === undefined && n === undefined)) return null;
  const isAdded = ADDED.test(said);
  if (SETS.test(said) && !isAdded && !OF_ONE.test(said)) return null;
  const count = (n === undefined ? 0 : parseNumber(n)) + (half || more || rest ? 0.5 : 0);
  const sign = earlier ? -1 : 1;
  const each = { 小时: 60, 钟头: 60, 分钟: 1, 刻钟: 15 }[unit];
  const days = each === undefined ? count * (/周|星期|礼拜/.test(unit) ? 7 : 1) : 0;
  if (!(count > 0 && count < 1000) || !Number.isInteger(days)) return null;
  const minutes = Math.round((each ?? 0) * count);
  const before = said.slice(0, found.index);
  const behind = said.slice(found.index + found[0].length);
  const own = OWN_MATTER.exec(behind)?.groups?.['text'];
  const about = isAdded ? '' : before.replace(/(?:改|换|调|变)(?:成|为|到)?$/, '').replace(EACH_TIME, '');
  const isLead =
    earlier === '提前' &&
    !/再$/.test(before) &&
    (INSTEAD.test(before) ||
      ENOUGH.test(said.slice(found.index)) ||
      CALLS_EARLIER.test(said.slice(found.index)));
  return {
    kind: 'shift',
    about,
    minutes: sign * minutes,
    days: sign * days,
    isAdded,
    ...(isLead && { isLead }),
    ...(isAdded && own !== undefined && { text: own }),
    // 提前一天上午十点叫我: that day, at that hour.
    ...(days !== 0 && HOUR.test(behind) && { clock: behind }),
  };
}
