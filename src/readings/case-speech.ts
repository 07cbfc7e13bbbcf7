/**
 * What whoever is involved in a case says of it in words that no table knows, by models learned from examples
 * (speech/officers.yaml, speech/callers.yaml): which case it is follows from the words that it shares with one, from what was
 * spoken of last, or from there being only one. What is sure and harmless is done, what binds is read back, and what may be several
 * things is asked about by one tap. Questions to the lists are left to the lists.
 */
import type { Request } from '../core/request.js';
import { isEnded } from '../core/request.js';
import type { Context } from '../core/types.js';
import { askerOf } from '../lists/answer.js';
import { decisionOn } from '../lists/decision.js';
import { withPlaceholders, type SpeechKind } from '../nlu/speech.js';
import { isQuestion } from '../requests/move-words.js';
import { isActive, isPaused } from '../requests/log.js';
import { clearlyMeant } from '../requests/meant.js';
import type { Move } from '../requests/moves.js';
import { actsFor, isCallerSide } from '../requests/permissions.js';
import { isHypothetical, isJoke, isSecondHand } from '../text/frames.js';
import { placeholdersIn } from './reminder-speech.js';
import type { Reading } from './reading.js';
import { ACTS, intentOf } from './request-intents.js';
import { referenceOf, refusedOn, type World } from './requests-world.js';

const MAX_LENGTH = 70;
/** Less says nothing; from here on it is what is meant. */
const [LEAST, SURE] = [0.4, 0.72];
/** Above what examples alone can say and what is left to the lists (0.91). */
const [LIKELY, NAMED] = [0.915, 0.955];
/** From here on the lists know the matter by themselves; the same where it is only guessed what is said. */
const [LISTED, GUESSED] = [0.75, 0.3];
/** What is likelier of other things is not asked about, nor what is less likely any one thing. */
const [ELSEWHERE_AT_MOST, GUESS_LEAST] = [0.75, 0.12];
const OPTIONS_MAX = 3;

/** Intents that much is taken for which is none of theirs, and how surely others are what they are. */
const WITHOUT: ReadonlySet<string> = new Set([
  ...([
    'ask_responsibility',
    'ask_policy',
    'off_topic',
    'smalltalk',
    'request_status',
    'file_request',
  ] as const),
  ...(['correct_answer'] as const),
]);
const PURPOSE = 0.6;

type Side = 'officers' | 'callers';
/** `words`: those that name it. */
type Case = { request: Request; basis: 'named' | 'only' | 'last'; words?: string[] };
/** What was said, taken as somebody of this side says it. */
type Said = { side: Side; requests: Request[]; meant: Case | null; kinds: SpeechKind[] };

/** Done at once where case and kind are sure: how the work goes on, and that it is seen. */
const HARMLESS: ReadonlySet<string> = new Set(['progress', 'sign']);
/** Said as a question as well. */
const ASKS: ReadonlySet<string> = new Set(['ask', 'delay', 'urge', 'lack']);

const MOVE_OF: Readonly<Record<Side, Readonly<Record<string, Move>>>> = {
  officers: {
    ...{ sign: 'sign', progress: 'note', done: 'answer', handoff: 'transfer' },
    ...{ delay: 'ask-extension', lack: 'pause' },
  },
  callers: {
    ...{ more: 'note', urge: 'urge', grant: 'grant-extension', deny: 'refuse-extension', again: 'reopen' },
    ...{ praise: 'rate', withdraw: 'withdraw', close: 'conclude' },
  },
};
/** What each side can do besides, where it is not clear what is meant. */
const BESIDES: Readonly<Record<Side, readonly Move[]>> = {
  officers: ['note', 'answer', 'return'],
  callers: ['note', 'urge'],
};

export async function saidOfCase(ctx: Context, world: World): Promise<Reading | null> {
  const { match, update } = ctx;
  if (match.via !== 'example' || update.kind !== 'message' || update.isForwarded) return null;
  const found = await understood(ctx, world);
  if (!found) return null;
  const { said, best } = found;
  const { meant } = said;
  if ((meant?.basis !== 'named' || best.isGuess) && hasPurpose(ctx)) return null;
  if (meant?.basis !== 'named' && (await isListed(ctx, world, best.isGuess ? GUESSED : LISTED))) return null;
  return readingOf(said, best, ctx, world);
}

/** What has words of its own, and no need of the case: 上个月我们局的趋势图. */
const hasPurpose = ({ match: { intent, score } }: Context): boolean =>
  !ACTS.has(intent) && !WITHOUT.has(intent) && score >= PURPOSE;

/** What is surely said, in a dialogue as well: a move, `status`, or null. */
export async function surelySaid(ctx: Context, world: World): Promise<Move | 'status' | null> {
  const found = await understood(ctx, world);
  if (!found || found.best.probability < SURE) return null;
  const { said, best } = found;
  return best.kind === 'ask'
    ? 'status'
    : moveOf(said.side, best.kind, ctx, { ...world, requests: said.requests });
}

/** The likeliest kind; a guess where it may as well be of other things. */
type Best = SpeechKind & { isGuess?: boolean };

