/** Who may set reminders for whom: every cell, that it can and that it cannot. */
import { describe, expect, it } from 'vitest';
import type { Role } from '../../src/core/domain.js';
import type { Recipient } from '../../src/core/reminder.js';
import { reachOf, whyNotRemind, type Reach } from '../../src/reminders/permissions.js';
import { GROUP, makePerson } from '../helpers/reminders.js';

const ROLES: Role[] = [
  'township-cadre',
  'township-leader',
  'department-officer',
  'department-head',
  'list-office',
  'deadline-office',
  'administrator',
  'county-leader',
];

const RECIPIENTS: Record<Reach, Recipient> = {
  self: { kind: 'person', account: 'console:张三', name: '张三', organization: '柳林镇' },
  group: GROUP,
  colleague: { kind: 'person', account: 'console:沈乙', name: '沈乙', organization: '柳林镇' },
  unit: { kind: 'unit', organization: '柳林镇' },
  other: { kind: 'unit', organization: '石桥镇' },
};
const STRANGER: Recipient = { kind: 'person', account: 'console:罗丙', name: '罗丙', organization: '石桥镇' };

/** Of the roles above, in their order, then of an account that is bound to nobody. */
const TABLE: Record<Reach, string> = {
  self: 'yes yes yes yes yes yes yes yes yes',
  group: 'yes yes yes yes yes yes yes yes no',
  colleague: 'no yes no yes yes yes no yes no',
  unit: 'no yes no yes yes yes no yes no',
  other: 'no no no yes yes yes no yes no',
};

const cells = Object.entries(TABLE).flatMap(([reach, row]) =>
  row.split(' ').map((may, i) => [ROLES[i] ?? 'nobody', reach as Reach, may === 'yes'] as const),
);

describe('the table', () => {
  it.each(cells)('%s for %s: %s', (role, reach, may) => {
    const person = role === 'nobody' ? null : makePerson('张三', '柳林镇', { roles: [role] });
    const why = whyNotRemind([RECIPIENTS[reach]], person, 'console:张三');
    if (may) expect(why).toBeNull();
    else expect(why).toMatch(person ? /须由.*(?:负责人|督办)/ : /尚未绑定人员.*管理员/);
  });

  it('has every cell', () => expect(cells).toHaveLength(5 * 9));

  it('gives who has several roles what any of them allows', () => {
    const person = makePerson('张三', '柳林镇', { roles: ['township-cadre', 'deadline-office'] });
    expect(whyNotRemind([RECIPIENTS.other], person, 'console:张三')).toBeNull();
  });

  it('refuses several when one of them is refused', () => {
    const leader = makePerson('张三', '柳林镇', { roles: ['township-leader'] });
    expect(whyNotRemind([RECIPIENTS.self, RECIPIENTS.unit], leader, 'console:张三')).toBeNull();
    expect(whyNotRemind([RECIPIENTS.self, STRANGER], leader, 'console:张三')).toContain('其他单位');
  });

  it('says what can be done instead', () => {
    const cadre = makePerson('张三', '柳林镇');
    expect(whyNotRemind([RECIPIENTS.unit], cadre, 'console:张三')).toContain('您可以给自己设提醒');
    expect(whyNotRemind([RECIPIENTS.other], cadre, 'console:张三')).toContain('每月25日提醒大家报表');
  });
});

describe('how far a recipient is', () => {
  const person = makePerson('张三', '柳林镇', { accounts: ['console:张三', 'telegram:5'] });
  it.each<[Reach, Recipient]>([
    ['self', RECIPIENTS.self],
    ['self', { kind: 'person', account: 'telegram:5', name: '张三', organization: '柳林镇' }],
    ['group', GROUP],
    ['colleague', RECIPIENTS.colleague],
    ['unit', RECIPIENTS.unit],
    ['other', RECIPIENTS.other],
    ['other', STRANGER],
  ])('%s', (reach, to) => expect(reachOf(to, person, 'console:张三')).toBe(reach));

  it('is oneself by the account alone where nobody is bound, and all else is other', () => {
    expect(reachOf(RECIPIENTS.self, null, 'console:张三')).toBe('self');
    expect(reachOf(RECIPIENTS.colleague, null, 'console:张三')).toBe('other');
    expect(reachOf(RECIPIENTS.unit, null, 'console:张三')).toBe('other');
  });
});
