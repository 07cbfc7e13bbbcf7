/** A message about the row that was answered last; one that has a matter of its own is a question of its own. */
import type { Context } from '../core/types.js';
import { askerOf } from '../lists/answer.js';
import { askerNamed } from '../lists/asker-there.js';
import type { Decision } from '../lists/decide.js';
import { decisionOn } from '../lists/decision.js';
import { onCrime } from './crime.js';
import { onDoubtedLead } from './doubted-lead.js';
import { dividingRow, perhapsDividing, sameMatterRows } from '../lists/same-matter.js';
import { isTownshipUnit, pairsOf } from '../organizations/names.js';
import {
  asksOurPerson,
  asksWhichOfTwo,
  asksWhoThen,
  asksWhoDoes,
  isDisputed,
  aspectOf,
  clauseBehind,
  conditionOf,
  ORDERS_FILING,
  ownMatter,
  type Aspect,
} from './follow-up-words.js';
import {
  about,
  ANSWERS_ITSELF,
  INTENT,
  isOf,
  LIKELY,
  NO_MATTER,
  SOME_MATTER,
  SURE,
  type Asked,
} from './row-asked.js';
import { OF_A_UNIT, onTownship, onUnit, ownPlace, pairless, unitOfRow } from './unit-of-focus.js';
import { rowsBeside } from './units-of-row.js';
import { onKind } from './kind-pointed.js';
import {
  ASKING,
  FRAMED,
  HAS_A_PURPOSE,
  namesAnother,
  onNearestPart,
  onPart,
  PLAIN,
  partPointedAt,
} from './part-asked.js';
import { asksForPerson, learnedAspect, LEARNED_WELL } from './learned-aspect.js';
import { nearestIn, verbIn } from './part-of-row.js';
import { pointedAt, UNDECIDED } from './pointing.js';
import { onPayer, onThingsDone } from './things-done.js';
import { onMeanwhile } from './meanwhile.js';
import { onShirked } from './shirked.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

/** What a colleague was answered is less surely what this person means. */
const AROUND = 0.91;
const SURELY_PART = 0.8;
const NOTHING = /^[呢咧哩嘞的吧啊呀?\uff1f\s]*$/;
/** 村里的归谁, 国道上的归谁管: one kind of what stands open, and whose that is. */
const KIND_OF =
  /^(?:那|要是)?(?!(?:这|那|他|她|它|我|你|咱|俺|镇|乡|街道)(?:边|头|个|里|上|们)?的)[\u4e00-\u9fff]{2,8}的(?:又|该|是)?(?:归|由)(?:谁|哪一?[个家](?:局|单位|部门)?)(?:管|负责|的)?[?\uff1f]?$/;
const STILL =
  /^(?:那|以后|今后|今年|现在|往后|明年|镇里?|村里?|我们?|咱们?|俺们?)*(?:还|再).{0,8}(?:吗|么|嘛|不|没)[?\uff1f]?$/;
/** 掐电找谁: what is done, in two characters. */
const MATTER_MIN = 2;
/** From how many characters of its own on it may speak of one part. */
const PART_MATTER = 1;

export const rowReader: Reader = {
  name: 'row',
  async read(ctx, deps) {
    const own = await readFrom(ctx, deps);
    if (own.length > 0 || ctx.session?.focus || !ctx.around?.focus) return own;
    const found = await readFrom({ ...ctx, session: ctx.around }, deps);
    return found
      .filter(({ probability }) => probability >= SURE)
      .map((reading) => ({ ...reading, session: ctx.around ?? null, probability: AROUND }));
  },
};

async function readFrom(ctx: Context, deps: ReadingDeps): Promise<Reading[]> {
  const knowledge = deps.knowledge();
  const pointed = ctx.session && (await pointedAt(ctx.text, ctx.session, knowledge));
  if (!pointed) {
    const focus = ctx.session?.focus ?? null;
    const asked =
      focus === null ? null : behindItsName(ctx.text, knowledge.index.get(focus)?.row.matter ?? '');
    return readOn(asked === null ? ctx : { ...ctx, text: asked }, focus, deps);
  }
  if (pointed === UNDECIDED)
    return [{ intent: INTENT, slots: { action: 'which' }, probability: LIKELY, why: 'one of those offered' }];
  // 后一个呢: nothing is asked of it but what it says.
  const found = NOTHING.test(pointed.rest)
    ? []
    : await readOn(
        { ...ctx, text: pointed.rest, session: askedBy(ctx, pointed.name) },
        pointed.entry.ref,
        deps,
      );
  return found.length > 0 ? found : about(pointed.entry, 'whole', LIKELY, 'pointed at');
}

