/** A message of a request did not arrive: the next way is taken within seconds, and who called learns of it. */
import { conversationKey, directChat } from '../core/chat.js';
import { REQUEST_OCCURRENCE } from '../core/outbox.js';
import { isEnded, type Request } from '../core/request.js';
import type { TimerHandler } from '../core/types.js';
import type { HandlerDeps } from '../handlers/deps.js';
import { requestWorldOf } from '../handlers/shared/requests.js';
import { caseOf } from '../requests/case.js';
import { effectsOfChange, type RequestWorld } from '../requests/effects.js';
import { stepNamed } from '../requests/ladder.js';
import { isActive } from '../requests/log.js';
import { applyMove } from '../requests/machine.js';
import type { ClockAct } from '../requests/moves.js';
import { nextOfStep, stepKey, tellChats } from '../requests/telling.js';

/** Timer `delivered` of what a request sent; reminders have theirs. */
export function createUnreachedTimer(deps: HandlerDeps, ofReminders: TimerHandler): TimerHandler {
  return async (ctx) => {
    const { update, now, read } = ctx;
    const { payload } = update.timer;
    const occurrence = String(payload['occurrence']);
    if (!occurrence.startsWith(REQUEST_OCCURRENCE)) return ofReminders(ctx);
    const [number = '', unit = '', assignment = '', clock = '', id = ''] = occurrence
      .slice(REQUEST_OCCURRENCE.length)
      .split(':');
    const before = await read.getRequest(number);
    if (!before) return [];
    const world = requestWorldOf(deps);
    const chat = String(payload['to']);
    const on = caseOf(before, world, now);
    const step = stepNamed(on, { assignment, clock, step: id });
    // Of a step for callers it is the caller who was not reached.
    const isOfCaller = step?.step.to === 'caller';
    const next = step && nextOfStep({ step, on, world }, chat);
    const isKnown = before.events.some((e) => e.kind === 'unreached' && e.facts?.['chat'] === chat);
    const act =
      isKnown && (!step || isOfCaller)
        ? null
        : actOf(before, world, {
            unit,
            chat,
            isOfCaller,
            ...(step && { step: stepKey(step), ...(next && { next: next.said }) }),
          });
    const outcome = act && applyMove(on, act, null);
    const after = outcome?.ok ? outcome.request : before;
    return [
      ...(after === before ? [] : effectsOfChange(before, after, world, now, null)),
      // A step of the ladder goes on by the next way with its own words.
      ...(step && next ? tellChats({ step, on: caseOf(after, world, now), world }, next.chats) : []),
    ];
  };
}

type On = { unit: string; chat: string; isOfCaller: boolean; step?: string; next?: string };

function actOf(request: Request, { directory }: RequestWorld, on: On): ClockAct | null {
  const { unit, chat, isOfCaller, step, next } = on;
  const part = isOfCaller
    ? undefined
    : request.assignments.findLast((a) => a.organization === unit && isActive(a));
  const isCaller = isOfCaller || request.callers.some(({ organization }) => organization === unit);
  if (isEnded(request) || (!part && !isCaller)) return null;
  const isOf = (account: string): boolean => {
    const own = directChat(account);
    return own !== null && conversationKey(own) === chat;
  };
  const person = directory.people.find(({ accounts }) => accounts.some(isOf));
  const other = person && directory.unitOf(person) !== unit ? person.organization : undefined;
  return {
    kind: 'unreached',
    chat,
    name: person?.name ?? '工作群',
    ...(part && {
      assignment: part.id,
      ...(other !== undefined && { unit: other }),
      ...(step !== undefined && { step }),
      ...(next !== undefined && { next }),
    }),
  };
}
