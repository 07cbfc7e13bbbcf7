/** People were removed or moved, or their time is over: what they had in hand goes on with their unit. */
import type { Calendar } from '../calendar/calendar.js';
import { addWorkingDays, isWorkingTime, startOfWork } from '../calendar/workdays.js';
import { toLocal } from '../calendar/local.js';
import { directChat } from '../core/chat.js';
import { send } from '../core/effects.js';
import type { Request } from '../core/request.js';
import type { StoreReader } from '../core/store.js';
import type { Effect, TimerHandler } from '../core/types.js';
import type { HandlerDeps } from '../handlers/deps.js';
import { requestWorldOf } from '../handlers/shared/requests.js';
import { caseOf } from '../requests/case.js';
import { cardEffect, effectsOfChange, slotOf, toldBackFrom, type RequestWorld } from '../requests/effects.js';
import { mayLeaveHours } from '../requests/ladder.js';
import { isActive, signerOf } from '../requests/log.js';
import { applyMove } from '../requests/machine.js';
import { placesOf, type Place } from '../requests/parties.js';
import { reachText } from '../requests/reach.js';
import { toCallers } from '../requests/unreached.js';
import { shorten } from '../text/shorten.js';

export const HANDOVER_KIND = 'handover';
/** Requests that are read at once. */
const PAGE = 200;
/** What was sent a moment ago may still be on its way, ms. */
const SETTLED_MS = 10 * 60_000;

type Schedule = Extract<Effect, { kind: 'schedule' }>;

/** Looked at at once when the directory has changed, and each working morning: dates begin and end at midnight. */
export const handoverTimer = (runAt: number): Schedule => ({
  kind: 'schedule',
  timer: { key: HANDOVER_KIND, runAt, kind: HANDOVER_KIND, payload: {} },
});

const nextMorning = (calendar: Calendar, now: number): number => {
  const { date } = toLocal(now);
  const today = startOfWork(calendar, date);
  return calendar.day(date).isWorkday && today > now
    ? today
    : startOfWork(calendar, addWorkingDays(calendar, date, 1).date);
};

/** Timer `handover`: finds the requests; one with a number is that request's own. */
export function createHandoverTimer(deps: HandlerDeps): TimerHandler {
  return async ({ update, now, read }) => {
    const world = requestWorldOf(deps);
    const { number } = update.timer.payload;
    if (number !== undefined) return handOver(await read.getRequest(String(number)), read, world, now);
    const isOpenHours = isWorkingTime(world.calendar, now);
    const concerned = (await openRequests(read)).filter(
      (request) => isOpenHours || mayLeaveHours(request, world.policies[request.kind]),
    );
    const timers: Schedule[] = [];
    for (const request of concerned) {
      const settledAt = (request.events.at(-1)?.at ?? 0) + SETTLED_MS;
      const isSettled = settledAt <= now;
      if (isSettled && (await handOver(request, read, world, now)).length === 0) continue;
      const key = `${HANDOVER_KIND}:${request.number}`;
      const payload = { number: request.number };
      timers.push({
        kind: 'schedule',
        timer: { key, runAt: isSettled ? now : settledAt, kind: HANDOVER_KIND, payload },
      });
    }
    return [...timers, handoverTimer(nextMorning(world.calendar, now))];
  };
}

async function openRequests(read: StoreReader): Promise<Request[]> {
  const found: Request[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { requests } = await read.findRequests({ isOpen: true }, { offset, limit: PAGE });
    found.push(...requests);
    if (requests.length < PAGE) return found;
  }
}

async function handOver(
  before: Request | null,
  read: StoreReader,
  world: RequestWorld,
  now: number,
): Promise<Effect[]> {
  if (!before) return [];
  let after = before;
  for (const assignment of before.assignments.filter(isActive)) {
    if (!isGone(signerOf(before, assignment.id), assignment.organization, world)) continue;
    const outcome = applyMove(
      caseOf(after, world, now),
      { kind: 'hand-over', assignment: assignment.id },
      null,
    );
    if (outcome.ok) after = outcome.request;
  }
  if (after !== before) return effectsOfChange(before, after, world, now, null);
  const on = caseOf(before, world, now);
  const by = new Map<string, Place[]>();
  for (const place of placesOf({ ...on, ...world })) {
    if (!place.isTold || place.reaches === undefined) continue;
    by.set(place.reaches, [...(by.get(place.reaches) ?? []), place]);
  }
  const effects: Effect[] = [];
  for (const [unit, places] of by) {
    if (!isWaitedFor(before, unit) || (await hasCard(before, places, read))) continue;
    const instead = reachText(unit, { ...on, ...world });
    const said = instead ?? '原接收人员已不在岗,由贵单位继续办理,请查看';
    effects.push(
      ...places.flatMap((place) =>
        toldBackFrom(before, place, [
          cardEffect(on, place),
          send(place.conversation, { text: `${before.number}(${shorten(before.text, 20)}) ${said}。` }),
        ]),
      ),
      ...(instead === null || places[0]?.side === 'caller' ? [] : toCallers(instead, { ...on, ...world })),
    );
  }
  return effects;
}

/** By the account: a person of the same name in another unit is another. */
function isGone(
  signer: { account: string } | null,
  organization: string,
  { directory }: RequestWorld,
): boolean {
  const chat = signer && directChat(signer.account);
  if (!chat) return false;
  const person = directory.personOf({ ...chat, id: chat.chatId });
  return !person || (directory.unitOf(person) !== organization && person.organization !== organization);
}

const isWaitedFor = ({ callers, assignments }: Request, unit: string): boolean =>
  callers.some(({ organization }) => organization === unit) ||
  assignments.some((a) => a.organization === unit && isActive(a));

async function hasCard(request: Request, places: readonly Place[], read: StoreReader): Promise<boolean> {
  for (const { conversation } of places) if (await read.getCard(slotOf(request, conversation))) return true;
  return false;
}
