/** Questions about one's reminders: which of them, in which days. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { addDays, fromLocal, toLocal, formatDate } from '../calendar/local.js';
import type { Reminder } from '../core/reminder.js';
import { parseTime } from '../nlu/dates/parse.js';
import { contentOf, named } from './naming.js';
import { nextAt } from './plan.js';

export type Window = { from: number; to: number; label: string };
export type Asked = {
  /** Null: any time. */
  window: Window | null;
  /** What the words name of the reminder itself; empty for any. */
  words: string;
  /** 我给别人设了哪些. */
  isForOthers: boolean;
};

export type AskedOptions = { now: number; calendar: Calendar };

const OTHERS = /(?:给|让|帮)(?:别人|他人|其他人|人家|同事)|(?:别人|他人)的/;
/** Said of a list, not of one of it. */
const OF_A_LIST =
  /全部|所有|一共|总共|有效|生效|清单|一览|没响|待|到期|周期|重复|当前|目前|现在|本人|名下|记|忘|念|列|显示|安排|今天|刚|群里|本群|咱们|我们|大家|谁|叫我|喊我|别的|其他|剩|事项|任务|通知/g;
const FAR = 400;

export function askedIn(text: string, options: AskedOptions): Asked {
  const time = parseTime(text, { ...options, purpose: 'mention' });
  const window = time ? windowOf(text, time.text, options) : null;
  const rest = window && time ? text.replace(time.text, ' ') : text;
  const words = contentOf(
    rest
      .replace(OTHERS, ' ')
      .replace(/以[后前]|之[后前]/g, ' ')
      .replace(OF_A_LIST, ' '),
  );
  return { window, words, isForOthers: OTHERS.test(text) };
}

function windowOf(text: string, said: string, options: AskedOptions): Window | null {
  const reading = parseTime(said, { ...options, purpose: 'mention' });
  const label = said.trim();
  if (reading?.kind === 'range') return days(toLocal(reading.from).date, toLocal(reading.to).date, label);
  const at = reading?.kind === 'instant' ? reading.at : null;
  if (at === null) return null;
  const { date } = toLocal(at);
  const after = text.slice(text.indexOf(said) + said.length);
  if (/^(?:以后|之后|后)/.test(after) || /(?:以后|之后|后)$/.test(said))
    return days(date, addDays(date, FAR), label);
  if (/^(?:以前|之前|前)/.test(after) || /(?:以前|之前|前)$/.test(said))
    return days(toLocal(options.now).date, date, label);
  return days(date, date, `${label}(${formatDate(date, options.now)})`);
}

const days = (from: string, to: string, label: string): Window => ({
  from: fromLocal(from),
  to: fromLocal(addDays(to, 1)) - 1,
  label,
});

/** Those that come within the window. */
export const within = (
  reminders: Reminder[],
  { from, to }: Window,
  { now, calendar }: AskedOptions,
): Reminder[] =>
  reminders.filter((it) => {
    const at =
      it.nextAt !== null && it.nextAt >= from
        ? it.nextAt
        : nextAt(it.when, Math.max(now, from - 1), calendar);
    return at !== null && at >= from && at <= to;
  });

/** Those that the words fit; null where they fit none. */
export function calledSo(words: string, reminders: Reminder[], options: AskedOptions): Reminder[] | null {
  const found = named(words, reminders, options);
  return found.kind === 'found' ? found.reminders : found.kind === 'any' ? reminders : null;
}
