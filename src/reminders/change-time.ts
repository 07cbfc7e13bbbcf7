/** What a change of a reminder may come to, and the times that are said in one. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { addDays, fromLocal, toLocal, weekdayOf } from '../calendar/local.js';
import type { Recurrence, Reminder, When } from '../core/reminder.js';
import { parseNumber } from '../nlu/dates/numbers.js';
import { parseTime } from '../nlu/dates/parse.js';
import type { TimeReading } from '../nlu/dates/types.js';

/** `none`: what was said is no change of this reminder. `problem`: why it cannot be, for the person. */
export type Changed =
  | { kind: 'changed'; when: When; text: string; said: string }
  | { kind: 'person'; words: string; how: 'instead' | 'added' | 'removed'; from?: string }
  /** One time of what comes again is another one's; `when`: the rule without it. */
  | { kind: 'moved-once'; when: When; once: When }
  | { kind: 'paused'; isPaused: boolean }
  | { kind: 'problem'; message: string }
  | { kind: 'none' };

export type ChangeOptions = {
  now: number;
  calendar: Calendar;
  /** The hour that it has, minutes of the day: 七点半 of what was at 7:00 is in the morning. */
  near?: number;
};

export const NONE: Changed = { kind: 'none' };
export const problem = (message: string): Changed => ({ kind: 'problem', message });

/** Behind the hour: so early that 5点 is in the afternoon of that day. */
const DAY_BEGINS = 5 * 60 + 30;

/** Minutes between two hours of which one corrects the other. */
const CLOSE = 3 * 60;

export const unclear = ({ message, candidates }: Extract<TimeReading, { kind: 'unclear' }>): Changed =>
  problem(
    `${message}${candidates.length > 0 ? `如${candidates.map((it) => it.label).join('、')}。` : ''}原来的时间没有改动。`,
  );

const BARE_WEEKDAY = /(?<![这本下上每个])(?:周|星期|礼拜)[一二三四五六日天]/;

/** 改周二, of what comes in a later week: the Tuesday of that week. */
function inItsWeek(when: When, words: string, options: ChangeOptions): ChangeOptions {
  if (when.kind !== 'once' || !BARE_WEEKDAY.test(words)) return options;
  const { date } = toLocal(when.at);
  const monday = addDays(date, 1 - weekdayOf(date));
  return monday > toLocal(options.now).date
    ? { ...options, now: fromLocal(addDays(monday, -1), 720) }
    : options;
}

const BARE_DATE =
  /(?<![月\d一二三四五六七八九十./-])(?:\d{1,2}|[一二三]?十?[一二三四五六七八九十])[号日](?!\d)/;

/** 改到8号, of what comes in a later month: the 8th of that month, unless it is to be earlier and would not be. */
function inItsMonth(when: When, words: string, isEarlier: boolean, options: ChangeOptions): ChangeOptions {
  if (when.kind !== 'once' || !BARE_DATE.test(words)) return options;
  const first = `${toLocal(when.at).date.slice(0, 7)}-01`;
  if (first <= toLocal(options.now).date) return options;
  const there = { ...options, now: fromLocal(addDays(first, -1), 1439) };
  const time = parseTime(words, { ...there, purpose: 'mention' });
  return time?.kind === 'instant' && (!isEarlier || time.at < when.at) ? there : options;
}

/** The week or the month of a later reminder, where the words name a bare weekday or day of a month. */
export function inItsTime(
  when: When,
  words: string,
  options: ChangeOptions,
  isEarlier = false,
): ChangeOptions {
  const there = inItsMonth(when, words, isEarlier, options);
  return isEarlier ? there : inItsWeek(when, words, there);
}

/** 两周一次 stands for 每两周一次. */
const INTERVAL = /^((?:每|隔)?[一二两三四五六\d]{0,3}个?(?:天|周|星期|礼拜|月))(?:提醒)?(?:一次|一回)/;

/** 一三五就行: several weekdays alone. */
const WEEKDAYS =
  /^(?:每个?)?(?:周|星期|礼拜)?(?<days>[一二三四五六日天](?:[、和]?[一二三四五六日天]){1,5})(?=$|[,\uff0c\s就吧行来去响喊叫])/;

/** 三天 is a length of time. */
const IS_LENGTH = /^[一二三四五六]天/;

