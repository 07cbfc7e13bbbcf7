/** People were removed or moved, or their time is over: what they had in hand goes on with their unit. */
import { isWorkingTime, nextStartOfWork, nextWorkingTime } from '../calendar/workdays.js';
import { conversationKey, directChat } from '../core/chat.js';
import { send } from '../core/effects.js';
import type { Request } from '../core/request.js';
import type { Effect, TimerHandler } from '../core/types.js';
import type { HandlerDeps } from '../handlers/deps.js';
import { requestWorldOf } from '../handlers/shared/requests.js';
import { caseOf } from '../requests/case.js';
import {
  cardEffect,
  effectsOfChange,
  heldBy,
  keptRecord,
  toldBackFrom,
  type RequestWorld,
} from '../requests/effects.js';
import { mayLeaveHours } from '../requests/ladder.js';
import { isActive, signerOf } from '../requests/log.js';
import { applyMove } from '../requests/machine.js';
import { placesOf, type Place } from '../requests/parties.js';
import { reachOf, reachText } from '../requests/reach.js';
import { toCallers } from '../requests/unreached.js';
import { shorten } from '../text/shorten.js';
import { openRequests } from './open-requests.js';

export const HANDOVER_KIND = 'handover';
/** How soon it is looked again whether somebody can be reached where nobody could, ms. */
const LOST_MS = 3_600_000;

type Schedule = Extract<Effect, { kind: 'schedule' }>;

/** Looked at at once when the directory has changed, at each change of shifts, and each working morning: dates begin and end at midnight. */
export const handoverTimer = (runAt: number): Schedule => ({
  kind: 'schedule',
  timer: { key: HANDOVER_KIND, runAt, kind: HANDOVER_KIND, payload: {} },
});

/** Timer `handover`: finds the requests; one with a number is that request's own. */
export function createHandoverTimer(deps: HandlerDeps): TimerHandler {
  return async ({ update, now, read }) => {
    const world = requestWorldOf(deps);
    const { number } = update.timer.payload;
    if (number !== undefined) return handOver(await read.getRequest(String(number)), world, now);
    const isOpenHours = isWorkingTime(world.calendar, now);
    const concerned = (await openRequests(read)).filter(
      (request) => isOpenHours || mayLeaveHours(request, world.policies[request.kind]),
    );
    const timers = concerned
      .filter((request) => handOver(request, world, now).length > 0)
      .map(({ number: it }): Schedule => {
        const key = `${HANDOVER_KIND}:${it}`;
        return { kind: 'schedule', timer: { key, runAt: now, kind: HANDOVER_KIND, payload: { number: it } } };
      });
    // A shift may begin, or somebody come back: whoever was reached by nobody is not left until tomorrow.
    const isLost = concerned.some(({ assignments, held }) =>
      assignments.some((a) => isActive(a) && held !== undefined && !held[a.organization]),
    );
    const regular = isOpenHours ? nextStartOfWork(world.calendar, now) : nextWorkingTime(world.calendar, now);
    // Who has an urgent one by their shift has it no longer than that, whatever the hour.
    const shift = world.directory.nextShiftAt(now) ?? regular;
    return [...timers, handoverTimer(Math.min(regular, shift, isLost ? now + LOST_MS : regular))];
  };
}

function handOver(before: Request | null, world: RequestWorld, now: number): Effect[] {
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
  const places = placesOf({ ...on, ...world });
  const left = [
    ...new Set(places.flatMap((it) => (it.isTold && isLeft(before, places, it) ? [it.reaches] : []))),
  ];
  // Units that nobody is left of by whom they could be reached.
  const lost = before.assignments.filter(
    (a) =>
      isActive(a) && before.held?.[a.organization] && !places.some((it) => it.reaches === a.organization),
  );
  if (left.length === 0 && lost.length === 0) return [];
  const notices = left.flatMap((unit = '') => {
    const own = places.filter((it) => it.isTold && it.reaches === unit);
    const instead = reachText(unit, { ...on, ...world });
    const said = instead ?? '原接收人员已不在岗,由贵单位继续办理,请查看';
    return [
      ...own.flatMap((place) =>
        toldBackFrom(before, place, [
          cardEffect(on, place),
          send(place.conversation, { text: `${before.number}(${shorten(before.text, 20)}) ${said}。` }),
        ]),
      ),
      ...(instead === null || own[0]?.side === 'caller' ? [] : toCallers(instead, { ...on, ...world })),
    ];
  });
  const held = heldBy(places);
  const request = { ...before, held };
  const toldOfLost = lost.flatMap(({ organization }) => {
    const text = reachText(organization, { ...on, ...world });
    if (text === null) return [];
    // Whoever stands in for another unit already hears that this one's part has come to them as well.
    const instead = new Set(reachOf(organization, { ...on, ...world }).chats.map(conversationKey));
    const shared = places
      .filter(({ conversation }) => instead.has(conversationKey(conversation)))
      .flatMap((place) =>
        toldBackFrom(before, { ...place, reaches: organization }, [
          cardEffect(on, place),
          send(place.conversation, { text: `${before.number}(${shorten(before.text, 20)}) ${text}。` }),
        ]),
      );
    return [...shared, ...toCallers(text, { ...on, ...world })];
  });
  return [
    { kind: 'request', request, expectedVersion: before.version },
    keptRecord({ ...request, version: before.version + 1 }),
    ...notices,
    ...toldOfLost,
  ];
}

/** Nobody by whom the unit is reached now has heard of the request. */
function isLeft(request: Request, places: readonly Place[], { reaches = '' }: Place): boolean {
  if (!isWaitedFor(request, reaches)) return false;
  const held = request.held?.[reaches];
  // Of requests of the time before this was kept it is not known.
  if (!request.held) return false;
  return places.every(
    (it) => it.reaches !== reaches || !it.isTold || !held?.includes(conversationKey(it.conversation)),
  );
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
