/** Random requests and what random people try to do to them: arbitraries of fast-check. */
import fc from 'fast-check';
import { REQUEST_KINDS, type Request } from '../../src/core/request.js';
import { isLeader } from '../../src/requests/permissions.js';
import { MOVES, type Act, type Actor, type Move } from '../../src/requests/moves.js';
import {
  ADMINISTRATOR,
  CAST,
  chatOf,
  COUNTY_LEADER,
  DAY,
  DEADLINE_OFFICE,
  EMERGENCY,
  EVIDENCE,
  FACT,
  file,
  HOUR,
  LEADER,
  LIST_OFFICE,
  makeActor,
  MINUTE,
  NEIGHBOUR,
  POLICE,
  SQUAD,
  STATION,
  STRANGER,
  TOWNSHIP,
  unitOf,
  WATER,
} from './requests.js';

const UNITS = [
  '县水利局',
  '县应急管理局',
  '县交通运输局',
  '县公安局',
  '柳林镇',
  '白马镇',
  '龙泉镇',
  '县委编办',
];
const PEOPLE: Actor[] = [
  TOWNSHIP,
  makeActor('柳林镇', 'township-leader'),
  NEIGHBOUR,
  WATER,
  makeActor('县水利局', 'department-head'),
  EMERGENCY,
  POLICE,
  makeActor('县交通运输局', 'department-officer'),
  makeActor('龙泉镇', 'township-cadre'),
  makeActor('白马镇', 'township-leader'),
  STATION,
  SQUAD,
  LIST_OFFICE,
  DEADLINE_OFFICE,
  ADMINISTRATOR,
  COUNTY_LEADER,
  STRANGER,
  makeActor('县水利局'),
];
export const POWERLESS = new Set([ADMINISTRATOR, COUNTY_LEADER, PEOPLE.at(-1)]);

const words = fc.oneof(
  { weight: 6, arbitrary: fc.constant(FACT) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '不归我管', '水'.repeat(2001)) },
);
const params = fc.record({
  words,
  unit: fc.constantFrom(...UNITS),
  other: fc.constantFrom(...UNITS),
  score: fc.constantFrom(0, 1, 2, 3, 4, 5, 5, 5, 6, 1.5),
  consent: fc.constantFrom(true, false, undefined),
  untilDays: fc.constantFrom(undefined, undefined, 1, 4, 30),
  id: fc.constantFrom(undefined, undefined, undefined, undefined, 'A1', 'A2', 'A3', 'A9'),
});
export type Params = typeof params extends fc.Arbitrary<infer T> ? T : never;

/** `lead`, `support`, `caller`: whoever that is when it is done. */
const who = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('lead' as const, 'support' as const, 'caller' as const) },
  { weight: 3, arbitrary: fc.constantFrom(...PEOPLE) },
);
const stepArbitrary = fc.record({
  who,
  move: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom<Move[]>(...MOVES) },
    { weight: 3, arbitrary: fc.constantFrom<Move[]>('sign', 'return', 'rule', 'answer', 'transfer', 'rate') },
    { weight: 2, arbitrary: fc.constant('tick' as const) },
  ),
  /** A number: one of the things that would come next in the life of a request is done instead. */
  likely: fc.option(fc.nat(1_000), { freq: 3 }),
  params,
  wait: fc.constantFrom(0, 0, MINUTE, 20 * MINUTE, 3 * HOUR, 3 * HOUR, DAY, 3 * DAY),
});
type Step = typeof stepArbitrary extends fc.Arbitrary<infer T> ? T : never;

export const worldArbitrary = fc.record({
  kind: fc.constantFrom(...REQUEST_KINDS),
  urgency: fc.constantFrom('normal' as const, 'urgent' as const),
  hasRow: fc.boolean(),
  hasSupport: fc.boolean(),
  wishHours: fc.constantFrom(null, null, 2, 50),
  startMinutes: fc.integer({ min: 0, max: 150 * 24 * 60 }),
  steps: fc.array(stepArbitrary, { minLength: 5, maxLength: 20 }),
});
export type World = typeof worldArbitrary extends fc.Arbitrary<infer T> ? T : never;

