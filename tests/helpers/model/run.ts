/** One case from its filing to its end, or to months without anybody: the real effects and timers, a county that fails them. */
import { conversationKey, type Conversation } from '../../../src/core/chat.js';
import { cardToText } from '../../../src/core/card.js';
import type { Person } from '../../../src/core/domain.js';
import { isEnded, type Request } from '../../../src/core/request.js';
import type { Timer } from '../../../src/core/store.js';
import type { Effect, TimerHandler } from '../../../src/core/types.js';
import type { HandlerDeps } from '../../../src/handlers/deps.js';
import { effectsOfChange, type RequestWorld } from '../../../src/requests/effects.js';
import { applyMove } from '../../../src/requests/machine.js';
import type { Act, Actor, Move } from '../../../src/requests/moves.js';
import { actorOf } from '../../../src/requests/routing.js';
import { createTimers } from '../../../src/timers/index.js';
import { handoverTimer } from '../../../src/timers/handover.js';
import type { Dice } from '../../../scripts/shared/random.js';
import { emptyReader } from '../context.js';
import { caseAt, DAY, FACT, file, HOUR, MINUTE, POLICIES, chatOf } from '../requests.js';
import { actFrom, type Params } from '../worlds.js';
import { calendarOf, DEPARTMENTS, TOWNSHIPS, type County } from './county.js';

/** A text or card that arrived, or did not. */
export type Sent = { at: number; chat: string; text: string; slot?: string; hasArrived: boolean };

export type Run = {
  county: County;
  now: number;
  request: Request;
  timers: Map<string, Timer>;
  sent: Sent[];
  world: RequestWorld;
  /** What was done, for whoever looks at a failure. */
  story: string[];
};

const PLATFORMS = new Set(['console'] as const);

export function worldOf(county: County): RequestWorld {
  const { calendar } = calendarOf(county);
  return { policies: POLICIES, calendar, directory: county.directory, platforms: PLATFORMS };
}

const depsOf = (county: County): HandlerDeps =>
  ({
    policies: POLICIES,
    calendar: calendarOf(county).raw,
    platforms: PLATFORMS,
    knowledge: () => ({ directory: county.directory }),
    rules: { quiet: { from: 22 * 60, to: 7 * 60 } },
  }) as unknown as HandlerDeps;

/** Null where nobody of the county may file what was drawn. */
export function begin(county: County, dice: Dice, startAt: number): Run | null {
  const kind = dice.pick([
    'call',
    'call',
    'call',
    'confer',
    'dispatch',
    'ruling',
    'advice',
    'task',
    'consent',
  ] as const);
  const filers = county.people.filter((p) =>
    p.roles.some((role) => POLICIES[kind].filedBy.includes(role as never)),
  );
  const filer = dice.pick(
    filers.filter(({ accounts }) => accounts.some((it) => it.startsWith('console:'))).concat(filers),
  );
  const account = filer.accounts.find((it) => it.startsWith('console:'));
  if (account === undefined) return null;
  const actor = actorOf(filer, account, county.directory);
  const to = {
    department: DEPARTMENTS,
    township: TOWNSHIPS,
    team: ['柳林镇派出所'],
    'list-office': [''],
    counter: [],
    oversight: [],
  }[POLICIES[kind].answeredBy];
  const units = to.filter((unit) => unit !== actor.organization && unit !== actor.team);
  if (units.length === 0 || (kind === 'ruling' && actor.organization === '县委编办')) return null;
  const lead = dice.pick(units);
  const own = chatOf(account.slice('console:'.length));
  const group = county.groups.find(({ unit }) => unit === actor.organization)?.conversation;
  const conversation: Conversation = group && kind !== 'consent' && dice.chance(0.3) ? group : own;
  // Whoever speaks to the bot can be answered at that moment.
  county.refusing.delete(conversationKey(conversation));
  const number = 'QS-2026-000123';
  const request = file(
    kind,
    {
      lead: kind === 'ruling' ? '' : lead,
      support:
        kind === 'ruling' || dice.chance(0.6) ? [] : [dice.pick(units)].filter((unit) => unit !== lead),
      urgency: dice.chance(0.3) ? 'urgent' : 'normal',
      wantedAt: dice.chance(0.2) ? startAt + 50 * HOUR : null,
      isEmergency: dice.chance(0.5),
      ...(dice.chance(0.5) && { evidence: null }),
      conversation,
    },
    startAt,
    actor,
    number,
  );
  const run: Run = {
    county,
    now: startAt,
    request,
    timers: new Map(),
    sent: [],
    world: worldOf(county),
    story: [`${new Date(startAt + 8 * HOUR).toISOString()} ${actor.name} files ${kind} to ${lead}`],
  };
  carry(run, effectsOfChange(null, request, run.world, startAt, conversation));
  carry(run, [handoverTimer(startAt)]);
  return run;
}

