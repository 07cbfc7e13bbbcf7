/** One case from its filing to its end, or to months without anybody: the real effects and timers, a county that fails them. */
import { conversationKey, type Conversation } from '../../../src/core/chat.js';
import { cardToText } from '../../../src/core/card.js';
import type { Person } from '../../../src/core/domain.js';
import type { Request } from '../../../src/core/request.js';
import type { Timer } from '../../../src/core/store.js';
import type { Effect } from '../../../src/core/types.js';
import type { HandlerDeps } from '../../../src/handlers/deps.js';
import { effectsOfChange, type RequestWorld } from '../../../src/requests/effects.js';
import { applyMove } from '../../../src/requests/machine.js';
import { joinRequests } from '../../../src/requests/merging.js';
import type { Act, Actor, Move } from '../../../src/requests/moves.js';
import { actorOf } from '../../../src/requests/routing.js';
import { handoverTimer } from '../../../src/timers/handover.js';
import type { Dice } from '../../../scripts/shared/random.js';
import { caseAt, DAY, FACT, file, HOUR, MINUTE, POLICIES, chatOf } from '../requests.js';
import { actFrom, type Params } from '../worlds.js';
import { calendarOf, DEADLINE_OFFICE, DEPARTMENTS, LIST_OFFICE, TOWNSHIPS, type County } from './county.js';

/** A text or card that arrived, or did not. */
export type Sent = { at: number; chat: string; text: string; slot?: string; hasArrived: boolean };

export type Run = {
  county: County;
  now: number;
  request: Request;
  /** Another one of the same matter, which may be merged with it and taken out of it again. */
  other: Request | null;
  timers: Map<string, Timer>;
  sent: Sent[];
  world: RequestWorld;
  /** What was done, for whoever looks at a failure. */
  story: string[];
  /** Rings that change nothing are leapt over (clock.ts). */
  isLeaping: boolean;
};

const PLATFORMS = new Set(['console'] as const);

export function worldOf(county: County): RequestWorld {
  const { calendar } = calendarOf(county);
  return { policies: POLICIES, calendar, directory: county.directory, platforms: PLATFORMS };
}

export const depsOf = (county: County): HandlerDeps =>
  ({
    policies: POLICIES,
    calendar: calendarOf(county).raw,
    platforms: PLATFORMS,
    knowledge: () => ({ directory: county.directory }),
    rules: { quiet: { from: 22 * 60, to: 7 * 60 } },
  }) as unknown as HandlerDeps;

const KINDS = [
  ...([
    'call',
    'call',
    'call',
    'confer',
    'dispatch',
    'ruling',
    'advice',
    'advice',
    'task',
    'consent',
  ] as const),
  ...(['planning', 'inquiry'] as const),
];
const NUMBERS = ['QS-2026-000123', 'QS-2026-000124'] as const;

/** Null where nobody of the county may file what was drawn. */
export function begin(county: County, dice: Dice, startAt: number, isLeaping: boolean): Run | null {
  const filed = filedBySomebody(county, dice, { now: startAt, kind: dice.pick(KINDS), number: NUMBERS[0] });
  if (!filed) return null;
  const { request, conversation, story } = filed;
  const run: Run = {
    county,
    now: startAt,
    request,
    other: null,
    timers: new Map(),
    sent: [],
    world: worldOf(county),
    story: [story],
    isLeaping,
  };
  carry(run, effectsOfChange(null, request, run.world, startAt, conversation));
  carry(run, [handoverTimer(startAt)]);
  return run;
}

type Filing = { now: number; kind: Request['kind']; number: string };

function filedBySomebody(
  county: County,
  dice: Dice,
  { now, kind, number }: Filing,
): { request: Request; conversation: Conversation; story: string } | null {
  const filers = county.people.filter((p) =>
    p.roles.some((role) => POLICIES[kind].filedBy.includes(role as never)),
  );
  if (filers.length === 0) return null;
  const filer = dice.pick(
    filers.filter(({ accounts }) => accounts.some((it) => it.startsWith('console:'))).concat(filers),
  );
  const account = filer.accounts.find((it) => it.startsWith('console:'));
  if (account === undefined) return null;
  const actor = actorOf(filer, account, county.directory);
  const toOffice = POLICIES[kind].answeredBy === 'list-office';
  const to = {
    department: DEPARTMENTS,
    township: TOWNSHIPS,
    team: ['柳林镇派出所'],
    'list-office': [''],
    counter: [],
    oversight: [],
  }[POLICIES[kind].answeredBy];
  const units = to.filter((unit) => unit !== actor.organization && unit !== actor.team);
  if (units.length === 0 || (toOffice && actor.organization === LIST_OFFICE)) return null;
  const lead = dice.pick(units);
  const own = chatOf(account.slice('console:'.length));
  const group = county.groups.find(({ unit }) => unit === actor.organization)?.conversation;
  const conversation: Conversation = group && kind !== 'consent' && dice.chance(0.3) ? group : own;
  // Whoever speaks to the bot can be answered at that moment.
  county.refusing.delete(conversationKey(conversation));
  const request = file(
    kind,
    {
      lead: toOffice ? '' : lead,
      support: toOffice || dice.chance(0.6) ? [] : [dice.pick(units)].filter((unit) => unit !== lead),
      urgency: dice.chance(0.3) ? 'urgent' : 'normal',
      wantedAt: dice.chance(0.2) ? now + 50 * HOUR : null,
      isEmergency: dice.chance(0.5),
      ...(dice.chance(0.5) && { evidence: null }),
      conversation,
    },
    now,
    actor,
    number,
  );
  return {
    request,
    conversation,
    story: `${stamp({ now })} ${actor.name} files ${number} ${kind} to ${lead}`,
  };
}

