/** Every move by everybody in every state of every kind: what leads where, and that all else is refused and changes nothing. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { REQUEST_KINDS, type Request, type RequestKind } from '../../src/core/request.js';
import { MOVES, type Act, type Actor, type Move } from '../../src/requests/moves.js';
import {
  act,
  actOf,
  ADMINISTRATOR,
  apply,
  CAST,
  DEADLINE_OFFICE,
  file,
  LIST_OFFICE,
  makeActor,
  MONDAY,
  NEIGHBOUR,
  refusal,
} from '../helpers/requests.js';

type Who = 'lead' | 'caller' | 'office' | 'deadline' | 'other' | 'administrator';
type State = { name: string; build: (kind: RequestKind) => Request; leads: string; lead?: Actor };

const isOfOffice = (kind: RequestKind): boolean => kind === 'ruling' || kind === 'inquiry';
const movesOf = (kind: string): string[] =>
  (parse(readFileSync(`knowledge/requests/${kind}.yaml`, 'utf8')) as { moves: string[] }).moves;
const HIGHWAY = makeActor('县交通运输局', 'department-officer');
const LOW: Act = { kind: 'rate', speed: 1, handling: 2, result: 1, words: '没有来人' };

/** A task goes from township to township, everything else to a department. */
const moveOf = (move: Move, kind: RequestKind): Act => {
  const made = actOf(move);
  if (made.kind === 'add-support') return { ...made, organization: '县财政局' };
  if (made.kind === 'transfer' && kind === 'oversight') return { ...made, to: '县司法局' };
  if (made.kind === 'assign-lead' && kind === 'task') return { ...made, to: '龙泉镇' };
  return made.kind === 'transfer' && kind === 'task' ? { ...made, to: '龙泉镇' } : made;
};

const open = (kind: RequestKind) => file(kind);
const signed = (kind: RequestKind) => act(open(kind), { kind: 'sign' }, CAST[kind].lead);
const byLead = (build: (kind: RequestKind) => Request, move: Act) => (kind: RequestKind) =>
  act(build(kind), move, CAST[kind].lead);
const byCaller = (build: (kind: RequestKind) => Request, move: Act) => (kind: RequestKind) =>
  act(build(kind), move, CAST[kind].caller);
const returned = byLead(signed, actOf('return'));
const answered = byLead(signed, actOf('answer'));
const disputed = byCaller(returned, actOf('ask-ruling'));
const reopened = byCaller(answered, LOW);
const admission = (kind: RequestKind) => file(kind, { evidence: null });

/** `who:move>status`, for the kinds whose files have the move. */
const SIGNED = `lead:answer>answered lead:return>open lead:transfer>open lead:add-support>open lead:ask-ruling>ruling
  lead:note>open caller:add-support>open caller:note>open caller:conclude>concluded caller:close-unsolved>unsolved
  deadline:close-unsolved>unsolved caller:withdraw>withdrawn deadline:assign-lead>open
  other:join>open`;
