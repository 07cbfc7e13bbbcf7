/** Every due instant explains itself, day by day. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { addDays, formatDate, formatInstant, formatMinutes, MINUTE_MS, toLocal } from '../calendar/local.js';
import type { Block, Card } from '../core/card.js';
import { isRestricted, type Assignment, type Request } from '../core/request.js';
import type { RequestCase } from './case.js';
import { answerParts, clocksFor, clocksOf, isBinding, type RunningClock } from './clock.js';
import {
  countDays,
  countHours,
  countStart,
  durationText,
  endOf,
  workingMinutesBetween,
  type CountedHours,
  type Pause,
} from './durations.js';
import { extensionOf, makerOf } from './log.js';
import { PROVISIONAL, until } from './words.js';
import type { Duration, Policy } from './policy.js';
import { shorten } from '../text/shorten.js';

/** 时限怎么算: all running clocks of a request, or of one assignment. */
export function whyDueCard(on: RequestCase, assignment?: string): Card {
  const { request } = on;
  const clocks = clocksOf(on).filter((clock) => assignment === undefined || clock.assignment === assignment);
  return {
    title: `${request.number} 时限怎么算`,
    blocks:
      clocks.length === 0
        ? [NO_CLOCK]
        : clocks.map((clock): Block => ({
            kind: 'field',
            label: labelOf(clock, request),
            text: explainDue(clock, on).join('\n'),
          })),
    buttons: [],
  };
}

/** 还有几天到期: until when each clock of a request runs and what is left of it. */
export function dueCard(on: RequestCase): Card {
  const { request, now } = on;
  const clocks = clocksOf(on);
  const blocks = clocks.flatMap((clock): Block[] => {
    const end = `${until(clock.dueAt, now)}${clock.isProvisional ? PROVISIONAL : ''}`;
    const due: Block = { kind: 'field', label: labelOf(clock, request), text: `${end},${leftOf(clock, on)}` };
    return [due, ...(clock.clock === 'answer' ? askedFor(clock, on) : [])];
  });
  return {
    title: `${request.number} 时限`,
    blocks: clocks.length > 0 ? blocks : [NO_CLOCK],
    buttons: clocks.length > 0 ? [{ id: 'req-why-due', label: '时限怎么算', value: request.number }] : [],
  };
}

/** An extension that nobody has decided on: the clock runs as it was. */
function askedFor({ assignment }: RunningClock, { request, now }: RequestCase): Block[] {
  const asked = assignment === undefined ? null : extensionOf(request, assignment);
  if (asked?.state !== 'asked') return [];
  const wish = asked.untilAt === null ? '' : `至${formatInstant(asked.untilAt, now)}`;
  const reason =
    isRestricted(request) || asked.reason === '' ? '' : `(${shorten(asked.reason, REASON_SHOWN)})`;
  return [{ kind: 'text', text: `已申请延期${wish}${reason},同意之前仍按上面的时限。` }];
}

const REASON_SHOWN = 40;

const NO_CLOCK: Block = { kind: 'text', text: '目前没有正在计算的时限。' };

/** Days as they are counted: today is none, the last one is. */
function leftOf({ dueAt, isRunning }: RunningClock, { calendar, now }: RequestCase): string {
  if (!isRunning) return '计时已暂停';
  if (dueAt <= now) return '时间已过';
  const last = toLocal(dueAt).date;
  let days = 0;
  for (let date = addDays(toLocal(now).date, 1); date <= last; date = addDays(date, 1))
    if (calendar.day(date).isWorkday) days += 1;
  return days > 0 ? `还有${days}个工作日` : `还有约${Math.max(1, Math.round((dueAt - now) / HOUR_MS))}小时`;
}

const HOUR_MS = 60 * MINUTE_MS;

const WHAT: Record<RunningClock['clock'], string> = {
  sign: '签收',
  answer: '答复',
  rate: '评价',
  caller: '另选单位或补充材料',
  review: '督办核查',
  promise: '承诺办好',
};

function labelOf({ assignment, clock, caller }: RunningClock, request: Request): string {
  const unit = request.assignments.find((a) => a.id === assignment)?.organization ?? '';
  const owner = caller && request.callers.length > 1 ? `(按${caller}提出的时间)` : '';
  return clock === 'sign' || clock === 'answer'
    ? `${unit}${WHAT[clock]}${owner}`
    : `${caller ?? ''}${WHAT[clock]}`;
}

/** From the start to the end of one clock, a line for each thing that moved it. */
export function explainDue(clock: RunningClock, on: RequestCase): string[] {
  const { request, policy, calendar, now } = on;
  const assignment = request.assignments.find((a) => a.id === clock.assignment);
  const end = `截止 ${formatInstant(clock.dueAt, now)}${clock.isProvisional ? PROVISIONAL : ''}。`;
  const still = clock.isRunning ? [] : ['正在等待补充材料,计时暂停;恢复后顺延。'];
  if (!assignment) return [end];
  switch (clock.clock) {
    case 'sign': {
      const { at } = makerOf(request, assignment.id);
      const { sign } = clocksFor(on, assignment);
      return [...countLines(sign, at, [], calendar, now), end];
    }
    case 'promise':
      return [`${formatInstant(clock.startedAt, now)}承办单位说的办好时间;规定时限照常计算。`, end];
    case 'answer':
      return [...answerLines(clock, assignment, on), end, ...still];
    default: {
      const wait = waitOf(clock, policy);
      return [...countLines(wait, clock.startedAt, [], calendar, now), end];
    }
  }
}