/** What the core does with effects, as far as a request goes. */
export function carry(run: Run, effects: Effect[]): void {
  for (const effect of effects) {
    if (effect.kind === 'request') {
      if (run.request.events.length > effect.request.events.length) throw new Error('events were lost');
      run.request = { ...effect.request, version: effect.expectedVersion + 1 };
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

/** Everything that is due by then, in order; nothing may go round in a circle. */
export async function advance(run: Run, until: number, onQuiet: () => void): Promise<void> {
  let rung = 0;
  let seen = -1;
  for (;;) {
    const next = [...run.timers.values()].sort((a, b) => a.runAt - b.runAt)[0];
    if ((!next || next.runAt > run.now) && seen !== run.sent.length) {
      seen = run.sent.length;
      onQuiet();
    }
    if (!next || next.runAt > until) break;
    run.timers.delete(next.key);
    run.now = Math.max(run.now, next.runAt);
    await ring(run, next);
    if (++rung > 3_000) throw new Error(`timers go round in a circle: ${next.key}`);
  }
  run.now = until;
}

async function ring(run: Run, timer: Timer): Promise<void> {
  const handler: TimerHandler | undefined = createTimers(depsOf(run.county))[timer.kind];
  if (!handler) throw new Error(`no timer ${timer.kind}`);
  const { request } = run;
  const read = {
    ...emptyReader,
    getRequest: () => Promise.resolve(request),
    findRequests: ({ assignedTo, account }: { assignedTo?: string; account?: string }) => {
      const isFound =
        !isEnded(request) &&
        (assignedTo === undefined || request.assignments.some((a) => a.organization === assignedTo)) &&
        (account === undefined || request.callers.some((c) => c.account === account));
      const requests = isFound ? [request] : [];
      return Promise.resolve({ requests, total: requests.length });
    },
  };
  const update = { kind: 'timer' as const, id: 'timer:1', at: run.now, timer };
  const effects = await handler({
    update,
    now: run.now,
    read,
    isRead: () => Promise.resolve(null),
    accountOf: () => Promise.resolve(null),
    readAttachment: () => Promise.reject(new Error('no attachments here')),
  });
  const before = run.sent.length;
  carry(run, effects);
  if (run.sent.length > before || run.request !== request) run.story.push(`${stamp(run)} rings ${timer.key}`);
}

export const stamp = ({ now }: Run): string => new Date(now + 8 * HOUR).toISOString().slice(0, 16);

/** The file of a year arrived, or people changed: what the process does within seconds of it. */
export function followed(run: Run, what: 'people' | 'chats' | 'year'): void {
  run.world = worldOf(run.county);
  run.story.push(`${stamp(run)} befalls ${what}`);
  if (what === 'people') carry(run, [handoverTimer(run.now)]);
}

const unitOf = (person: Person, { directory }: County): string => directory.unitOf(person);
/** Somebody does something: whoever has the word as a rule, else anybody. */
export function act(run: Run, dice: Dice): void {
  const { request, county } = run;
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
  run.story.push(`${stamp(run)} ${actor.name} (${actor.team ?? actor.organization}) ${move}`);
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
  if (request.status === 'ruling' || request.status === 'admission')
    return ['县委编办', ['sign', 'rule', 'admit', 'refuse-admission', 'pause', 'ask-extension']];
  if (request.status !== 'open') return [caller, ['reopen']];
  if (leadPart?.status === 'returned') return [caller, ['transfer', 'ask-ruling', 'conclude']];
  if (leadPart?.status === 'waiting') return [lead, ['sign', 'sign', 'return', 'transfer']];
  if (dice.chance(0.3)) return [caller, ['resume', 'urge', 'note']];
  if (dice.chance(0.3)) return [support, ['sign', 'answer', 'return', 'note']];
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
