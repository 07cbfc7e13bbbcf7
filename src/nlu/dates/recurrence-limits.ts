/** What bounds a rule: 从下周一起, 到年底为止, 连续三周, 6月至9月, 遇节假日顺延. Pure. */
import { addDays, type LocalDate } from '../../calendar/local.js';
import type { WorkdayShift } from '../../core/reminder.js';
import { addMonths, firstOfMonth, lastOfMonth, monthNumber, monthOf } from './days.js';
import { yearOf } from '../../calendar/local.js';
import { weekNamed } from './days-week.js';
import { HOLIDAY_SPAN, readHolidaySpan } from './days-festival.js';
import { NUMBER, parseNumber } from './numbers.js';
import { exceptDates, EXCEPTIONS, exceptOf, type Except } from './recurrence-except.js';
import { scanPieces } from './scan.js';
import { blank } from './text.js';
import type { Clock, Day, DayProblem, Hit, Scope } from './types.js';

/** `isWorkdays`: so many working days; each is an occurrence. */
export type Length = { count: number; unit: '次' | '天' | '周' | '月' | '年'; isWorkdays?: true };

export type Limits = {
  /** The text without what was read. */
  rest: string;
  from?: LocalDate;
  until?: LocalDate;
  length?: Length;
  /** BYMONTH of a season. */
  months?: number[];
  shift: WorkdayShift;
  /** Days and months that are left out. */
  except?: Except;
  /** Dates that are left out. */
  exceptDates?: LocalDate[];
  /** Where 从…起, 到…为止 and what is left out stand, with these words. */
  bounds?: { index: number; end: number }[];
  /** Of the beginning: 从明天早上7点开始. */
  clock?: Hit<Clock>;
  /** What of it cannot be kept: 从2月30日起, 共99999次. */
  problem?: DayProblem;
};

const OFF =
  '(?:法定)?(?:工作日(?:以外|之外)(?:的(?:日子|时间))?|节假日|假期|假日|节日|放假|休息日|周末|双休日|非工作日|周六日|周六周日|国庆|春节)';
const SHIFTS: [WorkdayShift, RegExp][] = [
  [
    'next',
    new RegExp(
      `(?:如?遇(?:到|上)?|碰(?:到|上)|逢|如?是)${OFF}[^,。;()]{0,6}?(?:顺延|后延|延后|推后|推迟|后推|往后)(?:到?(?:下一?个|后一?个)?工作日|到?(?:下个?|后面的?)?(?:周|星期|礼拜)一)?|${OFF}顺延`,
      'g',
    ),
  ],
  [
    'previous',
    new RegExp(
      `(?:如?遇(?:到|上)?|碰(?:到|上)|逢|如?是)${OFF}[^,。;()]{0,6}?(?:提前|前移|往前)(?:到?(?:前|上)一?个工作日|到?(?:前面的?)?(?:周|星期|礼拜)五)?|${OFF}提前(?![\\d一二两三四五六七八九十])`,
      'g',
    ),
  ],
  [
    'skip',
    new RegExp(
      `(?:(?:如?遇(?:到|上)?|碰(?:到|上)|逢)?${OFF}(?:和?${OFF}){0,5}(?:期间)?(?:除外|跳过|不用?提醒|不提醒|不发|不报|停止?|取消|暂停|不算|(?:就|都)?不用了?(?=$|[,。;()\\s])))|(?:除|除去|排除|跳过)${OFF}(?:外|以外|之外)?`,
      'g',
    ),
  ],
];

const LENGTH = new RegExp(
  `(?:连续|连着|接下来|未来|今后|往后|为期|持续|坚持|共|总共|一共|重复)(?:提醒)?(?:我|我们|大家)?(?<count>${NUMBER}|半)个?(?<unit>工作日|次|回|遍|天|日|周|星期|礼拜|月|年)`,
  'g',
);
/** 提醒三次就行, behind all else; 每天提醒三次 is three of a day. */
const LENGTH_LAST = new RegExp(
  `(?<=[,\\s])(?:就|只|一共)?(?:提醒|叫|喊|响)(?:我)?(?<count>${NUMBER})(?<unit>次|回|遍)就(?:行|好|够|可以|中|成)了?`,
  'g',
);
const THIS_OR_NEXT = /(?<word>本|这个?|下个?)(?<unit>周|星期|月)的?(?=每|工作日|周)/g;
const FROM_NEXT = /(?:从|自)?(?<word>下个?)(?<unit>周|星期|月)(?:起|开始)/g;
/** 从今年起, 从现在开始, 明年起. */
const FROM_YEAR = /(?:从|自|打)?(?<word>今年|明年|现在|今后)(?:起|开始)/g;
const SEASON = new RegExp(
  `(?:(?:每年|年年)的?)?(?<a>${NUMBER})月?份?(?:到|至|-|~)(?<b>${NUMBER})月份?(?:期间|之间|间)?(?:,|的)?(?=.{0,4}(?:每|隔|工作日|周))`,
  'g',
);
const ONE_MONTH = new RegExp(
  `(?<![\\d一二三四五六七八九十每年])(?<a>${NUMBER})月份?(?:里|内)?的?(?=每[天日周星个])`,
  'g',
);

