/** In which way a unit is reached for a request: the first one by which anybody can be written to. Pure. */
import { conversationKey, directChat, type Conversation, type Platform } from '../core/chat.js';
import type { Calendar } from '../calendar/calendar.js';
import { isWorkingTime } from '../calendar/workdays.js';
import type { Person } from '../core/domain.js';
import { isRestricted, type Request } from '../core/request.js';
import type { Directory } from '../organizations/directory.js';
import { recipientsOf } from '../organizations/recipients.js';
import type { Policy } from './policy.js';
import { orCall } from './phones.js';
import { hintsOf } from './routing.js';

/** In their order. `duty`: who is on duty in the unit at that moment, else in the office that watches. */
export const WAYS = ['group', 'person', 'deputy', 'head', 'deadline-office', 'duty'] as const;
export type Way = (typeof WAYS)[number];

export type Reach = { way: Way | null; chats: Conversation[] };

export type Reaching = {
  request: Request;
  policy: Policy;
  directory: Directory;
  /** Platforms that run: nobody is reached on the others. */
  platforms: ReadonlySet<Platform>;
  /** Whose shift it is, and whether anybody is at work, is asked of this instant. */
  now: number;
  calendar: Calendar;
};

/** People of one unit who get a direct message where the unit has no group: more would only be noise. */
export const DIRECT_MAX = 3;

/** Chats that a message of this request did not get into: written to no more. */
export const lostChats = ({ events }: Pick<Request, 'events'>): ReadonlySet<string> =>
  new Set(events.flatMap(({ kind, facts }) => (kind === 'unreached' ? [String(facts?.['chat'])] : [])));

/** The first way from `from` on by which somebody is reached; `way` is null when nobody is. */
export function reachOf(unit: string, on: Reaching, from: Way = 'group'): Reach {
  const lost = lostChats(on.request);
  for (const way of WAYS.slice(WAYS.indexOf(from))) {
    const own = chatsBy(way, unit, on);
    const watch = own.length > 0 && OF_OFFICE.includes(way) ? watchOf(unit, on) : [];
    const chats = unique([...own, ...watch]).filter((chat) => !lost.has(conversationKey(chat)));
    if (chats.length > 0) return { way, chats };
  }
  return { way: null, chats: [] };
}

/** Ways by which an office is reached that is at work. */
const OF_OFFICE: readonly Way[] = ['group', 'person', 'deputy', 'head'];

/** Who of the unit has the watch: an urgent request outside working hours comes to them as well, for the office sleeps. */
function watchOf(unit: string, on: Reaching): Conversation[] {
  const { request, calendar, now } = on;
  const comes = request.urgency === 'urgent' && !isRestricted(request) && !isWorkingTime(calendar, now);
  return comes ? onWatch(unit, on) : [];
}

const onWatch = (unit: string, { directory, platforms, now }: Reaching): Conversation[] =>
  directory
    .onDuty(unit, now)
    .flatMap((shift) =>
      directory.people.filter((p) => p.name === shift.name && p.organization === shift.unit),
    )
    .flatMap((person) => chatOf(person, platforms) ?? []);

function chatsBy(way: Way, unit: string, on: Reaching): Conversation[] {
  const { request, policy, directory, platforms } = on;
  const toChats = (people: readonly Person[]) => people.flatMap((person) => chatOf(person, platforms) ?? []);
  switch (way) {
    case 'group':
      return isRestricted(request)
        ? []
        : directory.groupsOf(unit).filter(({ platform }) => platforms.has(platform));
    case 'person':
      return toChats(recipientsOf(unit, directory, way, hintsOf(request, unit, policy)).slice(0, DIRECT_MAX));
    case 'deputy': {
      // Whoever of the unit can be written to, the named deputy first.
      const { signedBy: _signedBy, ...hints } = hintsOf(request, unit, policy);
      return toChats([
        ...recipientsOf(unit, directory, 'deputy', hints),
        ...recipientsOf(unit, directory, 'person', hints),
      ]).slice(0, DIRECT_MAX);
    }
    case 'duty': {
      if (isRestricted(request)) return [];
      const lost = lostChats(request);
      const onDuty = [unit, policy.deadlineOffice].map((name) =>
        onWatch(name, on).filter((chat) => !lost.has(conversationKey(chat))),
      );
      // A shift of the unit by which nobody is reached is none.
      return onDuty.find((chats) => chats.length > 0) ?? [];
    }
    default:
      return toChats(recipientsOf(unit, directory, way, hintsOf(request, unit, policy)));
  }
}

/** The person's first account on a platform that runs. */
export function chatOf(person: Person, platforms: ReadonlySet<Platform>): Conversation | null {
  for (const account of person.accounts) {
    const chat = directChat(account);
    if (chat && platforms.has(chat.platform)) return chat;
  }
  return null;
}

export const unique = (chats: readonly Conversation[]): Conversation[] => [
  ...new Map(chats.map((chat) => [conversationKey(chat), chat])).values(),
];

export const WAY_WORDS: Readonly<Record<Way, string>> = {
  group: '工作群',
  person: '经办人员',
  deputy: '其他人员',
  head: '负责人',
  'deadline-office': '督办',
  duty: '值班人员',
};

/** `县水利局经办人员无法送达,已转督办`; null where it is reached as it should be. */
export function reachText(unit: string, on: Reaching): string | null {
  const { way } = reachOf(unit, on);
  if (way === 'group' || way === 'person') return null;
  const call = orCall(unit, on, way === null || way === 'duty' || on.request.urgency === 'urgent');
  if (way === null) return `${unit}没有可以送达的人员,请另行电话联系${call}`;
  return `${unit}经办人员无法送达,已转${way === 'deputy' || way === 'head' ? unit : ''}${WAY_WORDS[way]}${call}`;
}

/**
 * After something did not arrive at `chat`, with that in the log: those who are reached now and were not before; null where nobody
 * is any more.
 */
export function nextChats(
  chatsOf: (on: Reaching) => readonly Conversation[],
  on: Reaching,
  chat: string,
): Conversation[] | null {
  const { request } = on;
  const events = request.events.filter(({ kind, facts }) => kind !== 'unreached' || facts?.['chat'] !== chat);
  const told = chatsOf({ ...on, request: { ...request, events } }).map(conversationKey);
  const chats = chatsOf(on);
  return chats.length === 0 ? null : chats.filter((it) => !told.includes(conversationKey(it)));
}
