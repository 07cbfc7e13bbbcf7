/** Which days come again: 每周一三五, 每月25日, 每季度末, 每年清明前, 每个工作日, 每隔一天. Pure. */
import { NUMBER, parseNumber } from './numbers.js';
import {
  BYDAY,
  DAY_SEP,
  IN_MONTH,
  inMonth,
  lunarMonthly,
  nthWorkday,
  ONE_WEEKDAY,
  shortest,
  WORKWEEK,
  type Days,
  type Groups,
} from './recurrence-month.js';
import { FESTIVAL_PATTERN, festivalOf } from './days-festival.js';
import { WEEK, weekdayNumber } from './days-week.js';

export type DaysRule = { pattern: RegExp; read: (groups: Record<string, string | undefined>) => Days | null };

export const WORKDAYS: Days = { rrule: `FREQ=WEEKLY;${WORKWEEK}`, special: { kind: 'workdays' } };

const interval = (n: number): string => (n > 1 ? `;INTERVAL=${n}` : '');

/** 每, 每隔, 每逢; 隔 alone skips one. */
const WEEKDAYS = `${ONE_WEEKDAY}(?:(?:到|至|-|~)${WEEK}?${ONE_WEEKDAY}|(?:${DAY_SEP}(?:每?${WEEK})?${ONE_WEEKDAY}(?![点时个十]))*)(?![次趟回遍])`;

/** 一三五, 一、三, 一至五, 一到周五: BYDAY's value. */
export function weekdayList(text: string): string {
  const [first = '', last] = text.split(/到|至|-|~/).map((it) => it.replace(new RegExp(WEEK, 'g'), ''));
  if (last !== undefined) {
    const [from, to] = [weekdayNumber(first), weekdayNumber(last)];
    const span = from <= to ? to - from : to + 7 - from;
    return sorted(Array.from({ length: span + 1 }, (_, i) => ((from + i - 1) % 7) + 1));
  }
  return sorted([...text].filter((c) => /[一二三四五六日天1-7]/.test(c)).map(weekdayNumber));
}

const sorted = (numbers: number[]): string =>
  [...new Set(numbers)]
    .sort((a, b) => a - b)
    .map((it) => BYDAY[it - 1])
    .join(',');

/** 第一个月10日, 首月, 末月20日, 第三个月底: the months of a quarter or half-year, as BYMONTH. */
const QUARTER_MONTH = `(?:的?(?:(?<firstMonth>首月|首个月)|(?<lastMonth>末月|尾月|最后一?个?月)|第(?<nthMonth>[一二三1-3])个?月)的?)`;

function quarterly(groups: Groups): Days | null {
  const { firstMonth, nthMonth } = groups;
  const nth = firstMonth ? 1 : nthMonth ? parseNumber(nthMonth) : undefined;
  const named = nth ?? (groups.lastMonth ? 3 : undefined);
  // 季度初 and the first days lie in its first month, all else in its last.
  const { start, first, within, nth: n, nthDate } = groups;
  const month = named ?? (start || first || within || (n && !nthDate) || (nthDate && n) ? 1 : 3);
  const base = `FREQ=YEARLY;BYMONTH=${[0, 3, 6, 9].map((it) => it + month).join(',')}`;
  const found = inMonth(base, groups);
  return found?.special?.kind === 'nth-workday'
    ? { ...found, rrule: found.rrule.replace('YEARLY', 'MONTHLY') }
    : found;
}

const YEAR_MONTHS = `(?<months>${NUMBER}(?:月?[、,和及]${NUMBER})*)月份?`;

function monthsOf(text: string): number[] | null {
  const months = [...text.matchAll(new RegExp(NUMBER, 'g'))].map(([number]) => parseNumber(number));
  return months.every((it) => it >= 1 && it <= 12) ? [...new Set(months)].sort((a, b) => a - b) : null;
}

function yearlyMonths(text: string, groups: Groups): Days | null {
  const months = monthsOf(text);
  if (!months)
    return { rrule: 'FREQ=YEARLY', problem: `一年里没有“${text}月”。请重新说一下是每年的哪一天。` };
  const found = inMonth(`FREQ=YEARLY;BYMONTH=${months.join(',')}`, groups);
  if (!found) return null;
  const day = Number(/BYMONTHDAY=(\d+)/.exec(found.rrule)?.[1] ?? 0);
  const [month = 1] = months;
  if (months.length === 1 && day > (month === 2 ? 29 : shortest(month)))
    return { ...found, problem: `${month}月没有${day}日。请问您指的是每年的哪一天?` };
  // The Nth weekday or working day is one of its month only under FREQ=MONTHLY.
  return /BYDAY/.test(found.rrule) ? { ...found, rrule: found.rrule.replace('YEARLY', 'MONTHLY') } : found;
}

