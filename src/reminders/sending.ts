/** What follows when an occurrence is due: sent, merged into the morning's summary, put off. Pure. */
import {
  isNotice,
  type Reminder,
  type Occurrence,
  type PersonRecipient,
  type Recipient,
} from '../core/reminder.js';
import type { ReminderWorld } from './deps.js';
import type { Effect } from '../core/types.js';
import { waysTo, type Way } from './reach.js';
import { become, withHop } from './ledger.js';
import { saveOccurrence, occurrenceTimer } from './planning.js';
import { noticeReply, occurrenceReply } from './view.js';
import { conversationKey } from '../core/chat.js';
import { remind, urgently } from '../core/effects.js';
import { yearOf, toLocal } from '../calendar/local.js';
import { isWorkingTime } from '../calendar/workdays.js';
import { knownMorning, morningTimer } from '../digest/morning.js';
import { plannedOccurrence } from './schedule.js';

/** How a due occurrence leaves. */
export type Firing = {
  /** How late it is, ms; null within the limit. */
  lateFor: number | null;
  isRecurring: boolean;
  owner: Reminder['owner'] | null;
  /** Of which reminder, where it is a notice. */
  notice?: Reminder;
};

/** Claims the occurrence and sends it by the first way; where there is none it has failed. */
export function fireEffects(
  occurrence: Occurrence,
  firing: Firing,
  world: ReminderWorld,
  now: number,
): Effect[] {
  const [way] = waysTo(occurrence.to, world.directory, world.platforms);
  const claimed = become(occurrence, 'claimed', now);
  if (!way) return saveOccurrence(become(claimed, 'failed', now, { reason: '找不到可以送达的群或账号' }));
  return sendBy(claimed, way, firing, world, now);
}

export function sendBy(
  occurrence: Occurrence,
  way: Way,
  { lateFor, isRecurring, owner, notice }: Firing,
  world: ReminderWorld,
  now: number,
): Effect[] {
  const why = occurrence.isUrgent && !isKnownWorkingTime(world, now) ? world.rules.why : '';
  const reply =
    notice && isNotice(notice)
      ? noticeReply(occurrence, notice, way, now)
      : occurrenceReply(occurrence, owner, way, { isRecurring, lateFor, why }, now);
  const message = remind(way.conversation, reply, occurrence.id);
  return [
    ...saveOccurrence(withHop(occurrence, conversationKey(way.conversation), now)),
    occurrence.isUrgent ? urgently(message) : message,
  ];
}

/** What is urgent comes in a year without a calendar as well. */
const isKnownWorkingTime = ({ calendar }: ReminderWorld, now: number): boolean =>
  calendar.hasYear(yearOf(toLocal(now).date)) && isWorkingTime(calendar, now);

/**
 * Into the morning's summary of the person who gets it; null where it has to be a message of its own, because there is no
 * such person, or no calendar that says which morning is the next.
 */
export function mergeEffects(
  occurrence: Occurrence,
  world: ReminderWorld,
  now: number,
  reason?: string,
): Effect[] | null {
  const person = digestPerson(occurrence.to, world);
  if (!person) return null;
  const at = knownMorning(world.calendar, now);
  if (at === null) return null;
  const merged = become({ ...occurrence, to: person }, 'claimed', now, {
    digest: toLocal(at).date,
    ...(reason && { reason }),
  });
  return [...saveOccurrence(merged), morningTimer(person.account, at)];
}

function digestPerson(to: Recipient, world: ReminderWorld): PersonRecipient | null {
  if (to.kind === 'person') return to;
  if (to.kind === 'group') return null;
  // A summary is a person's: of a unit, the first person who can be reached, also where it has a group.
  const way = waysTo(to, world.directory, world.platforms).find(({ conversation }) => conversation.isDirect);
  if (!way) return null;
  const { platform, chatId } = way.conversation;
  const person = world.directory.personOf({ platform, id: chatId });
  return person
    ? {
        kind: 'person',
        account: `${platform}:${chatId}`,
        name: person.name,
        organization: person.organization,
      }
    : null;
}

/**
 * Put off by the person: the old one ends, a new one is planned with a timer of its own. `turn`: how many of the same
 * reminder were put off to the same instant before.
 */
export const snoozedTo = (occurrence: Occurrence, at: number, turn: number, now: number): Occurrence => {
  const n = (occurrence.id.split('/').at(-1) ?? '0').replace(/^s|-\d+$/g, '');
  const reminder = { id: occurrence.reminder, text: occurrence.text, isUrgent: occurrence.isUrgent };
  const share = { to: occurrence.to, n: `s${n}${turn > 0 ? `-${turn}` : ''}` };
  return plannedOccurrence(reminder, share, at, now);
};

export function snoozeEffects(occurrence: Occurrence, later: Occurrence, now: number): Effect[] {
  return [
    ...saveOccurrence(become(occurrence, 'snoozed', now)),
    ...saveOccurrence(later),
    occurrenceTimer(later.id, later.dueAt),
  ];
}
