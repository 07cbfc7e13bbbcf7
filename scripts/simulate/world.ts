/** The invented county of the simulated year: its people, chats and what each has asked to be reminded of. */
import type { Dice } from '../shared/random.js';
import type { Person } from '../../src/core/domain.js';
import {
  reminderId,
  type Recipient,
  type Recurrence,
  type Reminder,
  type When,
} from '../../src/core/reminder.js';
import type { Effect } from '../../src/core/types.js';
import { createDirectory, type Directory } from '../../src/organizations/directory.js';
import type { Conversation } from '../../src/core/chat.js';
import type { Change } from '../../src/core/store.js';

const PER_UNIT = 12;

export type World = {
  directory: Directory;
  people: Person[];
  groups: Conversation[];
  blocked: ReadonlySet<string>;
};

/** Units of a dozen people: a leader, two who can be reached on both platforms, some who never pressed Start. */
export function createWorld(count: number, random: Dice): World {
  const people: Person[] = [];
  const blocked = new Set<string>();
  const organizations = Array.from({ length: Math.ceil(count / PER_UNIT) }, (_, i) => ({
    name: `第${i + 1}${i % 3 === 2 ? '局' : '镇'}`,
    kind: i % 3 === 2 ? ('department' as const) : ('township' as const),
    aliases: [],
  }));
  for (let i = 0; i < count; i++) {
    const unit = organizations[Math.floor(i / PER_UNIT)];
    const place = i % PER_UNIT;
    const isTownship = unit?.kind === 'township';
    const accounts = [isTownship ? `telegram:${1_000_000 + i}` : `feishu:ou_${i}`];
    if (place === 3) accounts.push(isTownship ? `feishu:ou_${i}` : `telegram:${1_000_000 + i}`);
    const leading = isTownship ? ('township-leader' as const) : ('department-head' as const);
    const working = isTownship ? ('township-cadre' as const) : ('department-officer' as const);
    people.push({
      name: `人${i}`,
      organization: unit?.name ?? '',
      posts: [],
      roles: [place === 0 ? leading : working],
      accounts,
    });
    if (random.chance(0.05)) blocked.add(accounts[0] ?? '');
  }
  const groups = organizations.flatMap((unit, i): { unit: string; conversation: Conversation }[] =>
    i % 4 === 3
      ? []
      : [
          {
            unit: unit.name,
            conversation:
              unit.kind === 'township'
                ? { platform: 'telegram', chatId: `-100${i}`, isDirect: false }
                : { platform: 'feishu', chatId: `oc_${i}`, isDirect: false },
          },
        ],
  );
  const directory = createDirectory({ county: '模拟县', organizations, people, posts: [], groups });
  return { directory, people, groups: groups.map(({ conversation }) => conversation), blocked };
}

/** A rule that the oracle understands by itself. `days`: ISO weekdays, or days of the month. */
export type Plan =
  | { kind: 'once'; date: string; minutes: number }
  | { kind: 'daily'; minutes: number[]; from: string }
  | { kind: 'workdays'; minutes: number[]; from: string }
  | { kind: 'weekly'; days: number[]; minutes: number[]; from: string }
  | {
      kind: 'monthly';
      day: number;
      minutes: number[];
      from: string;
      shift: 'none' | 'next' | 'previous' | 'skip';
    };

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** The same as the product stores it. */
export function whenOf(plan: Plan, instantOf: (date: string, minutes: number) => number): When {
  if (plan.kind === 'once') return { kind: 'once', at: instantOf(plan.date, plan.minutes) };
  return { kind: 'recurring', rule: ruleOf(plan) };
}

function ruleOf(plan: Exclude<Plan, { kind: 'once' }>): Recurrence {
  const base = { from: plan.from, times: plan.minutes };
  switch (plan.kind) {
    case 'daily':
      return { rrule: 'FREQ=DAILY', ...base };
    case 'workdays':
      return { rrule: 'FREQ=DAILY', ...base, special: { kind: 'workdays' } };
    case 'weekly':
      return { rrule: `FREQ=WEEKLY;BYDAY=${plan.days.map((day) => WEEKDAYS[day - 1]).join(',')}`, ...base };
    case 'monthly':
      return { rrule: `FREQ=MONTHLY;BYMONTHDAY=${plan.day}`, ...base, shift: plan.shift };
  }
}

/** Most are due at nine; some at night, so that they must be moved. */
const minutesOf = (random: Dice): number =>
  random.chance(0.4)
    ? 540
    : random.chance(0.1)
      ? random.pick([60, 360, 1290, 1380])
      : 8 * 60 + 5 * random.int(120);

export function makePlan(date: string, random: Dice): Plan {
  const minutes = random.chance(0.1)
    ? [...new Set([minutesOf(random), minutesOf(random)])].sort((a, b) => a - b)
    : [minutesOf(random)];
  const dice = random.next();
  if (dice < 0.5) return { kind: 'once', date: later(date, 1 + random.int(60)), minutes: minutes[0] ?? 540 };
  if (dice < 0.74)
    return {
      kind: 'weekly',
      days: [...new Set([1 + random.int(7), 1 + random.int(7)])].sort(),
      minutes,
      from: date,
    };
  if (dice < 0.94)
    return {
      kind: 'monthly',
      day: 1 + random.int(28),
      minutes,
      from: date,
      shift: random.pick(['none', 'next', 'previous', 'skip'] as const),
    };
  return { kind: dice < 0.97 ? 'workdays' : 'daily', minutes, from: date };
}

export const later = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Whom: oneself mostly, the own group, a colleague, several, a unit. */
export function makeRecipients(owner: Person, world: World, random: Dice): Recipient[] {
  const asRecipient = (person: Person): Recipient => ({
    kind: 'person',
    account: person.accounts[0] ?? '',
    name: person.name,
    organization: person.organization,
  });
  const dice = random.next();
  if (dice < 0.5) return [asRecipient(owner)];
  const [group] = world.directory.groupsOf(owner.organization);
  if (dice < 0.65 && group) return [{ kind: 'group', conversation: group }];
  if (dice < 0.85) return [asRecipient(random.pick(world.people))];
  if (dice < 0.93) {
    const people = [random.pick(world.people), random.pick(world.people), random.pick(world.people)];
    return [...new Set(people)].map(asRecipient);
  }
  return [{ kind: 'unit', organization: random.pick(world.people).organization }];
}

export function makeSample(
  n: number,
  parts: Pick<Reminder, 'to' | 'when' | 'createdAt'> & { owner: Person },
  random: Dice,
): Reminder {
  const { owner, to, when, createdAt } = parts;
  return {
    id: reminderId(2026, n),
    version: 0,
    source: 'own',
    text: `第${n}件事`,
    owner: { account: owner.accounts[0] ?? '', name: owner.name, organization: owner.organization },
    to,
    when,
    said: '按约定',
    late: random.chance(0.8) ? 'send' : random.pick(['merge', 'skip'] as const),
    isUrgent: random.chance(0.05),
    channel: random.chance(0.1) ? 'digest' : 'message',
    status: 'active',
    edits: 0,
    nextAt: null,
    ruleAt: null,
    createdAt,
  };
}

/** What of the effects the store keeps of a reminder. */
export const changesOf = (effects: Effect[]): Change[] =>
  effects.flatMap((it): Change[] =>
    it.kind === 'reminder' || it.kind === 'occurrence' || it.kind === 'schedule' ? [it] : [],
  );
