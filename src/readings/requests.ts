/** What a message may mean to do with a request: by its words, by who says it, by what stands open for them. */
import type { Context } from '../core/types.js';
import type { Request } from '../core/request.js';
import { isBeyondAct, ACTS, intentOf } from './request-intents.js';
import { parseRuling } from '../nlu/ruling.js';
import { parseScores } from '../nlu/slots.js';
import type { MoveWords } from '../requests/move-table.js';
import { asksBeside, onlyAsks } from '../requests/asked-words.js';
import {
  declinesToFile,
  isCalming,
  isQuestion,
  isOfWeather,
  isOnlyThanks,
  isThanks,
  isUrgedAlready,
  movesIn,
  tellsOn,
} from '../requests/move-words.js';
import type { Actor } from '../requests/moves.js';
import type { Directory } from '../organizations/directory.js';
import { actual } from '../text/frames.js';
import { normalizeText } from '../text/normalize.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';
import { assignedOf, namesColleague } from './case-assigned.js';
import { orderedOf } from './case-orders.js';
import { casesAsked } from './cases-asked.js';
import { openedOf, questionOf, ruleOf } from './case-questions.js';
import { checked, saidOfCase } from './case-speech.js';
import {
  explainedOf,
  heldOf,
  isPraised,
  mendedOf,
  progressOf,
  redirectedOf,
  rulingOf,
  misruledOf,
  refrainedAs,
  refrainedOf,
  saidBy,
  sentOf,
  SLIPPED,
  supposedIn,
  urgedOf,
} from './requests-held.js';
import { courtesy, ofNoCase, OF_REQUESTS } from './requests-of-none.js';
import {
  asksLastFiled,
  asksOfOne,
  LISTS,
  OF_LAST,
  OF_UNIT,
  STATUS,
  STATUS_INTENT,
  statusOf,
} from './requests-status.js';
import { splitOf } from './split-asked.js';
import { supplied } from './supplied.js';
import { isOpenTo, referenceOf, speakerOf, speakersWorld, type World } from './requests-world.js';

/** Named moves on a request that they fit; those that the words only lead to. */
const NAMED = 0.97;
const IMPLIED = 0.9;
/**
 * The list office, a request that waits for its ruling, and a unit named for each part: no question of who leads how many. Who
 * oversees, a complaint that is with them, and words that put it to somebody: no complaint of their own.
 */
const RULED = 0.999;
const MAX_LENGTH = 120;
/** Below it the examples know nothing. */
const LOW = 0.6;
/** Only where a reminder is called one (isBeyondAct). */
const SETS_REMINDER = 'set_reminder';

