/** Reads what comes again: which days, at what times, from when to when. Pure. */
import { fromLocal, LAST_YEAR, outOfYears, yearOf } from '../../calendar/local.js';
import { beginRule, nextOccurrence } from '../../calendar/recurrence.js';
import type { Recurrence } from '../../core/reminder.js';
import { DAYS_RULES, weekdayList, WORKDAYS } from './recurrence-days.js';
import { inMonth, type Days } from './recurrence-month.js';
import { withoutExcept } from './recurrence-except.js';
import { lastDayOf, readBounds, readLimits, type Limits } from './recurrence-limits.js';
import { severalDays } from './recurrence-one-week.js';
import { noSuchHour, wrongHourIn } from './clock.js';
import { findClocks, timesOf } from './recurrence-times.js';
import { parseNumber } from './numbers.js';
import { placeOf, unclear } from './resolve.js';
import { leadOf, limitAt, type Lead } from './scan.js';
import { ADVANCE, ASKS_REMINDER, blank } from './text.js';
import type { Hit, Place, Scope, TimeReading } from './types.js';

/** Without one of these nothing is read further: most messages have none. */
const HINT =
  /每|逢|隔|天天|月月|年年|按[月季年]|逐[日季]|工作日|上班的?(?:日子|天)|[双单][周月]|[一二两三四五六七八九十\d]个?(?:天|周|星期|礼拜)一[次回]|连续|连着|(?:周|星期|礼拜)[一二三四五六日天1-7][、,和及与跟到至一二三四五六日天-]/;
/** A bare 每月 or 每年 is a fact of life unless something is to be done. */
const IS_TASK = /提醒|叫|喊|通知|一次|报|交|例会|开会|调度|汇总|巡查|检查|排查|更新|打卡|上传|填/;
/** A season is not in the calendar: its days are the county's own. */
const SEASON =
  /(?:汛期|防火期|禁烧期|枯水期|冬春季|旺季|暑期|寒假|暑假|(?<![逢个])(?:法定)?节假日(?=每))(?=.{0,8}(?:每|隔|逢))|(?:每年|年年)的?(?:汛期|防火期|禁烧期|枯水期|暑期)/;

/** More than these words can set: the hours of 每天三次, the second day of 每周一上午和周五下午. */
const TIMES_A_DAY = /^.{0,8}?(?:[二两三四五六七八九十]|[2-9]|\d\d)[次遍回](?!会|数)/;
/** 每两小时…到晚上七点: an hour at which it ends, and not at which it begins. */
const UNTIL_HOUR =
  /(?:到|至)(?:今晚|今天|当天|明早)?(?:凌晨|早上|上午|中午|下午|傍晚|晚上|夜里|晚|早)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:点|:)|点(?:半|钟)?(?:结束|为止|停)/;
const SECOND_DAY =
  /^[ ]?[、,和及与][ ]?(?:每?(?:周|星期)[一二三四五六日天]|[\d一二三四五六七八九十]{1,3}[号日])/;
/** A day that no rule reads, after a bare period: 每月最后三天. */
const BROKEN_DAY =
  /^的?(?:\u0001|最后|倒数|第[一二三四五六七八九十\d]|前[一二三四五六七八九十\d]|\d{1,2}[日号]?(?![\d:点]))/;
/** 每人每天补助50元 is a rate. */
const RATE = /(?:每人|每户|人均|平均|每个人)$/;

/** Null: nothing in the text comes again. What a request is wanted by never does. */
export function readRecurrence(folded: string, original: string, scope: Scope): TimeReading | null {
  if (scope.purpose === 'deadline' || !HINT.test(folded)) return null;
  const season = SEASON.exec(folded);
  if (season && IS_TASK.test(folded)) {
    const place = { text: season[0], index: season.index };
    return unclear(
      scope,
      place,
      'ambiguous',
      [],
      `“${season[0]}”从哪天到哪天?请写明起止月份,如“6月至9月每天早上8点”。`,
    );
  }
  const advance = ADVANCE.exec(folded);
  const plain = advance ? blank(folded, ADVANCE) : folded;
  const several = severalDays(plain, scope);
  if (several) {
    const { found, ...span } = several;
    const limits = { ...readLimits(without(plain, found.index, found.end), scope), ...span };
    return build(found, limits, advance ? leadOf(advance.groups ?? {}) : null, original, scope);
  }
  const limits = readLimits(plain, scope);
  const read = findDays(limits.rest) ?? daysOfLength(limits, folded);
  const found = read && limits.length?.isWorkdays ? { ...read, value: WORKDAYS } : read;
  if (!found) return null;
  if (RATE.test(folded.slice(0, found.index))) return null;
  return build(found, limits, advance ? leadOf(advance.groups ?? {}) : null, original, scope);
}

