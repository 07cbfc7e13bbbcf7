/** Days counted from today: 明天, 大后天, 三天后, 两周内, 一个月内, 3个工作日内. */
import { addDays, weekdayOf } from '../../calendar/local.js';
import { nthWorkday } from '../../calendar/special-days.js';
import { addWorkingDays, workdayFrom } from '../../calendar/workdays.js';
import {
  addMonths,
  dayOn,
  firstOfMonth,
  lastOfMonth,
  monthNumber,
  monthOf,
  quarterOf,
  type DayRule,
} from './days.js';
import { yearOf, type LocalDate } from '../../calendar/local.js';
import { mondayOf, WEEK, WEEKDAY, weekdayNumber } from './days-week.js';
import { atMost, NUMBER, parseAbout, parseNumber } from './numbers.js';
import type { Day, Scope } from './types.js';

const WORDS: Record<string, number> = {
  大前: -3,
  前: -2,
  昨: -1,
  今: 0,
  当: 0,
  本: 0,
  明: 1,
  次: 1,
  翌: 1,
  后: 2,
  大后: 3,
  大大后: 4,
};

const INSIDE = '之内|以内|内|里';
const AFTER = '以后|之后|过后|后(?!续|期|面|天)';
/** 个 between number and unit; halves are days or months by themselves. */
const LENGTH = `(?<number>${NUMBER}|半)个?(?<half>半)?(?<unit>天|日|周|星期|礼拜|月|年)(?<more>半)?`;

/** So many of a unit after today. Null for what is too vague. @throws RangeError `outOfYears` */
export function addLength(
  date: LocalDate,
  text: Record<string, string | undefined>,
  sign = 1,
): LocalDate | null {
  const { number = '', unit = '' } = text;
  const isHalf = number === '半';
  const extra = text.half ?? text.more;
  const count = isHalf ? 0 : parseNumber(number);
  if (!(count >= 0)) return null;
  const half = isHalf || extra ? 1 : 0;
  if (/天|日/.test(unit)) return half ? null : addDays(date, sign * count);
  if (/周|星期|礼拜/.test(unit)) return half ? null : addDays(date, sign * count * 7);
  if (unit === '年') return addMonths(date, sign * (count * 12 + half * 6));
  // 半个月 is fifteen days in the usage of offices.
  return addDays(addMonths(date, sign * count), sign * half * 15);
}

const PERIOD = `本周|这个?周|下个?周|(?:本|这个?|当)月|下个?月|(?<month>${NUMBER})月份?|(?:本|这个?)季度|下个?季度|今年|年底|月底|月末|季度末|明年`;
const NTH = `(?:第(?<n>${NUMBER})个?|(?<last>最后一?个?)|倒数第(?<fromEnd>${NUMBER})个?|(?<first>首个))`;

function periodOf(scope: Scope, word: string, month: string | undefined): [LocalDate, LocalDate] | null {
  const year = yearOf(scope.today);
  const next = /下/.test(word) ? 1 : 0;
  if (month) {
    const number = parseNumber(month);
    if (!(number >= 1 && number <= 12)) return null;
    const y = lastOfMonth(year, number) < scope.today ? year + 1 : year;
    return [firstOfMonth(y, number), lastOfMonth(y, number)];
  }
  if (/周/.test(word)) {
    const monday = addDays(mondayOf(scope.today), next * 7);
    return [monday, addDays(monday, 6)];
  }
  if (/月/.test(word)) {
    const at = monthOf(year, monthNumber(scope.today) + next);
    return [firstOfMonth(at.year, at.month), lastOfMonth(at.year, at.month)];
  }
  if (/季/.test(word)) {
    const quarter = quarterOf(scope.today) + next;
    return [firstOfMonth(year, quarter * 3 - 2), lastOfMonth(year, quarter * 3)];
  }
  const y = word === '明年' ? year + 1 : year;
  return [`${y}-01-01`, `${y}-12-31`];
}

const isMonthNamed = (word: string): boolean => /月/.test(word) || /季/.test(word);

/** 三五天内, 明后天: either may be meant. */
function about({ today }: Scope, dates: (LocalDate | null)[], words: string): Day {
  const message = `“${words}”没有说准是哪一天。请选择。`;
  return dayOn(today, {
    problem: { reason: 'ambiguous', dates: dates.filter((it) => it !== null), message },
    ...(/内$|工作日$/.test(words) ? { isDeadline: true } : {}),
  });
}

