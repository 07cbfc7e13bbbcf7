/** Whole periods: 这周, 下个月, 今年第一季度, 明年下半年, 十月的第一周, 未来7天, 2021年的前2周. Pure. */
import { addDays, weekdayOf, yearOf, type LocalDate } from '../../calendar/local.js';
import { addMonths, firstOfMonth, lastOfMonth, monthNumber, parseYear, quarterOf } from './days.js';
import { mondayOf, WEEK } from './days-week.js';
import { atMost, NUMBER, parseNumber } from './numbers.js';
import type { Scope } from './types.js';

export type Span = { from: LocalDate; to: LocalDate };
type Groups = Record<string, string | undefined>;
type SpanRule = { pattern: RegExp; read: (groups: Groups, scope: Scope) => Span | null };

const YEAR = `(?<year>今年|本年|明年|次年|(?<!一)下年|后年|去年|前年|\\d{4} ?年)`;
const STEP = '(?<step>本|这一?个?|下{1,9}一?个?|上{1,9}一?个?)';
/** What makes the period a day or a limit, which other rules read. */
const NO_DAY = '(?!的?(?:[一二三四五六日天\\d底末初中内头前之以今]|第|最后|倒数|[上下]旬))';
const MOST = 999;

const stepOf = (step = ''): number => {
  const down = [...step].filter((c) => c === '下').length;
  return down > 0 ? down : -[...step].filter((c) => c === '上').length;
};

const months = (year: number, first: number, count: number): Span => ({
  from: firstOfMonth(year, first),
  to: lastOfMonth(year, first + count - 1),
});

/** Weeks belong to the month or year in which their Monday lies. */
const firstMonday = (from: LocalDate): LocalDate => addDays(from, (8 - weekdayOf(from)) % 7);

function weeksIn({ from, to }: Span, n: number, count: number): Span | null {
  const monday = addDays(firstMonday(from), (n - 1) * 7);
  return monday > to ? null : { from: monday, to: addDays(monday, count * 7 - 1) };
}

/** The last whole weeks, months or days of a period. */
function lastOf({ to }: Span, count: number, unit: string): Span {
  if (unit === '月') return { from: addMonths(addDays(to, 1), -count), to };
  if (unit !== '周') return { from: addDays(to, 1 - count), to };
  const sunday = addDays(to, -(weekdayOf(to) % 7));
  return { from: addDays(sunday, 1 - count * 7), to: sunday };
}

function firstOf(span: Span, count: number, unit: string): Span | null {
  const { from } = span;
  if (unit === '周') return weeksIn(span, 1, count);
  return { from, to: addDays(unit === '月' ? addMonths(from, count) : addDays(from, count), -1) };
}

const unitOf = (text = ''): string => (/周|星期|礼拜/.test(text) ? '周' : text);

function yearSpan(year: string | undefined, scope: Scope): Span {
  const y = parseYear(year?.replace(' ', ''), scope, parseNumber) ?? yearOf(scope.today);
  return months(y, 1, 12);
}

function monthSpan({ month, step }: Groups, scope: Scope): Span | null {
  const year = yearOf(scope.today);
  if (step !== undefined) return months(year, monthNumber(scope.today) + stepOf(step), 1);
  const number = parseNumber(month ?? '');
  if (!(number >= 1 && number <= 12)) return null;
  return months(lastOfMonth(year, number) < scope.today ? year + 1 : year, number, 1);
}

const HALF = `(?<half>[上前下后])半`;
const isSecond = (half = ''): boolean => half === '下' || half === '后';

