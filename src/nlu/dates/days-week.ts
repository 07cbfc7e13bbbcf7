/** Days by their weekday: 周五, 下周三, 下下周二, 本周内, 周末. Weeks start on Monday. */
import { addDays, weekdayOf, type LocalDate } from '../../calendar/local.js';
import { dayOn, type DayRule } from './days.js';
import { atMost, NUMBER, parseNumber } from './numbers.js';
import type { Day, Scope } from './types.js';

export const WEEK = '(?:周|星期|礼拜)';
export const WEEKDAY = '(?:[一二三四五六日天](?![次趟回遍])|[1-7](?![次趟回遍\\d.:点时]))';

export function weekdayNumber(text: string): number {
  if (text === '日' || text === '天') return 7;
  return parseNumber(text);
}

export const mondayOf = (date: LocalDate): LocalDate => addDays(date, 1 - weekdayOf(date));

/** Weeks from this one: 本 0, 下 1, 下下 and 大下 2, 上 -1. */
function weeksAway(word: string): number {
  const down = [...word].filter((c) => /[下大再]/.test(c)).length;
  return down > 0 ? down : -[...word].filter((c) => c === '上').length;
}

/** 本, 下, 下下: the Monday and the Sunday of that week. */
export function weekNamed(word: string, today: LocalDate): { from: LocalDate; until: LocalDate } {
  const monday = addDays(mondayOf(today), weeksAway(word) * 7);
  return { from: monday, until: addDays(monday, 6) };
}

function weekday(scope: Scope, weeks: number, number: number): Day {
  const date = addDays(mondayOf(scope.today), weeks * 7 + number - 1);
  const later: LocalDate[] = [];
  for (let next = addDays(date, 7); later.length < 1; next = addDays(next, 7))
    if (next > scope.today) later.push(next);
  return dayOn(date, { later });
}

function nextWeekday(scope: Scope, number: number): Day {
  const ahead = (number - weekdayOf(scope.today) + 7) % 7;
  const date = addDays(scope.today, ahead);
  return dayOn(date, { later: [addDays(date, 7)], past: 'move', isWeekday: true });
}

/** Saturday and Sunday; said on a Sunday, that Sunday. Before the weekend is Friday. */
function weekend(scope: Scope, weeks: number, isNamed: boolean): Day {
  const saturday = addDays(mondayOf(scope.today), weeks * 7 + 5);
  const sunday = addDays(saturday, 1);
  const date = saturday < scope.today ? sunday : saturday;
  return dayOn(date, {
    until: sunday,
    later: [date === saturday ? sunday : addDays(saturday, 7)],
    past: isNamed ? 'ask' : 'move',
    before: () => addDays(saturday, -1),
  });
}

/** A few steps at most: 下下下周. */
const AWAY = `本|这个?|当|[大再]?下{1,9}一?个?|上{1,9}一?个?`;

/** 张三周四上午: no length of three weeks. */
const AFTER_NAME = '(?<=[^每隔第过满近约续前后连头\\d\\s,、][一二三四五六七八九])';

/** 周八, 星期九: no such day; 每周八点 is an hour. */
export const NO_WEEKDAY = `${WEEK}(?:[八九]|[089](?![\\d:.点时号月日]))(?=的?(?:上午|下午|早|晚|中午|傍晚|凌晨|提醒|叫|喊|通知|那天|$|[ ,。]|(?:\\d{1,2}|[一二两三四五六七八九十]{1,3})(?:点|:)))`;

export const noSuchWeekday = (words: string): string => `没有“${words}”这一天。请问是星期几?`;

export const WEEK_RULES: DayRule[] = [
  {
    pattern: new RegExp(`(?:${AWAY}|每)?${NO_WEEKDAY}`, 'y'),
    read: (_groups, { today }, found) =>
      dayOn(today, { problem: { reason: 'impossible', dates: [], message: noSuchWeekday(found) } }),
  },
  {
    pattern: new RegExp(`(?<away>${AWAY})${WEEK}(?:的?${WEEK})?(?<day>${WEEKDAY})`, 'y'),
    read: ({ away = '', day = '' }, scope) => weekday(scope, weeksAway(away), weekdayNumber(day)),
  },
  {
    pattern: new RegExp(`(?<weeks>${NUMBER})个?${WEEK}(?:后|之后|以后)的?${WEEK}?(?<day>${WEEKDAY})`, 'y'),
    read: ({ weeks = '', day = '' }, scope) => weekday(scope, atMost(999, weeks), weekdayNumber(day)),
  },
  {
    pattern: new RegExp(
      `(?<before>.?)(?<=[^一两二三四五每几\\d]|^)${WEEK}(?<day>${WEEKDAY})|${AFTER_NAME}${WEEK}(?<day2>${WEEKDAY})(?=上午|下午|早|晚|中午|\\d|[零一二两三四五六七八九十]{1,3}点|之?前|提醒)`,
      'y',
    ),
    read: ({ before, day, day2 = '' }, scope) =>
      before ? null : nextWeekday(scope, weekdayNumber(day ?? day2)),
  },
  {
    pattern: new RegExp(`(?<away>${AWAY})?个?(?:${WEEK}末|双休日)`, 'y'),
    read: ({ away = '' }, scope) => weekend(scope, weeksAway(away), away !== ''),
  },
  {
    // A whole week: only where a limit or a wish to be reminded follows, not in 本周工作.
    pattern: new RegExp(
      `(?<away>${AWAY})${WEEK}(?:(?<inside>之内|以内|内)|(?<end>底)|(?=提醒|叫|通知|之前|以前|前(?![一二三四五六日天])|$|[,。!;]))`,
      'y',
    ),
    read: ({ away = '', inside, end }, scope) => {
      const weeks = weeksAway(away);
      const monday = addDays(mondayOf(scope.today), weeks * 7);
      const sunday = addDays(monday, 6);
      if (weeks === 0 && !inside && !end) return null;
      const first = end ? sunday : weeks === 0 ? scope.today : monday;
      const isAmbiguous = !inside && !end && weeks > 0;
      return dayOn(first, {
        until: sunday,
        later: [addDays(sunday, 7)],
        ...(inside ? { isDeadline: true } : {}),
        // 下周前 may leave out next week or take it in; a week is a long time.
        ...(isAmbiguous ? { beforeProblem: [addDays(monday, -1), sunday] } : {}),
      });
    },
  },
];
