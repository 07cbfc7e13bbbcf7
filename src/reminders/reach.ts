/** The ways to a recipient, best first: own chats, the unit's group with a call, the deputies. Pure. */
import type { Person } from '../core/domain.js';
import type { PersonRecipient, Recipient } from '../core/reminder.js';
import type { Directory } from '../organizations/directory.js';
import { conversationKey, directChat, type Conversation, type Platform, type User } from '../core/chat.js';
import { recipientsOf } from '../organizations/recipients.js';

/** `mention`: who is called by name in a group. `forWhom` is named where somebody else gets the message. */
export type Way = { conversation: Conversation; mention?: User; forWhom?: string };

/** Deputies who are tried: beyond them the message would only wander. */
const DEPUTIES = 2;

/**
 * Telegram does not let a bot write to who never pressed Start, Feishu not to who is outside the app's scope; people
 * block bots and leave groups. So there are several ways, tried one after the other.
 */
export function waysTo(to: Recipient, directory: Directory, platforms: ReadonlySet<Platform>): Way[] {
  if (to.kind === 'group')
    return platforms.has(to.conversation.platform) ? [{ conversation: to.conversation }] : [];
  const ways =
    to.kind === 'person' ? waysToPerson(to, directory, platforms) : waysToUnit(to, directory, platforms);
  return [...new Map(ways.map((way) => [conversationKey(way.conversation), way])).values()];
}

/** Whoever was bound when it was set and stands in the directory no more is no recipient of what is the office's. */
function waysToPerson(
  { account, name, organization }: PersonRecipient,
  directory: Directory,
  platforms: ReadonlySet<Platform>,
): Way[] {
  const user = userOf(account);
  const bound = user && directory.personOf(user);
  // Another account has taken the place of the one it was set for.
  const person =
    bound ?? directory.people.find((it) => it.organization === organization && it.name === name) ?? null;
  // The contact of a village is nobody's staff.
  const isVillage = directory.villages.some(({ accounts }) => accounts.includes(account));
  if (!person) return organization === '' || isVillage ? directChats([account], platforms) : [];
  const own = directChats(bound ? [account, ...person.accounts] : person.accounts, platforms);
  const unit = directory.unitOf(person);
  return [
    ...own,
    ...groupWays(unit, person, directory, platforms),
    ...colleagues(unit, person, directory).flatMap((other) =>
      directChats(other.accounts, platforms).map((way) => ({ ...way, forWhom: person.name })),
    ),
  ];
}

/** A unit: who is named for it, its group, else those who do its work, one after the other until one is reached. */
function waysToUnit(
  { organization: unit, person, rows = [] }: Extract<Recipient, { kind: 'unit' }>,
  directory: Directory,
  platforms: ReadonlySet<Platform>,
): Way[] {
  const named = directory.people.filter((it) => it.organization === unit && it.name === person);
  const carriers = rows.flatMap((row) => carriersOf(row, unit, directory));
  const groups = directory.groupsOf(unit).filter(({ platform }) => platforms.has(platform));
  const people = recipientsOf(unit, directory, 'person');
  return [
    ...[...named, ...carriers].flatMap(({ accounts }) => directChats(accounts, platforms)),
    ...groups.map((conversation) => ({ conversation })),
    ...people.flatMap(({ accounts }) => directChats(accounts, platforms)),
  ];
}

function carriersOf(row: string, unit: string, directory: Directory): Person[] {
  const [listId = '', number = ''] = row.split('/');
  return directory.carriers({ listId, number }, unit).flatMap(({ people }) => people);
}

const directChats = (accounts: string[], platforms: ReadonlySet<Platform>): Way[] =>
  accounts.flatMap((account) => {
    const chat = directChat(account);
    return chat && platforms.has(chat.platform) ? [{ conversation: chat }] : [];
  });

/** The account of the group's own platform is called. */
const groupWays = (
  unit: string,
  person: Person,
  directory: Directory,
  platforms: ReadonlySet<Platform>,
): Way[] =>
  directory
    .groupsOf(unit)
    .filter(({ platform }) => platforms.has(platform))
    .map((conversation) => {
      const user = person.accounts.map(userOf).find((it) => it?.platform === conversation.platform);
      return { conversation, forWhom: person.name, ...(user && { mention: { ...user, name: person.name } }) };
    });

/** The named deputy, then those of the same office: they see each other. */
const colleagues = (unit: string, person: Person, directory: Directory): Person[] =>
  recipientsOf(unit, directory, 'person')
    .filter(({ name }) => name !== person.name)
    .sort(
      (a, b) =>
        Number(b.name === person.deputy) - Number(a.name === person.deputy) ||
        Number(b.office === person.office) - Number(a.office === person.office),
    )
    .slice(0, DEPUTIES);

export function userOf(account: string): User | null {
  const at = account.indexOf(':');
  return at > 0 ? { platform: account.slice(0, at) as Platform, id: account.slice(at + 1) } : null;
}