async function read(ctx: Context, deps: ReadingDeps): Promise<Reading[]> {
  const { text, person, match } = ctx;
  if (match.via !== 'example' || !person || text.length > MAX_LENGTH) return [];
  const actor = speakerOf(ctx, person, deps);
  const misruled = await misruledOf(ctx, actor, deps);
  if (misruled) return [misruled];
  if (isOnlyThanks(text) || isOfWeather(text)) return [courtesy(ctx)];
  const ruled = ruleOf(ctx);
  if (ruled) return [ruled];
  const listedNow = casesAsked(ctx, actor);
  if (listedNow) return [listedNow];
  const opened = openedOf(ctx);
  if (opened) return [opened];
  const asked = await questionOf(ctx, () => speakersWorld(ctx, person, deps));
  if (asked) return [asked];
  const refrained = match.intent === 'file_request' ? refrainedOf(ctx, []) : null;
  if (refrained) return [refrained];
  if (match.intent === 'file_request' && isPraised(text)) return [courtesy(ctx)];
  const explained = explainedOf(ctx);
  if (explained) return [explained];
  if (isBeyondAct(match, text)) {
    const left = isCalming(text) ? refrainedOf(ctx, []) : null;
    return left ? [left] : [];
  }
  const isAct = ACTS.has(match.intent);
  // Beside an open row such words lie near to what a side of it does.
  const hasDone = match.intent === 'smalltalk' && declinesToFile(text);
  const words = wordsIn(ctx, actor, deps);
  const supposed = supposedIn(text, words);
  // "那咱县的" is taken for the name of a request, where there is none of it.
  const isQuery = match.intent === STATUS_INTENT && !OF_REQUESTS.test(text);
  const isAbout =
    isAct ||
    isQuery ||
    words.length > 0 ||
    supposed !== null ||
    SLIPPED.test(saidBy(ctx)) ||
    [STATUS, LISTS, OF_UNIT, OF_LAST].some((pattern) => pattern.test(text)) ||
    asksOfOne(text) ||
    asksLastFiled(text) ||
    hasDone ||
    isThanks(text) ||
    namesColleague(ctx, actor, deps);
  const world = await speakersWorld(ctx, person, deps);
  const told =
    redirectedOf(ctx, world) ??
    progressOf(ctx, world) ??
    rulingOf(ctx, world) ??
    sentOf(ctx, world) ??
    orderedOf(ctx, world) ??
    splitOf(ctx, world) ??
    urgedOf(ctx, world);
  if (told) return [told];
  // 昨天我打电话催过李四了, whatever the examples take it for.
  if (isUrgedAlready(text) && world.requests.length > 0 && words.length === 0)
    return [refrainedAs('urge', 'tells of an urging that was done')];
  // 是3号楼东头那个单元, whatever the examples take it for.
  const answer = words.length === 0 && match.score < LOW ? supplied(ctx, world) : null;
  if (answer) return [answer];
  if (!isAbout) {
    const given = supplied(ctx, world) ?? (await saidOfCase(ctx, world));
    return given ? [given] : [];
  }
  // 还有啥没办的 tells of no progress.
  const listed = LISTS.test(text) && words.every(({ isNamed }) => !isNamed) ? statusOf(ctx, world) : null;
  if (listed) return [listed];
  const assigned = assignedOf(ctx, world);
  if (assigned) return [assigned];
  const held = (supposed && heldOf(supposed, ctx, world)) ?? refrainedOf(ctx, words);
  if (held) return [held];
  // 报错了 撤了吧: nothing is left to mend.
  const mended = words.some(({ move }) => move === 'withdraw') ? null : mendedOf(ctx, world);
  if (mended) return [mended];
  const [found] = words.flatMap((it) => movesOf(it, ctx, world));
  if (found) return [await checked(found, ctx, world)];
  const status = statusOf(ctx, world);
  if (status) return [status];
  const said = await saidOfCase(ctx, world);
  const refused = refusedOf(words, ctx, world);
  // Why a move that is named is not open says more than a question of what is meant.
  if (said && !(refused && said.intent === 'said_of_case')) return [said];
  if (refused) return [refused];
  const none = ofNoCase(ctx, world, words, { isAct, isQuery, hasDone });
  return none ? [none] : [];
}

/** 进度 专家组今天下午进场勘察, by whoever handles it: no question of how it stands, though a command begins it. */
export async function progressTold(ctx: Context, deps: ReadingDeps): Promise<Reading | null> {
  const { person, update, match } = ctx;
  if (match.intent !== STATUS_INTENT || !person || !tellsOn(saidBy(ctx)) || update.kind !== 'message')
    return null;
  const raw = update.text.trim();
  const whole = { ...ctx, raw, text: normalizeText(raw) };
  const told = progressOf(whole, await speakersWorld(whole, person, deps));
  return told && { ...told, text: whole.text, raw, via: { ...match, via: 'example' }, probability: 1 };
}

function wordsIn({ text, match }: Context, actor: Actor, deps: ReadingDeps): MoveWords[] {
  const { directory } = deps.knowledge();
  const isOffice = actor.roles.includes('list-office');
  const listOffice = deps.policies.ruling.listOffice;
  const ruling = isOffice && !isQuestion(text) ? parseRuling(text, directory.mentions, listOffice) : null;
  const isRuling = ruling !== null && ruling.lead !== '' && (ruling.isPlain || ruling.denied.length > 0);
  const isRating =
    parseScores(actual(text)) !== null &&
    !/先不|不(?:想|要|用)?评|再(?:说|评)|分一分/.test(text) &&
    !isQuestion(text);
  const isLong = text.length > 60 && match.intent === 'file_request';
  const rating: MoveWords[] = isRating ? [{ move: 'rate', side: 'caller', isNamed: true }] : [];
  if (isLong) return [];
  if (/^(?:评价|打分|评分)/.test(text)) return rating;
  return [
    ...(isRuling ? [{ move: 'rule', side: 'office', isNamed: true } as const] : []),
    ...movesIn(text).filter((it) => !isCompany(it, text, directory)),
    ...rating,
  ];
}

/** 喊电信一起去理: how the work goes on, where no unit is named that would be asked to help. */
const isCompany = ({ move, kind, side }: MoveWords, text: string, { mentions }: Directory): boolean =>
  move === 'add-support' &&
  kind === undefined &&
  (side === 'caller' || !HELP.test(text)) &&
  mentions(text).length === 0;
const HELP = /协办|配合|协助|支援/;

