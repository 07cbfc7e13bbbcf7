/** Whom to tell when a clock nears or passes its end, and when. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { MINUTE_MS } from '../calendar/local.js';
import { nextWorkingTime } from '../calendar/workdays.js';
import { isEnded, type Request } from '../core/request.js';
import type { RequestCase, TimelessCase } from './case.js';
import { clocksOf, type RunningClock } from './clock.js';
import { before, endOf } from './durations.js';
import type { ClockAct, ClockName } from './moves.js';
import { pauseEndsAt } from './pausing.js';
import type { Policy, Step } from './policy.js';

export type DueStep = { step: Step; clock: RunningClock; assignment: string; at: number };

/** Steps whose time has come and that the log does not have yet, in order. */
export const dueSteps = (on: RequestCase): DueStep[] => dueOf(on, clocksOf(on));

const dueOf = (on: RequestCase, clocks: readonly RunningClock[]): DueStep[] =>
  openSteps(on, clocks).filter(({ at }) => at <= on.now);

/** Of steps that are due together, after the bot was down: the newest for each level and assignment. */
export const newestSteps = (steps: readonly DueStep[]): DueStep[] =>
  [...new Map(steps.map((step) => [`${step.assignment} ${step.step.to}`, step])).values()].sort(
    (a, b) => a.at - b.at,
  );

/** Looked at again so often while an end is provisional: the file of the year may have been added, ms. */
const LOOK_AGAIN_MS = 30 * MINUTE_MS;

/** For the one timer of a request: when the clock has something to do next. In the past when it is late already. */
export function nextStepAt(on: RequestCase): number | null {
  const clocks = clocksOf(on);
  const instants = openSteps(on, clocks).map(({ at }) => at);
  const concludeAt = concludeAtOf(clocks);
  if (concludeAt !== null) instants.push(concludeAt);
  instants.push(...pauseEnds(on).map(({ at }) => at));
  if (clocks.some(({ isProvisional }) => isProvisional)) instants.push(on.now + LOOK_AGAIN_MS);
  return instants.length > 0 ? Math.min(...instants) : null;
}

/** Pauses that go on, and when each has used up what may be paused. */
const pauseEnds = (on: TimelessCase): { assignment: string; at: number }[] =>
  on.request.assignments.flatMap((assignment) => {
    const at = pauseEndsAt(on, assignment);
    return at === null || isEnded(on.request) ? [] : [{ assignment: assignment.id, at }];
  });

/** What the clock is to do now, as acts for `applyMove` with a null actor; to be asked again until there is nothing. */
export function dueActs(on: RequestCase): ClockAct[] {
  const clocks = clocksOf(on);
  const acts = dueOf(on, clocks).map(({ step, clock }): ClockAct => ({
    kind: 'escalate',
    step: step.id,
    clock: clock.clock,
    assignment: clock.assignment,
  }));
  const concludeAt = concludeAtOf(clocks);
  const ends = pauseEnds(on)
    .filter(({ at }) => at <= on.now)
    .map(({ assignment }): ClockAct => ({ kind: 'end-pause', assignment }));
  // The clock that goes on has steps of its own, and the one that waited has none.
  if (ends.length > 0) return ends;
  // It ends here: nobody needs to be told any more that a rating is missing.
  return concludeAt !== null && concludeAt <= on.now ? [{ kind: 'auto-conclude' }] : acts;
}

/** When an answered request that nobody rates is concluded; null while something else is awaited. */
export const autoConcludeAt = (on: TimelessCase): number | null => concludeAtOf(clocksOf(on));

function concludeAtOf(clocks: readonly RunningClock[]): number | null {
  const due = clocks.filter(({ clock }) => clock === 'rate').map(({ dueAt }) => dueAt);
  return due.length > 0 ? Math.max(...due) : null;
}

/** Urgent ones may leave working hours; their message says why (`texts.why`). */
export const mayLeaveHours = (request: Pick<Request, 'urgency'>, policy: Policy): boolean =>
  request.urgency === 'urgent' || policy.outOfHours === 'always';

