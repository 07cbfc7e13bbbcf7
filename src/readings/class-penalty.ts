/** "没证还卖 咱镇自己罚得了不", "云岭能罚卖纸人纸马的吗": an act, and a township that may have been given the penalty or not. */
import type { Context } from '../core/types.js';
import { traitsOf } from '../core/list-kinds.js';
import { askerOf } from '../lists/answer.js';
import { actPenalty, classPenalty } from '../lists/class-penalty.js';
import { BEHIND_AT_MOST, type Decision } from '../lists/decide.js';
import { decisionOn } from '../lists/decision.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { IndexedRow } from '../lists/row-index.js';
import type { Asker } from '../lists/row-parts.js';
import { sameMatterRows } from '../lists/same-matter.js';
import { lexiconOf, scan } from '../lists/structured-words.js';
import type { Question } from '../lists/structured-question.js';
import { BARE_SOURCE, conditionOf, ownMatter } from './follow-up-words.js';
import { namedUnit, sharesWords, takesPart, townshipIn } from './units-of-row.js';
import { about } from './row-asked.js';
import { actOf, asksPenalty } from './penalty-words.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

/** Above what the examples and the row in focus say. */
const SURE = 0.975;

const MATTER_MIN = 2;
/** 那咱柳林呢, after another township. */
const ELSEWHERE =
  /^.{1,10}(?:呢|行不|能不能|可以不|吗)(?:[\s,\uff0c]*也?(?:行|中|成|能罚?|可以|一样)[吗么不]?)?[?\uff1f]?$/;
/** 柳林镇能不能罚这个: no act but the one that was spoken of. */
const POINTS = /^(?:那|要是|换)?(?:[这那此该][一个种类样项件条些]{0,2}(?:事|行为|情况)?[儿的]?)?$/;
const OURS = /我们|咱|俺|本镇|本乡|镇里|乡里/;

export const classPenaltyReader: Reader = {
  name: 'class penalty',
  async read(ctx, deps) {
    const who = (await whoElse(ctx, deps)) ?? (await whichItem(ctx, deps));
    if (who) return who;
    const next = nextAct(ctx, deps.knowledge());
    if (next === null) return readAct(ctx, deps);
    const text = `${next}能不能罚`;
    const found = await readAct({ ...ctx, text }, deps, {
      place: placeBefore(ctx, deps.knowledge()),
    });
    if (found.length > 0) return found;
    const knowledge = deps.knowledge();
    const asker = askerOf(ctx.person, knowledge, deps.contacts);
    const decision = await decisionOn(text, ctx.match, knowledge, asker);
    const why = 'another act, penalised too';
    const divided = besideTaken(decision);
    if (divided) return about(divided, 'penalty', SURE, why);
    if (decision.kind === 'answer') return [{ intent: 'ask_responsibility', text, probability: SURE, why }];
    // 那开黑车拉客的呢: what the lists know by who is responsible for it, and no item of penalty is of.
    const known = await decisionOn(ctx.text, ctx.match, knowledge, asker);
    const entry = known.kind === 'answer' ? known.best.entry : null;
    return entry && traitsOf(entry.list.kind).dividesWork ? about(entry, 'penalty', SURE, why) : [];
  },
};

const WHO_ELSE =
  /^(?:那么?|到底|应?该|得|要|又|[,\uff0c\s])*(?:归|由|找|是|让|叫|报给?|交给?)?(?:谁|哪(?:一?[个家])?(?:单位|局|部门)?)(?:来|去|能|有权|可以)*(?:处?罚|管|处理|执法|查)?(?:他们?)?的?[呢啊呀?\uff1f]*$/;
