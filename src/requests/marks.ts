/** How a request stands, as the mark of its card. Pure. */
import type { Mark } from '../core/card.js';
import { isEnded } from '../core/request.js';
import type { RequestCase } from './case.js';
import type { RunningClock } from './clock.js';

/** Of what is still to be signed or answered, the clock that is worst off; it is near when somebody was told that it is. */
export function marksOf({ request, now }: RequestCase, clocks: readonly RunningClock[]): Mark[] {
  if (request.status === 'concluded') return ['done'];
  if (isEnded(request)) return [];
  const open = clocks.filter((c) => c.isRunning && (c.clock === 'sign' || c.clock === 'answer'));
  if (open.length === 0) return [];
  const wasTold = (clock: RunningClock): boolean =>
    request.events.some(
      ({ kind, assignment, facts }) =>
        kind === 'escalated' &&
        assignment === clock.assignment &&
        facts?.['clock'] === clock.clock &&
        facts['dueAt'] === clock.dueAt,
    );
  return [...(request.urgency === 'urgent' ? ['urgent' as const] : []), stateOf(open, now, wasTold)];
}

function stateOf(
  open: readonly RunningClock[],
  now: number,
  wasTold: (clock: RunningClock) => boolean,
): Mark {
  if (open.some(({ dueAt }) => dueAt <= now)) return 'overdue';
  if (open.some(wasTold)) return 'near';
  return open.some(({ clock }) => clock === 'sign') ? 'unsigned' : 'running';
}
