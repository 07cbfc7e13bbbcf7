/** Dialogues of several steps: what each keeps between its steps is looked at before it is stored and when it is read back. */
import type { z } from 'zod';
import { withoutFlow } from '../../core/session.js';
import type { Context, Effect, Handler } from '../../core/types.js';
import { dropDialogue } from '../stale.js';
import type { HandlerDeps } from '../deps.js';

/** What the dialogue of an intent keeps, or null where the person is in none of it. */
export function flowData<T>(ctx: Pick<Context, 'session'>, intent: string, shape: z.ZodType<T>): T | null {
  const flow = ctx.session?.flow;
  return flow?.intent === intent ? (shape.safeParse(flow.data).data ?? null) : null;
}

/** The action by which a dialogue says again what it waits for. */
export const AGAIN = 'again';

type Shapes = Readonly<Record<string, z.ZodType>>;

const isReadable = (ctx: Pick<Context, 'session'>, shapes: Shapes): boolean => {
  const flow = ctx.session?.flow;
  if (!flow) return true;
  return Object.hasOwn(shapes, flow.intent) && shapes[flow.intent]?.safeParse(flow.data).success === true;
};

/**
 * A dialogue that cannot be read (of another version, or with a value that nobody should have got into it) is dropped: its
 * answer gets a word, everything else is handled as if there were none. One that could not be read back is not stored.
 */
export function withReadableFlow(handler: Handler, shapes: Shapes, deps: HandlerDeps): Handler {
  const isStorable = (effect: Effect): boolean =>
    effect.kind !== 'setSession' || isReadable({ session: effect.session }, shapes);
  return async (ctx) => {
    const isIn = isReadable(ctx, shapes);
    if (!isIn && ctx.match.via === 'flow') return dropDialogue(ctx, deps);
    const effects = await handler(isIn ? ctx : { ...ctx, session: withoutFlow(ctx) });
    return effects.every(isStorable) ? effects : dropDialogue(ctx, deps);
  };
}
