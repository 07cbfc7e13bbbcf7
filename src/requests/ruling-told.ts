/**
 * A ruling that was asked for gives nobody a part in the case that asked: the units that it names are told of it, of its correction
 * and of its end, and called for separately by who asked. Pure.
 */
import type { Conversation } from '../core/chat.js';
import { send } from '../core/effects.js';
import type { Request, RequestEvent } from '../core/request.js';
import type { Effect } from '../core/types.js';
import { shorten } from '../text/shorten.js';
import { rulingInForce, ruledDepartment } from './log.js';
import { noticeOccurrence } from './notice-lost.js';
import { orCall } from './phones.js';
import { nextChats, reachOf, unique, type Reaching } from './reach.js';
import { toActor, toCallers } from './unreached.js';

type Ruled = { lead: string; support: string[] };

const OFFICES: ReadonlySet<string | null> = new Set(['deadline-office', 'duty', null]);

/** One message to each unit that it names, or has named before. */
export function rulingNotices(event: RequestEvent, on: Reaching): Effect[] {
  const change = changeBy(event, on.request);
  if (!change) return [];
  return concerned(change, on).flatMap((unit) => {
    const text = textFor(unit, change, event, on.request);
    return sendTo(unit, text, { event, on, chats: chatsOf(unit, on) });
  });
}

type Sending = { event: RequestEvent; on: Reaching; chats: readonly Conversation[] };

function sendTo(unit: string, text: string, { event, on, chats }: Sending): Effect[] {
  const occurrence = noticeOccurrence(on.request, unit, 'ruled', event);
  return unique(chats).map((chat) => ({ ...send(chat, { text }), occurrence }) as Effect);
}

/** After it did not arrive at `chat` of the unit, with that in the log: others of the unit, or who asked and who ruled learn of it. */
export function ruledAgain(event: RequestEvent, unit: string, on: Reaching, chat: string): Effect[] {
  const { request } = on;
  const change = changeBy(event, request);
  if (!change) return [];
  const next = nextChats((then) => chatsOf(unit, then), on, chat);
  if (next !== null) return sendTo(unit, textFor(unit, change, event, request), { event, on, chats: next });
  const text = `${NAMES[event.kind] ?? '裁定'}没有送达${unit},请另行电话告知${callText([unit], on)}`;
  return [...toCallers(text, on), ...toActor(event, text, on)];
}

const callText = (units: readonly string[], on: Reaching): string =>
  units.map((unit) => orCall(unit, on, false)).join('');

/** What the caller hears of that, and what there is to do: null where the event is no ruling that was asked for. */
export function ruledNext(event: RequestEvent, on: Reaching): string | null {
  const change = changeBy(event, on.request);
  if (!change) return null;
  const units = concerned(change, on);
  const lost = units.filter((unit) => chatsOf(unit, on).length === 0);
  const told = units.filter((unit) => !lost.includes(unit));
  const lead = ruledDepartment(on.request);
  return [
    told.length > 0 ? `已将${NAMES[event.kind] ?? '裁定'}发给${told.join('、')}。` : '',
    lost.length > 0 ? `${lost.join('、')}没有可以送达的人员,请另行电话告知${callText(lost, on)}。` : '',
    lead !== null ? `裁定只确定由谁负责;需要${lead}办理的,请点卡片上的“呼叫裁定单位”。` : '',
  ].join('');
}

const NAMES: Partial<Record<RequestEvent['kind'], string>> = {
  'ruling-corrected': '更正后的裁定',
  'ruling-withdrawn': '撤销裁定的通知',
};

type Change = { was: Ruled | null; is: Ruled | null };

/** A case that goes on with the ruled units has them among its parties, who are told as such. */
function changeBy(event: RequestEvent, request: Request): Change | null {
  if (request.kind !== 'ruling' || !KINDS.has(event.kind)) return null;
  const at = request.events.findIndex((it) => it === event);
  const until = (end: number) => ruledIn(rulingInForce({ events: request.events.slice(0, end) }));
  return at < 0 ? null : { was: until(at), is: until(at + 1) };
}
const KINDS: ReadonlySet<RequestEvent['kind']> = new Set(['ruled', 'ruling-corrected', 'ruling-withdrawn']);

const ruledIn = (ruling: RequestEvent | null): Ruled | null =>
  ruling && {
    lead: String(ruling.facts?.['lead'] ?? ''),
    support: String(ruling.facts?.['support'] ?? '')
      .split('、')
      .filter(Boolean),
  };

/** Who asked is told as the caller. */
function concerned({ was, is }: Change, { request, policy }: Reaching): string[] {
  const named = [is, was].flatMap((it) => (it ? [it.lead, ...it.support] : []));
  const parties = [policy.listOffice, ...request.callers.map(({ organization }) => organization)];
  return [...new Set(named)].filter((unit) => unit !== '' && !parties.includes(unit));
}

/** Nobody stands in for the unit here: there is nothing to do in its place. */
function chatsOf(unit: string, on: Reaching) {
  const { way, chats } = reachOf(unit, on);
  return OFFICES.has(way) ? [] : chats;
}

function textFor(
  unit: string,
  { was, is }: Change,
  { kind, by, text }: RequestEvent,
  request: Request,
): string {
  const origin = request.callers[0]?.organization ?? '';
  const head = `${by?.organization ?? '编办'}${VERBS[kind] ?? ''} ${request.number}(${origin}申请裁定:${shorten(request.text, 40)})`;
  const said = text ? `:${text}` : '';
  const before = was && partOf(unit, was);
  const now = is && partOf(unit, is);
  const what = now
    ? `由${now}`
    : `此前的裁定(由${before ?? '贵单位负责'})不再有效${is ? `,改由${is.lead}负责` : ''}`;
  return `${head},${what}${said}。${now ? '特此告知,不需要签收;需要办理的,请求单位会另行呼叫。' : ''}`;
}

const VERBS: Partial<Record<RequestEvent['kind'], string>> = {
  ruled: '裁定',
  'ruling-corrected': '更正裁定',
  'ruling-withdrawn': '撤销裁定',
};

function partOf(unit: string, { lead, support }: Ruled): string | null {
  const others = support.filter((it) => it !== unit);
  const beside = others.length > 0 ? `,${others.join('、')}配合` : '';
  if (unit === lead) return `贵单位负责${beside}`;
  return support.includes(unit) ? `${lead}负责,贵单位配合` : null;
}
