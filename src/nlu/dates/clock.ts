/** Times of day: 上午, 下午三点半, 15:30, 晚上8点, 下班. Pure. */
import type { Calendar } from '../../calendar/calendar.js';
import { earlierOf, NUMBER, parseNumber } from './numbers.js';
import type { Clock, Hit } from './types.js';

type Part = {
  words: string;
  /** Of the country, and only right before an hour: 早起 alone is what somebody does. */
  spoken?: string;
  minutes: number;
  until?: number;
  isVague?: boolean;
  hour: (hour: number) => number;
};

const morning = (hour: number): number => hour;
const noon = (hour: number): number => (hour < 6 ? hour + 12 : hour);
const afternoon = (hour: number): number => (hour < 12 ? hour + 12 : hour);
/** 晚上12点 and 夜里2点 are after the midnight that ends the day. */
const night = (hour: number): number => (hour === 12 || hour < 5 ? (hour % 12) + 24 : afternoon(hour));

const PARTS: Part[] = [
  { words: '凌晨|黎明', minutes: 120, isVague: true, hour: (hour) => hour % 12 },
  {
    words: '一大清?早上?|大清早|大早上|(?<!初)一早|清早|清晨|早上|早晨|早间|晨间',
    spoken:
      '[清一大]{1,2}早起来?|起大?早|打早|赶早|早起|早晨头|天(?:还)?(?:不|没|刚|蒙蒙|麻麻|一)亮|(?:蒙蒙|麻麻)亮|鸡叫',
    minutes: 480,
    until: 540,
    hour: morning,
  },
  {
    words: '上午|头晌|前晌',
    spoken: '头午|早半晌|上半晌|傍晌',
    minutes: 540,
    until: 720,
    hour: morning,
  },
  { words: '中午|正午|午间|晌午', spoken: '大?晌午头?', minutes: 720, hour: noon },
  {
    words: '下午|午后|后半晌|下半晌|后晌',
    spoken: '过晌|过午|下晌|晌后|晚半晌',
    minutes: 900,
    until: 1080,
    hour: afternoon,
  },
  { words: '傍晚|黄昏|天?擦黑儿?|傍黑儿?', spoken: '天黑|下晚儿?|掌灯', minutes: 1080, hour: afternoon },
  {
    words: '晚上|晚间|夜间|夜里|夜晚|半夜|深夜|午夜',
    spoken: '[前后上下]半夜|黑夜|夜黑|黑天',
    minutes: 1200,
    hour: night,
  },
];
const WHOLE_PARTS = PARTS.map((part) => ({
  part,
  isWritten: new RegExp(`^(?:${part.words})$`),
  isAny: new RegExp(`^(?:${part.words}|${part.spoken ?? part.words})$`),
}));
const ANY_PART = PARTS.map((part) => part.words).join('|');
const SPOKEN = PARTS.flatMap(({ spoken }) => spoken ?? []).join('|');
/** 早8点, 晚8点: one character is enough before an hour, or after 今/明 (cut off by the rules for days). */
const SHORT: Record<string, string> = { 早: '早上', 晚: '晚上', 晨: '早上', 夜: '晚上' };

/** 下午那个三点, 上午大概十点: what is said while thinking, and that it is about so. */
export const LOOSELY = '(?:[ ,的呢嗯呃啊吧约]|那个|这个|大概|大约|差不多)';
/** 十点多钟, 三点左右, 四点的时候. */
export const ABOUT =
  /(?:[来多]钟|多(?=左右|前后|的?(?:样子|时候)|你?(?:提醒|叫|喊)))?(?:左右|前后|上下(?!班)|光景|的?(?:样子|时候|时分)|那会儿?|那阵儿?)?/y;

