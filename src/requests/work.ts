/** The copy of a request that an act changes, and the changes that several acts share. */
import type { Assignment, Request, RequestEvent } from '../core/request.js';
import type { RequestCase } from './case.js';
import type { Situation } from './situation.js';
import { activeOf, currentLead, isActive, isOfficeTask, makerOf, roundStart, wasSigned } from './log.js';
import type { Actor } from './moves.js';
import type { Policy } from './policy.js';
import type { Attachment } from '../core/chat.js';

/** `request` is the copy: to be changed. `assignment` is of the copy. */
export type Work = RequestCase;
export type ActorWork = Situation;

export type EventParts = Omit<RequestEvent, 'kind' | 'at' | 'by'>;

/** Adds a line to the log; parts that say nothing are left out, so that it is the same after JSON. */
export function log(
  { request, now }: Work,
  kind: RequestEvent['kind'],
  by: Actor | null,
  parts: EventParts = {},
): RequestEvent {
  const { assignment, made, text, attachments, facts } = parts;
  const event: RequestEvent = {
    kind,
    at: now,
    by: by && { account: by.account, name: by.name, organization: speaksFor(by, request) },
    ...(assignment !== undefined && { assignment }),
    ...(made !== undefined && made.length > 0 && { made }),
    ...(text !== undefined && text.trim() !== '' && { text: text.trim() }),
    ...(attachments !== undefined && attachments.length > 0 && { attachments }),
    ...(facts !== undefined && { facts }),
  };
  request.events.push(event);
  return event;
}

/** A stationed team speaks for itself where it has a part, else for its township. */
const speaksFor = ({ team, organization }: Actor, { assignments }: Request): string =>
  team !== undefined && assignments.some((a) => a.organization === team) ? team : organization;

export function makeAssignment(request: Request, organization: string, role: Assignment['role']): string {
  const id = `A${request.assignments.length + 1}`;
  request.assignments.push({ id, organization, role, status: 'waiting' });
  return id;
}

export function closeActive({ request }: Work, status: 'closed' | 'answered' = 'closed'): void {
  for (const assignment of activeOf(request)) assignment.status = status;
}

/** The lead has answered, and where the kind wants it all the others too: the callers have the word. */
export function completeIfDone(work: Work, event: RequestEvent): void {
  const { request, policy } = work;
  if (request.status !== 'open' || currentLead(request)?.status !== 'answered') return;
  if (policy.concludes === 'all' && activeOf(request).length > 0) return;
  // Who was asked to help and did not is named with the answer: nobody's part ends in silence.
  const absent = activeOf(request).map(
    ({ id, organization }) => `${organization}(${wasSigned(request, id) ? '未反馈' : '未签收'})`,
  );
  closeActive(work);
  request.status = 'answered';
  event.facts = { ...event.facts, completes: true, ...(absent.length > 0 && { absent: absent.join('、') }) };
}

/** The 编办 decides: all parts that rest on the disputed division end. */
export function toRuling(work: Work, by: Actor | null, parts: EventParts): void {
  const { request, policy } = work;
  closeActive(work);
  const made = makeAssignment(request, policy.listOffice, 'lead');
  request.status = 'ruling';
  log(work, 'ruling-asked', by, { ...parts, made: [made] });
}

export function concludeRequest(work: Work, by: Actor | null, parts: EventParts = {}): void {
  closeActive(work);
  work.request.status = 'concluded';
  log(work, 'concluded', by, parts);
}

/** A new round: for the last lead, or for all that took part where all must answer. A returned one is the caller's to give. */
export function reopenRequest(work: Work, by: Actor | null, parts: EventParts): void {
  const { request, policy } = work;
  const units = lastParts(request, policy);
  closeActive(work);
  const made = units.map(({ organization, role }) => makeAssignment(request, organization, role));
  request.status = request.kind === 'ruling' ? 'ruling' : 'open';
  for (const caller of request.callers) caller.rating = null;
  log(work, 'reopened', by, { ...parts, made });
}

function lastParts(request: Request, policy: Policy): Pick<Assignment, 'organization' | 'role'>[] {
  const lead = request.assignments.findLast((a) => a.role === 'lead' && !isOfficeTask(request, a, policy));
  if (!lead || lead.status === 'returned') return [];
  if (policy.concludes === 'lead') return [lead];
  const begin = roundStart(request);
  const others = request.assignments.filter(
    (a) =>
      a.role === 'support' &&
      a.organization !== lead.organization &&
      (a.status === 'answered' || a.status === 'closed' || isActive(a)) &&
      request.events.indexOf(makerOf(request, a.id)) >= begin,
  );
  const once = others.filter((a, i) => others.findIndex((b) => b.organization === a.organization) === i);
  return [lead, ...once];
}

/** Trimmed names, each once, without those in `except`. */
export const cleanUnits = (units: readonly string[], except: readonly string[]): string[] => [
  ...new Set(units.map((unit) => unit.trim()).filter((unit) => unit !== '' && !except.includes(unit))),
];

export const hasContent = (text: string, attachments?: Attachment[]): boolean =>
  text.trim() !== '' || (attachments?.length ?? 0) > 0;
