/** Which days come again: 每周一三五, 每月25日, 每季度末, 每年清明前, 每个工作日, 每隔一天. Pure. */
import { NUMBER, parseNumber } from './numbers.js';
import {
  BYDAY,
  DAY_SEP,
  EACH,
  IN_MONTH,
  inMonth,
  LUNAR_DAY,
  lunarMonthly,
  MANY,
  nthWorkday,
  ONE_WEEKDAY,
  WORKWEEK,
  type Days,
  type DaysRule,
  type Groups,
} from './recurrence-month.js';
import { YEAR_RULES } from './recurrence-year.js';
import { NO_WEEKDAY, noSuchWeekday, WEEK, weekdayNumber } from './days-week.js';

export const WORKDAYS: Days = { rrule: `FREQ=WEEKLY;${WORKWEEK}`, special: { kind: 'workdays' } };

/** The longest steps that a reminder goes by, and what they are counted in. */
const STEPS = {
  MINUTELY: [60 * 24 * 31, '分钟'],
  HOURLY: [24 * 366, '小时'],
  DAILY: [3660, '天'],
  WEEKLY: [520, '周'],
  MONTHLY: [120, '个月'],
} as const;

/** Every so many of a period: every second Friday. */
function stepped(freq: keyof typeof STEPS, n: number): Days {
  const [most, unit] = STEPS[freq];
  const rrule = `FREQ=${freq}`;
  if (!(n >= 1 && n <= most))
    return { rrule, problem: `提醒的间隔只能是1至${most}${unit}。请重新说一下多久提醒一次。` };
  return { rrule: n > 1 ? `${rrule};INTERVAL=${n}` : rrule };
}

/** 每, 每隔, 每逢; 隔 alone skips one. */
const WEEKDAYS = `${ONE_WEEKDAY}(?:(?:到|至|-|~)${WEEK}?${ONE_WEEKDAY}|(?:${DAY_SEP}(?:每?${WEEK})?${ONE_WEEKDAY}(?![点时个十])){0,${MANY}})(?![次趟回遍])`;

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

const MONTHS_OF_YEAR = (months: string): Days => ({ rrule: `FREQ=MONTHLY;${months}`, isBare: true });

const COUNT = `(?<n>${NUMBER})`;
/** 每隔一天 skips one: every second day. 每隔两周 is used for every two weeks, 隔周 for every second. */
function every(groups: Groups): number {
  const text = groups.n ?? groups.n2 ?? '';
  const count = text === '' ? 1 : parseNumber(text);
  return groups.gap && count === 1 ? 2 : count;
}
/** 每两周一次: 一 is no Monday. */
const ONCE = '[次回]';
const NTH = `(?:(?<gap>每?隔)${COUNT.replace('<n>', '<n2>')}?|每${COUNT})个?`;

function weekly(n: number, days: string | undefined): Days {
  const step = stepped('WEEKLY', n);
  return days ? { ...step, rrule: `${step.rrule};BYDAY=${weekdayList(days)}` } : { ...step, isBare: true };
}

