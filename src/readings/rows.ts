/** A message about the row that was answered last; one that has a matter of its own is a question of its own. */
import type { Context } from '../core/types.js';
import { askerOf } from '../lists/answer.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { Decision } from '../lists/decide.js';
import { decisionOn } from '../lists/decision.js';
import { dividingRow, sameMatterRows } from '../lists/same-matter.js';
import type { AskerScope, IndexedRow } from '../lists/row-index.js';
import { isTownshipUnit } from '../organizations/names.js';
import {
  asksOfUnit,
  asksOurPerson,
  asksWhoOfIt,
  aspectOf,
  conditionOf,
  LEFT_OUT,
  OF_A_PART,
  ORDERS_FILING,
  ownMatter,
  POINTS_BACK,
  TURNS_AWAY,
  type Aspect,
} from './follow-up-words.js';
import { namedUnit, sharesWords, takesPart, townshipIn } from './units-of-row.js';
import { asksForPerson, learnedAspect, LEARNED_WELL } from './learned-aspect.js';
import { nearestIn, nearestPart } from './part-of-row.js';
import { pointedAt } from './pointing.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

const INTENT = 'ask_responsibility';

/** Surer than any classifier that a few words without a matter are about the row that stands open. */
const SURE = 0.97;
const LIKELY = 0.92;
/** What a colleague was answered is less surely what this person means. */
const AROUND = 0.91;
/**
 * Characters of a matter of its own: up to one it is about what stands open (井盖 are two); up to seven only when the lists
 * hardly know it by itself.
 */
const NO_MATTER = 1;
const SOME_MATTER = 4;
const OWN_MATTER = 8;
const HARDLY_KNOWN = 0.25;
/** A question that the lists answer this surely by itself needs nothing that was said before. */
const ANSWERS_ITSELF = 0.93;
/** From where on a side of the row is what is spoken of: with the frame of a condition, and without any. */
const FRAMED = 0.2;
const PLAIN = 0.6;
/** The same where the lists know nothing of it by itself. */
const UNKNOWN_ELSEWHERE = 0.4;
const PLAIN_MAX = 22;
/** 占耕地那截谁查: of what is spoken of. */
const POINTS_AT_PART = /[那这][一]?[截块段份摊]/;
/** What is said of one unit's part beside its name is short. */
const PART_MAX = 10;
const ASKING = new Set([
  ...['ask_responsibility', 'ask_policy', 'list_rows', 'off_topic', 'smalltalk', 'correct_answer'],
  ...['help', 'stats_report'],
]);
const HAS_A_PURPOSE = 0.7;
const ASKS = /谁|哪|啥|什么|咋|怎么|吗|(?:行|要|能|该|算|管)不|[不么没]$/;
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
  if (!pointed) return readOn(ctx, ctx.session?.focus ?? null, deps);
  const found = await readOn({ ...ctx, text: pointed.rest }, pointed.entry.ref, deps);
  return found.length > 0 ? found : about(pointed.entry, 'whole', LIKELY, 'pointed at');
}

async function readOn(ctx: Context, focus: string | null, deps: ReadingDeps): Promise<Reading[]> {
  const { text } = ctx;
  const knowledge = deps.knowledge();
  const entry = focus === null ? null : knowledge.index.get(focus);
  const asker = askerOf(ctx.person, knowledge, deps.contacts);
  if (!entry || !knowledge.index.isVisible(entry, asker) || text === '' || ORDERS_FILING.test(text))
    return [];
  const decide = (said: string) => decisionOn(said, ctx.match, knowledge, asker);
  let alone: Promise<Decision> | null = null;
  const alike = () => sameMatterRows(entry, knowledge, asker);
  const asked: Asked = { ctx, entry, knowledge, asker, decide, alone: () => (alone ??= decide(text)), alike };
  const divided = dividingRow(entry, knowledge, asker);
  const ofMatter: Asked = divided ? { ...asked, entry: divided } : asked;
  return (
    (await onUnit(ofMatter)) ??
    (await onTownship(ofMatter)) ??
    (await onAspect(asked)) ??
    (await onPart(conditionOf(text) ? asked : ofMatter)) ??
    []
  );
}

/** A message, and the row that it may be about. */
type Asked = {
  ctx: Context;
  entry: IndexedRow;
  knowledge: Knowledge;
  asker: AskerScope;
  /** What the lists say to a text by itself. */
  decide: (text: string) => Promise<Decision>;
  /** The same of the message, looked for once. */
  alone: () => Promise<Decision>;
  /** Rows of other lists that state its matter too. */
  alike: () => IndexedRow[];
};

