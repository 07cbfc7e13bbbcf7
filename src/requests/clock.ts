/** The running clocks of a request, computed from its log and never added up. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { isEnded, type Assignment, type Caller, type Request } from '../core/request.js';
import type { TimelessCase } from './case.js';
import { endOf, isUnsure, shiftLike, type Pause } from './durations.js';
import {
  completedAt,
  currentLead,
  extensionOf,
  isActive,
  isApproval,
  isOfficeTask,
  isPaused,
  lastEvent,
  makerOf,
  mustChoose,
  pausesOf,
  promiseOf,
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
  /** Reckoned with Monday to Friday for a year whose days off are not known yet: it may move when they are. */
  isProvisional: boolean;
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
  isProvisional: boolean;
};

/** All clocks that are not stopped for good. An ended request has none. */
export function clocksOf(on: TimelessCase): RunningClock[] {
  const { request, policy, calendar } = on;
  if (isEnded(request)) return [];
  if (request.status === 'answered') return answeredClocks(on);
  const clocks: RunningClock[] = [];
  for (const assignment of request.assignments.filter(isActive)) {
    // Leave is given or not; nobody signs for it.
    if (assignment.status === 'waiting' && !isApproval(request, assignment))
      clocks.push(signClock(on, assignment));
    const isRunning = !isPaused(request, assignment);
    for (const caller of clockOwners(on, assignment)) {
      const { startedAt, dueAt, isProvisional } = answerParts(on, assignment, caller);
      clocks.push({
        assignment: assignment.id,
        clock: 'answer',
        ...(caller && { caller: caller.organization }),
        startedAt,
        dueAt,
        isRunning,
        isProvisional,
      });
    }
    const promise = promiseOf(request, assignment.id);
    if (promise && isRunning)
      clocks.push({
        assignment: assignment.id,
        clock: 'promise',
        startedAt: promise.saidAt,
        dueAt: promise.promisedAt,
        isRunning: true,
        isProvisional: false,
      });
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
  const running = clocksOf(on).filter(({ isRunning, clock }) => isRunning && clock !== 'promise');
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
  return waitClock({ assignment: assignment.id, clock: 'sign', startedAt }, sign, on.calendar);
}

export function clocksFor({ request, policy }: TimelessCase, assignment: Assignment) {
  const within = policy.approval?.within;
  if (within && isApproval(request, assignment)) return { sign: within, answer: within };
  return isOfficeTask(request, assignment, policy) ? policy.officeClocks : policy.clocks[request.urgency];
}

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
    !isOffice && isBinding(request) && request.wantedAt !== null && request.wantedAt > startedAt
      ? request.wantedAt
      : null;
  const wished = wish === null ? null : shiftLike(duration, wish, pauses, startedAt, calendar);
  const wantedAt = wished !== null && wished < standardAt ? wished : null;
  const baseAt = wantedAt ?? standardAt;
  const extension = extensionOf(request, assignment.id);
  const none = { extension: null, untilAt: null, dueAt: baseAt };
  const isBaseUnsure = wantedAt === null && isUnsure(duration, startedAt, standardAt, calendar);
  const parts = { duration, startedAt, pauses, standardAt, wantedAt, baseAt, isProvisional: isBaseUnsure };
  if (extension?.state !== 'granted' || !policy.extension) return { ...parts, ...none };
  const full = endOf(policy.extension, baseAt, calendar, pauses);
  const until =
    extension.untilAt === null
      ? null
      : Math.max(baseAt, shiftLike(policy.extension, extension.untilAt, pauses, extension.askedAt, calendar));
  const untilAt = until !== null && until < full ? until : null;
  const isProvisional =
    untilAt === null && (isBaseUnsure || isUnsure(policy.extension, baseAt, full, calendar));
  return { ...parts, extension: policy.extension, untilAt, dueAt: untilAt ?? full, isProvisional };
}

/**
 * A caller's wish binds where a leader filed it or people are in danger; else it is read and the kind's own clock holds.
 * Requests of the time before this rule keep what their cards said.
 */
export const isBinding = ({ events }: Pick<Request, 'events'>): boolean =>
  events[0]?.facts?.['isBinding'] !== false;

/** Somebody is waited for, from an instant on. */
const waitClock = (
  wait: Pick<RunningClock, 'assignment' | 'clock' | 'caller' | 'startedAt'>,
  duration: Duration,
  calendar: Calendar,
): RunningClock => {
  const dueAt = endOf(duration, wait.startedAt, calendar);
  return {
    ...wait,
    dueAt,
    isRunning: true,
    isProvisional: isUnsure(duration, wait.startedAt, dueAt, calendar),
  };
};

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
