/** What follows from a change of a request: it is stored, its timer set, its cards renewed, the other side told. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { send } from '../core/effects.js';
import { digestOf } from '../files/digest.js';
import { REQUEST_OCCURRENCE } from '../core/outbox.js';
import { KEPT, SAID, STATE, type Request, type RequestEvent } from '../core/request.js';
import type { Effect } from '../core/types.js';
import type { Directory } from '../organizations/directory.js';
import { caseOf, type RequestCase } from './case.js';
import { readableFor } from './confidential.js';
import { nextStepAt } from './ladder.js';
import { isActive, rulingInForce } from './log.js';
import { morningsOf } from './morning.js';
import { placesOf, type Place } from './parties.js';
import { unreachedAtOnce, unreachedNotices } from './unreached.js';
import { noticesOf } from './notices.js';
import { ruledNext, rulingNotices } from './ruling-told.js';
import type { Policies } from './policy.js';
import type { Embed } from './same-matter.js';
import { deskNotices } from './to-desk.js';
import { headNotices } from './to-heads.js';
import { requestCard } from './view.js';
import { conversationKey, type Conversation, type Platform } from '../core/chat.js';

export type RequestWorld = {
  policies: Policies;
  calendar: Calendar;
  directory: Directory;
  /** Platforms that run: nobody is reached on the others. */
  platforms: ReadonlySet<Platform>;
  /** Whether a text tells of people in danger; nobody is where it is absent. */
  isDanger?: (text: string) => Promise<boolean>;
  /** What a text means, as a vector; absent where nothing reads meanings. */
  embed?: Embed;
};

export const timerKey = (number: string): string => `request:${number}`;

/**
 * `before` is null for a new request. `from` is the chat in which somebody acts: it is answered there, not told. The cards
 * of a new round are new messages, because a silent edit of an old card calls nobody.
 */
export function effectsOfChange(
  before: Request | null,
  after: Request,
  world: RequestWorld,
  now: number,
  from: Conversation | null,
): Effect[] {
  const on = caseOf(after, world, now);
  const events = after.events.slice(before?.events.length ?? 0);
  const places = placesOf({ ...on, ...world });
  // As the store will keep it: the record vouches for every field.
  const kept = { ...after, version: (before?.version ?? 0) + 1, held: heldBy(places) };
  const fromKey = from ? conversationKey(from) : '';
  return [
    {
      kind: 'request',
      request: { ...after, held: kept.held },
      expectedVersion: before?.version ?? 0,
    },
    timerOf(on),
    ...morningsOf(on, world.directory),
    ...events.map((event, i) => recordOf(kept, event, i === events.length - 1)),
    ...(events.length === 0 ? [keptRecord(kept)] : []),
    ...events.flatMap((event) => rulingOf(after, event)),
    ...events.flatMap((event) => deskNotices(event, { ...on, ...world })),
    ...events.flatMap((event) => headNotices(event, { ...on, ...world })),
    ...events.flatMap((event) => unreachedNotices(event, { ...on, ...world })),
    ...(before && !events.some(({ kind }) => kind === 'approved')
      ? []
      : unreachedAtOnce({ ...on, ...world })),
    ...events.flatMap((event) => rulingNotices(event, { ...on, ...world })),
    ...places.filter(isConcerned(after, events)).flatMap((place) => {
      const isHere = conversationKey(place.conversation) === fromKey;
      const read = readableFor(after, place.organization, place.side === 'caller');
      const heard = read.events.slice(before?.events.length ?? 0);
      const isNew = before === null;
      const told = isHere
        ? []
        : heard.flatMap((event) => {
            const ruled = ruledNext(event, { ...on, ...world });
            return noticesOf(read, event, place, { isNew, ruled });
          });
      return toldBackFrom(after, place, [cardEffect(on, place), ...told]);
    }),
  ];
}

