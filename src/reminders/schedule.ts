/** The steps of a reminder along its rule: what comes next, what falls out on the way, what was missed. Pure. */
import { DAY_MS, fromLocal, toLocal, yearOf } from '../calendar/local.js';
import { withDaysByLaw } from '../calendar/provisional.js';
import { replanned } from '../calendar/replanned.js';
import { addWorkingDays } from '../calendar/workdays.js';
import type { Calendar } from '../calendar/calendar.js';
import { BotError } from '../core/errors.js';
import {
  occurrenceId,
  type Occurrence,
  type Recipient,
  type Recurrence,
  type Reminder,
} from '../core/reminder.js';
import type { ReminderWorld } from './deps.js';
import { nextAt, settle, countsWorkdays } from './plan.js';

/** `ruleAt` by the rule, `at` where it was moved to, ms. */
export type RuleStep = { ruleAt: number; at: number; reason?: string };
export type Skip = { at: number; reason: string };

/** Instants that fall out in one go and stand in the ledger one by one: a rule by the minute over a long holiday has thousands. */
const LISTED = 200;
const NOT_LISTED = ',其后的不再逐条记录';
/** Steps that are walked after a downtime before only the last day is looked at. */
const WALKED = 1_000;

type Ruled = Pick<Reminder, 'when' | 'to' | 'owner' | 'isUrgent' | 'text'>;

type Advance = {
  next: RuleStep | null;
  skipped: Skip[];
  /** Why `next` cannot be told yet: a year without a calendar. */
  missing?: string;
};

/** The next instant later than `after` that stands, and those that fall out before it. */
export function advance(reminder: Ruled, after: number, world: ReminderWorld): Advance {
  const { when } = reminder;
  const skipped: Skip[] = [];
  const terms = termsOf(reminder);
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

const REPORTS = /[报交送填催收](?!到|销)|汇总|统计|台账|总结/;
/** What is to be reported every month, quarter or year has no other day: on a day off it waits for the next working day. */
export const waitsForWorkday = ({ when, text }: Pick<Reminder, 'when' | 'text'>): boolean =>
  when.kind === 'recurring' &&
  /FREQ=(?:MONTHLY|YEARLY)/.test(when.rule.rrule) &&
  when.rule.shift !== 'skip' &&
  REPORTS.test(text);

const termsOf = (reminder: Ruled) => ({
  ...{ isOwn: isOwn(reminder), isUrgent: reminder.isUrgent },
  isRecurring: reminder.when.kind === 'recurring' && !waitsForWorkday(reminder),
});

function pushSkip(skipped: Skip[], skip: Skip): void {
  if (skipped.length < LISTED) skipped.push(skip);
  const last = skipped.at(-1);
  if (last && skipped.length === LISTED && !last.reason.endsWith(NOT_LISTED)) last.reason += NOT_LISTED;
}

/** Just before the next working day begins. */
const endOfDaysOff = (ms: number, { calendar }: ReminderWorld): number =>
  fromLocal(addWorkingDays(withDaysByLaw(calendar), toLocal(ms).date, 1).date) - 1;

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
  let current: RuleStep | null = at === null || ruleAt === null ? null : { at, ruleAt };
  const skipped: Skip[] = [];
  if (current && isOverruled(reminder, current, world)) {
    pushSkip(skipped, { at: current.at, reason: OVERRULED });
    current = null;
  }
  const later = current && movedLater(reminder, current, world);
  if (current && later) {
    pushSkip(skipped, { at: current.at, reason: OVERRULED });
    if (later.at > now) return { next: later, current: null, skipped };
    current = later;
  }
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

/** Others are called on working days only. */
export const sparedOf = (reminder: Ruled): { when: Reminder['when']; isSpared: boolean } => ({
  when: reminder.when,
  isSpared: !isOwn(reminder) && !reminder.isUrgent,
});

/** Planned while the year's days off were not known, and now it is no day of the rule. */
function isOverruled(
  reminder: Reminder,
  { at, ruleAt }: RuleStep,
  { calendar, rules }: ReminderWorld,
): boolean {
  const { when } = reminder;
  if (when.kind !== 'recurring' || !calendar.hasYear(yearOf(toLocal(ruleAt).date))) return false;
  if (countsWorkdays(when.rule) && nextAt(when, ruleAt - 1, calendar) !== ruleAt)
    return fallsLater(when.rule, ruleAt, calendar);
  return at === ruleAt && settle(ruleAt, termsOf(reminder), rules, calendar).kind === 'skip';
}

/** It is sent now where it was to come earlier: that is over, and nothing else stands for it. */
function fallsLater(rule: Recurrence, ruleAt: number, calendar: Calendar): boolean {
  const there = replanned(rule, ruleAt, calendar);
  if (there === 'unknown') return rule.shift !== 'previous' && rule.lead?.workdays === undefined;
  return there === null || there > ruleAt;
}
const OVERRULED = '按公布的放假安排不在这一天';

/** It waits for the next working day, and by the days off that are known now that is a later one than was planned. */
function movedLater(
  reminder: Reminder,
  { at, ruleAt }: RuleStep,
  { calendar, rules }: ReminderWorld,
): RuleStep | null {
  const { date } = toLocal(at);
  if (!calendar.hasYear(yearOf(date)) || calendar.day(date).isWorkday) return null;
  const { when } = reminder;
  const terms = termsOf(reminder);
  // What was to come before the days off waits for their end rather than falling out.
  const isRecurring = terms.isRecurring && !(when.kind === 'recurring' && countsWorkdays(when.rule));
  const settled = settle(ruleAt, { ...terms, isRecurring }, rules, calendar);
  if (settled.kind !== 'send' || settled.at <= at) return null;
  return { ruleAt, at: settled.at, ...(settled.reason && { reason: settled.reason }) };
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
