/** 合并 and 拆分 by the coordinating desk: both numbers, read back, then done. */
import type { Card } from '../core/card.js';
import { replyCard, replyText, setSession } from '../core/effects.js';
import type { Request } from '../core/request.js';
import type { Effect, Handler } from '../core/types.js';
import { caseOf } from '../requests/case.js';
import { effectsOfChange } from '../requests/effects.js';
import { joinRequests, whyNotDesk, type Joining, type Pair } from '../requests/merging.js';
import { currentLead, isActive, mergedInto } from '../requests/log.js';
import { requestsOf } from '../requests/concerned.js';
import { actsFor } from '../requests/permissions.js';
import { isTownshipUnit } from '../organizations/names.js';
import { parseRequestNumbers } from '../requests/numbers.js';
import { CONFIRM, isNo, isYes } from '../requests/yes-no.js';
import { shorten } from '../text/shorten.js';
import { tokenOf } from '../text/token.js';
import { commandOf } from './shared/act-words.js';
import { isCancel } from './shared/cancel.js';
import { leadOf } from '../requests/words.js';
import { MergeFlow, type ActFlow } from './shared/flow-shapes.js';
import type { Said } from './shared/move.js';
import { readBackCard } from './shared/read-back.js';
import { addSupport } from './transfer_request.js';
import { AGAIN, flowData } from './shared/flows.js';
import {
  byActor,
  refusalRecord,
  sessionOn,
  tryActs,
  tryApply,
  unknownRequest,
  visibleRequest,
  type Acting,
} from './shared/requests.js';
import type { HandlerDeps } from './deps.js';

const INTENT = 'merge_request';

export function createMergeRequest(deps: HandlerDeps): Handler {
  return byActor(deps, async (acting) => {
    const { ctx, actor } = acting;
    const { action = '', value = '' } = ctx.match.slots;
    const flow = flowData(ctx, INTENT, MergeFlow);
    if (action === 'confirm-merge') return pressed(acting, flow, value);
    if (flow && (ctx.match.via === 'flow' || action === AGAIN || action === 'said'))
      return answered(acting, flow, action === AGAIN);
    const text = ctx.update.kind === 'message' ? ctx.update.text : ctx.text;
    const joining: Joining =
      ctx.match.slots['joining'] === 'split' || /拆|split/i.test(`${commandOf(ctx)} ${text}`)
        ? 'split'
        : 'merge';
    const refusedAtOnce = whyNotDesk(joining, actor);
    if (refusedAtOnce !== null) {
      const refusal = [replyText(refusedAtOnce), refusalRecord(joining, actor)];
      return joining === 'split' ? [...refusal, ...(await helpInstead(acting, text))] : refusal;
    }
    const numbers = parseRequestNumbers(text);
    const [first, second = await mergedWith(acting, joining, numbers)] = numbers;
    if (first === undefined || second === undefined || numbers.length > 2) return [replyText(HOW[joining])];
    const found = await Promise.all([first, second].map((it) => visibleRequest(ctx, actor, it)));
    const missing = [first, second].filter((_, i) => !found[i]);
    if (missing.length > 0) return missing.map((number) => unknownRequest(number));
    const [one, other] = found as [Request, Request];
    const pair = joining === 'split' ? splitPair(one, other) : mergePair(one, other, text);
    return readBack(acting, { joining, pair, reason: reasonIn(text, numbers) });
  });
}

/** 拆出来, of the later one alone: the one that it was merged into is known. */
async function mergedWith({ ctx, actor }: Acting, joining: Joining, [only, other]: string[]) {
  if (joining !== 'split' || only === undefined || other !== undefined) return undefined;
  const request = await visibleRequest(ctx, actor, only);
  return (request && mergedInto(request)) ?? undefined;
}

const HOW: Readonly<Record<Joining, string>> = {
  merge: '请写明两件请求的编号,如“合并 QS-2026-000001 QS-2026-000002 同一处路灯”:后提交的并入先提交的。',
  split: '请写明两件请求的编号,如“拆分 QS-2026-000001 QS-2026-000002 不是同一处”:把后并入的拆出来单独办理。',
};

/**
 * 拆分 电瓶车我们办,消火栓没水的拆出来给住建局, by the lead, who may not split: the unit that it names can be asked to help with
 * its part; that is read back.
 */
async function helpInstead(acting: Acting, text: string): Promise<Effect[]> {
  const { ctx, world, actor } = acting;
  const units = new Set(world.directory.mentions(text).map(({ unit }) => unit));
  const others = [...units].filter((unit) => !actsFor(actor, unit) && !isTownshipUnit(unit));
  const led = (await requestsOf(ctx.read, actor)).filter((request) => {
    const lead = currentLead(request);
    return lead !== null && isActive(lead) && actsFor(actor, lead.organization);
  });
  const request =
    led.find(({ number }) => number === ctx.session?.request) ?? (led.length === 1 ? led[0] : null);
  if (!request || others.length !== 1) return [];
  const said: Said = { text: text.trim(), attachments: [] };
  if (addSupport.missing(said, { ctx, world, request }) !== null) return [];
  const acts = [addSupport.make(said, { ctx, world, request, actor })].flat();
  if (tryActs(acting, request, acts) !== null) return [];
  const { number } = request;
  const data: ActFlow = { move: 'add-support', number, ...said, isSure: false };
  return [
    replyText('可以先请其协办,由贵单位牵头;要拆成两件的,请联系督办。'),
    replyCard(readBackCard('transfer_request', 'add-support', { request, acts, world, actor, now: ctx.now })),
    setSession(
      sessionOn(ctx, { request: number, flow: { intent: 'transfer_request', asks: CONFIRM, data } }),
    ),
  ];
}

