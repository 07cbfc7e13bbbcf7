/** A request in the making as it is shown: the card with all fields, or the one thing that is asked for. */
import { replyForm, replyText, setSession, updateCard } from '../../core/effects.js';
import type { Context, Effect } from '../../core/types.js';
import { shorten } from '../../text/shorten.js';
import { draftCard } from '../../requests/view.js';
import type { DraftFlow } from './flow-shapes.js';
import { withFixedLead } from './one-place.js';
import type { Drafted } from './request-draft.js';
import { missingField, questionFor, type DraftField } from './request-fields.js';
import { draftForm } from './request-form.js';
import { sessionOn, type Acting } from './requests.js';

export const INTENT = 'file_request';

/** A draft that nothing has been compared with. */
export const begun = ({ draft, note }: Drafted): DraftFlow => ({
  draft,
  note,
  isCompared: false,
  similar: [],
});

/** The card with all fields; before it, the one thing without which there is no request is asked for. */
export function show(acting: Acting, given: DraftFlow): Effect[] {
  const { ctx, world, actor } = acting;
  // Whoever sees the draft again is not asked of others' requests any more.
  const data = { ...withFixedLead(given, actor.organization, world), similar: [] };
  const missing = missingField(data.draft, world);
  if (missing) {
    const near = missing === 'lead' ? `${toldIn(data.draft.text)}${data.note}` : '';
    return ask(acting, data, missing, `${near}${questionFor(missing, data.draft, world)}`);
  }
  const policy = world.policies[data.draft.kind];
  const card = draftCard(data.draft, policy, ctx.now, {
    organization: actor.organization,
    note: data.note,
  });
  return [updateCard(ctx.update, card), keep(ctx, data, '')];
}

/** What is taken down already, where only the unit is asked for. */
const toldIn = (text: string): string =>
  text.length < TOLD_MIN ? '' : `已记下“${shorten(text, TOLD_MAX)}”。`;
const [TOLD_MIN, TOLD_MAX] = [4, 40];

export const keep = (ctx: Context, data: DraftFlow, asks: string): Effect =>
  setSession(sessionOn(ctx, { flow: { intent: INTENT, asks, data, isDraft: true } }));

/** Pictures are sent, everything else can be filled in. */
export const ask = (acting: Acting, data: DraftFlow, field: DraftField, question: string): Effect[] => {
  const text = `${question}(回复“取消”可放弃)`;
  return [
    field === 'photos' ? replyText(text) : replyForm(text, draftForm(data.draft, acting)),
    keep(acting.ctx, data, field),
  ];
};
