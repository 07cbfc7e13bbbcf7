/** A day that is named twice, 11月27日(周五), 下周五12月25号, is read once; two that differ are asked back. Pure. */
import { addDays, weekdayOf, type LocalDate } from '../../calendar/local.js';
import { WEEK, WEEKDAY, weekdayNumber } from './days-week.js';
import type { Day, Hit } from './types.js';

type ReadDay = (index: number) => Hit<Day> | null;

/** Where what names the day ends; `read`: the day that begins at a place. */
export function skipSame(text: string, hit: Hit<Day>, read: ReadDay): number {
  const pattern = new RegExp(`[ ,]?(?<open>\\()?(?:${WEEK}(?<day>${WEEKDAY}))(?<close>\\))?`, 'y');
  pattern.lastIndex = hit.end;
  const groups = pattern.exec(text)?.groups;
  if (!groups?.day || (groups.open === undefined) !== (groups.close === undefined))
    return skipSecond(text, hit, read);
  const { value } = hit;
  const number = weekdayNumber(groups.day);
  if (value.problem || weekdayOf(value.date) === number) return pattern.lastIndex;
  const other = addDays(value.date, nearestShift(weekdayOf(value.date), number));
  value.problem = unlike(text.slice(hit.index, pattern.lastIndex), [value.date, other]);
  return pattern.lastIndex;
}

const unlike = (said: string, dates: LocalDate[]): NonNullable<Day['problem']> => ({
  reason: 'ambiguous',
  dates,
  message: `“${said}”里的日期和星期对不上。请问您指的是哪一天?`,
});

/** Days to the nearest day of that weekday, -3 to 3. */
const nearestShift = (from: number, to: number): number => ((to - from + 10) % 7) - 3;

const OR = /(?:[ ,]|也?就是|即){0,2}(?<open>\()?/y;
const OF_WEEK = new RegExp(`${WEEK}(?:的?${WEEK})?${WEEKDAY}$`);
const WEEK_FIRST = new RegExp(`^${WEEK}`);
const OF_MONTH = /^(?:\d|[一二三四五六七八九十]).*[日号]$/;

/** 下周五12月24号, 12月24号下周五: in any order; 周五3号楼 may be no second day. */
function skipSecond(text: string, hit: Hit<Day>, read: ReadDay): number {
  const first = text.slice(hit.index, hit.end);
  if (hit.value.problem || !(OF_WEEK.test(first) || OF_MONTH.test(first))) return hit.end;
  OR.lastIndex = hit.end;
  const isOpen = OR.exec(text)?.groups?.['open'] !== undefined;
  const second = read(OR.lastIndex);
  if (!second || second.value.problem || (isOpen && text.charAt(second.end) !== ')')) return hit.end;
  const said = text.slice(OR.lastIndex, second.end);
  const isPair = (OF_WEEK.test(first) && OF_MONTH.test(said)) || (OF_MONTH.test(first) && OF_WEEK.test(said));
  const end = second.end + Number(isOpen);
  // 周四12月24号 is any Thursday; 下周四 is one.
  const [weekday, date] = OF_WEEK.test(first) ? [hit, second] : [second, hit];
  const isAny = WEEK_FIRST.test(text.slice(weekday.index, weekday.end));
  const isSame = isAny
    ? weekdayOf(weekday.value.date) === weekdayOf(date.value.date)
    : weekday.value.date === date.value.date;
  if (isPair && isSame) {
    hit.value = date.value;
    return end;
  }
  if (!isPair || !/月/.test(`${first}${said}`)) return hit.end;
  hit.value.problem = unlike(text.slice(hit.index, end), [hit.value.date, second.value.date]);
  return end;
}