export const RELATIVE_RULES: DayRule[] = [
  {
    pattern: /(?<word>大大后|大后|大前|今|明|昨|后|前|次|当)(?:天|日|儿(?!童))(?:之?内)?/y,
    read: ({ word = '' }, scope, found) => {
      const date = addDays(scope.today, WORDS[word] ?? 0);
      const later = [1, 2].map((days) => addDays(scope.today, days)).filter((it) => it > date);
      return dayOn(date, { later, ...(found.endsWith('内') ? { isDeadline: true } : {}) });
    },
  },
  {
    // 今晚, 明早: the part of day is in the word, an hour may follow.
    pattern: /(?<word>今|明|昨|后|当)(?<part>早|晨|晚|夜)(?! ?[\d一二两三四五六七八九十零差点上])/y,
    read: ({ word = '', part = '' }, scope) =>
      dayOn(addDays(scope.today, WORDS[word] ?? 0), {
        minutes: /早|晨/.test(part) ? 480 : 1200,
        later: [addDays(scope.today, 1)],
      }),
  },
  {
    // The same before an hour: the clock rule reads 早/晚 and the hour.
    pattern: /(?<word>今|明|昨|后|当)(?=[早晨晚夜]上? ?[\d一二两三四五六七八九十零差])/y,
    read: ({ word = '' }, scope) =>
      dayOn(addDays(scope.today, WORDS[word] ?? 0), { later: [addDays(scope.today, 1)] }),
  },
  {
    pattern: /(?:(?<down>下{1,9})一?个?(?<unit>周|星期|礼拜|月)|明年)的?(?:今天|今日)/y,
    read: ({ down = '', unit = '年' }, scope) => {
      if (unit === '年') return dayOn(addMonths(scope.today, 12));
      return dayOn(
        unit === '月' ? addMonths(scope.today, down.length) : addDays(scope.today, 7 * down.length),
      );
    },
  },
  {
    pattern: /明后两?[天日]/y,
    read: (_, scope, found) => about(scope, [addDays(scope.today, 1), addDays(scope.today, 2)], found),
  },
  {
    pattern: /第二天|翌日|(?:今明|这|今后)两天内?/y,
    read: (_, scope, found) =>
      found.startsWith('这')
        ? null
        : dayOn(addDays(scope.today, 1), found.endsWith('内') ? { isDeadline: true } : {}),
  },
  {
    pattern: new RegExp(`(?<!\\d\\.)${LENGTH}(?:(?<inside>${INSIDE})|(?<after>${AFTER}))`, 'y'),
    read: (groups, scope, found) => {
      const both = parseAbout(groups.number ?? '')?.map((n) =>
        addLength(scope.today, { ...groups, number: String(n) }),
      );
      if (both) return about(scope, both, found);
      const date = addLength(scope.today, groups);
      return date === null || date === scope.today
        ? null
        : dayOn(date, groups.inside ? { isDeadline: true } : {});
    },
  },
  {
    pattern: new RegExp(`再?过(?!去)(?:了)?${LENGTH}(?!的|内)`, 'y'),
    read: (groups, scope) => {
      const date = addLength(scope.today, groups);
      return date === null ? null : dayOn(date);
    },
  },
  {
    // Without a word after it, "5个工作日" limits the work: 5个工作日办结.
    pattern: new RegExp(
      `(?<start>[从自](?:明天|明日|次日)起的?)?(?<![\\d.第每])(?<number>${NUMBER})个?工作日(?:(?<after>${AFTER})|${INSIDE}|之前|以前|(?!前|之|制))`,
      'y',
    ),
    read: ({ number = '', after }, scope, found) => {
      const both = parseAbout(number)?.map((n) => addWorkingDays(scope.calendar, scope.today, n).date);
      if (both) return about(scope, both, found);
      const count = atMost(500, number);
      if (count < 1) return null;
      const { date } = addWorkingDays(scope.calendar, scope.today, count);
      return dayOn(date, after ? {} : { isDeadline: true });
    },
  },
  {
    pattern: /(?:下一?个?|最近一?个?|次个)工作日/y,
    read: (_, scope) => dayOn(addWorkingDays(scope.calendar, scope.today, 1).date),
  },
  {
    pattern: new RegExp(
      `(?<period>${PERIOD})前?的?${NTH}(?:(?<workday>工作日)|${WEEK}(?<day>${WEEKDAY})|(?<date>天|日))`,
      'y',
    ),
    read: ({ period = '', month, n, last, fromEnd, workday, day }, scope) => {
      const bounds = periodOf(scope, period, month);
      if (!bounds) return null;
      const index = fromEnd ? -atMost(366, fromEnd) : last ? -1 : atMost(366, n ?? '1');
      if (!index) return null;
      const [from, to] = bounds;
      const date = workday ? nthWorkday(scope.calendar, from, to, index) : nthDay(from, to, index, day);
      if (date === null) return null;
      const later = isMonthNamed(period) ? [addMonths(date, 1)] : [];
      return dayOn(date, workday ? {} : { later });
    },
  },
  {
    pattern: /(?<![每月季年周的非])(?:工作日)(?=提醒)/y,
    read: (_, scope) => dayOn(workdayFrom(scope.calendar, addDays(scope.today, 1))),
  },
];

function nthDay(from: LocalDate, to: LocalDate, n: number, weekday: string | undefined): LocalDate | null {
  const days: LocalDate[] = [];
  for (let date = from; date <= to; date = addDays(date, 1))
    if (!weekday || weekdayOf(date) === weekdayNumber(weekday)) days.push(date);
  return days.at(n > 0 ? n - 1 : n) ?? null;
}
