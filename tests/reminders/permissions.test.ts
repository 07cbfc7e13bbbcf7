/** Who may set reminders for whom: every cell, that it can and that it cannot. */
import { describe, expect, it } from 'vitest';
import type { Person, Role } from '../../src/core/domain.js';
import type { Recipient } from '../../src/core/reminder.js';
import {
  isByOffice,
  reachOf,
  whyNotRemind,
  type Reach,
  type Speaker,
} from '../../src/reminders/permissions.js';
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
  village: { kind: 'person', account: 'console:村联甲', name: '大洼村 村联甲', organization: '柳林镇' },
  colleague: { kind: 'person', account: 'console:沈乙', name: '沈乙', organization: '柳林镇' },
  unit: { kind: 'unit', organization: '柳林镇' },
  other: { kind: 'unit', organization: '石桥镇' },
};
const villages = [{ name: '大洼村', township: '柳林镇', contact: '村联甲', accounts: ['console:村联甲'] }];
const speaker = (person: Person | null, account = 'console:张三'): Speaker => ({
  ...{ person, account, directory: { villages } },
});
const STRANGER: Recipient = { kind: 'person', account: 'console:罗丙', name: '罗丙', organization: '石桥镇' };

/** Of the roles above, in their order, then of an account that is bound to nobody. */
const TABLE: Record<Reach, string> = {
  self: 'yes yes yes yes yes yes yes yes yes',
  group: 'yes yes yes yes yes yes yes yes no',
  village: 'yes yes no yes yes yes no yes no',
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
    const why = whyNotRemind([RECIPIENTS[reach]], speaker(person));
    if (may) expect(why).toBeNull();
    else expect(why).toMatch(person ? /须由.*(?:负责人|督办)/ : /尚未绑定人员.*管理员/);
  });

  it('has every cell', () => expect(cells).toHaveLength(6 * 9));

  it('gives who has several roles what any of them allows', () => {
    const person = makePerson('张三', '柳林镇', { roles: ['township-cadre', 'deadline-office'] });
    expect(whyNotRemind([RECIPIENTS.other], speaker(person))).toBeNull();
  });

  it('refuses several when one of them is refused', () => {
    const leader = makePerson('张三', '柳林镇', { roles: ['township-leader'] });
    expect(whyNotRemind([RECIPIENTS.self, RECIPIENTS.unit], speaker(leader))).toBeNull();
    expect(whyNotRemind([RECIPIENTS.self, STRANGER], speaker(leader))).toContain('其他单位');
  });

  it('says what can be done instead', () => {
    const cadre = makePerson('张三', '柳林镇');
    expect(whyNotRemind([RECIPIENTS.unit], speaker(cadre))).toContain('您可以给自己设提醒');
    expect(whyNotRemind([RECIPIENTS.other], speaker(cadre))).toContain('每月25日提醒大家报表');
  });
});

describe('the offices that call meetings', () => {
  const county = makePerson('林辛', '县政府办公室', { roles: ['department-officer'] });
  const township = makePerson('邓乙', '柳林镇', { office: '党政办公室' });
  const all = [RECIPIENTS.other, STRANGER];

  it('the county office calls every unit', () =>
    expect(whyNotRemind(all, speaker(county, 'console:林辛'))).toBeNull());

  it('that of a township its own people, and nobody else', () => {
    const by = speaker(township, 'console:邓乙');
    expect(whyNotRemind([RECIPIENTS.colleague, RECIPIENTS.unit, RECIPIENTS.village], by)).toBeNull();
    expect(whyNotRemind([STRANGER], by)).toContain('其他单位');
  });

  it('several are read back where the office alone gives the right', () => {
    expect(isByOffice(all, speaker(county))).toBe(true);
    expect(isByOffice([STRANGER], speaker(county))).toBe(false);
    expect(isByOffice(all, speaker(makePerson('赵六', '县政府办公室', { roles: ['deadline-office'] })))).toBe(
      false,
    );
  });
});

describe('how far a recipient is', () => {
  const person = makePerson('张三', '柳林镇', { accounts: ['console:张三', 'telegram:5'] });
  it.each<[Reach, Recipient]>([
    ['self', RECIPIENTS.self],
    ['self', { kind: 'person', account: 'telegram:5', name: '张三', organization: '柳林镇' }],
    ['group', GROUP],
    ['village', RECIPIENTS.village],
    ['colleague', RECIPIENTS.colleague],
    ['unit', RECIPIENTS.unit],
    ['other', RECIPIENTS.other],
    ['other', STRANGER],
  ])('%s', (reach, to) => expect(reachOf(to, speaker(person))).toBe(reach));

  it('is oneself by the account alone where nobody is bound, and all else is other', () => {
    expect(reachOf(RECIPIENTS.self, speaker(null))).toBe('self');
    expect(reachOf(RECIPIENTS.colleague, speaker(null))).toBe('other');
    expect(reachOf(RECIPIENTS.unit, speaker(null))).toBe('other');
  });
});

it('the contact of a village reminds nobody but themselves', () => {
  const contact = speaker(null, 'console:村联甲');
  expect(whyNotRemind([RECIPIENTS.village], contact)).toBeNull();
  for (const reach of ['group', 'colleague', 'unit', 'other'] as const)
    expect(whyNotRemind([RECIPIENTS[reach]], contact)).toMatch(/村的联系人只能给自己设提醒/);
});
