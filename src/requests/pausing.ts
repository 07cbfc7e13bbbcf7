/** How long one assignment may stand still altogether: by count and by working time, as the kind's file says. Pure. */
import { addWorkingMinutes } from '../calendar/workdays.js';
import type { Assignment } from '../core/request.js';
import type { TimelessCase } from './case.js';
import { durationText, workingMinutesBetween, workingMinutesOf } from './durations.js';
import { isPaused, pausesOf } from './log.js';

/** Working minutes that are left for pauses; pauses that go on are not in it. */
function pauseMinutesLeft({ request, policy, calendar }: TimelessCase, { id }: Assignment): number {
  if (!policy.pauses) return 0;
  const used = pausesOf(request, id).map(({ from, to }) =>
    to === null ? 0 : workingMinutesBetween(calendar, from, to),
  );
  return workingMinutesOf(policy.pauses.total, calendar) - used.reduce((sum, minutes) => sum + minutes, 0);
}

/** When the pause that goes on has used up what is left; null when none goes on. */
export function pauseEndsAt(on: TimelessCase, assignment: Assignment): number | null {
  const { request, calendar } = on;
  const last = pausesOf(request, assignment.id).at(-1);
  if (!last || !isPaused(request, assignment)) return null;
  const left = pauseMinutesLeft(on, assignment);
  return left > 0 ? addWorkingMinutes(calendar, last.from, left) : last.from;
}

/** What was asked for again and again, bit by bit, is not waited for any more. */
export function pausesSpent(on: TimelessCase, assignment: Assignment): string | null {
  const { request, policy } = on;
  if (!policy.pauses) return null;
  const { count, total } = policy.pauses;
  const begun = pausesOf(request, assignment.id).length;
  if (begun < count && pauseMinutesLeft(on, assignment) > 0) return null;
  const limit = `一件办理单最多暂停${count}次、合计${durationText(total)}`;
  return `${limit},本件${begun < count ? '暂停的时间已用完' : `已暂停${begun}次`}。请先答复已有情况;确需更多时间的,请申请延期。`;
}

/** A resumption that comes after the allowance was used up: the clock had gone on before it. */
export function resumptionFacts(
  on: TimelessCase & { now: number },
  assignment: Assignment,
): { endedAt?: number } {
  const endsAt = pauseEndsAt(on, assignment);
  return endsAt !== null && endsAt < on.now ? { endedAt: endsAt } : {};
}
