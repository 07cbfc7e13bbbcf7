/** Who may set reminders for whom: one table. Oneself and the group one writes in need no rank; others do. Pure. */
import type { Person, Role } from '../core/domain.js';
import type { Recipient } from '../core/reminder.js';

/** self: the own account · group: the chat that is written in · colleague and unit: of the own organization · other: any other unit. */
export type Reach = 'self' | 'group' | 'colleague' | 'unit' | 'other';

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
  colleague: LEADERS,
  unit: LEADERS,
  other: COUNTY,
};

type Privilege = 'subscribe' | 'import-measures' | 'see-all-measures' | 'reopen-measure';

/** What only some roles may do with the reminders of a unit or the whole county. */
export const MAY: Readonly<Record<Privilege, readonly Role[]>> = {
  /** For the own organization. */
  subscribe: ['township-leader', 'department-head'],
  'import-measures': ['deadline-office', 'list-office'],
  'see-all-measures': ['deadline-office', 'list-office', 'county-leader'],
  'reopen-measure': ['deadline-office'],
};

export function reachOf(to: Recipient, person: Person | null, account: string): Reach {
  switch (to.kind) {
    case 'group':
      return 'group';
    case 'person':
      if (to.account === account || person?.accounts.includes(to.account)) return 'self';
      return to.organization === person?.organization ? 'colleague' : 'other';
    case 'unit':
      return to.organization === person?.organization ? 'unit' : 'other';
  }
}

/** Why the person may not, with what can be done instead; null when they may. */
export function whyNotRemind(to: Recipient[], person: Person | null, account: string): string | null {
  for (const recipient of to) {
    const reach = reachOf(recipient, person, account);
    const roles = MAY_REMIND[reach];
    if (roles === null || person?.roles.some((role) => roles.includes(role))) continue;
    if (!person) return '您的账号尚未绑定人员,只能给自己设提醒。请把账号告知管理员登记后再试。';
    return reach === 'other'
      ? '给其他单位设提醒须由部门负责人、督办或编办办理。您可以在工作群里设提醒,例如“每月25日提醒大家报表”,提醒会发在群里。'
      : '给本单位其他人设提醒须由单位负责人办理。您可以给自己设提醒,或者在工作群里设提醒。';
  }
  return null;
}
