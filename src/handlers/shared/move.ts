/** A move on a request by message or button: which request, what is still missing, then the move. One engine for all moves. */
import { replyCard, replyForm, replyText, setSession } from '../../core/effects.js';
import type { Filled } from '../../core/form.js';
import type { Request } from '../../core/request.js';
import type { Context, Effect, Handler } from '../../core/types.js';
import { filledIn } from '../../nlu/filled.js';
import { withoutNumber } from '../../nlu/slots.js';
import { caseOf } from '../../requests/case.js';
import type { RequestWorld } from '../../requests/effects.js';
import { refusalOf } from '../../requests/concerned.js';
import { endsAsking, isProgress } from '../../requests/move-words.js';
import type { Act, Actor, Move } from '../../requests/moves.js';
import {
  byActor,
  carryOut,
  numberIn,
  refusalRecord,
  refuse,
  sessionOn,
  tryActs,
  tryApply,
  visibleRequest,
  type Acting,
} from './requests.js';
import type { HandlerDeps } from '../deps.js';
import { isCancel } from './cancel.js';
import { AGAIN } from './flows.js';
import { chooseAgain, findRequest, pickAmong } from './find-request.js';
import { MoveFlow, type ActFlow, type ChoiceFlow } from './flow-shapes.js';
import { mustReadBack, readBackCard, sentenceOf, valueOf, type Doubts } from './read-back.js';
import { flowData } from './flows.js';
import { formId, formOf, moveForm, namesNoUnit, readFormValue, type MoveForm } from './move-form.js';
import { CONFIRM, isNo, isYes } from '../../requests/yes-no.js';
import type { Attachment } from '../../core/chat.js';

/** What has been said so far; kept in the session between the steps. */
export type Said = { text: string; attachments: Attachment[]; filled?: Filled };

export type MoveSpec = {
  move: Move;
  /** Whether the text is part of this move; the first spec of an intent whose test holds is meant. */
  isMeant: (input: Acting & { action: string; text: string }) => boolean;
  /** What to ask for when the text does not hold it, or null when all is there. */
  missing: (said: Said, input: { ctx: Context; world: RequestWorld; request: Request }) => string | null;
  make: (
    said: Said,
    input: { ctx: Context; world: RequestWorld; request: Request; assignment?: string; actor: Actor },
  ) => Act | Act[];
  /** Said behind the number when it is done. */
  done: string | ((acts: Act[], request: Request, acting: Acting) => string);
  /** Of words that were not said for it: whether they may stand as it without being read back. */
  isPlain?: (text: string) => boolean;
  /** Where there are forms; one with a field for the words when absent. */
  form?: MoveForm;
  /** The word that calls the move says all of it: 满意. */
  isCalledByItself?: boolean;
};

type Engine = { acting: Acting; intent: string; specs: MoveSpec[] };
type On = { request: Request; assignment?: string; doubts: Doubts };

