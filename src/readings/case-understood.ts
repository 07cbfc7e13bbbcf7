/** Which case somebody who is involved in one speaks of, and what is said of it, by models learned from examples (speech). */
import { isEnded, type Request } from '../core/request.js';
import type { Context } from '../core/types.js';
import { withPlaceholders, type SpeechKind } from '../nlu/speech.js';
import { isQuestion } from '../requests/move-words.js';
import { isActive, isPaused } from '../requests/log.js';
import { clearlyMeant } from '../requests/meant.js';
import type { Move } from '../requests/moves.js';
import { actsFor, isCallerSide } from '../requests/permissions.js';
import { isHypothetical, isJoke } from '../text/frames.js';
import { placeholdersIn } from './reminder-speech.js';
import { referenceOf, refusedOn, type World } from './requests-world.js';

export const MAX_LENGTH = 70;
/** Less says nothing; from here on it is what is meant. */
export const [LEAST, SURE] = [0.4, 0.72];
/** What is likelier of other things is not asked about, nor what is less likely any one thing. */
const [ELSEWHERE_AT_MOST, GUESS_LEAST] = [0.75, 0.12];
export type Side = 'officers' | 'callers';
/** `words`: those that name it. */
export type Case = { request: Request; basis: 'named' | 'only' | 'last'; words?: string[] };
/** What was said, taken as somebody of this side says it. */
export type Said = { side: Side; requests: Request[]; meant: Case | null; kinds: SpeechKind[] };

/** Said as a question as well. */
const ASKS: ReadonlySet<string> = new Set(['ask', 'delay', 'urge', 'lack']);

export const MOVE_OF: Readonly<Record<Side, Readonly<Record<string, Move>>>> = {
  officers: {
    ...{ sign: 'sign', progress: 'note', done: 'answer', handoff: 'transfer' },
    ...{ delay: 'ask-extension', lack: 'pause' },
  },
  callers: {
    ...{ more: 'note', urge: 'urge', grant: 'grant-extension', deny: 'refuse-extension', again: 'reopen' },
    ...{ praise: 'rate', withdraw: 'withdraw', close: 'conclude' },
  },
};
/** What is surely said, in a dialogue as well: a move, `status`, or null. */
export async function surelySaid(ctx: Context, world: World): Promise<Move | 'status' | null> {
  const found = await understood(ctx, hearing(ctx, world));
  if (!found || found.best.probability < SURE) return null;
  const { said, best } = found;
  return best.kind === 'ask'
    ? 'status'
    : moveOf(said.side, best.kind, ctx, { ...world, requests: said.requests });
}

/** The likeliest kind; a guess where it may as well be of other things. */
export type Best = SpeechKind & { isGuess?: boolean };

export async function understood(
  { text }: Context,
  hear: Hearing,
): Promise<{ said: Said; best: Best } | null> {
  if (text.length > MAX_LENGTH || isHypothetical(text) || isJoke(text)) return null;
  const [said] = [...(await hear())].sort((a, b) => weightOf(b) - weightOf(a));
  if (!said) return null;
  const best = bestOf(said);
  return !best || (isQuestion(withoutStress(text)) && !ASKS.has(best.kind)) ? null : { said, best };
}

/** 糊弄人呢 asks nothing, 路灯呢 does. */
const withoutStress = (text: string): string =>
  text.length < STRESSED_MIN ? text : text.replace(/(?<=[^,\uff0c。\s]{3})呢[。!\uff01]?$/, '');
const STRESSED_MIN = 6;

function bestOf({ kinds, meant }: Said): Best | null {
  const [first, second] = kinds;
  if (!first || !second) return null;
  if (first.kind !== 'elsewhere') return first.probability < LEAST ? null : first;
  const isOfCase = meant !== null && meant.basis !== 'last' && first.probability < ELSEWHERE_AT_MOST;
  return isOfCase && second.probability >= GUESS_LEAST ? { ...second, isGuess: true } : null;
}

/** How much speaks for this side: whatever is not of other things, and that a case of it is named. */
const weightOf = ({ kinds, meant }: Said): number =>
  (1 - (kinds.find(({ kind }) => kind === 'elsewhere')?.probability ?? 0)) *
  (meant?.basis === 'named' ? 2 : 1);

/** What is said as each side that the speaker is on, officers first; looked for once, and only when it is asked for. */
export type Hearing = () => Promise<Said[]>;

export function hearing(ctx: Context, world: World): Hearing {
  let heard: Promise<Said[]> | null = null;
  const hear = async () => {
    const sides = [await saidAs('officers', ctx, world), await saidAs('callers', ctx, world)];
    return sides.filter((it) => it !== null);
  };
  return () => (heard ??= hear());
}

async function saidAs(side: Side, ctx: Context, world: World): Promise<Said | null> {
  const { actor, deps } = world;
  const model = deps.speech?.[side];
  const requests = world.requests.filter((request) =>
    side === 'officers'
      ? request.assignments.some((a) => isActive(a) && actsFor(actor, a.organization))
      : isCallerSide(actor, request) && !isEnded(request),
  );
  if (!model || requests.length === 0) return null;
  const meant = meantBy(ctx, { ...world, requests });
  if (meant === 'another') return null;
  const own = meant?.basis === 'named' ? [meant.request.text, ...(meant.words ?? [])] : [];
  const kinds = await model(withPlaceholders(ctx.text, placeholdersIn(ctx, deps, own)));
  return { side, requests, meant, kinds };
}

/** `another`: it names a matter that is none of these. */
function meantBy(ctx: Context, world: World): Case | 'another' | null {
  const { requests } = world;
  const [only] = requests;
  const shares = clearlyMeant(ctx.text, requests);
  if (shares) return { request: shares.request, basis: 'named' };
  const { basis, matches, said } = referenceOf('transfer', ctx, world);
  const [one] = matches;
  if (basis === 'named' && matches.length === 0) return 'another';
  if (one && matches.length === 1 && basis === 'named')
    return { request: one, basis: 'named', words: said.split('、') };
  if (only && requests.length === 1) return { request: only, basis: 'only' };
  const last = requests.find(({ number }) => number === ctx.session?.request);
  return last ? { request: last, basis: 'last' } : null;
}

/** The move that somebody of this side means who speaks so, where it is open to them on one of the requests. */
export function moveOf(side: Side, kind: string, ctx: Context, world: World): Move | null {
  const named = MOVE_OF[side][kind];
  if (!named) return null;
  const move = isNoTransfer(named, ctx, world) ? 'return' : named;
  const { requests } = world;
  const isOpen = (it: Move) => requests.some((request) => refusedOn(it, request, world, ctx.now) === null);
  const waits = requests.some((request) => request.assignments.some((a) => isPaused(request, a)));
  if (side === 'callers' && move === 'note' && waits && isOpen('resume')) return 'resume';
  // 还是黄的, while it is not answered yet: what is still wrong is added to the case.
  if (move === 'reopen' && !isOpen(move) && isOpen('note')) return 'note';
  return isOpen(move) ? move : null;
}

/** That it is somebody else's, and not whose. */
function isNoTransfer(move: Move, { text }: Context, { actor, deps }: World): boolean {
  const units = deps.knowledge().directory.mentions(text);
  return move === 'transfer' && units.every(({ unit }) => actsFor(actor, unit));
}