export function readTime(words: string, { now, calendar }: ChangeOptions): TimeReading | null {
  const read = (text: string) => parseTime(text, { now, calendar, purpose: 'reminder' });
  const [, step] = INTERVAL.exec(words) ?? [];
  if (step !== undefined) {
    const found = read(/^[每隔]/.test(step) ? step : `每${step}`);
    return found && { ...found, text: words };
  }
  const isDays = WEEKDAYS.test(words) && !IS_LENGTH.test(words);
  const found = read(isDays ? words.replace(WEEKDAYS, '每周$<days>') : words);
  // A past day that a deadline would ask about is simply the coming one where a day is corrected.
  return found?.kind === 'unclear' && found.reason === 'past'
    ? (parseTime(words, { now, calendar, purpose: 'mention' }) ?? found)
    : found;
}

const BARE_HOUR = /(?<n>(?<![\d0])[1-9]|1[0-2]|[一二两三四五六七八九十]{1,2})[点时:\uff1a]/;
/** Before it nobody is called, but for who is called about then already. */
const [EARLY, EARLY_TOO] = [6 * 60, 6 * 60 + 30];
const PART_OF_DAY = /[早晚夜午晨昏]/;

/**
 * 改成十点四十, of half past ten at night: what is near the hour that stands, or what of the two is still to come in its half of the
 * day. Null: the words alone say which.
 */
function bareClockOn(words: string, date: string, at: number, { now, near }: ChangeOptions): number | null {
  const hour = parseNumber(BARE_HOUR.exec(words)?.groups?.['n'] ?? '');
  if (near === undefined || !(hour >= 1 && hour <= 12) || PART_OF_DAY.test(words)) return null;
  const clock = toLocal(at).minutes % 720;
  const ahead = [clock, clock + 720, ...(clock < 60 ? [clock + 1440] : [])].filter(
    (it) => fromLocal(date, it) > now && (it >= EARLY || near <= EARLY_TOO),
  );
  const close = ahead.filter((it) => Math.abs(it - near) <= CLOSE);
  const [only, second] = close.length > 0 ? close : ahead;
  const isSameHalf = only !== undefined && only >= 720 === near >= 720;
  return only !== undefined && second === undefined && (close.length > 0 || isSameHalf)
    ? fromLocal(date, only)
    : null;
}

/** The hour on that day; else why not. */
export function clockOn(words: string, date: string, options: ChangeOptions): number | Changed {
  const { now, calendar, near } = options;
  const begin = fromLocal(date, DAY_BEGINS);
  const time = parseTime(words, { now: begin, calendar, purpose: 'mention' });
  if (time?.kind === 'instant' && toLocal(time.at).date <= addDays(date, 1))
    return bareClockOn(words, date, time.at, options) ?? time.at;
  if (time?.kind === 'range') return time.from;
  if (time?.kind === 'unclear') {
    const ahead = time.candidates.filter((it) => it.at > now);
    const close =
      near === undefined
        ? []
        : ahead.filter(
            ({ at }) => Math.abs(toLocal(at).minutes - near) <= CLOSE && toLocal(at).date === date,
          );
    if (close.length === 1) return close[0]?.at ?? unclear({ ...time, candidates: ahead });
    return unclear({ ...time, candidates: ahead });
  }
  return NONE;
}

const CONDITION =
  /^(?:要是|如果|万一|碰上|碰到|遇上|遇到|赶上|逢).|(?:就|则)(?:再)?(?:提前|提早|往前|推后|推迟|顺延|延后|往后|改|换|取消|不|算)|的话/;
/** 周五放假就提前 behind a new time: half of what is said is not done in silence. */
export function conditionIn(words: string): Changed | null {
  const [first = '', ...others] = words.split(/[,\uff0c;\uff1b。]/).map((it) => it.trim());
  const unclearOnes = others.filter((it) => CONDITION.test(it));
  if (unclearOnes.length === 0 || CONDITION.test(first)) return null;
  return problem(
    `“${unclearOnes.join(',')}”没有听懂,还没有改动。只改时间的,请回复“${/改|换|推|提/.test(first) ? '' : '改到'}${first}”。`,
  );
}

/** When what it is about begins, as it was said: 周五九点半, of one that comes an hour before it. */
export function eventOf({ said, createdAt }: Reminder, at: number, { calendar }: ChangeOptions): number {
  const time = parseTime(said, { now: createdAt, calendar, purpose: 'mention' });
  const event = time?.kind === 'instant' ? time.at : time?.kind === 'range' ? time.from : at;
  return Math.max(event, at);
}

export function eventTimes(
  { said, createdAt }: Reminder,
  { times }: Recurrence,
  { calendar }: ChangeOptions,
): readonly number[] {
  const time = parseTime(said, { now: createdAt, calendar, purpose: 'mention' });
  const own = time?.kind === 'recurrence' ? time.rule.times : [];
  return own.length === times.length && own.every((it, i) => it >= (times[i] ?? 0)) ? own : times;
}
