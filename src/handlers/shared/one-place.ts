/** Kinds of requests that go to one place: 帮办代办 and 执法监督. */
import { isConfidential } from '../../core/request.js';
import type { Context } from '../../core/types.js';
import { requestKindOf } from '../../nlu/request-kinds.js';
import type { RequestWorld } from '../../requests/effects.js';
import type { Actor, Draft } from '../../requests/moves.js';
import { fixedLeadOf } from '../../requests/routing.js';
import type { HandlerDeps } from '../deps.js';
import { DraftFlow } from './flow-shapes.js';
import { flowData } from './flows.js';
import { strangerIn } from './requests.js';

/** A kind that goes to one place needs nobody to name it. */
export function withFixedLead(
  data: DraftFlow,
  organization: string,
  { policies, directory }: RequestWorld,
): DraftFlow {
  const { draft } = data;
  // Nobody chooses a 司法所 by its name: it was filled in, before the words said whom the complaint is of.
  const isFilledIn = isConfidential(draft) && /司法所$/.test(draft.lead);
  if (draft.lead !== '' && !isFilledIn) return data;
  const lead = fixedLeadOf(policies[draft.kind].answeredBy, draft.text, organization, directory);
  return lead ? { ...data, draft: { ...draft, lead } } : data;
}

/** Somebody unbound who complains about enforcement, where that is allowed. */
export function complainantIn(ctx: Context, { oversight }: HandlerDeps): Actor | null {
  const said = ctx.update.kind === 'message' ? ctx.update.text.trim() : '';
  if (oversight === 'all' && ctx.match.slots['action'] === 'complain') return strangerIn(ctx);
  const kind =
    flowData(ctx, 'file_request', DraftFlow)?.draft.kind ??
    requestKindOf(said.split(/[\s:\uff1a]/)[0] ?? '', ctx.raw);
  return oversight === 'all' && kind === 'oversight' ? strangerIn(ctx) : null;
}

export const emptyDraft = (ctx: Context): Draft => ({
  ...{ kind: 'call', urgency: 'normal', text: '', place: '', lead: '', support: [] },
  ...{ wantedAt: null, attachments: [], evidence: null, conversation: ctx.update.conversation },
});

/** A complaint of which nothing is said yet: what happened is asked for. */
export const complaint = (ctx: Context): DraftFlow => ({
  draft: { ...emptyDraft(ctx), kind: 'oversight' },
  note: '',
  isCompared: false,
  similar: [],
});
