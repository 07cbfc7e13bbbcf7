/** A button that says nothing any more, or never did, and a dialogue that cannot be read any more: one line, nothing is done. */
import { replyText, setSession } from '../core/effects.js';
import type { Context, Effect, Handler } from '../core/types.js';
import type { StaleAction } from '../nlu/match.js';
import { sessionOn } from './shared/requests.js';
import { repliesOf, type HandlerDeps } from './deps.js';

export const STALE_REPLIES = ['button', 'dialogue'] as const;

const replyIn = ({ intents }: HandlerDeps) => repliesOf(intents, 'stale', STALE_REPLIES);

export function createStale(deps: HandlerDeps): Handler {
  return (ctx) => {
    const isDialogue = ctx.match.slots['action'] === ('dialogue' satisfies StaleAction);
    return isDialogue ? dropDialogue(ctx, deps) : [replyText(replyIn(deps)('button'))];
  };
}

export const dropDialogue = (ctx: Context, deps: HandlerDeps): Effect[] => [
  replyText(replyIn(deps)('dialogue')),
  setSession(sessionOn(ctx, {})),
];