/** `specs` in the order in which they are tried; the last one is meant when no other is. */
export function createAct(deps: HandlerDeps, intent: string, specs: MoveSpec[]): Handler {
  return byActor(deps, async (acting) => {
    const { ctx } = acting;
    const engine: Engine = { acting, intent, specs };
    const { action = '', move = '', value = '', implied = '' } = ctx.match.slots;
    const flow = flowData(ctx, intent, MoveFlow);
    if (action.startsWith('confirm-')) return pressed(engine, flow, value);
    if (action === formId(intent)) return submitted(engine, flow, value);
    const isChoice = flow !== null && 'among' in flow;
    // 满意 is also what was asked for.
    const isAnswer = ctx.match.via === 'command' && numberIn(ctx) === null && ctx.raw === '';
    if (flow && (ctx.match.via === 'flow' || isAnswer || action === 'said' || action === AGAIN))
      return isChoice ? goOnChoosing(engine, flow) : goOn(engine, flow);
    const number = numberIn(ctx);
    // What was said before the choice is still said.
    if (action.startsWith('pick-') && isChoice && number !== null && flow.among.includes(number))
      return goOnWith(engine, flow, number, { isSure: true, isCertain: true, isNamed: true });
    const text = withoutNumber(ctx.raw);
    const spec =
      specs.find((s) => s.move === move) ??
      specs.find((s) => s.isMeant({ ...acting, action, text })) ??
      specs.at(-1);
    if (!spec) throw new Error(`${intent}: no move`);
    const isPressed = action !== '' && ctx.match.via !== 'example';
    const words = text === '' && spec.isCalledByItself ? spokenIn(ctx) : text;
    const said: Said = { text: isPressed ? '' : words, attachments: attachmentsOf(ctx) };
    const found = await findRequest(acting, { move: spec.move, intent, ...said, isOf: ofKind(ctx) });
    if ('effects' in found) return found.effects;
    const doubts: Doubts = {
      isSure: isPressed || (number !== null && isCommanded(ctx, deps, intent)),
      isCertain: found.isCertain,
      isNamed: implied !== 'doubtful' && isNamed(ctx, spec, implied !== '', move !== ''),
    };
    return step(engine, spec, { ...found, doubts }, said);
  });
}

/** 满意 and 评价 also begin ordinary sentences; with a number behind them they are commands. */
function isCommanded({ match, update }: Context, { intents }: HandlerDeps, intent: string): boolean {
  if (match.via === 'command') return true;
  const word =
    update.kind === 'message' ? (/^\/?([a-z]+|[\u4e00-\u9fff]+)/i.exec(update.text.trim())?.[1] ?? '') : '';
  return intents.some(({ id, commands }) => id === intent && commands.includes(word));
}

/** 同意 to a 征求意见 is an answer to that kind alone. */
const ofKind =
  ({ match }: Context) =>
  ({ kind }: Request): boolean =>
    match.slots['kind'] === undefined || match.slots['kind'] === kind;

function isNamed(ctx: Context, spec: MoveSpec, isImplied: boolean, isRead: boolean): boolean {
  const plain = spec.isPlain;
  if (ctx.match.via === 'command' && endsAsking(ctx.text)) return false;
  if (ctx.match.via === 'command')
    return plain === undefined || !isProgress(ctx.text) || plain(ctx.text) || isOrdered(ctx);
  if (isRead && !isImplied) return true;
  return plain?.(ctx.text) ?? false;
}

/** 接单,明天上午去家里: the word stands by itself, and what follows takes nothing of it back. */
const isOrdered = ({ text, update, match: { intent } }: Context): boolean =>
  intent === 'sign_request' &&
  update.kind === 'message' &&
  /^\/?[\u4e00-\u9fff]{2,4}[,\uff0c。!\uff01\s]/.test(update.text.trim()) &&
  !/等|先|再|没|不|才|要是|如果|[?\uff1f吗]/.test(text);

/** The button under what was read back. */
async function pressed(engine: Engine, flow: ActFlow | ChoiceFlow | null, value: string): Promise<Effect[]> {
  const { ctx, world, actor } = engine.acting;
  const spec = engine.specs.find(({ move }) => move === flow?.move);
  const request =
    flow && !('among' in flow) && ctx.session?.flow?.asks === CONFIRM
      ? await visibleRequest(ctx, actor, flow.number)
      : null;
  if (!flow || 'among' in flow || !spec || !request) return [replyText(OUTDATED)];
  const on = { request, ...(flow.assignment && { assignment: flow.assignment }) };
  const acts = [spec.make(flow, { ctx, world, actor, ...on })].flat();
  const sentence = sentenceOf({ request, acts, world, actor, now: ctx.now });
  if (value !== valueOf(request, sentence)) return [replyText(OUTDATED)];
  return carryOut(engine.acting, request, acts, doneBy(spec, acts, request, engine.acting));
}

/**
 * Filled in for what the person was asked it acts; else (the dialogue is over, somebody else fills it in) what was written is
 * not lost, but read back.
 */
