/** What a message may mean to do with a request: by its words, by who says it, by what stands open for them. */
import { withPlainWeeks } from '../calendar/calendar.js';
import type { Context } from '../core/types.js';
import type { Request } from '../core/request.js';
import { isBeyondAct, ACTS, intentOf } from './request-intents.js';
import { parseRuling } from '../nlu/ruling.js';
import { parseScores } from '../nlu/slots.js';
import { caseOf } from '../requests/case.js';
import { refusalOf, requestsOf } from '../requests/concerned.js';
import { isQuestion, isThanks, isAck, movesIn, type MoveWords } from '../requests/move-words.js';
import type { Actor, Move } from '../requests/moves.js';
import { actsFor, isCallerSide } from '../requests/permissions.js';
import { refer, wordsOf, type Reference } from '../requests/referring.js';
import { actorOf } from '../requests/routing.js';
import { isPaused } from '../requests/log.js';
import { pairsOf } from '../organizations/names.js';
import { parseRequestNumber } from '../requests/numbers.js';
import { toLocal, yearOf } from '../calendar/local.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

/** Named moves on a request that they fit; those that the words only lead to. */
const NAMED = 0.97;
const IMPLIED = 0.9;
/**
 * The list office, a request that waits for its ruling, and a unit named for each part: no question of who leads how many. Who
 * oversees, a complaint that is with them, and words that put it to somebody: no complaint of their own.
 */
const RULED = 0.995;
/** Words of thanks and of having seen. */
const COURTESY = 0.96;
const MAX_LENGTH = 120;
const STATUS_INTENT = 'request_status';

const STATUS =
  /到哪(?:一)?步|(?:办|弄|修|走|处理|搞)?到哪(?:儿|里)?了|进展|进度|(?:怎么?|咋)样了?(?:$|[?\uff1f啊呀])|怎么样了|咋样|办得怎|有(?:没有)?(?:结果|回音|回信|动静)(?:了|没|吗|$)|来龙去脉|从头到尾|(?:的|全部|整个)经过(?:给|发|看|是|$)|啥时候|什么时候|哪天(?:能|到期)|谁(?:签收|办|答复|接|受理)|办理?经过|经过发|时限|到期|签收了?(?:没|吗)|(?:有没有|有人)(?:签收|处理|办)|办好了?(?:没|吗)/;
/** Asked of one request that is pointed at: "路灯那个现在归哪家办" is no question to the lists. */
const STATUS_OF_ONE =
  /(?:过|了)没(?:有)?[。!\uff01?\uff1f]?$|(?:催|签|答|退|转|派|评)没\S{0,2}(?:催|签|答|退|转|派|评)|(?:过|了)[吗么][?\uff1f]?$|谁(?:签|答|催|办|收|接|转|退|定)|(?:[在到归是由]|定的)(?:的)?哪一?[家个儿里]|最[晚迟].{0,5}(?:签|答|办)|几点(?:之?前)?(?:签|答|办|到期)|催(?:过)?几[次回]|的呢[?\uff1f]?$/;
const POINTED = /(?:那|这)(?:个|件|单|张|条|项|起|份|处|桩)|^[^,\uff0c。;\uff1b\s的]{2,8}的/;
const LISTS =
  /待督办|(?:需要?|要)督办|督办清单|(?:我们?|俺们?|咱们?|我们?镇)(?:报|提|发|交|呼叫)(?:上去|过)?的(?:那|这)?(?:几|两|三)?(?:件|些|个|条|单|请求|呼叫)(?:事|请求)?.{0,3}(?:情况|进展|进度|咋样|怎么样|办得|到哪)|(?:我|我们|俺|咱)(?:们)?(?:手[上头里]|这[边儿里]|单位|局|镇|乡)?.{0,3}(?:有(?:啥|什么|哪些|几件)|还有(?:啥|什么|哪些|几件)).{0,4}(?:要|待|没|该)(?:办|签|处理|答复|评价)|(?:哪些|啥|什么|几件).{0,2}(?:要|该|待)(?:我|我们|俺|咱).{0,2}(?:办|签|处理)/;
/** 住建局手上几件: of the unit that the speaker belongs to. */
const OF_UNIT = /(?:手[上头里]|名下|还有|这边).{0,3}(?:几[件个张]|多少[件个张]?|哪些|有啥|有什么)/;
/** Words that are of requests alone. */
const OF_REQUESTS =
  /催|撤|逾期|超期|超时|在办|签收|评价|打分|满意|分[。!\uff01]?$|延期|办结|裁定|转办|转给|退回|答复|请求|呼叫|单子|这件|那件|暂停|恢复计时|协办|重新办/;

type World = { actor: Actor; requests: Request[]; deps: ReadingDeps };