/** 那该谁去罚, where the township may not: who had the power before stands beside that item. */
async function whoElse(
  { text, session, person, match }: Context,
  deps: ReadingDeps,
): Promise<Reading[] | null> {
  const before = session?.listing?.filter as Question | undefined;
  const { township, field } = before ?? {};
  if (
    before?.ask !== 'penalty' ||
    session?.focus ||
    session?.isChoosing ||
    !township ||
    !field ||
    !WHO_ELSE.test(text)
  )
    return null;
  const knowledge = deps.knowledge();
  const asker = askerOf(person, knowledge, deps.contacts);
  const found = await classPenalty(field, township, { match, knowledge, asker });
  if (!found || found.isGiven) return null;
  return ofItem(found, field, township, `who else may penalise “${field}”`);
}

/** 他们那张单子里排第几项, of an item of another township: the card says it. */
async function whichItem(
  { text, session, person, match }: Context,
  deps: ReadingDeps,
): Promise<Reading[] | null> {
  const { ask, township, field } = (session?.listing?.filter as Question | undefined) ?? {};
  if (ask !== 'penalty' || session?.focus || !township || !field || !BARE_SOURCE.test(text)) return null;
  const knowledge = deps.knowledge();
  const asker = askerOf(person, knowledge, deps.contacts);
  const found = await classPenalty(field, township, { match, knowledge, asker });
  return found && ofItem(found, field, township, `where the item on “${field}” is written`);
}

/** 没证开诊所的呢: what was taken back from the townships says nothing of penalties; a row as near that divides the work does. */
function besideTaken(decision: Decision): IndexedRow | null {
  if (decision.kind !== 'answer' || decision.best.entry.list.kind !== 'reclaimed') return null;
  const found = decision.others.find(({ entry }) => traitsOf(entry.list.kind).dividesWork);
  return found && decision.best.score - found.score <= BEHIND_AT_MOST ? found.entry : null;
}

const NEXT =
  /^(?!(?:那么?|哦|嗯)?[\s,\uff0c]*(?:要是|如果|假如|假若|若是|万一|碰[到上]|遇[到上])).*[呢哩咧嘞噻喃][?\uff1f]?$/;

/** 那棋牌室赌钱的呢, after it was asked whether something may be penalised: the other act, where it has a matter of its own. */
function nextAct({ text: whole, session }: Context, { directory }: Knowledge): string | null {
  const text = whole.replace(ASKED_AGAIN, '');
  if (!session || session.isChoosing || asksPenalty(text)) return null;
  const before = session.listing?.filter as Question | undefined;
  const wasAsked = before ? before.ask === 'penalty' : asksPenalty(session.question ?? '');
  // 那要是起火找不着水呢, 那口枯井先咋弄: what happens then is asked of the matter.
  const act = wasAsked && NEXT.test(text) ? conditionOf(text) : null;
  const isNamed = directory.mentions(text).length > 0 || townshipIn(text, directory) !== null;
  return act === null || isNamed || ownMatter(act).length < MATTER_MIN ? null : act;
}

/** 那超载的大货车呢 能罚不: what was asked before is said once more. */
const ASKED_AGAIN =
  /(?<=[呢咧哩嘞])[\s,\uff0c]+(?:咱|我们?|俺)?(?:镇|乡|街道)?(?:上|里)?也?(?:(?:能不能|能|可以)罚|罚得了)(?:[他她它]们?)?(?:不|吗|么|嘛)?[?\uff1f]?$/;

/** The township that the penalty before was asked of. */
const placeBefore = ({ session }: Context, { directory }: Knowledge): string | undefined =>
  session?.listing?.filter['township'] ?? townshipIn(session?.question ?? '', directory)?.unit;

/** 他们街道自己能罚不: of the township that was asked of. */
function thatTownship(ctx: Context, knowledge: Knowledge): { text: string; value: string } | undefined {
  const said = THERE.exec(ctx.text)?.[0];
  const value = said === undefined ? undefined : placeBefore(ctx, knowledge);
  return said !== undefined && value !== undefined ? { text: said, value } : undefined;
}
const THERE = /(?:他们?|人家|那)(?:边|头|儿|里)?的?(?:镇|乡|街道)(?:上|里)?/;

