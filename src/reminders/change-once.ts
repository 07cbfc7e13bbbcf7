/** 下周一那次改到九点, 这周的改到周四: one time of what comes again moves, the others stay. Pure. */
import { parseTime } from '../nlu/dates/parse.js';
import { fromLocal } from '../calendar/local.js';
import type { Recurrence, When } from '../core/reminder.js';
import { daysIn, exceptOf, windowOf } from './change-rule.js';
import { type Changed, type ChangeOptions } from './change-time.js';

const WEEK = '(?:周|星期|礼拜)';
const ONE = new RegExp(
  `(?<when>(?:这|本|下)一?个?${WEEK}[一二三四五六日天]?|今天|明天|大?后天|\\d{1,2}月\\d{1,2}[日号]|(?<!每个?月)\\d{1,2}[日号]|(?:[\\d一二三四五六七八九十]{1,3}月份?|(?:这|本|下)个?月)(?=[那这的])|(?<next>(?:这|下)一?[次回]))(?:(?:上午|下午|早上|晚上)?(?:那|这)一?[次回个天]|的[^,\uff0c\\s]{0,6}|[^,\uff0c\\s的每]{0,4})$`,
);

/** 元旦前一天那次: any day, with the word for one time behind it. */
function dayBefore(about: string, { now, calendar }: ChangeOptions): string | undefined {
  const { day } =
    /^(?:那个)?(?<day>[^,\uff0c\s]{2,12}?)(?:的)?(?:那|这)一?[次回个天]$/.exec(about.trim())?.groups ?? {};
  if (day === undefined) return undefined;
  const time = parseTime(day, { now, calendar, purpose: 'mention' });
  return time?.kind === 'instant' && time.text.length >= day.length - 1 ? day : undefined;
}

/** Null where no one time is named, or not one alone. `move`: what becomes of that time as if it came once. */
export function movedOnce(
  about: string,
  rule: Recurrence,
  options: ChangeOptions,
  move: (once: When) => Changed,
): Changed | null {
  const { when = dayBefore(about, options), next } = ONE.exec(about.trim())?.groups ?? {};
  const [minutes] = rule.times;
  if (when === undefined || minutes === undefined || /每/.test(about)) return null;
  const window = next === undefined ? windowOf(when, options) : { from: options.now, to: Infinity };
  const days = window === null ? null : daysIn(rule, window, options);
  const [day, second] = days ?? [];
  if (day === undefined || (second !== undefined && next === undefined)) return null;
  const moved = move({ kind: 'once', at: fromLocal(day, minutes) });
  if (moved.kind !== 'changed' || moved.when.kind !== 'once') return moved.kind === 'problem' ? moved : null;
  const left: When = { kind: 'recurring', rule: { ...rule, except: exceptOf(rule, [day], options.now) } };
  return { kind: 'moved-once', when: left, once: moved.when };
}
