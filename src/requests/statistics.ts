/**
 * Figures over requests, from nothing but the requests and their logs. Whatever is counted is a set of cases, so that each
 * figure opens exactly the cases that it counts. Pure.
 */
import type { Figure, FigureName, Side } from '../core/figures.js';
import { isEnded, type Assignment, type Request, type RequestEvent } from '../core/request.js';
import { tokenOf } from '../text/token.js';
import type { RequestCase } from './case.js';
import { clocksOf } from './clock.js';
import { workingMinutesBetween } from './durations.js';
import { isApproval, isLowRating, makerOf, pausesOf } from './log.js';

/** What a unit called for, or had to do; as called for by nobody in particular, the whole county. */
export type Section = { side: Side; unit: string | null };

/**
 * How the parts of a case stand in one respect: the worst of them counts. over: past its time and not done · late: done
 * past its time · wait: still in time · ok: done in time · none: ended without it.
 */
const STATES = ['over', 'late', 'wait', 'ok', 'none'] as const;
type PartState = (typeof STATES)[number];

export const domainFigure = (domain: string): Figure => `d:${tokenOf(domain)}`;

export type Scores = { speed: number; handling: number; result: number };

/** All that is counted of one case. Times are working time without the pauses, in minutes. */
export type CaseFacts = {
  request: Request;
  figures: ReadonlySet<Figure>;
  domain: string;
  signMinutes: number[];
  answerMinutes: number[];
  ratings: Scores[];
};

/** Where no row was cited. */
export const NO_DOMAIN = '未引用清单';

/** The parts of a request that a section is about; none: the request is not in it. */
export function partsIn(request: Request, { side, unit }: Section): Assignment[] {
  const { callers } = request;
  // Leave of one's own leaders is no work of a unit, and what has not gone out is no call.
  const assignments = request.assignments.filter((a) => !isApproval(request, a));
  if (side === 'a') return assignments.filter((a) => a.organization === unit);
  return unit === null || callers.some((c) => c.organization === unit) ? assignments : [];
}

/** What is counted of a case, or null where the section has no part in it. */
export function factsOf(on: RequestCase, section: Section, domain: string): CaseFacts | null {
  const { request } = on;
  const parts = partsIn(request, section);
  if (parts.length === 0) return null;
  const ids = new Set(parts.map(({ id }) => id));
  const own = request.events.filter(({ assignment }) => assignment !== undefined && ids.has(assignment));
  const ratings = ratingsIn(request, section);
  const sign = worstOf(parts.map((part) => signState(on, part)));
  const answer = worstOf(parts.map((part) => answerState(on, part)));
  const has = (...kinds: RequestEvent['kind'][]): boolean => own.some(({ kind }) => kinds.includes(kind));
  const hasAny = (kind: RequestEvent['kind']): boolean => request.events.some((it) => it.kind === kind);
  const holds: Partial<Record<FigureName, boolean>> = {
    all: true,
    open: !isEnded(request),
    done: request.status === 'concluded',
    unsigned: sign === 'over' || sign === 'wait',
    unanswered: answer === 'over' || answer === 'wait',
    overdue: sign === 'over' || answer === 'over',
    late: [sign, answer].some((state) => state === 'over' || state === 'late'),
    returned: has('returned'),
    moved: section.side === 'a' ? has('transferred') : hasAny('transferred'),
    ruling: hasAny('ruling-asked'),
    extended: has('extension-granted'),
    paused: has('paused'),
    urged: hasAny('urged'),
    reopened: hasAny('reopened'),
    unsolved: request.status === 'unsolved',
    withdrawn: request.status === 'withdrawn',
    merged: request.status === 'merged',
    refused: request.status === 'refused',
    rated: ratings.length > 0,
    low: ratings.some(({ speed, handling, result }) => isLowRating(speed, handling, result)),
    signed: has('signed'),
    answered: has('answered'),
  };
  const figures = Object.entries(holds).flatMap(([name, isSo]) => (isSo ? [name] : []));
  return {
    request,
    figures: new Set([
      ...figures,
      `sign-${sign}`,
      `answer-${answer}`,
      domainFigure(domain),
      `k:${request.kind}`,
    ]),
    domain,
    signMinutes: own.flatMap((event) => (event.kind === 'signed' ? [minutesTo(on, event)] : [])),
    answerMinutes: own.flatMap((event) => (event.kind === 'answered' ? [minutesTo(on, event)] : [])),
    ratings,
  };
}

const worstOf = (states: PartState[]): PartState => STATES.find((state) => states.includes(state)) ?? 'none';

const eventOf = (
  { events }: Request,
  { id }: Assignment,
  ...kinds: RequestEvent['kind'][]
): RequestEvent | undefined => events.find((e) => e.assignment === id && kinds.includes(e.kind));

