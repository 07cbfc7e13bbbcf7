/** A move on a request by message or button: which request, what is still missing, then the move. One engine for all moves. */
import { replyText, setSession } from '../../core/effects.js';
import type { Request } from '../../core/request.js';
import type { Context, Effect, Handler } from '../../core/types.js';
import { withoutNumber } from '../../nlu/slots.js';
import { caseOf } from '../../requests/case.js';
import type { RequestWorld } from '../../requests/effects.js';
import type { Act, Move } from '../../requests/moves.js';
import {
  actorIn,
  carryOut,
  requestWorldOf,
  findRequest,
  refusalOf,
  refuse,
  sessionOn,
  tryApply,
  unbound,
  visibleRequest,
  type Acting,
} from './requests.js';
import type { HandlerDeps } from '../deps.js';
import { isCancel } from './cancel.js';
import { ActFlow } from './flow-shapes.js';
import { flowData } from './flows.js';
import type { Attachment } from '../../core/chat.js';

/** What has been said so far; kept in the session between the steps. */
export type Said = { text: string; attachments: Attachment[] };

export type MoveSpec = {
  move: Move;
  /** Whether the text is part of this move; the first spec of an intent whose test holds is meant. */
  isMeant: (input: Acting & { action: string; text: string }) => boolean;
  /** What to ask for when the text does not hold it, or null when all is there. */
  missing: (said: Said, input: { ctx: Context; world: RequestWorld; request: Request }) => string | null;
  make: (
    said: Said,
    input: { ctx: Context; world: RequestWorld; request: Request; assignment?: string },
  ) => Act;
  /** Said behind the number when it is done. */
  done: string;
};

/** `specs` in the order in which they are tried; the last one is meant when no other is. */
export function createAct(deps: HandlerDeps, intent: string, specs: MoveSpec[]): Handler {
  return async (ctx) => {
    const world = requestWorldOf(deps);
    const actor = actorIn(ctx, world);
    if (!actor) return [unbound(ctx)];
    const acting: Acting = { ctx, world, actor };
    const flow = ctx.match.via === 'flow' ? flowData(ctx, intent, ActFlow) : null;
    if (flow) return goOn(acting, intent, specs, flow);
    const action = ctx.match.slots['action'] ?? '';
    const text = withoutNumber(ctx.raw);
    const spec = specs.find((s) => s.isMeant({ ...acting, action, text })) ?? specs.at(-1);
    if (!spec) throw new Error(`${intent}: no move`);
    const found = await findRequest(acting, [spec.move]);
    if ('effects' in found) return found.effects;
    const { request, assignment } = found;
    const said: Said = { text: action ? '' : text, attachments: attachmentsOf(ctx) };
    return step(acting, intent, spec, { request, ...(assignment && { assignment }) }, said);
  };
}

async function goOn(acting: Acting, intent: string, specs: MoveSpec[], flow: ActFlow): Promise<Effect[]> {
  const { ctx, actor } = acting;
  if (isCancel(ctx.text)) return [replyText('好的,已取消。'), setSession(sessionOn(ctx, {}))];
  const spec = specs.find(({ move }) => move === flow.move);
  const request = await visibleRequest(ctx, actor, flow.number);
  if (!spec || !request) return [replyText('请重新发起。'), setSession(sessionOn(ctx, {}))];
  const said: Said = {
    text: [flow.text, ctx.raw].filter(Boolean).join('\n'),
    attachments: [...flow.attachments, ...attachmentsOf(ctx)],
  };
  const on = { request, ...(flow.assignment && { assignment: flow.assignment }) };
  return step(acting, intent, spec, on, said);
}

function step(
  acting: Acting,
  intent: string,
  spec: MoveSpec,
  on: { request: Request; assignment?: string },
  said: Said,
): Effect[] {
  const { ctx, world, actor } = acting;
  const { request, assignment } = on;
  // Nobody is asked for words that would be refused anyway.
  const refused = tryApply(() => ({
    reason: refusalOf(spec.move, assignment, actor, caseOf(request, world, ctx.now)),
  }));
  if (refused.reason !== null) return refuse(acting, request, spec.move, refused.reason);
  const question = spec.missing(said, { ctx, world, request });
  if (question === null) return carryOut(acting, request, spec.make(said, { ctx, world, ...on }), spec.done);
  const data: ActFlow = {
    move: spec.move,
    number: request.number,
    ...(assignment && { assignment }),
    ...said,
  };
  return [
    replyText(`${request.number} ${question}(回复“取消”可放弃)`),
    setSession(sessionOn(ctx, { request: request.number, flow: { intent, asks: spec.move, data } })),
  ];
}

const attachmentsOf = ({ update }: Context): Attachment[] =>
  update.kind === 'message' ? (update.attachments ?? []) : [];

export const MIN_REASON = 2;
export const needs = (question: string) => (said: { text: string }) =>
  said.text.trim().length >= MIN_REASON ? null : question;
export const nothing = () => null;
/** By its button, or by words of the message. */
export const byWords = (id: string, pattern: RegExp) => (input: { action: string; ctx: Context }) =>
  input.action === id ||
  (input.action === '' && (pattern.test(input.ctx.text) || pattern.test(commandOf(input.ctx))));

/** The word by which the intent was called: 协办 and 转办 are one intent and two moves. */
export const commandOf = ({ update }: Context): string =>
  update.kind === 'message' ? (/^\/?([a-z]+|[\u4e00-\u9fff]+)/i.exec(update.text.trim())?.[0] ?? '') : '';

/** Units that the text names, without the one that holds the request now. */
export function unitsIn(text: string, world: RequestWorld): string[] {
  return world.directory.mentions(text).map(({ unit }) => unit);
}

/** Whether something stands beside the names of units. */
export function reasonBeside(text: string, world: RequestWorld): boolean {
  const rest = world.directory
    .mentions(text)
    .reduce((left, { alias }) => left.replace(alias, ''), text)
    .replace(/转办?给?|转派|请求?|协办|配合|协助|由|给|[\s,\uff0c。:\uff1a、]/g, '');
  return rest.length >= MIN_REASON;
}