function build(
  found: Hit<Days>,
  before: Limits,
  advance: Lead | null,
  original: string,
  scope: Scope,
): TimeReading | null {
  const rest = without(before.rest, found.index, found.end);
  const { days: all, end: daysEnd } = found.value.isBare
    ? completed(found, rest)
    : { days: found.value, end: found.end };
  const days = withoutExcept(all, before.except);
  if (days.isBare && BROKEN_DAY.test(before.rest.slice(found.end)))
    return unclear(
      scope,
      placeOf(original, found.index, found.end + 4),
      'ambiguous',
      [],
      '没有看懂是哪一天。请换一种写法,如“每月25日”“每周五”。',
    );
  const isAll = found.end - found.index >= original.trim().length - 1;
  if (days.isBare && !IS_TASK.test(original) && !isAll) return null;
  const first = limitAt(before.rest, daysEnd);
  const start = first?.end ?? daysEnd;
  const bounded = readBounds({ ...before, rest: without(rest, found.index, start) }, scope);
  const named = findClocks(bounded.rest, start, scope);
  const clocks = named.length > 0 || !bounded.clock ? named : [bounded.clock];
  const clockEnd = clocks.at(-1)?.end ?? start;
  const wrong = wrongHourIn(bounded.rest);
  if (wrong !== null)
    return unclear(scope, placeOf(original, found.index, found.end), 'impossible', [], noSuchHour(wrong));
  const second = clocks.length > 0 ? limitAt(bounded.rest, clockEnd) : null;
  const isDeadline =
    first?.isDeadline === true ||
    second?.isDeadline === true ||
    (days.isDeadline === true && clocks.length === 0);
  const place = placeOf(
    original,
    found.index,
    Math.max(
      found.end,
      first?.end ?? 0,
      all === found.value ? start : 0,
      clocks[0] && clocks[0].index >= found.end ? (second?.end ?? clockEnd) : 0,
    ),
  );
  if (days.problem) return unclear(scope, place, 'impossible', [], days.problem);
  if (bounded.problem) {
    // No days to choose from: one that is chosen is set once, without the rule.
    const { reason, message } = bounded.problem;
    return unclear(scope, place, reason, [], message);
  }
  if (clocks.length === 0 && TIMES_A_DAY.test(before.rest.slice(found.end)))
    return unclear(scope, place, 'ambiguous', [], '请写明每次提醒的具体时间,如“每天8点、12点、18点”。');
  if (SECOND_DAY.test(before.rest.slice(clockEnd)))
    return unclear(
      scope,
      place,
      'ambiguous',
      [],
      `一条提醒只能有一组时间。请分开设置,如先说“${place.text}”。`,
    );
  if (/^FREQ=(?:HOURLY|MINUTELY)/.test(days.rrule) && UNTIL_HOUR.test(before.rest))
    return unclear(
      scope,
      place,
      'ambiguous',
      [],
      '按小时重复的提醒还不能设结束的钟点。请写明每次的时间,如“每天8点、10点、12点”,或分开设几条。',
    );
  const lead = first?.lead ?? second?.lead ?? advance ?? undefined;
  // 每天早晚8点: the clock begins with 晚.
  const isBothEnds =
    clocks[0]?.index !== undefined && before.rest.slice(clocks[0].index - 1).startsWith('早晚');
  const times = timesOf(clocks, days, { isDeadline, isBothEnds, lead }, scope);
  const draft = ruleOf(days, bounded, lead, scope);
  if (times === 'vague')
    return unclear(scope, place, 'ambiguous', [], `“${place.text}”没有说几点。请问是几点?`);
  const make = (minutes: number[]): TimeReading => {
    const rule = bounds({ ...draft, times: minutes }, days.isBare === true, bounded, scope);
    const at = rule && nextOccurrence(rule, scope.now, scope.calendar);
    if (!rule || at === null)
      return unclear(
        scope,
        place,
        'past',
        [],
        `“${place.text}”到期以前已经没有下一次了。请重新说一下起止时间。`,
      );
    const apart = boundsApart(bounded, original, place);
    return { kind: 'recurrence', rule, at, isDeadline, ...(apart.length > 0 && { bounds: apart }), ...place };
  };
  if (times.length < 2 || clocks.length > 1 || !clocks[0]?.value.orElse) return make(times);
  const both = times.map((it) => make([it])).flatMap((it) => (it.kind === 'recurrence' ? [it.at] : []));
  return unclear(scope, place, 'ambiguous', both, `“${place.text}”是早上还是晚上?请选择。`);
}

