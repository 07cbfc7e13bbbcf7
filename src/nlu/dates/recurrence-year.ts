/** Which days of a year or quarter come again: 每季度末, 每年3月5日, 每年清明前, 每年腊月二十三. Pure. */
import { outOfYears } from '../../calendar/local.js';
import { FESTIVAL_PATTERN, festivalOf } from './festival-words.js';
import { NUMBER, parseNumber } from './numbers.js';
import {
  EACH,
  IN_MONTH,
  inMonth,
  MANY,
  nthWorkday,
  shortest,
  type Days,
  type DaysRule,
  type Groups,
} from './recurrence-month.js';

/** 第一个月10日, 头一个月, 中间那个月, 末月20日, 第三个月底: the months of a quarter, as BYMONTH. */
const QUARTER_MONTH = `(?:的?(?:(?<firstMonth>首月|首个月|(?:开|打)?头(?:一|那|的)?个?月)|(?<midMonth>(?:中间|当中)(?:那|的|一)?个?月)|(?<lastMonth>末月|尾月|最后(?:那|的|一)?个?月|末尾?(?:那|的|一)?个月|末(?=的?${NUMBER}[日号]))|第(?<nthMonth>[一二三1-3])个?月)的?)`;

function quarterly(groups: Groups): Days | null {
  const { firstMonth, midMonth, nthMonth } = groups;
  const nth = firstMonth ? 1 : midMonth ? 2 : nthMonth ? parseNumber(nthMonth) : undefined;
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

const YEAR_MONTHS = `(?<months>${NUMBER}(?:月?[、,和及]${NUMBER}){0,${MANY}})月份?`;

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
  const parts = list.split(/[、,和与及]+/).map((it) => /^([^月]+)月份?(.+)$/.exec(it));
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
  const { side = '', far, unit, any, exact } = groups;
  const name = any ? 'any' : festivalOf(groups)?.name;
  if (!name) return null;
  const isBefore = side.includes('前');
  const rrule = 'FREQ=YEARLY';
  if (!side) return { rrule, special: { kind: 'festival', name, side: 'on' } };
  if (!isBefore) return { rrule, special: { kind: 'festival', name, side: 'after' } };
  if (!far)
    return {
      rrule,
      special: { kind: 'festival', name, side: 'before' },
      ...(exact ? {} : { isDeadline: true }),
    };
  const count = parseNumber(far) * (/周|星期/.test(unit ?? '') ? 7 : unit === '个月' ? 30 : 1);
  if (count >= 100) throw outOfYears();
  if (!(count > 0)) return null;
  return unit === '个工作日'
    ? {
        rrule,
        special: { kind: 'festival', name, side: 'before' },
        ...(count > 1 ? { lead: { workdays: count - 1 } } : {}),
      }
    : { rrule, special: { kind: 'festival', name, side: 'on' }, lead: { days: count } };
}

const SIDE = `(?:(?:放假|假期|长假|小长假)?(?<side>之前|以前|前(?!后)|之后|以后|后|收假后)(?<exact>的?最后一个工作日|的?第一个工作日|首个工作日)?(?:的?(?<far>${NUMBER})(?<unit>天|日|个?周|个?星期|个月|个工作日))?)?(?:当天|当日|那天)?`;

const LUNAR_YEARLY = `(?<mark>农历|阴历)?的?(?<lunarMonth>正|冬|腊|${NUMBER})月(?<lunarDay>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|(?:二十|三十|十)[一二三四五六七八九]?|${NUMBER})[日号]?`;

function lunarYearly({ mark, lunarMonth = '', lunarDay = '' }: Groups): Days | null {
  const isLunar = mark || /[正冬腊]/.test(lunarMonth) || /[初廿]/.test(lunarDay);
  if (!isLunar) return null;
  const month = { 正: 1, 冬: 11, 腊: 12 }[lunarMonth] ?? parseNumber(lunarMonth);
  const day = parseNumber(lunarDay.replace('初', ''));
  const rrule = 'FREQ=YEARLY';
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 30))
    return { rrule, problem: `农历没有“${lunarMonth}月${lunarDay}”。请重新说一下是每年的哪一天。` };
  return { rrule, special: { kind: 'lunar', month, day } };
}

const YEAR_BY_YEAR = '(?<![今明后去前本\\d])年年(?![底初末终中度报限龄])';

export const YEAR_RULES: DaysRule[] = [
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
      `(?:${EACH}年度?|${YEAR_BY_YEAR})的?(?:(?<first>第一个|首个|头一?个)|第(?<nth>${NUMBER})个|(?<last>最后一?个?))工作日`,
      'y',
    ),
    read: ({ nth, last }) => nthWorkday('FREQ=YEARLY', last ? -1 : nth ? parseNumber(nth) : 1),
  },
  {
    pattern: new RegExp(
      `(?:${EACH}年度?|${YEAR_BY_YEAR}|按年度?)的?(?<part>年?(?:底|末|终(?=前|之前|提醒))|年?初|年?中(?=提醒|前|之前|,|$)|上半年末|第?(?<quarter>[一二三四1-4])季度末)?`,
      'y',
    ),
    read: ({ part = '', quarter }) =>
      quarter
        ? { rrule: `FREQ=YEARLY;BYMONTH=${parseNumber(quarter) * 3};BYMONTHDAY=-1` }
        : part === ''
          ? { rrule: 'FREQ=YEARLY', isBare: true }
          : /上半年|中/.test(part)
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
      `(?:${EACH}年度?|${YEAR_BY_YEAR})的?(?<list>${MONTH_AND_DAY}(?:[、,和与及]${MONTH_AND_DAY}){1,${MANY}})`,
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
