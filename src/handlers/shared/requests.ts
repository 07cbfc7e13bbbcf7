/** What the handlers of requests share: who acts, which request is meant, how a change is answered. */
import { replyCard, replyText, setSession } from '../../core/effects.js';
import { BotError } from '../../core/errors.js';
import type { Request } from '../../core/request.js';
import type { Context, Effect } from '../../core/types.js';
import type { Button } from '../../core/card.js';
import { toLocal, yearOf } from '../../calendar/local.js';
import { caseOf, type RequestCase } from '../../requests/case.js';
import { effectsOfChange, type RequestWorld } from '../../requests/effects.js';
import { applyMove } from '../../requests/machine.js';
import type { Act, Actor, Move } from '../../requests/moves.js';
import { MOVE_LABELS } from '../../requests/moves.js';
import { situationOf, whyNot } from '../../requests/guards.js';
import { maySee } from '../../requests/permissions.js';
import { parseRequestNumber } from '../../requests/numbers.js';
import { actorOf } from '../../requests/routing.js';
import type { HandlerDeps } from '../deps.js';
import { conversationKey } from '../../core/chat.js';
import type { Session } from '../../core/session.js';
import { shorten } from '../../text/shorten.js';

/** Requests offered to choose from. */
const CHOICES = 6;
/** Requests of a unit that are looked through for one that a move fits. */
const LOOKED_THROUGH = 200;

export const requestWorldOf = (deps: HandlerDeps): RequestWorld => ({
  policies: deps.policies,
  calendar: deps.calendar,
  directory: deps.knowledge().directory,
  platforms: deps.platforms,
});

/** Somebody acts on requests: what was heard, what it is worked with, and who it is. */
export type Acting = { ctx: Context; world: RequestWorld; actor: Actor };

/** Who acts: by the binding of the account at this moment, never by a name that is shown. Null: nobody is bound. */
export const actorIn = (ctx: Pick<Context, 'person' | 'update'>, world: RequestWorld): Actor | null =>
  ctx.person ? actorOf(ctx.person, accountText(ctx), world.directory) : null;

export const accountText = ({ update }: Pick<Context, 'update'>): string =>
  `${update.user.platform}:${update.user.id}`;

export const unbound = (ctx: Pick<Context, 'update'>): Effect =>
  replyText(
    `您的账号尚未绑定人员,不能办理请求。请把账号“${accountText(ctx)}”告知管理员,登记后即可使用。查询责任单位不受影响。`,
  );

export const currentYear = (now: number): number => yearOf(toLocal(now).date);

/** The number that the button or the text names, else null. */
export function numberIn(ctx: Context): string | null {
  const value = ctx.match.slots['value'] ?? '';
  return parseRequestNumber(value || ctx.text, currentYear(ctx.now));
}

/** `A2` in the value of a button. */
export const assignmentIn = (value: string): string | undefined => /\bA\d+\b/.exec(value)?.[0];

/** Why the person may not do this now, or null. @throws BotError 'DATA' where a calendar year is missing. */
export function refusalOf(
  move: Move,
  assignment: string | undefined,
  actor: Actor,
  on: RequestCase,
): string | null {
  const situation = situationOf(move, assignment, actor, on);
  return typeof situation === 'string' ? situation : whyNot(move, situation);
}

/** The request, where there is one and the person may see it. Whether it is the one or the other is told to nobody. */
export async function visibleRequest(
  ctx: Pick<Context, 'read'>,
  actor: Actor | null,
  number: string,
): Promise<Request | null> {
  const request = actor ? await ctx.read.getRequest(number) : null;
  return request && actor && maySee(actor, request) ? request : null;
}

export const unknownRequest = (number: string): Effect =>
  replyText(`没有查到请求 ${number},或您不能查看。请核对编号。`);

/** One request, the effects that ask which one, or those that say that there is none. */
export type Found = { request: Request; assignment?: string } | { effects: Effect[] };

/**
 * By number; else the request spoken of last; else the only one of the person's unit that the moves fit. `moves` are those
 * that the message may mean: the first that fits counts.
 */
