/** Which request a message means: by its number, by its words, by what was spoken of last, by being the only one. */
import { replyCard, setSession } from '../../core/effects.js';
import type { Button, Card } from '../../core/card.js';
import type { Request } from '../../core/request.js';
import type { Context, Effect } from '../../core/types.js';
import type { Attachment } from '../../core/chat.js';
import { parseChoice } from '../../nlu/match.js';
import { caseOf } from '../../requests/case.js';
import { refusalOf, requestsOf } from '../../requests/concerned.js';
import { isQuestion } from '../../requests/move-words.js';
import { MOVE_LABELS, type Move } from '../../requests/moves.js';
import { isContent, refer, wordsOf, type Reference } from '../../requests/referring.js';
import { replyText } from '../../core/effects.js';
import { leadOf } from '../../requests/words.js';
import { normalizeText } from '../../text/normalize.js';
import { shorten } from '../../text/shorten.js';
import {
  assignmentIn,
  numberIn,
  refusalRecord,
  refuse,
  sessionOn,
  tryApply,
  unknownRequest,
  visibleRequest,
  type Acting,
} from './requests.js';
import type { ChoiceFlow } from './flow-shapes.js';

/** Requests offered to choose from. */
const CHOICES = 6;

/** `isCertain`: by its number, by words that fit no other, or because there is no other. */
export type Found = { request: Request; assignment?: string; isCertain: boolean } | { effects: Effect[] };

export type Wanted = {
  move: Move;
  intent: string;
  text: string;
  attachments: Attachment[];
  /** Only requests of which this holds. */
  isOf?: (request: Request) => boolean;
};

export async function findRequest(acting: Acting, wanted: Wanted): Promise<Found> {
  const { ctx, world, actor } = acting;
  const { move, isOf = () => true } = wanted;
  const number = numberIn(ctx);
  if (number !== null) {
    const request = await visibleRequest(ctx, actor, number);
    // Whoever tries stands in the record, whether there is such a request or not.
    if (!request)
      return {
        effects: [
          unknownRequest(number, ctx.update.kind === 'message' ? ctx.update.text : ''),
          refusalRecord(move, actor),
        ],
      };
    const assignment = assignmentIn(ctx.match.slots['value'] ?? '');
    return { request, isCertain: true, ...(assignment && { assignment }) };
  }
  const whyNot = (request: Request) =>
    tryApply(() => ({ reason: refusalOf(move, undefined, actor, caseOf(request, world, ctx.now)) })).reason;
  const known = (await requestsOf(ctx.read, actor)).filter(isOf);
  const fitting = known.filter((request) => whyNot(request) === null);
  const reference = refer(wordsIn(acting, move, wanted.text), fitting);
  const last = ctx.session?.request ?? '';
  if (fitting.length === 0) {
    const meant = await impossible(acting, known, { move, text: wanted.text });
    const reason = meant && whyNot(meant);
    if (move === 'urge' && actor.roles.includes('county-leader')) return { effects: [replyText(BY_DESK)] };
    if (meant && reason) return { effects: refuse(acting, meant, move, reason) };
    const none = `目前没有可由您${MOVE_LABELS[move]}的请求。可发送“我的请求”或“待我办理”查看。`;
    return { effects: [replyText(none)] };
  }
  return chosen(acting, wanted, { fitting, reference, last });
}

const BY_DESK =
  '没有办理:县领导的要求由督办(县政府办公室)转给承办单位,请告诉督办要督办哪一件、什么时候要说法。可发送“待督办”查看需要督办的,发送“全县还有哪些没办的”查看全部在办的。';

/** The word that calls the move is no part of `text`; before a colon it says that what follows is content. */
function wordsIn({ ctx, world, actor }: Acting, move: Move, text: string) {
  const whole = ctx.update.kind === 'message' ? normalizeText(ctx.update.text) : '';
  const said = isContent(whole) && whole.endsWith(text.trim()) ? whole : text;
  return wordsOf({ text: said, now: ctx.now }, move, actor, world.directory);
}

/** The one that is meant although the move is not open on it: its reason is what the person has to know. */
async function impossible(
  acting: Acting,
  known: Request[],
  { move, text }: { move: Move; text: string },
): Promise<Request | null> {
  const { ctx, actor } = acting;
  const { basis, matches } = refer(wordsIn(acting, move, text), known);
  if (basis === 'named') return matches.length === 1 ? (matches[0] ?? null) : null;
  const last = ctx.session?.request ? await visibleRequest(ctx, actor, ctx.session.request) : null;
  return last ?? (known.length === 1 ? (known[0] ?? null) : null);
}

const TOLD: ReadonlySet<Move> = new Set(['note', 'reopen']);

