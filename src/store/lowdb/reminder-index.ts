/** Reminders and their occurrences found by who they concern; in memory for lowdb, the same conditions in both stores. */
import { isOver, type Occurrence, type Reminder } from '../../core/reminder.js';
import type { OccurrenceFilter, ReminderFilter } from '../../core/filters.js';
import { recipientKeys, recipientKey } from '../recipient-key.js';

export type Index<V> = {
  /** Follows a table. */
  follow(key: string, old: V | undefined, value: V | undefined): void;
  /** All that have the value. */
  get(value: string): V[];
};

/** Finding and following cost what the values of one entry cost, not what is stored. */
export function createIndex<V>(valuesOf: (value: V) => string[]): Index<V> {
  const members = new Map<string, Map<string, V>>();
  return {
    follow(key, old, value) {
      for (const name of old === undefined ? [] : valuesOf(old)) {
        members.get(name)?.delete(key);
        if (members.get(name)?.size === 0) members.delete(name);
      }
      for (const name of value === undefined ? [] : valuesOf(value)) {
        const found = members.get(name) ?? new Map<string, V>();
        members.set(name, found.set(key, value as V));
      }
    },
    get: (name) => [...(members.get(name)?.values() ?? [])],
  };
}

const ownerName = (account: string): string => `owner ${account}`;
const recipientName = (key: string): string => `recipient ${key}`;
const referenceName = (source: string, reference = ''): string => `reference ${source} ${reference}`;
const sourceName = (source: string): string => `source ${source}`;
const ALL = 'all';
const ACTIVE = 'active';

export const reminderValues = (reminder: Reminder): string[] => [
  ALL,
  ...(reminder.status === 'active' ? [ACTIVE] : []),
  ownerName(reminder.owner.account),
  sourceName(reminder.source),
  referenceName(reminder.source, reminder.reference),
  ...recipientKeys(reminder).map(recipientName),
];

export function findReminders(index: Index<Reminder>, filter: ReminderFilter): Reminder[] {
  const { owner, recipient, source, reference, isActive } = filter;
  const name =
    owner !== undefined
      ? ownerName(owner)
      : recipient !== undefined
        ? recipientName(recipient)
        : source !== undefined && reference !== undefined
          ? referenceName(source, reference)
          : source !== undefined
            ? sourceName(source)
            : isActive === true
              ? ACTIVE
              : ALL;
  return index
    .get(name)
    .filter(
      (it) =>
        (recipient === undefined || recipientKeys(it).includes(recipient)) &&
        (source === undefined || it.source === source) &&
        (reference === undefined || it.reference === reference) &&
        (isActive === undefined || (it.status === 'active') === isActive),
    )
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
}

const reminderName = (id: string): string => `reminder ${id}`;
const OPEN = 'open';

export const occurrenceValues = (occurrence: Occurrence): string[] => [
  ALL,
  ...(isOver(occurrence) ? [] : [OPEN]),
  reminderName(occurrence.reminder),
  recipientName(recipientKey(occurrence.to)),
];

export function findOccurrences(index: Index<Occurrence>, filter: OccurrenceFilter): Occurrence[] {
  const { reminder, recipient, statuses, from, to } = filter;
  const name =
    reminder !== undefined
      ? reminderName(reminder)
      : recipient !== undefined
        ? recipientName(recipient)
        : statuses?.every((status) => !isOver({ status }))
          ? OPEN
          : ALL;
  return index
    .get(name)
    .filter(
      (it) =>
        (recipient === undefined || recipientKey(it.to) === recipient) &&
        (statuses === undefined || statuses.includes(it.status)) &&
        (from === undefined || it.dueAt >= from) &&
        (to === undefined || it.dueAt < to),
    )
    .sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1));
}
