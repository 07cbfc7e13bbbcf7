/** What a reminder becomes by what is said of it: a new hour keeps the day, a new day keeps the hour. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import {
  addDays,
  formatInstant,
  fromLocal,
  isInstant,
  MINUTE_MS,
  toLocal,
  weekdayOf,
} from '../calendar/local.js';
import { nextOccurrence } from '../calendar/recurrence.js';
import type { Recurrence, Reminder, When } from '../core/reminder.js';
import { parseNumber } from '../nlu/dates/numbers.js';
import { namedIn, parseTime } from '../nlu/dates/parse.js';
import type { TimeReading } from '../nlu/dates/types.js';
import { contentOf } from './naming.js';
import type { Change } from './speech.js';

/** `none`: what was said is no change of this reminder. `problem`: why it cannot be, for the person. */
export type Changed =
  | { kind: 'changed'; when: When; text: string; said: string }
  | { kind: 'person'; words: string; how: 'instead' | 'added' | 'removed' }
  | { kind: 'problem'; message: string }
  | { kind: 'none' };

export type ChangeOptions = { now: number; calendar: Calendar };

const NONE: Changed = { kind: 'none' };
const problem = (message: string): Changed => ({ kind: 'problem', message });

export function changed(reminder: Reminder, change: Change, options: ChangeOptions): Changed {
  const { text, said, when } = reminder;
  if (when.kind === 'deadline') return NONE;
  switch (change.kind) {
    case 'reword':
      return { kind: 'changed', when, said, text: change.text };
    case 'workdays':
      return onWorkdays(reminder, when);
    case 'shift':
      return shifted(reminder, when, change, options);
    case 'retime':
      return retimedOrReworded(reminder, when, change, options);
    case 'swap': {
      const moved = retimed(reminder, when, change.to, options);
      if (moved.kind !== 'none') return moved;
      const corrected = correctedText(text, change.from, change.to) ?? grownText(text, change.to);
      return corrected === null
        ? { kind: 'person', words: change.to, how: 'instead' }
        : { kind: 'changed', when, said, text: corrected };
    }
    case 'person':
      return { kind: 'person', words: change.words, how: change.how };
    case 'append':
      return { kind: 'changed', when, said, text: `${text}(${change.text})` };
    case 'shift-off':
      return when.kind === 'recurring'
        ? {
            kind: 'changed',
            when: { kind: 'recurring', rule: { ...when.rule, shift: change.shift } },
            said,
            text,
          }
        : problem('这条提醒只响一次,请直接说新的时间,如“改到周五下午三点”。');
    case 'drop':
      return dropped(reminder, when, change.time, options);
    case 'until':
    case 'from':
      return bounded(reminder, when, change, options);
    case 'skip':
      return left(reminder, when, change.time, options);
  }
}

/** 把县里改成市里: no time, but words of the text. */
function retimedOrReworded(
  reminder: Reminder,
  when: When,
  { about, time }: Extract<Change, { kind: 'retime' }>,
  options: ChangeOptions,
): Changed {
  const moved = retimed(reminder, when, time, options);
  if (moved.kind !== 'none') return moved;
  const from = about.replace(/^(?:把|将)|的$/g, '').trim();
  const to = time.replace(/[吧了啊]$/, '');
  return from.length > 1 && reminder.text.includes(from) && !readTime(to, options)
    ? { kind: 'changed', when, said: reminder.said, text: reminder.text.replace(from, () => to) }
    : moved;
}

const BYDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** 周四的不要了, of Tuesdays and Thursdays; 下午那次不要了, of two hours. */
function dropped({ text, said }: Reminder, when: When, words: string, options: ChangeOptions): Changed {
  if (when.kind !== 'recurring') return NONE;
  const { rule } = when;
  const keep = (next: Recurrence): Changed => ({
    ...{ kind: 'changed', when: { kind: 'recurring', rule: next }, text, said },
  });
  const [, digit = ''] = /^(?:每)?(?:周|星期|礼拜)([一二三四五六日天])的?$/.exec(words.trim()) ?? [];
  const day = BYDAYS['一二三四五六日'.indexOf(digit === '天' ? '日' : digit)];
  const days = /BYDAY=([A-Z,]+)/.exec(rule.rrule)?.[1]?.split(',') ?? [];
  if (digit !== '' && day && days.length > 1 && days.includes(day)) {
    const left = days.filter((it) => it !== day).join(',');
    return keep({ ...rule, rrule: rule.rrule.replace(/BYDAY=[A-Z,]+/, `BYDAY=${left}`) });
  }
  const parts = namedIn(words, options);
  if (rule.times.length < 2 || parts.day) return NONE;
  const gone = rule.times.filter((it) => isHour(words, it, options));
  if (gone.length === 0 || gone.length === rule.times.length) return NONE;
  return keep({ ...rule, times: rule.times.filter((it) => !gone.includes(it)) });
}

function isHour(words: string, minutes: number, options: ChangeOptions): boolean {
  if (!/[点时:\d]/.test(words)) {
    if (/上午|早/.test(words)) return minutes < 720;
    if (/下午/.test(words)) return minutes >= 720 && minutes < 1110;
    return /晚|夜/.test(words) && minutes >= 1050;
  }
  const time = clockOn(words, toLocal(options.now).date, options);
  return typeof time === 'number' && toLocal(time).minutes % 720 === minutes % 720;
}

/** 到年底为止, 从下个月开始. */
function bounded(
  { text, said }: Reminder,
  when: When,
  { kind, time: words }: Extract<Change, { kind: 'until' | 'from' }>,
  options: ChangeOptions,
): Changed {
  const time = readTime(words, options);
  const at =
    time?.kind === 'instant'
      ? time.at
      : time?.kind === 'range'
        ? kind === 'until'
          ? time.to
          : time.from
        : null;
  if (when.kind !== 'recurring' || at === null || !namedIn(words, options).day) return NONE;
  const { rule } = when;
  const { date } = toLocal(at);
  const rrule = rule.rrule.replace(/;UNTIL=\d{8}|;COUNT=\d+/, '');
  const next: Recurrence =
    kind === 'from'
      ? { ...rule, from: date }
      : { ...rule, rrule: `${rrule};UNTIL=${date.replaceAll('-', '')}` };
  return { kind: 'changed', when: { kind: 'recurring', rule: next }, text, said };
}

/** 跳过这周五: the days of the rule that are named do not come; '' is the next one. */
function left({ text, said, nextAt }: Reminder, when: When, words: string, options: ChangeOptions): Changed {
  const { now, calendar } = options;
  if (when.kind !== 'recurring')
    return problem('这条提醒只响一次。不要了可以说“取消”,换时间可以说“改到周五下午三点”。');
  const { rule } = when;
  const next = nextAt ?? nextOccurrence(rule, now, calendar);
  if (next === null) return NONE;
  const window = words === '' ? dayOf(toLocal(next).date) : windowOf(words, options);
  if (window === null) return NONE;
  const days: string[] = [];
  for (
    let at = nextOccurrence(rule, Math.max(now, window.from - 1), calendar);
    at !== null && at <= window.to;
  ) {
    const { date } = toLocal(at);
    days.push(date);
    at = days.length < SKIPPED_MOST ? nextOccurrence(rule, fromLocal(addDays(date, 1)) - 1, calendar) : null;
  }
  if (days.length === 0)
    return problem(`“${words}”本来就没有这条提醒,没有改动。下次是${formatInstant(next, now)}。`);
  const today = toLocal(now).date;
  const except = [...new Set([...(rule.except ?? []).filter((day) => day >= today), ...days])].sort();
  return { kind: 'changed', when: { kind: 'recurring', rule: { ...rule, except } }, said, text };
}

const SKIPPED_MOST = 31;
const dayOf = (date: string) => ({ from: fromLocal(date), to: fromLocal(addDays(date, 1)) - 1 });

