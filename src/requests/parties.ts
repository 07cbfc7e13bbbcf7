/** Where the parties of a request are reached: the caller's chat, a unit's group, else the direct chats of its people. Pure. */
import type { Role } from '../core/domain.js';
import { isRestricted, type Request } from '../core/request.js';
import type { Directory } from '../organizations/directory.js';
import type { Policy } from './policy.js';
import { conversationKey, directChat, type Conversation, type Platform } from '../core/chat.js';
import { reachOf } from './reach.js';

/** A chat in which a unit sees the request, and what that unit may press there. */
export type Place = {
  conversation: Conversation;
  organization: string;
  side: 'caller' | 'assignee';
  roles: Role[];
  /** Whether words go there too; colleagues of who signed see the card change and hear nothing. */
  isTold: boolean;
  /** The unit whose part this chat is written to for; when that fails, another way is sought. */
  reaches?: string;
};

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
      add({
        conversation,
        organization: caller.organization,
        side: 'caller',
        roles: CALLER_ROLES,
        isTold: true,
      });
  for (const organization of new Set(request.assignments.map((a) => a.organization))) {
    const roles: Role[] =
      organization === policy.listOffice ? [...CALLER_ROLES, 'list-office'] : CALLER_ROLES;
    const { way, chats } = reachOf(organization, { request, policy, directory, platforms });
    const isOutside = way === 'deadline-office' || way === 'duty';
    for (const conversation of chats)
      add({
        conversation,
        // Who stands in for nobody's unit sees the case and may do what 督办 may.
        organization: isOutside ? policy.deadlineOffice : organization,
        side: 'assignee',
        roles: isOutside ? ['deadline-office'] : roles,
        isTold: true,
        reaches: organization,
      });
    if (isOutside) continue;
    for (const conversation of cardChats(organization, request, policy, directory, platforms))
      add({ conversation, organization, side: 'assignee', roles, isTold: false });
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
  // What speaks of a person is for who asked alone, wherever that was.
  if (isRestricted(request) && own) return platforms.has(own.platform) ? [own] : [];
  const isGone = conversation.isDirect && own !== null && !directory.personOf({ ...own, id: own.chatId });
  return isGone ? chatsOf(organization, request, policy, directory, platforms) : [conversation];
}

/** Where a unit got its card when nobody had signed yet. */
const cardChats = (
  organization: string,
  request: Request,
  policy: Policy,
  directory: Directory,
  platforms: ReadonlySet<Platform>,
): Conversation[] => {
  const unsigned = { ...request, events: request.events.filter(({ kind }) => kind !== 'signed') };
  const { way, chats } = reachOf(organization, { request: unsigned, policy, directory, platforms });
  return way === 'deadline-office' || way === 'duty' ? [] : chats;
};

/** The unit's groups, else the direct chats of those who do its work, else whoever can be reached for it. */
export const chatsOf = (
  organization: string,
  request: Request,
  policy: Policy,
  directory: Directory,
  platforms: ReadonlySet<Platform>,
): Conversation[] => reachOf(organization, { request, policy, directory, platforms }).chats;
