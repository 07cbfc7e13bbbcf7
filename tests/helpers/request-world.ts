/** A small county for the effects of requests: who is reached where. */
import type { Organization, OrganizationKind, Person, Role } from '../../src/core/domain.js';
import type { Request } from '../../src/core/request.js';
import type { Change } from '../../src/core/store.js';
import type { Effect } from '../../src/core/types.js';
import { createDirectory } from '../../src/organizations/directory.js';
import { effectsOfChange, type RequestWorld } from '../../src/requests/effects.js';
import { CALENDAR, MONDAY, POLICIES } from './requests.js';
import type { Conversation, Platform } from '../../src/core/chat.js';

const organization = (name: string, kind: OrganizationKind, parent?: string): Organization => ({
  name,
  kind,
  aliases: [],
  ...(parent !== undefined && { parent }),
});

export const person = (name: string, unit: string, roles: Role[], office?: string): Person => ({
  name,
  organization: unit,
  ...(office !== undefined && { office }),
  posts: [],
  roles,
  accounts: [`console:${name}`],
});

export const GROUP: Conversation = { platform: 'console', chatId: '交通群', isDirect: false };

export const DIRECTORY = createDirectory({
  county: '青山县',
  organizations: [
    ...['柳林镇', '白马镇', '龙泉镇'].map((name) => organization(name, 'township')),
    ...['县水利局', '县应急管理局', '县交通运输局', '县委编办', '县政府办公室', '县审计局'].map((name) =>
      organization(name, 'department'),
    ),
    organization('派出所', 'team', '柳林镇'),
    organization('综合行政执法中队', 'team', '柳林镇'),
  ],
  people: [
    person('镇甲', '柳林镇', ['township-cadre'], '党政办公室'),
    person('镇长', '柳林镇', ['township-leader'], '党政办公室'),
    person('所甲', '柳林镇', ['township-cadre'], '派出所'),
    person('马甲', '白马镇', ['township-cadre']),
    person('水甲', '县水利局', ['department-officer']),
    person('水乙', '县水利局', ['department-officer']),
    person('水长', '县水利局', ['department-head']),
    person('急甲', '县应急管理局', ['department-officer']),
    person('编甲', '县委编办', ['list-office']),
    person('编乙', '县委编办', ['department-officer']),
    person('督甲', '县政府办公室', ['deadline-office']),
    person('县长', '县政府办公室', ['county-leader']),
  ],
  posts: [
    { organization: '柳林镇', office: '党政办公室', name: '水利岗', carries: new Set(['territorial-1/12']) },
  ],
  groups: [{ unit: '县交通运输局', conversation: GROUP }],
});

export const WORLD: RequestWorld = {
  policies: POLICIES,
  calendar: CALENDAR,
  directory: DIRECTORY,
  platforms: new Set<Platform>(['console']),
};

/** What the store keeps of a change; its timers and messages are left out. */
export const changesOf = (before: Request | null, after: Request): Change[] =>
  effectsOfChange(before, after, WORLD, MONDAY, null).flatMap((effect): Change[] => {
    if (effect.kind === 'request' || effect.kind === 'ruling') return [effect];
    if (effect.kind !== 'record') return [];
    const { what: kind, request = '', data } = effect;
    return [{ kind: 'record', entry: { at: MONDAY, kind, actor: null, update: null, request, data } }];
  });

export type Send = Extract<Effect, { kind: 'send' }>;
export const sendsOf = (effects: Effect[]): Send[] => effects.filter((e) => e.kind === 'send');
/** Cards as `柳林镇: slot`, texts as `水甲: text`. */
export const cardsOf = (effects: Effect[]): string[] =>
  sendsOf(effects).flatMap(({ to, slot }) => (slot === undefined ? [] : [to.chatId]));
export const textsOf = (effects: Effect[]): string[] =>
  sendsOf(effects).flatMap(({ to, reply }) =>
    'text' in reply && !('attachment' in reply) ? [`${to.chatId}: ${reply.text}`] : [],
  );
