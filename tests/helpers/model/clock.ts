/** The clock of a model run: rings what is due, and leaps over rings that are known to change nothing. */
import { toLocal } from '../../../src/calendar/local.js';
import { isEnded } from '../../../src/core/request.js';
import type { Timer } from '../../../src/core/store.js';
import type { Effect } from '../../../src/core/types.js';
import type { RequestWorld } from '../../../src/requests/effects.js';
import { HANDOVER_KIND } from '../../../src/timers/handover.js';
import { createTimers } from '../../../src/timers/index.js';
import { emptyReader } from '../context.js';
import { HOUR, MINUTE } from '../requests.js';
import { carry, depsOf, stamp, type Run } from './run.js';

/** Everything that is due by then, in order; nothing may go round in a circle. */
export async function advance(run: Run, until: number, onQuiet: () => void): Promise<void> {
  let rung = 0;
  let seen = -1;
  for (;;) {
    const next = firstOf(run);
    if ((!next || next.runAt > run.now) && seen !== run.sent.length) {
      seen = run.sent.length;
      onQuiet();
    }
    if (!next || next.runAt > until) break;
    run.timers.delete(next.key);
    run.now = Math.max(run.now, next.runAt);
    const { request, other, sent } = run;
    const before = sent.length;
    carry(run, await effectsOf(run, next, run.now));
    const isChanged = sent.length > before || run.request !== request || run.other !== other;
    if (isChanged) run.story.push(`${stamp(run)} rings ${next.key}`);
    else if (run.isLeaping) await leap(run, next.key, until);
    if (++rung > 3_000) throw new Error(`timers go round in a circle: ${next.key}`);
  }
  run.now = until;
}

const firstOf = ({ timers }: Run): Timer | undefined =>
  [...timers.values()].sort((a, b) => a.runAt - b.runAt)[0];

/** Made once for what the process knows until something befalls the county. */
const handlersOf = new WeakMap<RequestWorld, ReturnType<typeof createTimers>>();

async function effectsOf(run: Run, timer: Timer, now: number): Promise<Effect[]> {
  const handlers = handlersOf.get(run.world) ?? createTimers(depsOf(run.county));
  handlersOf.set(run.world, handlers);
  const handler = handlers[timer.kind];
  if (!handler) throw new Error(`no timer ${timer.kind}`);
  const { request, other } = run;
  const all = [request, ...(other ? [other] : [])];
  const read = {
    ...emptyReader,
    getRequest: (number: string) => Promise.resolve(all.find((it) => it.number === number) ?? null),
    findRequests: ({ assignedTo, account }: { assignedTo?: string; account?: string }) => {
      const requests = all.filter(
        (it) =>
          !isEnded(it) &&
          (assignedTo === undefined || it.assignments.some((a) => a.organization === assignedTo)) &&
          (account === undefined || it.callers.some((c) => c.account === account)),
      );
      return Promise.resolve({ requests, total: requests.length });
    },
  };
  const update = { kind: 'timer' as const, id: 'timer:1', at: now, timer };
  return handler({
    update,
    now,
    read,
    isRead: () => Promise.resolve(null),
    accountsOf: () => Promise.resolve(new Map()),
    readAttachment: () => Promise.reject(new Error('no attachments here')),
  });
}

/** Two of three rings look whether a year's file came or somebody can be reached again, and change nothing. */
async function leap(run: Run, key: string, until: number): Promise<void> {
  const timer = run.timers.get(key);
  if (!timer || timer.runAt <= run.now) return;
  if (timer.kind === 'request') await leapToStep(run, timer, until);
  else if (timer.key === HANDOVER_KIND) leapToTurn(run, timer, until);
}

/** How often a request looks for the file of a year. */
const LOOK = 30 * MINUTE;

/**
 * The steps of a request are due at instants that nothing but a change of it moves, and a change sets its timer anew. So the last
 * look that changes nothing is found by halving, and its answer stands for all before it.
 */
async function leapToStep(run: Run, timer: Timer, until: number): Promise<void> {
  if (timer.runAt - run.now !== LOOK) return;
  const from = run.now;
  const answerAt = async (looks: number): Promise<Timer | null> => {
    const [effect, ...more] = await effectsOf(run, timer, from + looks * LOOK);
    return more.length === 0 && effect?.kind === 'schedule' ? effect.timer : null;
  };
  let answer = timer;
  // So many looks change nothing, and this one does or lies beyond.
  let [calm, end] = [0, Math.floor((until - from) / LOOK) + 1];
  for (let looks = end - 1; looks > calm; looks = Math.floor((calm + end) / 2)) {
    const found = await answerAt(looks);
    if (found) [answer, calm] = [found, looks];
    else end = looks;
  }
  run.timers.set(timer.key, answer);
}

/** Who is reached changes with a request, a shift and the hours of work: until then every hour says the same. */
function leapToTurn(run: Run, timer: Timer, until: number): void {
  if (timer.runAt - run.now !== HOUR) return;
  const turns = run.county.roster.flatMap(({ from, until: to }) => [from, to]).filter((at) => at > run.now);
  const { minutes } = toLocal(run.now);
  const edges = run.world.calendar.hours.flatMap(({ from, to }) => [from, to]);
  const edge = edges.find((it) => it > minutes) ?? 24 * 60 + (edges[0] ?? 0);
  const others = [...run.timers.values()].filter(({ key, kind }) => key !== timer.key && kind !== 'digest');
  const turn = Math.min(
    until,
    run.now + (edge - minutes) * MINUTE,
    ...others.map(({ runAt }) => runAt),
    ...turns,
  );
  // The last one before it says what comes next.
  const hours = Math.floor((turn - run.now) / HOUR);
  if (hours > 1) run.timers.set(timer.key, { ...timer, runAt: run.now + hours * HOUR });
}