/** What says from and until when, and is no part of `place`. */
const boundsApart = ({ bounds = [] }: Limits, original: string, { index, text }: Place): Place[] =>
  bounds
    .filter((it) => it.end <= index || it.index >= index + text.length)
    .map((it) => placeOf(original, it.index, it.end));

const without = (text: string, from: number, to: number): string =>
  text.slice(0, from) + blank(text.slice(from, to), /./gs) + text.slice(to);

/** The first place where a rule holds, and the longest that does. */
function findDays(text: string): Hit<Days> | null {
  for (let index = 0; index < text.length; index++) {
    if (!/[每逢隔天月年按逐工上双单周星礼农一二两三四五六七八九十\d]/.test(text.charAt(index))) continue;
    const best = daysAt(text, index);
    if (best) return best;
  }
  return null;
}

function daysAt(text: string, index: number): Hit<Days> | null {
  let best: Hit<Days> | null = null;
  for (const { pattern, read } of DAYS_RULES) {
    pattern.lastIndex = index;
    const found = pattern.exec(text);
    const end = pattern.lastIndex;
    if (!found || (best && end <= best.end)) continue;
    // 每天都有人投诉 tells what happens.
    if (/^都(?!要|得|需|应|提醒|叫|喊|响|催|[来去]一)|^(?:有人|发生|收到|反映)/.test(text.slice(end)))
      continue;
    const value = read(found.groups ?? {});
    if (value) best = { index, end, value };
  }
  return best;
}

/** 连续三天上午9点提醒我: a length of days is a daily rule by itself. */
function daysOfLength({ length }: Limits, folded: string): Hit<Days> | null {
  const found = /连续|连着/.exec(folded);
  if (!found || !length || !ASKS_REMINDER.test(folded)) return null;
  if (length.isWorkdays) return { index: found.index, end: found.index + found[0].length, value: WORKDAYS };
  const rrule = { 天: 'FREQ=DAILY', 周: 'FREQ=WEEKLY', 月: 'FREQ=MONTHLY', 年: 'FREQ=YEARLY', 次: '' }[
    length.unit
  ];
  return rrule ? { index: found.index, end: found.index + found[0].length, value: { rrule } } : null;
}

/** 每半年一次,6月底和12月底前: the days of a half-year stand apart. */
const HALVES_APART =
  /(?<a>[\d一二三四五六七八九十]{1,2})月份?(?<dayA>底|末|初|[\d一二三四五六七八九十]{1,3}[日号])(?:[、,和与及]|以及)(?<b>[\d一二三四五六七八九十]{1,2})月份?(?<dayB>底|末|初|[\d一二三四五六七八九十]{1,3}[日号])/;

