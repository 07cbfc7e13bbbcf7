/** 执法监督: who complained stays with who oversees; the unit that is asked for its part reads the matter without the name. */
import { isConfidential, type Request, type RequestEvent } from '../core/request.js';
import type { Actor } from './moves.js';
import { unitsOf } from './permissions.js';

const SOMEBODY = '反映人(保密)';
const NAMED = '反映人';

/** The request as `organization` may read it: whole for the caller's own side and for who leads. Its events stay one for one. */
export function readableFor(request: Request, organization: string, isCaller: boolean): Request {
  if (!isConfidential(request) || isCaller) return request;
  if (request.assignments.some((a) => a.role === 'lead' && a.organization === organization)) return request;
  const hide = hiding(request);
  return {
    ...request,
    text: hide(request.text),
    place: hide(request.place),
    // What was sent with it may show who sent it.
    attachments: [],
    callers: request.callers.map((caller) => ({ ...caller, organization: SOMEBODY, account: '' })),
    events: request.events.map((event) => readable(request, event, hide)),
  };
}

/** As a person may read it, who may speak for several units; `own`: the one of them that it is with. */
export function readableBy(request: Request, actor: Actor): { request: Request; own: string } {
  const isCaller = request.callers.some(({ account }) => account === actor.account);
  const isOwn = (unit: string) => request.assignments.some((a) => a.organization === unit);
  const own = unitsOf(actor).findLast(isOwn) ?? '';
  return { request: readableFor(request, own, isCaller), own };
}

/** What passes between who complained and the office, 补充说明 and 补充材料, may show who it is: that it passed is kept, not the words. */
function readable({ callers }: Request, event: RequestEvent, hide: (text: string) => string): RequestEvent {
  const isCallers = event.by !== null && callers.some(({ account }) => account === event.by?.account);
  const { text, attachments: _attachments, ...rest } = event;
  if (isCallers)
    return {
      ...rest,
      attachments: [],
      by: { account: '', name: '', organization: SOMEBODY },
      ...(event.kind === 'filed' && text !== undefined && { text: hide(text) }),
    };
  return { ...event, ...(text !== undefined && { text: hide(text) }) };
}

/** The names of those who complained, as they were when they did. */
export const complainants = ({ callers, events }: Pick<Request, 'callers' | 'events'>): string[] => {
  const accounts = new Set(callers.map(({ account }) => account));
  const named = events.flatMap(({ by }) => (by && accounts.has(by.account) ? [by.name] : []));
  return [...new Set(named)].filter((name) => name.length >= 2);
};

const hiding = (request: Request): ((text: string) => string) => {
  const names = complainants(request);
  return (text) => names.reduce((left, name) => left.replaceAll(name, NAMED), text);
};
