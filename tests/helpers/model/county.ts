/** A small county in which things are missing: no deputy, no head, nobody bound, chats that refuse, gaps in the roster. */
import { createCalendar, withPlainWeeks, type Calendar } from '../../../src/calendar/calendar.js';
import { readYears, type YearFile } from '../../../src/calendar/years.js';
import { conversationKey, directChat, type Conversation } from '../../../src/core/chat.js';
import type { Organization, Person, Role, Shift } from '../../../src/core/domain.js';
import { createDirectory, type Directory } from '../../../src/organizations/directory.js';
import type { Dice } from '../../../scripts/shared/random.js';
import { oracleWith, PLAIN_2027, type Oracle } from '../oracle.js';
import { DAY, HOUR } from '../requests.js';

export const TOWNSHIPS = ['柳林镇', '白马镇', '龙泉镇'];
export const DEPARTMENTS = ['县水利局', '县应急管理局', '县交通运输局', '县公安局'];
export const TEAMS = ['派出所', '综合行政执法中队'];
export const LIST_OFFICE = '县委编办';
export const DEADLINE_OFFICE = '县政府办公室';

const organizations: Organization[] = [
  ...TOWNSHIPS.map((name): Organization => ({ name, kind: 'township', aliases: [] })),
  ...[...DEPARTMENTS, LIST_OFFICE, DEADLINE_OFFICE].map((name): Organization => ({
    name,
    kind: 'department',
    aliases: [],
  })),
  ...TEAMS.map((name): Organization => ({ name, kind: 'team', aliases: [], parent: '柳林镇' })),
];

const YEAR_2027: YearFile = {
  year: 2027,
  source: '通知',
  holidays: {
    元旦: { from: '2027-01-01', to: '2027-01-03' },
    春节: { from: '2027-02-05', to: '2027-02-11' },
  },
  workdays: ['2027-01-30', '2027-02-20'],
};
const KNOWN = readYears('knowledge/calendar');
const HOURS = [
  { from: 510, to: 720 },
  { from: 840, to: 1080 },
];
const CALENDARS = {
  without: { calendar: createCalendar(KNOWN, HOURS), oracle: PLAIN_2027 },
  with: { calendar: createCalendar([...KNOWN, YEAR_2027], HOURS), oracle: oracleWith(YEAR_2027) },
};

export type County = {
  people: Person[];
  groups: { unit: string; conversation: Conversation }[];
  roster: Shift[];
  /** Keys of chats that refuse every message. */
  refusing: Set<string>;
  hasYear2027: boolean;
  directory: Directory;
  born: number;
};

export const calendarOf = ({
  hasYear2027,
}: County): { calendar: Calendar; raw: Calendar; oracle: Oracle } => {
  const { calendar, oracle } = CALENDARS[hasYear2027 ? 'with' : 'without'];
  return { calendar: withPlainWeeks(calendar), raw: calendar, oracle };
};

export function createCounty(dice: Dice, startAt: number): County {
  const county: County = {
    people: [],
    groups: [],
    roster: [],
    refusing: new Set(),
    hasYear2027: dice.chance(0.3),
    directory: createDirectory({ county: '青山县', organizations, people: [], posts: [] }),
    born: 0,
  };
  const some = (unit: string, count: number, roles: Role[], office?: string) => {
    for (let i = 0; i < count; i++) county.people.push(bear(county, dice, unit, roles, office));
  };
  for (const unit of TOWNSHIPS) {
    some(unit, 1 + dice.int(2), ['township-cadre']);
    some(unit, dice.int(2), ['township-leader']);
  }
  for (const team of TEAMS) some('柳林镇', dice.int(3), ['township-cadre'], team);
  for (const unit of DEPARTMENTS) {
    some(unit, dice.int(4), ['department-officer']);
    some(unit, dice.int(2), ['department-head']);
  }
  some(LIST_OFFICE, dice.int(3), ['list-office']);
  some(DEADLINE_OFFICE, dice.int(3), ['deadline-office']);
  some(DEADLINE_OFFICE, dice.int(2), ['county-leader']);
  for (const unit of [...TOWNSHIPS, ...DEPARTMENTS])
    if (dice.chance(0.3))
      county.groups.push({
        unit,
        conversation: { platform: 'console', chatId: `${unit}群`, isDirect: false },
      });
  // Shifts of twelve hours with gaps between them.
  for (let at = startAt - DAY; at < startAt + 40 * DAY; at += 12 * HOUR)
    for (const unit of [...DEPARTMENTS, DEADLINE_OFFICE])
      if (dice.chance(0.3)) {
        const name = dice.pick(county.people.filter((p) => p.organization === unit).concat(NOBODY)).name;
        county.roster.push({ unit, name, from: at, until: at + 12 * HOUR });
      }
  for (const chat of chatsIn(county)) if (dice.chance(0.2)) county.refusing.add(chat);
  return renewed(county);
}

