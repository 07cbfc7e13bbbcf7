/** The span of time that figures are asked for: 本月, 上季度, 去年下半年, 11月份, 近30天. Pure. */
import { addDays, isDate, yearOf, type LocalDate } from '../../calendar/local.js';
import {
  daysUntil,
  everUntil,
  monthPeriod,
  monthsFrom,
  quarterPeriod,
  weekPeriod,
  yearPeriod,
  type Period,
} from '../../calendar/periods.js';
import { parseNumber } from './numbers.js';

/** `text` is what it was read from. */
export type SaidPeriod = { period: Period; text: string };

const N = '(\\d{1,2}|[一二两三四五六七八九十]{1,3})';
const YEAR =
  '(?:(今年|本年度?|去年|上年度?|前年|20\\d{2}年?|二[零〇]二[零〇一二三四五六七八九]年?|\\d{2}年)的?)?';
const TO = '(?:日|号)?\\s?(?:到|至|-|~|—|–|~)\\s?';

type Read = (parts: (string | undefined)[], today: LocalDate) => Period | null;

/** The year of a word; without one, null. */
function yearIn(word: string | undefined, today: LocalDate): number | null {
  if (!word) return null;
  const now = yearOf(today);
  if (word.startsWith('今年') || word.startsWith('本年')) return now;
  if (word.startsWith('去年') || word.startsWith('上年')) return now - 1;
  if (word.startsWith('前年')) return now - 2;
  const number = parseNumber(word.replace('年', ''));
  return number < 100 ? 2000 + number : number;
}

/** Without a year, the last one that has begun. */
const begun = (year: number | null, today: LocalDate, make: (year: number) => Period): Period => {
  if (year !== null) return make(year);
  const own = make(yearOf(today));
  return own.from <= today ? own : make(yearOf(today) - 1);
};

const isMonth = (n: number): boolean => n >= 1 && n <= 12;
const numberOf = (text: string | undefined): number => parseNumber(text ?? '');
const monthNow = (today: LocalDate): number => Number(today.slice(5, 7));
const dayOf = (year: number, month: number, day: number): LocalDate =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** From one day of a month to another; a range that ends in the next year began in the one before. */
function daysOf(
  said: string | undefined,
  today: LocalDate,
  [m, d, n, e]: [number, number, number, number],
): Period | null {
  const make = (year: number): Period => ({
    from: dayOf(year, m, d),
    to: dayOf(n < m ? year + 1 : year, n, e),
  });
  const { from, to } = begun(yearIn(said, today), today, make);
  return isDate(from) && isDate(to) && from <= to ? { from, to: addDays(to, 1) } : null;
}

const shifted = (today: LocalDate, months: number): Period =>
  monthsFrom(yearOf(today), monthNow(today) + months, 1);

