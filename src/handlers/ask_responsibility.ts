/** "路灯坏了归谁管": the row, a choice of rows, or an honest "the lists don't say"; and the follow-ups on the last row. */
import type { Card } from '../core/card.js';
import { replyCard, replyText, setSession, updateCard } from '../core/effects.js';
import type { Context, Effect, Handler } from '../core/types.js';
import {
  answerCard,
  basisCard,
  choiceCard,
  notListedCard,
  notThereCard,
  townshipCard,
} from '../lists/answer.js';

import { askerIn } from '../lists/asker-there.js';
import { leadCard, oursCard, sourceCard, supportCard } from '../lists/part-cards.js';
import { asksOfGuide } from '../lists/guide-words.js';
import { guidesBeside } from '../lists/near-guide.js';
import { rowsNear } from '../lists/near-rows.js';
import { dividingRow, rowOfTownship } from '../lists/same-matter.js';
import { OFFERED, type Decision } from '../lists/decide.js';
import { decisionOn } from '../lists/decision.js';
import { offeredToHeap, offeredToScene } from '../lists/scene.js';
import { lookOf } from '../nlu/look.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { IndexedRow } from '../lists/row-index.js';
import { remark, repliesOf, type HandlerDeps } from './deps.js';
import { askingIn, contactOf, itemTold, keepFocus, partOf } from './shared/asking.js';
import { penaltyOf, seenBy, spokenOf, unitOf, type Asking } from './shared/asking.js';
import { cite } from './shared/cited.js';
import { askOffice } from './shared/inquiry.js';
import { offer, offerAgain, offerCarriers, sessionOf } from './shared/offer-rows.js';
import { isWithinBudget } from './shared/restating.js';
import { unclear } from './shared/unclear.js';
import { tokenOf } from '../text/token.js';

/** Rows shown under 其他候选. */
const OTHERS = 5;

/** Sides that a penalty item does not have: they are asked of the row that divides the work of its matter. */
const OF_THE_MATTER = new Set(['township', 'unit', 'lead', 'support', 'contact']);

export const ASK_RESPONSIBILITY_REPLIES = [
  ...(['which', 'forgotten', 'chinese', 'empty', 'none'] as const),
  ...(['outdated', 'not-yours', 'no-others', 'elsewhere'] as const),
] as const;
type AskReply = (typeof ASK_RESPONSIBILITY_REPLIES)[number];

const replyIn = ({ intents }: HandlerDeps) => {
  const textOf = repliesOf(intents, 'ask_responsibility', ASK_RESPONSIBILITY_REPLIES);
  return (key: AskReply) => replyText(textOf(key));
};

export function createAskResponsibility(deps: HandlerDeps): Handler {
  const reply = replyIn(deps);
  return async (ctx) => {
    const { action, value } = ctx.match.slots;
    const asking = askingIn(ctx, deps, action ? (ctx.session?.question ?? '') : ctx.text);
    if (action) return followUp(asking, deps, action, value ?? '');
    if (ctx.text === '') return [reply('empty')];
    if (!/[\u4e00-\u9fff]/.test(ctx.text)) return [reply('chinese')];
    const decided = await decideOn(ctx.text, asking);
    // 谁管 before it asks, whatever follows.
    const decision =
      ctx.match.via === 'example'
        ? offeredToHeap(offeredToScene(decided, ctx.text, lookOf(ctx.match)), ctx.text)
        : decided;
    const effects =
      (await effectsOf(decision, asking)) ??
      (await offerRestated(asking, deps)) ??
      notListed(decision, ctx, deps);
    const ruling = await deps.precedents.find(ctx.text, await ctx.read.listRulings());
    return ruling ? effects.map((effect) => cite(effect, ruling)) : effects;
  };
}

/**
 * The effects of an answer or of a choice; null when the decision is to abstain. Less surely than `answer` it only offers, and
 * nothing where those offered are less likely meant than `offer`.
 */
export async function answerFromLists(
  asking: Asking,
  atLeast = { answer: 0, offer: 0 },
): Promise<Effect[] | null> {
  const decision = await decideOn(asking.ctx.text, asking);
  if (decision.kind === 'ask' && decision.among < atLeast.offer) return null;
  if (
    decision.kind !== 'answer' ||
    decision.probability >= atLeast.answer ||
    decision.best.unitAgreement === 1
  )
    return effectsOf(decision, asking);
  const { best, others, probability } = decision;
  const offered = [best, ...others].slice(0, OFFERED);
  return effectsOf({ kind: 'ask', offered, probability, among: probability }, asking);
}

