/** Several people by one word: an office, the whole township, all its villages, a post, a role. Pure. */
import type { Person } from '../core/domain.js';
import { personRecipient, type PersonRecipient } from '../core/reminder.js';
import type { Directory } from '../organizations/directory.js';

export type Audience = {
  /** As it was said: 经济发展办公室. */
  called: string;
  to: PersonRecipient[];
  /** Those of it who have no account. */
  unbound: string[];
  /** What stands behind it. */
  rest: string;
};

const EVERY_TOWNSHIP = /^(?:全县)?各(?:个)?(?:乡镇街道|乡镇|镇街|镇|乡|街道)(?:的)?/;
const EVERY_DEPARTMENT = /^(?:全县|县直)?各(?:个)?(?:县直)?(?:部门|单位|局)(?:的)?/;
const OWN = /^(?:我们?|咱们?|俺们?|本|全)?(?:镇|乡|街道|局|单位)(?:里|上)?(?:的)?(?=[\u4e00-\u9fff])/;
/** 局里李四, 咱镇上的张三: where whoever is called belongs. */
export const OF_OWN_UNIT =
  /^(?:(?:我们|咱们?|俺们?|本)(?:镇|乡|街道|局|单位)(?:里|上)?|(?:镇|乡|街道|局|单位)(?:里|上))的?(?=[\u4e00-\u9fff]{2})/;
const VILLAGES =
  /^(?:全镇|全乡|镇里|辖区)?(?:各|所有|每个)(?:个)?(?:行政)?村(?:居|社区|、社区|和社区|\(社区\))?(?:的)?(?:支部书记|支书|书记|主任|负责人|联络员|联系人|两委|干部)?/;
const EVERYBODY =
  /^(?:(?:全|本)(?:镇|乡|街道|局|单位|机关)|全体|(?:我们?|咱们?|俺们?)?(?:[镇乡局]|街道)[里上]|(?:我们?|咱们?|俺们?)?单位里?|(?:我们?|咱们?|俺们?)(?:镇|乡|街道|局|办)(?=的?(?:全体|所有|干部|同志|职工|人))|机关|所有)(?:的)?(?:全体|所有)?(?:机关)?(?:的)?(?:干部职工|干部|人员|同志|职工|工作人员|班子成员|人(?![事口大才民力社防员])(?=[\s:\uff1a,\uff0c、\u4e00-\u9fff]|$))(?:们)?/;
/** 提醒局里开碰头会: behind a word that calls; 三点局里开会 by itself says where. */
const OWN_UNIT_MEETS =
  /^(?:全(?:局|镇|乡|街道|单位|机关)|(?:我们?|咱们?|俺们?)?(?:[镇乡局]|街道|单位)里)(?=(?:都|准时|按时|一起|集中|务必|记得)?(?:开[^,\uff0c。\s]{0,6}会|开会|参加|学习|集合|值班|大扫除))/;
/** 各办公室, 镇里各站所: whoever works in one of them; their heads are nobody whom the directory knows. */
const EVERY_OFFICE =
  /^(?:各|所有(?:的)?|每个)个?(?:内设)?(?<kind>机构|办公室|站办所|科室|股室|站所|中心|办|科|股|所|站)(?!公|技|长)(?:的)?(?:全体|所有)?(?:工作人员|人员|同志|干部|人(?=[\s\u4e00-\u9fff]|$))?(?!的?(?:主任|负责人|负责同志|[所站科股]长|领导))/;
const KINDS: readonly [RegExp, RegExp][] = [
  [/^办(?:公室)?$/, /办(?:公室)?$/],
  [/^(?:站所|所|站)$/, /[所站队]$/],
  [/^中心$/, /中心$/],
];
const TAIL =
  /^(?:的)?(?:全体|所有|各位)?(?:工作人员|人员|同志|干部|职工|同事|(?<=的)人)?(?:们)?(?:(?:那|这)?[两俩几三四五六]个?(?:位|人|同志))?(?:都)?/;
/** 大王庄全体, 西岭街道所有人: of a unit that is named. */
const ALL_OF_IT =
  /^(?:那边)?(?:的)?(?:全体(?:干部职工|干部|人员|同志|职工)?|所有(?:干部职工|干部|人员|同志|职工|的?人)|(?:干部职工|干部|职工|的人)(?:们)?(?=都|[\s,\uff0c]|$))/;
const LEADERS = /^(?:党委书记|党工委书记|书记|主要负责人|主要领导|负责人|领导|局长|一把手)/;

/** Whom the beginning of the words calls; null where it names one person, one unit or nobody. */
export function audienceOf(text: string, person: Person, directory: Directory): Audience | null {
  const [own] = directory.mentions(text);
  const ours = own?.index === 0 && own.unit === person.organization ? own.alias : '';
  const all = VILLAGES.exec(text.slice(ours.length))?.[0];
  const villages = all && `${ours}${all}`;
  if (villages) return ofVillages(text, villages, person, directory);
  const { units, scope } = scopeOf(text, person, directory);
  const behind = text.slice(scope.length);
  const staff = directory.people.filter(({ organization }) => units.includes(organization));
  const found =
    (scope === '' ? everybodyIn(text, staff) : null) ??
    officeIn(behind, units, staff, directory) ??
    postIn(behind, staff) ??
    everyOfficeIn(behind, staff) ??
    (scope === '' ? null : (leadersIn(behind, staff) ?? allOfIt(behind, staff)));
  if (!found || found.people.length === 0) return null;
  const tail = TAIL.exec(behind.slice(found.length))?.[0] ?? '';
  const length = scope.length + found.length + tail.length;
  return audience(
    text,
    length,
    found.people.filter((it) => it !== person),
  );
}