const about = (
  entry: IndexedRow,
  action: Aspect,
  probability: number,
  why: string,
  more: Record<string, string> = {},
): Reading[] => [
  {
    intent: INTENT,
    slots: { action, value: entry.ref, ...more },
    probability,
    why: `${action} of the row in focus: ${why}`,
  },
];

const OWN_UNIT = /(?:我们?|咱们?|俺们?|本)(?:局|单位|部门|大队|中心|公司|委|办(?=在|里|要|该|呢|管|负责))/;

/** Whether what is left of a message is no matter of its own, or none that the lists know by itself. */
async function isOf({ alone: decision, entry }: Asked, rest: string): Promise<boolean> {
  if (rest.length <= NO_MATTER) return true;
  if (rest.length >= OWN_MATTER || (rest.length > SOME_MATTER && !sharesWords(rest, entry))) return false;
  const alone = await decision();
  return alone.kind !== 'answer' && alone.probability < HARDLY_KNOWN;
}

/** `应急局呢`, `公安那头干啥`, `我们局担哪块`. */
async function onUnit(asked: Asked): Promise<Reading[] | null> {
  const { entry } = asked;
  const { directory } = asked.knowledge;
  const { text, person } = asked.ctx;
  const own = person && !directory.townshipOf(person) && OWN_UNIT.test(text) ? person.organization : null;
  const named = namedUnit(text, entry, directory);
  const unit = named?.unit ?? own;
  if (!unit || isTownshipUnit(unit)) return null;
  const rest = text.replace(named?.alias ?? OWN_UNIT, ' ');
  const takingPart = [entry, ...asked.alike()].find((of) => takesPart(of, unit));
  if (LEFT_OUT.test(text)) return takingPart ? about(takingPart, 'support', SURE, `all but ${unit}`) : null;
  if (named && takingPart && asksWhoOfIt(rest))
    return about(takingPart, 'contact', SURE, `who of ${unit}`, { unit });
  const isFrame = asksOfUnit(rest.trim()) && (await isOf(asked, ownMatter(rest)));
  if (!isFrame && !(takingPart && (await speaksOfPart(asked, rest)))) return null;
  // A unit that the row does not name may begin a question of its own (公安局管什么).
  if (takesPart(entry, unit)) return about(entry, 'unit', SURE, unit, { unit });
  const other = takingPart;
  return other
    ? about(other, 'unit', LIKELY, `${unit}, in another list's row of the matter`, { unit })
    : about(entry, 'unit', LIKELY, unit, { unit });
}

/** `公安办哪一段`, `消防到他店里看啥`: short, of a part of what stands open, and no question that the lists answer by itself. */
async function speaksOfPart({ alone }: Asked, rest: string): Promise<boolean> {
  if (rest.trim().length > PART_MAX || !OF_A_PART.test(rest)) return false;
  if (POINTS_BACK.test(rest)) return true;
  const { kind, probability } = await alone();
  return kind !== 'answer' || probability < ANSWERS_ITSELF;
}

/** `石桥镇呢`: that township's own officer and part, never the asker's. */
async function onTownship(asked: Asked): Promise<Reading[] | null> {
  const { entry } = asked;
  const { text } = asked.ctx;
  const mention = townshipIn(text, asked.knowledge.directory);
  const rest = text.replace(mention?.alias ?? ' ', ' ').trim();
  if (mention && asksWhoOfIt(rest))
    return about(entry, 'contact', SURE, `who of ${mention.unit}`, { township: mention.unit });
  if (!mention || !(await isOf(asked, ownMatter(rest)))) return null;
  const aspect = aspectOf(rest) === 'penalty' ? 'penalty' : 'township';
  return about(entry, aspect, SURE, mention.unit, { township: mention.unit });
}

