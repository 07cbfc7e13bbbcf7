/** Whom a message for a unit reaches: teams, staff, leaders, by level. Pure. */
import type { Directory } from './directory.js';
import type { Person, Row } from '../core/domain.js';

/** A team stationed in a township, under the name that assignments carry. */
type Team = { name: string; township: string; office: string };

/** 城关街道派出所 …: teams have the same names in every township, so theirs is put before. */
export const teamsOf = (directory: Directory, township?: string): Team[] =>
  directory.organizations.flatMap(({ kind, name, parent }) =>
    kind === 'team' && parent !== undefined && (township === undefined || parent === township)
      ? [{ name: `${parent}${name}`, township: parent, office: name }]
      : [],
  );

const COUNTER = '便民服务中心';

/** The counters of the townships, named as teams are; their staff is the township's own. */
export const countersOf = (directory: Directory, township?: string): Team[] =>
  directory.organizations.flatMap(({ name, parent }) =>
    name === COUNTER && parent !== undefined && (township === undefined || parent === township)
      ? [{ name: `${parent}${name}`, township: parent, office: name }]
      : [],
  );

const officesOf = (directory: Directory): Team[] => [...teamsOf(directory), ...countersOf(directory)];

/** Whose stationed team it is, by the name that such teams have everywhere. */
const BUREAUS: readonly [RegExp, string][] = [
  [/派出所|交警/, '公安局'],
  [/司法所/, '司法局'],
  [/市场监管所|市监所|工商所/, '市场监督管理局'],
  [/自然资源|国土/, '自然资源局'],
  [/执法/, '综合行政执法局'],
  [/环保|生态环境/, '生态环境分局'],
  [/税务/, '税务局'],
];

/** The department that a stationed team belongs to, as the directory spells it; null where it is not known. */
export function bureauOf(directory: Pick<Directory, 'resolve'>, office: string): string | null {
  const [, name] = BUREAUS.find(([pattern]) => pattern.test(office)) ?? [];
  return name === undefined ? null : directory.resolve(name);
}

const LEADERS = '负责人';

/** The leaders of a unit, as a unit of their own that can be asked for leave: 柳林镇负责人. */
export const leadersUnit = (organization: string): string => `${organization}${LEADERS}`;

/** The unit whose leaders are meant; of any other unit the unit itself. */
export const unitOfLeaders = (unit: string): string =>
  unit.endsWith(LEADERS) ? unit.slice(0, -LEADERS.length) : unit;

const LEADER_ROLES = ['department-head', 'township-leader'] as const;
const DEPARTMENT_ROLES = ['department-officer', 'department-head'] as const;
const has = (person: Person, ...roles: readonly string[]): boolean =>
  person.roles.some((role) => roles.includes(role));

/** What is known of the request when people are looked for. */
export type RecipientHints = {
  /** Row cited: its carriers in a township come first. */
  row?: Pick<Row, 'listId' | 'number'>;
  /** `platform:id` of who signed: the others are the deputies. */
  signedBy?: string;
  /** The 编办 has to decide: its own officers have no part in it. */
  isOfficeTask?: boolean;
  /** It speaks of a person: leaders alone are written to, and nobody whose name stands in this text. */
  leadersExcept?: string;
  /** It speaks of a unit: the office's own staff alone, not its township's leaders, and nobody named in this text. */
  staffExcept?: string;
};

/**
 * Whom a step of the ladder reaches in an organization; nobody when there is nobody. `county-leader` and `caller` are not
 * people of the organization: the digest and the callers' conversations carry them.
 */