/** What came late said so in the log at that moment: joining, leaving and extending change clocks afterwards. */
const isLate = ({ facts }: RequestEvent): boolean => facts?.['isLate'] === true;

function isOver(on: RequestCase, { id }: Assignment, clock: 'sign' | 'answer'): boolean {
  return clocksOf(on).some(
    (it) => it.assignment === id && it.clock === clock && it.isRunning && it.dueAt < on.now,
  );
}

function signState(on: RequestCase, part: Assignment): PartState {
  const signed = eventOf(on.request, part, 'signed');
  if (signed) return isLate(signed) ? 'late' : 'ok';
  if (part.status !== 'waiting') return 'none';
  return isOver(on, part, 'sign') ? 'over' : 'wait';
}

/** A part that was given back late is late as well: nobody wins time by it. */
function answerState(on: RequestCase, part: Assignment): PartState {
  const returned = eventOf(on.request, part, 'returned');
  if (returned) return isLate(returned) ? 'late' : 'none';
  // The 编办 answers by ruling and admitting.
  const answered = eventOf(on.request, part, 'answered', 'ruled', 'admitted', 'admission-refused');
  if (answered) return isLate(answered) ? 'late' : 'ok';
  if (part.status !== 'waiting' && part.status !== 'signed') return 'none';
  return isOver(on, part, 'answer') ? 'over' : 'wait';
}

/** Of the unit as a caller; as an assignee, those of the work that it led. Earlier rounds count as well. */
function ratingsIn({ events, assignments }: Request, { side, unit }: Section): Scores[] {
  const found: Scores[] = [];
  let lead = '';
  for (const { kind, by, made = [], facts = {} } of events) {
    const led = assignments.findLast(({ id, role }) => role === 'lead' && made.includes(id));
    if (led) lead = led.organization;
    if (kind !== 'rated') continue;
    if (unit !== null && (side === 'c' ? by?.organization : lead) !== unit) continue;
    const [speed, handling, result] = [facts['speed'], facts['handling'], facts['result']].map(Number);
    if (speed && handling && result) found.push({ speed, handling, result });
  }
  return found;
}

/** Working minutes from the making of a part to an event on it, without those of its pauses. */
function minutesTo({ request, calendar }: RequestCase, { assignment = '', at }: RequestEvent): number {
  const from = makerOf(request, assignment).at;
  const paused = pausesOf(request, assignment).reduce((sum, pause) => {
    const [start, end] = [Math.min(pause.from, at), Math.min(pause.to ?? at, at)];
    return sum + workingMinutesBetween(calendar, start, end);
  }, 0);
  return workingMinutesBetween(calendar, from, at) - paused;
}

export type Statistics = {
  /** How many cases each figure counts; those that count none are left out. */
  counts: ReadonlyMap<Figure, number>;
  /** Working hours to the signature and to the answer; null where there is none. */
  signHours: number | null;
  answerHours: number | null;
  /** Of how many ratings, and their means, 1 to 5. */
  rating: (Scores & { ratings: number }) | null;
  /** Most cases first. */
  domains: { domain: string; count: number }[];
};

export function statisticsOf(cases: readonly CaseFacts[]): Statistics {
  const counts = new Map<Figure, number>();
  const domains = new Map<string, number>();
  for (const { figures, domain } of cases) {
    for (const figure of figures) counts.set(figure, (counts.get(figure) ?? 0) + 1);
    domains.set(domain, (domains.get(domain) ?? 0) + 1);
  }
  const hours = (minutes: number[]): number | null => {
    const middle = medianOf(minutes);
    return middle === null ? null : middle / 60;
  };
  return {
    counts,
    signHours: hours(cases.flatMap(({ signMinutes }) => signMinutes)),
    answerHours: hours(cases.flatMap(({ answerMinutes }) => answerMinutes)),
    rating: ratingOf(cases.flatMap(({ ratings }) => ratings)),
    domains: [...domains]
      .map(([domain, count]) => ({ domain, count }))
      .sort((a, b) => b.count - a.count || (a.domain < b.domain ? -1 : 1)),
  };
}

/** The cases that a figure counts. */
export const casesOf = (cases: readonly CaseFacts[], figure: Figure): CaseFacts[] =>
  cases.filter(({ figures }) => figures.has(figure));

export const countOf = ({ counts }: Pick<Statistics, 'counts'>, figure: FigureName): number =>
  counts.get(figure) ?? 0;

/** Of an even number, halfway between the two in the middle. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function ratingOf(ratings: readonly Scores[]): Statistics['rating'] {
  if (ratings.length === 0) return null;
  const mean = (of: (scores: Scores) => number): number =>
    ratings.reduce((sum, it) => sum + of(it), 0) / ratings.length;
  return {
    ratings: ratings.length,
    speed: mean((it) => it.speed),
    handling: mean((it) => it.handling),
    result: mean((it) => it.result),
  };
}
