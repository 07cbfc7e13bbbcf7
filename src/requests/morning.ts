/** 今日提要, the one message of a working morning: when it leaves, and whose it is for a request. Pure. */
import { isEnded } from '../core/request.js';
import type { Effect } from '../core/types.js';
import type { Directory } from '../organizations/directory.js';
import type { RequestCase } from './case.js';
import { isActive } from './log.js';
import { DIRECT_MAX } from './reach.js';
import { knownMorning, morningTimer } from '../digest/morning.js';
import { recipientsOf } from '../organizations/recipients.js';
import { hintsOf } from './routing.js';

/** The summaries of those who have to do something about the request. */
export function morningsOf(on: RequestCase, directory: Directory): Effect[] {
  const { request, policy, calendar, now } = on;
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
