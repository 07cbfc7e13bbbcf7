/** Requests, people and moves with sensible values where a test does not care. */
import { expect } from 'vitest';
import { loadCalendar, withPlainWeeks } from '../../src/calendar/calendar.js';
import type { Role } from '../../src/core/domain.js';
import type { Evidence, Request, RequestKind } from '../../src/core/request.js';
import type { CaseTerms, RequestCase } from '../../src/requests/case.js';
import { applyMove, fileRequest } from '../../src/requests/machine.js';
import type { Act, Actor, ClockAct, Draft } from '../../src/requests/moves.js';
import { loadPolicies, type Policy } from '../../src/requests/policy.js';
import { KINDS_WITH_LEAVE } from './leave.js';
import type { Conversation } from '../../src/core/chat.js';

export const POLICIES = loadPolicies(KINDS_WITH_LEAVE);
export const CALENDAR = withPlainWeeks(loadCalendar('knowledge/calendar'));

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** `2026-03-02 09:00` in Shanghai, ms. */
export const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

/** A Monday morning in an ordinary week. */
export const MONDAY = at('2026-03-02 09:00');

export function makeActor(organization: string, ...roles: Role[]): Actor {
  return { account: `console:${organization}`, name: `${organization.slice(0, 2)}某`, organization, roles };
}

export const TOWNSHIP = makeActor('柳林镇', 'township-cadre');
export const LEADER = makeActor('柳林镇', 'township-leader');
export const NEIGHBOUR = makeActor('白马镇', 'township-cadre');
export const WATER = makeActor('县水利局', 'department-officer');
export const EMERGENCY = makeActor('县应急管理局', 'department-officer');
export const POLICE = makeActor('县公安局', 'department-officer');
export const STRANGER = makeActor('县审计局', 'department-officer');
export const LIST_OFFICE = makeActor('县委编办', 'list-office');
export const DEADLINE_OFFICE = makeActor('县政府办公室', 'deadline-office');
export const ADMINISTRATOR = makeActor('县大数据局', 'administrator');
export const COUNTY_LEADER = makeActor('县政府办公室', 'county-leader');
export const STATION: Actor = {
  ...makeActor('柳林镇', 'township-cadre'),
  account: 'console:派出所',
  team: '柳林镇派出所',
};
export const SQUAD: Actor = {
  ...makeActor('柳林镇', 'township-cadre'),
  account: 'console:中队',
  team: '柳林镇综合行政执法中队',
};

export const COUNTER: Actor = {
  ...makeActor('柳林镇', 'township-cadre'),
  account: 'console:窗口',
  counter: '柳林镇便民服务中心',
};
export const JUSTICE: Actor = {
  ...makeActor('柳林镇', 'township-cadre'),
  account: 'console:司法所',
  team: '柳林镇司法所',
};

/** The unit for which somebody acts. */
export const unitOf = ({ team, counter, organization }: Actor): string => team ?? counter ?? organization;

/** Who plays which part in a kind. */
export type Cast = { caller: Actor; lead: Actor; support: Actor };
const up: Cast = { caller: TOWNSHIP, lead: WATER, support: EMERGENCY };
export const CAST: Readonly<Record<RequestKind, Cast>> = {
  call: up,
  confer: up,
  // Of the kinds of the sample county this one asks for the leaders' leave; what a leader files has it.
  advice: { ...up, caller: LEADER },
  dispatch: { caller: TOWNSHIP, lead: STATION, support: SQUAD },
  assist: { caller: TOWNSHIP, lead: COUNTER, support: SQUAD },
  // What speaks of a unit goes to who oversees, and to nobody else before it says so.
  oversight: { caller: TOWNSHIP, lead: JUSTICE, support: SQUAD },
  ruling: { caller: TOWNSHIP, lead: LIST_OFFICE, support: EMERGENCY },
  inquiry: { caller: TOWNSHIP, lead: LIST_OFFICE, support: EMERGENCY },
  task: { caller: WATER, lead: TOWNSHIP, support: NEIGHBOUR },
  planning: { caller: WATER, lead: TOWNSHIP, support: NEIGHBOUR },
  // What speaks of a person is answered by leaders.
  consent: {
    caller: POLICE,
    lead: makeActor('柳林镇', 'township-leader'),
    support: makeActor('白马镇', 'township-leader'),
  },
};

export const chatOf = (chatId: string): Conversation => ({ platform: 'console', chatId, isDirect: true });