function chosen(
  acting: Acting,
  wanted: Wanted,
  { fitting, reference, last }: { fitting: Request[]; reference: Reference; last: string },
): Found {
  const [only] = fitting;
  const { basis, matches, said } = reference;
  if (basis === 'named') {
    const [named] = matches;
    if (named && matches.length === 1) return { request: named, isCertain: true };
    if (matches.length > 1) return { effects: choose(acting, wanted, matches, '') };
    // 补充一下,还有一车运到双河去了; 我去看了还是满的,重新办: what is added to the only one, or why it is taken up again, may
    // speak of other things, and so may a view; that is read back.
    const isView = wanted.move === 'answer' && (only?.kind === 'confer' || only?.kind === 'consent');
    if (only && fitting.length === 1 && (TOLD.has(wanted.move) || isView))
      return { request: only, isCertain: false };
    return { effects: choose(acting, wanted, fitting, `没有与“${shorten(said, 20)}”相符的请求。`) };
  }
  if (only && fitting.length === 1) return { request: only, isCertain: true };
  const lastOne = fitting.find(({ number }) => number === last);
  const hinted = basis === 'hinted' ? matches[0] : undefined;
  // 滑梯看过了,这件结了吧: a word of the matter says more than what was spoken of last; either is read back.
  if (hinted && (!lastOne || reference.isOfMatter)) return { request: hinted, isCertain: false };
  const isOpen = wanted.move === 'note' && !hinted && isOneOfSeveral(acting, fitting);
  if (isOpen) return { effects: choose(acting, wanted, fitting, '') };
  if (lastOne && (!hinted || hinted.number === last)) return { request: lastOne, isCertain: false };
  return { effects: choose(acting, wanted, fitting, '') };
}

/** 已派人, right after two were signed one behind the other: neither is the one spoken of. */
const isOneOfSeveral = ({ ctx }: Acting, fitting: readonly Request[]): boolean =>
  fitting.filter(({ events }) => {
    const own = events.findLast(({ by }) => by !== null && by.name === ctx.person?.name);
    return own?.kind === 'signed' && ctx.now - own.at < RECENT_MS;
  }).length > 1;
const RECENT_MS = 10 * 60_000;

/** Asks which; what was said is kept. */
function choose({ ctx }: Acting, wanted: Wanted, candidates: Request[], remark: string): Effect[] {
  const { move, intent, text, attachments } = wanted;
  const shown = candidates.slice(0, CHOICES);
  const data: ChoiceFlow = { move, among: shown.map(({ number }) => number), text, attachments };
  const card = choiceCard(ctx, { move, intent, remark, shown, total: candidates.length });
  return [replyCard(card), setSession(sessionOn(ctx, { flow: { intent, asks: 'which', data } }))];
}

/** Those that were offered, once more. */
export async function chooseAgain(acting: Acting, intent: string, flow: ChoiceFlow): Promise<Effect[]> {
  const { ctx, actor } = acting;
  const offered = await Promise.all(flow.among.map((it) => visibleRequest(ctx, actor, it)));
  const { move, text, attachments } = flow;
  return choose(
    acting,
    { move, intent, text, attachments },
    offered.filter((it) => it !== null),
    '',
  );
}

type Choice = { move: Move; intent: string; remark: string; shown: Request[]; total: number };

function choiceCard(ctx: Context, { move, intent, remark, shown, total }: Choice): Card {
  const action = ctx.match.slots['action'];
  const id = action?.startsWith('req-') ? action : `pick-${intent.replace('_request', '')}`;
  const button = (request: Request): Button => ({
    id,
    label: `${request.number} ${shorten(request.text, 12)}`,
    value: request.number,
  });
  const many = total > shown.length ? `共 ${total} 件,下面是最近的 ${shown.length} 件。` : '';
  return {
    title: `请选择要${MOVE_LABELS[move]}的请求`,
    blocks: [
      { kind: 'text', text: `${remark}${many}请点选,或写明编号。` },
      ...shown.map((r) => ({
        kind: 'text' as const,
        text: `${r.number} ${shorten(r.text, 40)}(${leadOf(r)})`,
      })),
    ],
    buttons: shown.map(button),
  };
}

/** What answers "which one": "第二个", a number, "李庄的". Null where it names none or several. */
export async function pickAmong(acting: Acting, { move, among }: ChoiceFlow): Promise<Request | null> {
  const { ctx, actor } = acting;
  const number = numberIn(ctx) ?? among[(parseChoice(ctx.text) ?? 0) - 1] ?? null;
  if (number !== null) return among.includes(number) ? visibleRequest(ctx, actor, number) : null;
  if (isQuestion(ctx.text)) return null;
  const offered = await Promise.all(among.map((it) => visibleRequest(ctx, actor, it)));
  const requests = offered.filter((it) => it !== null);
  const words = { ...wordsIn(acting, move, ctx.text), hasTarget: false, isCaller: true };
  const { basis, matches } = refer(words, requests);
  if (basis === 'named') return matches.length === 1 ? (matches[0] ?? null) : null;
  const said = requests.filter(({ text, place }) => `${text} ${place}`.includes(ctx.text));
  return said.length === 1 ? (said[0] ?? null) : null;
}
