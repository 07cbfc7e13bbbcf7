/** What readers of requests look at: who speaks, what is open to them, what the words say of which. */
import { withPlainWeeks } from '../calendar/calendar.js';
import { toLocal, yearOf } from '../calendar/local.js';
import type { Person } from '../core/domain.js';
import type { Request } from '../core/request.js';
import type { Context } from '../core/types.js';
import { caseOf } from '../requests/case.js';
import { refusalOf, requestsOf } from '../requests/concerned.js';
import type { MoveWords } from '../requests/move-table.js';
import type { Actor, Move } from '../requests/moves.js';
import { parseRequestNumber } from '../requests/numbers.js';
import { actsFor, isCallerSide } from '../requests/permissions.js';
import { refer, wordsOf, type Reference } from '../requests/referring.js';
import { actorOf } from '../requests/routing.js';
import type { ReadingDeps } from './reading.js';

export type World = {
  actor: Actor;
  requests: Request[];
  deps: ReadingDeps;
  /** What a request is judged by. */
  terms: Pick<ReadingDeps, 'policies' | 'calendar'>;
};

/** The person as the speaker, by the account that speaks. */
export const speakerOf = ({ update: { user } }: Context, person: Person, deps: ReadingDeps): Actor =>
  actorOf(person, `${user.platform}:${user.id}`, deps.knowledge().directory);

/** The speaker, and all that is open to them. */
export async function speakersWorld(ctx: Context, person: Person, deps: ReadingDeps): Promise<World> {
  const actor = speakerOf(ctx, person, deps);
  const requests = await requestsOf(ctx.read, actor);
  return {
    actor,
    requests,
    deps,
    terms: { policies: deps.policies, calendar: withPlainWeeks(deps.calendar) },
  };
}

/** When something happened to it last, of which a card told, ms. */
export const changedAt = ({ events }: Request): number => events.at(-1)?.at ?? 0;
/** What was carded within this time is at hand. */
const LATELY_MS = 2 * 60 * 60_000;
export const wasCardedLately = (request: Request, now: number): boolean =>
  now - changedAt(request) < LATELY_MS;

/** Why the move is not open to the speaker now, or null. */
export function refusedOn(move: Move, request: Request, { actor, terms }: World, now: number): string | null {
  try {
    return refusalOf(move, undefined, actor, caseOf(request, terms, now));
  } catch {
    // A calendar year is missing: the handler says so.
    return null;
  }
}

/** Whether the words, which the speaker's side says, are open to the speaker on the request. */
export const isOpenTo = (words: MoveWords, request: Request, world: World, now: number): boolean =>
  isOnSide(words, request, world) && refusedOn(words.move, request, world, now) === null;

function isOnSide({ side }: MoveWords, request: Request, { actor }: World): boolean {
  if (side === 'caller') return isCallerSide(actor, request) || actor.roles.includes('deadline-office');
  if (side === 'assignee') return request.assignments.some((a) => actsFor(actor, a.organization));
  return true;
}

/** The number that is named, of this year where none is said. */
export const numberIn = ({ text, now }: Pick<Context, 'text' | 'now'>): string | null =>
  parseRequestNumber(text, yearOf(toLocal(now).date));

/** Of these the one that was spoken of last, else the only one. */
export const spokenOf = ({ session }: Context, among: readonly Request[]): Request | undefined =>
  among.find(({ number }) => number === session?.request) ?? (among.length === 1 ? among[0] : undefined);

export const referenceOf = (
  move: Move | null,
  { text, now }: Pick<Context, 'text' | 'now'>,
  { actor, requests, deps }: World,
): Reference => refer(wordsOf({ text, now }, move, actor, deps.knowledge().directory), requests);
