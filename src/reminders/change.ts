/** What a reminder becomes by what is said of it: a new hour keeps the day, a new day keeps the hour. Pure. */
import { addDays, formatInstant, fromLocal, isInstant, MINUTE_MS, toLocal } from '../calendar/local.js';
import type { Recurrence, Reminder, When } from '../core/reminder.js';
import { namedIn, parseTime } from '../nlu/dates/parse.js';
import { contentOf } from './naming.js';
import { movedOnce } from './change-once.js';
import { onWeekday, ruleNear, unskipped, untilOf, withHour } from './change-days.js';
import { bounded, dropped, left, onlyOnce, rested } from './change-rule.js';
import {
  clockOn,
  conditionIn,
  eventOf,
  eventTimes,
  inItsTime,
  NONE,
  problem,
  readTime,
  unclear,
  type Changed,
  type ChangeOptions,
} from './change-time.js';
import { withPlace } from './change-place.js';
import { ONE_OF_THEM } from './recipient-speech.js';
import { onDaysOff, onWorkdays } from './change-workdays.js';
import { correctedText, doneWith, grownText } from './change-text.js';
import type { Change } from './speech.js';

export function changed(reminder: Reminder, change: Change, options: ChangeOptions): Changed {
  const { text, said, when } = reminder;
  if (when.kind === 'deadline') return NONE;
  switch (change.kind) {
    case 'reword':
      return { kind: 'changed', when, said, text: change.text };
    case 'workdays':
      return onWorkdays(reminder, when);
    case 'days-off-too':
      return onDaysOff(reminder, when);
    case 'shift':
      return (
        onceOf(change.isAdded ? '' : change.about, when, options, (to) =>
          shifted(reminder, to, change, options),
        ) ?? shifted(reminder, when, change, options)
      );
    case 'retime': {
      const { then } = change;
      const once = onceOf(change.about, when, options, (to) =>
        retimedOrReworded(reminder, to, change, options),
      );
      if (change.isOnce && !once && when.kind === 'recurring') return WHICH_TIME;
      const moved = once ?? retimedOrReworded(reminder, when, change, options);
      if (change.until !== undefined && moved.kind === 'changed') {
        const end = { kind: 'until' as const, about: '', time: change.until };
        const ended = bounded({ ...reminder, ...moved }, moved.when, end, options);
        return ended.kind === 'changed' ? { ...ended, said: moved.said } : ended;
      }
      // 改到下周一 再早十分钟; what is added beside it is a reminder of its own.
      return then && !then.isAdded && moved.kind === 'changed'
        ? shifted({ ...reminder, ...moved }, moved.when, then, options)
        : moved;
    }
    case 'add-hour':
      return withHour(reminder, when, change.time, options);
    case 'unskip':
      return unskipped(reminder, when, options);
    case 'swap': {
      if (change.verb !== undefined) {
        const done = doneWith(text, change);
        return done === null ? NONE : { kind: 'changed', when, said, text: done };
      }
      const moved = retimed(reminder, when, change.to, inItsTime(when, change.to, options));
      if (moved.kind !== 'none') return moved;
      const corrected = correctedText(text, change.from, change.to) ?? grownText(text, change.to);
      return corrected === null
        ? { kind: 'person', words: change.to, how: 'instead', from: change.from || ONE_OF_THEM }
        : { kind: 'changed', when, said, text: corrected };
    }
    case 'person':
      return {
        ...{ kind: 'person', words: change.words, how: change.how },
        ...(change.from && { from: change.from }),
      };
    case 'rest':
      return rested(reminder, when, change, options);
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
      return dropped(reminder, when, change, options);
    case 'until':
    case 'from':
      return bounded(reminder, when, change, options);
    case 'once':
      return onlyOnce(reminder, when, change.time, options);
    case 'pause':
    case 'resume':
      return { kind: 'paused', isPaused: change.kind === 'pause' };
    case 'skip':
      return left(reminder, when, change.time, options);
  }
}

const WHICH_TIME = problem('没有看懂只改哪一次,没有改动。请写明日期,如“1月4日那次改到下午三点”。');

const onceOf = (about: string, when: When, options: ChangeOptions, move: (once: When) => Changed) =>
  when.kind === 'recurring' ? movedOnce(about, when.rule, options, move) : null;

/** 把县里改成市里: no time, but words of the text. */
function retimedOrReworded(
  reminder: Reminder,
  when: When,
  { about, time, isEarlier }: Extract<Change, { kind: 'retime' }>,
  options: ChangeOptions,
): Changed {
  const moved = retimed(reminder, when, time, inItsTime(when, time, options, isEarlier));
  if (moved.kind !== 'none') return moved;
  const from = about.replace(/^(?:把|将)|的$/g, '').trim();
  const to = time.replace(/[吧了啊]$/, '');
  return from.length > 1 && reminder.text.includes(from) && !readTime(to, options)
    ? { kind: 'changed', when, said: reminder.said, text: reminder.text.replace(from, () => to) }
    : moved;
}

