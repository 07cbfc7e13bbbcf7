/** The county's directory: who exists, what people call them, who carries which row. */
import {
  rowKey,
  type Alias,
  type Organization,
  type Person,
  type Post,
  type Row,
  type Shift,
  type Staffing,
  type Village,
} from '../core/domain.js';
import { coreName, createMentionFinder, slipSimilarity, type Mention } from './names.js';
import type { Conversation, User } from '../core/chat.js';

export type Directory = {
  county: string;
  organizations: Organization[];
  /** Those whose time has come and is not over. */
  people: Person[];
  /** All who stand in the files, whatever their dates: their names are kept out of what is kept or sent elsewhere. */
  everybody: readonly Pick<Person, 'name'>[];
  posts: readonly Post[];
  /** The staffing table (编制), year by year; not everybody may see it. */
  staffing: readonly Staffing[];
  villages: readonly Village[];
  /** The unit that a name or alias means, or null. */
  resolve(name: string): string | null;
  /** Units named in a text, longest alias first, in order of appearance. */
  mentions(text: string): Mention[];
  /** Up to three known unit names that look like this one. */
  nearest(name: string): string[];
  /** What people call the unit; for a unit of another county, what they call its counterpart here. */
  aliasesOf(unit: string): string[];
  /** The person bound to a platform account, or null. */
  personOf(user: User): Person | null;
  /** Group chats in which a unit is reached. */
  groupsOf(unit: string): Conversation[];
  /** The duty roster, as it was imported. */
  roster: readonly Shift[];
  /** Shifts of a unit that run at an instant, ms, as the roster has them. */
  onDuty(unit: string, at: number): Shift[];
  /** The first instant after this one, ms, at which a shift begins or ends; null where the roster has none. */
  nextShiftAt(after: number): number | null;
  /** The unit for which a person acts: a stationed team (派驻队伍) where the person belongs to one. */
  unitOf(person: Person): string;
  /** The first person of that name. */
  personNamed(name: string): Person | null;
  /** The township of that name, or null. */
  townshipNamed(name: string): Organization | null;
  /** The township a person works for, with its class; null for county staff and strangers. */
  townshipOf(person: Person | null): Organization | null;
  /** Who carries a row in a township: office, post and holders. */
  carriers(row: Pick<Row, 'listId' | 'number'>, township: string): { post: Post; people: Person[] }[];
  /** The same directory in which units have these names as well; one that means something already keeps its meaning. */
  withAliases(aliases: readonly Alias[]): Directory;
};

export type DirectoryParts = {
  county: string;
  organizations: Organization[];
  people: Person[];
  /** The same as `people` when absent. */
  everybody?: readonly Pick<Person, 'name'>[];
  posts: Post[];
  groups?: { unit: string; conversation: Conversation }[];
  roster?: readonly Shift[];
  staffing?: readonly Staffing[];
  villages?: readonly Village[];
};

