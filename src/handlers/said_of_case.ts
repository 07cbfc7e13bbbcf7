/** What an involved person says of a case in words that name no move: as what it is to be noted, by one tap. */
import type { Button } from '../core/card.js';
import { replyCard, replyText, setSession } from '../core/effects.js';
import type { Request } from '../core/request.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { MOVE_LABELS, type Actor } from '../requests/moves.js';
import { actsFor } from '../requests/permissions.js';
import { shorten } from '../text/shorten.js';
import { createAskResponsibility } from './ask_responsibility.js';
import type { HandlerDeps } from './deps.js';
import { SaidFlow } from './shared/flow-shapes.js';
import { flowData } from './shared/flows.js';
import { REQUEST_ACTS } from './shared/request-acts.js';
import { byActor, sessionOn, visibleRequest, type Acting } from './shared/requests.js';

const INTENT = 'said_of_case';

type Option = SaidFlow['options'][number];

const OUTDATED = '这一步已失效,没有办理。请重新说一下。';

export function createSaidOfCase(deps: HandlerDeps): Handler {
  const acts = Object.fromEntries(Object.entries(REQUEST_ACTS).map(([id, create]) => [id, create(deps)]));
  const ask = createAskResponsibility(deps);
  return byActor(deps, async (acting) => {
    const { ctx } = acting;
    const { action = '', value = '', options = '' } = ctx.match.slots;
    if (options !== '') return offer(acting, options, ctx.match.slots['guess'] !== 'yes');
    const flow = flowData(ctx, INTENT, SaidFlow);
    if (!flow) return [replyText(OUTDATED)];
    if (action === 'case-not') {
      const scores = { ask_responsibility: 1, asks: 1 };
      const match = { intent: 'ask_responsibility', slots: {}, score: 1, via: 'example' as const, scores };
      return ask({ ...ctx, session: sessionOn(ctx, {}), match, text: flow.text, raw: flow.text });
    }
    const option = flow.options.find((it) => valueOf(it) === value);
    const act = option && acts[option.intent];
    const request = option && (await visibleRequest(ctx, acting.actor, option.number));
    if (!option || !act || !request) return [replyText(OUTDATED)];
    const goesOn: Record<string, string> = isOfficer(acting.actor, request) ? { progress: 'yes' } : {};
    return act(asPicked(acting, flow, option, goesOn));
  });
}

const valueOf = ({ number, move }: Option): string => `${number} ${move}`;

/** As if the case had been picked for this move, with what was said. */
function asPicked(
  { ctx }: Acting,
  { text, attachments }: SaidFlow,
  { intent, move, number }: Option,
  goesOn: Record<string, string>,
): Context {
  const isShown = move === 'status';
  const action = isShown ? 'req-show' : `pick-${intent.replace('_request', '')}`;
  const match = { ...ctx.match, intent, slots: { action, value: number, ...goesOn }, via: 'action' as const };
  const data = { move, among: [number], text, attachments };
  const flow = isShown ? {} : { flow: { intent, asks: 'which', data } };
  return { ...ctx, match, text: '', raw: '', session: sessionOn(ctx, flow) };
}

/** `options`: `intent/move number` of each, the likeliest first. */
async function offer(acting: Acting, options: string, isLikely: boolean): Promise<Effect[]> {
  const { ctx, actor } = acting;
  const given = options.split(',').map((it) => {
    const [intent = '', move = '', number = ''] = it.split(/[/ ]/);
    return { intent, move, number };
  });
  const request = await visibleRequest(ctx, actor, given[0]?.number ?? '');
  const attachments = ctx.update.kind === 'message' ? (ctx.update.attachments ?? []) : [];
  const flow = SaidFlow.safeParse({ isLikely, text: ctx.raw, attachments, options: given }).data;
  if (!request || !flow) return [replyText(OUTDATED)];
  const buttons = flow.options.map((option, i): Button => ({
    ...{ id: 'case-as', value: valueOf(option) },
    label: `${i === 0 && isLikely ? '确认' : ''}${labelOf(option, isOfficer(actor, request))}`,
    ...(i === 0 && isLikely && { style: 'primary' as const }),
  }));
  const card = {
    title: '请确认这句话怎么记',
    blocks: [{ kind: 'text' as const, text: questionOf(ctx.raw, request) }],
    buttons: [...buttons, { id: 'case-not', label: '不是,查清单', value: '' }],
  };
  return [
    replyCard(card),
    setSession(sessionOn(ctx, { request: request.number, flow: { intent: INTENT, asks: '', data: flow } })),
  ];
}

const isOfficer = (actor: Actor, { assignments }: Request): boolean =>
  assignments.some(({ organization }) => actsFor(actor, organization));

const questionOf = (said: string, { number, text }: Request): string =>
  `“${shorten(said, 40)}”说的是 ${number}(${shorten(text, 30)})这一件吧?还没有记,请点选:`;

function labelOf({ move }: Option, isOwn: boolean): string {
  if (move === 'status') return '看进度';
  if (move === 'answer') return '作为答复';
  if (move === 'note') return isOwn ? '记为进展' : '补充说明';
  return move === 'pause' ? '请对方补充' : MOVE_LABELS[move];
}
