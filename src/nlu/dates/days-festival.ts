/** Festivals and the days around them: 春节前, 节后第一个工作日, 国庆期间, 冬至. */
import { FESTIVALS, lunarDate, nextDate, type Festival } from '../../calendar/festivals.js';
import { addDays, formatDate, yearOf, type LocalDate } from '../../calendar/local.js';
import {
  beginOfHoliday,
  daysOff,
  workdayAfter,
  workdayBefore,
  type DaysOff,
} from '../../calendar/holidays.js';
import { checkedYear, dayOn, type DayRule } from './days.js';
import { NAMED } from './festival-words.js';
import { atMost, NUMBER } from './numbers.js';
import type { Day, Scope } from './types.js';

const BREAK = '(?:(?<off>小?长?假期?|放假)|佳节)?';
const WHOSE = '(?<year>今年|明年|后年|去年|\\d{4}年)?的?';

/** Days after a festival on which its bare name may be a slip: asked, not moved on by a year. */
const JUST_PASSED_DAYS = 15;

function justPassed(scope: Scope, { name, dateIn }: Festival): Day | null {
  const last = nextDate(dateIn, addDays(scope.today, -JUST_PASSED_DAYS));
  if (last >= scope.today) return null;
  const next = nextDate(dateIn, scope.today);
  const message = `今年的${name}(${formatDate(last)})已经过去了。请问您指的是什么时间?`;
  return dayOn(next, { problem: { reason: 'past', dates: [next], message } });
}

/** `off`: 放假 and 假期 begin with the days off. */
function festivalDay(
  scope: Scope,
  festival: Festival,
  { year, off }: Record<string, string | undefined>,
  found = '',
): Day {
  const coming = nextDate(festival.dateIn, scope.today);
  const named = year && { 今: 0, 明: 1, 后: 2, 去: -1 }[year.charAt(0)];
  const feast = year
    ? festival.dateIn(
        named === undefined || named === ''
          ? checkedYear(Number(year.slice(0, 4)))
          : yearOf(scope.today) + named,
      )
    : coming;
  const date = off ? beginOfHoliday(scope.calendar, festival, feast) : feast;
  const missed = year || scope.isMention ? null : justPassed(scope, festival);
  if (missed) return missed;
  const later = [nextDate(festival.dateIn, addDays(date < scope.today ? scope.today : date, 1))];
  return dayOn(date, {
    later,
    past: year ? 'ask' : 'move-unless-today',
    ...(/夜$/.test(found) ? { minutes: 1200 } : {}),
    ...(festival.holiday === undefined
      ? // A feast that people keep on the day itself.
        festival.name === '冬至'
        ? { before: () => addDays(date, -1) }
        : {}
      : {
          before: () => workdayBefore(scope.calendar, beginOfHoliday(scope.calendar, festival, date)),
          after: () => workdayAfter(scope.calendar, daysOff(scope.calendar, festival, date)?.to ?? date),
        }),
  });
}

/**
 * The holiday that 节前 and 节后 speak of: the one under way, else the next published; where its year is not published, the
 * feast itself. @throws like `holidays`
 */
function nextHoliday({ calendar, today }: Scope, isBefore: boolean): DaysOff {
  let year = yearOf(today);
  for (; calendar.hasYear(year); year++) {
    const found = calendar.holidays(year).find(({ from, to }) => (isBefore ? from > today : to >= today));
    if (found) return found;
  }
  // Says that the year is missing, unless the calendar goes by weekends alone.
  calendar.holidays(year);
  const from = isBefore ? addDays(today, 1) : today;
  const feasts = FESTIVALS.filter(({ holiday }) => holiday !== undefined);
  const [next = today] = feasts.map(({ dateIn }) => nextDate(dateIn, from)).sort();
  return { from: next, to: next };
}

/** Who counts further from a holiday means another day: 节后第99个工作日 is a slip. */
const MAX_AROUND_DAYS = 60;

/** 前最后一个工作日, 后第二个工作日, 后第一天上班, 前三个工作日. Null: none of these follows. */
function aroundHoliday(
  scope: Scope,
  tail: Record<string, string | undefined>,
  span: () => DaysOff,
): Day | null {
  const { fromEnd, nth, back } = tail;
  if (tail.last !== undefined || back !== undefined) {
    const days = atMost(MAX_AROUND_DAYS, fromEnd ?? back ?? '1');
    return dayOn(workdayBefore(scope.calendar, span().from, days));
  }
  return dayOn(workdayAfter(scope.calendar, span().to, atMost(MAX_AROUND_DAYS, nth ?? '1')));
}

