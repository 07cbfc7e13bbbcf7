/**
 * How a service is applied for ("办低保要什么材料", "在哪办"): a guide that surely is meant, one thing of the guide spoken of
 * last, or a question that only a guide could answer. Who is responsible is never read so.
 */
import { guideDecisionOn, decisionOn } from '../lists/decision.js';
import { askerOf } from '../lists/answer.js';
import {
  asksSurely,
  asksToActFor,
  asksWho,
  fieldOfOpenGuide,
  namesOtherPaper,
  guideFieldAsked,
  isBareAsk,
  withoutGuideWords,
  withoutWho,
} from '../lists/guide-words.js';
import type { Session } from '../core/session.js';
import type { Context } from '../core/types.js';
import { levelAsked } from '../lists/guide-cards.js';
import type { GuideField } from '../core/guide.js';
import type { IndexedRow } from '../lists/row-index.js';
import { ownMatter } from './follow-up-words.js';
import {
  columnTold,
  HANDLING,
  isOtherPrice,
  isReplaced,
  learnedField,
  namesOther,
  OF_MATTER,
  reading,
  replacedBy,
  TAKEN_FOR,
  saidIn,
  siblingOf,
  siblingTold,
  wordsOf,
  type Known,
} from './guide-asked.js';
import { onNextThing } from './guide-next.js';
import { guideOfRows } from './guide-of-rows.js';
import { wished } from './guide-wished.js';
import { pairsOf } from '../organizations/names.js';
import { sharesWords } from './units-of-row.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

/** Above what is read of the row spoken of last (readings/rows.ts): a matter of its own is no follow-up. */
const SURE = 0.98;
/** Above a structured question: 电话多少 is asked of the guide that stands open. */
const OF_FOCUS = 0.997;
/** Above what the examples alone can say, below every reader that found its thing. */
const NO_GUIDE = 0.906;
const NO_MATTER = 1;
const NUMBER = /电话|号码/;
const MAX_LENGTH = 60;
/** 审完要几天: how far it is, and no matter. */
const HANDLED = /[审批核报交递](?:完|过|好|下来|上去)(?:了)?(?:之?后)?/;
const HAS_A_PURPOSE = 0.75;
/** Where nothing but a service is named and asked for. */
const NAMES_MATTER = 0.85;
/** How much surer the guides must be than the rows that would be offered. */
const SURER = 0.1;
export const guideReader: Reader = {
  name: 'guide',
  async read(ctx, deps) {
    const { text, match, session, person } = ctx;
    if (text.length > MAX_LENGTH) return [];
    if (asksWho(text)) return whoAndHow(ctx, deps);
    const actsFor = asksToActFor(text);
    const knowledge = deps.knowledge();
    const asker = askerOf(person, knowledge, deps.contacts);
    const focus = openIn(session, knowledge);
    const hasMatter = ownMatter(withoutGuideWords(text.replace(HANDLED, ''))).length > NO_MATTER;
    const learned = focus && (await learnedField(text, deps));
    const known = { match, knowledge, asker };
    const isOfOpen = learned && !(await namesOther(text, focus, known));
    const asking: Asking = {
      open: focus ? [focus] : session?.isChoosing ? rowsOffered(session, knowledge) : [],
      ...{ text, known, focus, hasMatter, question: session?.question ?? focus?.row.matter },
      ...{ asked: actsFor ? 'agency' : guideFieldAsked(text), learned: isOfOpen ? learned : null },
      ...{ mayActFor: actsFor?.actor === true, isOpen: session?.focus !== undefined },
    };
    return (
      (await onCase(asking)) ??
      (await onReplaced(asking)) ??
      (await onNextThing(asking)) ??
      (actsFor ? await onActing(asking) : null) ??
      onOpenGuide(asking) ??
      (await onWhoMay(asking)) ??
      (await onColumn(asking)) ??
      (await onSibling(asking)) ??
      (await onMatter(asking)) ??
      (hasMatter && !hasAPurpose(match) ? await guideOfRows(asking) : null) ??
      (await byItself(asking))
    );
  },
};

/** What was answered last, else the one guide among the rows that stand to choose from. */
function openIn(session: Context['session'], { index }: Known['knowledge']): IndexedRow | null {
  if (session?.focus !== undefined) return index.get(session.focus);
  if (!session?.isChoosing) return null;
  const [guide, ...more] = rowsOffered(session, { index }).filter(({ row }) => row.guide);
  return guide && more.length === 0 ? guide : null;
}

const rowsOffered = ({ offered }: Session, { index }: Pick<Known['knowledge'], 'index'>): IndexedRow[] =>
  offered.flatMap((ref) => index.get(ref) ?? []);

