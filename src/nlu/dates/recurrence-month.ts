/** Which days of a month come again: 25日, 15号和30号, 底, 最后一个周五, 第2个工作日, 逢五. Pure. */
import type { Recurrence, SpecialDays } from '../../core/reminder.js';
import { weekdayNumber, WEEK } from './days-week.js';
import { NUMBER, parseNumber, WHOLE_NUMBER } from './numbers.js';

/** The days of a rule; `isBare`: only a period was named (每月), its day may stand elsewhere in the message. */
export type Days = {
  rrule: string;
  special?: SpecialDays;
  lead?: Recurrence['lead'];
  /** Minutes that the words bring along: 每晚. */
  minutes?: number;
  isDeadline?: boolean;
  isBare?: boolean;
  /** Why the rule cannot be kept, for the person. */
  problem?: string;
};

/** A sticky pattern and what its groups say. Null: the words are no rule after all. */
export type DaysRule = { pattern: RegExp; read: (groups: Record<string, string | undefined>) => Days | null };

/** 每, 每逢, 每个. */
export const EACH = '每(?:逢|到|个|一个|一)?';
export const BYDAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
export const WORKWEEK = 'BYDAY=MO,TU,WE,TH,FR';
export const DAY_SEP = '[、,和与及跟 ]{0,2}(?:以及|还有|外加|加上)?';
export const ONE_WEEKDAY = '(?:[一二三四五六日天]|(?<!\\d)[1-7](?![\\d:.点时月号]))';

const MONTH_DAY = `${WHOLE_NUMBER}(?:号|日)?`;
/** More things than a list of days can have. */
export const MANY = 30;
export const LUNAR_DAY = '初?[一二三四五六七八九十]{1,3}(?![一二三四五六七八九十])';
/** 25日 · 15号和30号 · 1、11、21日 · 1日至5日 · 底 · 最后一个周五 · 第2个工作日 · 前5个工作日. */
export const IN_MONTH =
  `(?:的|份)?(?:(?<end>最后一天|最后一日|底|末|月底|月末)|(?<start>初(?![一二三四五六七八九十])|月初|第一天|头一?天|首日)|(?<middle>月?中(?!旬|午))|(?<tenth>上旬|中旬|下旬)(?<tenthEnd>末|底|结束)?` +
  `|(?:(?<first>首个|第一个|头一?个)|第(?<nth>${NUMBER})个?|(?<last>最后一?个?)|倒数第(?<fromEnd>${NUMBER})个?)(?:(?<nthWork>工作日)|${WEEK}(?<nthDay>${ONE_WEEKDAY})|(?<nthDate>天|日))` +
  `|前(?<within>${NUMBER})个工作日|倒数第(?<backDays>${NUMBER})[天日]` +
  `|(?<lunar>(?:农历|阴历)?初[一二三四五六七八九十](?:${DAY_SEP}${LUNAR_DAY}){0,${MANY}})` +
  `|逢(?<tens>[一二三四五六七八九十0-9](?:[、,]?逢?[一二三四五六七八九十0-9]){0,${MANY}})(?:的?日子?)?` +
  `|(?<days>${MONTH_DAY}(?:(?:到|至|-|~)${MONTH_DAY}|(?:${DAY_SEP}(?:每月)?${MONTH_DAY}(?![点时:个次])){0,${MANY}})(?<=[号日])|\\d{1,2}(?=提醒|之?前|$|[,。;])))(?![点时:])`;

export type Groups = Record<string, string | undefined>;