/** In the order in which they are tried: what holds another in it goes first. */
const READS: readonly [RegExp, Read][] = [
  [
    new RegExp(`${YEAR}${N}月${N}${TO}(?:${N}月)?${N}(?:日|号)?`),
    ([, y, m, d, n, e], today) => daysOf(y, today, [numberOf(m), numberOf(d), numberOf(n ?? m), numberOf(e)]),
  ],
  [
    new RegExp(`${N}[日号]${TO}(?:今天|现在|目前)`),
    ([, d], today) =>
      daysOf(undefined, today, [monthNow(today), numberOf(d), monthNow(today), Number(today.slice(8))]),
  ],
  [
    new RegExp(`${YEAR}${N}月?份?${TO}${N}月份?`),
    ([, y, m, n], today) => {
      const [first, last] = [numberOf(m), numberOf(n)];
      if (!isMonth(first) || !isMonth(last)) return null;
      const count = ((last - first + 12) % 12) + 1;
      return begun(yearIn(y, today), today, (year) => monthsFrom(year, first, count));
    },
  ],
  [
    new RegExp(`${YEAR}(?:第?\\s?([一二三四1-4])\\s?个?季度?|q([1-4]))`),
    ([, y, a, b], today) => begun(yearIn(y, today), today, (year) => quarterPeriod(year, numberOf(a ?? b))),
  ],
  [
    /(上上个?|上一?个?|前一个?|本|这一?个?|当)季度?/,
    ([, which = ''], today) => {
      const back = which.startsWith('上上') ? 2 : /^[上前]/.test(which) ? 1 : 0;
      const quarter = Math.ceil(monthNow(today) / 3) - back;
      return monthsFrom(yearOf(today), quarter * 3 - 2, 3);
    },
  ],
  [
    new RegExp(`${YEAR}(上|下|前|后)半年`),
    ([, y, which], today) =>
      begun(yearIn(y, today), today, (year) => monthsFrom(year, which === '上' || which === '前' ? 1 : 7, 6)),
  ],
  [/(?:这|本|近)个?半年|半年(?:来|度|报)/, (_, today) => monthsFrom(yearOf(today), monthNow(today) - 5, 6)],
  [
    new RegExp(`${YEAR}${N}月${N}(?:日|号)`),
    ([, y, m, d], today) => daysOf(y, today, [numberOf(m), numberOf(d), numberOf(m), numberOf(d)]),
  ],
  [
    new RegExp(`${YEAR}${N}月(?!以?[来前后]|底|初|末|\\d)份?`),
    ([, y, m], today) => {
      const month = numberOf(m);
      return isMonth(month) ? begun(yearIn(y, today), today, (year) => monthPeriod(year, month)) : null;
    },
  ],
  [
    new RegExp(`(?:最?近|过去|前|这)${N}(个月|天|日|周|个星期|个礼拜|年)|近(两|几|一)?(?:个)?(月|天)`),
    ([, n, unit, m, other], today) => {
      const count = numberOf(n ?? (m === '几' ? '三' : (m ?? '一')));
      const of = unit ?? other ?? '';
      if (!(count >= 1 && count <= 60)) return null;
      if (/月/.test(of)) return monthsFrom(yearOf(today), monthNow(today) - count + 1, count);
      if (/年/.test(of)) return monthsFrom(yearOf(today), monthNow(today) - count * 12 + 1, count * 12);
      return daysUntil(today, /周|星期|礼拜/.test(of) ? count * 7 : count);
    },
  ],
  [/上上个?月/, (_, today) => shifted(today, -2)],
  [/上一?个?月|前一个月|上月/, (_, today) => shifted(today, -1)],
  [/本月|这一?个?月|当月|月报|月度|月通报|按月/, (_, today) => shifted(today, 0)],
  [/上一?个?(?:周|星期|礼拜)/, (_, today) => weekPeriod(addDays(today, -7))],
  [/双周/, (_, today) => daysUntil(today, 14)],
  [/(?:本|这|这一|这个|当)(?:周|星期|礼拜)|周报|周统/, (_, today) => weekPeriod(today)],
  [/昨天|昨日|昨儿/, (_, today) => daysUntil(addDays(today, -1), 1)],
  [/前天/, (_, today) => daysUntil(addDays(today, -2), 1)],
  [/今天|今日|今儿|日报|当天/, (_, today) => daysUntil(today, 1)],
  [/季报|季度/, (_, today) => quarterPeriod(yearOf(today), Math.ceil(monthNow(today) / 3))],
  [
    new RegExp(
      `(今年|本年度?|去年|上年度?|前年|20\\d{2}年|二[零〇]二[零〇一二三四五六七八九]年)(?:全年|以来|一年|年度)?`,
    ),
    ([, y], today) => {
      const year = yearIn(y, today);
      return year === null ? null : yearPeriod(year);
    },
  ],
  [/全年|年度|年报|年终|年底|一年来/, (_, today) => yearPeriod(yearOf(today))],
  [/累计|至今|截至目前|截止目前|到目前|以来|开通以来|总共有史/, (_, today) => everUntil(today)],
];

/** The span that the words name, or null. `text` as `normalizeText` gives it. */
export function parsePeriod(text: string, today: LocalDate): SaidPeriod | null {
  for (const [pattern, read] of READS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const period = read([...match], today);
    if (period && period.from >= '2000-01-01' && period.to < '2100-01-01') return { period, text: match[0] };
  }
  return null;
}
