/** What is taken back of a rule is often a part of it: a day, an hour, one date. */
import type { Reminder } from '../core/reminder.js';
import type { Context } from '../core/types.js';
import { changed } from '../reminders/change.js';
import { CANCELS } from '../reminders/speech.js';
import { normalizeText } from '../text/normalize.js';
import type { ReadingDeps } from './reading.js';
import { sharedLength } from './reminder-early.js';
import { timesIn } from './reminder-times.js';

/** Of a rule with several days or hours one of them, or one date: not the whole is taken back. Null: the whole. */
export function partOf(raw: string, reminder: Reminder, ctx: Context, deps: ReadingDeps): string | null {
  if (reminder.when.kind !== 'recurring' || /永远|再也|全部|整个/.test(raw)) return null;
  const text = normalizeText(raw);
  // 周二照常 周四不用叫了: what is said of another day is none of it.
  const clauses = text.split(/[,\uff0c。;\uff1b\s]+/).filter((it) => CANCELS.test(it));
  const times = clauses.length > 0 ? timesIn(clauses.join(' '), ctx, deps) : [];
  const [time = timesIn(text, ctx, deps)[0]] = times;
  const options = { now: ctx.now, calendar: deps.calendar };
  // 周四以后不用叫了 is said of the Thursdays of several days: of a rule of one day it is the end of it.
  const whole = times.length > 1 ? times.join('、') : time;
  if (whole && changed(reminder, { kind: 'drop', about: '', time: whole }, options).kind === 'changed')
    return `去掉${whole}那次`;
  if (!time || /以后/.test(raw)) return null;
  const isOneDate = /^(?:这|本|下|今|明|后|大后|\d|[一二三四五六七八九十]+[月号])/.test(time.trim());
  const isAlone = sharedLength(raw.replace(time, ' '), reminder.text) < 2 || /[那这][次天回]/.test(raw);
  const skip = isOneDate && isAlone ? changed(reminder, { kind: 'skip', about: '', time }, options) : null;
  return skip?.kind === 'changed' ? `跳过${time}` : null;
}
