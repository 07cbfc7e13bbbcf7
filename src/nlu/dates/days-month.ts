/** Days by month, quarter and year: 月底, 下个月5号, 12月中旬, 季度末, 明年3月, 30号. */
import { addDays, yearOf, type LocalDate } from '../../calendar/local.js';
import {
  addMonths,
  dateOf,
  dayNumber,
  dayOn,
  firstOfMonth,
  impossibleDay,
  inNearYear,
  lastOfMonth,
  monthNumber,
  monthOf,
  parseYear,
  quarterOf,
  type DayRule,
} from './days.js';
import { NUMBER, parseNumber } from './numbers.js';
import type { Day, Scope } from './types.js';

const YEAR = `今年|本年|明年|次年|(?<!一)下年|后年|去年|前年|\\d{4}年|(?<!\\d)\\d{2}年|二[零〇][零〇一二三四五六七八九]{2}年`;
const LIMIT = '之前|以前|前(?![一二三四五六七八九十两\\d]|后|往|期|面|来|去)';
/** What follows a bare month where a time is meant; not 3月份的报表. */
const ENDS = `(?=提醒|叫|通知|$|[,。!;])`;
const RELATIVE_MONTH = '本月|这个?月|当月|次月|下{1,9}一?个?月|上{1,9}个?月';

function relativeMonth(word: string, today: LocalDate): { year: number; month: number } {
  const down = [...word].filter((c) => c === '下' || c === '次').length;
  const up = [...word].filter((c) => c === '上').length;
  return monthOf(yearOf(today), monthNumber(today) + down - up);
}

/** The part of a month that a word names: 底 its last day, 中旬 the 11th to the 20th. */
function partOfMonth(year: number, month: number, part: string): Day {
  const first = firstOfMonth(year, month);
  const last = lastOfMonth(year, month);
  const inside = part.endsWith('内') ? { isDeadline: true } : {};
  const on = (from: number, to: number) =>
    dayOn(addDays(first, from - 1), { until: addDays(first, to - 1), ...inside });
  if (/上旬/.test(part)) return on(1, 10);
  if (/中旬/.test(part)) return on(11, 20);
  if (/下旬/.test(part)) return dayOn(addDays(first, 20), { until: last, ...inside });
  if (/底|末/.test(part)) return dayOn(last);
  if (/初|头/.test(part)) return dayOn(first);
  if (/中/.test(part)) return on(15, 15);
  return dayOn(first, { until: last, ...inside });
}

const MONTH_PART =
  '(?:月|的)?(?:底|末)|初(?![一二三四五六七八九十])|头|[上中下]旬(?:之内|以内|内)?|中(?!旬|央|心|秋|国)|之内|以内|内';

function dayOfMonth(scope: Scope, year: number, month: number, day: number, words: string): Day {
  const date = dateOf(year, month, day);
  return date === null ? impossibleDay(scope, year, month, words) : dayOn(date);
}

/** 12月前 may leave out December or take it in. */
const monthLimit = (year: number, month: number): LocalDate[] => [
  addDays(firstOfMonth(year, month), -1),
  lastOfMonth(year, month),
];

function bareDay(scope: Scope, day: number, words: string): Day | null {
  if (day < 1 || day > 31) return null;
  const year = yearOf(scope.today);
  const month = monthNumber(scope.today);
  const next = (from: number): LocalDate => {
    for (let m = from; ; m++) {
      const { year: y, month: at } = monthOf(year, m);
      const found = dateOf(y, at, day);
      if (found) return found;
    }
  };
  const date = dateOf(year, month, day);
  if (date === null && !scope.isMention) {
    const last = lastOfMonth(year, month);
    return dayOn(last, {
      problem: {
        reason: 'impossible',
        dates: [last, next(month + 1)],
        message: `${month}月没有${day}日。请问您指的是哪一天(“${words}”)?`,
      },
    });
  }
  const coming = monthOf(year, month + 1);
  const isNext = dateOf(coming.year, coming.month, day) !== null;
  if (scope.isMention && (date === null || date < scope.today)) return dayOn(next(month + 1));
  if (date !== null && day >= dayNumber(scope.today))
    return dayOn(date, { later: [next(month + 1)], past: isNext ? 'move-unless-today' : 'ask' });
  if (isNext) return dayOn(next(month + 1));
  return dayOn(next(month + 1), {
    problem: {
      reason: 'impossible',
      dates: [lastOfMonth(coming.year, coming.month), next(month + 1)],
      message: `${coming.month}月没有${day}日。请问您指的是哪一天(“${words}”)?`,
    },
  });
}

