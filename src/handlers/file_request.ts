/** 呼叫 and its sister kinds: from a sentence, an answered row or step by step to a numbered request. */
import { replyText, setSession, updateCard } from '../core/effects.js';
import { isConfidential, isRestricted, REQUEST_KINDS } from '../core/request.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { askerOf } from '../lists/answer.js';
import { effectsOfChange } from '../requests/effects.js';
import { mayBuzz } from '../requests/permissions.js';
import {
  actorIn,
  requestWorldOf,
  numberIn,
  refusalRecord,
  sessionOn,
  isStranger,
  unbound,
  visibleRequest,
  type Acting,
} from './shared/requests.js';
import { createRuleRequest } from './rule_request.js';
import type { HandlerDeps } from './deps.js';
import {
  draftAsRuled,
  draftFromGuide,
  draftFromRow,
  draftFromRuling,
  draftFromText,
  type Drafted,
} from './shared/request-draft.js';
import { isCancel } from './shared/cancel.js';
import { withPrecedent } from './shared/precedent-lead.js';
import { complainantIn, complaint, emptyDraft } from './shared/one-place.js';
import { fileNumbered, withAlerts } from './shared/filing.js';
import { DraftFlow } from './shared/flow-shapes.js';
import {
  answerSimilar,
  join,
  keepToKnown,
  similarAgain,
  similarCard,
  similarTo,
  withKnown,
} from './shared/similar-requests.js';
import { ask, begun, INTENT, keep, show } from './shared/draft-shown.js';
import { DRAFT_FORM, fillDraft } from './shared/request-form.js';
import { filledIn } from '../nlu/filled.js';
import { drop, HELD, KEPT, noDraft, offerLeft } from './shared/left-draft.js';
import { AGAIN, flowData } from './shared/flows.js';
import { filedText } from '../requests/words.js';
import { changesByName, draftChanges, isSend, sameAnswer, type DraftChange } from '../nlu/draft-words.js';
import type { Session } from '../core/session.js';
import { changeAll, unitsFor, type Changed } from './shared/request-changes.js';
import {
  changeDraft,
  FIELDS,
  kindCard,
  missingField,
  questionFor,
  hasPictures,
  tellsMatter,
  WHICH_FIELD,
  type DraftField,
} from './shared/request-fields.js';

export function createFileRequest(deps: HandlerDeps): Handler {
  const askRuling = createRuleRequest(deps);
  return async (ctx) => {
    const world = requestWorldOf(deps);
    const actor = actorIn(ctx, world) ?? complainantIn(ctx, deps);
    if (!actor) return [unbound(ctx)];
    const acting: Acting = { ctx, world, actor };
    const { action = '', value = '' } = ctx.match.slots;
    if (action === 'file') {
      const knowledge = deps.knowledge();
      const entry = knowledge.index.get(value);
      // A row of another township's list is as unknown as one of an old edition.
      if (!entry || !knowledge.index.isVisible(entry, askerOf(ctx.person, knowledge)))
        return [replyText('这张卡片已过期,请重新查询后再提交呼叫。')];
      return show(acting, begun(draftFromRow(ctx, entry, acting, ctx.match.slots)));
    }
    if (action === 'assist') {
      const knowledge = deps.knowledge();
      const entry = knowledge.index.get(value);
      if (!entry || !knowledge.index.isVisible(entry, askerOf(ctx.person, knowledge)))
        return [replyText('这张卡片已过期,请重新查询后再提交帮办代办。')];
      return show(acting, begun(draftFromGuide(ctx, entry, '')));
    }
    if (action === 'complain') return show(acting, complaint(ctx));
    if (action === 'file-ruled') return fileRuled(acting, value);
    if (action === 'offer-left') return offerLeft(ctx);
    if (action === 'no-draft') return noDraft(ctx);
    if (action === 'draft-resume') return resume(acting);
    const data = flowData(ctx, INTENT, DraftFlow);
    if (action === DRAFT_FORM)
      return filled(acting, data ?? begun({ draft: emptyDraft(ctx), note: '' }), deps);
    if (action === AGAIN && data) return again(acting, data);
    if (action === 'said' && data) {
      const asks = ctx.session?.flow?.asks;
      const isBegun =
        asks !== 'text' || data.draft.text !== '' || isPin(ctx) || otherFields(acting).length > 0;
      const isMore = asks === 'lead' && tellsMatter(ctx.raw, world);
      if ((isBegun && !isMore) || isCancel(ctx.text)) return said(acting, data);
      const raw = isMore ? [data.draft.text, ctx.raw].filter(Boolean).join(';') : ctx.raw;
      const drafted = await draftFromText({ ...ctx, raw }, deps.knowledge(), world, actor, data.draft);
      return show(acting, await opened(drafted, acting, deps));
    }
    if (action === 'draft-drop') return drop(ctx);
    if (action.startsWith('draft-')) {
      if (!data) return [replyText('这份草稿已失效或不是您的,请重新发起。')];
      return pressed(acting, data, action, value);
    }
    // “提请裁定 QS-…” speaks of a request that is there already.
    if (numberIn(ctx) !== null && /^(申请|提请)裁定/.test(spoken(ctx))) return askRuling(ctx);
    const last = ctx.session?.request;
    const spokenOf = last === undefined ? null : await visibleRequest(ctx, actor, last);
    const ruled = spokenOf && draftAsRuled(ctx, spokenOf, world);
    const drafted = ruled ?? (await draftFromText(ctx, deps.knowledge(), world, actor));
    return show(acting, await opened(drafted, acting, deps));
  };
}

