/** What the log of a request says: rounds, pauses, extensions, returns. All clocks and most guards read it from here. */
import type { Assignment, Request, RequestEvent } from '../core/request.js';
import { isEnded } from '../core/request.js';
import { isTownshipUnit } from '../organizations/names.js';
import { LOW_RATING, LOW_RATING_STEP } from './moves.js';
import type { Policy } from './policy.js';

type Logged = Pick<Request, 'events'>;

/** The last event that `holds`, or null. */
export function lastEvent({ events }: Logged, holds: (event: RequestEvent) => boolean): RequestEvent | null {
  return events.findLast(holds) ?? null;
}

/** Position of the event that began the present round: the filing or the last reopening. */
export const roundStart = ({ events }: Logged): number =>
  events.findLastIndex((event) => event.kind === 'filed' || event.kind === 'reopened');

/** Events of the present round. */
export const roundEvents = (request: Logged): RequestEvent[] => request.events.slice(roundStart(request));

export const isActive = ({ status }: Pick<Assignment, 'status'>): boolean =>
  status === 'waiting' || status === 'signed';

export const activeOf = ({ assignments }: Pick<Request, 'assignments'>): Assignment[] =>
  assignments.filter(isActive);

/** The lead assignment made last: the one that counts. */
export const currentLead = ({ assignments }: Pick<Request, 'assignments'>): Assignment | null =>
  assignments.findLast((a) => a.role === 'lead') ?? null;

/** The event that made an assignment. */
export function makerOf({ events }: Logged, id: string): RequestEvent {
  const found = events.find((event) => event.made?.includes(id));
  if (!found) throw new Error(`no event made assignment ${id}`);
  return found;
}

/** Given to the leaders of who calls, to agree to its going out. */
export const isApproval = (request: Logged, { id }: Pick<Assignment, 'id'>): boolean => {
  const [filed] = request.events;
  return filed?.facts?.['approval'] === true && filed.made?.includes(id) === true;
};

/** The leaders have the word, or have just had it: their cards are renewed once more. */
export const isWithLeaders = ({ status, events }: Pick<Request, 'status' | 'events'>): boolean =>
  status === 'approval' || /^approv/.test(events.at(-1)?.kind ?? '');

/** Given to the 编办 to decide who is responsible or whether a 交办 may go out, not to do the work itself. */
export function isOfficeTask(request: Request, assignment: Assignment, policy: Policy): boolean {
  if (isApproval(request, assignment)) return true;
  if (assignment.organization !== policy.listOffice || request.kind === 'ruling') return false;
  const maker = makerOf(request, assignment.id);
  return maker.kind === 'ruling-asked' || (maker.kind === 'filed' && maker.facts?.['admission'] === true);
}

/**
 * The caller has not said what now: the lead returned it, or nobody has it, as when it is reopened after the 编办 ruled that the caller
 * is responsible and withdrew that.
 */
export const mustChoose = ({ status, assignments }: Pick<Request, 'status' | 'assignments'>): boolean =>
  status === 'open' && (currentLead({ assignments })?.status === 'returned' || !assignments.some(isActive));

/** Pauses of one assignment, in order; `to` is null while it stands still. */
export function pausesOf(
  { events }: Logged,
  id: string,
): { from: number; to: number | null; reason: string }[] {
  const pauses: { from: number; to: number | null; reason: string }[] = [];
  for (const event of events) {
    if (event.assignment !== id) continue;
    const last = pauses.at(-1);
    if (event.kind === 'paused') pauses.push({ from: event.at, to: null, reason: event.text ?? '' });
    // When the allowance was used up the clock went on, whenever that was noted.
    else if (event.kind === 'resumed' && last) last.to = Number(event.facts?.['endedAt'] ?? event.at);
  }
  return pauses;
}

export const isPaused = (request: Logged, { id, status }: Pick<Assignment, 'id' | 'status'>): boolean =>
  status === 'signed' && pausesOf(request, id).at(-1)?.to === null;

export type Extension = {
  state: 'asked' | 'granted' | 'refused';
  askedAt: number;
  decidedAt: number | null;
  untilAt: number | null;
  /** Why, as it was said. */
  reason: string;
};

/** The extension of one assignment: there is one at most. */
export function extensionOf({ events }: Logged, id: string): Extension | null {
  const asked = events.find((e) => e.kind === 'extension-asked' && e.assignment === id);
  if (!asked) return null;
  const decided = events.find(
    (e) => (e.kind === 'extension-granted' || e.kind === 'extension-refused') && e.assignment === id,
  );
  const untilAt = asked.facts?.['untilAt'];
  return {
    state: !decided ? 'asked' : decided.kind === 'extension-granted' ? 'granted' : 'refused',
    askedAt: asked.at,
    decidedAt: decided?.at ?? null,
    untilAt: typeof untilAt === 'number' ? untilAt : null,
    reason: asked.text ?? '',
  };
}

/** When the present round's work was completed: the event that did it says so. */
export const completedAt = (request: Logged): number | null =>
  lastEvent(request, (event) => event.facts?.['completes'] === true)?.at ?? null;

