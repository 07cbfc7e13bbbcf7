/** Several days of one week (下周一三五, 下周二和周四, 下周一到周五每天): a weekly rule that ends with that week. Pure. */
import type { LocalDate } from '../../calendar/local.js';
import { WEEK, weekdayNumber, weekNamed } from './days-week.js';
import { weekdayList } from './recurrence-days.js';
import type { Days } from './recurrence-month.js';
import type { Hit, Scope } from './types.js';

const WORD = '(?<word>下{1,3}个?|本|这个?)';
const DAY = '[一二三四五六日天]';
const GLUED = `${DAY}(?:[、,和及与跟]?(?:(?:[本这]|下{1,3}个?)?${WEEK})?${DAY}){1,5}`;
/** 周三四点, 周五一早, 周日一整天, 周四五六个人: what follows is an hour or a count. */
const NO_COUNT = '(?![一二三四五六七八九十]{0,3}(?:[点时个号月整刻分次趟回遍:]|天(?![早晚上下中]))|\\d)';
const LISTED = new RegExp(`${WORD}${WEEK}(?<days>${GLUED})${NO_COUNT}`);
const RANGE = new RegExp(
  `${WORD}${WEEK}(?<days>${DAY}(?:到|至|-|~)(?:下{0,3}个?${WEEK})?${DAY})的?(?:每天|每日|天天)`,
);
/** 周二四 alone: every week, as 周一三五 is. */
const BARE = new RegExp(`(?<![本上下这每逢个])${WEEK}(?<days>${DAY}${DAY})${NO_COUNT}`);

type OneWeek = { found: Hit<Days>; from?: LocalDate; until?: LocalDate };

export function severalDays(text: string, { today }: Scope): OneWeek | null {
  const match = RANGE.exec(text) ?? LISTED.exec(text) ?? BARE.exec(text);
  const { word = '', days = '' } = match?.groups ?? {};
  if (!match || !isList(days)) return null;
  const plain = days.replace(/[本这下个]/g, '');
  const value = { rrule: `FREQ=WEEKLY;BYDAY=${weekdayList(plain)}` };
  const found = { index: match.index, end: match.index + match[0].length, value };
  if (word === '') return { found };
  const { from, until } = weekNamed(word, today);
  return { found, from: from > today ? from : today, until };
}

/** Days that stand without anything between them go on in the week: 周五一 is Friday, and 一 of something. */
function isList(days: string): boolean {
  const runs = days.split(/[^一二三四五六日天]+/).filter(Boolean);
  return runs.every((run) => {
    const numbers = [...run].map(weekdayNumber);
    return numbers.every((it, at) => at === 0 || it > (numbers[at - 1] ?? 0));
  });
}