/** Learned from sentences; words where it has not. A question that the lists answer surely by itself asks for no side. */
async function onAspect(asked: Asked): Promise<Reading[] | null> {
  const { text, match } = asked.ctx;
  if (asksOurPerson(text) && !(await isOwnQuestion(asked))) {
    const isBare = ownMatter(text).length <= NO_MATTER;
    return about(asked.entry, 'contact', isBare ? SURE : LIKELY, 'who of the own township');
  }
  const learned = learnedAspect(match.scores);
  if (learned && !(await isOwnQuestion(asked))) {
    // 人跑了公安能抓不: what is asked is asked of that unit.
    const named =
      OF_A_UNIT.has(learned.aspect) && !/牵头|主责|主办|归|是不是/.test(text) ? unitOfRow(asked) : null;
    if (named) return about(asked.entry, 'unit', LIKELY, `of ${named}`, { unit: named });
    const isSure = learned.p >= LEARNED_WELL;
    // 掏钱的是谁: who does one part of it, not whom to turn to.
    const part = isSure || ownMatter(text).length < PART_MATTER ? null : await onNearestPart(asked, PLAIN);
    if (part) return part;
    const aspect = asksForPerson(text, isSure) ? 'contact' : learned.aspect;
    return about(asked.entry, aspect, isSure ? SURE : LIKELY, `learned, ${learned.p.toFixed(2)}`);
  }
  const aspect = aspectOf(text);
  const rest = ownMatter(text);
  if (!aspect || !(await isOf(asked, rest))) return null;
  const { intent, score } = match;
  if (rest.length > NO_MATTER && !ASKING.has(intent) && score >= HAS_A_PURPOSE) return null;
  // 盖上印着移动的 找谁协调: whom to turn to in one case of it.
  const part = rest.length >= SOME_MATTER && aspect === 'contact' ? await onNearestPart(asked, PLAIN) : null;
  if (part) return part;
  return about(asked.entry, aspect, rest.length <= NO_MATTER ? SURE : LIKELY, `“${rest}” of its own`);
}

/** Sides that a unit of the row has as well, where the message names it. */
const OF_A_UNIT: ReadonlySet<string> = new Set(['penalty', 'township', 'ours', 'support', 'whole']);

function unitOfRow({ ctx: { text }, entry, knowledge: { directory } }: Asked): string | null {
  const unit = namedUnit(text, entry, directory)?.unit;
  return unit && takesPart(entry, unit) ? unit : null;
}

/** Whether it has a matter that the lists answer, or that lies nearer to another row than to this one ("禁烧由谁牵头"). */
async function isOwnQuestion(asked: Asked): Promise<boolean> {
  const { row } = asked.entry;
  const own = ownMatter(asked.ctx.text).length;
  const { kind, probability } = await asked.alone();
  if (kind === 'answer' && (own > NO_MATTER || probability >= ANSWERS_ITSELF)) return true;
  if (own < SOME_MATTER) return false;
  const { isOfRow } = await nearestIn(
    asked.ctx.text,
    [row.matter, ...row.lead.map(({ duty }) => duty)],
    asked,
  );
  return isOfRow < FRAMED;
}

/** `要是国道上的呢`, `食堂那块谁查`: the side of the row that speaks of it, else the question again with the condition. */
async function onPart(asked: Asked): Promise<Reading[] | null> {
  const { ctx, entry } = asked;
  // A guide divides no work.
  if (entry.row.guide) return null;
  const { text, match } = ctx;
  if (TURNS_AWAY.test(text)) return null;
  const condition = conditionOf(text);
  // What the examples take for a request or a reminder has a purpose of its own, unless it asks and they are not sure.
  const mayAsk = condition !== null || (ASKS.test(text) && ctx.session?.request === undefined);
  if (!ASKING.has(match.intent) && (!mayAsk || match.score >= HAS_A_PURPOSE)) return null;
  if (!condition && text.length > PLAIN_MAX) return null;
  const alone = await asked.alone();
  if (
    alone.kind === 'answer' &&
    (!condition || (alone.probability >= ANSWERS_ITSELF && alone.best.entry !== entry))
  )
    return null;
  // A penalty item has no sides: the question is whether the other thing may be penalised too.
  if (entry.list.kind === 'delegated')
    return condition === null
      ? null
      : [
          {
            intent: INTENT,
            text: `${condition}能不能罚`,
            probability: LIKELY,
            why: 'another act, penalised too',
          },
        ];
  const plain = alone.kind === 'abstain' || POINTS_AT_PART.test(text) ? UNKNOWN_ELSEWHERE : PLAIN;
  const part = await onNearestPart(asked, condition ? FRAMED : plain);
  if (part) return part;
  if (!condition) return null;
  const question = `${ctx.session?.question ?? entry.row.matter} ${condition}`;
  const again = await asked.decide(question);
  if (again.kind === 'answer' && again.best.entry !== entry)
    return [{ intent: INTENT, text: question, probability: LIKELY, why: `the question again: ${question}` }];
  return again.kind === 'answer' ? about(entry, 'whole', LIKELY, 'the condition changes nothing') : null;
}

/** The unit whose duty the message is nearest to, where that is likely enough. */
async function onNearestPart(asked: Asked, atLeast: number): Promise<Reading[] | null> {
  const { text } = asked.ctx;
  const found = await nearestPart(text, [asked.entry, ...asked.alike()], asked, atLeast);
  if (!found) return null;
  const { of, unit, why } = found;
  return isTownshipUnit(unit) ? about(of, 'township', LIKELY, why) : about(of, 'unit', LIKELY, why, { unit });
}