function waitOf({ clock }: RunningClock, policy: Policy): Duration {
  if (clock === 'rate') return policy.autoConclude;
  return clock === 'review' ? policy.waits.review : policy.waits.caller;
}

function answerLines(clock: RunningClock, assignment: Assignment, on: RequestCase): string[] {
  const { request, calendar, now } = on;
  const caller = request.callers.find((c) => c.organization === clock.caller) ?? null;
  const parts = answerParts(on, assignment, caller);
  const { duration, startedAt, pauses, standardAt, wantedAt, baseAt, extension, untilAt } = parts;
  const lines =
    wantedAt === null
      ? countLines(duration, startedAt, pauses, calendar, now)
      : [
          `${formatInstant(startedAt, now)}收到,规定时限${durationText(duration)},到${formatInstant(standardAt, now)};`,
          ...wishLines(request.wantedAt ?? wantedAt, wantedAt, startedAt, pauses, now),
        ];
  if (request.wantedAt !== null && !isBinding(request))
    lines.push(`请求单位希望在${formatInstant(request.wantedAt, now)}前,供参考,不改变规定时限;`);
  if (!extension) return lines;
  const base = `原截止 ${formatInstant(baseAt, now)},同意延期${durationText(extension)}`;
  if (untilAt !== null) return [...lines, `${base},申请到${formatInstant(untilAt, now)},以此为准。`];
  return [...lines, `${base};`, ...countLines(extension, baseAt, pauses, calendar, now)];
}

/** A wish is an instant: what was waited for moves it. */
function wishLines(
  wish: number,
  wantedAt: number,
  startedAt: number,
  pauses: readonly Pause[],
  now: number,
): string[] {
  const said = `请求单位希望更早,在${formatInstant(wish, now)}前`;
  if (wish === wantedAt) return [`${said},以此为准。`];
  return [
    `${said};`,
    ...pauseLines(pauses, startedAt, wantedAt, now),
    `顺延到${formatInstant(wantedAt, now)},以此为准。`,
  ];
}

const pauseLines = (pauses: readonly Pause[], start: number, end: number, now: number): string[] =>
  pauses
    .filter(({ from, to }) => to > start && from < end)
    .map(
      ({ from, to }) =>
        `${formatInstant(Math.max(from, start), now)}至${formatInstant(to, now)} 不计(等待补充材料);`,
    );

/** Of a count of days: how much of the working time was waited, and to what that moves the end. */
function workPauseLines(
  pauses: readonly Pause[],
  start: number,
  end: number,
  calendar: Calendar,
  now: number,
): string[] {
  const waited = pauses.filter(({ from, to }) => to > start && from < end);
  if (waited.length === 0) return [];
  return [
    ...waited.map(({ from, to }) => {
      const minutes = Math.round(workingMinutesBetween(calendar, Math.max(from, start), to));
      return `${formatInstant(from, now)}至${formatInstant(to, now)} 等待补充材料,占上班时间${spanText(minutes)};`;
    }),
    `顺延到${formatInstant(end, now)}。`,
  ];
}

/** Working days and working hours are listed day by day; what goes on at night is said as a span. */
function countLines(
  duration: Duration,
  start: number,
  pauses: readonly Pause[],
  calendar: Calendar,
  now: number,
): string[] {
  const begun = `${formatInstant(start, now)}起,时限${durationText(duration)}`;
  if ('workingDays' in duration) {
    const days = countDays(duration.workingDays, start, calendar);
    const end = endOf(duration, start, calendar, pauses);
    return [
      `${begun},次日起算:`,
      ...days.map(({ date, why, n }) => {
        const day = formatDate(date, now);
        return n === null
          ? `${day} 不计(${why})`
          : `${day} 第${n}个工作日${why === '工作日' ? '' : `(${why})`}`;
      }),
      ...workPauseLines(pauses, countStart(start), end, calendar, now),
    ];
  }
  const waited = pauseLines(pauses, start, endOf(duration, start, calendar, pauses), now);
  if ('workingHours' in duration)
    return [
      `${begun},只计上班时间:`,
      ...waited,
      ...countHours(duration.workingHours, start, calendar, pauses).map((day) => hoursLine(day, now)),
    ];
  return [`${begun},昼夜连续计算;`, ...waited];
}

function hoursLine({ date, why, spans }: CountedHours, now: number): string {
  const day = formatDate(date, now);
  if (spans.length === 0)
    return `${day} 不计(${why === '工作日' || why === '调休上班' ? '非上班时间' : why})`;
  const clock = (ms: number) => formatMinutes(toLocal(ms).minutes);
  const shown = spans.map(({ from, to }) => `${clock(from)}-${clock(to)}`).join('、');
  const minutes = Math.round(spans.reduce((sum, { from, to }) => sum + to - from, 0) / MINUTE_MS);
  return `${day} ${shown} 计${spanText(minutes)}${why === '工作日' ? '' : `(${why})`}`;
}

/** `2小时30分`. */
function spanText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 && `${hours}小时`, (rest > 0 || hours === 0) && `${rest}分`].filter(Boolean).join('');
}