function shifted(
  reminder: Reminder,
  when: When,
  { minutes, days, clock: hour, isLead = false, text: own }: Extract<Change, { kind: 'shift' }>,
  options: ChangeOptions,
): Changed {
  const { text: old, said } = reminder;
  const text = own ?? old;
  const { now } = options;
  if (when.kind === 'once') {
    const base = isLead ? eventOf(reminder, when.at, options) : when.at;
    const { date, minutes: clock } = toLocal(base);
    const onDay = addDays(date, days);
    const that = hour === undefined ? fromLocal(onDay, clock) : clockOn(hour, onDay, options);
    if (typeof that !== 'number') return that;
    const at = days === 0 ? base + minutes * MINUTE_MS : that;
    if (!isInstant(at)) return problem('这个时间太远了,改不了。请换一个时间。');
    if (at <= now)
      return problem(
        `那样就是${formatInstant(at, now)},已经过去了。原来的${formatInstant(when.at, now)}没有改动,请说一个以后的时间。`,
      );
    return {
      kind: 'changed',
      when: { kind: 'once', at },
      text,
      said: isLead ? said : formatInstant(at, now),
    };
  }
  if (when.kind !== 'recurring') return NONE;
  const { rule } = when;
  if (hour !== undefined) return problem('重复的提醒请直接说新的时间,如“改成每周四上午九点”。');
  if (days !== 0) {
    const ahead = (isLead ? 0 : (rule.lead?.days ?? 0)) - days;
    if (days > 0 || rule.special?.kind === 'workdays' || ahead > 60)
      return problem('重复的提醒请直接说新的时间,如“改成每周四上午九点”。');
    return {
      kind: 'changed',
      when: { kind: 'recurring', rule: { ...rule, lead: { ...rule.lead, days: ahead } } },
      text,
      said,
    };
  }
  const base = isLead ? eventTimes(reminder, rule, options) : rule.times;
  const times = base.map((it) => it + minutes);
  if (/FREQ=(?:HOURLY|MINUTELY)/.test(rule.rrule) || times.some((it) => it < 0 || it >= 1440))
    return problem('请直接说新的时间,如“改成每天上午九点”。');
  return { kind: 'changed', when: { kind: 'recurring', rule: { ...rule, times } }, text, said };
}

/** 后天同一时间. */
const SAME_HOUR =
  /(?:同一|一样的?|同样的?|相同的?|老|原来的?|这个|那个)(?:时间|时候|钟点|点)(?:不变)?|(?:时间|钟点|几点|点数|点儿?|地点|地方|位置|内容|其他的?|别的|人)(?:都|还是)?(?:不变|一样|照旧)|照旧|不变/g;
/** 推到当天下午: the day that it has, whatever day is today. */
const SAME_DAY = /^(?:当天|当日|同一天|同天|那天|那一天)的?(?=.)/;
function retimed(reminder: Reminder, when: When, given: string, options: ChangeOptions): Changed {
  const words = given.replace(SAME_DAY, '');
  const { now } = options;
  const { said } = reminder;
  const condition = conditionIn(words);
  if (condition) return condition;
  const time = readTime(words, options);
  if (!time) return NONE;
  const rest = contentOf(
    words
      .replace(time.text, ' ')
      .replace(SAME_HOUR, ' ')
      .replace(
        /都|就|只|要|不过|还|改|换|放|挪|响|叫|喊|来|去|弄|看|再|一[次遍回趟]|行|可以|中不|成不/g,
        ' ',
      ),
  );
  const text = withPlace(reminder.text, words, rest);
  if (text === null) return NONE;
  const done = (to: When, as = time.text): Changed => ({ kind: 'changed', when: to, text, said: as });
  const rule = time.kind === 'unclear' ? ruleNear(words, when, options) : null;
  if (rule) return done({ kind: 'recurring', rule });
  if (time.kind === 'recurrence') return ruled(time.rule, when, words, options, done);
  const parts = namedIn(time.text, options);
  if (when.kind === 'recurring') {
    const end = parts.day && !parts.clock ? untilOf(when.rule, time) : null;
    if (end) return done({ kind: 'recurring', rule: end }, said);
    const days = onWeekday(when.rule, words.replace(SAME_HOUR, ' '), options);
    if (days) return 'kind' in days ? days : done({ kind: 'recurring', rule: days });
    if (parts.day || !parts.clock)
      return problem(
        '这是重复的提醒。要改以后每次的时间,请说“改成每周四上午九点”这样的完整时间;只动一次的,可以先说“跳过这次”,再另设一条。',
      );
    // 改成七点, of half past seven: the hour near it, whatever the hour is now.
    const tomorrow = addDays(toLocal(now).date, 1);
    const [near] = when.rule.times;
    const times = clockOn(words, tomorrow, near === undefined ? options : { ...options, near });
    return typeof times === 'number'
      ? done({ kind: 'recurring', rule: { ...when.rule, times: [toLocal(times).minutes] } })
      : times;
  }
  if (when.kind !== 'once') return NONE;
  const old = toLocal(when.at);
  if (!parts.day) {
    const at = clockOn(words, old.date, { ...options, near: old.minutes });
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

const passed = (at: number, old: number, now: number): Changed =>
  problem(
    `${formatInstant(at, now)}已经过去了。原来的${formatInstant(old, now)}没有改动,请说一个以后的时间。`,
  );

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