/** What the 编办 was asked, to whom it has ruled. */
async function fileRuled(acting: Acting, number: string): Promise<Effect[]> {
  const request = await visibleRequest(acting.ctx, acting.actor, number);
  const drafted = request && draftFromRuling(acting.ctx, request);
  return drafted ? show(acting, begun(drafted)) : [replyText('这一步已失效,没有办理。请重新发起。')];
}

const isPin = ({ update }: Context): boolean => update.kind === 'message' && update.event?.kind === 'place';
const spoken = ({ update }: Context): string => (update.kind === 'message' ? update.text.trim() : '');

const opened = async (drafted: Drafted, acting: Acting, deps: HandlerDeps): Promise<DraftFlow> =>
  withKnown(begun(await withPrecedent(drafted, acting.ctx, deps, acting.actor)), acting);

/** All of it at once; the row that the words mean is looked for as if they had been said. */
async function filled(acting: Acting, given: DraftFlow, deps: HandlerDeps): Promise<Effect[]> {
  const { ctx, world, actor } = acting;
  const fields = filledIn(ctx.match);
  const { text = '' } = fields;
  const drafted =
    given.draft.text === '' && text.length >= 2
      ? await draftFromText({ ...ctx, raw: text }, deps.knowledge(), world, actor, given.draft)
      : null;
  const data = drafted ? await opened(drafted, acting, deps) : given;
  const { draft, problem } = fillDraft(data.draft, fields, acting);
  const note = draft.lead === data.draft.lead ? data.note : '';
  const next = { ...data, draft, note, isCompared: false, similar: [] };
  return problem ? ask(acting, next, problem.field, problem.text) : show(acting, next);
}

/** The question or the card, once more. */
const again = async (acting: Acting, data: DraftFlow): Promise<Effect[]> => {
  const { ctx, world } = acting;
  if (data.similar.length > 0 && ctx.session?.flow?.asks === '') return similarAgain(acting, data);
  const field = FIELDS.find((name) => name === ctx.session?.flow?.asks);
  return field ? ask(acting, data, field, questionFor(field, data.draft, world)) : show(acting, data);
};

/** What is said to a draft: it is sent, left, changed, or told what was asked for. */
async function said(acting: Acting, data: DraftFlow): Promise<Effect[]> {
  const { ctx, world, actor } = acting;
  if (isCancel(ctx.text)) return drop(ctx);
  const asks = FIELDS.find((name) => name === ctx.session?.flow?.asks);
  // A pin is a place whatever was asked for.
  if (isPin(ctx))
    return show(acting, {
      ...data,
      draft: { ...data.draft, place: ctx.raw },
      isCompared: false,
      similar: [],
    });
  if (data.similar.length > 0 && asks === undefined && sameAnswer(ctx.text) !== null)
    return answerSimilar(acting, data, () => submit(acting, data));
  if (asks !== 'text' && isSend(ctx.text)) return submit(acting, data);
  const changes =
    asks === 'text' ? otherFields(acting) : draftChanges(ctx.text, ctx.raw, world.directory.mentions);
  const isOfUnits =
    changes.every(({ field }) => /lead|support/.test(field)) && !/主办|牵头|协办/.test(ctx.text);
  const isOfAsked =
    changes.every(({ field }) => field === asks && field !== 'place') ||
    ((asks === 'lead' || asks === 'support') && isOfUnits);
  const changed: Changed =
    changes.length > 0 && !(isOfAsked && asks !== undefined)
      ? changeAll(data.draft, changes, acting)
      : changeDraft(data.draft, asks ?? 'photos', ctx, world, actor);
  if (asks === undefined && changes.length === 0 && !hasPictures(ctx))
    return [replyText(WHICH_FIELD), keep(ctx, data, '')];
  if ('problem' in changed) return ask(acting, data, asks ?? fieldOf(changed), changed.problem);
  const isLead = asks === 'lead' || changes.some(({ field }) => field === 'lead');
  const next = {
    ...data,
    draft: changed.draft,
    ...(isLead && { note: '' }),
    isCompared: false,
    similar: [],
  };
  const missing = missingField(next.draft, world);
  // 地点在东坝村东头, while the unit is asked for: it is taken down, and the unit asked for again.
  return missing !== null && missing === asks && changes.length > 0
    ? ask(acting, next, missing, `已记下。${questionFor(missing, next.draft, world)}`)
    : show(acting, next);
}

