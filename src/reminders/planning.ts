/** What follows when a reminder is set, changed, comes due or is taken back: ledger, timer and messages in one commit. Pure. */
import { BotError } from '../core/errors.js';
import type { Occurrence, Reminder } from '../core/reminder.js';
import type { Effect } from '../core/types.js';
import type { ReminderWorld } from './deps.js';
import { become, isSnoozed } from './ledger.js';
import { waysTo } from './reach.js';
import { advance, plannedOccurrence, sharesOf, sparedUntil, type RuleStep, type Skip } from './schedule.js';

export const reminderTimerKey = (id: string): string => `reminder:${id}`;
export const occurrenceTimerKey = (id: string): string => `occurrence:${id}`;
const RETRY_PLAN_MS = 24 * 3_600_000;

/** The row of the ledger and its line in the record. */
export const saveOccurrence = (occurrence: Occurrence): Effect[] => [
  { kind: 'occurrence', occurrence, expectedVersion: occurrence.version },
  {
    kind: 'record',
    what: 'timer',
    data: {
      occurrence: occurrence.id,
      status: occurrence.status,
      ...(occurrence.reason && { reason: occurrence.reason }),
    },
  },
];

/** The reminder with its next occurrences planned; `after` is where its rule goes on. @throws BotError 'DATA' for a year without a calendar. */
export function planEffects(
  reminder: Reminder,
  after: number,
  world: ReminderWorld,
  now: number,
): { reminder: Reminder; effects: Effect[] } {
  const { next, skipped, missing } = advance(reminder, after, world);
  if (missing !== undefined) throw new BotError('DATA', missing);
  return place(reminder, next, skipped, now);
}

/** Rows of the ledger as they are stored, by id. */
type Stored = ReadonlyMap<string, Occurrence>;
const NONE: Stored = new Map();

/** Puts the reminder onto its next step; null: its rule is over. */
export function place(
  reminder: Reminder,
  next: RuleStep | null,
  skipped: Skip[],
  now: number,
  stored: Stored = NONE,
): { reminder: Reminder; effects: Effect[] } {
  const placed: Reminder = {
    ...reminder,
    nextAt: next?.at ?? null,
    ruleAt: next?.ruleAt ?? null,
    status: next === null && reminder.status === 'active' ? 'ended' : reminder.status,
  };
  const key = reminderTimerKey(reminder.id);
  return {
    reminder: placed,
    effects: [
      { kind: 'reminder', reminder: placed, expectedVersion: reminder.version },
      ...skipEffects(reminder, skipped, now, stored),
      ...(next === null
        ? [{ kind: 'cancel' as const, key }]
        : [
            ...sharesOf(reminder).flatMap((share) =>
              saveOccurrence(plannedOccurrence(reminder, share, next.at, now, next.reason)),
            ),
            timerAt(reminder.id, next.at),
          ]),
    ],
  };
}

/** The rule stops at `ruleAt`; who set it learns of it once. */
export function waitEffects(
  reminder: Reminder,
  { ruleAt, missing, skipped }: { ruleAt: number | null; missing: string; skipped: Skip[] },
  world: ReminderWorld,
  now: number,
  stored: Stored,
): Effect[] {
  const again: Effect[] = [
    retryPlan(reminder.id, now),
    {
      kind: 'record',
      what: 'timer',
      data: { reminder: reminder.id, status: 'unplanned', reason: missing },
    },
  ];
  const wasWaiting = reminder.nextAt === null && reminder.ruleAt === ruleAt;
  if (wasWaiting) return again;
  const waiting: Reminder = { ...reminder, nextAt: null, ruleAt };
  const text = `您设的提醒“${reminder.text}”(${reminder.id})暂时排不出下一次。${missing}补上以后自动继续,不需要重新设置。`;
  return [
    { kind: 'reminder', reminder: waiting, expectedVersion: reminder.version },
    ...skipEffects(reminder, skipped, now, stored),
    ...again,
    ...tellEffects(reminder.owner, text, world),
  ];
}

