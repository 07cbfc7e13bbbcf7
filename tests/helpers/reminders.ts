/** Reminders, occurrences and the world with sensible values where a test does not care. */
import { fromLocal } from '../../src/calendar/local.js';
import { loadCalendar } from '../../src/calendar/calendar.js';
import type { Person } from '../../src/core/domain.js';
import type { Occurrence, Recipient, Recurrence, Reminder } from '../../src/core/reminder.js';
import { createDirectory, type Directory } from '../../src/organizations/directory.js';
import type { ReminderWorld } from '../../src/reminders/deps.js';
import { loadRules } from '../../src/reminders/rules.js';
import { START } from './clock.js';
import type { Platform } from '../../src/core/chat.js';

/** `2026-03-02 09:00` in Shanghai, in ms. */
export function at(text: string): number {
  const [date = '', time = '00:00'] = text.split(' ');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return fromLocal(date, hour * 60 + minute);
}

export const OWNER = { account: 'console:张三', name: '张三', organization: '柳林镇' };
export const SELF: Recipient = { kind: 'person', ...OWNER };
export const OTHER: Recipient = {
  kind: 'person',
  account: 'console:李四',
  name: '李四',
  organization: '县住房和城乡建设局',
};
export const GROUP: Recipient = {
  kind: 'group',
  conversation: { platform: 'console', chatId: 'group', isDirect: false },
};

/** Daily at nine since the beginning of 2026. */
export const makeRule = (overrides: Partial<Recurrence> = {}): Recurrence => ({
  rrule: 'FREQ=DAILY',
  from: '2026-01-01',
  times: [540],
  ...overrides,
});

export function makeReminder(overrides: Partial<Reminder> = {}): Reminder {
  return {
    id: 'TX-2026-000001',
    version: 0,
    source: 'own',
    text: '交低保报表',
    owner: OWNER,
    to: [SELF],
    when: { kind: 'once', at: START + 3_600_000 },
    said: '一小时后',
    late: 'send',
    isUrgent: false,
    channel: 'message',
    status: 'active',
    edits: 0,
    nextAt: null,
    ruleAt: null,
    createdAt: START,
    ...overrides,
  };
}

export function makeOccurrence(overrides: Partial<Occurrence> = {}): Occurrence {
  const { reminder = 'TX-2026-000001', dueAt = START + 3_600_000 } = overrides;
  return {
    id: `${reminder}@${dueAt}/0`,
    version: 0,
    reminder,
    text: '交低保报表',
    dueAt,
    to: SELF,
    status: 'planned',
    isUrgent: false,
    hops: [],
    changedAt: START,
    ...overrides,
  };
}

export const calendar = loadCalendar('knowledge/calendar');
export const rules = loadRules('knowledge/reminders');

export const makePerson = (name: string, organization: string, parts: Partial<Person> = {}): Person => ({
  name,
  organization,
  posts: [],
  roles: ['township-cadre'],
  accounts: [`console:${name}`],
  ...parts,
});

/** A township with a group, one without, and a department. */
export const directory: Directory = createDirectory({
  county: '青山县',
  organizations: [
    { name: '柳林镇', kind: 'township', aliases: ['柳林'] },
    { name: '石桥镇', kind: 'township', aliases: ['石桥'] },
    { name: '县住房和城乡建设局', kind: 'department', aliases: ['住建局'] },
  ],
  people: [
    makePerson('袁乙', '柳林镇', { roles: ['township-leader'] }),
    makePerson('张三', '柳林镇'),
    makePerson('沈乙', '柳林镇'),
    makePerson('傅乙', '柳林镇'),
    makePerson('彭乙', '柳林镇'),
    makePerson('罗丙', '石桥镇', { accounts: ['console:罗丙', 'telegram:7'] }),
    makePerson('梁丙', '石桥镇', { accounts: [] }),
    makePerson('李四', '县住房和城乡建设局', { roles: ['department-officer'] }),
    makePerson('郑九', '县住房和城乡建设局', { roles: ['department-head'] }),
  ],
  posts: [],
  groups: [
    { unit: '柳林镇', conversation: { platform: 'console', chatId: 'liulin', isDirect: false } },
    { unit: '柳林镇', conversation: { platform: 'feishu', chatId: 'oc_liulin', isDirect: false } },
  ],
});

export const makeReminderWorld = (platforms: Platform[] = ['console']): ReminderWorld => ({
  calendar,
  directory,
  rules,
  platforms: new Set(platforms),
});
