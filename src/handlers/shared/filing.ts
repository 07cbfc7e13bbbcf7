/** A draft becomes a request with the next number of its year. */
import { conversationKey } from '../../core/chat.js';
import { buzzing } from '../../core/effects.js';
import type { Effect } from '../../core/types.js';
import { requestNumber, type Request } from '../../core/request.js';
import { alertedIn } from '../../requests/buzz.js';
import type { RequestWorld } from '../../requests/effects.js';
import { fileRequest } from '../../requests/machine.js';
import type { Draft } from '../../requests/moves.js';
import { currentYear, tryApply, type Acting } from './requests.js';

/** `isNumbered`: refused only when its number was taken already. */
export type Filed = { ok: true; request: Request } | { ok: false; reason: string; isNumbered: boolean };

/** Tried with a number that is not taken first: what is refused must leave no gap. */
export async function fileNumbered({ ctx, world, actor }: Acting, draft: Draft): Promise<Filed> {
  const year = currentYear(ctx.now);
  const terms = { policy: world.policies[draft.kind], calendar: world.calendar, now: ctx.now };
  const file = (number: string) => tryApply(() => fileRequest(draft, actor, number, terms));
  const trial = file(requestNumber(year, 1));
  if (!trial.ok) return { ...trial, isNumbered: false };
  const filed = file(requestNumber(year, await ctx.takeNumber(`QS-${year}`)));
  return filed.ok ? filed : { ...filed, isNumbered: true };
}

/** Alerts those who have to act by their cards, not whoever called. */
export const withAlerts = (effects: Effect[], request: Request, world: RequestWorld): Effect[] =>
  effects.map((effect) =>
    isForOthers(effect, request)
      ? buzzing(effect, (to) => alertedIn(to, { ...world, policy: world.policies[request.kind], request }))
      : effect,
  );

const isForOthers = (effect: Effect, { callers }: Request): boolean =>
  effect.kind === 'send' &&
  effect.slot !== undefined &&
  callers.every(({ conversation }) => conversationKey(conversation) !== conversationKey(effect.to));