/** 谁管结婚登记 在哪办: of what no list divides the guide says by whom it is handled, and where. */
async function whoAndHow({ text, match, person }: Context, deps: ReadingDeps): Promise<Reading[]> {
  const said = withoutWho(text);
  const field = guideFieldAsked(said);
  if (!field || hasAPurpose(match)) return [];
  const knowledge = deps.knowledge();
  const asker = askerOf(person, knowledge, deps.contacts);
  const found = await guideDecisionOn(said, match, knowledge, asker);
  if (found?.kind !== 'answer' || namesOtherPaper(said, wordsOf(found.best.entry))) return [];
  const duties = await decisionOn(text, match, knowledge, asker);
  return duties.kind === 'answer'
    ? []
    : [{ ...reading({ field }, SURE, `a guide, ${found.probability.toFixed(2)}, and no row`), text: said }];
}

type Asking = {
  text: string;
  known: Known;
  focus: IndexedRow | null;
  /** That one, or those that stand to choose from. */
  open: IndexedRow[];
  /** What the rows that stand open answer. */
  question: string | undefined;
  asked: GuideField | null;
  /** What is asked in words that nothing else is known by, while something stands open. */
  learned: GuideField | null;
  hasMatter: boolean;
  /** It was answered, and is not only the one guide among the rows that stand to choose from. */
  isOpen: boolean;
  /** Somebody is named who would act for another: asked, and nothing to file. */
  mayActFor: boolean;
};

/** 人在外地: why somebody else must go, and no service. */
const AWAY =
  /^(?:[^\s,\uff0c]{0,4}?人)?(?:都|还|现在)?(?:[在去到])(?:了)?(?:外[地头面省国]|国外|广东|深圳|上海|北京|部队|医院)[^\s,\uff0c]{0,4}[\s,\uff0c]+/;
/** 能让村会计替他跑腿吧: of the guide that stands open, whoever is named, unless another service is. */
async function onActing({ text, focus, known }: Asking): Promise<Reading[] | null> {
  if (!focus?.row.guide) return null;
  const said = text.replace(AWAY, '');
  const found = await guideDecisionOn(said, known.match, known.knowledge, known.asker);
  if (found?.kind === 'answer' && found.best.entry !== focus) return null;
  const slots = { action: 'field', value: focus.ref, field: 'agency' };
  return [reading(slots, OF_FOCUS, 'who may act for another, of the guide in focus')];
}

/** 他姥姥的掉河里了 要再弄一张: of a card that was first applied for, the guide by which it is replaced. */
async function onReplaced({ text, focus, known, asked }: Asking): Promise<Reading[] | null> {
  if (!focus?.row.guide || !isReplaced(text)) return null;
  const sibling = await replacedBy(text, focus, known);
  if (!sibling) return null;
  if (asked)
    return [
      reading(
        { action: 'field', value: sibling.ref, field: asked },
        OF_FOCUS,
        `${asked} of what replaces it`,
      ),
    ];
  const slots = { action: 'whole', value: sibling.ref };
  return [{ intent: 'ask_responsibility', slots, probability: OF_FOCUS, why: 'what replaces it' }];
}

/** Another guide of the thing is for the case that is told of, and no column of this one is asked for. */
const WHAT_THEN = /(?:咋|怎么)(?:办|弄|整)[呢啊呀?\uff1f]*$/;
async function onCase({ text, known, focus, asked, hasMatter }: Asking): Promise<Reading[] | null> {
  if (!focus?.row.guide || (asked && !WHAT_THEN.test(text)) || !hasMatter) return null;
  const sibling = await siblingTold(text, focus, known);
  const slots = sibling && { action: 'whole', value: sibling.ref };
  return slots
    ? [{ intent: 'ask_responsibility', slots, probability: OF_FOCUS, why: 'a guide beside, for that case' }]
    : null;
}

function onOpenGuide({ text, focus, asked, learned, hasMatter }: Asking): Reading[] | null {
  if (!focus?.row.guide) return null;
  const level = levelAsked(focus, text);
  if (level && sharesWords(withoutGuideWords(text), focus))
    return [reading({ action: 'field', value: focus.ref, field: level }, OF_FOCUS, 'the level that it says')];
  const said = asked ?? (NUMBER.test(text) ? 'phone' : null);
  const bare = fieldOfOpenGuide(text, ownMatter) ?? (hasMatter ? null : said);
  const field = bare ?? (learned === 'fee' && isOtherPrice(text, focus) ? null : learned);
  return field
    ? [reading({ action: 'field', value: focus.ref, field }, OF_FOCUS, `${field} of the guide in focus`)]
    : null;
}

/** 不是五保的老人能进不, 有传染病的能住吗: whether somebody may, of the guide that stands open and tells of such people. */
const WHO_MAY =
  /(?:能|可以|让|给|收)(?:不能|不可以)?[\u4e00-\u9fff]{0,4}(?:不|吗|么|没|不啊|不呀)[?\uff1f。]?$|行不行[?\uff1f]?$|[行中成]不[?\uff1f]?$|(?:算不算|够不够|符不符合)/;