/** The day, week or month that is named. */
function windowOf(words: string, { now, calendar }: ChangeOptions): { from: number; to: number } | null {
  const today = toLocal(now).date;
  const [, which, unit] = /^(这|本|下)一?个?(周|星期|礼拜|月)$/.exec(words.trim()) ?? [];
  if (unit !== undefined && unit !== '月') {
    const monday = addDays(today, 1 - weekdayOf(today) + (which === '下' ? 7 : 0));
    return { from: fromLocal(monday), to: fromLocal(addDays(monday, 7)) - 1 };
  }
  if (unit === '月') {
    const first = `${today.slice(0, 7)}-01`;
    const coming = `${addDays(first, 31).slice(0, 7)}-01`;
    const from = which === '下' ? coming : first;
    return { from: fromLocal(from), to: fromLocal(`${addDays(from, 31).slice(0, 7)}-01`) - 1 };
  }
  const [, n, step] = /^([一两二三四五六七八九十\d]{1,2})个?(周|星期|礼拜|月|天)$/.exec(words.trim()) ?? [];
  if (n !== undefined && step !== undefined) {
    const count = parseNumber(n) * (step === '天' ? 1 : step === '月' ? 30 : 7);
    return { from: now, to: fromLocal(addDays(today, count + 1)) - 1 };
  }
  const time = parseTime(words, { now, calendar, purpose: 'mention' });
  if (time?.kind === 'range')
    return { from: fromLocal(toLocal(time.from).date), to: dayOf(toLocal(time.to).date).to };
  const at =
    time?.kind === 'unclear' ? time.candidates[0]?.at : time?.kind === 'instant' ? time.at : undefined;
  return at === undefined ? null : dayOf(toLocal(at).date);
}

function onWorkdays({ text }: Reminder, when: When): Changed {
  if (when.kind !== 'recurring') return problem('这条提醒只响一次,不分工作日和周末。');
  const { rule } = when;
  if (!/^FREQ=(?:DAILY|WEEKLY)/.test(rule.rrule) || /INTERVAL/.test(rule.rrule))
    return problem('只有每天或每周的提醒能改成只在工作日。请直接说新的时间,如“每个工作日上午九点”。');
  const bounds = rule.rrule.split(';').filter((part) => /^(?:UNTIL|COUNT|BYMONTH)=/.test(part));
  const rrule = ['FREQ=WEEKLY', 'BYDAY=MO,TU,WE,TH,FR', ...bounds].join(';');
  const days: Recurrence = { ...rule, rrule, special: { kind: 'workdays' } };
  return { kind: 'changed', when: { kind: 'recurring', rule: days }, text, said: '每个工作日' };
}

function shifted(
  { text, said }: Reminder,
  when: When,
  { minutes, days }: Extract<Change, { kind: 'shift' }>,
  { now }: ChangeOptions,
): Changed {
  if (when.kind === 'once') {
    const { date, minutes: clock } = toLocal(when.at);
    const at = days === 0 ? when.at + minutes * MINUTE_MS : fromLocal(addDays(date, days), clock);
    if (!isInstant(at)) return problem('这个时间太远了,改不了。请换一个时间。');
    if (at <= now)
      return problem(
        `那样就是${formatInstant(at, now)},已经过去了。原来的${formatInstant(when.at, now)}没有改动,请说一个以后的时间。`,
      );
    return { kind: 'changed', when: { kind: 'once', at }, text, said: formatInstant(at, now) };
  }
  if (when.kind !== 'recurring') return NONE;
  const { rule } = when;
  if (days !== 0) {
    const ahead = (rule.lead?.days ?? 0) - days;
    if (days > 0 || rule.special?.kind === 'workdays' || ahead > 60)
      return problem('重复的提醒请直接说新的时间,如“改成每周四上午九点”。');
    return {
      kind: 'changed',
      when: { kind: 'recurring', rule: { ...rule, lead: { ...rule.lead, days: ahead } } },
      text,
      said,
    };
  }
  const times = rule.times.map((it) => it + minutes);
  if (/FREQ=(?:HOURLY|MINUTELY)/.test(rule.rrule) || times.some((it) => it < 0 || it >= 1440))
    return problem('请直接说新的时间,如“改成每天上午九点”。');
  return { kind: 'changed', when: { kind: 'recurring', rule: { ...rule, times } }, text, said };
}

/** 后天同一时间. */
const SAME_HOUR =
  /(?:同一|一样的?|同样的?|相同的?|老|原来的?|这个|那个)(?:时间|时候|钟点|点)(?:不变)?|时间不变|钟点不变|照旧|不变/g;