/** `text` is the question or a restatement of it. */
export const decideOn = (text: string, { ctx, knowledge, asker }: Asking): Promise<Decision> =>
  decisionOn(text, ctx.match, knowledge, asker);

/** Below this the rows offered are a guess, and the message may have been about the row before. */
const HARDLY_LISTED = 0.3;

async function effectsOf(decision: Decision, { ctx, knowledge, asker }: Asking): Promise<Effect[] | null> {
  if (decision.kind === 'answer') {
    const entry = decision.best.entry;
    const offered = decision.others.slice(0, OTHERS).map((c) => c.entry.ref);
    return [
      replyCard(answerCard(entry, knowledge, asker)),
      setSession(sessionOf(ctx, { question: ctx.text, focus: entry.ref, offered })),
    ];
  }
  if (decision.kind === 'ask') {
    const guides = await guidesBeside(ctx.text, decision.offered, knowledge, asker);
    const rows = decision.offered.map((c) => c.entry);
    const entries = asksOfGuide(ctx.text) ? [...guides, ...rows] : [...rows, ...guides];
    return offer(ctx, entries.slice(0, OFFERED + 1), {
      kept: decision.probability < HARDLY_LISTED ? spokenOf(ctx) : {},
      among: decision.among,
    });
  }
  return null;
}

/** What a language model's restatements find is offered to choose from, never given as the answer. */
async function offerRestated(asking: Asking, { rephrase }: HandlerDeps): Promise<Effect[] | null> {
  const { ctx } = asking;
  if (!rephrase || !(await isWithinBudget(ctx, rephrase))) return null;
  const restated = await rephrase.restate(ctx.text);
  const found: IndexedRow[] = [];
  for (const text of restated) {
    const decision = await decideOn(text, asking);
    const best =
      decision.kind === 'answer' ? [decision.best] : decision.kind === 'ask' ? decision.offered : [];
    found.push(...best.map((c) => c.entry).filter((entry) => !found.includes(entry)));
  }
  return found.length > 0 ? offer(ctx, found.slice(0, OFFERED)) : null;
}

/** That the lists say nothing of it, with what is nearest. */
export const nothingListed = async (asking: Asking, deps: HandlerDeps): Promise<Effect[]> =>
  notListed(await decideOn(asking.ctx.text, asking), asking.ctx, deps);

function notListed(decision: Decision, ctx: Context, deps: HandlerDeps): Effect[] {
  const nearest = decision.kind === 'abstain' ? decision.nearest.map((c) => c.entry) : [];
  const rows = nearest.map((entry) => entry.ref);
  return [
    remark(deps, 'unanswered', ctx.text, rows),
    replyCard(notListedCard(nearest, editionName(deps.knowledge()), tokenOf(ctx.text))),
    setSession(sessionOf(ctx, { ...spokenOf(ctx), question: ctx.text, offered: rows })),
  ];
}

const editionName = (knowledge: Knowledge): string =>
  [...new Set(knowledge.edition.lists.map((l) => l.editionLabel))].join('、');

