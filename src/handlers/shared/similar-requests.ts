/** Open requests that a new one may be about as well: the second caller of one pothole is asked whether to join the first. */
import type { Button, Card } from '../../core/card.js';
import { replyCard, replyText, setSession } from '../../core/effects.js';
import { isRestricted, type Request } from '../../core/request.js';
import type { Context, Effect } from '../../core/types.js';
import { sameAnswer } from '../../nlu/draft-words.js';
import { addDays, formatInstant, toLocal } from '../../calendar/local.js';
import { caseOf } from '../../requests/case.js';
import { effectsOfChange, type RequestWorld } from '../../requests/effects.js';
import { applyMove } from '../../requests/machine.js';
import type { Actor, Draft } from '../../requests/moves.js';
import { likenessOf, LIKELY, placed, standing, type Said } from '../../requests/same-matter.js';
import { leadOf, statusWord } from '../../requests/words.js';
import { shorten } from '../../text/shorten.js';
import type { DraftFlow } from './flow-shapes.js';
import { numberIn, refusalRecord, sessionOn, tryApply, type Acting } from './requests.js';

/** Open requests that are compared with a new one: of the same unit, and of all. */
const COMPARED = 200;
/** Of those at the same place, whose meaning is looked at: each costs two vectors. */
const EMBEDDED = 12;
const SIMILAR_SHOWN = 3;

export async function similarTo(
  ctx: Context,
  draft: Draft,
  actor: Actor,
  world: RequestWorld,
): Promise<Request[]> {
  // Whoever files must not learn what others filed of people.
  if (isRestricted(draft)) return [];
  const lead = draft.lead || world.policies[draft.kind].listOffice;
  const page = { offset: 0, limit: COMPARED };
  const asked = { isOpen: true, kind: draft.kind };
  // One pothole is sent to two bureaus: what the others have is looked at behind what this one has.
  const pages = [
    await ctx.read.findRequests({ ...asked, assignedTo: lead }, page),
    await ctx.read.findRequests(asked, page),
  ];
  const open = new Map(pages.flatMap(({ requests }) => requests.map((it) => [it.number, it] as const)));
  const said = placed({ text: draft.text, place: draft.place, at: ctx.now });
  const there = [...open.values()]
    // What its own leaders have not let out yet is nobody's to know.
    .filter(({ status }) => status !== 'approval')
    .map((request) => ({ request, placed: placed(saidIn(request, ctx.now)) }))
    .filter((it) => standing(said, it.placed).beside !== null)
    .slice(0, EMBEDDED);
  const found: { request: Request; likeness: number }[] = [];
  for (const it of there) {
    const likeness = await likenessOf(said, it.placed, world.embed);
    if (likeness >= LIKELY) found.push({ request: it.request, likeness });
  }
  return found
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, SIMILAR_SHOWN)
    .map(({ request }) => request);
}

const saidIn = ({ text, place, events }: Request, now: number): Said => ({
  text,
  place,
  at: events[0]?.at ?? now,
});

const isOwn = ({ callers }: Request, { organization }: Actor): boolean =>
  callers.some((caller) => caller.organization === organization);

/** One line for each: who called when, what, who has it. */
export function similarCard(similar: Request[], { ctx, world, actor }: Acting): Card {
  const others = similar.filter((request) => !isOwn(request, actor));
  const lines = similar.map((request) => {
    const { number, callers, text, place, events, kind } = request;
    const who = isOwn(request, actor) ? '贵单位' : callers.map((c) => c.organization).join('、');
    const what = [place, shorten(text, 40)].filter(Boolean).join(' · ');
    const lead = leadOf(request);
    const state = [lead, statusWord(request, world.policies[kind])].filter(Boolean).join(',');
    const ask = isOwn(request, actor) ? '有新情况可补充说明,不必重复提交。' : '并入?';
    return `${who}${dayOf(events[0]?.at ?? ctx.now, ctx.now)}已就同一处报过 ${number}“${what}”(${state}),${ask}`;
  });
  const buttons: Button[] = similar.map((request) =>
    isOwn(request, actor)
      ? { id: 'req-note', label: `补充 ${request.number}`, value: request.number }
      : { id: 'draft-join', label: `并入 ${request.number}`, value: request.number },
  );
  return {
    title: '可能是同一件事',
    blocks: [
      ...lines.map((text) => ({ kind: 'text' as const, text })),
      ...(others.length > 0
        ? [{ kind: 'source' as const, text: '并入后,时限和评价仍按贵单位单独计算。' }]
        : []),
    ],
    buttons: [
      ...buttons,
      { id: 'draft-anyway', label: '不是同一件,仍然提交', style: 'primary' as const },
      { id: 'draft-drop', label: '放弃' },
    ],
  };
}