/** Urging concerns who still owes something: a unit that has answered keeps its card as it stands. */
const isConcerned =
  ({ assignments }: Request, events: readonly RequestEvent[]) =>
  (place: Place) => {
    const isUrged = events.length > 0 && events.every(({ kind }) => kind === 'urged');
    const own = assignments.filter(({ organization }) => organization === place.organization);
    return !isUrged || place.side === 'caller' || own.length === 0 || own.some(isActive);
  };

/** The chats of each unit that words go to. */
export function heldBy(places: readonly Place[]): Record<string, string[]> {
  const held: Record<string, string[]> = {};
  for (const { reaches, isTold, conversation } of places)
    if (reaches !== undefined && isTold) (held[reaches] ??= []).push(conversationKey(conversation));
  return held;
}

/** How each of these ended is told back where it failed (`timers/unreached.ts`). */
export const toldBackFrom = ({ number }: Request, { reaches }: Place, effects: Effect[]): Effect[] =>
  effects.map((effect) =>
    reaches !== undefined && effect.kind === 'send'
      ? { ...effect, occurrence: `${REQUEST_OCCURRENCE}${number}:${reaches}` }
      : effect,
  );

/** The live card of one place, replaced where it stands. */
export function cardEffect(on: RequestCase, place: Place): Effect {
  const { conversation, organization, roles } = place;
  const card = requestCard(on, { organization, roles });
  return send(conversation, { card }, slotOf(on.request, conversation));
}

/** One live card for each chat and round. */
export function slotOf(request: Request, conversation: Conversation): string {
  const round = request.events.filter(({ kind }) => kind === 'reopened').length;
  return `${request.number}/${round}|${conversationKey(conversation)}`;
}

export function timerOf(on: RequestCase): Effect {
  const { number } = on.request;
  const key = timerKey(number);
  const runAt = nextStepAt(on);
  if (runAt === null) return { kind: 'cancel', key };
  const timer = { key, runAt, kind: 'request', payload: { number } };
  return { kind: 'schedule', timer };
}

/** One line for each event. Names and words stay out of the record; their hashes tell later whether they were changed. */
export function recordOf(request: Request, event: RequestEvent, isLast = true): Effect {
  const { number } = request;
  const { kind, assignment, made, facts, by } = event;
  const data = {
    event: kind,
    ...(by && { organization: by.organization }),
    ...(assignment && { assignment }),
    ...(made && { made }),
    ...Object.fromEntries(Object.entries(facts ?? {}).map(([key, value]) => [key, String(value)])),
    [SAID]: digestOf(event),
    ...(isLast && { [STATE]: digestOf(request) }),
  };
  return { kind: 'record', what: 'transition', request: number, data };
}

/** Of a change that is no event, such as by which chats a unit is reached now. */
export const keptRecord = (request: Request): Effect => ({
  kind: 'record',
  what: 'transition',
  request: request.number,
  data: { event: KEPT, [STATE]: digestOf(request) },
});

/** What the 编办 ruled becomes a precedent, as it was last corrected; what it took back is one no more. */
function rulingOf(request: Request, event: RequestEvent): Effect[] {
  const { kind, at, by, text = '' } = event;
  if (!by || !['ruled', 'ruling-corrected', 'ruling-withdrawn'].includes(kind)) return [];
  const isWithdrawn = kind === 'ruling-withdrawn';
  const before = request.events.slice(0, request.events.indexOf(event));
  const facts = (isWithdrawn ? rulingInForce({ events: before }) : event)?.facts;
  const support = String(facts?.['support'] ?? '')
    .split('、')
    .filter(Boolean);
  const ruling = {
    request: request.number,
    at,
    matter: request.evidence?.matter ?? request.text,
    lead: String(facts?.['lead'] ?? ''),
    support,
    text,
    by: by.account,
    ...(isWithdrawn && { isWithdrawn }),
  };
  return [{ kind: 'ruling', ruling }];
}