async function understood(ctx: Context, world: World): Promise<{ said: Said; best: Best } | null> {
  const { text } = ctx;
  if (text.length > MAX_LENGTH || isHypothetical(text) || isJoke(text)) return null;
  const asOfficer = await saidAs('officers', ctx, world);
  const asCaller = await saidAs('callers', ctx, world);
  const [said] = [asOfficer, asCaller].filter((it) => it !== null).sort((a, b) => weightOf(b) - weightOf(a));
  if (!said) return null;
  const best = bestOf(said);
  return !best || (isQuestion(text) && !ASKS.has(best.kind)) ? null : { said, best };
}

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

/** Whether the lists answer it by themselves. */
async function isListed(ctx: Context, { deps }: World, atLeast: number): Promise<boolean> {
  const knowledge = deps.knowledge();
  const asker = askerOf(ctx.person, knowledge, deps.contacts);
  const decision = await decisionOn(ctx.text, ctx.match, knowledge, asker);
  return decision.kind !== 'abstain' && decision.probability >= atLeast;
}

function readingOf(said: Said, best: SpeechKind, ctx: Context, world: World): Reading | null {
  const { side } = said;
  const { kind, probability: p } = best;
  const meant = owedBy(said, kind, ctx, world) ?? said.meant;
  const why = `said like ${side}/${kind} (${p.toFixed(2)}), case ${meant?.basis ?? 'unknown'}`;
  const probability = meant?.basis === 'named' ? NAMED : LIKELY;
  const value = meant?.request.number ?? '';
  if (kind === 'hold')
    return p < SURE ? null : status({ action: 'refrained', move: 'hold' }, probability, why);
  if (kind === 'ask') return meant && p >= LEAST ? status({ value }, probability, why) : null;
  const move = moveOf(side, kind, ctx, { ...world, requests: meant ? [meant.request] : said.requests });
  if (p >= SURE && move) {
    const isSure = HARMLESS.has(kind) && meant !== null && meant.basis !== 'last' && !isSecondHand(ctx.text);
    // What is read back is made again when it is confirmed, by its words alone.
    const goesOn = side === 'officers' && move === 'note' && isSure;
    const slots = {
      ...{ move, ...(value !== '' && { value }) },
      ...(goesOn && { progress: 'yes' }),
      ...(!isSure && { implied: 'doubtful' }),
    };
    return { intent: intentOf(move), slots, probability, why };
  }
  return meant ? asked(said, meant.request, { ctx, world, probability, why }) : null;
}

/** Where no words name one: the only one on which such a move is open, or for which it is waited. */
function owedBy({ side, requests, meant }: Said, kind: string, ctx: Context, world: World): Case | null {
  if (meant?.basis === 'named' || kind === 'ask') return null;
  const moves = requests.map((request) => ({
    request,
    move: moveOf(side, kind, ctx, { ...world, requests: [request] }),
  }));
  const waiting = moves.filter(({ move }) => move === 'resume');
  const open = waiting.length > 0 ? waiting : moves.filter(({ move }) => move !== null);
  const [one] = open;
  return one && open.length === 1 ? { request: one.request, basis: 'only' } : null;
}

const status = (slots: Record<string, string>, probability: number, why: string): Reading => ({
  ...{ intent: 'request_status', slots, probability, why },
});

/** The move that somebody of this side means who speaks so, where it is open to them on one of the requests. */
function moveOf(side: Side, kind: string, ctx: Context, world: World): Move | null {
  const named = MOVE_OF[side][kind];
  if (!named) return null;
  const move = isNoTransfer(named, ctx, world) ? 'return' : named;
  const { requests } = world;
  const isOpen = (it: Move) => requests.some((request) => refusedOn(it, request, world, ctx.now) === null);
  const waits = requests.some((request) => request.assignments.some((a) => isPaused(request, a)));
  if (side === 'callers' && move === 'note' && waits && isOpen('resume')) return 'resume';
  return isOpen(move) ? move : null;
}

/** That it is somebody else's, and not whose. */
function isNoTransfer(move: Move, { text }: Context, { actor, deps }: World): boolean {
  const units = deps.knowledge().directory.mentions(text);
  return move === 'transfer' && units.every(({ unit }) => actsFor(actor, unit));
}

type Asked = { ctx: Context; world: World; probability: number; why: string };

/** What it may be, the likeliest first. */
function asked({ side, kinds }: Said, request: Request, { ctx, world, probability, why }: Asked): Reading {
  const on = { ...world, requests: [request] };
  const likely = kinds
    .filter(({ probability: p }) => p >= LEAST / 4)
    .flatMap(({ kind }) => moveOf(side, kind, ctx, on) ?? []);
  const besides = BESIDES[side].filter((it) => refusedOn(it, request, world, ctx.now) === null);
  const moves = [...new Set([...likely, ...besides])].slice(0, OPTIONS_MAX);
  const options = [
    ...moves.map((move) => `${intentOf(move)}/${move} ${request.number}`),
    ...(side === 'callers' ? [`request_status/status ${request.number}`] : []),
  ];
  return { intent: 'said_of_case', slots: { options: options.join(',') }, probability, why };
}