/** `next`: of another act than that spoken of, in the township that was asked of. */
async function readAct(
  ctx: Context,
  deps: ReadingDeps,
  next?: { place: string | undefined },
): Promise<Reading[]> {
  const { text, person, session, match } = ctx;
  const before = session?.listing?.filter as Question | undefined;
  const knowledge = deps.knowledge();
  const focus = session?.focus === undefined ? null : knowledge.index.get(session.focus);
  // Of an item of penalty nothing else is asked of another township.
  const item = focus?.list.kind === 'delegated' && !session?.isChoosing ? focus.row.matter : null;
  const field = before?.ask === 'penalty' ? (before.field ?? '') : item;
  const mayGoOn = field !== null && ELSEWHERE.test(text);
  if (!mayGoOn && !asksPenalty(text)) return [];
  const asker = askerOf(person, knowledge, deps.contacts);
  const named =
    scan(text, lexiconOf(knowledge)).find(({ type }) => type === 'township') ?? thatTownship(ctx, knowledge);
  const township = named?.value ?? next?.place ?? asker.township;
  const said = actOf(text.replace(named?.text ?? '', ''));
  // 那云岭呢,能罚不, and not 那超载的大货车呢 能罚不.
  const goesOn = mayGoOn && (!asksPenalty(text) || ownMatter(said).length < MATTER_MIN);
  const isOn = goesOn || (field !== null && named !== undefined && POINTS.test(said));
  const matter = isOn ? field : said;
  if (isOn && !named && !OURS.test(text)) return [];
  if (township === undefined) return [];
  const asked: Asked = { said, township, text, match, knowledge, asker, isNext: next !== undefined };
  if (focus && !focus.row.guide && focus.list.kind !== 'delegated') {
    const found = await (isOn ? onFocus(focus, matter, asked) : ofAct(focus, asked));
    if (found) return found;
  }
  // 咱镇自己能罚不, of the item that stands open.
  if (said.length < MATTER_MIN && item !== null && focus && !named && asksPenalty(text))
    return about(focus, 'penalty', SURE, 'the item in focus');
  if (matter.length < MATTER_MIN) return [];
  const isOther = township !== asker.township;
  const found = await classPenalty(matter, township, { match, knowledge, asker });
  const isOwn = !isOther && !isOn;
  // What the own township may penalise is answered from its own lists.
  if (!found || (found.isGiven && isOwn)) {
    const own = isOwn ? await ofOwnMatter(asked) : [];
    // Never the act spoken of before, whatever the lists say of this one.
    const anew = {
      intent: 'ask_responsibility',
      text: `${said}能不能罚`,
      probability: SURE,
      why: 'another act',
    };
    return own.length === 0 && SETS_ANOTHER.test(text) ? [anew] : own;
  }
  const why = `“${matter}” may ${found.isGiven ? '' : 'not '}be penalised by ${township}`;
  return ofItem(found, matter, township, why);
}

/** Whether the item of penalty is given to the township. */
const ofItem = (
  { entry, isGiven }: NonNullable<Awaited<ReturnType<typeof classPenalty>>>,
  field: string,
  township: string,
  why: string,
): Reading[] => [
  {
    intent: 'list_rows',
    slots: { action: isGiven ? 'given' : 'not-given', value: entry.ref, township, field },
    probability: SURE,
    why,
  },
];

type Asked = {
  said: string;
  township: string;
  text: string;
  match: Context['match'];
  knowledge: Knowledge;
  asker: Asker;
  isNext: boolean;
};

/** Words of an act that lie as near to an item together with the matter in focus are of that matter. */
const AS_NEAR = 0.03;
/** Words that by themselves lie this near to an item tell of that act: 在城里养猪 after a missing manhole cover (0.84), 占了耕地 after a grave not (0.81). */
const OWN_ACT = 0.82;