function followUp(
  asking: Asking,
  deps: HandlerDeps,
  action: string,
  value: string,
): Effect[] | Promise<Effect[]> {
  const { ctx, knowledge, asker } = asking;
  const reply = replyIn(deps);
  const { township } = ctx.match.slots;
  const there = askerIn(township, asking);
  if (action === 'who') return offerCarriers(ctx, knowledge, there) ?? [reply('which')];
  if (action === 'which') return offerAgain(ctx, knowledge, asker) ?? [reply('which')];
  if (action === 'elsewhere') return [reply('elsewhere')];
  if (action === 'unclear') return unclear(ctx, knowledge);
  const question = ctx.session?.question ?? '';
  // A card may be somebody else's, or older than what is remembered: then its question is not known any more.
  if (
    (action === 'none' || action === 'ask-office') &&
    (question === '' || (value !== '' && value !== tokenOf(question)))
  )
    return [reply('forgotten')];
  if (action === 'none') {
    return [
      remark(deps, 'no-row', question, ctx.session?.offered ?? []),
      reply('none'),
      setSession(sessionOf(ctx, { question })),
    ];
  }
  if (action === 'ask-office') {
    return askOffice(ctx, deps, question);
  }
  const named = knowledge.index.get(value);
  if (!named) return [reply('outdated')];
  if (!knowledge.index.isVisible(named, asker)) {
    // Listed of another township, it is asked of there.
    const listed = askerIn(township ?? ctx.session?.listing?.filter['township'], asking);
    const isThere = listed !== asker && knowledge.index.isVisible(named, listed);
    if (isThere) return followUp({ ...asking, asker: listed }, deps, action, value);
    if (!asker.township || !named.list.scope.township) return [reply('not-yours')];
    // 咱镇清单里有这条吗, of another township's list: the row of one's own, or that there is none.
    const own = rowOfTownship(named, knowledge, asker);
    return own ? followUp(asking, deps, action, own.ref) : [replyCard(notThereCard(named, asker.township))];
  }
  const entry = (OF_THE_MATTER.has(action) ? dividingRow(named, knowledge, asker) : null) ?? named;
  const onRow = (card: Card): Effect[] => [replyCard(card), keepFocus(ctx, entry)];
  const rowThere = township === undefined ? entry : rowOfTownship(entry, knowledge, there);
  if (!rowThere) return onRow(notThereCard(entry, there.township ?? ''));
  switch (action) {
    case 'pick': {
      const card = answerCard(entry, knowledge, asker);
      return [
        ...chosen(ctx, deps, entry),
        // The asker's own choice becomes the answer; somebody else's click leaves the choice standing.
        ctx.session?.isChoosing ? updateCard(ctx.update, card) : replyCard(card),
        setSession({
          ...sessionOf(ctx, { ...ctx.session, isChoosing: false }),
          updatedAt: ctx.now,
          focus: entry.ref,
        }),
      ];
    }
    case 'township':
      return onRow(
        townshipCard(rowThere, knowledge, seenBy(asking, there), entry === named ? rowThere : named),
      );
    case 'unit':
      return partOf(asking, entry);
    case 'lead':
      return onRow(leadCard(entry, asker, ctx.match.slots['unit']));
    case 'support':
      return onRow(supportCard(entry, asker));
    case 'source':
      return onRow(sourceCard(itemTold(asking) ?? rowThere));
    case 'ours':
      return onRow(oursCard(entry, unitOf(asking), asker));
    case 'whole':
      return onRow(answerCard(entry, knowledge, asker));
    case 'penalty':
      return penaltyOf(asking, entry);
    case 'basis':
      return onRow(basisCard(itemTold(asking) ?? entry, ctx.text));
    case 'contact':
      return contactOf(asking, entry, { row: rowThere, asker: there });
    case 'not-this':
      return [
        remark(deps, 'not-this-row', isLastAnswer(ctx, entry) ? (ctx.session?.question ?? '') : '', [
          entry.ref,
        ]),
        ...others(asking, entry, '已记录,将报编办核对。下面是其他接近的事项:', reply),
      ];
    case 'others':
      return others(asking, entry, '其他接近的事项,请点选或回复序号:', reply);
    default:
      return [reply('outdated')];
  }
}

/** The asker's own choice says what the question meant. */
function chosen({ session }: Context, deps: HandlerDeps, { ref }: IndexedRow): Effect[] {
  if (!session?.isChoosing || !session.question) return [];
  const before = session.focus && session.focus !== ref ? [session.focus] : [];
  return [remark(deps, 'chosen-instead', session.question, [ref, ...before])];
}

/** A button may belong to an older card, whose question is not remembered any more. */
const isLastAnswer = (ctx: Context, entry: IndexedRow): boolean => ctx.session?.focus === entry.ref;

/** The rows that were next best for the asker's own question. */
function others(
  { ctx, knowledge, asker }: Asking,
  entry: IndexedRow,
  intro: string,
  reply: (key: AskReply) => Effect,
): Effect[] {
  const entries = isLastAnswer(ctx, entry)
    ? (ctx.session?.offered ?? [])
        .filter((ref) => ref !== entry.ref)
        .map((ref) => knowledge.index.get(ref))
        .filter((e): e is IndexedRow => e !== null)
    : // A card whose question is not remembered.
      rowsNear(entry, knowledge, asker)
        .slice(0, OTHERS)
        .map(({ other }) => other);
  if (entries.length === 0) return [reply('no-others')];
  return [
    replyCard(
      choiceCard('其他候选', intro, entries, [
        { id: 'none', label: '都不是', value: tokenOf(ctx.session?.question ?? '') },
      ]),
    ),
    setSession({
      ...sessionOf(ctx, { ...ctx.session }),
      updatedAt: ctx.now,
      offered: entries.map((e) => e.ref),
      isChoosing: true,
    }),
  ];
}
