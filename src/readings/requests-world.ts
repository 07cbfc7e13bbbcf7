/** What readers of requests look at: who speaks, what is open to them, what the words say of which. */
import type { Request } from '../core/request.js';
import type { Context } from '../core/types.js';
import { caseOf } from '../requests/case.js';
import { refusalOf } from '../requests/concerned.js';
import type { MoveWords } from '../requests/move-table.js';
import type { Actor, Move } from '../requests/moves.js';
import { actsFor, isCallerSide } from '../requests/permissions.js';
import { refer, wordsOf, type Reference } from '../requests/referring.js';
import type { ReadingDeps } from './reading.js';

export type World = { actor: Actor; requests: Request[]; deps: ReadingDeps };

export function refusedOn(
  move: Move,
  actor: Actor,
  request: Request,
  terms: Pick<ReadingDeps, 'policies' | 'calendar'>,
  now: number,
): string | null {
  try {
    return refusalOf(move, undefined, actor, caseOf(request, terms, now));
  } catch {
    // A calendar year is missing: the handler says so.
    return null;
  }
}

export function isOnSide({ side }: MoveWords, actor: Actor, request: Request): boolean {
  if (side === 'caller') return isCallerSide(actor, request) || actor.roles.includes('deadline-office');
  if (side === 'assignee') return request.assignments.some((a) => actsFor(actor, a.organization));
  return true;
}

export const referenceOf = (
  move: Move | null,
  { text, now }: Pick<Context, 'text' | 'now'>,
  { actor, requests, deps }: World,
): Reference => refer(wordsOf({ text, now }, move, actor, deps.knowledge().directory), requests);