/** 放假回来头一天, 收假第一天上班: the first working day behind it. */
const FIRST_DAY = '(?:头一?天|第一天|首日|头一个工作日|第一个工作日)(?:上班)?';
const BACK = '(?:回来|上班|返岗|之后|以后|后|的|了){0,3}';
const RETURN_TAIL = `(?:回来|收假|结束|过完|过后|过了|完|之后|以后|后)${BACK}${FIRST_DAY}`;

const TAIL =
  `(?:(?:之前|以前|前)的?(?:(?<last>最后一?个?|倒数第(?<fromEnd>${NUMBER})个?)工作日|(?<back>${NUMBER})个工作日(?!内|之内))` +
  `|(?:之后|以后|后|收假)的?(?:上班)?(?:第(?<nth>${NUMBER})个?工作日|首个工作日|第一天(?:上班)?|上班第?一?天?(?=$|提醒|上午|下午|早上|,)|上班(?:的?第一天|首日))|${RETURN_TAIL})`;

/** 国庆活动, 清明祭扫方案, 过年慰问嘞事: a festival's name that tells what, not when. */
const NOUN =
  '(?:的|主题|系列|文艺|宣传|放假|假期){0,4}(?:活动|晚会|文化|联欢|方案|总结|通知|祭扫|慰问[品金]|礼品|福利|费|路|街|村|社区|小学|中学|学校|广场|公园|大桥|精神|讲话|(?:走访|慰问|值班|安保|送温暖)(?:安排|工作|名单|对象|任务|表)|[\\u4e00-\\u9fff]{1,4}?[的嘞得那](?:个|些)?(?:事|活儿?|工作|安排)(?![前后]))';

/** Whether a festival's name, with or without its year, stands at a place. */
export const STARTS_FESTIVAL = new RegExp(
  `${WHOSE}(?:${NAMED.map(({ pattern }) => pattern).join('|')})(?!${NOUN})`,
  'y',
);

export const NAMED_RULES: DayRule[] = NAMED.flatMap(({ name, pattern }) => {
  const festival = FESTIVALS.find((it) => it.name === name);
  if (!festival) return [];
  const rule: DayRule = {
    pattern: new RegExp(`${WHOSE}(?:${pattern})${BREAK}`, 'y'),
    read: (groups, scope, found) => festivalDay(scope, festival, groups, found),
  };
  if (festival.holiday === undefined) return [rule];
  const around: DayRule = {
    pattern: new RegExp(`${WHOSE}(?:${pattern})${BREAK}${TAIL}`, 'y'),
    read: (groups, scope) => {
      const { date } = groups.year
        ? festivalDay(scope, festival, groups)
        : { date: nextDate(festival.dateIn, scope.today) };
      const isBefore = groups.last !== undefined || groups.back !== undefined;
      // Said during the holiday or after the feast itself, 节后 still means the holiday under way.
      const current = isBefore ? date : (underWay(scope, festival) ?? date);
      return aroundHoliday(scope, groups, () => {
        if (isBefore) return { from: beginOfHoliday(scope.calendar, festival, current), to: current };
        return daysOff(scope.calendar, festival, current) ?? { from: current, to: current };
      });
    },
  };
  // 国庆假期最后一天, 国庆第三天: days of the holiday; 清明后三天: days after the feast.
  const within: DayRule = {
    pattern: new RegExp(
      `${WHOSE}(?:${pattern})${BREAK}(?:的?(?:最后(?<end>一)天|第(?<nth>${NUMBER})天)|(?:之后|以后|后)的?(?<days>${NUMBER})(?:天|日|(?<weeks>个?(?:周|星期)))(?!内))`,
      'y',
    ),
    read: (groups, scope) => {
      const { end, nth, days = '', weeks } = groups;
      const date = underWay(scope, festival) ?? festivalDay(scope, festival, { year: groups.year }).date;
      const off = () => daysOff(scope.calendar, festival, date) ?? { from: date, to: date };
      if (end) return dayOn(off().to);
      const count = atMost(MAX_AROUND_DAYS, nth ?? days);
      return dayOn(nth ? addDays(off().from, count - 1) : addDays(date, count * (weeks ? 7 : 1)));
    },
  };
  return [rule, around, within];
});

function underWay(scope: Scope, { holiday = '' }: Festival): LocalDate | null {
  if (!scope.calendar.hasYear(yearOf(scope.today))) return null;
  const found = scope.calendar
    .holidays(yearOf(scope.today))
    .find(({ name, from, to }) => name.includes(holiday) && from <= scope.today && scope.today <= to);
  return found ? scope.today : null;
}