/** A word to who set it, where they can be reached. */
export function tellEffects(owner: Reminder['owner'], text: string, world: ReminderWorld): Effect[] {
  const [way] = waysTo({ kind: 'person', ...owner }, world.directory, world.platforms);
  return way?.conversation.isDirect ? [{ kind: 'send', to: way.conversation, reply: { text } }] : [];
}

export const timerAt = (id: string, runAt: number): Effect => ({
  kind: 'schedule',
  timer: { key: reminderTimerKey(id), runAt, kind: 'reminder', payload: { id } },
});

/** A year without a calendar: nothing is lost, it is tried again every day until the file is there. */
export const retryPlan = (id: string, now: number): Effect => timerAt(id, now + RETRY_PLAN_MS);

/** Each instant that falls out is a row of its own: what did not come has a reason that can be looked up. */
const skipEffects = (reminder: Reminder, skipped: Skip[], now: number, stored: Stored): Effect[] =>
  skippedRows(reminder, skipped, now).flatMap((row) => {
    const known = stored.get(row.id);
    if (!known) return saveOccurrence({ ...row, status: 'skipped' });
    return known.status === 'planned'
      ? saveOccurrence(become(known, 'skipped', now, { reason: row.reason ?? '' }))
      : [];
  });

/** The rows of what falls out; some may have been planned before. */
export const skippedRows = (reminder: Reminder, skipped: Skip[], now: number): Occurrence[] =>
  skipped.flatMap(({ at, reason }) =>
    sharesOf(reminder).map((share) => plannedOccurrence(reminder, share, at, now, reason)),
  );

/** What is planned is taken back; what was sent stays as it was. */
export function cancelEffects(
  reminder: Reminder,
  planned: Occurrence[],
  reason: string,
  now: number,
): { reminder: Reminder; effects: Effect[] } {
  const cancelled: Reminder = { ...reminder, status: 'cancelled', nextAt: null, ruleAt: null };
  return {
    reminder: cancelled,
    effects: [
      { kind: 'reminder', reminder: cancelled, expectedVersion: reminder.version },
      { kind: 'cancel', key: reminderTimerKey(reminder.id) },
      ...dropPlanned(planned, reason, now),
    ],
  };
}

export const dropPlanned = (planned: Occurrence[], reason: string, now: number): Effect[] =>
  planned.flatMap((it) => [
    ...saveOccurrence(become(it, 'skipped', now, { reason })),
    { kind: 'cancel' as const, key: occurrenceTimerKey(it.id) },
  ]);

/**
 * A change touches later occurrences only: what is due already still comes, and so does what somebody has put off. With
 * `reminder` as it was before the change.
 */
export const dropLater = (
  planned: Occurrence[],
  reason: string,
  reminder: Reminder,
  world: ReminderWorld,
  now: number,
): Effect[] =>
  planned
    .filter((it) => !isSnoozed(it))
    .flatMap((it) =>
      it.dueAt > now
        ? dropPlanned([it], reason, now)
        : [occurrenceTimer(it.id, sparedUntil(reminder, now, world) ?? now)],
    );

export const occurrenceTimer = (id: string, runAt: number): Effect => ({
  kind: 'schedule',
  timer: { key: occurrenceTimerKey(id), runAt, kind: 'occurrence', payload: { id } },
});

/** Plans a new one; in a year without a calendar it waits, and is tried again every day until the file is there. */
export function planOrWait(
  reminder: Reminder,
  world: ReminderWorld,
  now: number,
): { reminder: Reminder; effects: Effect[] } {
  try {
    return planEffects(reminder, now, world, now);
  } catch (error) {
    if (!(error instanceof BotError && error.code === 'DATA')) throw error;
    const waiting: Reminder = { ...reminder, nextAt: null, ruleAt: null };
    return {
      reminder: waiting,
      effects: [
        { kind: 'reminder', reminder: waiting, expectedVersion: reminder.version },
        retryPlan(reminder.id, now),
      ],
    };
  }
}