export function readLimits(text: string, scope: Scope): Limits {
  const limits: Limits = { rest: text, shift: 'none' };
  const take = (
    pattern: RegExp,
    use: (groups: Record<string, string | undefined>) => boolean | void,
    isApart = false,
  ): void => {
    pattern.lastIndex = 0;
    const found = pattern.exec(limits.rest);
    if (!found || use(found.groups ?? {}) === false) return;
    const end = found.index + found[0].length;
    limits.rest = `${limits.rest.slice(0, found.index)}${blank(found[0], /./gs)}${limits.rest.slice(end)}`;
    if (isApart) limits.bounds = [...(limits.bounds ?? []), { index: found.index, end }];
  };
  for (let left = exceptDates(limits.rest, scope); left; left = exceptDates(limits.rest, scope)) {
    const { index, end, dates } = left;
    limits.rest =
      limits.rest.slice(0, index) + blank(limits.rest.slice(index, end), /./gs) + limits.rest.slice(end);
    limits.exceptDates = [...new Set([...(limits.exceptDates ?? []), ...dates])].sort();
    limits.bounds = [...(limits.bounds ?? []), { index, end }];
  }
  for (const [shift, pattern] of SHIFTS) take(pattern, () => void (limits.shift = shift), shift === 'skip');
  const leaveOut = (groups: Record<string, string | undefined>): boolean => {
    const except = exceptOf(groups);
    if (except) limits.except = { ...limits.except, ...except };
    return except !== null;
  };
  for (const pattern of EXCEPTIONS) take(pattern, leaveOut, true);
  const lengthIn = ({ count = '', unit = '' }: Record<string, string | undefined>): void => {
    const length = lengthOf(count, unit);
    if (length) limits.length = length;
    else limits.problem = { reason: 'impossible', dates: [], message: WRONG_LENGTH };
  };
  take(LENGTH, lengthIn);
  take(LENGTH_LAST, lengthIn, true);
  take(
    THIS_OR_NEXT,
    ({ word = '', unit = '' }) => Object.assign(limits, periodOf(scope, word, unit)) && true,
  );
  take(
    FROM_YEAR,
    ({ word }) => {
      if (word === '明年') limits.from = firstOfMonth(yearOf(scope.today) + 1, 1);
    },
    true,
  );
  take(FROM_NEXT, ({ word = '', unit = '' }) => void (limits.from = periodOf(scope, word, unit).from), true);
  const holiday = new RegExp(`(?:${HOLIDAY_SPAN.source})的?(?=.{0,3}每)`);
  take(holiday, (groups) => {
    const { from, to } = readHolidaySpan(groups, scope);
    Object.assign(limits, { from, until: to });
  });
  take(SEASON, ({ a = '', b = '' }) => {
    const [from, to] = [parseNumber(a), parseNumber(b)];
    if (!(from >= 1 && from <= 12 && to >= 1 && to <= 12)) return false;
    const length = to >= from ? to - from : to + 12 - from;
    limits.months = Array.from({ length: length + 1 }, (_, i) => ((from + i - 1) % 12) + 1).sort(
      (x, y) => x - y,
    );
    return true;
  });
  take(ONE_MONTH, ({ a = '' }) => {
    const month = parseNumber(a);
    if (!(month >= 1 && month <= 12)) return false;
    const year = yearOf(scope.today) + (month < monthNumber(scope.today) ? 1 : 0);
    limits.from = firstOfMonth(year, month);
    limits.until = lastOfMonth(year, month);
    return true;
  });
  return limits;
}

