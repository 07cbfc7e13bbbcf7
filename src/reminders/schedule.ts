/** The steps of a reminder along its rule: what comes next, what falls out on the way, what was missed. Pure. */
import { occurrenceId, type Occurrence, type Recipient, type Reminder } from '../core/reminder.js';
import type { ReminderDesk } from './desk.js';
import { nextAt, settle } from './plan.js';

/** `ruleAt` by the rule, `at` where it was moved to, ms. */
export type Step = { ruleAt: number; at: number; reason?: string };
export type Skip = { at: number; reason: string };

/** Steps looked at before what lies further back is given up in one piece: a rule by the minute after weeks of silence. */
const MAX_STEPS = 1_000;

/** The next instant later than `after` that stands, and those that fall out before it. @throws BotError 'DATA' for a year without a calendar. */
export function advance(
  reminder: Pick<Reminder, 'when' | 'to' | 'owner' | 'isUrgent'>,
  after: number,
  desk: ReminderDesk,
): { next: Step | null; skipped: Skip[] } {
  const { when, isUrgent } = reminder;
  const skipped: Skip[] = [];
  const terms = { isOwn: isOwn(reminder), isUrgent, isRecurring: when.kind === 'recurring' };
  let cursor = after;
  for (let i = 0; i < MAX_STEPS; i++) {
    const ruleAt = nextAt(when, cursor, desk.calendar);
    if (ruleAt === null) return { next: null, skipped };
    const settled = settle(ruleAt, terms, desk.rules, desk.calendar);
    if (settled.kind === 'send')
      return { next: { ruleAt, at: settled.at, ...(settled.reason && { reason: settled.reason }) }, skipped };
    skipped.push({ at: ruleAt, reason: settled.reason });
    cursor = ruleAt;
  }
  return { next: null, skipped };
}

/** Only for who set it. */
export const isOwn = ({ to, owner }: Pick<Reminder, 'to' | 'owner'>): boolean =>
  to.every((it) => it.kind === 'person' && it.account === owner.account);

/** The newest step that is due at `now`; older ones are replaced by it: nobody gets a week's reminders at once. */
export function dueStep(
  reminder: Reminder,
  now: number,
  desk: ReminderDesk,
): { current: Step; next: Step | null; skipped: Skip[] } | null {
  const { nextAt: at, ruleAt } = reminder;
  if (at === null || ruleAt === null || at > now) return null;
  let current: Step = { at, ruleAt };
  const skipped: Skip[] = [];
  for (let i = 0; ; i++) {
    const from = i < MAX_STEPS ? current.ruleAt : now;
    const step = advance(reminder, from, desk);
    skipped.push(...step.skipped);
    if (!step.next || step.next.at > now) return { current, next: step.next, skipped };
    skipped.push({ at: current.at, reason: '已错过,由其后一次代替' });
    current = step.next;
  }
}

/** Which recipient, and after which edit: the same instant may be planned again with other words. */
export const placeOf = ({ edits }: Pick<Reminder, 'edits'>, n: number): string =>
  edits === 0 ? String(n) : `${n}e${edits}`;

export function plannedOccurrence(
  reminder: Pick<Reminder, 'id' | 'text' | 'isUrgent'>,
  to: Recipient,
  n: string,
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