async function read(ctx: Context, deps: ReadingDeps): Promise<Reading[]> {
  const { text, person, match } = ctx;
  if (match.via !== 'example' || !person || text.length > MAX_LENGTH || isBeyondAct(match, text)) return [];
  const { directory } = deps.knowledge();
  const { platform, id } = ctx.update.user;
  const actor = actorOf(person, `${platform}:${id}`, directory);
  const isAct = ACTS.has(match.intent);
  const words = wordsIn(ctx, actor, deps);
  // "那咱县的" is taken for the name of a request, where there is none of it.
  const isQuery = match.intent === STATUS_INTENT && !OF_REQUESTS.test(text);
  const isAbout =
    isAct ||
    isQuery ||
    words.length > 0 ||
    [STATUS, LISTS, OF_UNIT].some((pattern) => pattern.test(text)) ||
    asksOfOne(text) ||
    isThanks(text);
  if (!isAbout) return supplied(ctx, actor);
  const requests = await requestsOf(ctx.read, actor);
  const world: World = { actor, requests, deps };
  const found = words.flatMap((it) => movesOf(it, ctx, world)).slice(0, 1);
  if (found.length > 0) return found;
  const status = statusOf(ctx, world);
  if (status) return [status];
  const refused = refusedOf(words, ctx, world);
  if (refused) return [refused];
  if (isThanks(text) || (isAck(text) && text.length <= 12 && words.every(({ isNamed }) => !isNamed)))
    return [courtesy(ctx)];
  // "路灯的催过没有", where there is none of it.
  if (asksOfOne(text) && OF_REQUESTS.test(text) && referenceOf(null, ctx, world).matches.length === 0)
    return [{ intent: STATUS_INTENT, probability: 0.92, why: 'asks of a request that is not there' }];
  // "电线杆快倒了" from somebody who has nothing to answer.
  const number = parseRequestNumber(text, yearOf(toLocal(ctx.now).date));
  if (isAct && number === null && (!OF_REQUESTS.test(text) || (isQuestion(text) && words.length === 0)))
    return [
      { intent: 'ask_responsibility', probability: 0.91, why: 'no request of theirs that these words fit' },
    ];
  const isOfNone =
    isQuery && number === null && !LISTS.test(text) && referenceOf(null, ctx, world).matches.length === 0;
  return isOfNone && !STATUS.test(text)
    ? [{ intent: 'ask_responsibility', probability: 0.905, why: 'no request that these words name' }]
    : [];
}

/** Certain, so that nobody looks for a row about it. */
const courtesy = ({ match }: Context): Reading => ({
  intent: 'smalltalk',
  probability: Math.max(COURTESY, match.score),
  via: { ...match, via: 'flow' },
  why: 'thanks, and nothing that it could do',
});

function wordsIn({ text, match }: Context, actor: Actor, deps: ReadingDeps): MoveWords[] {
  const { directory } = deps.knowledge();
  const isOffice = actor.roles.includes('list-office');
  const listOffice = deps.policies.ruling.listOffice;
  const ruling = isOffice && !isQuestion(text) ? parseRuling(text, directory.mentions, listOffice) : null;
  const isRuling = ruling !== null && ruling.lead !== '' && (ruling.isPlain || ruling.denied.length > 0);
  const isRating =
    parseScores(text) !== null && !/先不|不(?:想|要|用)?评|再(?:说|评)/.test(text) && !isQuestion(text);
  const isLong = text.length > 60 && match.intent === 'file_request';
  const rating: MoveWords[] = isRating ? [{ move: 'rate', side: 'caller', isNamed: true }] : [];
  if (isLong) return [];
  if (/^(?:评价|打分|评分)/.test(text)) return rating;
  return [
    ...(isRuling ? [{ move: 'rule', side: 'office', isNamed: true } as const] : []),
    ...movesIn(text),
    ...rating,
  ];
}

/** The reading of one move, where it is open to the person on a request that the words do not contradict. */
function movesOf(words: MoveWords, ctx: Context, { actor, requests, deps }: World): Reading[] {
  const { move, isNamed, kind } = words;
  const terms = { policies: deps.policies, calendar: withPlainWeeks(deps.calendar) };
  const isOpen = (request: Request) =>
    isOnSide(words, actor, request) &&
    (kind === undefined ? !(move === 'answer' && request.kind === 'consent') : request.kind === kind) &&
    refusedOn(move, actor, request, terms, ctx.now) === null;
  const fitting = requests.filter(isOpen);
  if (fitting.length === 0) return [];
  const reference = referenceOf(move, ctx, { actor, requests: fitting, deps });
  const isContradicted = reference.basis === 'named' && reference.matches.length === 0;
  if (isContradicted && !isNamed) return [];
  const isDoubtful =
    !isNamed && words.side === 'assignee' && isOfAnother(ctx, { actor, requests: fitting, deps });
  const isOther = !ACTS.has(ctx.match.intent) && ctx.match.intent !== 'smalltalk';
  // What only leads to a move is one when nothing else explains the message better.
  if (!isNamed && isOther && reference.basis === 'none' && ctx.match.score > IMPLIED && ctx.text.length > 8)
    return [];
  return [
    {
      intent: intentOf(move),
      slots: { move, ...(kind && { kind }), ...(!isNamed && { implied: isDoubtful ? 'doubtful' : 'yes' }) },
      probability:
        move === 'rule' || kind === 'oversight'
          ? RULED
          : Math.max(isNamed ? NAMED : IMPLIED, ctx.match.score),
      why: `${move}: ${fitting.length} fit, words ${reference.basis} ${reference.matches.length}`,
    },
  ];
}

