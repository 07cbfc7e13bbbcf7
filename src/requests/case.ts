/** What is passed through this room whole: a request with all that it is judged by. */
import type { Calendar } from '../calendar/calendar.js';
import type { Request } from '../core/request.js';
import type { Policies, Policy } from './policy.js';

/** The rules of the request's kind, the working days (a calendar that knows every year: `withPlainWeeks`), and the instant at which it is looked at. */
export type CaseTerms = { policy: Policy; calendar: Calendar; now: number };
export type RequestCase = CaseTerms & { request: Request };
/** For what follows from the log alone, such as the ends of clocks. */
export type TimelessCase = Omit<RequestCase, 'now'>;

export const caseOf = (
  request: Request,
  { policies, calendar }: { policies: Policies; calendar: Calendar },
  now: number,
): RequestCase => ({ request, policy: policies[request.kind], calendar, now });
