/**
 * What whoever is involved in a case says of it in words that no table knows, by models learned from examples
 * (speech/officers.yaml, speech/callers.yaml): which case it is follows from the words that it shares with one, from what was
 * spoken of last, or from there being only one. What is sure and harmless is done, what binds is read back, and what may be several
 * things is asked about by one tap. Questions to the lists are left to the lists.
 */
import type { Request } from '../core/request.js';
import type { Context } from '../core/types.js';
import { askerOf } from '../lists/answer.js';
import { isUnlisted, type Decision } from '../lists/decide.js';
import { decisionOn } from '../lists/decision.js';
import { isBinding, isQuestion, movesDenied } from '../requests/move-words.js';
import { isClosing } from '../requests/move-table.js';
import type { Move } from '../requests/moves.js';
import { tellsNoWork } from '../requests/no-work.js';
import { isHypothetical, isJoke, isSecondHand } from '../text/frames.js';
import { hearing, LEAST, MAX_LENGTH, MOVE_OF, moveOf, SURE, understood } from './case-understood.js';
import type { Best, Case, Hearing, Said, Side } from './case-understood.js';
import type { Reading } from './reading.js';
import { ACTS, intentOf } from './request-intents.js';
import { refusedOn, type World } from './requests-world.js';

/** Above what examples alone can say and what is left to the lists (0.91). */
const [LIKELY, NAMED] = [0.915, 0.955];
/** From here on the lists know the matter by themselves; the same where it is only guessed what is said. */
const [LISTED, GUESSED] = [0.75, 0.3];
const OPTIONS_MAX = 3;
const CONFIRMED = 0.5;

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
  ...(['correct_answer', 'help'] as const),
]);
const PURPOSE = 0.6;

/** Done at once where case and kind are sure: how the work goes on, and that it is seen. */
const HARMLESS: ReadonlySet<string> = new Set(['progress', 'sign']);
/** What each side can do besides, where it is not clear what is meant. */
const BESIDES: Readonly<Record<Side, readonly Move[]>> = {
  officers: ['note', 'answer', 'return'],
  callers: ['note', 'urge'],
};

export async function saidOfCase(
  ctx: Context,
  world: World,
  hear: Hearing = hearing(ctx, world),
): Promise<Reading | null> {
  const { match, update } = ctx;
  // Whoever names a number names a move as well.
  if (NUMBERED.test(ctx.text)) return null;
  if (match.via !== 'example' || update.kind !== 'message' || update.isForwarded) return null;
  const found = await understood(ctx, hear);
  if (!found) return unsettled(ctx, world, hear);
  const { said, best } = found;
  const { meant } = said;
  // 中午吃啥好, of a case that nothing in it names: no progress, which everybody would be told.
  if (best.kind === 'progress' && meant?.basis !== 'named' && NO_WORK.test(ctx.text)) return null;
  // 要是我答应了周三前 没办成咋整 会扣分不: nothing is told.
  if (best.kind !== 'ask' && isHypothetical(ctx.text) && isQuestion(ctx.text)) return null;
  if ((meant?.basis !== 'named' || best.isGuess) && hasPurpose(ctx)) return null;
  if (meant?.basis !== 'named' && (await isListed(ctx, world, best.isGuess ? GUESSED : LISTED))) return null;
  return readingOf(said, best, ctx, world);
}

const NO_WORK =
  /(?:啥|什么|咋|怎么)(?!都|也|时候都)|[谁哪](?!都|也|怕)|[吗么呢][?\uff1f]?$|吃(?:饭|啥|点|个|了)|[早午晚夜]饭|下班|[真好太]是?(?:冷|热|闷|困|累|饿)|天气|球赛|彩票|周末(?:愉快|快乐)|节日快乐|生日/;
const NUMBERED = /qs[\s-]?\d/i;

/**
 * 备用泵水太小,后面的地浇不上: a statement of which nothing is known, and of which the lists know nothing either, from somebody
 * who has one case at hand. Asked about, never done.
 */