const AT_HOUR = new RegExp(
  `(?:(?<part>${SPOKEN}|${ANY_PART}|[早晚晨夜](?=[上间]?[ \\d一二两三四五六七八九十零]))${LOOSELY}{0,3})?` +
    `(?:差(?<less>${NUMBER})分钟?到? ?)?` +
    `(?:(?<h1>\\d{1,2}):(?<m1>[0-5]\\d)(?::[0-5]\\d)?(?!\\d)` +
    `|(?<![\\d.](?=\\d))(?<h2>${NUMBER})(?:点钟?|时(?![间段期限]))` +
    `(?:过(?<past>${NUMBER})分|差(?<short>${NUMBER}|一刻)分?钟?|(?<half>半)|(?<quarter>[一三])刻|整|(?<m2>${NUMBER})分(?!之|钟[后内])|(?<m3>[零〇][一二三四五六七八九]|[0-5]\\d|[二三四五]?十[一二三四五六七八九]?)(?![\\d个名人户件项条天米:点.]))?` +
    `|(?<![\\d.])(?<h3>\\d{1,2}|[一二两三四五六七八九]|十[一二]?)(?= ?(?:[-~]|到|至) ?(?:\\d{1,2}|[一二两三四五六七八九]|十[一二]?)(?:点|时(?![间段期限]))))`,
  'y',
);
/** 25点, 9点75分, 9:75: an hour that no day has. Behind a day it was meant for one. */
const NO_HOUR = new RegExp(
  `(?:(?:${ANY_PART}|[早晚晨夜]) ?)?(?<hour>${NUMBER})(?:点钟?|时(?![间段期限]))(?:(?<minute>${NUMBER})分|(?<minute3>[6-9]\\d)(?=$|[ ,。提叫喊通开集去交报左]))?|(?<hour2>\\d{1,8}):(?<minute2>\\d{1,8})`,
  'y',
);
const ANY_NO_HOUR = new RegExp(`(?<![\\d.第一二三四五六七八九十百])(?:${NO_HOUR.source})`, 'g');
const AT_PART = new RegExp(`(?<part>${ANY_PART})`, 'y');
/** Not 提醒我上班: that is what to do. */
const AT_MEAL = /(?<meal>早饭|早餐|午饭|中饭|午餐|晚饭|晚餐)(?:(?<before>之?前|以前)|之?后|以后|时候?)/y;
const MEALS: Record<string, [number, number]> = {
  早: [450, 510],
  午: [720, 780],
  中: [720, 780],
  晚: [1080, 1170],
};
const AT_WORK =
  /(?<![我们去来要补加没常])(?<half>上午|下午|早上|早晨)?一?(?<work>上班|下了?班)(?:的?时候?|之?后(?!第))?/y;

/** `isAfterDay`: a day ends right here, so that a numeral before it is no part of the hour: 周五五点, 周五17:00. */
export function matchClock(
  text: string,
  index: number,
  calendar: Calendar,
  isAfterDay = false,
): Hit<Clock> | null {
  return (
    matchHour(text, index, isAfterDay) ??
    matchWork(text, index, calendar) ??
    matchMeal(text, index) ??
    matchPart(text, index)
  );
}

/** An hour of the clock that begins there: 晚上十点半, 8:30. */
export function matchHour(text: string, index: number, isAfterDay: boolean): Hit<Clock> | null {
  AT_HOUR.lastIndex = index;
  const found = AT_HOUR.exec(text);
  const groups = found?.groups;
  if (!found || !groups) return null;
  // "第3点", "3.5点", "几十点": the number began before this place.
  if (!groups.part && !isAfterDay && /[\d.第零〇一二两三四五六七八九十几]/.test(text.charAt(index - 1)))
    return null;
  const hour = earlierOf(groups.h1 ?? groups.h2 ?? groups.h3 ?? '');
  const minute = minuteOf(groups);
  if (!(hour <= 24) || !(minute < 60) || (hour === 24 && minute > 0)) return null;
  const value = clockOf(
    groups.part,
    hour,
    minute,
    groups.h1?.startsWith('0') === true,
    groups.m1 !== undefined,
  );
  const less = minutesShort(groups.less ?? groups.short);
  return {
    index,
    end: AT_HOUR.lastIndex,
    value: {
      ...value,
      minutes: value.minutes - less,
      ...(value.orElse === undefined ? {} : { orElse: value.orElse - less }),
    },
  };
}

