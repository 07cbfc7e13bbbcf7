/** 请编办答复: a question that the lists do not answer becomes a case of the 编办, and its answer may be kept for later ones. */
import { replyCard, replyText, setSession } from '../../core/effects.js';
import type { Request } from '../../core/request.js';
import type { Context, Effect } from '../../core/types.js';
import { parseUrgency } from '../../nlu/slots.js';
import { effectsOfChange } from '../../requests/effects.js';
import type { Actor, Draft } from '../../requests/moves.js';
import { shorten } from '../../text/shorten.js';
import { tokenOf } from '../../text/token.js';
import { remark, remarkText, type HandlerDeps } from '../deps.js';
import { fileNumbered } from './filing.js';
import type { ReviewFlow } from './flow-shapes.js';
import { actorIn, requestWorldOf, sessionOn } from './requests.js';

/** Files the question; whoever cannot be answered in this way is told so, and it is kept for the 编办 all the same. */
export async function askOffice(ctx: Context, deps: HandlerDeps, question: string): Promise<Effect[]> {
  const kept = remark(deps, 'no-row', question, ctx.session?.offered ?? []);
  const world = requestWorldOf(deps);
  const actor = actorIn(ctx, world);
  if (!actor)
    return [
      kept,
      replyText('已记录您的问题,将报编办。您的账号尚未绑定人员,编办的答复不能送达;登记后再点一次即可。'),
    ];
  const policy = world.policies.inquiry;
  const asked = await askedAlready(ctx, actor, question);
  if (asked) return [replyText(`您已就这个问题请编办答复(${asked.number}),答复后会通知您。`)];
  const draft: Draft = {
    ...{ kind: 'inquiry', urgency: parseUrgency(question), text: question, place: '' },
    ...{ wantedAt: null, attachments: [], evidence: null, lead: '', support: [] },
    conversation: ctx.update.conversation,
  };
  const filed = await fileNumbered({ ctx, world, actor }, draft);
  if (!filed.ok) return [kept, replyText(filed.isNumbered ? filed.reason : '已记录您的问题,将报编办核对。')];
  const { number } = filed.request;
  return [
    kept,
    ...effectsOfChange(null, filed.request, world, ctx.now, ctx.update.conversation),
    replyText(`已记录,编号 ${number}。${policy.texts.filed}`),
    setSession({ ...sessionOn(ctx, { request: number }), ...(ctx.session?.question && { question }) }),
  ];
}

/** One press too many. */
async function askedAlready(ctx: Context, actor: Actor, question: string): Promise<Request | null> {
  const { requests } = await ctx.read.findRequests(
    { calledBy: actor.organization, isOpen: true, kind: 'inquiry' },
    { offset: 0, limit: 100 },
  );
  const isOwn = ({ callers }: Request) => callers.some(({ account }) => account === actor.account);
  return requests.find((request) => request.text === question.trim() && isOwn(request)) ?? null;
}

/** What the 编办 can make of an answer that it has just given: a precedent, a phrasing of a row, a row to be drafted. */
export function offerToKeep(effects: Effect[], ctx: Context, deps: HandlerDeps): Effect[] {
  const changed = effects.find((effect) => effect.kind === 'request');
  if (changed?.kind !== 'request' || !ctx.person?.roles.includes('list-office')) return [];
  const { request } = changed;
  const answered = request.events.at(-1);
  if (request.kind !== 'inquiry' || answered?.kind !== 'answered') return [];
  // 问题汇总 is of the direct chat.
  if (!ctx.update.conversation.isDirect) return [];
  const shown: ReviewFlow = { questions: [remarkText(deps, request.text)], chosen: [], units: [] };
  const key = tokenOf(shown.questions.join('\n'));
  return [
    replyCard({
      title: '答复已送提问人',
      blocks: [
        { kind: 'field', label: '提问', text: shorten(request.text, 100) },
        { kind: 'field', label: '答复', text: shorten(answered.text ?? '', 200) },
        { kind: 'text', text: '以后还会有人问的,可以记下来:' },
      ],
      buttons: [
        { id: 'req-rule', label: '记为裁定', value: request.number },
        { id: 'adopt-phrasing', label: '采纳为问法', value: key },
        { id: 'adopt-new', label: '起草新事项', value: key },
        { id: 'adopt-none', label: '都不用', value: key },
      ],
    }),
    setSession(
      sessionOn(ctx, { request: request.number, flow: { intent: 'review_notes', asks: '', data: shown } }),
    ),
  ];
}