/** 从…起 and 到…为止, once the days of the rule themselves are out of the text. */
export function readBounds(limits: Limits, scope: Scope): Limits {
  const bounds: Limits = { ...limits };
  let begun: LocalDate | undefined;
  for (const { index, end, day, clock } of scanPieces(limits.rest, scope)) {
    if (!day) continue;
    const before = limits.rest.slice(0, index);
    const after = limits.rest.slice(end);
    const isEnd =
      /(?:到|至|截至|截止|止于|持续到|一直到)[ ]?$/.test(before) ||
      /(?:为止|截止)[ ]?$/.test(limits.rest.slice(index, end)) ||
      /^(?:为止|截止|结束|止)/.test(after);
    const isStart =
      /^(?:起|开始|以?后|之后)/.test(after) ||
      /(?:从|自|由)[ ]?$/.test(before) ||
      (!clock &&
        /^ ?(?:到|至|-|~) ?[\d一二三四五六七八九十年底末月本下周星礼]{1,12}[月日号底末]/.test(after));
    if (!isEnd && !isStart) continue;
    if (day.problem) {
      bounds.problem = day.problem;
      continue;
    }
    if (isEnd) {
      const isUnderWay = begun !== undefined && day.until >= scope.today && day.until < (bounds.from ?? '');
      if (isUnderWay) bounds.from = begun;
      bounds.until = endAfter(bounds.from, day, scope);
    } else {
      bounds.from = beginOf(day, scope);
      begun = bounds.from === day.date ? undefined : day.date;
    }
    bounds.bounds = [...(bounds.bounds ?? []), boundAround(limits.rest, index, end)];
    if (!isEnd && clock) bounds.clock = { index, end, value: clock };
    bounds.rest = `${bounds.rest.slice(0, index)}${blank(bounds.rest.slice(index, end), /./gs)}${bounds.rest.slice(end)}`;
  }
  return bounds;
}

/** A bound with the words that make it one. */
function boundAround(text: string, index: number, end: number): { index: number; end: number } {
  const before =
    /(?:一直)?(?:到|至|截至|截止到?|止于|持续到|从|自|由)[ ]?$/.exec(text.slice(0, index))?.[0] ?? '';
  const after = /^[ ]?(?:为止|截止|结束|止|起|开始|以后|之后)/.exec(text.slice(end))?.[0] ?? '';
  // 报反诈数字 报到12月3号为止: the verb once more.
  const isEnd = before.startsWith('到') && /(?:为止|截止|结束|止)$/.test(text.slice(0, end) + after);
  const verb = isEnd ? (AGAIN.exec(text.slice(0, index - before.length))?.[0] ?? '') : '';
  const isTwice = verb !== '' && text.indexOf(verb) < index - before.length - verb.length;
  return { index: index - before.length - (isTwice ? verb.length : 0), end: end + after.length };
}
const AGAIN = /[叫喊响报发查巡交填催做干去开盯看]$/;

/** A rule begins in the coming year where the day named has passed. */
const beginOf = (day: Day, scope: Scope): LocalDate =>
  day.isYearly && day.date < scope.today ? (day.later[0] ?? day.date) : day.date;

/** 5月1日到9月30日, 12月7号到11号: the first day of that name from the beginning on. */
function endAfter(from: LocalDate | undefined, day: Day, scope: Scope): LocalDate {
  const least = from ?? scope.today;
  return day.until >= least ? day.until : (day.later.find((it) => it >= least) ?? day.until);
}

const WRONG_LENGTH = '提醒的次数或持续时间只能是1至999。请重新说一下提醒多少次、多久。';

function lengthOf(text: string, unit: string): Length | null {
  const count = text === '半' ? 0.5 : parseNumber(text);
  if (!(count > 0 && count < 1000) || (count < 1 && !/月|年/.test(unit))) return null;
  if (unit === '工作日') return { count, unit: '次', isWorkdays: true };
  if (/次|回|遍/.test(unit)) return { count, unit: '次' };
  if (/天|日/.test(unit)) return { count, unit: '天' };
  if (/周|星期|礼拜/.test(unit)) return { count, unit: '周' };
  return { count, unit: unit === '年' ? '年' : '月' };
}

function periodOf(scope: Scope, word: string, unit: string): { from: LocalDate; until: LocalDate } {
  if (unit !== '月') return weekNamed(word, scope.today);
  const next = word.startsWith('下') ? 1 : 0;
  const { year, month } = monthOf(yearOf(scope.today), monthNumber(scope.today) + next);
  return { from: firstOfMonth(year, month), until: lastOfMonth(year, month) };
}

/** The last day of so long a time from `from` on. */
export function lastDayOf(from: LocalDate, { count, unit }: Length): LocalDate {
  if (unit === '天') return addDays(from, count - 1);
  if (unit === '周') return addDays(from, count * 7 - 1);
  const months = unit === '年' ? count * 12 : count;
  return addDays(months < 1 ? addDays(from, 15) : addMonths(from, Math.round(months)), -1);
}
