/** Whom an urgent message alerts beyond the message itself: the person of a direct chat, in a work group the unit's own people. Pure. */
import { conversationKey, type Conversation } from '../core/chat.js';
import { recipientsOf } from '../organizations/recipients.js';
import { chatOf, DIRECT_MAX, type Reaching } from './reach.js';
import { hintsOf } from './routing.js';

/** Accounts, `platform:id`, on the platform of `to`. Those of a group are who would be written to if there were none. */
export function alertedIn(to: Conversation, on: Omit<Reaching, 'now' | 'calendar'>): string[] {
  if (to.isDirect) return [accountOf(to)];
  const { request, directory, policy } = on;
  const platforms = new Set([to.platform]);
  const units = new Set(request.assignments.map(({ organization }) => organization));
  const own = [...units].filter((unit) =>
    directory.groupsOf(unit).some((group) => conversationKey(group) === conversationKey(to)),
  );
  const people = own.flatMap((unit) =>
    recipientsOf(unit, directory, 'person', hintsOf(request, unit, policy)).slice(0, DIRECT_MAX),
  );
  const chats = people.flatMap((person) => chatOf(person, platforms) ?? []);
  return [...new Set(chats.map(accountOf))];
}

const accountOf = ({ platform, chatId }: Conversation): string => `${platform}:${chatId}`;