const MONTH_AND_DAY = `${NUMBER}月份?(?:底|末|初|${NUMBER}[日号])`;

/** 6月底和12月底, 1月15日和7月15日: one rule only where the days are the same. */
function severalMonths({ list = '' }: Groups): Days | null {
  const parts = list.split(/[、,和与及]+/).map((it) => /^(.+?)月份?(.+)$/.exec(it));
  const days = new Set(parts.map((it) => it?.[2]));
  const months = parts.map((it) => it?.[1] ?? '').join('、');
  const groups = new RegExp(`^${IN_MONTH}`).exec([...days][0] ?? '')?.groups;
  if (!groups) return null;
  if (days.size === 1) return yearlyMonths(months, groups);
  return {
    rrule: 'FREQ=YEARLY',
    problem: `“${list}”不是同一天,一条提醒装不下。请分开设置,如先说“每年${list.split(/[、,和与及]/)[0]}”。`,
  };
}

function festival(groups: Groups): Days | null {
  const { side = '', far, unit, any } = groups;
  const name = any ? 'any' : festivalOf(groups)?.name;
  if (!name) return null;
  const isBefore = side.includes('前');
  const rrule = 'FREQ=YEARLY';
  if (!side) return { rrule, special: { kind: 'festival', name, side: 'on' } };
  if (!isBefore) return { rrule, special: { kind: 'festival', name, side: 'after' } };
  if (!far) return { rrule, special: { kind: 'festival', name, side: 'before' }, isDeadline: true };
  const count = parseNumber(far) * (/周|星期/.test(unit ?? '') ? 7 : 1);
  if (!(count > 0 && count < 100)) return null;
  return unit === '个工作日'
    ? {
        rrule,
        special: { kind: 'festival', name, side: 'before' },
        ...(count > 1 ? { lead: { workdays: count - 1 } } : {}),
      }
    : { rrule, special: { kind: 'festival', name, side: 'on' }, lead: { days: count } };
}

const SIDE = `(?:(?:放假|假期|长假|小长假)?(?<side>之前|以前|前(?!后)|之后|以后|后|收假后)(?:的?最后一个工作日|的?第一个工作日|首个工作日)?(?:的?(?<far>${NUMBER})(?<unit>天|日|个?周|个?星期|个工作日))?)?(?:当天|当日|那天)?`;

const LUNAR_YEARLY = `(?<mark>农历|阴历)?的?(?<lunarMonth>正|冬|腊|${NUMBER})月(?<lunarDay>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|(?:二十|三十|十)[一二三四五六七八九]?|${NUMBER})[日号]?`;

function lunarYearly({ mark, lunarMonth = '', lunarDay = '' }: Groups): Days | null {
  const isLunar = mark || /[正冬腊]/.test(lunarMonth) || /[初廿]/.test(lunarDay);
  if (!isLunar) return null;
  const month = { 正: 1, 冬: 11, 腊: 12 }[lunarMonth] ?? parseNumber(lunarMonth);
  const day = parseNumber(lunarDay.replace('初', ''));
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 30)) return null;
  return { rrule: 'FREQ=YEARLY', special: { kind: 'lunar', month, day } };
}

const MONTHS_OF_YEAR = (months: string): Days => ({ rrule: `FREQ=MONTHLY;${months}`, isBare: true });

const YEAR_BY_YEAR = '(?<![今明后去前本\\d])年年(?![底初末终中度报限龄])';
const EACH = '每(?:逢|到|个|一个|一)?';
const COUNT = `(?<n>${NUMBER})`;
/** 每隔一天 skips one: every second day. 每隔两周 is used for every two weeks, 隔周 for every second. */
function every(groups: Groups): number {
  const text = groups.n ?? groups.n2 ?? '';
  const count = text === '' ? 1 : parseNumber(text);
  return groups.gap && count === 1 ? 2 : count;
}
const NTH = `(?:(?<gap>每?隔)${COUNT.replace('<n>', '<n2>')}?|每${COUNT})个?`;

const weekly = (n: number, days: string | undefined): Days =>
  days
    ? { rrule: `FREQ=WEEKLY${interval(n)};BYDAY=${weekdayList(days)}` }
    : { rrule: `FREQ=WEEKLY${interval(n)}`, isBare: true };