/** 电梯这事咱街道呢: what is asked behind a word of the name of what stands open. */
function behindItsName(text: string, matter: string): string | null {
  const { name = '', asked = '' } = NAMES_IT.exec(text)?.groups ?? {};
  return name !== '' && matter.includes(name) && ownMatter(asked).length <= NO_MATTER ? asked : null;
}
const NAMES_IT =
  /^(?:那|哦|嗯)?(?<name>[\u4e00-\u9fff]{2,6}?)(?:的)?[这那]个?(?:事儿?|事情|问题|情况)[\s,\uff0c]*(?<asked>[^\s,\uff0c]{2,10})$/;

/** 加装电梯那个供电公司管啥: of two matters what names the one is what was asked of it. */
const askedBy = ({ session }: Context, name?: string): Context['session'] =>
  session && name ? { ...session, question: `${name} ${session.question ?? ''}`.trim() } : session;

async function readOn(ctx: Context, focus: string | null, deps: ReadingDeps): Promise<Reading[]> {
  const { text } = ctx;
  const knowledge = deps.knowledge();
  const entry = focus === null ? null : knowledge.index.get(focus);
  const own = askerOf(ctx.person, knowledge, deps.contacts);
  if (!entry || text === '' || ORDERS_FILING.test(text)) return [];
  // What was answered of another township may be of a list that holds there alone.
  const there = askerNamed(ctx.session?.question ?? '', { knowledge, asker: own });
  const asker = [own, there].find((it) => knowledge.index.isVisible(entry, it));
  if (!asker) return [];
  const decide = (said: string) => decisionOn(said, ctx.match, knowledge, asker);
  let alone: Promise<Decision> | null = null;
  const alike = () => sameMatterRows(entry, knowledge, asker);
  const found = ctx.session?.isChoosing ? [] : (ctx.session?.offered ?? []);
  const beside = () =>
    entry.list.kind === 'delegated'
      ? perhapsDividing(entry, knowledge, asker)
      : rowsBeside(entry, found, knowledge, asker);
  const asked: Asked = {
    ctx,
    entry,
    knowledge,
    asker,
    decide,
    alone: () => (alone ??= decide(text)),
    alike,
    beside,
  };
  const divided = dividingRow(entry, knowledge, asker);
  const ofMatter: Asked = divided ? { ...asked, entry: divided } : asked;
  if (isDisputed(text) && (await isOf(ofMatter, pairless(text, knowledge))))
    return about(ofMatter.entry, 'lead', SURE, 'who it is, where others shift it');
  return (
    onShirked(ofMatter) ??
    onMeanwhile(ofMatter) ??
    onDoubtedLead(ofMatter) ??
    (await onUnit(ofMatter)) ??
    (await onTownship(ofMatter)) ??
    (await onKind(asked)) ??
    onCrime(ofMatter) ??
    onThingsDone(ofMatter) ??
    onPayer(ofMatter) ??
    (asksWhoThen(text) ? await onPart(asked) : null) ??
    (await onAspect(asked)) ??
    (await onPart(conditionOf(text) ? asked : ofMatter)) ??
    []
  );
}

