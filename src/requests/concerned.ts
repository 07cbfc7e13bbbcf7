/** The requests that somebody has to do with, and whether a move on one is open. */
import type { Request } from '../core/request.js';
import type { StoreReader } from '../core/store.js';
import type { RequestCase } from './case.js';
import { whyNot } from './guards.js';
import { situationOf } from './situation.js';
import type { Actor, Move } from './moves.js';
import { isHiddenFrom, seesAll, unitsOf } from './permissions.js';

/** Requests of a unit that are looked through for one that a move fits. */
const LOOKED_THROUGH = 200;

/** Why the person may not do this now, or null. */
export function refusalOf(
  move: Move,
  assignment: string | undefined,
  actor: Actor,
  on: RequestCase,
): string | null {
  const situation = situationOf(move, assignment, actor, on);
  return typeof situation === 'string' ? situation : whyNot(move, situation);
}

/** Open requests that the person's unit called for or has a part in, and ended ones it may still rate or reopen; all open ones for who sees all. */
export async function requestsOf(read: Pick<StoreReader, 'findRequests'>, actor: Actor): Promise<Request[]> {
  const units = unitsOf(actor);
  const page = { offset: 0, limit: LOOKED_THROUGH };
  const found = await Promise.all([
    ...units.map((unit) => read.findRequests({ assignedTo: unit }, page)),
    read.findRequests({ calledBy: actor.organization }, page),
    ...(seesAll(actor) ? [read.findRequests({ isOpen: true }, page)] : []),
  ]);
  const seen = found.flatMap(({ requests }) => requests).filter((request) => !isHiddenFrom(actor, request));
  return [...new Map(seen.map((r) => [r.number, r])).values()];
}
