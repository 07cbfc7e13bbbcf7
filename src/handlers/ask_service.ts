/** "办低保要什么材料": the service guide's row, what was asked first; or an honest "the guides don't say". */
import { isGuideField, type GuideField } from '../core/guide.js';
import { replyCard, replyText, setSession } from '../core/effects.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { askerOf, choiceCard } from '../lists/answer.js';
import { OFFERED, type Decision } from '../lists/decide.js';
import { decisionOn, guideDecisionOn } from '../lists/decision.js';
import { guideCard, guideFieldCard, noGuideCard } from '../lists/guide-cards.js';
import { guideFieldAsked } from '../lists/guide-words.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { Asker } from '../lists/row-parts.js';
import type { IndexedRow } from '../lists/row-index.js';
import { tokenOf } from '../text/token.js';
import { remark, repliesOf, type HandlerDeps } from './deps.js';

export const ASK_SERVICE_REPLIES = ['empty', 'none', 'outdated'] as const;

type Asking = { ctx: Context; knowledge: Knowledge; asker: Asker; field: GuideField | null };

export function createAskService(deps: HandlerDeps): Handler {
  const replies = repliesOf(deps.intents, 'ask_service', ASK_SERVICE_REPLIES);
  const reply = (key: (typeof ASK_SERVICE_REPLIES)[number]) => [replyText(replies(key))];
  return async (ctx) => {
    const knowledge = deps.knowledge();
    const { action, value = '', field: said = '' } = ctx.match.slots;
    const field = isGuideField(said) ? said : guideFieldAsked(ctx.text);
    const asker = askerOf(ctx.person, knowledge, deps.contacts);
    const asking: Asking = { ctx, knowledge, asker, field };
    if (action === 'field') {
      const entry = knowledge.index.get(value);
      if (!entry?.row.guide || !field || !knowledge.index.isVisible(entry, asker)) return reply('outdated');
      return [replyCard(guideFieldCard(entry, field, ctx.text)), keepFocus(ctx, entry)];
    }
    if (ctx.text === '') return reply('empty');
    const decision = await guideDecisionOn(ctx.text, ctx.match, knowledge, asker);
    if (!decision) return reply('none');
    if (decision.kind === 'answer') return answer(decision, asking);
    if (decision.kind === 'ask') return offer(decision, asking);
    return notListed(decision, asking, deps);
  };
}

/** The guide, and beside it the row that says who is responsible, where the lists are sure of one. */
async function answer(decision: Extract<Decision, { kind: 'answer' }>, asking: Asking): Promise<Effect[]> {
  const { ctx, knowledge, asker, field } = asking;
  const { entry } = decision.best;
  const duties = await decisionOn(ctx.text, ctx.match, knowledge, asker);
  const duty = duties.kind === 'answer' ? duties.best.entry : null;
  const others = decision.others.slice(0, OFFERED).map((c) => c.entry.ref);
  return [
    replyCard(guideCard(entry, field, duty)),
    setSession({
      updatedAt: ctx.now,
      question: ctx.text,
      focus: entry.ref,
      offered: [...(duty ? [duty.ref] : []), ...others],
      isChoosing: false,
    }),
  ];
}

function offer(decision: Extract<Decision, { kind: 'ask' }>, { ctx }: Asking): Effect[] {
  const entries = decision.offered.map((c) => c.entry);
  return [
    replyCard(
      choiceCard('请确认您要办的是哪一项', '以下事项都比较接近,请点选或回复序号:', entries, [
        { id: 'none', label: '都不是', value: tokenOf(ctx.text) },
      ]),
    ),
    setSession({
      ...{ updatedAt: ctx.now, question: ctx.text, isChoosing: true },
      offered: entries.map(({ ref }) => ref),
    }),
  ];
}

function notListed(decision: Decision, { ctx }: Asking, deps: HandlerDeps): Effect[] {
  const nearest = decision.kind === 'abstain' ? decision.nearest.map((c) => c.entry) : [];
  const rows = nearest.map(({ ref }) => ref);
  return [
    remark(deps, 'unanswered', ctx.text, rows),
    replyCard(noGuideCard(nearest, tokenOf(ctx.text))),
    setSession({ updatedAt: ctx.now, question: ctx.text, offered: rows, isChoosing: false }),
  ];
}

const keepFocus = (ctx: Context, entry: IndexedRow): Effect =>
  setSession({ offered: [], isChoosing: false, ...ctx.session, updatedAt: ctx.now, focus: entry.ref });
