/** The running clocks of a request, computed from its log and never added up. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { isEnded, type Assignment, type Caller } from '../core/request.js';
import type { TimelessCase } from './case.js';
import { endOf, shiftByPauses, type Pause } from './durations.js';
import {
  completedAt,
  currentLead,
  extensionOf,
  isActive,
  isOfficeTask,
  isPaused,
  lastEvent,
  makerOf,
  mustChoose,
  pausesOf,
  reviewEvent,
} from './log.js';
import type { ClockName } from './moves.js';
import type { Duration } from './policy.js';

export type RunningClock = {
  assignment: string;
  clock: ClockName;
  /** Organization whose clock it is, where each caller has its own. */
  caller?: string;
  startedAt: number;
  dueAt: number;
  /** False while it stands still; `dueAt` is then without the pause that goes on. */
  isRunning: boolean;
};

/** How an instant came about, for `explainDue`. */
export type DueParts = {
  duration: Duration;
  startedAt: number;
  pauses: Pause[];
  /** By the duration alone. */
  standardAt: number;
  /** The caller's wish, where it is earlier. */
  wantedAt: number | null;
  /** Before the extension. */
  baseAt: number;
  extension: Duration | null;
  /** The earlier instant that the extension was asked for. */
  untilAt: number | null;
  dueAt: number;
};

/** All clocks that are not stopped for good. An ended request has none. */
export function clocksOf(on: TimelessCase): RunningClock[] {
  const { request, policy, calendar } = on;
  if (isEnded(request)) return [];
  if (request.status === 'answered') return answeredClocks(on);
  const clocks: RunningClock[] = [];
  for (const assignment of request.assignments.filter(isActive)) {
    if (assignment.status === 'waiting') clocks.push(signClock(on, assignment));
    const isRunning = !isPaused(request, assignment);
    for (const caller of clockOwners(on, assignment)) {
      const { startedAt, dueAt } = answerParts(on, assignment, caller);
      clocks.push({
        assignment: assignment.id,
        clock: 'answer',
        ...(caller && { caller: caller.organization }),
        startedAt,
        dueAt,
        isRunning,
      });
    }
    if (!isRunning) {
      const startedAt = pausesOf(request, assignment.id).at(-1)?.from ?? 0;
      const wait = { assignment: assignment.id, clock: 'caller', startedAt } as const;
      clocks.push(waitClock(wait, policy.waits.caller, calendar));
    }
  }
  const lead = currentLead(request);
  if (lead && mustChoose(request)) {
    // A reopened request that had been returned waits anew.
    const since = lastEvent(
      request,
      (e) => (e.kind === 'returned' && e.assignment === lead.id) || e.kind === 'reopened',
    );
    const wait = { assignment: lead.id, clock: 'caller', startedAt: since?.at ?? 0 } as const;
    clocks.push(waitClock(wait, policy.waits.caller, calendar));
  }
  return clocks;
}

/** When the earliest running clock ends; null when none runs. */
export function dueAtOf(on: TimelessCase): number | null {
  const running = clocksOf(on).filter((clock) => clock.isRunning);
  return running.length > 0 ? Math.min(...running.map((clock) => clock.dueAt)) : null;
}

/** The answer clock that ends first decides what is asked of an assignment, e.g. until when an extension may be asked. */
export const answerDueOf = (on: TimelessCase, assignment: Assignment): number =>
  Math.min(...clockOwners(on, assignment).map((caller) => answerParts(on, assignment, caller).dueAt));

/** Each caller has its own clock on the lead's answer; the co-operating units and the 编办 have one each. */
function clockOwners({ request, policy }: TimelessCase, assignment: Assignment): (Caller | null)[] {
  if (assignment.role === 'support' || isOfficeTask(request, assignment, policy)) return [null];
  return request.callers;
}

function signClock(on: TimelessCase, assignment: Assignment): RunningClock {
  const startedAt = makerOf(on.request, assignment.id).at;
  const { sign } = clocksFor(on, assignment);
  return {
    assignment: assignment.id,
    clock: 'sign',
    startedAt,
    dueAt: endOf(sign, startedAt, on.calendar),
    isRunning: true,
  };
}

export const clocksFor = ({ request, policy }: TimelessCase, assignment: Assignment) =>
  isOfficeTask(request, assignment, policy) ? policy.officeClocks : policy.clocks[request.urgency];

export function answerParts(on: TimelessCase, assignment: Assignment, caller: Caller | null): DueParts {
  const { request, policy, calendar } = on;
  const startedAt = Math.max(makerOf(request, assignment.id).at, caller?.joinedAt ?? 0);
  const pauses = pausesOf(request, assignment.id).flatMap(({ from, to }) =>
    to === null ? [] : [{ from, to }],
  );
  const duration = clocksFor(on, assignment).answer;
  const standardAt = endOf(duration, startedAt, calendar, pauses);
  const isOffice = isOfficeTask(request, assignment, policy);
  // A wish that has passed when a later round or assignment begins says nothing any more.
  const wish =
    !isOffice && request.wantedAt !== null && request.wantedAt > startedAt ? request.wantedAt : null;
  const wished = wish === null ? null : shiftByPauses(wish, pauses, startedAt);
  const wantedAt = wished !== null && wished < standardAt ? wished : null;
  const baseAt = wantedAt ?? standardAt;
  const extension = extensionOf(request, assignment.id);
  const none = { extension: null, untilAt: null, dueAt: baseAt };
  const parts = { duration, startedAt, pauses, standardAt, wantedAt, baseAt };
  if (extension?.state !== 'granted' || !policy.extension) return { ...parts, ...none };
  const full = endOf(policy.extension, baseAt, calendar, pauses);
  const until =
    extension.untilAt === null
      ? null
      : Math.max(baseAt, shiftByPauses(extension.untilAt, pauses, extension.askedAt));
  const untilAt = until !== null && until < full ? until : null;
  return { ...parts, extension: policy.extension, untilAt, dueAt: untilAt ?? full };
}

/** Somebody is waited for, from an instant on. */
const waitClock = (
  wait: Pick<RunningClock, 'assignment' | 'clock' | 'caller' | 'startedAt'>,
  duration: Duration,
  calendar: Calendar,
): RunningClock => ({ ...wait, dueAt: endOf(duration, wait.startedAt, calendar), isRunning: true });

/** The work is done: the callers are to say whether it is solved, or the deadline office looks into it. */
function answeredClocks({ request, policy, calendar }: TimelessCase): RunningClock[] {
  const lead = currentLead(request);
  if (!lead) return [];
  const assignment = lead.id;
  const review = reviewEvent(request);
  if (review) {
    const wait = { assignment, clock: 'review', startedAt: review.at } as const;
    return [waitClock(wait, policy.waits.review, calendar)];
  }
  const startedAt = completedAt(request) ?? 0;
  return request.callers
    .filter((caller) => caller.rating === null)
    .map(({ organization: caller }) =>
      waitClock({ assignment, clock: 'rate', caller, startedAt }, policy.autoConclude, calendar),
    );
}