export function recipientsOf(
  organization: string,
  directory: Directory,
  level: Level,
  hints: RecipientHints = {},
): Person[] {
  const { people } = directory;
  const text = hints.leadersExcept ?? hints.staffExcept;
  const isMeant = (p: Person) => text !== undefined && text.includes(p.name);
  if (level === 'deadline-office') return people.filter((p) => has(p, 'deadline-office') && !isMeant(p));
  if (level === 'county-leader' || level === 'caller') return [];
  const staff = present(staffOf(organization, directory, hints), directory);
  if (hints.staffExcept !== undefined)
    return staff.filter((p) => !isMeant(p) && (level !== 'head' || has(p, ...LEADER_ROLES)));
  if (text !== undefined)
    return [...staff.filter((p) => has(p, ...LEADER_ROLES)), ...leadersOf(organization, directory)].filter(
      (p, i, all) => !isMeant(p) && all.indexOf(p) === i,
    );
  if (level === 'head') {
    const heads = staff.filter((p) => has(p, 'department-head', 'township-leader'));
    // A team has no head of its own in the directory: its township's leader answers for it.
    return heads.length > 0 ? heads : leadersOf(organization, directory);
  }
  const workers = staff.filter((p) => !has(p, 'department-head', 'township-leader'));
  const { signedBy } = hints;
  const signer = present(
    people.filter((p) => signedBy !== undefined && p.accounts.includes(signedBy)),
    directory,
  ).filter((p) => workers.includes(p));
  if (level === 'deputy') {
    const holders = signer.length > 0 ? signer : workers.slice(0, 1);
    const named = new Set(holders.map((p) => p.deputy));
    // Who is named as the deputy stands in first; the sort keeps the order of the others.
    return workers
      .filter((p) => !holders.includes(p))
      .sort((a, b) => Number(named.has(b.name)) - Number(named.has(a.name)));
  }
  if (signer.length > 0) return signer;
  return workers.length > 0 ? workers : staff;
}

/** Whoever is on leave is stood in for by their deputy; where nobody else is there they are written to all the same. */
function present(staff: Person[], { people }: Directory): Person[] {
  const here = staff.flatMap((person) =>
    person.isAway
      ? people.filter(
          (p) => p.organization === person.organization && p.name === person.deputy && p.isAway !== true,
        )
      : [person],
  );
  return here.length > 0 ? [...new Set(here)] : staff;
}

/** Those who work on an assignment, in the order in which they are asked. */
function staffOf(
  organization: string,
  directory: Directory,
  { row, isOfficeTask }: RecipientHints,
): Person[] {
  const { people } = directory;
  const team = officesOf(directory).find(({ name }) => name === organization);
  if (team)
    return people.filter((p) => p.organization === team.township && p.office === team.office && isStaff(p));
  const leads = unitOfLeaders(organization);
  if (leads !== organization)
    return people.filter((p) => p.organization === leads && has(p, ...LEADER_ROLES));
  const own = people.filter((p) => p.organization === organization);
  if (isOfficeTask) return own.filter((p) => has(p, 'list-office'));
  const carriers = row ? directory.carriers(row, organization).flatMap(({ people: holders }) => holders) : [];
  const cadres = own.filter((p) => has(p, 'township-cadre'));
  const leaders = own.filter((p) => has(p, 'township-leader'));
  const departments = own.filter((p) => has(p, ...DEPARTMENT_ROLES));
  return [...new Set([...carriers.filter(isStaff), ...cadres, ...leaders, ...departments])];
}

const isStaff = (person: Person): boolean =>
  has(person, 'township-cadre', 'township-leader', ...DEPARTMENT_ROLES);

function leadersOf(organization: string, directory: Directory): Person[] {
  const team = officesOf(directory).find(({ name }) => name === organization);
  if (!team) return [];
  return directory.people.filter((p) => p.organization === team.township && has(p, 'township-leader'));
}

export const LEVELS = ['person', 'deputy', 'head', 'deadline-office', 'county-leader', 'caller'] as const;
/** Whom a step of the ladder tells. */
export type Level = (typeof LEVELS)[number];

/** Somebody who can be reminded. */
export type Callee = Pick<Person, 'name' | 'organization' | 'accounts'>;

/**
 * Whoever somebody of a unit can have reminded by name: the people of the directory, and the contacts of the villages of that unit,
 * who are in no post.
 */
export const calledByName = (
  { people, villages }: Pick<Directory, 'people' | 'villages'>,
  organization: string | undefined,
): Callee[] => [
  ...people,
  ...villages.flatMap(({ township, contact, accounts }) =>
    township === organization && contact.length > 1
      ? [{ name: contact, organization: township, accounts }]
      : [],
  ),
];

/** Whose name stands first in the words: the longest name, and of several people of one name the colleague. */
export function calledFirst(
  words: string,
  directory: Pick<Directory, 'people' | 'villages'>,
  organization: string | undefined,
): Callee | undefined {
  const isColleague = (it: Callee) => Number(it.organization === organization);
  return calledByName(directory, organization)
    .filter(({ name }) => words.startsWith(name))
    .sort((x, y) => y.name.length - x.name.length || isColleague(y) - isColleague(x))[0];
}

/** Whether somebody of that name may sit at a terminal. */
export const isCalled = (
  { people, villages }: Pick<Directory, 'people' | 'villages'>,
  name: string,
): boolean => people.some((it) => it.name === name) || villages.some(({ contact }) => contact === name);