/** The request and, where there is one, the other: each as the one that is looked at. */
export const viewsOf = (run: Run): Run[] => [
  run,
  ...(run.other ? [{ ...run, request: run.other, other: run.request }] : []),
];

/** A second one of the kind is filed; later the two become one, or two again. */
export function joinUp(run: Run, dice: Dice): void {
  const { county, now, request, other } = run;
  if (!other) {
    const filed = filedBySomebody(county, dice, { now, kind: request.kind, number: NUMBERS[1] });
    if (!filed) return;
    run.other = filed.request;
    run.story.push(filed.story);
    carry(run, effectsOfChange(null, filed.request, run.world, now, filed.conversation));
    return;
  }
  const desk = county.people.find((p) => p.roles.includes('deadline-office'));
  const account = desk?.accounts.find((it) => it.startsWith('console:'));
  if (!desk || account === undefined) return;
  const isMerged = [request, other].some(({ status }) => status === 'merged');
  const joining = isMerged ? 'split' : 'merge';
  const isFirst = isMerged ? other.status === 'merged' : dice.chance(0.5);
  const [into, from] = isFirst ? [request, other] : [other, request];
  const outcome = joinRequests(
    joining,
    { into, from },
    { actor: actorOf(desk, account, county.directory), reason: FACT },
    { policy: POLICIES[into.kind], calendar: run.world.calendar, now },
  );
  if (!outcome.ok) return;
  const own = chatOf(account.slice('console:'.length));
  county.refusing.delete(conversationKey(own));
  run.story.push(`${stamp(run)} ${desk.name} ${joining}s ${from.number} and ${into.number}`);
  carry(run, [
    ...effectsOfChange(from, outcome.from, run.world, now, own),
    ...effectsOfChange(into, outcome.into, run.world, now, own),
  ]);
}

/** What the core does with effects, as far as a request goes. */
export function carry(run: Run, effects: Effect[]): void {
  for (const effect of effects) {
    if (effect.kind === 'request') {
      const isOther = run.other?.number === effect.request.number;
      const before = isOther && run.other ? run.other : run.request;
      if (before.events.length > effect.request.events.length) throw new Error('events were lost');
      run[isOther ? 'other' : 'request'] = { ...effect.request, version: effect.expectedVersion + 1 };
    } else if (effect.kind === 'schedule') run.timers.set(effect.timer.key, effect.timer);
    else if (effect.kind === 'cancel') run.timers.delete(effect.key);
    else if (effect.kind === 'send') send(run, effect);
  }
}

function send(run: Run, { to, reply, slot, occurrence }: Extract<Effect, { kind: 'send' }>): void {
  const chat = conversationKey(to);
  const text = 'card' in reply ? cardToText(reply.card) : reply.text;
  const hasArrived = !run.county.refusing.has(chat);
  run.sent.push({ at: run.now, chat, text, ...(slot !== undefined && { slot }), hasArrived });
  if (hasArrived || !occurrence?.startsWith('request:')) return;
  const key = `delivered:${run.sent.length}`;
  const payload = { occurrence, to: chat, outcome: 'failed', reason: '' };
  run.timers.set(key, { key, runAt: run.now, kind: 'delivered', payload });
}

export const stamp = ({ now }: Pick<Run, 'now'>): string =>
  new Date(now + 8 * HOUR).toISOString().slice(0, 16);

/** The file of a year arrived, or people changed: what the process does within seconds of it. */
export function followed(run: Run, what: 'people' | 'chats' | 'year'): void {
  run.world = worldOf(run.county);
  run.story.push(`${stamp(run)} befalls ${what}`);
  if (what === 'people') carry(run, [handoverTimer(run.now)]);
}