/** On the roster, and in no list of people. */
const NOBODY: Person = { name: '无此人', organization: '', posts: [], roles: [], accounts: [] };

function bear(county: County, dice: Dice, unit: string, roles: Role[], office?: string): Person {
  const name = `${unit.slice(-2)}${office ?? ''}${String.fromCharCode(0x4e59 + county.born++)}`;
  const mates = county.people.filter((p) => p.organization === unit);
  return {
    name,
    organization: unit,
    ...(office !== undefined && { office }),
    posts: [],
    roles,
    // One in ten is bound to nothing, some to a platform that does not run.
    accounts: dice.chance(0.1) ? [] : [`${dice.chance(0.05) ? 'telegram' : 'console'}:${name}`],
    ...(mates.length > 0 && dice.chance(0.4) && { deputy: dice.pick(mates).name }),
  };
}

const chatsIn = ({ people, groups }: County): string[] => [
  ...people.flatMap(({ accounts }) => accounts.flatMap((it) => keyOf(it) ?? [])),
  ...groups.map(({ conversation }) => conversationKey(conversation)),
];

export const keyOf = (account: string): string | null => {
  const chat = directChat(account);
  return chat && conversationKey(chat);
};

export function renewed(county: County): County {
  const { people, groups, roster } = county;
  county.directory = createDirectory({ county: '青山县', organizations, people, posts: [], groups, roster });
  return county;
}

/** Something goes wrong or is mended; the name of what it was, `people` where the directory changed. */
export function befall(county: County, dice: Dice, involved: readonly string[]): 'people' | 'chats' | 'year' {
  const near = county.people.filter((p) => involved.some((unit) => unit.startsWith(p.organization)));
  const somebody =
    dice.chance(0.8) && near.length > 0 ? dice.pick(near) : dice.pick(county.people.concat(NOBODY));
  const roll = dice.int(10);
  if (roll < 3) {
    county.people = county.people.filter((p) => p !== somebody);
  } else if (roll < 5) {
    const to = dice.pick([...DEPARTMENTS, '白马镇']);
    const roles: Role[] = [to === '白马镇' ? 'township-cadre' : 'department-officer'];
    county.people = county.people.map((p) =>
      p === somebody ? { name: p.name, organization: to, posts: [], roles, accounts: p.accounts } : p,
    );
  } else if (roll < 6) {
    const unit = dice.pick([...DEPARTMENTS, DEADLINE_OFFICE, ...TOWNSHIPS]);
    const role: Role =
      unit === DEADLINE_OFFICE
        ? 'deadline-office'
        : unit.endsWith('镇')
          ? 'township-cadre'
          : 'department-officer';
    county.people = [...county.people, bear(county, dice, unit, [role])];
  } else if (roll < 8) {
    const chats = chatsIn(county);
    if (chats.length === 0) return 'chats';
    const chat = dice.pick(somebody.accounts.flatMap((it) => keyOf(it) ?? []).concat(dice.pick(chats)));
    if (!county.refusing.delete(chat)) county.refusing.add(chat);
    return 'chats';
  } else if (roll < 9 && county.groups.length > 0) {
    const group = dice.pick(county.groups);
    county.groups = county.groups.filter((it) => it !== group);
  } else {
    county.hasYear2027 = true;
    return 'year';
  }
  renewed(county);
  return 'people';
}