/** 局里开碰头会: calls the unit behind a word that calls alone. */
export const saysWhere = (text: string): boolean => OWN_UNIT_MEETS.test(text);

/** Whether the beginning of the words calls somebody: one person by name, or several by one word. */
export const callsPeople = (text: string, person: Person, directory: Directory): boolean =>
  directory.people.some(({ name }) => text.startsWith(name)) ||
  (!OWN_UNIT_MEETS.test(text) && audienceOf(text, person, directory) !== null);

type Found = { people: Person[]; length: number };

/** The units that are spoken of, and the words that say so. */
function scopeOf(text: string, person: Person, directory: Directory): { units: string[]; scope: string } {
  const named = (kind: 'township' | 'department') =>
    directory.organizations.filter((it) => it.kind === kind && !it.parent).map(({ name }) => name);
  const townships = EVERY_TOWNSHIP.exec(text)?.[0];
  if (townships) return { units: named('township'), scope: townships };
  const departments = EVERY_DEPARTMENT.exec(text)?.[0];
  if (departments) return { units: named('department'), scope: departments };
  const [first] = directory.mentions(text);
  // 市监所 is the own office, though 市监 is a bureau.
  const isOwnOffice = officesIn(text, [person.organization], directory).some(
    ({ alias }) => alias.length > (first?.alias.length ?? 0),
  );
  if (first?.index === 0 && !isOwnOffice) return { units: [first.unit], scope: first.alias };
  const own = EVERYBODY.test(text) || OWN_UNIT_MEETS.test(text) ? '' : (OWN.exec(text)?.[0] ?? '');
  return { units: [person.organization], scope: own };
}

function allOfIt(behind: string, staff: Person[]): Found | null {
  const called = ALL_OF_IT.exec(behind)?.[0];
  return called ? { people: staff, length: called.length } : null;
}

function everybodyIn(text: string, staff: Person[]): Found | null {
  const called = (EVERYBODY.exec(text) ?? OWN_UNIT_MEETS.exec(text))?.[0];
  return called ? { people: staff, length: called.length } : null;
}

/** The offices of these units with which the words begin, by the longest name first. */
const officesIn = (text: string, units: string[], { organizations }: Directory) =>
  organizations
    .filter(({ parent }) => parent !== undefined && units.includes(parent))
    .flatMap(({ name, aliases, parent }) => [name, ...aliases].map((alias) => ({ alias, name, parent })))
    .filter(({ alias }) => alias.length > 1 && text.startsWith(alias))
    .sort((a, b) => b.alias.length - a.alias.length);

function officeIn(text: string, units: string[], staff: Person[], directory: Directory): Found | null {
  const names = officesIn(text, units, directory);
  const [best] = names;
  if (!best) return null;
  const offices = new Set(
    names.filter(({ alias }) => alias === best.alias).map(({ name, parent }) => `${parent} ${name}`),
  );
  const people = staff.filter(({ organization, office = '' }) => offices.has(`${organization} ${office}`));
  return { people, length: best.alias.length };
}

function everyOfficeIn(text: string, staff: Person[]): Found | null {
  const found = EVERY_OFFICE.exec(text);
  const kind = found?.groups?.['kind'] ?? '';
  const isOfKind = KINDS.find(([said]) => said.test(kind))?.[1] ?? /./;
  const people = staff.filter(({ office = '' }) => isOfKind.test(office));
  return found && people.length > 0 ? { people, length: found[0].length } : null;
}

function postIn(text: string, staff: Person[]): Found | null {
  const [post] = [...new Set(staff.flatMap(({ posts }) => posts))]
    .filter((name) => name.length > 2 && text.startsWith(name))
    .sort((a, b) => b.length - a.length);
  return post === undefined
    ? null
    : { people: staff.filter(({ posts }) => posts.includes(post)), length: post.length };
}

function leadersIn(text: string, staff: Person[]): Found | null {
  const called = LEADERS.exec(text)?.[0];
  const isLeader = ({ roles }: Person) =>
    roles.includes('township-leader') || roles.includes('department-head');
  return called ? { people: staff.filter(isLeader), length: called.length } : null;
}

function ofVillages(text: string, called: string, person: Person, directory: Directory): Audience | null {
  const villages = directory.villages.filter(({ township }) => township === person.organization);
  if (villages.length === 0) return null;
  return {
    called,
    to: villages.flatMap(
      ({ name, township, contact, accounts }) =>
        personRecipient({ name: `${name} ${contact}`, organization: township, accounts }) ?? [],
    ),
    unbound: villages.filter(({ accounts }) => accounts.length === 0).map(({ name }) => name),
    rest: text.slice(called.length).trim(),
  };
}

function audience(text: string, length: number, people: Person[]): Audience {
  return {
    called: text.slice(0, length),
    to: people.flatMap((person) => personRecipient(person) ?? []),
    unbound: people.filter(({ accounts }) => accounts.length === 0).map(({ name }) => name),
    rest: text.slice(length).trim(),
  };
}
