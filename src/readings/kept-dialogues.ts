/** A dialogue is not lost because something else is said in it: that is answered, then the question stands again. */
import { setSession } from '../core/effects.js';
import type { Session } from '../core/session.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { MEASURE_INTENTS } from './measures.js';
import { REMINDER_INTENTS } from './reminder-dialogues.js';
import { ACTS } from './request-intents.js';

/** Dialogues that are taken up again after something else was answered; their handlers know the action `again`. */
const isTakenUp = (intent: string): boolean =>
  intent === 'file_request' ||
  ACTS.has(intent) ||
  REMINDER_INTENTS.has(intent) ||
  MEASURE_INTENTS.has(intent);

/** `before`: the session as the message found it; that of `ctx` is without the dialogue where the person left it. */
export async function withDialogueKept(
  handlers: Readonly<Record<string, Handler>>,
  ctx: Context,
  handler: Handler,
  before: Session | null,
): Promise<Effect[]> {
  const flow = before?.flow;
  const left = before?.left;
  const isElsewhere = flow && isTakenUp(flow.intent) && ctx.match.intent !== flow.intent;
  const isLeft = flow !== undefined && ctx.session?.flow === undefined;
  if (isElsewhere && !isLeft) return answeredAside(handlers, ctx, handler, flow);
  const effects = await handler(ctx);
  if (!left || left.isOffered || ctx.match.intent === left.flow.intent) return effects;
  const owner = handlers[left.flow.intent];
  if (!owner) return effects;
  const offer = await owner({ ...ctx, match: own(left.flow.intent, 'offer-left') });
  const said = offer.filter(({ kind }) => kind !== 'setSession');
  return withSession([...effects, ...said], ctx, (session) => ({
    ...session,
    left: { ...left, isOffered: true },
  }));
}

type Flow = NonNullable<Session['flow']>;

async function answeredAside(
  handlers: Readonly<Record<string, Handler>>,
  ctx: Context,
  handler: Handler,
  flow: Flow,
): Promise<Effect[]> {
  const effects = await handler(ctx);
  const set = effects.findLast((effect) => effect.kind === 'setSession');
  // What was answered asks something itself: the draft is offered again when that is done with.
  if (set?.session?.flow && set.session.flow !== flow)
    return flow.isDraft
      ? withSession(effects, ctx, (session) => ({ ...session, left: { flow, isOffered: false } }))
      : effects;
  const kept = withSession(effects, ctx, (session) => ({
    ...session,
    ...(flow.asks !== '' && { isChoosing: false }),
    flow,
  }));
  const after = kept.findLast((effect) => effect.kind === 'setSession');
  const owner = handlers[flow.intent];
  if (!owner || ctx.update.kind !== 'message') return kept;
  const again = await owner({
    ...ctx,
    session: after?.session ?? ctx.session,
    match: own(flow.intent, 'again'),
  });
  return [...kept, ...again.filter(({ kind }) => kind === 'reply' || kind === 'edit')];
}

const own = (intent: string, action: string): Context['match'] => ({
  intent,
  slots: { action },
  score: 1,
  via: 'flow',
  scores: { [intent]: 1 },
});

/** The session that the effects leave, changed; the session as it was where they leave none. */
function withSession(effects: Effect[], ctx: Context, change: (session: Session) => Session): Effect[] {
  const set = effects.findLast((effect) => effect.kind === 'setSession');
  const session = set?.session ?? ctx.session ?? { updatedAt: ctx.now, offered: [], isChoosing: false };
  const rest = effects.filter(({ kind }) => kind !== 'setSession');
  return [...rest, setSession({ ...change(session), updatedAt: ctx.now })];
}