async function unsettled(ctx: Context, world: World, hear: Hearing): Promise<Reading | null> {
  const { text, match } = ctx;
  if (text.length < STATEMENT_MIN || text.length > MAX_LENGTH || !STATED.has(match.intent)) return null;
  if (isQuestion(text) || ASKING.test(text) || isHypothetical(text) || isJoke(text)) return null;
  const [said, other] = (await hear()).filter(({ meant }) => meant && meant.basis !== 'last');
  if (!said?.meant || (other && said.meant.basis !== 'named')) return null;
  if (!isUnlisted(await listsOn(ctx, world))) return null;
  const why = `a statement that the lists do not know, case ${said.meant.basis}`;
  return asked(said, said.meant.request, { ctx, world, probability: LIKELY, why, isGuess: true });
}

/** Shorter ones say too little; what a statement without words of its own is taken for. */
const STATEMENT_MIN = 5;
const STATED: ReadonlySet<string> = new Set([
  ...ACTS,
  'ask_responsibility',
  'request_status',
  'file_request',
]);
const ASKING = /谁|哪|什么|啥|怎么|咋|多少|几[个件天项]|[吗么呢]$|归|负责|电话|依据|清单|呼叫|提醒/;

/** What has words of its own, and no need of the case: 上个月我们局的趋势图. */
export const hasPurpose = ({ match: { intent, score } }: Context): boolean =>
  !ACTS.has(intent) && !WITHOUT.has(intent) && score >= PURPOSE;

/**
 * What words of the table are taken for, held against how people speak: 种子抽了样,送省里去验了 has 验了 in it and is no answer
 * yet. Progress is noted instead, anything else is read back. 去看过了,假烟都收走了 begins like progress and is an answer: that is
 * read back, lest a finished case be left to run out.
 */
export async function checked(reading: Reading, ctx: Context, world: World): Promise<Reading> {
  const { move = '', implied } = reading.slots ?? {};
  const isChecked = CHECKED.has(move) || (move === 'note' && implied !== undefined);
  if (implied === 'doubtful' || !isChecked) return reading;
  const hear = hearing(ctx, world);
  const found = await understood(ctx, hear);
  const [kind, p] = [found?.best.kind ?? '', found?.best.isGuess ? 0 : (found?.best.probability ?? 0)];
  const read = { ...reading, slots: { ...reading.slots, implied: 'doubtful' } };
  if (move === 'note')
    return kind === 'done' && p >= SURE ? ((await saidOfCase(ctx, world, hear)) ?? reading) : reading;
  if (move === 'answer' && implied !== undefined) {
    if (kind === 'progress' && p >= GOES_ON && !isClosing(ctx.text))
      return (await saidOfCase(ctx, world, hear)) ?? read;
    return kind === 'done' && p >= CONFIRMED ? reading : read;
  }
  const learned = found && MOVE_OF[found.said.side][kind];
  const isSame = learned === move || (learned === 'transfer' && move === 'return');
  return learned && !isSame && p >= CONTRADICTS ? read : reading;
}
/** Moves that were done at once by words of the table. */
const CHECKED: ReadonlySet<string> = new Set([
  'answer',
  'return',
  'transfer',
  'pause',
  'ask-extension',
  'urge',
]);
const [GOES_ON, CONTRADICTS] = [0.6, 0.85];

/** What the lists say to it by themselves. */
export function listsOn({ text, match, person }: Context, { deps }: World): Promise<Decision> {
  const knowledge = deps.knowledge();
  return decisionOn(text, match, knowledge, askerOf(person, knowledge, deps.contacts));
}

/** Whether the lists answer it. */
async function isListed(ctx: Context, world: World, atLeast: number): Promise<boolean> {
  const decision = await listsOn(ctx, world);
  return decision.kind !== 'abstain' && decision.probability >= atLeast;
}