function monthIn(scope: Scope, year: number | null, month: number, build: (year: number) => Day): Day | null {
  if (month < 1 || month > 12) return null;
  return year === null ? inNearYear(scope, build) : build(year);
}

export const MONTH_RULES: DayRule[] = [
  {
    pattern: new RegExp(
      `(?:(?<year>${YEAR})的?[ ,]{0,2})?(?<month>${NUMBER})月份?的?(?<part>${MONTH_PART})`,
      'y',
    ),
    read: ({ year, month = '', part = '' }, scope) => {
      const number = parseNumber(month);
      return monthIn(scope, parseYear(year, scope, parseNumber), number, (y) => partOfMonth(y, number, part));
    },
  },
  {
    pattern: new RegExp(
      `(?:(?<year>${YEAR})的?[ ,]{0,2})?(?<!\\d)(?<month>${NUMBER})月份?(?:(?=${LIMIT})|${ENDS})`,
      'y',
    ),
    read: ({ year, month = '' }, scope) => {
      const number = parseNumber(month);
      return monthIn(scope, parseYear(year, scope, parseNumber), number, (y) => ({
        ...partOfMonth(y, number, ''),
        beforeProblem: monthLimit(y, number),
      }));
    },
  },
  {
    pattern: new RegExp(`(?<word>${RELATIVE_MONTH})的?(?<part>${MONTH_PART})`, 'y'),
    read: ({ word = '', part = '' }, scope) => {
      const { year, month } = relativeMonth(word, scope.today);
      const next = monthOf(year, month + 1);
      return {
        ...partOfMonth(year, month, part),
        later: [partOfMonth(next.year, next.month, part).date],
      };
    },
  },
  {
    pattern: new RegExp(`(?<word>${RELATIVE_MONTH})的?(?<day>${NUMBER})[号日]?`, 'y'),
    read: ({ word = '', day = '' }, scope, found) => {
      if (!/[号日]$/.test(found)) return null;
      const { year, month } = relativeMonth(word, scope.today);
      const at = dayOfMonth(scope, year, month, parseNumber(day), found);
      return { ...at, later: at.problem ? [] : [addMonths(at.date, 1)] };
    },
  },
  {
    pattern: new RegExp(`(?<word>下{1,9}一?个?月)(?:(?=${LIMIT})|${ENDS})`, 'y'),
    read: ({ word = '' }, scope) => {
      const { year, month } = relativeMonth(word, scope.today);
      return { ...partOfMonth(year, month, ''), beforeProblem: monthLimit(year, month) };
    },
  },
  {
    // 月底 on its own; 月中 and 月初 that are over are the next month's.
    pattern:
      /(?<![\d一二三四五六七八九十本这个下上每当])(?<part>月底|月末|月初|月中(?!旬)|本?月内|(?:上|中|下)旬)/y,
    read: ({ part = '' }, scope) => {
      const year = yearOf(scope.today);
      const month = monthNumber(scope.today);
      const now = partOfMonth(year, month, part);
      const next = partOfMonth(monthOf(year, month + 1).year, monthOf(year, month + 1).month, part);
      return now.until < scope.today ? next : { ...now, later: [next.date] };
    },
  },
  {
    pattern: new RegExp(
      `(?<year>${YEAR})?(?:(?<word>本|这个?|下一?个?|上个?)?季度?|第?(?<n>[一二三四1-4])季度)的?(?<part>最后一天|底|末|初|之内|以内|内)`,
      'y',
    ),
    read: ({ year, word = '', n, part = '' }, scope) => {
      const build = (y: number, quarter: number): Day => {
        const from = firstOfMonth(y, quarter * 3 - 2);
        const to = lastOfMonth(y, quarter * 3);
        if (/底|末|最后/.test(part)) return dayOn(to);
        if (part === '初') return dayOn(from);
        return dayOn(from < scope.today ? scope.today : from, { until: to, isDeadline: true });
      };
      const named = parseYear(year, scope, parseNumber);
      if (n !== undefined) {
        const quarter = parseNumber(n);
        return named === null ? inNearYear(scope, (y) => build(y, quarter)) : build(named, quarter);
      }
      const away = word.startsWith('下') ? 1 : word.startsWith('上') ? -1 : 0;
      const at = (quarters: number) => build(yearOf(scope.today), quarterOf(scope.today) + quarters);
      const day = at(away);
      const next = at(away + 1);
      // 季度初 without 本 is over on any later day: the next one is meant.
      return word === '' && day.until < scope.today ? next : { ...day, later: [next.date] };
    },
  },
  {
    pattern: new RegExp(
      `(?<year>${YEAR})?的?(?<part>(?:年?(?:底|末|初|中)|年终(?=前|之前|以前)|岁末|之内|以内|内|上半年(?=底|末|之?内|以内|结束|之前|以前|前)|下半年(?=底|末|之?内|以内|结束|初|之前|以前|前)))(?<half>底|末|初|之内|以内|内|结束)?`,
      'y',
    ),
    read: ({ year, part = '', half = '' }, scope, found) => {
      if (!year && !/年|岁/.test(part)) return null;
      // 年内 without a year is read below by its own word.
      if (!/年|岁/.test(found)) return null;
      const isHalf = part.endsWith('半年');
      const build = (y: number): Day => {
        if (part.startsWith('上半'))
          return dayOn(`${y}-06-30`, half.includes('内') ? { isDeadline: true } : {});
        if (isHalf && half === '初') return dayOn(`${y}-07-01`);
        if (isHalf) return dayOn(`${y}-12-31`, half.includes('内') ? { isDeadline: true } : {});
        if (part.includes('初')) return dayOn(`${y}-01-01`);
        if (part.includes('中')) return dayOn(`${y}-06-30`);
        return dayOn(`${y}-12-31`, part.includes('内') ? { isDeadline: true } : {});
      };
      const named = parseYear(year, scope, parseNumber);
      if (named !== null)
        return { ...build(named), later: [build(Math.max(named, yearOf(scope.today)) + 1).date] };
      const now = build(yearOf(scope.today));
      const next = build(yearOf(scope.today) + 1);
      return now.until < scope.today ? next : { ...now, later: [next.date] };
    },
  },
  {
    pattern: /年内/y,
    read: (_, scope) =>
      dayOn(`${yearOf(scope.today)}-12-31`, {
        isDeadline: true,
        later: [`${yearOf(scope.today) + 1}-12-31`],
      }),
  },
  {
    pattern: new RegExp(
      `(?<![\\d.月零〇一二两三四五六七八九十廿])(?<day>${NUMBER})(?<unit>[号日])(?![\\d一二三四五六七八九十]{0,8}[条项])`,
      'y',
    ),
    read: ({ day = '', unit }, scope, found) => {
      // 一日三餐, 三日游: a single numeral with 日 is a length, not a date.
      if (unit === '日' && /^[一二两三四五六七八九]$/.test(day)) return null;
      return bareDay(scope, parseNumber(day), found);
    },
  },
];