function openSteps(on: TimelessCase, clocks: readonly RunningClock[]): DueStep[] {
  const { request, policy } = on;
  const steps: DueStep[] = [];
  for (const clock of firstClocks(clocks)) {
    for (const step of policy.ladder) {
      if (step.clock !== clock.clock || (step.isUrgentOnly && request.urgency !== 'urgent')) continue;
      if (isTaken(request, step, clock)) continue;
      const at = instantOf(step, clock, on);
      if (at !== null) steps.push({ step, clock, assignment: clock.assignment, at });
    }
    const further = stepAgain(clock, on);
    if (further) steps.push(further);
  }
  return steps.sort((a, b) => a.at - b.at);
}

/** A part that waits for somebody must not sleep for ever: when the ladder has ended, it goes on by itself. */
const GOES_ON: ReadonlySet<ClockName> = new Set(['answer', 'caller', 'review']);
const AGAIN = 'again-';

/** The next one behind those that were taken for this end of the clock. */
function stepAgain(clock: RunningClock, on: TimelessCase): DueStep | null {
  if (!GOES_ON.has(clock.clock)) return null;
  const { request, policy, calendar } = on;
  const last = policy.ladder
    .filter((step) => step.clock === clock.clock && !(step.isUrgentOnly && request.urgency !== 'urgent'))
    .reduce((at, step) => Math.max(at, instantOf(step, clock, on) ?? 0), clock.dueAt);
  const taken = request.events.filter(
    ({ kind, assignment, facts }) =>
      kind === 'escalated' &&
      assignment === clock.assignment &&
      facts?.['clock'] === clock.clock &&
      facts['dueAt'] === clock.dueAt &&
      String(facts['step']).startsWith(AGAIN),
  ).length;
  let at = last;
  for (let n = 0; n <= taken; n++) at = endOf(policy.again, at, calendar);
  const step = stepOf(`${AGAIN}${taken + 1}`, clock);
  return {
    step,
    clock,
    assignment: clock.assignment,
    at: mayLeaveHours(request, policy) ? at : nextWorkingTime(calendar, at),
  };
}

/** The step of a clock that goes on, by its id; null when the clock has stopped or begun anew. */
export function stepNamed(
  on: TimelessCase,
  { assignment, clock: name, step: id }: { assignment: string; clock: string; step: string },
): DueStep | null {
  const clock = firstClocks(clocksOf(on)).find((it) => it.assignment === assignment && it.clock === name);
  if (!clock) return null;
  const again: Step | null = id.startsWith(AGAIN) ? stepOf(id, clock) : null;
  const step = again ?? on.policy.ladder.find((it) => it.id === id);
  return step && isTaken(on.request, step, clock) ? { step, clock, assignment, at: clock.dueAt } : null;
}

const stepOf = (id: string, { clock }: RunningClock): Step => ({
  id,
  clock,
  at: 'due',
  to: 'deadline-office',
});

/** It has come to the county's leaders, or the ladder has ended and nobody acted. */
export const hasClimbed = ({ events }: Pick<Request, 'events'>, { ladder }: Policy): boolean => {
  const isLast = (id: string) =>
    id.startsWith(AGAIN) || ladder.some((s) => s.id === id && s.to === 'county-leader');
  return events.some(({ kind, facts }) => kind === 'escalated' && isLast(String(facts?.['step'])));
};

/** Several callers have each a clock on the same work: the first one to end climbs the ladder, once. */
function firstClocks(clocks: readonly RunningClock[]): RunningClock[] {
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
): number | null {
  const { dueAt, startedAt } = clock;
  const at = stepAt(step, dueAt, calendar);
  if (at <= startedAt) return null;
  if (mayLeaveHours(request, policy)) return at;
  const shifted = nextWorkingTime(calendar, at);
  // A reminder that would come only when it is over is left to the step that says so.
  return at < dueAt && shifted >= dueAt ? null : shifted;
}

function stepAt(step: Step, dueAt: number, calendar: Calendar): number {
  if (step.at === 'due') return dueAt;
  return 'before' in step.at
    ? before(step.at.before, dueAt, calendar)
    : endOf(step.at.after, dueAt, calendar);
}
