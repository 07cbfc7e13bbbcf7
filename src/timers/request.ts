/** What the clock does to requests: climbs the ladder, concludes what nobody rates. */
import type { Request } from '../core/request.js';
import type { TimerHandler } from '../core/types.js';
import { caseOf } from '../requests/case.js';
import { dueAtOf } from '../requests/clock.js';
import { effectsOfChange, timerOf, type RequestWorld } from '../requests/effects.js';
import { applyMove } from '../requests/machine.js';
import type { ClockAct } from '../requests/moves.js';
import { dueActs, dueSteps, type DueStep } from '../requests/ladder.js';
import { tellAll } from '../requests/telling.js';
import { requestWorldOf } from '../handlers/shared/requests.js';
import type { HandlerDeps } from '../handlers/deps.js';

/** Timer `request`: one for each open request, at the next thing that the clock has to do. */
export function createRequestTimer(deps: HandlerDeps): TimerHandler {
  return async ({ update, now, read }) => {
    const number = String(update.timer.payload['number']);
    const before = await read.getRequest(number);
    if (!before) return [];
    const world = requestWorldOf(deps);
    const on = caseOf(before, world, now);
    let after = before;
    const steps: DueStep[] = [];
    for (let acts = dueActs(on); acts.length > 0; acts = dueActs(caseOf(after, world, now))) {
      // Where a pause ends or all of it, nobody is waited for any more who was due a moment ago.
      if (acts.some(({ kind }) => kind === 'escalate')) steps.push(...dueSteps(caseOf(after, world, now)));
      for (const act of acts) after = applied(after, act, world, now);
    }
    // A year's days off are known by now: the end that was provisional is reckoned anew.
    const dueAt = dueAtOf(caseOf(after, world, now));
    if (after === before && dueAt !== before.dueAt) after = { ...before, dueAt };
    // Too early, or looked again for a calendar that is not there yet: nobody's card changes.
    if (after === before) return [timerOf(on)];
    const isConcluded = after.status === 'concluded' && before.status !== 'concluded';
    return [
      ...effectsOfChange(before, after, world, now, null),
      ...(isConcluded ? [] : tellAll(steps, caseOf(after, world, now), world)),
    ];
  };
}

function applied(request: Request, act: ClockAct, world: RequestWorld, now: number): Request {
  const outcome = applyMove(caseOf(request, world, now), act, null);
  // The ladder offered it a moment ago: a refusal is a mistake of ours.
  if (!outcome.ok) throw new Error(`${request.number}: the clock may not ${act.kind}: ${outcome.reason}`);
  return outcome.request;
}
