/** The last layer: chrono-node's zh.hans parser, for whole dates that no own rule reads. Its known faults are kept out. */
import { hans } from 'chrono-node/zh';
import { addDays, fromLocal, toLocal } from '../../calendar/local.js';
import { unclear } from './resolve.js';
import type { Scope, TimeReading } from './types.js';

const TIMEZONE_MINUTES = 480;
/** What chrono 2.10 reads wrongly: 下下周二 as 下周二, 半小时后 by the zone of the process, bare weekdays as past. */
const MISREAD = /下下|半|周|星期|礼拜|小时|分钟|刻|秒|上午|工作日|内$/;

/** Whatever it reads holds one of these. */
const DATED = /[\d零〇一二三四五六七八九十廿卅半几今明昨前后上下去]/;

export function readByChrono(plain: string, original: string, scope: Scope): TimeReading[] {
  const reference = { instant: new Date(scope.now), timezone: TIMEZONE_MINUTES };
  if (!DATED.test(plain)) return [];
  // Its patterns try each way to share out a run of blanks: none is within a date.
  const spaced = plain.replace(/\s{3,}/g, (blanks) => '\u0001'.repeat(blanks.length));
  for (const { index, text, start } of hans.parse(spaced, reference, { forwardDate: true })) {
    // Only whole dates and days counted from today; hours alone are ours to read.
    if (!start.isCertain('day') || MISREAD.test(text) || text.length < 2 || text.includes('\u0001')) continue;
    const { date } = toLocal(start.date().getTime());
    const hasHour = start.isCertain('hour');
    const isDeadline =
      scope.purpose === 'deadline' || /^(?:之前|以前|前)/.test(plain.slice(index + text.length));
    const minutes = hasHour
      ? (start.get('hour') ?? 9) * 60 + (start.get('minute') ?? 0)
      : (isDeadline ? 18 : 9) * 60;
    const at = fromLocal(date, minutes);
    const place = { text: original.slice(index, index + text.length), index };
    if (at > scope.now) return [{ kind: 'instant', at, isDeadline, isDateOnly: !hasHour, ...place }];
    return [
      unclear(
        scope,
        place,
        'past',
        [fromLocal(addDays(scope.today, 1), minutes)],
        `“${place.text}”已经过去了。请问您指的是什么时间?`,
      ),
    ];
  }
  return [];
}