export function actFrom(move: Move, p: Params, now: number): Act {
  const on = p.id === undefined ? {} : { assignment: p.id };
  switch (move) {
    case 'join':
      return { kind: move, conversation: chatOf('b'), text: p.words };
    case 'approve':
      return { kind: move };
    case 'refuse-approval':
      return { kind: move, reason: p.words };
    case 'admit':
    case 'sign':
    case 'grant-extension':
      return { kind: move, ...on };
    case 'answer':
      return {
        kind: move,
        text: p.words,
        ...on,
        ...(p.consent !== undefined && { consent: p.consent, adopted: p.consent ? 'yes' : 'no' }),
      };
    case 'transfer':
      return { kind: move, to: p.unit, reason: p.words, ...on };
    case 'add-support':
      return { kind: move, organization: p.unit, reason: p.words, ...on };
    case 'ask-extension':
      return { kind: move, reason: p.words, ...on, ...(p.untilDays && { untilAt: now + p.untilDays * DAY }) };
    case 'resume':
      return { kind: move, text: p.words, ...on };
    case 'note':
      return {
        kind: move,
        text: p.words,
        ...on,
        isProgress: p.score > 3,
        ...(p.untilDays && { promisedAt: now + p.untilDays * DAY }),
      };
    case 'urge':
    case 'conclude':
      return { kind: move, text: p.words };
    case 'rule':
      return { kind: move, lead: p.unit, support: [p.other], text: p.words };
    case 'correct-ruling':
      return { kind: move, lead: p.unit, support: [p.other], text: p.words };
    case 'withdraw-ruling':
      return { kind: move, reason: p.words };
    case 'assign-lead':
      return { kind: move, to: p.unit, reason: p.words };
    case 'rate':
      return { kind: move, speed: p.score, handling: 5, result: 4, words: p.words };
    case 'reopen':
    case 'withdraw':
      return { kind: move, reason: p.words };
    default:
      return { kind: move, reason: p.words, ...on };
  }
}

/** Of what speaks of a person the leaders alone decide. */
const memberOf = (organization = '', isRestricted = false): Actor =>
  PEOPLE.find((p) => unitOf(p) === organization && (!isRestricted || isLeader(p))) ??
  PEOPLE.find((p) => unitOf(p) === organization) ??
  STRANGER;
const partOf = (role: string, request: Request) => request.assignments.findLast((a) => a.role === role);

function personFor({ who }: Step, request: Request): Actor {
  if (typeof who !== 'string') return who;
  return who === 'caller'
    ? memberOf(request.callers.at(-1)?.organization)
    : memberOf(partOf(who, request)?.organization, request.kind === 'consent');
}

const WORK: Move[] = ['answer', 'pause', 'ask-extension', 'add-support', 'return', 'transfer', 'ask-ruling'];

/** What would come next; not all of it is allowed. */
function likelyNext(request: Request): [Actor, Move][] {
  const by = (actor: Actor, ...moves: Move[]) => moves.map((move): [Actor, Move] => [actor, move]);
  const caller = memberOf(request.callers.at(-1)?.organization);
  const lead = memberOf(partOf('lead', request)?.organization, request.kind === 'consent');
  const office = [
    LIST_OFFICE,
    'sign',
    'rule',
    'admit',
    'refuse-admission',
    'ask-extension',
    'pause',
  ] as const;
  const last = request.events.at(-1)?.kind;
  if (last === 'extension-asked')
    return [
      ...by(caller, 'grant-extension', 'refuse-extension'),
      ...by(DEADLINE_OFFICE, 'grant-extension', 'refuse-extension'),
    ];
  if (request.status === 'answered')
    return by(caller, 'rate', 'rate', 'reopen', 'conclude', 'close-unsolved');
  if (request.status === 'approval')
    return [
      ...by(LEADER, 'approve', 'approve', 'refuse-approval'),
      ...by(caller, 'urge', 'note', 'withdraw'),
    ];
  if (request.status === 'ruling' || request.status === 'admission')
    return [...by(...office), ...by(caller, 'resume', 'grant-extension', 'refuse-extension', 'urge')];
  if (request.status !== 'open')
    return [...by(caller, 'reopen'), ...by(LIST_OFFICE, 'correct-ruling', 'withdraw-ruling')];
  if (partOf('lead', request)?.status === 'returned')
    return [
      ...by(caller, 'transfer', 'transfer', 'ask-ruling', 'conclude'),
      ...by(DEADLINE_OFFICE, 'assign-lead'),
    ];
  if (last === 'ruled')
    return [...by(lead, 'sign', 'answer'), ...by(LIST_OFFICE, 'correct-ruling', 'withdraw-ruling')];
  if (partOf('lead', request)?.status === 'waiting') return by(lead, 'sign', 'sign', 'return', 'transfer');
  return [
    ...by(lead, ...WORK, 'resume'),
    ...by(caller, 'resume', 'grant-extension', 'refuse-extension', 'urge', 'withdraw'),
    ...by(
      memberOf(partOf('support', request)?.organization, request.kind === 'consent'),
      'sign',
      'answer',
      'return',
    ),
    ...by(NEIGHBOUR, 'join'),
  ];
}

export const fileWorld = (w: World, now: number): Request =>
  file(
    w.kind,
    {
      urgency: w.urgency,
      evidence: w.hasRow ? EVIDENCE : null,
      support: w.hasSupport && w.kind !== 'ruling' ? [unitOf(CAST[w.kind].support)] : [],
      wantedAt: w.wishHours === null ? null : now + w.wishHours * HOUR,
      isEmergency: w.wishHours === 2,
    },
    now,
    // Some need the leave of their leaders.
    w.kind === 'advice' && w.hasRow ? TOWNSHIP : undefined,
  );

/** Who does what in this step. */
export function chosen(step: Step, move: Move, request: Request): [Actor, Move] {
  const likely = likelyNext(request);
  return likely[(step.likely ?? NaN) % likely.length] ?? [personFor(step, request), move];
}