/** 地点在东坝村东头, while the matter is asked for. */
const otherFields = ({ ctx, world }: Acting): DraftChange[] =>
  changesByName(ctx.text, ctx.raw, world.directory.mentions);

const fieldOf = (changed: Changed): DraftField =>
  'problem' in changed ? (changed.field ?? 'photos') : 'photos';

function resume(acting: Acting): Effect[] {
  const { left, ...session } = acting.ctx.session ?? {};
  const data = DraftFlow.safeParse(left?.flow.data).data;
  if (!data) return [replyText('这份草稿已失效或不是您的,请重新发起。')];
  const ctx = { ...acting.ctx, session: { ...session, updatedAt: acting.ctx.now } as Session };
  return show({ ...acting, ctx }, data);
}

async function pressed(acting: Acting, data: DraftFlow, action: string, value: string): Promise<Effect[]> {
  const { ctx, world, actor } = acting;
  const { draft } = data;
  switch (action) {
    case 'draft-urgency': {
      const urgency = draft.urgency === 'urgent' ? 'normal' : 'urgent';
      return show(acting, { ...data, draft: { ...draft, urgency } });
    }
    case 'draft-set-kind': {
      const kind = REQUEST_KINDS.find((it) => it === value);
      if (!kind) return [replyText('没有这种请求。')];
      const units = unitsFor(kind, draft, world);
      return show(acting, { ...data, note: '', draft: { ...draft, ...units, kind } });
    }
    case 'draft-kind':
      return [updateCard(ctx.update, kindCard(world, actor)), keep(ctx, data, '')];
    case 'draft-hold': {
      const field = FIELDS.find((name) => name === ctx.session?.flow?.asks);
      if (field === undefined) return [replyText(HELD), keep(ctx, data, '')];
      return ask(acting, data, field, `${KEPT}${questionFor(field, draft, world)}`);
    }
    case 'draft-known':
      return keepToKnown(acting, value);
    case 'draft-join':
      return join(acting, data);
    case 'draft-send':
      return submit(acting, data);
    case 'draft-anyway':
      return submit(acting, { ...data, isCompared: true });
    default: {
      const field = FIELDS.find((name) => action === `draft-${name}`);
      if (!field) return [replyText('这个按钮已失效,请重新发起。')];
      return ask(acting, data, field, questionFor(field, draft, world));
    }
  }
}

/** Similar open requests are offered first: the second caller of one pothole joins the first. */
async function submit(acting: Acting, data: DraftFlow): Promise<Effect[]> {
  const { ctx, world, actor } = acting;
  const { draft } = data;
  if (isStranger(actor) && !isConfidential(draft)) return [unbound(ctx)];
  // It speaks of a person, who may be among those who read along.
  if (isRestricted(draft) && !ctx.update.conversation.isDirect)
    return [
      replyText(`${world.policies[draft.kind].name}涉及人员,须保密,请在与机器人的单聊中提交。`),
      setSession(sessionOn(ctx, {})),
    ];
  const missing = missingField(draft, world);
  if (missing) return ask(acting, data, missing, questionFor(missing, draft, world));
  const similar = data.isCompared ? [] : await similarTo(ctx, draft, actor, world);
  if (similar.length > 0)
    return [
      updateCard(ctx.update, similarCard(similar, { ctx, world, actor })),
      keep(ctx, { ...data, isCompared: true, similar: similar.map(({ number }) => number) }, ''),
    ];
  const policy = world.policies[draft.kind];
  const isEmergency = draft.urgency === 'urgent' && (await world.isDanger?.(draft.text)) === true;
  const filed = await fileNumbered({ ctx, world, actor }, { ...draft, isEmergency });
  if (!filed.ok && filed.isNumbered) return [replyText(filed.reason), keep(ctx, data, '')];
  if (!filed.ok) {
    // A draft of a kind that the person may not file is not kept: nothing can come of it.
    const mayFile = policy.filedBy.some((role) => actor.roles.includes(role));
    const after = mayFile ? keep(ctx, data, '') : setSession(sessionOn(ctx, {}));
    return [replyText(filed.reason), refusalRecord('file', actor), after];
  }
  const { number } = filed.request;
  const effects = effectsOfChange(null, filed.request, world, ctx.now, ctx.update.conversation);
  const isBuzzed = mayBuzz(actor, { urgency: draft.urgency, isEmergency });
  return [
    ...(isBuzzed ? withAlerts(effects, filed.request, world) : effects),
    replyText(`已提交${policy.name} ${number}。${filedText(filed.request, policy)}`),
    setSession(sessionOn(ctx, { request: number })),
  ];
}
