/** What the handlers of requests share: who acts, which request is meant, how a change is answered. */
import { replyText, setSession } from '../../core/effects.js';
import { BotError } from '../../core/errors.js';
import type { Request } from '../../core/request.js';
import type { Context, Effect, Handler } from '../../core/types.js';
import { withPlainWeeks } from '../../calendar/calendar.js';
import { toLocal, yearOf } from '../../calendar/local.js';
import { caseOf } from '../../requests/case.js';
import { effectsOfChange, type RequestWorld } from '../../requests/effects.js';
import { applyMove } from '../../requests/machine.js';
import type { Act, Actor } from '../../requests/moves.js';
import { readableBy } from '../../requests/confidential.js';
import { isCallerSide, maySee } from '../../requests/permissions.js';
import type { Viewer } from '../../requests/view.js';
import { parseRequestNumber } from '../../requests/numbers.js';
import { actorOf } from '../../requests/routing.js';
import type { HandlerDeps } from '../deps.js';
import { conversationKey } from '../../core/chat.js';
import type { Session } from '../../core/session.js';

export const requestWorldOf = (deps: HandlerDeps): RequestWorld => ({
  policies: deps.policies,
  // A clock of a request runs whatever is published: nobody's call is refused for a file that is not there.
  calendar: withPlainWeeks(deps.calendar),
  directory: deps.knowledge().directory,
  platforms: deps.platforms,
  ...(deps.isDanger && { isDanger: deps.isDanger }),
  ...(deps.embed && { embed: deps.embed }),
});

/** Somebody acts on requests: what was heard, what it is worked with, and who it is. */
export type Acting = { ctx: Context; world: RequestWorld; actor: Actor };

/** Who acts: by the binding of the account at this moment, never by a name that is shown. Null: nobody is bound. */
export const actorIn = (ctx: Pick<Context, 'person' | 'update'>, world: RequestWorld): Actor | null =>
  ctx.person ? actorOf(ctx.person, accountText(ctx), world.directory) : null;

/** For whom a card is made: the calling unit, or the unit of the person that has a part in it. */
export function viewerOf(given: Request, actor: Actor): Viewer {
  const { request, own } = readableBy(given, actor);
  const organization = isCallerSide(actor, request)
    ? actor.organization
    : (actor.team ?? (own || actor.organization));
  return { organization, roles: actor.roles };
}

const STRANGER = '未登记人员';
export const isStranger = ({ organization }: Actor): boolean => organization === STRANGER;

/** Where the setting OVERSIGHT allows it, somebody who is bound to nobody may complain about enforcement, and do nothing else. */
export const strangerIn = (ctx: Pick<Context, 'update'>): Actor => ({
  account: accountText(ctx),
  name: STRANGER,
  organization: STRANGER,
  roles: ['township-cadre'],
});

export const accountText = ({ update }: Pick<Context, 'update'>): string =>
  `${update.user.platform}:${update.user.id}`;

export const unbound = (ctx: Pick<Context, 'update'>): Effect =>
  replyText(
    `您的账号尚未绑定人员,不能办理请求。请把账号“${accountText(ctx)}”告知管理员,登记后即可使用。查询责任单位不受影响。`,
  );

/** A handler for those who are bound: who acts is found, and the others are told how to be. */
export const byActor =
  (deps: HandlerDeps, act: (acting: Acting) => Promise<Effect[]> | Effect[]): Handler =>
  (ctx) => {
    const world = requestWorldOf(deps);
    const actor = actorIn(ctx, world);
    return actor ? act({ ctx, world, actor }) : [unbound(ctx)];
  };

export const currentYear = (now: number): number => yearOf(toLocal(now).date);

/** The number that the button or the text names, else null. */
export function numberIn(ctx: Context): string | null {
  const value = ctx.match.slots['value'] ?? '';
  return parseRequestNumber(value || ctx.text, currentYear(ctx.now));
}

/** `A2` in the value of a button. */
export const assignmentIn = (value: string): string | undefined => /\bA\d+\b/.exec(value)?.[0];

/** The request, where there is one and the person may see it. Whether it is the one or the other is told to nobody. */
export async function visibleRequest(
  ctx: Pick<Context, 'read'>,
  actor: Actor | null,
  number: string,
): Promise<Request | null> {
  const request = actor ? await ctx.read.getRequest(number) : null;
  return request && actor && maySee(actor, request) ? request : null;
}

export const unknownRequest = (number: string, said = ''): Effect =>
  replyText(`没有查到请求 ${number},或您不能查看。请核对编号。${JOINS.test(said) ? HOW_TO_JOIN : ''}`);
/** 把我们也加进去: nobody joins by a number what they may not see; what is alike is offered when it is sent. */
const JOINS =
  /(?:把|给|连)?(?:我们?|俺们?|咱们?)[^,\uff0c。\s]{0,6}(?:加(?:进|入|上)|算(?:上|进)|并(?:进|入|到|过)|带上|凑)|(?:并|合)(?:进|入|到)(?:一起|去|那)?|一起报|一并报/;
const HOW_TO_JOIN =
  '别的单位提出的,不能按编号加入;请写明您这边的情况,例如:“呼叫住建局:某村路灯不亮”,提交前会查是否有人就同一处报过,可以并入。';

function apply(
  { ctx, world, actor }: Acting,
  request: Request,
  acts: Act[],
): { after: Request } | { act: Act; reason: string } {
  let after = request;
  for (const act of acts) {
    const outcome = tryApply(() => applyMove(caseOf(after, world, ctx.now), act, actor));
    if (!outcome.ok) return { act, reason: outcome.reason };
    after = outcome.request;
  }
  return { after };
}

/** Why the acts would be refused, or null. */
export function tryActs(acting: Acting, request: Request, acts: Act[]): string | null {
  const tried = apply(acting, request, acts);
  return 'reason' in tried ? tried.reason : null;
}

/** Carries acts out as one change, or says courteously why not; both stand in the record. */
export function carryOut(acting: Acting, request: Request, acts: Act[], done: string): Effect[] {
  const { ctx, world } = acting;
  const applied = apply(acting, request, acts);
  if ('reason' in applied) return refuse(acting, request, applied.act.kind, applied.reason);
  const { after } = applied;
  const { update } = ctx;
  const effects = effectsOfChange(request, after, world, ctx.now, update.conversation);
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

/** A click on the live card is answered by the card; a form is another card. */
const isCardHere = ({ update }: Context, effects: Effect[]): boolean =>
  update.kind === 'action' &&
  update.action.filled === undefined &&
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

/** Behind a list nobody knows any more which one is meant, unless it holds one alone. */
export function sessionBehind(ctx: Context, requests: readonly Request[]): Session {
  const [only, other] = requests;
  if (only && !other) return sessionOn(ctx, { request: only.number });
  const { request: _request, ...session } = sessionOn(ctx, {});
  return { ...session, ...listedIn(ctx, requests) };
}
/** What a list leaves behind, so that 哪家的 is asked of each in it. */
export const listedIn = ({ now }: Context, requests: readonly Request[]): Pick<Session, 'cases'> =>
  requests.length === 0
    ? {}
    : { cases: { shown: requests.slice(0, LISTED_MAX).map(({ number }) => number), at: now } };
/** So many of a list are remembered. */
const LISTED_MAX = 10;