/** 让水利局也来看看, of a request that is theirs already: nobody joins by it. */
const isOfParties = (
  { move, side }: MoveWords,
  { assignments, callers }: Request,
  { text }: Context,
  { deps }: World,
): boolean =>
  move === 'add-support' &&
  side === 'caller' &&
  deps
    .knowledge()
    .directory.mentions(text)
    .every(({ unit }) => [...assignments, ...callers].some(({ organization }) => organization === unit));

/** The reading of one move, where it is open to the person on a request that the words do not contradict. */
function movesOf(words: MoveWords, ctx: Context, world: World): Reading[] {
  const { move, isNamed, kind } = words;
  const isTold = move === 'note' && !isNamed;
  if (isTold && onlyAsks(ctx.text)) return [];
  // 派人去了 还要弄啥不: what a question says besides is read back before everybody is told.
  const isToldSo = words.isDoubtful ?? (isTold && asksBeside(ctx.text));
  const isOfKind = (request: Request) =>
    kind === undefined ? !(move === 'answer' && request.kind === 'consent') : request.kind === kind;
  const fitting = world.requests.filter(
    (it) => isOfKind(it) && isOpenTo(words, it, world, ctx.now) && !isOfParties(words, it, ctx, world),
  );
  if (fitting.length === 0) return [];
  const among = { ...world, requests: fitting };
  const reference = referenceOf(move, ctx, among);
  const isContradicted = reference.basis === 'named' && reference.matches.length === 0;
  if (isContradicted && !isNamed) return [];
  const isDoubtful =
    isToldSo ||
    speaksOfAnother(ctx, words, world.deps) ||
    (!isNamed && words.side === 'assignee' && isOfAnother(ctx, among));
  // 明天十点前换好, of the case just spoken of: its hour makes it no reminder.
  const isOfFocus =
    ctx.match.intent === SETS_REMINDER && fitting.some(({ number }) => number === ctx.session?.request);
  const isOther = !ACTS.has(ctx.match.intent) && ctx.match.intent !== 'smalltalk' && !isOfFocus;
  // What only leads to a move is one when nothing else explains the message better.
  if (!isNamed && isOther && reference.basis === 'none' && ctx.match.score > IMPLIED && ctx.text.length > 8)
    return [];
  return [
    {
      intent: intentOf(move),
      slots: {
        move,
        ...(kind && { kind }),
        ...((!isNamed || isDoubtful) && { implied: isDoubtful ? 'doubtful' : 'yes' }),
      },
      probability:
        move === 'rule' || kind === 'oversight'
          ? RULED
          : Math.max(isNamed || isOfFocus ? NAMED : IMPLIED, ctx.match.score),
      why: `${move}: ${fitting.length} fit, words ${reference.basis} ${reference.matches.length}`,
    },
  ];
}

/** 李四签收了, said by somebody else: what a colleague did is not done by telling of it. */
function speaksOfAnother({ text, person }: Context, { side, move }: MoveWords, deps: ReadingDeps): boolean {
  if (side !== 'assignee' || move === 'note') return false;
  return deps
    .knowledge()
    .directory.people.some(({ name }) => name.length > 1 && name !== person?.name && text.startsWith(name));
}

/** Who works on a request speaks of parts of it; a thing that none of theirs names may be another's: "路灯修好了". */
function isOfAnother(ctx: Context, world: World): boolean {
  const { basis, matches } = referenceOf('urge', ctx, world);
  return basis === 'named' && matches.length === 0;
}

/** 不能 is of the office that admits only where something waits to be admitted. */
const isOfOffice = ({ side }: MoveWords, { requests }: World): boolean =>
  side === 'office' && requests.every(({ status }) => !/^(?:approval|admission|ruling)$/.test(status));

/** A move that is named and not open on the request that is meant: its handler says why. */
function refusedOf(words: MoveWords[], ctx: Context, world: World): Reading | null {
  const named = words.find(
    (it) => it.isNamed && it.move !== 'urge' && it.move !== 'note' && !isOfOffice(it, world),
  );
  if (!named || isQuestion(ctx.text) || ctx.text.length > 30) return null;
  const { basis, matches } = referenceOf(named.move, ctx, world);
  const isMeant =
    basis === 'named'
      ? matches.length === 1
      : world.requests.length === 1 || world.requests.some(({ number }) => number === ctx.session?.request);
  return isMeant
    ? {
        intent: intentOf(named.move),
        slots: { move: named.move },
        probability: Math.max(IMPLIED, ctx.match.score),
        why: `${named.move} is named, and not open`,
      }
    : null;
}

export const readRequests: Reader = { name: 'requests', read };
