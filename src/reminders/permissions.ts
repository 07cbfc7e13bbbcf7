/** Who may set reminders for whom: one table. Oneself and the group one writes in need no rank; others do. Pure. */
import type { Person, Role } from '../core/domain.js';
import type { Recipient } from '../core/reminder.js';
import type { Directory } from '../organizations/directory.js';
import { callsMeetingsOf } from '../organizations/general-office.js';

/**
 * self: the own account · group: the chat that is written in · village: a village's contact in the own township · colleague and
 * unit: of the own organization · other: any other unit.
 */
export type Reach = 'self' | 'group' | 'village' | 'colleague' | 'unit' | 'other';

/** Who speaks, from which account, in which county. */
export type Speaker = { person: Person | null; account: string; directory: Pick<Directory, 'villages'> };

const LEADERS: readonly Role[] = [
  'township-leader',
  'department-head',
  'deadline-office',
  'list-office',
  'county-leader',
];
const COUNTY: readonly Role[] = ['department-head', 'deadline-office', 'list-office', 'county-leader'];
const WORKING: readonly Role[] = [...LEADERS, 'township-cadre', 'department-officer', 'administrator'];

/** Null: everybody, an account that is bound to nobody included. */
export const MAY_REMIND: Readonly<Record<Reach, readonly Role[] | null>> = {
  self: null,
  group: WORKING,
  /** The villages answer to the township's offices day by day. */
  village: [...LEADERS, 'township-cadre'],
  colleague: LEADERS,
  unit: LEADERS,
  other: COUNTY,
};

type Privilege = 'subscribe' | 'register-measure' | 'import-measures' | 'see-all-measures' | 'reopen-measure';

/** What only some roles may do with the reminders of a unit or the whole county. */
export const MAY: Readonly<Record<Privilege, readonly Role[]>> = {
  /** For the own organization. */
  subscribe: ['township-leader', 'department-head'],
  /** For the people of the own organization; who imports measures registers them for everybody. */
  'register-measure': ['township-leader', 'department-head'],
  'import-measures': ['deadline-office', 'list-office'],
  'see-all-measures': ['deadline-office', 'list-office', 'county-leader'],
  'reopen-measure': ['deadline-office'],
};

export function reachOf(to: Recipient, { person, account, directory }: Speaker): Reach {
  switch (to.kind) {
    case 'group':
      return 'group';
    case 'person':
      if (to.account === account || person?.accounts.includes(to.account)) return 'self';
      if (to.organization !== person?.organization) return 'other';
      return directory.villages.some(({ accounts }) => accounts.includes(to.account))
        ? 'village'
        : 'colleague';
    case 'unit':
      return to.organization === person?.organization ? 'unit' : 'other';
  }
}

const mayByRank = (reach: Reach, person: Person | null): boolean => {
  const roles = MAY_REMIND[reach];
  return roles === null || (person?.roles.some((role) => roles.includes(role)) ?? false);
};

/** The general office calls meetings and watches deadlines, whoever sits there: the county's for all units, a township's within. */
function mayByOffice(reach: Reach, person: Person | null): boolean {
  const called = person && callsMeetingsOf(person);
  return called === 'county' || (called === 'township' && (reach === 'colleague' || reach === 'unit'));
}

/** Why the person may not, with what can be done instead; null when they may. */
export function whyNotRemind(to: readonly Recipient[], speaker: Speaker): string | null {
  const { person } = speaker;
  const barred = to.filter((it) => {
    const reach = reachOf(it, speaker);
    return !mayByRank(reach, person) && !mayByOffice(reach, person);
  });
  const [first] = barred;
  if (first === undefined) return null;
  const refused = reachOf(first, speaker);
  if (!person)
    return speaker.directory.villages.some(({ accounts }) => accounts.includes(speaker.account))
      ? OF_VILLAGE
      : '您的账号尚未绑定人员,只能给自己设提醒。请把账号告知管理员登记后再试。';
  return `${notFor(barred)}${refused === 'other' ? OTHER_UNIT : OWN_UNIT}`;
}

/** The contact of a village. */
export const OF_VILLAGE = '村的联系人只能给自己设提醒。要提醒别人的,请联系镇里的同志。';
const NAMED_MOST = 3;
/** Who is not reminded; many were called by one word. */
const notFor = (barred: Recipient[]): string => {
  const names = barred.flatMap((it) => (it.kind === 'person' ? [it.name] : []));
  return names.length > 0 && names.length <= NAMED_MOST ? `没有提醒${names.join('、')}:` : '';
};
const OTHER_UNIT =
  '您不能直接给其他单位设提醒、发通知,须由部门负责人、督办、编办或县委办、县政府办办理。要对方办事的,可以直接说“呼叫”加单位和事项;只在本单位说一声的,可以在工作群里设提醒,例如“每月25日提醒大家报表”。';
const OWN_UNIT =
  '您不能直接给本单位其他人设提醒、发通知,须由单位负责人或党政办办理。您可以给自己设提醒(说“提醒我…”),或者在工作群里设提醒,提醒会发在群里;各村联系人可以直接提醒。';

/** Who sets it may by their office alone, and it goes to several: it is read back before it is set. */
export const isByOffice = (to: readonly Recipient[], speaker: Speaker): boolean =>
  to.length > 1 && to.some((it) => !mayByRank(reachOf(it, speaker), speaker.person));

/** To who asks: 要是局长来说就能通知了? */
export const WHO_MAY =
  '给其他单位设提醒、发通知,由部门负责人、督办、编办或县委办、县政府办用自己的账号来说;给本单位其他人的,由单位负责人或党政办来说。转述他们的话不能代发。刚才没有发出任何通知。';