function inHalves(rest: string): { days: Days; end: number } | null {
  const found = HALVES_APART.exec(rest);
  const { a = '', b = '', dayA = '', dayB = '' } = found?.groups ?? {};
  const list = [parseNumber(a), parseNumber(b)].sort((x, y) => x - y);
  const day = /底|末/.test(dayA) ? -1 : dayA === '初' ? 1 : parseNumber(dayA.replace(/[日号]$/, ''));
  if (!found || dayA !== dayB || !list.every((it) => it >= 1 && it <= 12) || !(day <= 28)) return null;
  return {
    days: { rrule: `FREQ=YEARLY;BYMONTH=${list.join(',')};BYMONTHDAY=${day}` },
    end: found.index + found[0].length,
  };
}

const MONTH_DAY_APART =
  /(?:本?月(?<end>底|末)|(?<start>月初)|(?<middle>月中)|(?<last>最后一?个?)(?<nthWork>工作日)|(?<days>(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:号|日)))/;
const WEEKDAY_APART = /(?:周|星期|礼拜)(?<days>[一二三四五六日天1-7])/;

/** 每月提醒我月底前交报表, 月底前(每月): the day stands apart from its period. */
function completed(found: Hit<Days>, rest: string): { days: Days; end: number } {
  const { rrule } = found.value;
  const halves = rrule.includes('INTERVAL=6') || rrule === 'FREQ=YEARLY' ? inHalves(rest) : null;
  if (halves) return halves;
  const apart =
    rrule.startsWith('FREQ=MONTHLY') && !rrule.includes('INTERVAL=6')
      ? MONTH_DAY_APART.exec(rest)
      : rrule.startsWith('FREQ=WEEKLY')
        ? WEEKDAY_APART.exec(rest)
        : null;
  if (!apart) return { days: found.value, end: found.end };
  const groups = apart.groups ?? {};
  const days = rrule.startsWith('FREQ=WEEKLY')
    ? { rrule: `${rrule};BYDAY=${weekdayList(groups.days ?? '')}` }
    : inMonth(rrule, groups);
  return days ? { days, end: apart.index + apart[0].length } : { days: found.value, end: found.end };
}

function ruleOf(
  days: Days,
  { from, months, shift, exceptDates }: Limits,
  lead: Lead | undefined,
  scope: Scope,
): Recurrence {
  const { days: leadDays, workdays } = lead ?? {};
  const ahead = {
    ...days.lead,
    ...(leadDays === undefined ? {} : { days: leadDays }),
    ...(workdays === undefined ? {} : { workdays }),
  };
  const start = from !== undefined && from > scope.today ? from : scope.today;
  return {
    rrule: `${days.rrule}${months && !days.rrule.includes('BYMONTH=') ? `;BYMONTH=${months.join(',')}` : ''}`,
    from: start,
    times: [],
    ...(days.special ? { special: days.special } : {}),
    ...(shift === 'none' ? {} : { shift }),
    ...(exceptDates ? { except: exceptDates } : {}),
    ...(Object.keys(ahead).length > 0 ? { lead: ahead } : {}),
  };
}

/** Begins the rule with its first occurrence and ends it where the message does. Null: it never occurs. */
function bounds(
  rule: Recurrence,
  isBare: boolean,
  { until, length }: Limits,
  scope: Scope,
): Recurrence | null {
  const after = Math.max(scope.now, fromLocal(rule.from) - 1);
  // A bare 每半年 counts from the day it is said on.
  const begun = isBare ? rule : beginRule(rule, after, scope.calendar);
  if (!begun) return null;
  const end =
    length && length.unit !== '次' && !isOnce(begun.rrule, length.unit)
      ? lastDayOf(begun.from, length)
      : until;
  if (yearOf(end ?? begun.from) > LAST_YEAR) throw outOfYears();
  if (end !== undefined) return { ...begun, rrule: `${begun.rrule};UNTIL=${end.replaceAll('-', '')}` };
  return length ? { ...begun, rrule: `${begun.rrule};COUNT=${length.count}` } : begun;
}

/** Whether the rule has one day in each of these units: then so many of them are so many occurrences. */
const isOnce = (rrule: string, unit: string): boolean =>
  !rrule.includes(',') &&
  !rrule.includes('INTERVAL') &&
  rrule.startsWith(`FREQ=${{ 天: 'DAILY', 周: 'WEEKLY', 月: 'MONTHLY', 年: 'YEARLY' }[unit] ?? ''}`);
