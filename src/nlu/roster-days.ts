/** The days that a question about the duty roster names: a roster is asked for what was as often as for what comes. Pure. */
import { addDays, isDate, toLocal, yearOf, type LocalDate } from '../calendar/local.js';
import { monthPeriod, weekPeriod } from '../calendar/periods.js';
import { parseNumber } from './dates/numbers.js';
import { weekdayNumber } from './dates/days-week.js';

/** `to` is the last day. */
export type RosterDays = { from: LocalDate; to: LocalDate };
export type DutyPart = 'now' | 'day' | 'night';

/** `now` in ms; `day`: what was asked of before, which 25号 and 第二天 are counted from. */
type Scope = { now: number; day?: LocalDate };

const N = '[\\d零〇一二两三四五六七八九十廿卅]{1,3}';
const WEEK = '(?:周|星期|礼拜)';
type Rule = {
  words: RegExp;
  read: (found: Record<string, string | undefined>, scope: Scope) => RosterDays[];
};

const one = (date: LocalDate): RosterDays[] => [{ from: date, to: date }];
const today = ({ now }: Scope): LocalDate => toLocal(now).date;
const pad = (n: number): string => String(n).padStart(2, '0');
const AHEAD: Readonly<Record<string, number>> = {
  大前: -3,
  前: -2,
  昨: -1,
  今: 0,
  当: 0,
  明: 1,
  后: 2,
  大后: 3,
};
const WEEKS: Readonly<Record<string, number>> = { 上上: -2, 上: -1, 下: 1, 下下: 2 };

const dated = (year: number, month: number, day: number): RosterDays[] => {
  const date = `${year}-${pad(month)}-${pad(day)}`;
  return isDate(date) ? one(date) : [];
};
const distance = (date: LocalDate, from: LocalDate): number => Math.abs(Date.parse(date) - Date.parse(from));
/** Without its year or its month: the nearest one is likeliest. */
const nearestFirst = (days: RosterDays[], from: LocalDate): RosterDays[] =>
  [...days].sort((a, b) => distance(a.from, from) - distance(b.from, from));
const monthsAround = (date: LocalDate): { year: number; month: number }[] =>
  [-1, 0, 1].map((more) => {
    const index = yearOf(date) * 12 + Number(date.slice(5, 7)) - 1 + more;
    return { year: Math.floor(index / 12), month: (index % 12) + 1 };
  });

const RULES: readonly Rule[] = [
  {
    words: new RegExp(`(?<which>[上下这本当])个?月(?:份)?的?(?<day>${N})[日号]`),
    read({ which = '', day = '' }, scope) {
      const there = monthsAround(today(scope))[1 + (WEEKS[which] ?? 0)];
      return there ? dated(there.year, there.month, parseNumber(day)) : [];
    },
  },
  {
    words: new RegExp(
      `(?:(?<year>20\\d{2})[年.-])?(?<month>${N})(?:月份?|[-./])(?<day>${N})(?:[日号]|(?!\\d))`,
    ),
    read({ year, month = '', day = '' }, scope) {
      const from = scope.day ?? today(scope);
      const years = year ? [Number(year)] : [-1, 0, 1].map((more) => yearOf(from) + more);
      return nearestFirst(
        years.flatMap((it) => dated(it, parseNumber(month), parseNumber(day))),
        from,
      );
    },
  },
  {
    words: new RegExp(`(?<![\\d第])(?<day>${N})[日号](?![楼院店])`),
    read({ day = '' }, scope) {
      const from = scope.day ?? today(scope);
      return nearestFirst(
        monthsAround(from).flatMap(({ year, month }) => dated(year, month, parseNumber(day))),
        from,
      );
    },
  },
  {
    words: new RegExp(
      `(?<which>上上|下下|[上下这本])?个?${WEEK}(?<weekday>[一二三四五六日天])(?![\\u4e00-\\u9fff]?期)`,
    ),
    read({ which = '', weekday = '' }, scope) {
      const date = today(scope);
      return one(addDays(weekPeriod(date).from, weekdayNumber(weekday) - 1 + 7 * (WEEKS[which] ?? 0)));
    },
  },
  {
    words: new RegExp(`(?<which>上上|下下|[上下这本])?个?(?:周末|礼拜末|双休日?)`),
    read({ which = '' }, scope) {
      const from = addDays(weekPeriod(today(scope)).from, 5 + 7 * (WEEKS[which] ?? 0));
      return [{ from, to: addDays(from, 1) }];
    },
  },
  {
    words: new RegExp(`(?<which>上上|下下|[上下这本])(?:一个?|个)?${WEEK}`),
    read({ which = '' }, scope) {
      const from = addDays(weekPeriod(today(scope)).from, 7 * (WEEKS[which] ?? 0));
      return [{ from, to: addDays(from, 6) }];
    },
  },
  {
    words: /(?<which>[上下这本当])个?月(?:份)?/,
    read({ which = '' }, scope) {
      const there = monthsAround(today(scope))[1 + (WEEKS[which] ?? 0)];
      if (!there) return [];
      const { from, to } = monthPeriod(there.year, there.month);
      return [{ from, to: addDays(to, -1) }];
    },
  },
  {
    words: /(?<word>大前|大后|前|昨|今|明|后)(?:天|日|儿)|(?<part>昨|今|明|后|前|当)(?=[晚夜早晨])/,
    read({ word, part = '' }, scope) {
      const said = word ?? part;
      return one(said === '当' ? (scope.day ?? today(scope)) : addDays(today(scope), AHEAD[said] ?? 0));
    },
  },
  {
    words: /(?:第二|下一|后一|转过?)天|次日/,
    read: (_, scope) => (scope.day ? one(addDays(scope.day, 1)) : []),
  },
  {
    words: /(?:前一|上一|头一)天/,
    read: (_, scope) => (scope.day ? one(addDays(scope.day, -1)) : []),
  },
];

const NIGHT = /晚上?|夜里|夜间|夜班|半夜|后半夜|通宵|[今当昨明]夜/;
const BY_DAY = /白天|白班|上午|下午|中午|早上|早晨/;
const NOW = /现在|这会儿?|眼下|目前|当前|此刻|这阵/;
const SAME_DAY = /[那当](?:一)?[天日](?!气)|(?<=那)(?=晚)/;

/** Likeliest first, none where no day is named; `rest` is what was said without them. */
export function rosterDaysIn(
  text: string,
  scope: Scope,
): { days: RosterDays[]; part: DutyPart | null; rest: string; isTimed: boolean } {
  let rest = text;
  let days: RosterDays[] = [];
  for (const { words, read } of RULES) {
    const found = words.exec(rest);
    const named = found ? read(found.groups ?? {}, scope) : [];
    if (!found || named.length === 0) continue;
    days = named;
    rest = rest.replace(words, ' ');
    break;
  }
  const part = NIGHT.test(rest) ? 'night' : BY_DAY.test(rest) ? 'day' : NOW.test(rest) ? 'now' : null;
  const plain = rest.replace(NIGHT, ' ').replace(BY_DAY, ' ').replace(NOW, ' ');
  const isTimed = days.length > 0 || part !== null || SAME_DAY.test(plain);
  // 25号那天: said once more.
  return { days, part, rest: plain.replace(SAME_DAY, ' '), isTimed };
}