const unitOf = (person: Person, { directory }: County): string => directory.unitOf(person);
/** Somebody does something: whoever has the word as a rule, else anybody. */
export function act(run: Run, dice: Dice): void {
  const { county } = run;
  const { request } = dice.pick(viewsOf(run));
  const bound = county.people.filter(({ accounts }) => accounts[0]?.startsWith('console:'));
  const of = (unit: string) => bound.filter((p) => unitOf(p, county) === unit || p.organization === unit);
  const lead = request.assignments.findLast((a) => a.role === 'lead')?.organization ?? '';
  const support = request.assignments.findLast((a) => a.role === 'support')?.organization ?? lead;
  const caller = request.callers.at(-1)?.organization ?? '';
  const [unit, moves] = likely(dice, request, { lead, support, caller });
  const among = dice.chance(0.85) ? of(unit) : bound;
  if (among.length === 0) return;
  const person = dice.pick(among);
  const move = dice.pick(moves);
  const account = person.accounts[0] ?? '';
  const actor: Actor = actorOf(person, account, county.directory);
  const outcome = applyMove(
    { ...caseAt(request, run.now), calendar: run.world.calendar },
    withChat(actFrom(move, paramsOf(dice), run.now), chatOf(account.replace(/^[a-z]+:/, ''))),
    actor,
  );
  if (!outcome.ok) return;
  // Who acts speaks to the bot, and is answered.
  const own = chatOf(account.replace(/^[a-z]+:/, ''));
  if (account.startsWith('console:')) county.refusing.delete(conversationKey(own));
  run.story.push(
    `${stamp(run)} ${actor.name} (${actor.team ?? actor.organization}) ${move} ${request.number}`,
  );
  carry(run, effectsOfChange(request, outcome.request, run.world, run.now, own));
}

const withChat = (act: Act, conversation: Conversation): Act =>
  act.kind === 'join' ? { ...act, conversation } : act;

const FREE: Move[] = [
  'note',
  'urge',
  'join',
  'withdraw',
  'conclude',
  'add-support',
  'ask-ruling',
  'transfer',
];
const LIST_OFFICE_MOVES: Move[] = ['correct-ruling', 'withdraw-ruling'];

function likely(
  dice: Dice,
  request: Request,
  { lead, support, caller }: { lead: string; support: string; caller: string },
): [string, Move[]] {
  const leadPart = request.assignments.findLast((a) => a.role === 'lead');
  if (dice.chance(0.15)) return [dice.pick([lead, support, caller]), FREE];
  if (request.events.at(-1)?.kind === 'extension-asked')
    return [caller, ['grant-extension', 'refuse-extension']];
  if (request.status === 'answered')
    return [caller, ['rate', 'rate', 'reopen', 'conclude', 'close-unsolved']];
  if (request.status === 'approval')
    return [caller, ['approve', 'approve', 'refuse-approval', 'urge', 'note']];
  if (request.status === 'ruling' || request.status === 'admission')
    return [LIST_OFFICE, ['sign', 'rule', 'admit', 'refuse-admission', 'pause', 'ask-extension']];
  const isRuled = request.events.some((e) => e.kind === 'ruled');
  if (isRuled && dice.chance(0.3)) return [LIST_OFFICE, LIST_OFFICE_MOVES];
  if (request.status !== 'open') return [caller, ['reopen']];
  if (dice.chance(leadPart?.status === 'returned' ? 0.4 : 0.05)) return [DEADLINE_OFFICE, ['assign-lead']];
  if (leadPart?.status === 'returned') return [caller, ['transfer', 'ask-ruling', 'conclude']];
  if (leadPart?.status === 'waiting') return [lead, ['sign', 'sign', 'return', 'transfer']];
  if (dice.chance(0.3)) return [caller, ['resume', 'urge', 'note']];
  if (dice.chance(0.3)) return [support, ['sign', 'answer', 'return', 'note']];
  if (request.kind === 'inquiry' && dice.chance(0.2)) return [lead, ['rule']];
  return [lead, ['answer', 'answer', 'pause', 'ask-extension', 'add-support', 'return', 'transfer', 'note']];
}

const paramsOf = (dice: Dice): Params => ({
  words: FACT,
  unit: dice.pick([...DEPARTMENTS, ...TOWNSHIPS]),
  other: dice.pick([...DEPARTMENTS, ...TOWNSHIPS]),
  score: dice.pick([1, 2, 4, 5, 5]),
  consent: dice.chance(0.6),
  untilDays: dice.chance(0.5) ? undefined : dice.pick([1, 4] as const),
  id: undefined,
});

/** Whole minutes: the oracle steps through them. */
export const waitOf = (dice: Dice): number =>
  dice.pick([0, MINUTE, 20 * MINUTE, 3 * HOUR, 3 * HOUR, DAY, DAY, 3 * DAY, 9 * DAY]);
