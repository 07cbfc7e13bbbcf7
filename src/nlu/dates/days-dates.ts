/** Whole dates: 11月30日, 2026-11-30, 11/30, 20261130, 十一月三十日, 腊月廿三, 农历八月十五. */
import { lunarDate, nextDate } from '../../calendar/festivals.js';
import { addDays, yearOf } from '../../calendar/local.js';
import { dateOf, dayOn, impossibleDay, inNearYear, parseYear, type DayRule } from './days.js';
import { NUMBER, parseNumber } from './numbers.js';
import type { Day, Scope } from './types.js';

/** 1896 to 1904, 2096 to 2104. */
const LEAP_YEARS_APART = 8;

function onDate(scope: Scope, year: number | null, month: number, day: number, words: string): Day {
  if (year !== null) {
    const date = dateOf(year, month, day);
    if (date === null) return impossibleDay(scope, year, month, words);
    const coming = [yearOf(scope.today), yearOf(scope.today) + 1].map((y) => dateOf(y, month, day));
    return dayOn(date, {
      later: coming.filter((it) => it !== null && it > date && it > scope.today) as string[],
    });
  }
  const thisYear = yearOf(scope.today);
  // 29 February: the next one may be years ahead; that is asked, not guessed.
  if (dateOf(thisYear, month, day) === null || dateOf(thisYear + 1, month, day) === null) {
    const years = Array.from({ length: LEAP_YEARS_APART + 1 }, (_, i) => thisYear + i);
    const coming = years.map((y) => dateOf(y, month, day)).find((it) => it !== null && it >= scope.today);
    if (coming && scope.isMention) return dayOn(coming);
    const found = dateOf(thisYear, month, day) ?? dateOf(thisYear + 1, month, day);
    const isNear = found !== null && inNearYear(scope, () => dayOn(found)).date >= scope.today;
    if (!isNear || yearOf(found) !== thisYear) {
      const day = impossibleDay(scope, thisYear, month, words);
      if (day.problem && coming) day.problem.dates.push(coming);
      return day;
    }
    return dayOn(found);
  }
  return inNearYear(scope, (y) => dayOn(dateOf(y, month, day) ?? ''));
}

/** 十点半, 10:30: behind 12.8 it says that a day is meant. */
const CLOCK = '(?:\\d{1,2}(?::\\d{2}|点)|[一二两三四五六七八九十]{1,3}点)';
/** What may follow a short form like 11.30 or 12-5 when it is a date and no number. */
const AFTER_SHORT =
  '(?= ?(?:$|[一二两三四五六七八九十]{1,3}点|[,。!;() ]|[日号周]|之前|以前|前|截止|上午|下午|早|晚|中午|凌晨|提醒|开会|到|至|-(?!\\d+[个天])|~))';

const LUNAR_MONTH = '(?:(?<month>正|一|二|三|四|五|六|七|八|九|十|十一|十二|冬|腊|\\d{1,2})月)';
const LUNAR_DAY = '(?<day>初[一二三四五六七八九十]|(?:二十|廿|卅|三十|十)[一二三四五六七八九]?|\\d{1,2})';

const LUNAR_MONTHS: Record<string, number> = { 正: 1, 冬: 11, 腊: 12 };

function lunarDay(scope: Scope, month: string, day: string, words: string): Day {
  const m = LUNAR_MONTHS[month] ?? parseNumber(month);
  const d = parseNumber(day.replace('初', ''));
  if (!(m >= 1 && m <= 12 && d >= 1 && d <= 30)) return impossibleDay(scope, yearOf(scope.today), 13, words);
  const date = nextDate((year) => lunarDate(year, m, d), scope.today);
  return dayOn(date, { later: [nextDate((year) => lunarDate(year, m, d), addDays(date, 1))], past: 'move' });
}

export const DATE_RULES: DayRule[] = [
  {
    pattern: new RegExp(`(?:农历|阴历|旧历|老历)(?:的)?${LUNAR_MONTH}${LUNAR_DAY}[日号]?`, 'y'),
    read: ({ month = '', day = '' }, scope, found) => lunarDay(scope, month, day, found),
  },
  {
    pattern: new RegExp(`(?<month>正|冬|腊)月${LUNAR_DAY}`, 'y'),
    read: ({ month = '', day = '' }, scope, found) => lunarDay(scope, month, day, found),
  },
  {
    pattern: new RegExp(
      `(?<![年])(?<month>一|二|三|四|五|六|七|八|九|十|十一|十二|\\d{1,2})月(?<day>初[一二三四五六七八九十]|廿[一二三四五六七八九]?)`,
      'y',
    ),
    read: ({ month = '', day = '' }, scope, found) => lunarDay(scope, month, day, found),
  },
  {
    // 年初五, 大年初一, 大年三十: days of the Spring Festival.
    pattern: /(?:大年|新年|年)初(?<day>[一二三四五六七八九十])/y,
    read: ({ day = '' }, scope, found) => lunarDay(scope, '正', day, found),
  },
  {
    pattern: new RegExp(
      `(?:(?:(?<year>\\d{4}|\\d{2}|二[零〇][零〇一二三四五六七八九]{2})年|(?<word>今年|本年|明年|次年|(?<!一)下年|后年|去年|前年)的?)[ ,]{0,2})?(?<![\\d.])(?<month>${NUMBER})月份?(?<day>${NUMBER})(?<unit>[日号])?`,
      'y',
    ),
    read: ({ year, word, month = '', day = '', unit }, scope, found) => {
      if (!unit && !/^(?:\d{1,2}|[二三]?十[一二三四五六七八九]?)$/.test(day)) return null;
      return onDate(
        scope,
        parseYear(year ?? word, scope, parseNumber),
        parseNumber(month),
        parseNumber(day),
        found,
      );
    },
  },
  {
    pattern:
      /(?<![\d./-])(?<year>20\d{2})(?<sep>[-./])(?<month>\d{1,2})\k<sep>(?<day>\d{1,2})(?![\d])(?:t(?=\d))?/y,
    read: ({ year, month = '', day = '' }, scope, found) =>
      onDate(scope, Number(year), Number(month), Number(day), found),
  },
  {
    pattern: /(?<!\d)(?<year>20\d{2})(?<month>\d{2})(?<day>\d{2})(?!\d)/y,
    read: ({ year, month = '', day = '' }, scope, found) =>
      onDate(scope, Number(year), Number(month), Number(day), found),
  },
  {
    pattern: new RegExp(
      `(?<![\\d./-])(?<month>\\d{1,2})(?<sep>[-./])(?<day>\\d{1,2})(?![\\d/])(?:[日号]|(?=(?<time> ?(?:上午|下午|早上|晚上|中午|凌晨|傍晚|周[一二三四五六日]|提醒|${CLOCK}))?)${AFTER_SHORT})`,
      'y',
    ),
    read: ({ sep, month = '', day = '', time }, scope, found) => {
      const [m, d] = [Number(month), Number(day)];
      if (m < 1 || m > 12 || d < 1 || d > 31) return null;
      // 3.5 alone is rather a number than the fifth of March.
      if (sep === '.' && day.length < 2 && time === undefined && !/[日号]$/.test(found)) return null;
      return onDate(scope, null, m, d, found.trim());
    },
  },
];
