/** Where the parties of a request are reached: the caller's chat, a unit's group, else the direct chats of its people. Pure. */
import type { Person, Role } from '../core/domain.js';
import type { Request } from '../core/request.js';
import type { Directory } from '../organizations/directory.js';
import type { Policy } from './policy.js';
import { conversationKey, directChat, type Conversation, type Platform } from '../core/chat.js';
import { recipientsOf } from '../organizations/recipients.js';
import { hintsOf } from './routing.js';

/** A chat in which a unit sees the request, and what that unit may press there. */
export type Place = {
  conversation: Conversation;
  organization: string;
  side: 'caller' | 'assignee';
  roles: Role[];
};

/** People of one unit who get a direct message where the unit has no group: more would only be noise. */
export const DIRECT_MAX = 3;

/** What a card offers to a unit's chat; who presses is looked at again (permissions.ts). */
const CALLER_ROLES: Role[] = ['township-cadre', 'township-leader', 'department-officer', 'department-head'];

/** Every chat once; what a chat is to the request as a caller goes before what it is as an assignee. */
export function placesOf(
  request: Request,
  policy: Policy,
  directory: Directory,
  platforms: ReadonlySet<Platform>,
): Place[] {
  const places = new Map<string, Place>();
  const add = (place: Place) => {
    const key = conversationKey(place.conversation);
    if (!places.has(key) && platforms.has(place.conversation.platform)) places.set(key, place);
  };
  for (const caller of request.callers)
    for (const conversation of callerChats(caller, request, policy, directory, platforms))
      add({ conversation, organization: caller.organization, side: 'caller', roles: CALLER_ROLES });
  for (const organization of new Set(request.assignments.map((a) => a.organization))) {
    const roles: Role[] =
      organization === policy.listOffice ? [...CALLER_ROLES, 'list-office'] : CALLER_ROLES;
    for (const conversation of chatsOf(organization, request, policy, directory, platforms))
      add({ conversation, organization, side: 'assignee', roles });
  }
  return [...places.values()];
}

/** Where it was called from; the unit's chats once the caller stands in the directory no more. */
export function callerChats(
  { organization, conversation, account }: Request['callers'][number],
  request: Request,
  policy: Policy,
  directory: Directory,
  platforms: ReadonlySet<Platform>,
): Conversation[] {
  const own = directChat(account);
  const isGone = conversation.isDirect && own !== null && !directory.personOf({ ...own, id: own.chatId });
  return isGone ? chatsOf(organization, request, policy, directory, platforms) : [conversation];
}

/** The unit's groups, else the direct chats of those who do its work. */
export function chatsOf(
  organization: string,
  request: Request,
  policy: Policy,
  directory: Directory,
  platforms: ReadonlySet<Platform>,
): Conversation[] {
  const groups = directory.groupsOf(organization).filter(({ platform }) => platforms.has(platform));
  if (groups.length > 0) return groups;
  return recipientsOf(organization, directory, 'person', hintsOf(request, organization, policy))
    .slice(0, DIRECT_MAX)
    .flatMap((person) => chatOf(person, platforms) ?? []);
}

/** The person's first account on a platform that runs. */
export function chatOf(person: Person, platforms: ReadonlySet<Platform>): Conversation | null {
  for (const account of person.accounts) {
    const chat = directChat(account);
    if (chat && platforms.has(chat.platform)) return chat;
  }
  return null;
}
