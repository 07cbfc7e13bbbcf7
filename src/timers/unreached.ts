/** A message of a request did not arrive: the next way is taken within seconds, and who called learns of it. */
import { conversationKey, directChat } from '../core/chat.js';
import { REQUEST_OCCURRENCE } from '../core/outbox.js';
import type { Person } from '../core/domain.js';
import { isEnded, type Request } from '../core/request.js';
import type { Effect, TimerHandler } from '../core/types.js';
import type { HandlerDeps } from '../handlers/deps.js';
import { requestWorldOf } from '../handlers/shared/requests.js';
import { caseOf, type RequestCase } from '../requests/case.js';
import { effectsOfChange, type RequestWorld } from '../requests/effects.js';
import { stepNamed } from '../requests/ladder.js';
import { isActive } from '../requests/log.js';
import { applyMove } from '../requests/machine.js';
import type { ClockAct } from '../requests/moves.js';
import { noticeIn, type Notice } from '../requests/notice-lost.js';
import { ruledAgain } from '../requests/ruling-told.js';
import { nextOfStep, stepKey, tellChats } from '../requests/telling.js';
import { deskAgain } from '../requests/to-desk.js';
import { headAgain } from '../requests/to-heads.js';

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
    const lost = noticeIn(id, before);
    if (lost) return noticeAgain(on, world, { id, notice: lost.notice, unit, chat });
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

const AGAIN: Record<Notice, typeof ruledAgain> = {
  desk: (event, _, told, chat) => deskAgain(event, told, chat),
  head: headAgain,
  ruled: ruledAgain,
};

type LostNotice = { id: string; notice: Notice; unit: string; chat: string };

/** The failure stands in the log, so that each next one knows whom none of them has reached. */
function noticeAgain(on: RequestCase, world: RequestWorld, lost: LostNotice): Effect[] {
  const { request: before, now } = on;
  const { id, notice, unit, chat } = lost;
  const isKnown = before.events.some((e) => e.kind === 'unreached' && e.facts?.['chat'] === chat);
  const name = personOf(chat, world)?.name ?? '工作群';
  const outcome = isKnown ? null : applyMove(on, { kind: 'unreached', chat, name, unit, notice }, null);
  const after = outcome?.ok ? outcome.request : before;
  const told = { ...caseOf(after, world, now), ...world };
  const event = noticeIn(id, after)?.event;
  if (!event) return [];
  return [
    ...(after === before ? [] : effectsOfChange(before, after, world, now, null)),
    ...AGAIN[notice](event, unit, told, chat),
  ];
}

function personOf(chat: string, { directory }: RequestWorld): Person | undefined {
  const isOf = (account: string): boolean => {
    const own = directChat(account);
    return own !== null && conversationKey(own) === chat;
  };
  return directory.people.find(({ accounts }) => accounts.some(isOf));
}

type On = { unit: string; chat: string; isOfCaller: boolean; step?: string; next?: string };

function actOf(request: Request, world: RequestWorld, on: On): ClockAct | null {
  const { unit, chat, isOfCaller, step, next } = on;
  const part = isOfCaller
    ? undefined
    : request.assignments.findLast((a) => a.organization === unit && isActive(a));
  const isCaller = isOfCaller || request.callers.some(({ organization }) => organization === unit);
  if (isEnded(request) || (!part && !isCaller)) return null;
  const person = personOf(chat, world);
  const other = person && world.directory.unitOf(person) !== unit ? person.organization : undefined;
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
