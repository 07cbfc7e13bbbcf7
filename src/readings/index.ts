/** All readers, and the choice among what they read. */
import type { Context, Effect, Handler } from '../core/types.js';
import { structuredReader } from './structured.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

/** In the order in which they are asked; of two readings that are as probable the first stands. */
const READERS: readonly Reader[] = [structuredReader];

/** Best first; the intent of the examples, the command or the dialogue is one of them. */
export async function readingsOf(ctx: Context, deps: ReadingDeps): Promise<Reading[]> {
  const { match, update } = ctx;
  const given: Reading = {
    intent: match.intent,
    slots: match.slots,
    probability: match.via === 'example' ? match.score : 1,
    why: `by ${match.via}`,
  };
  // A command and a button leave nothing to read; other people's words are quoted, not said (middleware/forwarded.ts).
  if (update.kind !== 'message' || update.isForwarded || match.via === 'command' || match.via === 'action')
    return [given];
  const isAsked = match.via === 'flow' && match.slots['action'] === 'said';
  const readers = READERS.filter(({ inDialogue }) => !isAsked || inDialogue);
  const found = await Promise.all(readers.map((reader) => reader.read(ctx, deps)));
  return [...found.flat(), given].sort((a, b) => b.probability - a.probability);
}

/** The handlers, each message given to the one that its best reading names. */
export function withReadings(handlers: Record<string, Handler>, deps: ReadingDeps): Record<string, Handler> {
  const read = async (ctx: Context): Promise<Effect[]> => {
    const [best] = await readingsOf(ctx, deps);
    const intent = best?.intent ?? ctx.match.intent;
    const handler = handlers[intent];
    if (!handler) throw new Error(`no handler for intent ${intent}`);
    return handler(best ? contextOf(ctx, best) : ctx);
  };
  return Object.fromEntries(Object.keys(handlers).map((id) => [id, read]));
}

function contextOf(ctx: Context, reading: Reading): Context {
  const { intent, slots = {}, text, raw, session } = reading;
  return {
    ...ctx,
    match: { ...ctx.match, intent, slots },
    ...(text !== undefined && { text, raw: raw ?? text }),
    ...(session !== undefined && { session }),
  };
}