/** `base` holds FREQ, INTERVAL and BYMONTH. Null: the words name no day. */
export function inMonth(base: string, groups: Groups): Days | null {
  const { end, start, middle, tenth, tenthEnd, within, backDays, lunar, tens, days } = groups;
  const on = (value: string): Days => ({ rrule: `${base};BYMONTHDAY=${value}` });
  if (end) return on('-1');
  if (start) return on('1');
  if (middle) return on('15');
  if (tenth) {
    const index = ['上旬', '中旬', '下旬'].indexOf(tenth);
    return on(tenthEnd ? ['10', '20', '-1'][index]! : ['1', '11', '21'][index]!);
  }
  if (within) return nthWorkday(base, parseNumber(within), true);
  if (backDays) return backwards(base, parseNumber(backDays));
  if (lunar) return lunarMonthly(lunar);
  if (tens) {
    const digits = [...tens].map(parseNumber).filter((it) => it >= 0 && it <= 10);
    const found = onMonthDays(
      base,
      digits.flatMap((d) => (d % 10 === 0 ? [10, 20, 30] : [d, d + 10, d + 20])),
    );
    // Where February has no 29th there is no market.
    return found && { rrule: found.rrule };
  }
  if (days) return onMonthDays(base, monthDays(days));
  const { first, nth, last, fromEnd, nthWork, nthDay, nthDate } = groups;
  if (!nthWork && !nthDay && !nthDate) return null;
  const n = first ? 1 : nth ? parseNumber(nth) : last ? -1 : -parseNumber(fromEnd ?? '');
  if (!(Math.abs(n) >= 1 && Math.abs(n) <= 31))
    return { ...on('1'), problem: `没有第${Math.abs(n)}个这样的日子。请重新说一下是哪一天。` };
  if (nthWork) return nthWorkday(base, n);
  return nthDay ? { rrule: `${base};BYDAY=${n}${BYDAY[weekdayNumber(nthDay) - 1]}` } : on(String(n));
}

/** No period has more working days than these. */
const MOST_WORKDAYS: [string, number][] = [
  ['FREQ=WEEKLY', 7],
  ['FREQ=YEARLY', 260],
];

export function nthWorkday(base: string, n: number, isDeadline = false): Days {
  const most = MOST_WORKDAYS.find(([period]) => base === period)?.[1] ?? 25;
  return {
    rrule: `${base};${WORKWEEK};BYSETPOS=${n}`,
    special: { kind: 'nth-workday', n },
    ...(isDeadline ? { isDeadline } : {}),
    ...(n !== 0 && Math.abs(n) <= most
      ? {}
      : { problem: `没有第${Math.abs(n)}个工作日。请重新说一下是哪一天。` }),
  };
}

const backwards = (base: string, n: number): Days => ({
  rrule: `${base};BYMONTHDAY=-${n}`,
  ...(n >= 1 && n <= 31 ? {} : { problem: `一个月里没有倒数第${n}天。请重新说一下是哪一天。` }),
});

/** 1日至5日 counts from its first day. */
function monthDays(text: string): number[] {
  if (/到|至|-|~/.test(text))
    return [parseNumber(/^\D*?(\d+|[零一二三四五六七八九十廿]+)/.exec(text)?.[1] ?? '')];
  return [...text.matchAll(new RegExp(NUMBER, 'g'))].map(([number]) => parseNumber(number));
}

function onMonthDays(base: string, days: number[]): Days | null {
  const list = [...new Set(days)].sort((a, b) => a - b);
  if (list.length === 0) return null;
  const wrong = list.find((day) => !(day >= 1 && day <= 31));
  if (wrong !== undefined)
    return { rrule: `${base};BYMONTHDAY=1`, problem: `一个月里没有${wrong}日。请问您指的是每月几日?` };
  const months = /BYMONTH=([\d,]+)/.exec(base)?.[1]?.split(',').map(Number);
  const longest = Math.max(...list);
  const isShort = longest > 28 && (months ?? [2]).some((month) => longest > shortest(month));
  return {
    rrule: `${base};BYMONTHDAY=${list.join(',')}`,
    ...(isShort ? { special: { kind: 'last-if-short' } } : {}),
  };
}

export const shortest = (month: number): number =>
  month === 2 ? 28 : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** 初一 and 十五 of every lunar month; one rule keeps one day. */
export function lunarMonthly(text: string): Days {
  const days = [...text.matchAll(/初?(?<n>[一二三四五六七八九十]{1,3})/g)].map(({ groups }) =>
    parseNumber(groups?.n ?? ''),
  );
  const rrule = 'FREQ=MONTHLY';
  if (days.length !== 1)
    return { rrule, problem: '农历的日子一次只能设一个,请分两次设置,如“每月初一”“农历每月十五”。' };
  return { rrule, special: { kind: 'lunar', month: null, day: days[0] ?? 1 } };
}
