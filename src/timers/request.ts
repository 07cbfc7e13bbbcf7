/** What the clock does to requests: climbs the ladder, concludes what nobody rates, gathers the leaders' morning digest. */
import { send } from '../core/effects.js';
import { isConfidential, type Request } from '../core/request.js';
import type { TimerHandler } from '../core/types.js';
import { caseOf } from '../requests/case.js';
import { dueAtOf } from '../requests/clock.js';
import { effectsOfChange, timerOf, type RequestWorld } from '../requests/effects.js';
import { applyMove } from '../requests/machine.js';
import type { ClockAct } from '../requests/moves.js';
import { watchesOf, watchLine } from '../requests/watching.js';
import { dueActs, dueSteps, type DueStep } from '../requests/ladder.js';
import { chatOf, unique } from '../requests/reach.js';
import { tellAll } from '../requests/telling.js';
import { requestWorldOf } from '../handlers/shared/requests.js';
import type { HandlerDeps } from '../handlers/deps.js';

/** Lines of a digest; the rest is counted. */
const DIGEST_MAX = 30;

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

/** Timer `county-digest`: what has climbed to the county's leaders and is still open, in one message. */
export function createCountyDigest(deps: HandlerDeps): TimerHandler {
  return async ({ now, read }) => {
    const world = requestWorldOf(deps);
    const { requests } = await read.findRequests(
      { isOpen: true, dueUntil: now },
      { offset: 0, limit: 1_000 },
    );
    // A complaint about enforcement is not the county leaders' to read here.
    const open = requests.filter((request) => !isConfidential(request));
    const climbed = open.filter((request) => {
      const leaderSteps = world.policies[request.kind].ladder.filter((s) => s.to === 'county-leader');
      return request.events.some(
        ({ kind, facts }) => kind === 'escalated' && leaderSteps.some((s) => s.id === facts?.['step']),
      );
    });
    const leaders = world.directory.people.filter(({ roles }) => roles.includes('county-leader'));
    const chats = unique(leaders.flatMap((person) => chatOf(person, world.platforms) ?? []));
    if (climbed.length === 0) return [];
    const lines = climbed.slice(0, DIGEST_MAX).map((r) =>
      // The part that is late is named, not whoever has the last one.
      watchLine(caseOf(r, world, now), watchesOf(caseOf(r, world, now))),
    );
    const more =
      climbed.length > DIGEST_MAX ? [`另有 ${climbed.length - DIGEST_MAX} 件,可发送“逾期”查看。`] : [];
    const text = [`超过时限、仍在办理的请求 ${climbed.length} 件:`, ...lines, ...more].join('\n');
    return chats.map((chat) => send(chat, { text }));
  };
}