const RULES: SpanRule[] = [
  {
    pattern: new RegExp(`${STEP}${WEEK}${NO_DAY}`, 'y'),
    read: ({ step }, { today }) => {
      const from = addDays(mondayOf(today), stepOf(step) * 7);
      return { from, to: addDays(from, 6) };
    },
  },
  { pattern: new RegExp(`${STEP}月${NO_DAY}(?!份)`, 'y'), read: monthSpan },
  {
    pattern: new RegExp(`(?:${YEAR}的?)?${HALF}年(?!度|底|末|初|内|之|以|前|结束)`, 'y'),
    read: ({ year, half }, scope) => months(yearOf(yearSpan(year, scope).from), isSecond(half) ? 7 : 1, 6),
  },
  {
    pattern: new RegExp(`(?:${STEP}月的?)?(?<!\\d)${HALF}个?月`, 'y'),
    read: ({ step, half }, scope) => {
      const month = monthSpan({ step: step ?? '本' }, scope);
      if (!month) return null;
      return isSecond(half)
        ? { from: addDays(month.from, 15), to: month.to }
        : { from: month.from, to: addDays(month.from, 14) };
    },
  },
  {
    pattern: new RegExp(`(?:${STEP})?(?<half>[上下])半(?:周|个?星期)`, 'y'),
    read: ({ step, half }, { today }) => {
      // 下半周 begins with a 下 that names no week.
      const monday = addDays(mondayOf(today), stepOf(step) * 7);
      return half === '下'
        ? { from: addDays(monday, 3), to: addDays(monday, 6) }
        : { from: monday, to: addDays(monday, 2) };
    },
  },
  {
    pattern: new RegExp(`(?:${YEAR}的?第?(?<n>[一二三四1-4])|${STEP})季度?${NO_DAY}`, 'y'),
    read: ({ year, n, step }, scope) => {
      const { today } = scope;
      const quarter = n === undefined ? quarterOf(today) + stepOf(step) : parseNumber(n);
      return months(yearOf(yearSpan(year, scope).from), quarter * 3 - 2, 3);
    },
  },
  {
    pattern: new RegExp(`${YEAR}的?第(?<n>${NUMBER})个月`, 'y'),
    read: ({ year, n = '' }, scope) => {
      const number = parseNumber(n);
      return number >= 1 && number <= 12 ? months(yearOf(yearSpan(year, scope).from), number, 1) : null;
    },
  },
  {
    pattern: new RegExp(
      `(?:${STEP}月|(?<month>${NUMBER})月份?)的?第(?<n>[一二三四五1-5])个?${WEEK}${NO_DAY}`,
      'y',
    ),
    read: (groups, scope) => {
      const month = monthSpan(groups, scope);
      return month && weeksIn(month, parseNumber(groups.n ?? ''), 1);
    },
  },
  {
    pattern: new RegExp(
      `(?:未来|今后|接下来|往后)的?(?<n>${NUMBER})个?(?<unit>天|日|周|星期|礼拜|月|年)(?!内|之内|以内|[每都])`,
      'y',
    ),
    read: ({ n = '', unit }, { today }) => {
      const count = atMost(MOST, n);
      if (count < 1) return null;
      const [from, kind] = [addDays(today, 1), unitOf(unit)];
      if (kind === '月' || kind === '年')
        return { from, to: addMonths(today, kind === '年' ? count * 12 : count) };
      return { from, to: addDays(today, kind === '周' ? count * 7 : count) };
    },
  },
  {
    pattern: new RegExp(
      `${YEAR} ?的?(?<side>前|最后) ?(?<n>${NUMBER}) ?个?(?<unit>天|周|星期|礼拜|月)(?!内|之内|第)`,
      'y',
    ),
    read: ({ year, side, n = '', unit }, scope) => {
      const [span, count] = [yearSpan(year, scope), atMost(MOST, n)];
      if (count < 1) return null;
      return side === '前' ? firstOf(span, count, unitOf(unit)) : lastOf(span, count, unitOf(unit));
    },
  },
];

/** The longest period that is named at this place. */
export function spanAt(text: string, index: number, scope: Scope): { end: number; span: Span } | null {
  let best: { end: number; span: Span } | null = null;
  for (const { pattern, read } of RULES) {
    pattern.lastIndex = index;
    const groups = pattern.exec(text)?.groups;
    const end = pattern.lastIndex;
    if (!groups || (best && end <= best.end)) continue;
    const span = read(groups, scope);
    if (span) best = { end, span };
  }
  return best;
}