const STATES: State[] = [
  {
    name: 'waiting to be signed for',
    build: open,
    leads: `${SIGNED} lead:sign>open caller:urge>open deadline:urge>open`,
  },
  {
    name: 'signed for',
    build: signed,
    leads: `${SIGNED} lead:ask-extension>open lead:pause>open caller:urge>open deadline:urge>open`,
  },
  {
    name: 'paused',
    build: byLead(signed, actOf('pause')),
    leads: `${SIGNED} lead:resume>open caller:resume>open`,
  },
  {
    name: 'waiting for an extension',
    build: byLead(signed, actOf('ask-extension')),
    leads: `${SIGNED} lead:pause>open caller:urge>open deadline:urge>open caller:grant-extension>open
      caller:refuse-extension>open deadline:grant-extension>open deadline:refuse-extension>open`,
  },
  {
    name: 'returned once',
    build: returned,
    leads: `lead:note>open caller:transfer>open caller:ask-ruling>ruling caller:note>open
      caller:conclude>concluded caller:close-unsolved>unsolved
  deadline:close-unsolved>unsolved caller:withdraw>withdrawn other:join>open deadline:assign-lead>open`,
  },
  {
    name: 'waiting for a ruling',
    build: disputed,
    leads: `lead:note>ruling caller:urge>ruling caller:note>ruling caller:withdraw>withdrawn deadline:urge>ruling
      office:sign>ruling office:note>ruling office:rule>open other:join>ruling`,
  },
  {
    name: 'ruled',
    build: (kind) => act(disputed(kind), { ...actOf('rule'), support: [] } as Act, LIST_OFFICE),
    lead: HIGHWAY,
    leads: `lead:sign>open lead:answer>answered lead:add-support>open lead:note>open caller:add-support>open
      caller:urge>open caller:note>open caller:conclude>concluded caller:close-unsolved>unsolved
  deadline:close-unsolved>unsolved caller:withdraw>withdrawn deadline:urge>open
      office:note>open other:join>open office:correct-ruling>open office:withdraw-ruling>ruling`,
  },
  {
    name: 'answered',
    build: answered,
    leads: `lead:note>answered caller:note>answered caller:rate>concluded caller:conclude>concluded caller:close-unsolved>unsolved
  deadline:close-unsolved>unsolved
      caller:reopen>open deadline:conclude>concluded deadline:reopen>open`,
  },
  {
    name: 'rated low, so done again',
    build: reopened,
    leads: `${SIGNED} lead:sign>open caller:urge>open deadline:urge>open`,
  },
  {
    name: 'rated low twice, so with the deadline office',
    build: byCaller(byLead(reopened, actOf('answer')), LOW),
    leads: `lead:note>answered caller:note>answered caller:conclude>concluded caller:close-unsolved>unsolved
  deadline:close-unsolved>unsolved caller:reopen>open
      deadline:conclude>concluded deadline:reopen>open`,
  },
  {
    name: 'concluded',
    build: byCaller(answered, actOf('rate')),
    leads: 'caller:reopen>open deadline:reopen>open',
  },
  { name: 'withdrawn', build: byCaller(signed, actOf('withdraw')), leads: '' },
];
const OF_TASK: State[] = [
  {
    name: 'waiting for admission',
    build: admission,
    leads: `office:admit>open office:refuse-admission>refused office:sign>admission office:note>admission
      caller:urge>admission caller:note>admission caller:withdraw>withdrawn deadline:urge>admission`,
  },
  {
    name: 'admitted',
    build: (kind) => act(admission(kind), actOf('admit'), LIST_OFFICE),
    // To another township it may not go on: the 编办 admitted it for this one.
    leads: `${SIGNED.replace('lead:transfer>open', '').replace('deadline:assign-lead>open', '')} lead:sign>open caller:urge>open deadline:urge>open
      office:note>open`,
  },
  {
    name: 'refused',
    build: (kind) => act(admission(kind), actOf('refuse-admission'), LIST_OFFICE),
    leads: '',
  },
];
const RULING = `office:rule>concluded office:note>ruling caller:note>ruling caller:withdraw>withdrawn other:join>ruling`;
const OF_RULING: State[] = [
  {
    name: 'filed',
    build: open,
    leads: `${RULING} office:sign>ruling caller:urge>ruling deadline:urge>ruling`,
  },
  {
    name: 'signed for',
    build: signed,
    leads: `${RULING} office:pause>ruling office:ask-extension>ruling caller:urge>ruling deadline:urge>ruling`,
  },
  {
    name: 'paused',
    build: byLead(signed, actOf('pause')),
    leads: `${RULING} office:resume>ruling caller:resume>ruling`,
  },
  {
    name: 'waiting for an extension',
    build: byLead(signed, actOf('ask-extension')),
    leads: `${RULING} office:pause>ruling caller:grant-extension>ruling caller:refuse-extension>ruling
      deadline:grant-extension>ruling deadline:refuse-extension>ruling caller:urge>ruling deadline:urge>ruling`,
  },
  {
    name: 'ruled',
    build: byLead(signed, actOf('rule')),
    leads: `caller:reopen>ruling deadline:reopen>ruling office:correct-ruling>concluded
      office:withdraw-ruling>concluded`,
  },
];

/** Its lead is the 编办, which may rule as well, also on what it has answered. */
function ofInquiry(state: State): State {
  const leads = state.leads
    .replaceAll('lead:', 'office:')
    .split(/\s+/)
    .filter((it) => !it.startsWith('caller:add-support'));
  const isOpen = leads.some((it) => it.startsWith('office:note'));
  return { ...state, leads: [...leads, ...(isOpen ? ['office:rule>concluded'] : [])].join(' ') };
}

