/** What the log of a request says about whom to look for in a unit. Pure. */
import type { Request } from '../core/request.js';
import type { Policy } from './policy.js';
import { isOfficeTask } from './log.js';
import type { RecipientHints } from '../organizations/recipients.js';

export function hintsOf(request: Request, organization: string, policy: Policy): RecipientHints {
  const own = request.assignments.filter((a) => a.organization === organization);
  const ids = new Set(own.map(({ id }) => id));
  const signed = request.events.findLast(
    ({ kind, assignment }) => kind === 'signed' && ids.has(assignment ?? ''),
  );
  const latest = own.at(-1);
  // `edition/list/number`
  const [, listId, number] = request.evidence?.ref.split('/') ?? [];
  return {
    ...(listId && number && { row: { listId, number } }),
    ...(signed?.by && { signedBy: signed.by.account }),
    ...(latest && { isOfficeTask: request.kind === 'ruling' || isOfficeTask(request, latest, policy) }),
  };
}
