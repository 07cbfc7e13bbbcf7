/** 今日提要, the one message of a working morning: when it leaves, and whose it is for a request. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { toLocal } from '../calendar/local.js';
import { addWorkingDays, startOfWork } from '../calendar/workdays.js';
import { BotError } from '../core/errors.js';
import { isEnded, type Request } from '../core/request.js';
import type { Effect } from '../core/types.js';
import type { Directory } from '../organizations/directory.js';
import { hintsOf } from './hints.js';
import { isActive } from './log.js';
import { DIRECT_MAX } from './parties.js';
import type { Policy } from './policy.js';
import { recipientsOf } from './routing.js';

/** After the reminders of the same instant have been gathered for it, ms. */
const AFTER_MS = 60_000;

/** Today's while it is still ahead, else the next working day's, ms. @throws BotError 'DATA' for a year without a calendar. */
export function nextMorning(calendar: Calendar, now: number): number {
  const { date } = toLocal(now);
  const today = startOfWork(calendar, date) + AFTER_MS;
  if (calendar.day(date).isWorkday && today > now) return today;
  return startOfWork(calendar, addWorkingDays(calendar, date, 1).date) + AFTER_MS;
}

/** Like `nextMorning`; null for a year without a calendar. */
export function knownMorning(calendar: Calendar, now: number): number | null {
  try {
    return nextMorning(calendar, now);
  } catch (error) {
    if (error instanceof BotError && error.code === 'DATA') return null;
    throw error;
  }
}

/** One a person and morning; set again it is the same timer. One that is due already is not moved by it. */
export const morningTimer = (account: string, runAt: number): Effect => ({
  kind: 'schedule',
  timer: { key: `digest:${account}@${toLocal(runAt).date}`, runAt, kind: 'digest', payload: { account } },
});

/** The summaries of those who have to do something about the request. */
export function morningsOf(
  request: Request,
  policy: Policy,
  directory: Directory,
  calendar: Calendar,
  now: number,
): Effect[] {
  if (isEnded(request)) return [];
  const units = [...new Set(request.assignments.filter(isActive).map((it) => it.organization))];
  const people = units.flatMap((unit) =>
    recipientsOf(unit, directory, 'person', hintsOf(request, unit, policy)).slice(0, DIRECT_MAX),
  );
  const raters = request.status === 'answered' ? request.callers.filter(({ rating }) => rating === null) : [];
  const accounts = new Set([
    ...people.flatMap(({ accounts: [first] }) => first ?? []),
    ...raters.map(({ account }) => account),
  ]);
  // A summary is a convenience: no act fails because the coming year has no calendar yet.
  const at = knownMorning(calendar, now);
  return at === null ? [] : [...accounts].map((account) => morningTimer(account, at));
}
