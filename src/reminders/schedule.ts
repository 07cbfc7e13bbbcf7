/** The steps of a reminder along its rule: what comes next, what falls out on the way, what was missed. Pure. */
import { DAY_MS, fromLocal, toLocal } from '../calendar/local.js';
import { addWorkingDays } from '../calendar/workdays.js';
import { BotError } from '../core/errors.js';
import { occurrenceId, type Occurrence, type Recipient, type Reminder } from '../core/reminder.js';
import type { ReminderWorld } from './deps.js';
import { nextAt, settle } from './plan.js';
import { withLikelyDays } from './provisional.js';

/** `ruleAt` by the rule, `at` where it was moved to, ms. */
export type RuleStep = { ruleAt: number; at: number; reason?: string };
export type Skip = { at: number; reason: string };

/** Instants that fall out in one go and stand in the ledger one by one: a rule by the minute over a long holiday has thousands. */
const LISTED = 200;
const NOT_LISTED = ',其后的不再逐条记录';
/** Steps that are walked after a downtime before only the last day is looked at. */
const WALKED = 1_000;

type Ruled = Pick<Reminder, 'when' | 'to' | 'owner' | 'isUrgent'>;

type Advance = {
  next: RuleStep | null;
  skipped: Skip[];
  /** Why `next` cannot be told yet: the days off of a festival that are not published. */
  missing?: string;
};

/** The next instant later than `after` that stands, and those that fall out before it. */
export function advance(reminder: Ruled, after: number, world: ReminderWorld): Advance {
  const { when, isUrgent } = reminder;
  const skipped: Skip[] = [];
  const terms = { isOwn: isOwn(reminder), isUrgent, isRecurring: when.kind === 'recurring' };
  try {
    for (let cursor = after; ;) {
      const ruleAt = nextAt(when, cursor, world.calendar);
      if (ruleAt === null) return { next: null, skipped };
      const settled = settle(ruleAt, terms, world.rules, world.calendar);
      if (settled.kind === 'send') {
        const { at, reason } = settled;
        return { next: { ruleAt, at, ...(reason && { reason }) }, skipped };
      }
      pushSkip(skipped, { at: ruleAt, reason: settled.reason });
      cursor = skipped.length < LISTED ? ruleAt : endOfDaysOff(ruleAt, world);
    }
  } catch (error) {
    if (error instanceof BotError && error.code === 'DATA')
      return { next: null, skipped, missing: error.message };
    throw error;
  }
}

function pushSkip(skipped: Skip[], skip: Skip): void {
  if (skipped.length < LISTED) skipped.push(skip);
  const last = skipped.at(-1);
  if (last && skipped.length === LISTED && !last.reason.endsWith(NOT_LISTED)) last.reason += NOT_LISTED;
}

/** Just before the next working day begins. */
const endOfDaysOff = (ms: number, { calendar }: ReminderWorld): number =>
  fromLocal(addWorkingDays(withLikelyDays(calendar), toLocal(ms).date, 1).date) - 1;

/** Only for who set it. */
export const isOwn = ({ to, owner }: Pick<Reminder, 'to' | 'owner'>): boolean =>
  to.every((it) => it.kind === 'person' && it.account === owner.account);

/** `current`: what comes now; null when only the next one can be told at last. Where it is missing, the rule goes on from there later. */
export type Due = Advance & { current: RuleStep | null };

/**
 * The newest step that is due at `now`; older ones are replaced by it: nobody gets a week's reminders at once. Null: nothing
 * is due. A reminder whose next step could not be told goes on where its rule stopped.
 */
export function dueStep(reminder: Reminder, now: number, world: ReminderWorld): Due | null {
  const { nextAt: at, ruleAt } = reminder;
  if (at !== null && (ruleAt === null || at > now)) return null;
  const planned: RuleStep | null = at === null || ruleAt === null ? null : { at, ruleAt };
  const anew = planned && plannedAnew(reminder, planned, world);
  if (anew && (!anew.next || anew.next.at > now)) return { ...anew, current: null };
  let current = anew?.next ?? planned;
  const skipped: Skip[] = anew?.skipped ?? [];
  for (let walked = 0; ; walked++) {
    const reached = current?.ruleAt ?? ruleAt ?? now;
    const step = advance(reminder, walked === WALKED ? Math.max(reached, now - DAY_MS) : reached, world);
    for (const skip of step.skipped) pushSkip(skipped, skip);
    if (!step.next || step.next.at > now) return { ...step, current, skipped };
    // Moved to one instant they are one occurrence.
    if (current && current.at !== step.next.at)
      pushSkip(skipped, { at: current.at, reason: '已错过,由其后一次代替' });
    current = step.next;
  }
}

const SINCE_PUBLISHED = '放假安排公布后已重新安排';

/** What was planned by weekends alone, where the days off that were published since say otherwise; null where it stands. */
function plannedAnew(reminder: Reminder, { at, ruleAt }: RuleStep, world: ReminderWorld): Advance | null {
  const found = advance(reminder, ruleAt - 1, world);
  if (found.missing !== undefined || found.next?.at === at) return null;
  const isListed = found.skipped.some((it) => it.at === at);
  return {
    ...found,
    skipped: isListed ? found.skipped : [{ at, reason: SINCE_PUBLISHED }, ...found.skipped],
  };
}

/** Until when what was missed waits, so that nobody is woken because the bot came back in the night. Null: it may come now. */
export function sparedUntil(reminder: Ruled, now: number, { calendar, rules }: ReminderWorld): number | null {
  const terms = { isOwn: isOwn(reminder), isUrgent: reminder.isUrgent, isRecurring: false };
  const settled = settle(now, terms, rules, calendar);
  return settled.kind === 'send' && settled.at > now ? settled.at : null;
}

/** One recipient of a reminder; `n` says which, and after which edit: the same instant may be planned again with other words. */
export type Share = { to: Recipient; n: string };

export const sharesOf = ({ to, edits }: Pick<Reminder, 'to' | 'edits'>): Share[] =>
  to.map((recipient, i) => ({ to: recipient, n: edits === 0 ? String(i) : `${i}e${edits}` }));

export function plannedOccurrence(
  reminder: Pick<Reminder, 'id' | 'text' | 'isUrgent'>,
  { to, n }: Share,
  at: number,
  now: number,
  reason?: string,
): Occurrence {
  return {
    id: occurrenceId(reminder.id, at, n),
    version: 0,
    reminder: reminder.id,
    text: reminder.text,
    dueAt: at,
    to,
    status: 'planned',
    ...(reason && { reason }),
    isUrgent: reminder.isUrgent,
    hops: [],
    changedAt: now,
  };
}