/** A row that gives the townships a part. */
export const EVIDENCE: Evidence = {
  ref: 'abcd1234/territorial-1/12',
  title: '青山县属地管理主体责任和配合责任清单',
  documentNumber: '青编发〔2026〕1号',
  editionLabel: '2026年版',
  number: '12',
  matter: '河道堤防安全',
  lead: [{ unit: '县水利局', duty: '组织堤防除险' }],
  support: [{ unit: '乡镇(街道)', duty: '巡查上报' }],
  basis: ['《中华人民共和国防洪法》'],
};

export function makeDraft(kind: RequestKind, overrides: Partial<Draft> = {}): Draft {
  const { caller, lead } = CAST[kind];
  return {
    kind,
    urgency: 'normal',
    text: '河堤渗水,请来人查看',
    place: '柳林镇三里村',
    wantedAt: null,
    attachments: [],
    evidence: EVIDENCE,
    lead: POLICIES[kind].answeredBy === 'list-office' ? '' : unitOf(lead),
    support: [],
    conversation: chatOf(caller.organization),
    ...overrides,
  };
}

export const NUMBER = 'QS-2026-000123';

export const termsOf = (policy: Policy, now = MONDAY): CaseTerms => ({ policy, calendar: CALENDAR, now });

/** The request under the shipped rules of its kind. */
export const caseAt = (request: Request, now = MONDAY, policy = POLICIES[request.kind]): RequestCase => ({
  ...termsOf(policy, now),
  request,
});

export function file(
  kind: RequestKind,
  overrides: Partial<Draft> = {},
  now = MONDAY,
  actor = CAST[kind].caller,
  number = NUMBER,
): Request {
  const outcome = fileRequest(makeDraft(kind, overrides), actor, number, termsOf(POLICIES[kind], now));
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.request;
}

export const apply = (request: Request, act: Act, actor: Actor | null, now = MONDAY, policy?: Policy) =>
  applyMove(caseAt(request, now, policy), act, actor);

/** The request after an act that must be allowed. */
export function act(request: Request, move: Act, actor: Actor | null, now = MONDAY): Request {
  const outcome = apply(request, move, actor, now);
  if (!outcome.ok) throw new Error(`${move.kind}: ${outcome.reason}`);
  return outcome.request;
}

/** The reason why an act is refused; that nothing changed is looked at here. */
export function refusal(request: Request, move: Act, actor: Actor | null, now = MONDAY): string {
  const before = structuredClone(request);
  const outcome = apply(request, move, actor, now);
  expect(request).toEqual(before);
  if (outcome.ok) throw new Error(`${move.kind} was allowed`);
  expect(outcome.reason, move.kind).toMatch(/[\u4e00-\u9fff]{4}/);
  return outcome.reason;
}

/** Good words for every move that a person can make. */
export const FACT = '渗水处在河道管理范围以外的农村公路涵洞,由县交通运输局养护';

export function actOf(kind: Exclude<Act, ClockAct>['kind'], assignment?: string): Act {
  const on = assignment === undefined ? {} : { assignment };
  switch (kind) {
    case 'join':
      return { kind, conversation: chatOf('joiner') };
    case 'approve':
      return { kind };
    case 'refuse-approval':
      return { kind, reason: FACT };
    case 'admit':
    case 'grant-extension':
    case 'sign':
      return { kind, ...on };
    case 'refuse-admission':
    case 'ask-extension':
    case 'refuse-extension':
    case 'pause':
      return { kind, reason: FACT, ...on };
    case 'answer':
      return { kind, text: '已处置完毕', consent: true, adopted: 'yes', ...on };
    case 'return':
    case 'ask-ruling':
      return { kind, reason: FACT, ...on };
    case 'transfer':
      return { kind, to: '县交通运输局', reason: FACT, ...on };
    case 'add-support':
      return { kind, organization: '县交通运输局', reason: '请封闭涵洞上方道路', ...on };
    case 'resume':
    case 'note':
      return { kind, text: '已补充现场照片', ...on };
    case 'urge':
    case 'conclude':
      return { kind };
    case 'rule':
      return { kind, lead: '县交通运输局', support: ['县水利局'], text: '涵洞属农村公路设施', ...on };
    case 'correct-ruling':
      return { kind, lead: '县应急管理局', support: [], text: '涵洞由应急部门直接管理' };
    case 'withdraw-ruling':
      return { kind, reason: '裁定所依据的事实有误' };
    case 'assign-lead':
      return { kind, to: '县交通运输局', reason: '两家推诿,先由其办理' };
    case 'rate':
      return { kind, speed: 5, handling: 5, result: 5, words: '满意' };
    case 'close-unsolved':
    case 'reopen':
    case 'withdraw':
      return { kind, reason: '仍在渗水' };
  }
}
