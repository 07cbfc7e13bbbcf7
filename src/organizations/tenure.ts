/** Who is in office on a day: posts, roles and accounts hold from a date and until a date. Pure. */
import type { Person } from '../core/domain.js';
import { isDate, type LocalDate } from '../calendar/local.js';
import { createDirectory, type Directory, type DirectoryParts } from './directory.js';

/** One row of people.csv: what it says of the person holds from the first day to the last, both included. */
export type Tenure = { person: Person; from?: LocalDate; until?: LocalDate };

/** What the files say, whatever the day. */
export type DirectorySource = Omit<DirectoryParts, 'people' | 'everybody'> & { tenures: readonly Tenure[] };

/**
 * Two people of one name in two units are two people; several rows of one are several posts.
 * @param day null: whatever the dates.
 */
function peopleOn(tenures: readonly Tenure[], day: LocalDate | null): Person[] {
  const persons = new Map<string, Person>();
  for (const tenure of tenures) {
    const { person: said, from = '', until = '9999' } = tenure;
    if (day !== null && (day < from || day > until)) continue;
    const person = day !== null && isLeave(tenure) ? { ...said, isAway: true } : said;
    const key = `${person.organization}\n${person.name}`;
    const known = persons.get(key);
    persons.set(key, known ? mergePerson(known, person) : person);
  }
  return withActing([...persons.values()]);
}

/** A row with a deputy for a span and nothing else, neither post nor account: 李四 is away, 韩辛 acts for them. */
const isLeave = ({ person, from, until }: Tenure): boolean =>
  person.deputy !== undefined &&
  from !== undefined &&
  until !== undefined &&
  person.posts.length === 0 &&
  person.accounts.length === 0;

/** Who acts for somebody may do what they may, for so long. */
function withActing(people: Person[]): Person[] {
  const acted = people.filter(({ isAway }) => isAway);
  if (acted.length === 0) return people;
  return people.map((person) => {
    const roles = acted
      .filter(({ organization, deputy }) => organization === person.organization && deputy === person.name)
      .flatMap((absent) => absent.roles);
    return roles.length === 0 ? person : { ...person, roles: [...new Set([...person.roles, ...roles])] };
  });
}

const mergePerson = (known: Person, more: Person): Person => ({
  ...known,
  posts: [...known.posts, ...more.posts],
  roles: [...new Set([...known.roles, ...more.roles])],
  accounts: [...new Set([...known.accounts, ...more.accounts])],
  ...(more.deputy && { deputy: more.deputy }),
  ...(more.isAway && { isAway: true }),
});

export const directoryOn = ({ tenures, ...parts }: DirectorySource, day: LocalDate | null): Directory =>
  createDirectory({
    ...parts,
    people: peopleOn(tenures, day),
    everybody: [
      ...tenures.map(({ person }) => person),
      ...(parts.villages ?? []).map(({ contact }) => ({ name: contact })),
    ],
  });

/** What is wrong with the two dates of a row; empty cells say nothing. */
export function tenureProblems(
  from: string,
  until: string,
): { column: '从' | '至'; message: string; remedy: string }[] {
  const remedy = '写成 2026-07-01 这样的日期,没有的留空';
  const wrong = (['从', '至'] as const).flatMap((column) => {
    const text = column === '从' ? from : until;
    return text === '' || isDate(text) ? [] : [{ column, message: `“${text}”不是日期`, remedy }];
  });
  if (wrong.length > 0 || from === '' || until === '' || from <= until) return wrong;
  return [
    { column: '至', message: `“至”(${until})早于“从”(${from})`, remedy: '“从”写第一天,“至”写最后一天' },
  ];
}
