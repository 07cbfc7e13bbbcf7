/** What a move would be about: the actor, the assignment, and the side on which the actor stands. Pure. */
import type { Assignment, Request } from '../core/request.js';
import type { RequestCase } from './case.js';
import { activeOf, currentLead, extensionOf, isActive, isPaused } from './log.js';
import type { Actor, Move } from './moves.js';
import { actsFor, isCallerSide } from './permissions.js';

export type Situation = RequestCase & {
  actor: Actor;
  /** The assignment that the move is about, where it is about one. */
  assignment: Assignment | null;
  /** In which capacity the actor does it. */
  side: 'assignee' | 'caller' | 'office';
};

/** Moves of an assignee on its own assignment. */
const ON_ASSIGNMENT: ReadonlySet<Move> = new Set(['sign', 'answer', 'return', 'ask-extension', 'pause']);
/** Moves that callers and assignees have, each on other terms. */
const ON_EITHER: ReadonlySet<Move> = new Set(['transfer', 'add-support', 'ask-ruling', 'note', 'resume']);
const ON_EXTENSION: ReadonlySet<Move> = new Set(['grant-extension', 'refuse-extension']);
/** Of those who decide and do not work on it. */
const OF_OFFICES: ReadonlySet<Move> = new Set([
  ...([
    'approve',
    'refuse-approval',
    'admit',
    'refuse-admission',
    'rule',
    'correct-ruling',
    'withdraw-ruling',
    'assign-lead',
  ] as const),
]);
/** What a move would be about. A string when there is no such assignment. */
export function situationOf(
  move: Move,
  id: string | undefined,
  actor: Actor,
  on: RequestCase,
): Situation | string {
  const { request } = on;
  const named = id === undefined ? null : request.assignments.find((a) => a.id === id);
  if (named === undefined) return `${request.number} 没有编号为 ${id} 的办理单。请查看最新的卡片后再操作。`;
  const base = { ...on, actor };
  const own = request.assignments.filter((a) => actsFor(actor, a.organization));
  const mine = own.find(isActive) ?? own.at(-1) ?? null;
  if (ON_ASSIGNMENT.has(move)) return { ...base, assignment: named ?? mine, side: 'assignee' };
  if (ON_EITHER.has(move)) {
    const isCaller = isCallerSide(actor, request);
    const assignment = named ?? mine;
    // Who does not call can mean only an assignment; another unit's is refused by `mayDo`.
    if (assignment && (!isCaller || actsFor(actor, assignment.organization)))
      return { ...base, assignment, side: 'assignee' };
    return { ...base, assignment: move === 'resume' ? (named ?? pausedOf(request)) : null, side: 'caller' };
  }
  if (ON_EXTENSION.has(move)) return { ...base, assignment: named ?? askedOf(request), side: 'caller' };
  if (OF_OFFICES.has(move)) return { ...base, assignment: currentLead(request), side: 'office' };
  return { ...base, assignment: null, side: 'caller' };
}

const pausedOf = (request: Request): Assignment | null =>
  request.assignments.find((a) => isPaused(request, a)) ?? null;

const askedOf = (request: Request): Assignment | null =>
  activeOf(request).find((a) => extensionOf(request, a.id)?.state === 'asked') ?? null;