/** In this order; the longest match wins, of equals the first. */
export const DAYS_RULES: DaysRule[] = [
  // Days.
  {
    pattern:
      /(?:每[一个]?天|每日|(?<![今明后昨前当每])天天(?!气)|逐日)(?!都(?!要|得|提醒|叫|喊|响|催|去|来))/y,
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
    pattern: new RegExp(`(?:${NTH}(?:天|日)|(?<gap1>隔)(?:天|日)(?!子))(?:一${ONCE})?`, 'y'),
    read: (groups) => stepped('DAILY', groups.gap1 ? 2 : every(groups)),
  },
  // Hours and minutes.
  {
    pattern: new RegExp(`(?:${NTH}|每个?)(?:小时|钟头)`, 'y'),
    read: (groups) => stepped('HOURLY', parseNumber(groups.n ?? groups.n2 ?? '1')),
  },
  {
    pattern: new RegExp(`每隔?(?<half>半)个?(?:小时|钟头)|(?:${NTH})分钟`, 'y'),
    read: (groups) => minutely(groups.half ? 30 : parseNumber(groups.n ?? groups.n2 ?? '')),
  },
  // Working days.
  {
    pattern:
      /(?:每个?|每?逢)?上班的?日子(?:里|内)?的?(?:每天|每日|天天)?|(?:每个?|每?逢)上班(?:的)?[日天]|(?:每个?|逢|每逢|每个?(?:星期|周|礼拜)的?)工作日(?:每天)?|每(?:天|日)[(](?:仅|只限?|限)?工作日[)]|工作日(?:里|内)?(?:的?每天|每日|天天)|每(?:天|日)(?=.{0,12}(?:仅工作日|只在工作日|工作日提醒))/y,
    read: () => WORKDAYS,
  },
  {
    pattern:
      /(?<![个一二三四五六七八九十\d最次第])工作日的?(?=(?:上午|下午|早上|中午|晚上|早|晚|上班|下班)?[\d一二两三四五六七八九十]{0,3}(?:点|:|前)|(?:上午|下午|早上|中午|晚上|上班|下班))/y,
    read: () => WORKDAYS,
  },
  // Weeks.
  {
    pattern: new RegExp(`每个?(?<wrong>${NO_WEEKDAY})`, 'y'),
    read: ({ wrong = '' }) => ({ rrule: 'FREQ=WEEKLY', problem: noSuchWeekday(wrong) }),
  },
  {
    pattern: new RegExp(`${EACH}${WEEK}的?(?:${WEEK})?(?:(?<days>${WEEKDAYS})(?!${ONCE})|一${ONCE})?`, 'y'),
    read: ({ days }) => weekly(1, days),
  },
  {
    pattern: new RegExp(`(?:每逢|逢)${WEEK}(?<days>${WEEKDAYS})`, 'y'),
    read: ({ days }) => weekly(1, days),
  },
  {
    pattern: new RegExp(
      `(?<![本上下这])${WEEK}(?<days>${ONE_WEEKDAY}(?:、?${ONE_WEEKDAY}){2,${MANY}}|${ONE_WEEKDAY}(?:到|至|-)${WEEK}?${ONE_WEEKDAY}(?=的?(?:每天|每日)))(?:的?(?:每天|每日))?`,
      'y',
    ),
    read: ({ days }) => weekly(1, days),
  },
  {
    pattern: new RegExp(`${EACH}(?:${WEEK}末|双休日)`, 'y'),
    read: () => ({ rrule: 'FREQ=WEEKLY;BYDAY=SA,SU' }),
  },
  {
    pattern: new RegExp(`${EACH}${WEEK}的?(?:(?<start>第一个?|首个|头一?个)|(?<end>最后一?个?))工作日`, 'y'),
    read: ({ end }) => nthWorkday('FREQ=WEEKLY', end ? -1 : 1),
  },
  {
    pattern: new RegExp(
      `(?:${NTH}|(?<gap1>隔|每?(?:双|单)))${WEEK}的?(?:${WEEK})?(?:(?<days>${WEEKDAYS})(?!${ONCE})|一${ONCE})?`,
      'y',
    ),
    read: (groups) => weekly(groups.gap1 ? 2 : every(groups), groups.days),
  },
  {
    // 两周一次, 三天一次.
    pattern: new RegExp(
      `(?<![每隔上下第本这前后\\d一二三四五六七八九十])${COUNT}个?(?<unit>天|${WEEK})一${ONCE}`,
      'y',
    ),
    read: (groups) =>
      groups['unit'] === '天' ? stepped('DAILY', every(groups)) : weekly(every(groups), undefined),
  },
  {
    // Market days: 逢3、6、9日.
    pattern: /每?逢(?<tens>[一二三四五六七八九十\d](?:[、,]?逢?[一二三四五六七八九十\d]){0,30})[日号]/y,
    read: (groups) => inMonth('FREQ=MONTHLY', groups),
  },
  {
    // 周一至周五下班前提醒: the working week and a time of day; the days of one week only are a range.
    pattern: new RegExp(
      `(?<![本上下这每])${WEEK}一(?:到|至|-|~)${WEEK}?五的?(?=(?:上班|下班|早上|上午|中午|下午|晚上|[\\d一二两三四五六七八九十]{1,3}(?:点|:)).{0,200}提醒)`,
      'y',
    ),
    read: () => ({ rrule: `FREQ=WEEKLY;${WORKWEEK}` }),
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
      `农历每月(?:的)?(?<lunar>(?:初[一二三四五六七八九十]|十[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十)(?:${DAY_SEP}${LUNAR_DAY}){0,${MANY}})`,
      'y',
    ),
    read: ({ lunar = '' }) => lunarMonthly(lunar),
  },
  {
    pattern: new RegExp(`(?:${NTH}|(?<gap1>隔))月(?:${IN_MONTH})?`, 'y'),
    read: (groups) => {
      const step = stepped('MONTHLY', groups.gap1 ? 2 : every(groups));
      return step.problem ? step : (inMonth(step.rrule, groups) ?? { ...step, isBare: true });
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
  ...YEAR_RULES,
];

function minutely(n: number): Days {
  return n > 0 && n % 60 === 0 ? stepped('HOURLY', n / 60) : stepped('MINUTELY', n);
}
