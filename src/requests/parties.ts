/** Where the parties of a request are reached: the caller's chat, a unit's group, else the direct chats of its people. Pure. */
import type { Role } from '../core/domain.js';
import { isRestricted, type Request } from '../core/request.js';
import { conversationKey, directChat, type Conversation } from '../core/chat.js';
import { isActive, isApproval, isWithLeaders } from './log.js';
import { unitOfLeaders } from '../organizations/recipients.js';
import { lostChats, reachOf, unique, type Reach, type Reaching } from './reach.js';

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

/** While a leader is to agree, who asks is offered no leave. */
const ASKING_ROLES = CALLER_ROLES.filter((role) => !/leader|head/.test(role));

/** Every chat once; what a chat is to the request as a caller goes before what it is as an assignee. */
export function placesOf(on: Reaching): Place[] {
  const { request, policy, platforms } = on;
  const places = new Map<string, Place>();
  const add = (place: Place) => {
    const key = conversationKey(place.conversation);
    if (!places.has(key) && platforms.has(place.conversation.platform)) places.set(key, place);
  };
  const addAll = ({ way, chats }: Reach, unit: string, place: Pick<Place, 'side' | 'roles' | 'isTold'>) => {
    const isOutside = way === 'deadline-office' || way === 'duty';
    for (const conversation of chats)
      add({
        ...place,
        conversation,
        reaches: unit,
        // Who stands in for nobody's unit sees the case and may do what 督办 may.
        organization: isOutside ? policy.deadlineOffice : unitOfLeaders(unit),
        ...(isOutside && { side: 'assignee', roles: ['deadline-office'] }),
      });
    return isOutside;
  };
  for (const caller of request.callers)
    addAll(callerReach(caller, on), caller.organization, {
      side: 'caller',
      roles: request.status === 'approval' ? ASKING_ROLES : CALLER_ROLES,
      isTold: true,
    });
  // A chat by which two units are reached is that of the one that has a part now.
  const given = request.assignments.filter((a) => !isApproval(request, a) || isWithLeaders(request));
  const parts = [...given.filter(isActive), ...given];
  for (const organization of new Set(parts.map((a) => a.organization))) {
    const roles: Role[] =
      organization === policy.listOffice ? [...CALLER_ROLES, 'list-office'] : CALLER_ROLES;
    const isOutside = addAll(reachOf(organization, on), organization, {
      side: 'assignee',
      roles,
      isTold: true,
    });
    if (isOutside) continue;
    for (const conversation of cardChats(organization, on))
      add({
        conversation,
        organization: unitOfLeaders(organization),
        side: 'assignee',
        roles,
        isTold: false,
      });
  }
  return [...places.values()];
}

type Caller = Request['callers'][number];

/** Where it was called from; the unit's chats once the caller works there no more or cannot be written to. */
function callerReach({ organization, conversation, account }: Caller, on: Reaching): Reach {
  const { request, directory, platforms } = on;
  const own = directChat(account);
  const person = own && directory.personOf({ ...own, id: own.chatId });
  const isThere = person?.organization === organization;
  // What speaks of a person is for who asked alone, wherever that was.
  const chat = isRestricted(request) ? own : conversation;
  const isOpen =
    chat !== null && platforms.has(chat.platform) && !lostChats(request).has(conversationKey(chat));
  // What the 编办 answers goes to the group in which it was asked and to who asked.
  const also =
    request.kind === 'inquiry' &&
    request.status !== 'open' &&
    own &&
    isThere &&
    !lostChats(request).has(conversationKey(own))
      ? [own]
      : [];
  if (chat && isOpen && (isThere || !chat.isDirect)) return { way: 'person', chats: unique([chat, ...also]) };
  return reachOf(organization, on);
}

export const callerChats = (caller: Caller, on: Reaching): Conversation[] => callerReach(caller, on).chats;

/** Where a unit got its card when nobody had signed yet. */
const cardChats = (organization: string, on: Reaching): Conversation[] => {
  const { request } = on;
  const unsigned = { ...request, events: request.events.filter(({ kind }) => kind !== 'signed') };
  const { way, chats } = reachOf(organization, { ...on, request: unsigned });
  return way === 'deadline-office' || way === 'duty' ? [] : chats;
};