/** Lead assignments returned so far, over all rounds. */
export const leadReturns = (request: Request): number =>
  request.events.filter(
    (event) =>
      event.kind === 'returned' &&
      request.assignments.some((a) => a.id === event.assignment && a.role === 'lead'),
  ).length;

/** Units whose lead assignment was returned by themselves: to choose them again leads nowhere. */
export const returnedBy = ({ assignments }: Pick<Request, 'assignments'>): Set<string> =>
  new Set(assignments.filter((a) => a.role === 'lead' && a.status === 'returned').map((a) => a.organization));

/** This assignment came from another unit's transfer: it may not be handed on again. */
export function wasHandedOn(request: Logged, id: string): boolean {
  const maker = makerOf(request, id);
  return maker.kind === 'transferred' && maker.facts?.['by'] === 'assignee';
}

export const isLowRating = (speed: number, handling: number, result: number): boolean =>
  Math.min(speed, handling, result) <= LOW_RATING;

export const lowRatings = ({ events }: Logged): number =>
  events.filter((event) => event.kind === 'rated' && event.facts?.['isLow'] === true).length;

/** The second low rating of a request, while the deadline office has not decided on it: the event that sent it there. */
export function reviewEvent(request: Request): RequestEvent | null {
  if (request.status !== 'answered') return null;
  return (
    roundEvents(request).findLast(
      (event) => event.kind === 'escalated' && event.facts?.['step'] === LOW_RATING_STEP,
    ) ?? null
  );
}

const OF_RULINGS: ReadonlySet<RequestEvent['kind']> = new Set([
  'ruled',
  'ruling-corrected',
  'ruling-withdrawn',
]);

/** What the 编办 has decided on who is responsible, as it was last corrected; null where nothing is or it was withdrawn. */
export function rulingInForce(request: Logged): RequestEvent | null {
  const last = lastEvent(request, ({ kind }) => OF_RULINGS.has(kind));
  return last?.kind === 'ruling-withdrawn' ? null : last;
}

/** The department that a question to the 编办 was ruled to be of: the work itself is still to be called for. */
export function ruledDepartment({ kind, status, events }: Request): string | null {
  const lead =
    kind === 'ruling' && status === 'concluded' ? rulingInForce({ events })?.facts?.['lead'] : undefined;
  return typeof lead === 'string' && lead !== '' && !isTownshipUnit(lead) ? lead : null;
}

/** The coordinating desk has said that this unit leads. */
export const isAssigned = (request: Logged, id: string): boolean =>
  makerOf(request, id).kind === 'lead-assigned';

/** The request of which a merged one has become a part. */
export function mergedInto(request: Pick<Request, 'status' | 'events'>): string | null {
  if (request.status !== 'merged') return null;
  const into = lastEvent(request, ({ kind, facts }) => kind === 'merged' && facts?.['into'] !== undefined);
  return into ? String(into.facts?.['into']) : null;
}

/** Its own leaders did not let it go out. */
export const isUnapproved = (request: Logged): boolean =>
  request.events.some(({ kind }) => kind === 'approval-refused');

/** When it ended; null while it goes on. */
export function endedAt(request: Request): number | null {
  if (!isEnded(request)) return null;
  const end = {
    concluded: 'concluded',
    withdrawn: 'withdrawn',
    refused: isUnapproved(request) ? 'approval-refused' : 'admission-refused',
    unsolved: 'closed-unsolved',
    merged: 'merged',
  } as const;
  const kind = end[request.status as keyof typeof end];
  return lastEvent(request, (event) => event.kind === kind)?.at ?? null;
}

/** A township that does not agree has decided: nobody asks it again in the same request. */
export const isFinal = (request: Request): boolean =>
  request.kind === 'consent' && roundEvents(request).some((e) => e.facts?.['consent'] === false);

/** The newest word of who works on an assignment on how it goes; by when it was to be done, where that was said. */
export function promiseOf({ events }: Logged, id: string): { saidAt: number; promisedAt: number } | null {
  const last = events.findLast((e) => e.assignment === id && e.facts?.['isProgress'] === true);
  const promisedAt = last?.facts?.['promisedAt'];
  return last && typeof promisedAt === 'number' ? { saidAt: last.at, promisedAt } : null;
}

/** Who signed for a part last, and works on it still as far as the log knows. */
export function signerOf({ events }: Logged, id: string): RequestEvent['by'] {
  const last = events.findLast(
    (e) => e.assignment === id && (e.kind === 'signed' || e.kind === 'handed-over'),
  );
  return last?.kind === 'signed' ? last.by : null;
}

/** Signed for by somebody who works there no more. */
export const isHandedOver = ({ events }: Logged, id: string): boolean =>
  events.findLast((e) => e.assignment === id && (e.kind === 'signed' || e.kind === 'handed-over'))?.kind ===
  'handed-over';

/** Whether a part was ever signed for. */
export const wasSigned = ({ events }: Logged, id: string): boolean =>
  events.some((e) => e.kind === 'signed' && e.assignment === id);