/** A directory from parts; `loadDirectory` and a list that brings its own units both end here. */
export function createDirectory(parts: DirectoryParts): Directory {
  const { county, organizations, people, everybody = people, posts, groups = [] } = parts;
  const { roster = [], villages = [], staffing = [] } = parts;
  const teams = new Set(organizations.filter((o) => o.kind === 'team').map(teamName));
  const units = organizations.filter((o) => !o.parent);
  const names = new Map<string, string>();
  for (const unit of units) for (const name of [unit.name, ...unit.aliases]) names.set(name, unit.name);
  const byParts = uniqueParts(units, county);
  const resolveWhole = (name: string): string | null =>
    names.get(name) ?? byParts.get(partsOf(name, county)) ?? null;
  const byAccount = new Map(people.flatMap((p) => p.accounts.map((account) => [account, p] as const)));
  const byUnit = new Map(units.map((o) => [o.name, o]));
  const townshipNamed = (name: string): Organization | null => {
    const unit = byUnit.get(name);
    return unit?.kind === 'township' ? unit : null;
  };
  const shiftsAt = [...new Set(roster.flatMap(({ from, until }) => [from, until]))].sort((a, b) => a - b);
  const byCore = new Map(units.map((o) => [coreName(o.name), o]));
  return {
    county,
    organizations,
    people,
    everybody,
    posts,
    roster,
    staffing,
    villages,
    resolve: (name) => resolveWhole(name) ?? resolveWhole(withoutSection(name)),
    mentions: createMentionFinder(names),
    nearest: (name) =>
      units
        .map((o) => ({
          name: o.name,
          score: Math.max(...[o.name, ...o.aliases].map((n) => slipSimilarity(n, name))),
        }))
        .filter((o) => o.score > 0.35)
        .sort((a, b) => b.score - a.score)
        .slice(0, 3)
        .map((o) => o.name),
    aliasesOf: (unit) => (byUnit.get(unit) ?? byCore.get(coreName(unit)))?.aliases ?? [],
    personOf: ({ platform, id }) => byAccount.get(`${platform}:${id}`) ?? null,
    groupsOf: (unit) => groups.filter((group) => group.unit === unit).map((group) => group.conversation),
    onDuty: (unit, at) =>
      roster.filter((shift) => shift.unit === unit && shift.from <= at && at < shift.until),
    nextShiftAt: (after) => shiftsAt.find((at) => at > after) ?? null,
    unitOf: ({ organization, office }) => {
      const team = `${organization}${office ?? ''}`;
      return teams.has(team) ? team : organization;
    },
    personNamed: (name) => people.find((p) => p.name === name) ?? null,
    townshipNamed,
    townshipOf: (person) => (person ? townshipNamed(person.organization) : null),
    carriers: (row, township) => {
      const key = rowKey(row);
      return posts
        .filter((post) => post.organization === township && post.carries.has(key))
        .map((post) => ({
          post,
          people: people.filter((p) => p.organization === township && p.posts.includes(post.name)),
        }));
    },
    withAliases(aliases) {
      const added = aliases.filter(({ alias }) => !names.has(alias));
      if (added.length === 0) return createDirectory(parts);
      const more = (unit: string) => added.flatMap((it) => (it.unit === unit ? [it.alias] : []));
      return createDirectory({
        ...parts,
        organizations: organizations.map((o) =>
          o.parent ? o : { ...o, aliases: [...o.aliases, ...more(o.name)] },
        ),
      });
    },
  };
}

/** 青山县发展改革局 and 县发展和改革局 have the same parts: without the words that join them, without the county's name. */
const partsOf = (name: string, county: string): string =>
  (name.startsWith(county) && name.length > county.length + 2
    ? `县${name.slice(county.length)}`
    : name
  ).replace(/[和与及、]/g, '');

/** 县交通局(公路股): what stands in brackets behind a unit is a part of it. */
const withoutSection = (name: string): string =>
  name.replace(/[(\uff08][^()\uff08\uff09]{1,20}[)\uff09]$/, '');

/** 县城管局, 青山县城管局 by the alias 城管局; a township bears no county before its name. */
const NAMES_OFFICE = /(?:局|办|委|部|会|院|馆|台|站|队|中心|公司)$/;
const namesWithCounty = ({ name, aliases, kind }: Organization, county: string): string[] =>
  kind === 'township'
    ? []
    : [name, ...aliases]
        .filter((alias) => NAMES_OFFICE.test(alias) && !/^(?:[县市区旗]|中共)/.test(alias))
        .flatMap((alias) => [`县${alias}`, `${county.slice(-1)}${alias}`]);

/** By their parts, and by their aliases behind the county; what two units share names neither. */
function uniqueParts(units: Organization[], county: string): Map<string, string> {
  const found = new Map<string, string | null>();
  for (const unit of units) {
    const parts = [unit.name, ...namesWithCounty(unit, county)].map((name) => partsOf(name, county));
    for (const part of new Set(parts))
      if (part.length >= 4) found.set(part, found.has(part) ? null : unit.name);
  }
  return new Map([...found].flatMap(([parts, name]) => (name === null ? [] : [[parts, name] as const])));
}

/** A stationed team is called by its township and its name: 柳林镇综合行政执法中队. */
export const teamName = ({ parent = '', name }: Pick<Organization, 'parent' | 'name'>): string =>
  parent + name;