async function submitted(
  engine: Engine,
  flow: ActFlow | ChoiceFlow | null,
  value: string,
): Promise<Effect[]> {
  const { ctx, actor } = engine.acting;
  const { number, assignment, move } = readFormValue(value);
  const spec = engine.specs.find((it) => it.move === move);
  const request = await visibleRequest(ctx, actor, number);
  if (!spec || !request) return [replyText(OUTDATED)];
  const isAsked = flow !== null && !('among' in flow) && flow.number === number && flow.move === move;
  const filled = filledIn(ctx.match);
  const text = formOf(spec.form).wordsOf(filled).trim();
  if (!isAsked && isKnown(request, actor, text)) return [replyText(`${number} 已收到,没有重复办理。`)];
  const said: Said = { text, attachments: isAsked ? flow.attachments : [], filled };
  const doubts = { isSure: isAsked, isCertain: true, isNamed: true };
  const isOpen = isAsked && ctx.session?.flow?.asks !== CONFIRM;
  return step(engine, spec, { request, ...(assignment && { assignment }), doubts }, said, !isOpen);
}

/** Pressed twice: the words are the person's last on it. */
const isKnown = ({ events }: Request, { account }: Actor, text: string): boolean =>
  events.findLast(({ by }) => by?.account === account)?.text === text;

const OUTDATED = '这一步已失效,没有办理。请重新发起。';

async function goOn(engine: Engine, flow: ActFlow): Promise<Effect[]> {
  const { ctx, actor } = engine.acting;
  if (isCancel(ctx.text)) return [replyText('好的,已取消,没有办理。'), setSession(sessionOn(ctx, {}))];
  const asks = ctx.session?.flow?.asks;
  const isAgain = ctx.match.slots['action'] === AGAIN;
  const spec = engine.specs.find(({ move }) => move === flow.move);
  const request = await visibleRequest(ctx, actor, flow.number);
  if (!spec || !request) return [replyText('请重新发起。'), setSession(sessionOn(ctx, {}))];
  const doubts = { isSure: flow.isSure, isCertain: true, isNamed: true };
  const on: On = { request, ...(flow.assignment && { assignment: flow.assignment }), doubts };
  if (isAgain) return step(engine, spec, on, flow, asks === CONFIRM);
  if (asks === CONFIRM) return confirmed(engine, spec, on, flow);
  const words = ctx.raw || spokenIn(ctx);
  const before = isOnlyCalled(engine, spec, { request, flow, words }) ? '' : flow.text;
  const said: Said = {
    text: [before, words].filter(Boolean).join('\n'),
    attachments: [...flow.attachments, ...attachmentsOf(ctx)],
  };
  return step(engine, spec, on, said);
}

/** 这件退了, and then why: what only called the move is no part of its reason. */
function isOnlyCalled(
  { acting: { ctx, world } }: Engine,
  { move, missing }: MoveSpec,
  { request, flow, words }: { request: Request; flow: ActFlow; words: string },
): boolean {
  if (!OF_WORDS.has(move) || flow.text.length > CALLED_MAX || /\d/.test(flow.text)) return false;
  if (world.directory.mentions(flow.text).length > 0) return false;
  return missing({ text: words, attachments: [] }, { ctx, world, request }) === null;
}
const OF_WORDS: ReadonlySet<Move> = new Set(['return', 'pause', 'ask-extension', 'reopen']);
const CALLED_MAX = 8;

/** What is said to what was read back: yes, no, or how it should be. */
function confirmed(engine: Engine, spec: MoveSpec, on: On, flow: ActFlow): Effect[] {
  const { ctx, world, actor } = engine.acting;
  if (isYes(ctx.text)) {
    const acts = [spec.make(flow, { ctx, world, actor, ...on })].flat();
    return carryOut(engine.acting, on.request, acts, doneBy(spec, acts, on.request, engine.acting));
  }
  if (isNo(ctx.text)) return [replyText('好的,已取消,没有办理。'), setSession(sessionOn(ctx, {}))];
  const said: Said = { text: ctx.raw, attachments: flow.attachments };
  const isAnother = spec.missing(said, { ctx, world, request: on.request }) === null;
  return step(engine, spec, on, isAnother && spec.move !== 'withdraw' ? said : flow, true);
}