const SPRING = FESTIVALS.find(({ name }) => name === '春节');

export const FESTIVAL_RULES: DayRule[] = [
  {
    pattern: new RegExp(`(?<![\\u4e00-\\u9fff])(?:节|长假|假期|放假|假)${TAIL}`, 'y'),
    read: (groups, scope) => {
      const isBefore = groups.last !== undefined || groups.back !== undefined;
      return aroundHoliday(scope, groups, () => nextHoliday(scope, isBefore));
    },
  },
  {
    // Not of a school's: 学校放假回来头一天.
    pattern: new RegExp(
      `(?<!学校|学生|孩子|娃|[暑寒])(?:放假(?:回来|结束|完)|放完了?假|过完了?节|收假|假期结束)${BACK}${FIRST_DAY}`,
      'y',
    ),
    read: (_, scope) => dayOn(workdayAfter(scope.calendar, nextHoliday(scope, false).to)),
  },
  {
    pattern: new RegExp(`(?:年)${TAIL}`, 'y'),
    read: (groups, scope) => {
      if (!SPRING) return null;
      const isBefore = groups.last !== undefined || groups.back !== undefined;
      const date = underWay(scope, SPRING) ?? nextDate(SPRING.dateIn, scope.today);
      const off = () => daysOff(scope.calendar, SPRING, date) ?? { from: date, to: date };
      return aroundHoliday(
        scope,
        groups,
        isBefore ? () => ({ from: beginOfHoliday(scope.calendar, SPRING, date), to: date }) : off,
      );
    },
  },
  {
    pattern: new RegExp(
      `(?<![\\u4e00-\\u9fff])(?:节|长假|放假)(?:之前|以前|前)的?(?<days>${NUMBER})(?:天|日|(?<weeks>个?(?:周|星期)))(?!内)`,
      'y',
    ),
    read: ({ days = '', weeks }, scope) =>
      dayOn(addDays(nextHoliday(scope, true).from, -atMost(MAX_AROUND_DAYS, days) * (weeks ? 7 : 1))),
  },
  {
    // The north keeps 小年 on the 23rd, the south on the 24th.
    pattern: /(?<!大)小年夜?/y,
    read: (_, scope) => {
      const date = nextDate((year) => lunarDate(year, 12, 23), scope.today);
      const message = '小年有腊月二十三和二十四两种过法。请问是哪一天?';
      return dayOn(date, { problem: { reason: 'ambiguous', dates: [date, addDays(date, 1)], message } });
    },
  },
  {
    // 节前 and 年前 alone are limits; 节后 and 年后 the first working day.
    pattern:
      /(?<![季时环中秋阳国庆春\d一二三四五六七八九十两半数多几去今明小大])(?<what>节|长假|放假|年)(?<side>之前|以前|前(?![后\d一二两三四五六七八九十几往期])|之后|以后|后(?!续|期|面|勤|天|台))/y,
    read: ({ what, side = '' }, scope) => {
      const isBefore = side.includes('前');
      if (what === '年') {
        if (!SPRING) return null;
        const day = festivalDay(scope, SPRING, {});
        if (!isBefore)
          return dayOn(
            workdayAfter(
              scope.calendar,
              (daysOff(scope.calendar, SPRING, underWay(scope, SPRING) ?? day.date) ?? { to: day.date }).to,
            ),
          );
        return dayOn(day.before?.() ?? day.date, { isDeadline: true });
      }
      const span = nextHoliday(scope, isBefore);
      return isBefore
        ? dayOn(workdayBefore(scope.calendar, span.from), { isDeadline: true })
        : dayOn(workdayAfter(scope.calendar, span.to));
    },
  },
];

/** 国庆期间, 节假日期间: the days off. */
export const HOLIDAY_SPAN = new RegExp(
  `(?:${NAMED.filter(({ name }) => FESTIVALS.find((it) => it.name === name)?.holiday)
    .map(({ name, pattern }) => `(?<n${FESTIVALS.findIndex((it) => it.name === name)}>${pattern})`)
    .join('|')}|节日|节|长假)${BREAK}期间`,
  'y',
);

export function readHolidaySpan(groups: Record<string, string | undefined>, scope: Scope): DaysOff {
  const key = Object.keys(groups).find((it) => /^n\d+$/.test(it) && groups[it] !== undefined);
  const festival = key ? FESTIVALS[Number(key.slice(1))] : undefined;
  if (!festival) return nextHoliday(scope, false);
  const date = underWay(scope, festival) ?? nextDate(festival.dateIn, scope.today);
  return daysOff(scope.calendar, festival, date) ?? { from: date, to: date };
}