function readingOf(said: Said, best: Best, ctx: Context, world: World): Reading | null {
  const { side } = said;
  const { kind, probability: p } = best;
  const meant = owedBy(said, kind, ctx, world) ?? said.meant;
  const why = `said like ${side}/${kind} (${p.toFixed(2)}), case ${meant?.basis ?? 'unknown'}`;
  const probability = meant?.basis === 'named' ? NAMED : LIKELY;
  const value = meant?.request.number ?? '';
  if (kind === 'hold')
    return p < SURE ? null : status({ action: 'refrained', move: 'hold' }, probability, why);
  // 是几号楼, once the caller has said so: asked again, and nothing is lacking.
  if (kind === 'lack' && meant && isQuestion(ctx.text) && isSupplied(meant.request))
    return status({ action: 'aspect', aspect: 'course', value }, NAMED, why);
  if (kind === 'ask') return meant && p >= LEAST ? status({ value }, probability, why) : null;
  if (meant && ASKS_NEWS.test(ctx.text)) return status({ value }, probability, why);
  const move = moveOf(side, kind, ctx, { ...world, requests: meant ? [meant.request] : said.requests });
  // Of one's only case, or of the one that is named, how it goes on may be told less surely: it binds nobody.
  const isOfOne = meant !== null && meant.basis !== 'last';
  const least = kind === 'progress' && isOfOne && best.isGuess !== true ? GOES_ON : SURE;
  if (p >= least && move) {
    // 没让你请公安局协办 tells of no work either; 别催了,在修了 does.
    const isDenied = movesDenied(ctx.text).some((it) => it !== 'urge');
    const isNoWork = kind === 'progress' && (isDenied || tellsNoWork(ctx.text));
    const isToldOn = !isSecondHand(ctx.text) && !isNoWork;
    const isSure = HARMLESS.has(kind) && meant !== null && meant.basis !== 'last' && isToldOn;
    // What is read back is made again when it is confirmed, by its words alone.
    const goesOn = side === 'officers' && move === 'note' && isSure;
    const slots = {
      ...{ move, ...(value !== '' && { value }) },
      ...(goesOn && { progress: 'yes' }),
      ...(!isSure && { implied: 'doubtful' }),
    };
    return { intent: intentOf(move), slots, probability, why };
  }
  const isGuess = best.isGuess === true;
  return meant ? asked(said, meant.request, { ctx, world, probability, why, isGuess }) : null;
}

const isSupplied = ({ events, callers }: Request): boolean =>
  events.some(
    ({ kind, by }) =>
      (kind === 'resumed' || kind === 'noted') &&
      callers.some(({ organization }) => organization === by?.organization),
  );

/** 渠的事今天有啥新情况: asks how it goes, and tells nothing. */
const ASKS_NEWS =
  /(?:(?:有|是)(?:没有)?(?:啥|什么|哪些)|有没有)(?:点)?(?:新的?|最新)?(?:情况|进展|动静|消息|变化|说法|动向|眉目|下文|回音)(?:了)?(?:没(?:有)?|吗|么|不|呢)?[?\uff1f]?$|有(?:点)?(?:新的?|最新)?(?:情况|进展|动静|消息|变化|说法|动向|眉目|下文|回音)(?:了)?(?:没(?:有)?|吗|么|不|呢|[?\uff1f])[?\uff1f]?$/;

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

type Asked = { ctx: Context; world: World; probability: number; why: string; isGuess: boolean };

/** What it may be, the likeliest first. */
function asked(
  { side, kinds }: Said,
  request: Request,
  { ctx, world, probability, why, isGuess }: Asked,
): Reading {
  const on = { ...world, requests: [request] };
  const likely = kinds
    .filter(({ probability: p }) => p >= LEAST / 4)
    .flatMap(({ kind, probability: p }) => {
      const move = moveOf(side, kind, ctx, on);
      return move ? [{ move, p }] : [];
    })
    .sort((a, b) => b.p - a.p);
  const [first] = likely;
  const besides = BESIDES[side].filter((it) => refusedOn(it, request, world, ctx.now) === null);
  const moves = [...new Set([...likely.map(({ move }) => move), ...besides])].slice(0, OPTIONS_MAX);
  const options = [
    ...moves.map((move) => `${intentOf(move)}/${move} ${request.number}`),
    ...(side === 'callers' ? [`request_status/status ${request.number}`] : []),
  ];
  // One tap confirms what is likelier than not and binds nobody else.
  const isLikely = !isGuess && first !== undefined && first.p >= CONFIRMED && !isBinding(first.move);
  return {
    intent: 'said_of_case',
    slots: { options: options.join(','), ...(!isLikely && { guess: 'yes' }) },
    probability,
    why,
  };
}