async function goOnChoosing(engine: Engine, flow: ChoiceFlow): Promise<Effect[]> {
  const { ctx } = engine.acting;
  if (isCancel(ctx.text)) return [replyText('好的,已取消,没有办理。'), setSession(sessionOn(ctx, {}))];
  const picked = ctx.match.slots['action'] === AGAIN ? null : await pickAmong(engine.acting, flow);
  if (picked) return goOnWith(engine, flow, picked.number, { isSure: false, isCertain: true, isNamed: true });
  return chooseAgain(engine.acting, engine.intent, flow);
}

async function goOnWith(engine: Engine, flow: ChoiceFlow, number: string, doubts: Doubts): Promise<Effect[]> {
  const { ctx, actor } = engine.acting;
  const spec = engine.specs.find(({ move }) => move === flow.move);
  const request = await visibleRequest(ctx, actor, number);
  if (!spec || !request) return [replyText('请重新发起。'), setSession(sessionOn(ctx, {}))];
  return step(engine, spec, { request, doubts }, flow);
}

function step(engine: Engine, spec: MoveSpec, on: On, said: Said, isAsked = false): Effect[] {
  const { acting, intent } = engine;
  const { ctx, world, actor } = acting;
  const { request, assignment, doubts } = on;
  // Nobody is asked for words that would be refused anyway.
  const refused = tryApply(() => ({
    reason: refusalOf(spec.move, assignment, actor, caseOf(request, world, ctx.now)),
  }));
  if (refused.reason !== null) return refuse(acting, request, spec.move, refused.reason);
  const data: ActFlow = {
    move: spec.move,
    number: request.number,
    ...(assignment && { assignment }),
    text: said.text,
    attachments: said.attachments,
    isSure: doubts.isSure,
    ...(said.filled && { filled: said.filled }),
  };
  const wait = (asks: string): Effect =>
    setSession(sessionOn(ctx, { request: request.number, flow: { intent, asks, data } }));
  const ask = (question: string): Effect[] => {
    const on = { ctx, world, request, text: said.filled?.['text'] ?? said.text };
    const form = moveForm(intent, { ...spec, assignment }, on);
    return [replyForm(`${request.number} ${question}(回复“取消”可放弃)`, form), wait(spec.move)];
  };
  if (said.filled && namesNoUnit(said.filled, world)) return ask('名录中没有这个单位,请重新选择。');
  const question = spec.missing(said, { ctx, world, request });
  if (question !== null) return ask(question);
  const acts = [spec.make(said, { ctx, world, actor, ...on })].flat();
  const readBack = { request, acts, world, actor, now: ctx.now };
  // What was filled in is put right where it stands.
  const wrong = said.filled ? tryActs(acting, request, acts) : null;
  if (wrong !== null) return [...ask(wrong), refusalRecord(spec.move, actor, request)];
  if (!isAsked && !mustReadBack(readBack, doubts))
    return carryOut(acting, request, acts, doneBy(spec, acts, request, engine.acting));
  // Nobody confirms what would be refused anyway.
  const trial = tryActs(acting, request, acts);
  if (trial !== null) return refuse(acting, request, spec.move, trial);
  return [replyCard(readBackCard(intent, spec.move, readBack)), wait(CONFIRM)];
}

const doneBy = ({ done }: MoveSpec, acts: Act[], request: Request, acting: Acting): string =>
  typeof done === 'string' ? done : done(acts, request, acting);

const spokenIn = ({ update }: Context): string => (update.kind === 'message' ? update.text.trim() : '');

const attachmentsOf = ({ update }: Context): Attachment[] =>
  update.kind === 'message' ? (update.attachments ?? []) : [];