const WHO_MAY_LENGTH = 18;
async function onWhoMay({ text, focus, known, asked }: Asking): Promise<Reading[] | null> {
  if (!focus?.row.guide || asked || text.length > WHO_MAY_LENGTH || !WHO_MAY.test(text)) return null;
  // 村里能替我跑不: who helps, not who may.
  if (/[替帮代]|上门/.test(text)) return null;
  const told = saidIn(focus);
  if (!pairsOf(text).some((pair) => told.includes(pair)) || (await namesOther(text, focus, known)))
    return null;
  const slots = { action: 'field', value: focus.ref, field: 'condition' };
  return [reading(slots, OF_FOCUS, 'who may, of the guide in focus')];
}

async function onColumn({ text, focus, known, asked }: Asking): Promise<Reading[] | null> {
  if (!focus?.row.guide || asked) return null;
  const told = columnTold(text, focus);
  if (!told || (!told.isSure && (await namesOther(text, focus, known)))) return null;
  const { field } = told;
  return [reading({ action: 'field', value: focus.ref, field }, OF_FOCUS, `${field} has the words of it`)];
}

/** The same asked of another guide of the thing: 正式的丢了补办一个要多少钱. */
async function onSibling({
  text,
  known,
  focus,
  asked,
  learned,
  hasMatter,
}: Asking): Promise<Reading[] | null> {
  const field = asked ?? learned;
  if (!focus?.row.guide || !field || !hasMatter) return null;
  const sibling = await siblingOf(text, focus, known);
  return sibling
    ? [reading({ action: 'field', value: sibling.ref, field }, OF_FOCUS, `${field} of a guide beside`)]
    : null;
}

/** The guide of what was asked before, where few words ask for one. */
async function onMatter(asking: Asking): Promise<Reading[] | null> {
  const { text, known, focus, question, asked, learned, hasMatter } = asking;
  const { match, knowledge, asker } = known;
  const ofRow = learned && asksSurely(learned) && !focus?.row.guide ? learned : null;
  const field = asked ?? ofRow;
  if (!field || question === undefined || (hasMatter && !ofRow) || hasAPurpose(match)) return null;
  const named = focus && !focus.row.guide && !hasMatter ? [`${focus.row.matter} ${question} ${text}`] : [];
  for (const whole of [`${question} ${text}`, ...named]) {
    const found = await guideDecisionOn(whole, match, knowledge, asker);
    if (found?.kind === 'answer' || (found?.kind === 'ask' && !focus))
      return [{ ...reading({ field }, OF_MATTER, `the guide of the matter in focus`), text: whole }];
  }
  return hasMatter ? null : [];
}

const hasAPurpose = ({ intent, score }: Known['match']): boolean =>
  !TAKEN_FOR.has(intent) && score >= HAS_A_PURPOSE;

async function byItself({ text, known, asked, hasMatter, mayActFor }: Asking): Promise<Reading[]> {
  // A telephone alone is asked of units and people.
  if (!asked) return NUMBER.test(text) ? [] : wished(text, known);
  const { match, knowledge, asker } = known;
  if (hasAPurpose(match) && !mayActFor) return [];
  const found = await guideDecisionOn(text, match, knowledge, asker);
  if (!found) return [];
  const isOther = found.kind === 'answer' && namesOtherPaper(text, wordsOf(found.best.entry));
  if (found.kind === 'answer' && !isOther)
    return [reading({ field: asked }, SURE, `a guide, ${found.probability.toFixed(2)}`)];
  const handled = asksSurely(asked) ? await ofHandling(text, asked, known) : null;
  if (handled) return [handled];
  const duties = await decisionOn(text, match, knowledge, asker);
  // 月子娃要上户 带些啥: rows of other matters are offered less surely than the guide.
  const isGuides =
    found.kind === 'ask' && asksSurely(asked) && found.probability - duties.probability >= SURER;
  if (duties.kind === 'ask' && isGuides)
    return [reading({ field: asked }, NO_GUIDE, 'guides are nearer than rows')];
  if (!hasMatter || duties.kind === 'ask') return [];
  if (duties.kind === 'answer') {
    // A row on who is responsible answers another question: it must be surer of its matter than where it was asked for.
    const isOfRow = duties.probability >= NAMES_MATTER || !isBareAsk(text);
    return isOfRow ? [] : [reading({ field: asked }, NO_GUIDE, 'no guide, and the row is of another matter')];
  }
  return found.kind === 'ask' || asksSurely(asked)
    ? [reading({ field: asked }, NO_GUIDE, `asks for a guide, ${found.probability.toFixed(2)} at best`)]
    : [];
}

/** 低保审核要多少天: a step of how all services are handled is no part of which one is meant. */
async function ofHandling(text: string, field: GuideField, known: Known): Promise<Reading | null> {
  const said = text.replace(HANDLING, /申[请领报]/.test(text) ? '' : '申请');
  if (said === text) return null;
  const found = await guideDecisionOn(said, known.match, known.knowledge, known.asker);
  if (found?.kind !== 'answer' || namesOtherPaper(text, wordsOf(found.best.entry))) return null;
  return {
    ...reading({ field }, SURE, `a guide, ${found.probability.toFixed(2)}, of its handling`),
    text: said,
  };
}