/** Who works on a request speaks of parts of it; a thing that none of theirs names may be another's: "路灯修好了". */
function isOfAnother(ctx: Context, world: World): boolean {
  const { basis, matches } = referenceOf('urge', ctx, world);
  return basis === 'named' && matches.length === 0;
}

/** A move that is named and not open on the request that is meant: its handler says why. */
function refusedOf(words: MoveWords[], ctx: Context, world: World): Reading | null {
  const named = words.find((it) => it.isNamed && it.move !== 'urge' && it.move !== 'note');
  if (!named || isQuestion(ctx.text) || ctx.text.length > 30) return null;
  const { basis, matches } = referenceOf(named.move, ctx, world);
  const isMeant =
    basis === 'named'
      ? matches.length === 1
      : world.requests.some(({ number }) => number === ctx.session?.request);
  return isMeant
    ? {
        intent: intentOf(named.move),
        slots: { move: named.move },
        probability: Math.max(IMPLIED, ctx.match.score),
        why: `${named.move} is named, and not open`,
      }
    : null;
}

/** What was asked for so that the clock may go on: "灯杆编号是LD-12到LD-20". */
async function supplied(ctx: Context, actor: Actor): Promise<Reading[]> {
  const { text, session } = ctx;
  if (!session?.request || isQuestion(text)) return [];
  const requests = await requestsOf(ctx.read, actor);
  const waiting = requests.filter((request) => isCallerSide(actor, request) && askedFor(request) !== null);
  const pairs = pairsOf(text);
  const answered = waiting.filter((request) => {
    const asked = askedFor(request) ?? '';
    return pairs.filter((pair) => asked.includes(pair)).length >= SUPPLIED_PAIRS;
  });
  return answered.length === 1
    ? [
        {
          intent: intentOf('resume'),
          slots: { move: 'resume', implied: 'yes', value: answered[0]?.number ?? '' },
          probability: IMPLIED + 0.02,
          why: 'names what a paused request waits for',
        },
      ]
    : [];
}

/** Two characters beside each other that the answer shares with what was asked for. */
const SUPPLIED_PAIRS = 2;

/** What the unit asks the caller for, while its clock stands still. */
function askedFor(request: Request): string | null {
  if (!request.assignments.some((assignment) => isPaused(request, assignment))) return null;
  return request.events.findLast(({ kind }) => kind === 'paused')?.text ?? '';
}

function refusedOn(
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

function isOnSide({ side }: MoveWords, actor: Actor, request: Request): boolean {
  if (side === 'caller') return isCallerSide(actor, request) || actor.roles.includes('deadline-office');
  if (side === 'assignee') return request.assignments.some((a) => actsFor(actor, a.organization));
  return true;
}

const referenceOf = (
  move: Move | null,
  { text, now }: Pick<Context, 'text' | 'now'>,
  { actor, requests, deps }: World,
): Reference => refer(wordsOf({ text, now }, move, actor, deps.knowledge().directory), requests);

/** How a request stands: the one that the words name, or the one spoken of. */
function statusOf(ctx: Context, world: World): Reading | null {
  const { text, session } = ctx;
  const { directory } = world.deps.knowledge();
  const units = directory.mentions(text).map(({ unit }) => unit);
  const own = [world.actor.organization, world.actor.team ?? ''];
  const isOfOwn = OF_UNIT.test(text) && units.length > 0 && units.every((unit) => own.includes(unit));
  if (LISTS.test(text) || (isOfOwn && !/牵头|负责|配合|职责|事项|清单|项/.test(text)))
    return { intent: STATUS_INTENT, probability: 0.99, why: 'asks for a list of requests' };
  if (world.requests.length === 0) return null;
  const { basis, matches } = referenceOf(null, ctx, world);
  const isOfOne = asksOfOne(text) && basis === 'named' && matches.length === 1;
  if (!STATUS.test(text) && !isOfOne) return null;
  const last = session?.request;
  const [named] = matches;
  const number =
    basis === 'named' ? (matches.length === 1 ? named?.number : undefined) : (last ?? onlyOf(world)?.number);
  if (number === undefined) return null;
  const isOther = ctx.match.score > 0.9 && !ACTS.has(ctx.match.intent) && basis !== 'named';
  if (isOther && !/[这那]|进度|签收|时限|经过/.test(text)) return null;
  return {
    intent: STATUS_INTENT,
    slots: { value: number },
    probability: Math.max(0.98, ctx.match.score),
    why: `how ${number} stands, ${basis}`,
  };
}

const asksOfOne = (text: string): boolean => STATUS_OF_ONE.test(text) && POINTED.test(text);

const onlyOf = ({ requests }: World): Request | undefined =>
  requests.length === 1 ? requests[0] : undefined;

export const readRequests: Reader = { name: 'requests', read };
