/** Whom to tell when a clock nears or passes its end, and when. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { DAY_MS } from '../calendar/local.js';
import { nextWorkingTime } from '../calendar/workdays.js';
import type { Request } from '../core/request.js';
import type { RequestCase, TimelessCase } from './case.js';
import { clocksOf, type RunningClock } from './clock.js';
import { before, endOf, ifKnown } from './durations.js';
import type { ClockAct } from './moves.js';
import type { Policy, Step } from './policy.js';

export type DueStep = { step: Step; clock: RunningClock; assignment: string; at: number };

/** Steps whose time has come and that the log does not have yet, in order. */
export const dueSteps = (on: RequestCase): DueStep[] => openSteps(on).steps.filter(({ at }) => at <= on.now);

/** Of steps that are due together, after the bot was down: the newest for each level and assignment. */
export const newestSteps = (steps: readonly DueStep[]): DueStep[] =>
  [...new Map(steps.map((step) => [`${step.assignment} ${step.step.to}`, step])).values()].sort(
    (a, b) => a.at - b.at,
  );

/** For the one timer of a request: when the clock has something to do next. In the past when it is late already. */
export function nextStepAt(on: RequestCase): number | null {
  const { steps, isCut } = openSteps(on);
  const instants = steps.map(({ at }) => at);
  const concludeAt = autoConcludeAt(on);
  if (concludeAt !== null) instants.push(concludeAt);
  if (instants.length > 0) return Math.min(...instants);
  // The file of the next year may have been added by then.
  return isCut ? on.now + DAY_MS : null;
}

/** What the clock is to do now, as acts for `applyMove` with a null actor. */
export function dueActs(on: RequestCase): ClockAct[] {
  const acts = dueSteps(on).map(({ step, clock }): ClockAct => ({
    kind: 'escalate',
    step: step.id,
    clock: clock.clock,
    assignment: clock.assignment,
  }));
  const concludeAt = autoConcludeAt(on);
  // It ends here: nobody needs to be told any more that a rating is missing.
  return concludeAt !== null && concludeAt <= on.now ? [{ kind: 'auto-conclude' }] : acts;
}

/** When an answered request that nobody rates is concluded; null while something else is awaited. */
export function autoConcludeAt(on: TimelessCase): number | null {
  const due = clocksOf(on)
    .filter(({ clock }) => clock === 'rate')
    .map(({ dueAt }) => dueAt);
  return due.length > 0 ? Math.max(...due) : null;
}

/** Urgent ones may leave working hours; their message says why (`texts.why`). */
export const mayLeaveHours = (request: Pick<Request, 'urgency'>, policy: Policy): boolean =>
  request.urgency === 'urgent' || policy.outOfHours === 'always';

/** `isCut`: a step lies beyond the years whose calendar is there. */
function openSteps(on: TimelessCase): { steps: DueStep[]; isCut: boolean } {
  const { request, policy } = on;
  const steps: DueStep[] = [];
  let isCut = false;
  for (const clock of firstClocks(clocksOf(on))) {
    for (const step of policy.ladder) {
      if (step.clock !== clock.clock || (step.isUrgentOnly && request.urgency !== 'urgent')) continue;
      if (isTaken(request, step, clock)) continue;
      const at = instantOf(step, clock, on);
      if (at === 'unknown') isCut = true;
      else if (at !== null) steps.push({ step, clock, assignment: clock.assignment, at });
    }
  }
  return { steps: steps.sort((a, b) => a.at - b.at), isCut };
}

/** Several callers have each a clock on the same work: the first one to end climbs the ladder, once. */
function firstClocks(clocks: RunningClock[]): RunningClock[] {
  const first = new Map<string, RunningClock>();
  for (const clock of clocks) {
    if (!clock.isRunning) continue;
    const key = `${clock.assignment} ${clock.clock}`;
    const other = first.get(key);
    if (!other || clock.dueAt < other.dueAt) first.set(key, clock);
  }
  return [...first.values()];
}

/** Taken for this end of the clock: when an extension moves the end, the ladder begins anew. */
const isTaken = (request: Request, step: Step, clock: RunningClock): boolean =>
  request.events.some(
    ({ kind, assignment, facts }) =>
      kind === 'escalated' &&
      assignment === clock.assignment &&
      facts?.['step'] === step.id &&
      facts['dueAt'] === clock.dueAt,
  );

/** Null: the step has no place in this clock, e.g. an hour before the end of half an hour. */
function instantOf(
  step: Step,
  clock: RunningClock,
  { request, policy, calendar }: TimelessCase,
): number | 'unknown' | null {
  const { dueAt, startedAt } = clock;
  const at = ifKnown(() => {
    if (step.at === 'due') return dueAt;
    return 'before' in step.at
      ? before(step.at.before, dueAt, calendar)
      : endOf(step.at.after, dueAt, calendar);
  });
  if (at === null) return 'unknown';
  if (at <= startedAt) return null;
  if (mayLeaveHours(request, policy)) return at;
  const shifted = inWorkingTime(calendar, at);
  // A reminder that would come only when it is over is left to the step that says so.
  return at < dueAt && shifted >= dueAt ? null : shifted;
}

/** When the next year's calendar is missing, telling somebody outside working hours is better than telling nobody. */
const inWorkingTime = (calendar: Calendar, at: number): number =>
  ifKnown(() => nextWorkingTime(calendar, at)) ?? at;