/**
 * What a colleague has filed of the same matter stands on the card of a new draft: nobody has to send it first to hear of it. Other
 * units' cases are shown when it is sent.
 */
export async function withKnown(data: DraftFlow, acting: Acting): Promise<DraftFlow> {
  const { ctx, world, actor } = acting;
  const { draft, note } = data;
  if (draft.lead === '' || draft.text.length < KNOWN_MIN) return data;
  const own = (await similarTo(ctx, draft, actor, world)).filter((request) => isOwn(request, actor));
  const [first] = own;
  if (!first) return data;
  const said = `贵单位${dayOf(first.events[0]?.at ?? ctx.now, ctx.now)}已就同一处报过 ${first.number}“${shorten(first.text, 40)}”(${[leadOf(first), statusWord(first, world.policies[first.kind])].join(',')})。是同一件的,请回复“不另报”;不是的,可以提交。`;
  return { ...data, note: [note, said].filter(Boolean).join('\n'), known: own.map(({ number }) => number) };
}
const KNOWN_MIN = 4;

/** 我跟着他那件 不另报: nothing is filed, and that case is spoken of. */
export const keepToKnown = ({ ctx }: Acting, number: string): Effect[] => [
  replyText(`好的,没有重复提交。有新情况可发送“补充 ${number} 内容”。`),
  setSession(sessionOn(ctx, { request: number })),
];

const WORDS_OF_DAYS = ['今天', '昨天', '前天'];

function dayOf(at: number, now: number): string {
  const today = toLocal(now).date;
  const index = WORDS_OF_DAYS.findIndex((_, i) => addDays(today, -i) === toLocal(at).date);
  return WORDS_OF_DAYS[index] ?? formatInstant(at, now).slice(0, formatInstant(at, now).indexOf('('));
}

/** Only what was offered: a request of others is known by its likeness to the draft, not by its number. */
export async function join(
  { ctx, world, actor }: Acting,
  { draft, similar }: DraftFlow,
  meant = numberIn(ctx),
): Promise<Effect[]> {
  const number = similar.find((it) => it === meant);
  const request = number ? await ctx.read.getRequest(number) : null;
  if (!request) return [replyText('没有查到这件请求,或不能并入,请重新提交。')];
  const { text, attachments, conversation } = draft;
  const outcome = tryApply(() =>
    applyMove(caseOf(request, world, ctx.now), { kind: 'join', conversation, text, attachments }, actor),
  );
  if (!outcome.ok) return [replyText(outcome.reason), refusalRecord('join', actor, request)];
  return [
    ...effectsOfChange(request, outcome.request, world, ctx.now, ctx.update.conversation),
    replyText(`已并入 ${request.number},进展会同步告知您。`),
    setSession(sessionOn(ctx, { request: request.number })),
  ];
}

/** The answer in words: one that could be joined is joined; the own unit's is not filed twice; of several it is asked again. */
export async function answerSimilar(
  acting: Acting,
  data: DraftFlow,
  submit: () => Promise<Effect[]>,
): Promise<Effect[]> {
  const { ctx, actor } = acting;
  if (sameAnswer(ctx.text) === 'other') return submit();
  const similar = await offeredIn(ctx, data);
  const [only] = similar;
  if (!only || similar.length > 1) return askAgain(acting, data, similar);
  if (!isOwn(only, actor)) return join(acting, data, only.number);
  return keepToKnown(acting, only.number);
}

const offeredIn = async ({ read }: Context, { similar }: DraftFlow): Promise<Request[]> =>
  (await Promise.all(similar.map((number) => read.getRequest(number)))).filter((it) => it !== null);

const askAgain = (acting: Acting, data: DraftFlow, similar: Request[]): Effect[] => [
  replyCard(similarCard(similar, acting)),
  setSession(sessionOn(acting.ctx, { flow: { intent: 'file_request', asks: '', data, isDraft: true } })),
];

/** The question once more, after something else was said. */
export const similarAgain = async (acting: Acting, data: DraftFlow): Promise<Effect[]> =>
  askAgain(acting, data, await offeredIn(acting.ctx, data));
