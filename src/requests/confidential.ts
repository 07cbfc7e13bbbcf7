/** 执法监督: who complained stays with who oversees; the unit that is asked for its part reads the matter without the name. */
import { isConfidential, type Request } from '../core/request.js';

const SOMEBODY = '反映人(保密)';

/** The request as `organization` may read it: whole for the caller's own side and for who leads. */
export function readableFor(request: Request, organization: string, isCaller: boolean): Request {
  if (!isConfidential(request) || isCaller) return request;
  const isLead = request.assignments.some((a) => a.role === 'lead' && a.organization === organization);
  if (isLead) return request;
  const accounts = new Set(request.callers.map(({ account }) => account));
  return {
    ...request,
    // What was sent with it may show who sent it.
    attachments: [],
    callers: request.callers.map((caller) => ({ ...caller, organization: SOMEBODY, account: '' })),
    events: request.events.map((event) =>
      event.by && accounts.has(event.by.account)
        ? { ...event, attachments: [], by: { account: '', name: '', organization: SOMEBODY } }
        : event,
    ),
  };
}