function statesOf(kind: RequestKind): State[] {
  if (kind === 'ruling') return OF_RULING;
  const has = new Set(movesOf(kind));
  const needs: Record<string, string> = { paused: 'pause', 'waiting for an extension': 'ask-extension' };
  const isThere = ({ name }: State) =>
    has.has(needs[name] ?? 'sign') &&
    (has.has('return') || !/^(returned once|waiting for a ruling|ruled)$/.test(name));
  // To whom a complaint is put is for the office that oversees alone.
  const own = (state: State): State =>
    kind === 'inquiry'
      ? ofInquiry(state)
      : kind === 'oversight'
        ? { ...state, leads: state.leads.replace('caller:add-support>open', '') }
        : state;
  return [...STATES.filter(isThere).map(own), ...(kind === 'task' ? OF_TASK : [])];
}

const peopleOf = (kind: RequestKind, { lead }: State): Record<Who, Actor> => ({
  lead: lead ?? CAST[kind].lead,
  caller: CAST[kind].caller,
  office: LIST_OFFICE,
  deadline: DEADLINE_OFFICE,
  other: NEIGHBOUR,
  administrator: ADMINISTRATOR,
});

const cases = REQUEST_KINDS.flatMap((kind) =>
  statesOf(kind).map((state) => [kind, state.name, state] as const),
);

it('all kinds have their states', () => {
  expect(cases.length).toBeGreaterThan(60);
});

it.each(cases)('%s %s', (kind, _, state) => {
  const has = new Set(movesOf(kind));
  const leads = new Map(
    state.leads
      .split(/\s+/)
      .filter(Boolean)
      .map((entry) => entry.split('>') as [string, string])
      .filter(([key]) => has.has(key.split(':')[1] ?? '')),
  );
  const people = peopleOf(kind, state);
  if (isOfOffice(kind)) people.lead = people.office;
  const request = state.build(kind);
  const found = new Map<string, string>();
  for (const [who, actor] of Object.entries(people))
    for (const move of MOVES) {
      if (isOfOffice(kind) && who === 'lead') continue;
      const before = structuredClone(request);
      const outcome = apply(request, moveOf(move, kind), actor);
      expect(request).toEqual(before);
      if (outcome.ok) found.set(`${who}:${move}`, outcome.request.status);
      else expect(outcome.reason, `${who} ${move}`).toMatch(/[\u4e00-\u9fff]{4}[^]*[。?]$/);
    }
  expect(Object.fromEntries([...found].sort())).toEqual(Object.fromEntries([...leads].sort()));
});

describe('moves that a kind does not have', () => {
  const missing = REQUEST_KINDS.flatMap((kind) =>
    MOVES.filter((move) => !movesOf(kind).includes(move)).map((move) => [kind, move] as const),
  );
  it.each(missing)('%s: %s is refused with what can be done instead', (kind, move) => {
    const request = file(kind);
    for (const actor of [CAST[kind].caller, CAST[kind].lead, LIST_OFFICE])
      expect(refusal(request, moveOf(move, kind), actor)).toMatch(/请|由|不/);
  });
});

it('the clock’s own steps are nobody’s to take, and people’s steps are not the clock’s', () => {
  const request = file('call');
  expect(refusal(request, { kind: 'auto-conclude' }, CAST.call.caller)).toContain('自动');
  const escalate: Act = { kind: 'escalate', step: 'sign-due', clock: 'sign', assignment: 'A1' };
  expect(refusal(request, escalate, CAST.call.lead)).toContain('自动');
  expect(refusal(request, escalate, null)).toContain('不需要');
  expect(refusal(request, { kind: 'auto-conclude' }, null)).toContain('还没有到');
  for (const move of MOVES) expect(refusal(request, actOf(move), null)).toContain('工作人员');
});

it('an assignment that does not exist is refused with the way on', () => {
  expect(refusal(file('call'), { kind: 'sign', assignment: 'A9' }, CAST.call.lead)).toContain(
    '查看最新的卡片',
  );
});

it('the log keeps its order where two clocks differ', () => {
  const request = act(file('call'), { kind: 'sign' }, CAST.call.lead, MONDAY - 5_000);
  expect(request.events.map((e) => e.at)).toEqual([MONDAY, MONDAY]);
});