/** Behind the hour: so early that 5点 is in the afternoon of that day. */
const DAY_BEGINS = 5 * 60 + 30;

function retimed(reminder: Reminder, when: When, words: string, options: ChangeOptions): Changed {
  const { now } = options;
  const { said } = reminder;
  const time = readTime(words, options);
  if (!time) return NONE;
  const rest = contentOf(
    words
      .replace(time.text, ' ')
      .replace(SAME_HOUR, ' ')
      .replace(/都|就|只|要|不过|还|改|换|响|叫|喊|一次|行|可以/g, ' '),
  );
  const place = /^(?<where>[^\d\s]{2,12}?)了?$/.exec(rest)?.groups?.['where'];
  if (rest !== '' && !place) return NONE;
  const text = place ? `${reminder.text}(改在${place})` : reminder.text;
  const done = (to: When, as = time.text): Changed => ({ kind: 'changed', when: to, text, said: as });
  if (time.kind === 'recurrence') return ruled(time.rule, when, words, options, done);
  const parts = namedIn(time.text, options);
  if (when.kind === 'recurring') {
    const end = parts.day && !parts.clock ? untilOf(when.rule, time) : null;
    if (end) return done({ kind: 'recurring', rule: end }, said);
    if (parts.day || !parts.clock)
      return problem('这是重复的提醒。要改以后每次的时间,请说“改成每周四上午九点”这样的完整时间。');
    const times = clockOn(words, toLocal(now).date, options);
    return typeof times === 'number'
      ? done({ kind: 'recurring', rule: { ...when.rule, times: [toLocal(times).minutes] } })
      : times;
  }
  if (when.kind !== 'once') return NONE;
  const old = toLocal(when.at);
  if (!parts.day) {
    const at = clockOn(words, old.date, options);
    if (typeof at !== 'number') return at;
    return at > now ? done({ kind: 'once', at }, formatInstant(at, now)) : passed(at, when.at, now);
  }
  if (time.kind === 'unclear') {
    // 就今天: the hour that has passed is the one of every day, not the one of this reminder.
    const day = parts.clock
      ? null
      : parseTime(words, { ...options, now: fromLocal(toLocal(now).date), purpose: 'mention' });
    if (day?.kind !== 'instant') return unclear(time);
    const at = fromLocal(toLocal(day.at).date, old.minutes);
    return at > now ? done({ kind: 'once', at }) : passed(at, when.at, now);
  }
  const first = time.kind === 'range' ? time.from : time.at;
  const at = parts.clock ? first : fromLocal(toLocal(first).date, old.minutes);
  return at > now ? done({ kind: 'once', at }) : passed(at, when.at, now);
}

/** 延到8号, of what ends on a day: another last day. */
function untilOf(rule: Recurrence, time: TimeReading): Recurrence | null {
  if (!/;UNTIL=/.test(rule.rrule)) return null;
  const at = time.kind === 'instant' ? time.at : time.kind === 'range' ? time.to : null;
  if (at === null) return null;
  const end = toLocal(at).date.replaceAll('-', '');
  return { ...rule, rrule: rule.rrule.replace(/;UNTIL=\d{8}/, `;UNTIL=${end}`) };
}

const passed = (at: number, old: number, now: number): Changed =>
  problem(
    `${formatInstant(at, now)}已经过去了。原来的${formatInstant(old, now)}没有改动,请说一个以后的时间。`,
  );

const unclear = ({ message, candidates }: Extract<TimeReading, { kind: 'unclear' }>): Changed =>
  problem(
    `${message}${candidates.length > 0 ? `如${candidates.map((it) => it.label).join('、')}。` : ''}原来的时间没有改动。`,
  );

const INTERVAL = /^((?:每|隔)?[一二两三四五六\d]{0,3}个?(?:天|周|星期|礼拜|月))(?:提醒)?(?:一次|一回)/;