/** The act is one of the matter in focus, unless the lists know it as a matter of its own. */
async function ofAct(focus: IndexedRow, asked: Asked): Promise<Reading[] | null> {
  const { said, township, text, match, knowledge, asker, isNext } = asked;
  // 公安能罚他不: what that unit does.
  const named = namedUnit(text, focus, knowledge.directory);
  if (named && takesPart(focus, named.unit) && mayItself(named.alias, text)) return null;
  if (said.length < MATTER_MIN) return onFocus(focus, focus.row.matter, asked);
  const both = `${focus.row.matter} ${said}`;
  const alone = await decisionOn(text, match, knowledge, asker);
  const own = alone.kind === 'answer' ? alone.best.entry : null;
  const isOfFocus =
    (conditionOf(text) !== null && !SETS_ANOTHER.test(text)) ||
    (own === null && !isNext && !SETS_ANOTHER.test(text)) ||
    own === focus ||
    sameMatterRows(focus, knowledge, asker).some(({ ref }) => ref === own?.ref) ||
    (!isNext && !SETS_ANOTHER.test(text) && (await isNearer(both, said, { township, knowledge, asker })));
  return isOfFocus ? onFocus(focus, both, asked) : null;
}

/** 那要是逮着的是偷锯山上树的: somebody else, who did something else. */
const SETS_ANOTHER =
  /(?:逮|抓|查|碰|遇|看|发现)(?:着|到|上|见|住)?(?:的)?(?:要是|如果)?是|换(?:成|作)(?:是)?/;

/** 消防能罚吗, and not 损坏消防栓的 能罚吗. */
const mayItself = (alias: string, text: string): boolean =>
  /^[局队办所委站大中支分那这边头们上,\uff0c\s]*(?:能|可|有权|敢|来|去|直接|自己|罚)/.test(
    text.slice(text.indexOf(alias) + alias.length),
  );

async function isNearer(
  both: string,
  said: string,
  { township, knowledge, asker }: Pick<Asked, 'township' | 'knowledge' | 'asker'>,
): Promise<boolean> {
  const of = await actPenalty(both, township, knowledge, asker);
  const alone = await actPenalty(said, township, knowledge, asker);
  if (of === null || alone === null || of.entry.row.matter === alone.entry.row.matter) return of !== null;
  return alone.score < OWN_ACT && of.score >= alone.score - AS_NEAR;
}

/**
 * 损坏消防栓的 镇里能不能罚: the lists know the matter by who is responsible for it, and the item is looked for beside it. An item
 * that has none of the words (a bite, and the vaccination of dogs) is no answer by itself either.
 */
async function ofOwnMatter(asked: Asked): Promise<Reading[]> {
  const { said, text, match, knowledge, asker } = asked;
  const whole = await decisionOn(text, match, knowledge, asker);
  if (whole.kind !== 'answer') return [];
  const { entry } = whole.best;
  const isItem = entry.list.kind === 'delegated';
  if (isItem && sharesWords(said, entry)) return [];
  const told = isItem ? await decisionOn(said, match, knowledge, asker) : whole;
  const matter = told.kind === 'answer' ? told.best.entry : null;
  if (!matter || !traitsOf(matter.list.kind).dividesWork) return [];
  return (
    (await onFocus(matter, `${matter.row.matter} ${said}`, asked)) ?? about(matter, 'penalty', SURE, 'none')
  );
}

async function onFocus(focus: IndexedRow, field: string, asked: Asked): Promise<Reading[] | null> {
  const { township, knowledge, asker } = asked;
  const found = await actPenalty(field, township, knowledge, asker);
  if (!found) return null;
  return [
    {
      intent: 'ask_responsibility',
      slots: { action: 'penalty', value: focus.ref, item: found.entry.ref, township, field },
      probability: SURE,
      why: `“${field}” may ${found.isGiven ? '' : 'not '}be penalised by ${township}`,
    },
  ];
}