export async function findRequest({ ctx, world, actor }: Acting, moves: Move[]): Promise<Found> {
  const number = numberIn(ctx);
  if (number !== null) {
    const request = await visibleRequest(ctx, actor, number);
    // Whoever tries stands in the record, whether there is such a request or not.
    if (!request) return { effects: [unknownRequest(number), refusalRecord(moves[0] ?? 'sign', actor)] };
    const assignment = assignmentIn(ctx.match.slots['value'] ?? '');
    return { request, ...(assignment && { assignment }) };
  }
  const fits = (request: Request) =>
    moves.some((move) => refusalOf(move, undefined, actor, caseOf(request, world, ctx.now)) === null);
  const last = ctx.session?.request ? await visibleRequest(ctx, actor, ctx.session.request) : null;
  if (last && fits(last)) return { request: last };
  const candidates = (await unitRequests(ctx, actor)).filter(fits);
  const label = MOVE_LABELS[moves[0] ?? 'sign'];
  if (candidates.length === 0)
    return { effects: [replyText(`目前没有可由您${label}的请求。可发送“我的请求”或“待我办理”查看。`)] };
  const [only] = candidates;
  if (only && candidates.length === 1) return { request: only };
  return { effects: [chooseRequest(ctx, candidates, label)] };
}

/** Open requests that the person's unit called for or has a part in, and ended ones it may still rate or reopen. */
async function unitRequests(ctx: Context, actor: Actor): Promise<Request[]> {
  const units = [actor.organization, ...(actor.team ? [actor.team] : [])];
  const page = { offset: 0, limit: LOOKED_THROUGH };
  const found = await Promise.all([
    ...units.map((unit) => ctx.read.findRequests({ assignedTo: unit }, page)),
    ctx.read.findRequests({ calledBy: actor.organization }, page),
    ...(actor.roles.includes('list-office') || actor.roles.includes('deadline-office')
      ? [ctx.read.findRequests({ isOpen: true }, page)]
      : []),
  ]);
  return [...new Map(found.flatMap(({ requests }) => requests).map((r) => [r.number, r])).values()];
}

function chooseRequest(ctx: Context, candidates: Request[], label: string): Effect {
  const action = ctx.match.slots['action'];
  const button = (request: Request): Button => ({
    id: action && action !== 'said' ? action : `pick-${ctx.match.intent.replace('_request', '')}`,
    label: `${request.number} ${shorten(request.text, 12)}`,
    value: request.number,
  });
  const shown = candidates.slice(0, CHOICES);
  return replyCard({
    title: `请选择要${label}的请求`,
    blocks: [
      {
        kind: 'text',
        text:
          candidates.length > shown.length
            ? `共 ${candidates.length} 件,下面是最近的 ${shown.length} 件;也可以写明编号。`
            : '请点选,或在命令中写明编号。',
      },
      ...shown.map((r) => ({ kind: 'text' as const, text: `${r.number} ${shorten(r.text, 40)}` })),
    ],
    buttons: shown.map(button),
  });
}

/** Carries an act out, or says courteously why not; both stand in the record. */
export function carryOut(acting: Acting, request: Request, act: Act, done: string): Effect[] {
  const { ctx, world, actor } = acting;
  const outcome = tryApply(() => applyMove(caseOf(request, world, ctx.now), act, actor));
  if (!outcome.ok) return refuse(acting, request, act.kind, outcome.reason);
  const { update } = ctx;
  const effects = effectsOfChange(request, outcome.request, world, ctx.now, update.conversation);
  return [
    ...effects,
    ...(isCardHere(ctx, effects) ? [] : [replyText(`${request.number} ${done}`)]),
    setSession(sessionOn(ctx, { request: request.number })),
  ];
}

/** Says why not; the attempt stands in the record. */
export const refuse = ({ ctx, actor }: Acting, request: Request, act: string, reason: string): Effect[] => [
  replyText(reason),
  refusalRecord(act, actor, request),
  setSession(sessionOn(ctx, { request: request.number })),
];

/** Without a request where one was not filed. */
export const refusalRecord = (act: string, { organization }: Actor, request?: Request): Effect => ({
  kind: 'record',
  what: 'refusal',
  ...(request && { request: request.number }),
  data: { act, organization },
});

/** A click on the live card is answered by the card. */
const isCardHere = ({ update }: Context, effects: Effect[]): boolean =>
  update.kind === 'action' &&
  effects.some(
    (e) =>
      e.kind === 'send' &&
      e.slot !== undefined &&
      conversationKey(e.to) === conversationKey(update.conversation),
  );

/** A missing calendar year is said to the person: the request must not be lost in a retry that cannot succeed. */
export function tryApply<T>(task: () => T): T | { ok: false; reason: string } {
  try {
    return task();
  } catch (error) {
    if (error instanceof BotError && error.code === 'DATA') return { ok: false, reason: error.message };
    throw error;
  }
}

/** What is remembered after an act: the request, and nothing of an earlier dialogue. */
export function sessionOn(ctx: Context, parts: Partial<Session>): Session {
  const { flow: _flow, late: _late, ...rest } = ctx.session ?? { offered: [], isChoosing: false };
  return { ...rest, isChoosing: false, updatedAt: ctx.now, ...parts };
}