/** 两周一次 stands for 每两周一次. */
function readTime(words: string, { now, calendar }: ChangeOptions): TimeReading | null {
  const read = (text: string) => parseTime(text, { now, calendar, purpose: 'reminder' });
  const [, step] = INTERVAL.exec(words) ?? [];
  if (step !== undefined) {
    const found = read(/^[每隔]/.test(step) ? step : `每${step}`);
    return found && { ...found, text: words };
  }
  const found = read(words);
  // A past day that a deadline would ask about is simply the coming one where a day is corrected.
  return found?.kind === 'unclear' && found.reason === 'past'
    ? (parseTime(words, { now, calendar, purpose: 'mention' }) ?? found)
    : found;
}

/** The hour on that day; else why not. */
function clockOn(words: string, date: string, { now, calendar }: ChangeOptions): number | Changed {
  const begin = fromLocal(date, DAY_BEGINS);
  const time = parseTime(words, { now: begin, calendar, purpose: 'mention' });
  if (time?.kind === 'instant' && toLocal(time.at).date <= addDays(date, 1)) return time.at;
  if (time?.kind === 'range') return time.from;
  if (time?.kind === 'unclear') {
    const ahead = time.candidates.filter((it) => it.at > now);
    return unclear({ ...time, candidates: ahead });
  }
  return NONE;
}

/** Days of the new rule, hours of the old time where none are named; an interval alone keeps the days as well. */
function ruled(
  rule: Recurrence,
  old: When,
  words: string,
  { now, calendar }: ChangeOptions,
  done: (to: When) => Changed,
): Changed {
  const hasClock = namedIn(words.replace(/每个?(?:工作)?[日天]/g, ' '), { now, calendar }).clock;
  const oldTimes =
    old.kind === 'once' ? [toLocal(old.at).minutes] : old.kind === 'recurring' ? old.rule.times : [];
  const times = hasClock || /FREQ=(?:HOURLY|MINUTELY)/.test(rule.rrule) ? rule.times : oldTimes;
  const isBare = !/;BY/.test(rule.rrule) && !rule.special;
  const sameUnit = old.kind === 'recurring' && unitOf(old.rule.rrule) === unitOf(rule.rrule);
  if (isBare && sameUnit && old.kind === 'recurring') {
    const kept = old.rule.rrule.split(';').filter((part) => /^(?:BY|UNTIL)/.test(part));
    const next = {
      ...old.rule,
      rrule: [rule.rrule, ...kept].join(';'),
      times,
      from: firstDay(old.rule, now),
    };
    return done({ kind: 'recurring', rule: next });
  }
  if (isBare && old.kind === 'once' && /WEEKLY|MONTHLY|YEARLY/.test(rule.rrule))
    return done({ kind: 'recurring', rule: { ...rule, times, from: toLocal(old.at).date } });
  return done({ kind: 'recurring', rule: { ...rule, times } });
}

const unitOf = (rrule: string): string => /FREQ=[A-Z]+/.exec(rrule)?.[0] ?? '';
const firstDay = (rule: Recurrence, now: number): string => {
  const today = toLocal(now).date;
  return rule.from > today ? rule.from : today;
};

/** 写错了 是低保报表, of 交报表: it ends as the text does. */
function grownText(text: string, to: string): string | null {
  const right = to.replace(/[吧了啊的]$/, '');
  for (let length = right.length - 1; length > 1; length--) {
    const tail = right.slice(-length);
    if (text.endsWith(tail)) return `${text.slice(0, -length)}${right}`;
  }
  return null;
}

/** 打错了 是低保证: the piece of the text that it stands for, as long and at least half alike. */
function correctedText(text: string, from: string, to: string): string | null {
  const right = to.replace(/[吧了啊的]$/, '');
  if (from !== '' && text.includes(from)) return text.replace(from, () => right);
  const length = [...right].length;
  const characters = [...text];
  if (length < 2) return null;
  const alike = (start: number): number => [...right].filter((c, i) => characters[start + i] === c).length;
  const places = characters.map((_, start) => start).slice(0, Math.max(0, characters.length - length + 1));
  const best = places.reduce((top, start) => (alike(start) > alike(top) ? start : top), places[0] ?? 0);
  if (places.length === 0 || alike(best) * 2 < length || alike(best) === length) return null;
  return [...characters.slice(0, best), right, ...characters.slice(best + length)].join('');
}
