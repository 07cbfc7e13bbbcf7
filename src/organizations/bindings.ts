/** What was bound in chats, over what the files of the directory say; and who may confirm it. Pure. */
import type { Person } from '../core/domain.js';
import { isPlatform, type Conversation } from '../core/chat.js';
import type { Binding } from '../core/binding.js';
import type { Directory } from './directory.js';
import type { DirectorySource } from './tenure.js';

/** A binding counts for whoever of that name is in that unit; it says nothing of people and units that are not there. */
export function bindOver(source: DirectorySource, bindings: readonly Binding[]): DirectorySource {
  if (bindings.length === 0) return source;
  const bound = new Map(bindings.map((it) => [it.place, it.to]));
  const accountsOf = ({ organization, name }: Person): string[] =>
    bindings.flatMap(({ place, to }) => (to?.unit === organization && to.name === name ? [place] : []));
  const units = new Set(source.organizations.map(({ name }) => name));
  return {
    ...source,
    tenures: source.tenures.map((tenure) => {
      const kept = tenure.person.accounts.filter((account) => !bound.has(account));
      const accounts = [...kept, ...accountsOf(tenure.person)];
      return { ...tenure, person: { ...tenure.person, accounts } };
    }),
    groups: [
      ...(source.groups ?? []).filter(({ conversation }) => !bound.has(placeOf(conversation))),
      ...bindings.flatMap(({ place, to }) => {
        const conversation = groupAt(place);
        return to && to.name === undefined && units.has(to.unit) && conversation
          ? [{ unit: to.unit, conversation }]
          : [];
      }),
    ],
  };
}

/** How a group is called in bindings; also in `groups.csv`. */
export const placeOf = ({ platform, chatId }: Conversation): string => `${platform}:${chatId}`;

export function groupAt(place: string): Conversation | null {
  const [, platform = '', chatId] = /^([a-z]+):(.+)$/.exec(place) ?? [];
  return chatId && isPlatform(platform) ? { platform, chatId, isDirect: false } : null;
}

/** The unit whose group it is, or null. */
export const unitOfGroup = (directory: Directory, conversation: Conversation): string | null =>
  directory.organizations.find(({ name }) =>
    directory.groupsOf(name).some((group) => placeOf(group) === placeOf(conversation)),
  )?.name ?? null;

const isLeader = ({ roles }: Person): boolean =>
  roles.some((role) => role === 'department-head' || role === 'township-leader');

/** The unit's own leaders, the administrators of the directory and the office that keeps the lists. */
export const mayConfirm = (person: Person | null, unit: string): boolean =>
  person !== null &&
  ((person.organization === unit && isLeader(person)) ||
    person.roles.some((role) => role === 'administrator' || role === 'list-office'));

/** Who is asked, the unit's own first. */
export function confirmersOf({ people }: Directory, unit: string): Person[] {
  const own = people.filter((it) => it.organization === unit && isLeader(it));
  const administrators = people.filter(({ roles }) => roles.includes('administrator'));
  const office = people.filter(({ roles }) => roles.includes('list-office'));
  return [own, administrators, office].find((them) => them.some(({ accounts }) => accounts.length > 0)) ?? [];
}

/** Digits of a mobile or fixed number, without the country's code. */
export function telephoneKey(telephone: string): string {
  const digits = telephone.normalize('NFKC').replace(/\D/g, '');
  return digits.length > 11 ? digits.replace(/^(?:00)?86/, '') : digits;
}

/** Those of the directory who have the number; a desk that several share has several. */
export const peopleWith = ({ people }: Directory, telephone: string): Person[] => {
  const key = telephoneKey(telephone);
  return key.length < 7
    ? []
    : people.filter((it) => it.telephone !== undefined && telephoneKey(it.telephone) === key);
};

/** A mobile number of the mainland: others no platform knows. */
const MOBILE = /^1\d{10}$/;

/** What proves who a person is where the platform says whose it is: own mobile number and e-mail address, not those of a desk. */
export function contactsIn({ people }: Directory): ReadonlyMap<Person, readonly string[]> {
  const holders = new Map<string, Set<Person>>();
  const listed = new Map<Person, string[]>();
  for (const person of people) {
    const mobile = telephoneKey(person.telephone ?? '');
    const email = person.email?.trim().toLowerCase() ?? '';
    const own = [...(MOBILE.test(mobile) ? [mobile] : []), ...(email.includes('@') ? [email] : [])];
    listed.set(person, own);
    for (const it of own) holders.set(it, (holders.get(it) ?? new Set()).add(person));
  }
  return new Map(
    [...listed].map(([person, own]) => [person, own.filter((it) => holders.get(it)?.size === 1)]),
  );
}
