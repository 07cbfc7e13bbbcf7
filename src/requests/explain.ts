/** Every due instant explains itself, day by day. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { formatDate, formatInstant, toLocal } from '../calendar/local.js';
import type { Block, Card } from '../core/card.js';
import type { Assignment, Request } from '../core/request.js';
import { answerParts, clocksFor, clocksOf, type RunningClock } from './clock.js';
import { countDays, durationText, endOf, type Pause } from './durations.js';
import { makerOf } from './log.js';
import type { Duration, Policy } from './policy.js';

/** 时限怎么算: all running clocks of a request, or of one assignment. */
export function whyDueCard(
  request: Request,
  policy: Policy,
  calendar: Calendar,
  now: number,
  assignment?: string,
): Card {
  const clocks = clocksOf(request, policy, calendar).filter(
    (clock) => assignment === undefined || clock.assignment === assignment,
  );
  return {
    title: `${request.number} 时限怎么算`,
    blocks:
      clocks.length === 0
        ? [{ kind: 'text', text: '目前没有正在计算的时限。' }]
        : clocks.map((clock): Block => ({
            kind: 'field',
            label: labelOf(clock, request),
            text: explainDue(clock, request, policy, calendar, now).join('\n'),
          })),
    buttons: [],
  };
}

const WHAT: Record<RunningClock['clock'], string> = {
  sign: '签收',
  answer: '答复',
  rate: '评价',
  caller: '另选单位或补充材料',
  review: '督办核查',
};

function labelOf({ assignment, clock, caller }: RunningClock, request: Request): string {
  const unit = request.assignments.find((a) => a.id === assignment)?.organization ?? '';
  const owner = caller && request.callers.length > 1 ? `(按${caller}提出的时间)` : '';
  return clock === 'sign' || clock === 'answer'
    ? `${unit}${WHAT[clock]}${owner}`
    : `${caller ?? ''}${WHAT[clock]}`;
}

/** From the start to the end of one clock, a line for each thing that moved it. */
export function explainDue(
  clock: RunningClock,
  request: Request,
  policy: Policy,
  calendar: Calendar,
  now: number,
): string[] {
  const assignment = request.assignments.find((a) => a.id === clock.assignment);
  const end = `截止 ${formatInstant(clock.dueAt, now)}。`;
  const still = clock.isRunning ? [] : ['正在等待补充材料,计时暂停;恢复后顺延。'];
  if (!assignment) return [end];
  switch (clock.clock) {
    case 'sign': {
      const { at } = makerOf(request, assignment.id);
      const { sign } = clocksFor(request, assignment, policy);
      return [...countLines(sign, at, [], calendar, now), end];
    }
    case 'answer':
      return [...answerLines(request, assignment, clock, policy, calendar, now), end, ...still];
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

function answerLines(
  request: Request,
  assignment: Assignment,
  clock: RunningClock,
  policy: Policy,
  calendar: Calendar,
  now: number,
): string[] {
  const caller = request.callers.find((c) => c.organization === clock.caller) ?? null;
  const parts = answerParts(request, assignment, caller, policy, calendar);
  const lines =
    parts.wantedAt === null
      ? countLines(parts.duration, parts.startedAt, parts.pauses, calendar, now)
      : [
          `${formatInstant(parts.startedAt, now)}收到,规定时限${durationText(parts.duration)},到${formatInstant(parts.standardAt, now)};`,
          `请求单位希望更早,在${formatInstant(parts.wantedAt, now)}前,以此为准。`,
        ];
  if (!parts.extension) return lines;
  const until = parts.untilAt === null ? '' : `,申请到${formatInstant(parts.untilAt, now)},以此为准`;
  return [
    ...lines,
    `原截止 ${formatInstant(parts.baseAt, now)},同意延期${durationText(parts.extension)}${until}。`,
  ];
}

/** Working days are listed one by one; hours and minutes are said as a span. */
function countLines(
  duration: Duration,
  start: number,
  pauses: readonly Pause[],
  calendar: Calendar,
  now: number,
): string[] {
  const begun = `${formatInstant(start, now)}起,时限${durationText(duration)}`;
  if ('workingDays' in duration) {
    const days = countDays(duration.workingDays, start, calendar, pauses);
    return [
      `${begun},次日起算:`,
      ...days.map(({ date, why, n, isPaused }) => {
        const day = formatDate(date, now);
        if (n !== null) return `${day} 第${n}个工作日${why === '工作日' ? '' : `(${why})`}`;
        return `${day} 不计(${isPaused ? '等待补充材料' : why})`;
      }),
    ];
  }
  if ('workingHours' in duration) {
    const dates = new Set([start, endOf(duration, start, calendar, pauses)].map((at) => toLocal(at).date));
    return [`${begun},只计上班时间${dates.size > 1 ? '(下班和休息日不计)' : ''};`];
  }
  return [`${begun},昼夜连续计算;`];
}