/** Learned from sentences; words where it has not. A question that the lists answer surely by itself asks for no side. */
async function onAspect(asked: Asked): Promise<Reading[] | null> {
  const { text, match } = asked.ctx;
  if (asksOurPerson(text, ownPlace(asked)) && (await isOfFocusOrOpen(asked))) {
    const isBare = ownMatter(text).length <= NO_MATTER;
    return about(asked.entry, 'contact', isBare ? SURE : LIKELY, 'who of the own township');
  }
  if (KIND_OF.test(text) && (await isOfFocusOrOpen(asked))) {
    const part = await onNearestPart(asked, FRAMED);
    if (part) return part;
  }
  // 还下任务吗: whether what was taken back goes on is what the row says.
  if (asked.entry.list.kind === 'reclaimed' && STILL.test(text) && (await asked.alone()).kind !== 'answer')
    return about(asked.entry, 'whole', LIKELY, 'whether it goes on');
  const learned = learnedAspect(match.scores);
  if (learned && !(await isOwnQuestion(asked))) {
    // 人跑了公安能抓不: what is asked is asked of that unit.
    const named =
      OF_A_UNIT.has(learned.aspect) && !/牵头|主责|主办|归|是不是/.test(text) ? unitOfRow(asked) : null;
    if (named) return about(asked.entry, 'unit', LIKELY, `of ${named}`, { unit: named });
    const isSure = learned.p >= LEARNED_WELL;
    // 掏钱的是谁: who does one part of it, not whom to turn to.
    const part = await partAsked(asked, learned.aspect, isSure);
    if (part) return part;
    const aspect = asksForPerson(text, isSure) ? 'contact' : learned.aspect;
    return about(asked.entry, aspect, isSure ? SURE : LIKELY, `learned, ${learned.p.toFixed(2)}`);
  }
  const aspect = aspectOf(text);
  const rest = ownMatter(text);
  if (!aspect && asksWhichOfTwo(text) && (await isOf(asked, pairless(text, asked.knowledge))))
    return about(asked.entry, 'whole', LIKELY, 'which of two');
  if (!aspect && asksWhoDoes(text) && rest.length < SOME_MATTER && (await asked.alone()).kind !== 'answer')
    return (
      onVerb(asked) ??
      (await onNearestPart(asked, PLAIN)) ??
      about(asked.entry, 'lead', LIKELY, 'who does it')
    );
  if (aspect && (await isAskedBehind(asked, aspect)))
    return (
      (await partPointedAt(asked)) ?? about(asked.entry, aspect, LIKELY, `${aspect} is what is asked for`)
    );
  if (!aspect || !(await isOf(asked, rest))) return null;
  const { intent, score } = match;
  if (rest.length > NO_MATTER && !ASKING.has(intent) && score >= HAS_A_PURPOSE) return null;
  // 盖上印着移动的 找谁协调: whom to turn to in one case of it.
  const part = rest.length >= SOME_MATTER && aspect === 'contact' ? await onNearestPart(asked, PLAIN) : null;
  if (part) return part;
  return about(asked.entry, aspect, rest.length <= NO_MATTER ? SURE : LIKELY, `“${rest}” of its own`);
}

async function isOfFocusOrOpen(asked: Asked): Promise<boolean> {
  const alone = await asked.alone();
  return (alone.kind === 'answer' && alone.best.entry === asked.entry) || !(await isOwnQuestion(asked));
}

async function isAskedBehind({ ctx, entry, alone }: Asked, aspect: Aspect): Promise<boolean> {
  const clause = clauseBehind(ctx.text);
  if (clause === null || aspectOf(clause) !== aspect || ownMatter(clause).length > NO_MATTER) return false;
  const found = await alone();
  return found.kind !== 'answer' || found.best.entry === entry;
}

/** 掏钱的是谁, 上牌把关的是谁: who does one part of it, in words of which the name of the row has none. */
async function partAsked(asked: Asked, aspect: Aspect, isSure: boolean): Promise<Reading[] | null> {
  // 讲座内容审核的依据是啥: no unit is asked for.
  if (aspect === 'basis') return null;
  const own = ownMatter(asked.ctx.text);
  if (!isSure) return own.length < PART_MATTER ? null : onNearestPart(asked, PLAIN);
  const isNamed = pairsOf(own).some((pair) => asked.entry.row.matter.includes(pair));
  return aspect === 'contact' && own.length >= MATTER_MIN && !isNamed
    ? onNearestPart(asked, SURELY_PART)
    : null;
}

/** 谁修: so little is said that it is whoever leads, unless the duty of one part alone has the word. */
function onVerb({ ctx, entry }: Asked): Reading[] | null {
  const verb = verbIn(ctx.text);
  if (verb?.length !== 1) return null;
  // 拦河网 is nothing that is done.
  const begins = new RegExp(`(?:^|[\uff0c\uff1b。和并])${verb}`);
  const [part, ...more] = [...entry.row.lead, ...entry.row.support].filter(({ duty }) => begins.test(duty));
  if (!part || more.length > 0) return about(entry, 'lead', LIKELY, `who does “${verb}”`);
  return isTownshipUnit(part.unit)
    ? about(entry, 'township', LIKELY, verb)
    : about(entry, 'unit', LIKELY, verb, { unit: part.unit });
}

/** Whether it has a matter that the lists answer, or that lies nearer to another row than to this one ("禁烧由谁牵头"). */
async function isOwnQuestion(asked: Asked): Promise<boolean> {
  const { row } = asked.entry;
  const own = ownMatter(asked.ctx.text).length;
  const alone = await asked.alone();
  if (alone.kind === 'answer' && (own > NO_MATTER || alone.probability >= ANSWERS_ITSELF)) return true;
  if (own < SOME_MATTER) return false;
  if (alone.kind === 'ask' && namesAnother(asked.ctx.text, asked.entry, alone)) return true;
  const { isOfRow } = await nearestIn(
    asked.ctx.text,
    [row.matter, ...row.lead.map(({ duty }) => duty)],
    asked,
  );
  return isOfRow < FRAMED;
}