/** The words at a place where an hour stands that no day has, or null. */
export function wrongHour(text: string, index: number): string | null {
  NO_HOUR.lastIndex = index;
  const found = NO_HOUR.exec(text);
  return found && isNoHour(found) ? found[0] : null;
}

/** The first such words anywhere, or null. */
export const wrongHourIn = (text: string): string | null =>
  [...text.matchAll(ANY_NO_HOUR)].find(isNoHour)?.[0] ?? null;

export const noSuchHour = (words: string): string => `没有“${words}”这个时间。请问是几点?`;

function isNoHour({ groups = {} }: RegExpMatchArray): boolean {
  const { hour = '', minute, minute3, hour2, minute2 } = groups;
  const minutes = parseNumber(minute2 ?? minute ?? minute3 ?? '0');
  return parseNumber(hour2 ?? hour) * 60 + minutes > 24 * 60 || minutes > 59;
}

/** 差五分三点, 四点差十分, 四点差一刻. */
const minutesShort = (text: string | undefined): number =>
  text === undefined ? 0 : text === '一刻' ? 15 : parseNumber(text);

function minuteOf(groups: Record<string, string | undefined>): number {
  if (groups.half) return 30;
  if (groups.quarter) return groups.quarter === '一' ? 15 : 45;
  const text = groups.m1 ?? groups.m2 ?? groups.m3 ?? groups.past;
  return text === undefined ? 0 : parseNumber(text);
}

/** With 下午 the hour is certain; a bare 1 to 11 may be either half of the day, 09:30 with its zero is not. */
function clockOf(
  word: string | undefined,
  hour: number,
  minute: number,
  hasZero: boolean,
  isDigital: boolean,
): Clock {
  if (word) {
    const full = SHORT[word] ?? word;
    const part = WHOLE_PARTS.find(({ isAny }) => isAny.test(full))?.part;
    return { minutes: (part?.hour(hour) ?? hour) * 60 + minute, part: full };
  }
  const minutes = hour * 60 + minute;
  const isCertain = hour > 11 || hour === 0 || hasZero || (isDigital && hour >= 8);
  return isCertain ? { minutes } : { minutes, orElse: minutes + 720 };
}

/** The hour of a range's end takes over the part of day of its start: 下午2点-4点. */
export function withPart(clock: Clock, part: string | undefined): Clock {
  if (!part || clock.part !== undefined || clock.minutes >= 720) return clock;
  return clockOf(part, Math.floor(clock.minutes / 60), clock.minutes % 60, false, false);
}

function matchWork(text: string, index: number, { hours }: Calendar): Hit<Clock> | null {
  AT_WORK.lastIndex = index;
  const groups = AT_WORK.exec(text)?.groups;
  if (!groups) return null;
  const isMorning = groups.half !== undefined && groups.half !== '下午';
  const isAfternoon = groups.half === '下午';
  const start = (isAfternoon ? hours.at(-1) : hours[0])?.from ?? 540;
  const end = (isMorning ? hours[0] : hours.at(-1))?.to ?? 1080;
  return { index, end: AT_WORK.lastIndex, value: { minutes: groups.work === '上班' ? start : end } };
}

/** 午饭前 is when the meal begins, 午饭后 when it is over. */
function matchMeal(text: string, index: number): Hit<Clock> | null {
  AT_MEAL.lastIndex = index;
  const { meal = '', before } = AT_MEAL.exec(text)?.groups ?? {};
  const [from, to] = MEALS[meal.charAt(0)] ?? [];
  if (from === undefined || to === undefined) return null;
  return { index, end: AT_MEAL.lastIndex, value: { minutes: before ? from : to } };
}

function matchPart(text: string, index: number): Hit<Clock> | null {
  AT_PART.lastIndex = index;
  const word = AT_PART.exec(text)?.groups?.part;
  if (!word) return null;
  const part = WHOLE_PARTS.find(({ isWritten }) => isWritten.test(word))?.part;
  if (!part) return null;
  const { minutes, until, isVague } = part;
  return {
    index,
    end: AT_PART.lastIndex,
    value: { minutes, part: word, until: until ?? minutes, ...(isVague ? { isVague } : {}) },
  };
}