/** The later one goes into the earlier one; 并入 says it otherwise. */
function mergePair(one: Request, other: Request, text: string): Pair {
  if (/并入|并到|合并到|合到/.test(text)) return { into: other, from: one };
  return one.number < other.number ? { into: one, from: other } : { into: other, from: one };
}

const splitPair = (one: Request, other: Request): Pair =>
  mergedInto(one) === other.number ? { into: other, from: one } : { into: one, from: other };

/** What stands behind the numbers. */
const reasonIn = (text: string, numbers: string[]): string => {
  const last = numbers.at(-1)?.slice(-3) ?? '';
  const end = text.lastIndexOf(last);
  return end === -1
    ? ''
    : text
        .slice(end + last.length)
        .replace(/^[\s,\uff0c。:\uff1a]*(?:(?:中|里)?拆(?:分|出|开)(?:来)?)?[\s,\uff0c。:\uff1a]*/, '')
        .trim();
};

type Wanted = { joining: Joining; pair: Pair; reason: string };

const tried = ({ ctx, world, actor }: Acting, { joining, pair, reason }: Wanted) =>
  tryApply(() => joinRequests(joining, pair, { actor, reason }, caseOf(pair.into, world, ctx.now)));

function readBack(acting: Acting, wanted: Wanted): Effect[] {
  const { ctx } = acting;
  const outcome = tried(acting, wanted);
  if (!outcome.ok) return refused(acting, wanted, outcome.reason);
  const { joining, pair, reason } = wanted;
  const data: MergeFlow = { joining, into: pair.into.number, from: pair.from.number, reason };
  return [
    replyCard(cardOf(wanted)),
    setSession(sessionOn(ctx, { request: pair.into.number, flow: { intent: INTENT, asks: CONFIRM, data } })),
  ];
}

const refused = ({ ctx, actor }: Acting, { joining, pair }: Wanted, reason: string): Effect[] => [
  replyText(reason),
  refusalRecord(joining, actor, pair.into),
  setSession(sessionOn(ctx, { request: pair.into.number })),
];

const nameOf = (request: Request): string => {
  const who = request.callers.map((c) => c.organization).join('、');
  return `${request.number}“${shorten(request.text, 24)}”(${who}提出,${leadOf(request)}主办)`;
};

function sentenceOf({ joining, pair: { into, from }, reason }: Wanted): string {
  const why = reason === '' ? '' : `理由:${reason}。`;
  return joining === 'merge'
    ? `将把 ${nameOf(from)}并入 ${nameOf(into)}:${from.number} 不再单独办理,由${leadOf(into)}一并办理,两件的请求单位和承办单位都会收到通知。${why}确认?`
    : `将把 ${nameOf(from)}从 ${nameOf(into)}中拆出,重新单独办理,两件的请求单位和承办单位都会收到通知。${why}确认?`;
}

function cardOf(wanted: Wanted): Card {
  const sentence = sentenceOf(wanted);
  return {
    title: wanted.joining === 'merge' ? '请核对:合并' : '请核对:拆分',
    blocks: [{ kind: 'text', text: `${sentence}(回复“取消”可放弃)` }],
    buttons: [{ id: 'confirm-merge', label: '确认', value: valueOf(wanted), style: 'primary' }],
  };
}

const valueOf = (wanted: Wanted): string => `${wanted.pair.into.number} ${tokenOf(sentenceOf(wanted))}`;

async function wantedOf({ ctx, actor }: Acting, flow: MergeFlow): Promise<Wanted | null> {
  const into = await visibleRequest(ctx, actor, flow.into);
  const from = await visibleRequest(ctx, actor, flow.from);
  return into && from ? { joining: flow.joining, pair: { into, from }, reason: flow.reason } : null;
}

const OUTDATED = '这一步已失效,没有办理。请重新发起。';

async function pressed(acting: Acting, flow: MergeFlow | null, value: string): Promise<Effect[]> {
  const wanted = flow && (await wantedOf(acting, flow));
  if (!wanted || value !== valueOf(wanted)) return [replyText(OUTDATED)];
  return carryOut(acting, wanted);
}

async function answered(acting: Acting, flow: MergeFlow, isAgain: boolean): Promise<Effect[]> {
  const { ctx } = acting;
  const wanted = await wantedOf(acting, flow);
  if (!wanted) return [replyText(OUTDATED), setSession(sessionOn(ctx, {}))];
  if (!isAgain && isYes(ctx.text)) return carryOut(acting, wanted);
  if (!isAgain && (isCancel(ctx.text) || isNo(ctx.text)))
    return [replyText('好的,已取消,没有办理。'), setSession(sessionOn(ctx, {}))];
  return readBack(acting, wanted);
}

function carryOut(acting: Acting, wanted: Wanted): Effect[] {
  const { ctx, world } = acting;
  const { joining, pair } = wanted;
  const outcome = tried(acting, wanted);
  if (!outcome.ok) return refused(acting, wanted, outcome.reason);
  const effectsOf = (before: Request, after: Request) =>
    effectsOfChange(before, after, world, ctx.now, ctx.update.conversation);
  const { number } = pair.from;
  return [
    ...effectsOf(pair.from, outcome.from),
    ...effectsOf(pair.into, outcome.into),
    replyText(
      joining === 'merge'
        ? `已将 ${number} 并入 ${pair.into.number},有关单位已收到通知。`
        : `已将 ${number} 从 ${pair.into.number} 拆出,重新单独办理。`,
    ),
    setSession(sessionOn(ctx, { request: pair.into.number })),
  ];
}