/** In this order; the longest match wins, of equals the first. */
export const DAYS_RULES: DaysRule[] = [
  // Days.
  {
    pattern: /(?:每[一个]?天|每日|(?<![今明后昨前当每])天天(?!气)|逐日)(?!都(?!要|得|提醒|叫))/y,
    read: () => ({ rrule: 'FREQ=DAILY' }),
  },
  {
    pattern:
      /每(?:天|日)?(?=[早晚夜]上? ?[\d一二两三四五六七八九十])|每(?=早晨|上午|中午|下午|早上|晚上|傍晚)/y,
    read: () => ({ rrule: 'FREQ=DAILY' }),
  },
  {
    pattern: /每(?:天)?(?<part>晚|夜|早|晨)(?!上|间|晨)/y,
    read: ({ part }) => ({ rrule: 'FREQ=DAILY', minutes: /[晚夜]/.test(part ?? '') ? 1200 : 480 }),
  },
  {
    pattern: new RegExp(`${NTH}(?:天|日)|(?<gap1>隔)(?:天|日)(?!子)`, 'y'),
    read: (groups) => ({ rrule: `FREQ=DAILY${interval(groups.gap1 ? 2 : every(groups))}` }),
  },
  // Hours and minutes.
  {
    pattern: new RegExp(`(?:${NTH}|每个?)(?:小时|钟头)`, 'y'),
    read: (groups) => ({
      rrule: `FREQ=HOURLY${interval((groups.n ?? groups.n2) ? parseNumber(groups.n ?? groups.n2 ?? '') : 1)}`,
    }),
  },
  {
    pattern: new RegExp(`每隔?(?<half>半)个?(?:小时|钟头)|(?:${NTH})分钟`, 'y'),
    read: (groups) => minutely(groups.half ? 30 : parseNumber(groups.n ?? groups.n2 ?? '')),
  },
  // Working days.
  {
    pattern:
      /(?:每个?|逢|每逢)工作日(?:每天)?|每(?:天|日)[(](?:仅|只限?|限)?工作日[)]|工作日(?:里|内)?(?:的?每天|每日|天天)|每(?:天|日)(?=.{0,12}(?:仅工作日|只在工作日|工作日提醒))/y,
    read: () => WORKDAYS,
  },
  {
    pattern:
      /(?<![个一二三四五六七八九十\d最次第])工作日的?(?=(?:上午|下午|早上|中午|晚上|早|晚|上班|下班)?[\d一二两三四五六七八九十]{0,3}(?:点|:|前)|(?:上午|下午|早上|中午|晚上|上班|下班))/y,
    read: () => WORKDAYS,
  },
  // Weeks.
  {
    pattern: new RegExp(`${EACH}${WEEK}的?(?:${WEEK})?(?<days>${WEEKDAYS})?`, 'y'),
    read: ({ days }) => weekly(1, days),
  },
  {
    pattern: new RegExp(`(?:每逢|逢)${WEEK}?(?<days>${WEEKDAYS})(?=[^月日号\\d])`, 'y'),
    read: ({ days }) => weekly(1, days),
  },
  {
    pattern: new RegExp(
      `(?<![本上下这])${WEEK}(?<days>${ONE_WEEKDAY}(?:、?${ONE_WEEKDAY}){2,}|${ONE_WEEKDAY}(?:到|至|-)${WEEK}?${ONE_WEEKDAY}(?=的?(?:每天|每日)))(?:的?(?:每天|每日))?`,
      'y',
    ),
    read: ({ days }) => weekly(1, days),
  },
  {
    pattern: new RegExp(`${EACH}(?:${WEEK}末|双休日)`, 'y'),
    read: () => ({ rrule: 'FREQ=WEEKLY;BYDAY=SA' }),
  },
  {
    pattern: new RegExp(`${EACH}${WEEK}的?(?:(?<start>第一个?|首个)|(?<end>最后一?个?))工作日`, 'y'),
    read: ({ end }) => nthWorkday('FREQ=WEEKLY', end ? -1 : 1),
  },
  {
    pattern: new RegExp(
      `(?:${NTH}|(?<gap1>隔|每?(?:双|单)))${WEEK}的?(?:${WEEK})?(?<days>${WEEKDAYS})?`,
      'y',
    ),
    read: (groups) => weekly(groups.gap1 ? 2 : every(groups), groups.days),
  },
  // Months.
  {
    pattern: new RegExp(
      `(?:${EACH}月份?|(?<![个本这当上下\\d一二三四五六七八九十])月月(?![底末初中])|按月)(?:${IN_MONTH})?`,
      'y',
    ),
    read: (groups) => inMonth('FREQ=MONTHLY', groups) ?? { rrule: 'FREQ=MONTHLY', isBare: true },
  },
  {
    pattern: new RegExp(
      `农历每月(?:的)?(?<lunar>(?:初[一二三四五六七八九十]|十[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十)(?:${DAY_SEP}(?:初?[一二三四五六七八九十]{1,3}))*)`,
      'y',
    ),
    read: ({ lunar = '' }) => lunarMonthly(lunar),
  },
  {
    pattern: new RegExp(`(?:${NTH}|(?<gap1>隔))月(?:${IN_MONTH})?`, 'y'),
    read: (groups) => {
      const base = `FREQ=MONTHLY${interval(groups.gap1 ? 2 : every(groups))}`;
      return inMonth(base, groups) ?? { rrule: base, isBare: true };
    },
  },
  {
    pattern: new RegExp(`每?逢?(?<kind>双|单)月的?(?:${IN_MONTH})?`, 'y'),
    read: (groups) => {
      const base = `FREQ=YEARLY;BYMONTH=${groups.kind === '双' ? '2,4,6,8,10,12' : '1,3,5,7,9,11'}`;
      const found = inMonth(base, groups);
      return (
        found ??
        (groups.kind
          ? {
              ...MONTHS_OF_YEAR(`BYMONTH=${groups.kind === '双' ? '2,4,6,8,10,12' : '1,3,5,7,9,11'}`),
              isBare: true,
            }
          : null)
      );
    },
  },
  {
    pattern: /每旬的?(?<end>末|底|最后一天)?/y,
    read: ({ end }) => ({ rrule: `FREQ=MONTHLY;BYMONTHDAY=${end ? '10,20,-1' : '1,11,21'}` }),
  },
  // Quarters, half-years.
  {
    pattern: new RegExp(
      `(?:${EACH}季度?|逐季|按季度?)(?:(?:${QUARTER_MONTH})?(?:${IN_MONTH})|结束前?)?`,
      'y',
    ),
    read: (groups) => quarterly(groups) ?? { rrule: 'FREQ=MONTHLY;INTERVAL=3', isBare: true },
  },
  {
    pattern: new RegExp(`每(?:隔)?半年度?(?:(?<end>末|底|最后一天)|(?<start>初))?`, 'y'),
    read: ({ end, start }) =>
      end
        ? { rrule: 'FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1' }
        : start
          ? { rrule: 'FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1' }
          : { rrule: 'FREQ=MONTHLY;INTERVAL=6', isBare: true },
  },
  // Years.
  {
    pattern: new RegExp(
      `(?:${EACH}年度?|${YEAR_BY_YEAR})的?(?:(?<first>第一个|首个)|第(?<nth>${NUMBER})个|(?<last>最后一?个?))工作日`,
      'y',
    ),
    read: ({ nth, last }) => nthWorkday('FREQ=YEARLY', last ? -1 : nth ? parseNumber(nth) : 1),
  },
  {
    pattern: new RegExp(
      `(?:${EACH}年度?|${YEAR_BY_YEAR}|按年度?)的?(?<part>年?(?:底|末|终(?=前|之前|提醒))|年?初|上半年末)?`,
      'y',
    ),
    read: ({ part = '' }) =>
      part === ''
        ? { rrule: 'FREQ=YEARLY', isBare: true }
        : part.includes('上半年')
          ? { rrule: 'FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30' }
          : { rrule: `FREQ=YEARLY;BYMONTH=${part.includes('初') ? '1;BYMONTHDAY=1' : '12;BYMONTHDAY=31'}` },
  },
  {
    pattern: new RegExp(`(?:${EACH}年度?|${YEAR_BY_YEAR})的?${YEAR_MONTHS}(?:${IN_MONTH})?`, 'y'),
    read: (groups) => {
      const months = groups.months ?? '';
      const found = yearlyMonths(months, groups);
      return found ?? yearlyMonths(months, { start: '初' });
    },
  },
  {
    pattern: new RegExp(
      `(?:${EACH}年度?|${YEAR_BY_YEAR})的?(?<list>${MONTH_AND_DAY}(?:[、,和与及]${MONTH_AND_DAY})+)`,
      'y',
    ),
    read: severalMonths,
  },
  { pattern: new RegExp(`(?:${EACH}年度?|${YEAR_BY_YEAR})的?${LUNAR_YEARLY}`, 'y'), read: lunarYearly },
  {
    pattern: new RegExp(`(?:${EACH}年度?|${YEAR_BY_YEAR})的?(?:${FESTIVAL_PATTERN})${SIDE}`, 'y'),
    read: festival,
  },
  {
    pattern: new RegExp(
      `(?:每逢|逢|每个?)(?:(?<any>法定节假日|节假日|节日|假日|长假|节(?=前|后))|(?:${FESTIVAL_PATTERN}))${SIDE}`,
      'y',
    ),
    read: festival,
  },
];

function minutely(n: number): Days | null {
  if (!(n > 0)) return null;
  return n % 60 === 0
    ? { rrule: `FREQ=HOURLY${interval(n / 60)}` }
    : { rrule: `FREQ=MINUTELY${interval(n)}` };
}
