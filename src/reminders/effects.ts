/** What follows when a reminder is set, changed, comes due or is taken back: ledger, timer and messages in one commit. Pure. */
import { toLocal } from '../calendar/local.js';
import { isWorkingTime } from '../calendar/workdays.js';
import { remind } from '../core/effects.js';
import type { Occurrence, Recipient, Reminder } from '../core/reminder.js';
import { conversationKey, type Effect } from '../core/types.js';
import { morningTimer, nextMorning } from '../requests/morning.js';
import type { ReminderDesk } from './desk.js';
import { become, withHop } from './ledger.js';
import { waysTo, type Way } from './reach.js';
import { advance, placeOf, plannedOccurrence, type Skip, type Step } from './schedule.js';
import { occurrenceReply } from './view.js';

export const reminderTimerKey = (id: string): string => `reminder:${id}`;
export const occurrenceTimerKey = (id: string): string => `occurrence:${id}`;
const RETRY_PLAN_MS = 24 * 3_600_000;

/** The row of the ledger and its line in the record. */
export const saveOccurrence = (occurrence: Occurrence): Effect[] => [
  { kind: 'saveOccurrence', occurrence, expectedVersion: occurrence.version },
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

/** The reminder with its next occurrences planned; `after` is where its rule goes on. */
export function planEffects(
  reminder: Reminder,
  after: number,
  desk: ReminderDesk,
  now: number,
): { reminder: Reminder; effects: Effect[] } {
  const { next, skipped } = advance(reminder, after, desk);
  return place(reminder, next, skipped, now);
}

/** Puts the reminder onto its next step. */
export function place(
  reminder: Reminder,
  next: Step | null,
  skipped: Skip[],
  now: number,
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
      { kind: 'saveReminder', reminder: placed, expectedVersion: reminder.version },
      ...skipEffects(reminder, skipped, now),
      ...(next === null
        ? [{ kind: 'cancel' as const, key }]
        : [
            ...reminder.to.flatMap((to, n) =>
              saveOccurrence(
                plannedOccurrence(reminder, to, placeOf(reminder, n), next.at, now, next.reason),
              ),
            ),
            timerAt(reminder.id, next.at),
          ]),
    ],
  };
}

export const timerAt = (id: string, runAt: number): Effect => ({
  kind: 'schedule',
  timer: { key: reminderTimerKey(id), runAt, kind: 'reminder', payload: { id } },
});

/** A year without a calendar: nothing is lost, it is tried again every day until the file is there. */
export const retryPlan = (id: string, now: number): Effect => timerAt(id, now + RETRY_PLAN_MS);

/** Each instant that falls out is a row of its own: what did not come has a reason that can be looked up. */
const skipEffects = (reminder: Reminder, skipped: Skip[], now: number): Effect[] =>
  skipped.flatMap(({ at, reason }) =>
    reminder.to.flatMap((to, n) =>
      saveOccurrence({
        ...plannedOccurrence(reminder, to, placeOf(reminder, n), at, now, reason),
        status: 'skipped',
      }),
    ),
  );

/** How a due occurrence leaves. */
export type Firing = {
  /** How late it is, ms; null within the limit. */
  lateFor: number | null;
  isRecurring: boolean;
  owner: Reminder['owner'] | null;
};

/** Claims the occurrence and sends it by the first way; where there is none it has failed. */
export function fireEffects(
  occurrence: Occurrence,
  firing: Firing,
  desk: ReminderDesk,
  now: number,
): Effect[] {
  const [way] = waysTo(occurrence.to, desk.directory, desk.platforms);
  const claimed = become(occurrence, 'claimed', now);
  if (!way) return saveOccurrence(become(claimed, 'failed', now, { reason: '找不到可以送达的群或账号' }));
  return sendBy(claimed, way, firing, desk, now);
}

export function sendBy(
  occurrence: Occurrence,
  way: Way,
  { lateFor, isRecurring, owner }: Firing,
  desk: ReminderDesk,
  now: number,
): Effect[] {
  const why = occurrence.isUrgent && !isWorkingTime(desk.calendar, now) ? desk.rules.why : '';
  const reply = occurrenceReply(occurrence, owner, way, { isRecurring, lateFor, why }, now);
  return [
    ...saveOccurrence(withHop(occurrence, conversationKey(way.conversation), now)),
    remind(way.conversation, reply, occurrence.id),
  ];
}

/** Into the morning's summary of the person who gets it; null where it has to be a message of its own. */
export function mergeEffects(
  occurrence: Occurrence,
  desk: ReminderDesk,
  now: number,
  reason?: string,
): Effect[] | null {
  const person = digestPerson(occurrence.to, desk);
  if (!person) return null;
  const at = nextMorning(desk.calendar, now);
  const merged = become({ ...occurrence, to: person }, 'claimed', now, {
    digest: toLocal(at).date,
    ...(reason && { reason }),
  });
  return [...saveOccurrence(merged), morningTimer(person.account, at)];
}

function digestPerson(to: Recipient, desk: ReminderDesk): Extract<Recipient, { kind: 'person' }> | null {
  if (to.kind === 'person') return to;
  if (to.kind === 'group') return null;
  // A summary is a person's: of a unit, the first person who can be reached, also where it has a group.
  const way = waysTo(to, desk.directory, desk.platforms).find(({ conversation }) => conversation.isDirect);
  if (!way) return null;
  const { platform, chatId } = way.conversation;
  const person = desk.directory.personOf({ platform, id: chatId });
  return person
    ? {
        kind: 'person',
        account: `${platform}:${chatId}`,
        name: person.name,
        organization: person.organization,
      }
    : null;
}

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
      { kind: 'saveReminder', reminder: cancelled, expectedVersion: reminder.version },
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

/** Put off by the person: the old one ends, a new one is planned with a timer of its own. */
export function snoozeEffects(occurrence: Occurrence, at: number, now: number): Effect[] {
  const n = occurrence.id.split('/').at(-1) ?? '0';
  const reminder = { id: occurrence.reminder, text: occurrence.text, isUrgent: occurrence.isUrgent };
  const later = plannedOccurrence(reminder, occurrence.to, n.startsWith('s') ? n : `s${n}`, at, now);
  return [
    ...saveOccurrence(become(occurrence, 'snoozed', now)),
    ...saveOccurrence(later),
    {
      kind: 'schedule',
      timer: { key: occurrenceTimerKey(later.id), runAt: at, kind: 'occurrence', payload: { id: later.id } },
    },
  ];
}
