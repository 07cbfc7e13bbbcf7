/** What follows from a change of a request: it is stored, its timer set, its cards renewed, the other side told. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { send } from '../core/effects.js';
import { digestOf } from '../files/digest.js';
import { REQUEST_OCCURRENCE } from '../core/outbox.js';
import {
  ADOPTIONS,
  SAID,
  STATE,
  vouchedOf,
  type Assignment,
  type EventKind,
  type Request,
  type RequestEvent,
} from '../core/request.js';
import type { Effect } from '../core/types.js';
import type { Directory } from '../organizations/directory.js';
import { ADOPTION_LABELS } from './adoption.js';
import { caseOf, type RequestCase } from './case.js';
import { readableFor } from './confidential.js';
import { nextStepAt } from './ladder.js';
import { isActive } from './log.js';
import { morningsOf } from './morning.js';
import { LOW_RATING_STEP } from './moves.js';
import { placesOf, type Place } from './parties.js';
import { chatOf } from './reach.js';
import { unreachedAtOnce, unreachedNotices } from './unreached.js';
import type { Policies } from './policy.js';
import { requestCard } from './view.js';
import { conversationKey, type Conversation, type Platform } from '../core/chat.js';
import { recipientsOf } from '../organizations/recipients.js';
import { shorten } from '../text/shorten.js';

export type RequestWorld = {
  policies: Policies;
  calendar: Calendar;
  directory: Directory;
  /** Platforms that run: nobody is reached on the others. */
  platforms: ReadonlySet<Platform>;
  /** Whether a text tells of people in danger; nobody is where it is absent. */
  isDanger?: (text: string) => Promise<boolean>;
};

/** Events that the other side must not learn of by a silent change of a card. */
const TOLD: Partial<Record<EventKind, 'caller' | 'assignee' | 'both'>> = {
  answered: 'caller',
  returned: 'caller',
  transferred: 'caller',
  'extension-asked': 'caller',
  'extension-granted': 'assignee',
  'extension-refused': 'assignee',
  paused: 'caller',
  resumed: 'assignee',
  urged: 'assignee',
  'ruling-asked': 'caller',
  ruled: 'both',
  'admission-refused': 'caller',
  noted: 'both',
  reopened: 'assignee',
  withdrawn: 'assignee',
  'closed-unsolved': 'both',
  'handed-over': 'both',
};

export const timerKey = (number: string): string => `request:${number}`;

/**
 * `before` is null for a new request. `from` is the chat in which somebody acts: it is answered there, not told. The cards
 * of a new round are new messages, because a silent edit of an old card calls nobody.
 */
export function effectsOfChange(
  before: Request | null,
  after: Request,
  world: RequestWorld,
  now: number,
  from: Conversation | null,
): Effect[] {
  const on = caseOf(after, world, now);
  const events = after.events.slice(before?.events.length ?? 0);
  const places = placesOf({ ...on, ...world });
  const fromKey = from ? conversationKey(from) : '';
  return [
    {
      kind: 'request',
      request: { ...after, held: heldBy(places) },
      expectedVersion: before?.version ?? 0,
    },
    timerOf(on),
    ...morningsOf(on, world.directory),
    ...events.map((event, i) => recordOf(after, event, i === events.length - 1)),
    ...events.flatMap((event) => rulingOf(after, event)),
    ...events.flatMap((event) => reviewNotices(after, event, world)),
    ...events.flatMap((event) => unreachedNotices(event, { ...on, ...world })),
    ...(before ? [] : unreachedAtOnce({ ...on, ...world })),
    ...places.flatMap((place) => {
      const isHere = conversationKey(place.conversation) === fromKey;
      const read = readableFor(after, place.organization, place.side === 'caller');
      const heard = read.events.slice(before?.events.length ?? 0);
      const told = isHere ? [] : heard.flatMap((event) => noticesOf(read, event, place, before === null));
      return toldBackFrom(after, place, [cardEffect(on, place), ...told]);
    }),
  ];
}

/** The chats of each unit that words go to. */
export function heldBy(places: readonly Place[]): Record<string, string[]> {
  const held: Record<string, string[]> = {};
  for (const { reaches, isTold, conversation } of places)
    if (reaches !== undefined && isTold) (held[reaches] ??= []).push(conversationKey(conversation));
  return held;
}

/** How each of these ended is told back where it failed (`timers/unreached.ts`). */
export const toldBackFrom = ({ number }: Request, { reaches }: Place, effects: Effect[]): Effect[] =>
  effects.map((effect) =>
    reaches !== undefined && effect.kind === 'send'
      ? { ...effect, occurrence: `${REQUEST_OCCURRENCE}${number}:${reaches}` }
      : effect,
  );

/** The live card of one place, replaced where it stands. */
export function cardEffect(on: RequestCase, place: Place): Effect {
  const { conversation, organization, roles } = place;
  const card = requestCard(on, { organization, roles });
  return send(conversation, { card }, slotOf(on.request, conversation));
}

/** One live card for each chat and round. */
export function slotOf(request: Request, conversation: Conversation): string {
  const round = request.events.filter(({ kind }) => kind === 'reopened').length;
  return `${request.number}/${round}|${conversationKey(conversation)}`;
}

export function timerOf(on: RequestCase): Effect {
  const { number } = on.request;
  const key = timerKey(number);
  const runAt = nextStepAt(on);
  if (runAt === null) return { kind: 'cancel', key };
  const timer = { key, runAt, kind: 'request', payload: { number } };
  return { kind: 'schedule', timer };
}

/** One line for each event. Names and words stay out of the record; their hashes tell later whether they were changed. */
export function recordOf(request: Request, event: RequestEvent, isLast = true): Effect {
  const { number } = request;
  const { kind, assignment, made, facts, by } = event;
  const data = {
    event: kind,
    ...(by && { organization: by.organization }),
    ...(assignment && { assignment }),
    ...(made && { made }),
    ...Object.fromEntries(Object.entries(facts ?? {}).map(([key, value]) => [key, String(value)])),
    [SAID]: digestOf(event),
    ...(isLast && { [STATE]: digestOf(vouchedOf(request)) }),
  };
  return { kind: 'record', what: 'transition', request: number, data };
}

/** What the 编办 ruled becomes a precedent. */
function rulingOf(request: Request, { kind, at, by, text = '', facts }: RequestEvent): Effect[] {
  if (kind !== 'ruled' || !by) return [];
  const support = String(facts?.['support'] ?? '')
    .split('、')
    .filter(Boolean);
  const ruling = {
    request: request.number,
    at,
    matter: request.evidence?.matter ?? request.text,
    lead: String(facts?.['lead'] ?? ''),
    support,
    text,
    by: by.account,
  };
  return [{ kind: 'ruling', ruling }];
}

/** Words and pictures for a chat that the event concerns and whose people did not do it. */
function noticesOf(request: Request, event: RequestEvent, place: Place, isNew: boolean): Effect[] {
  const { by, attachments = [] } = event;
  const pictures = () =>
    attachments.map((attachment) => send(place.conversation, { attachment, text: `${request.number} 附件` }));
  if (isNew) return place.side === 'assignee' ? pictures() : [];
  const side = event.facts?.['isByLimit'] === true ? 'both' : TOLD[event.kind];
  if (!side || (side !== 'both' && side !== place.side)) return [];
  // A unit need not be told what it did itself, nor who had a part once what those have to do who have one now.
  if (!place.isTold || by?.organization === place.organization) return [];
  // Of words that are kept from this unit (confidential.ts) nothing is left to tell.
  if (event.kind === 'noted' && event.text === undefined && attachments.length === 0) return [];
  if (event.kind === 'urged' && !request.assignments.some((a) => isOwn(a, place) && isActive(a))) return [];
  return [send(place.conversation, { text: noticeText(request, event, place) }), ...pictures()];
}

/** A second low rating is looked into by the deadline office: it is told, since it has no card of the request. */
function reviewNotices(request: Request, event: RequestEvent, world: RequestWorld): Effect[] {
  if (event.kind !== 'escalated' || event.facts?.['step'] !== LOW_RATING_STEP) return [];
  const rated = request.events.findLast(({ kind }) => kind === 'rated');
  const words = rated?.text ? `评价说明:${rated.text}。` : '';
  const text = `${request.number}(${shorten(request.text, 20)})${event.text ?? ''}${words}发送“进度 ${request.number}”查看经过。`;
  return recipientsOf('', world.directory, 'deadline-office')
    .flatMap((person) => chatOf(person, world.platforms) ?? [])
    .map((chat) => send(chat, { text }));
}

const VERBS: Partial<Record<EventKind, string>> = {
  answered: '已答复',
  returned: '已退回',
  transferred: '已转办',
  'extension-asked': '申请延期',
  'extension-granted': '同意延期',
  'extension-refused': '不同意延期',
  paused: '请您补充材料,计时已暂停',
  resumed: '已补充材料,计时恢复',
  urged: '催办,请尽快办理',
  'ruling-asked': '已提请编办裁定',
  ruled: '已裁定',
  'admission-refused': '未准予交办',
  noted: '有补充说明',
  reopened: '认为尚未解决,请重新办理',
  withdrawn: '已撤回,不必再办',
  'closed-unsolved': '已按未解决结案',
  'handed-over': '提示',
};

/** What the reader can do next. */
const NEXT: Partial<Record<EventKind, string>> = {
  answered: '请核实是否解决并评价;未解决的,可重新办理。',
  returned: '您可以转给其他单位、提请编办裁定或撤回。',
  'extension-asked': '请答复是否同意。',
  paused: '请回复“补充 编号 内容”。',
  'handed-over': '本件由其单位继续办理,时限不变。',
};

const isOwn = (assignment: Assignment, { organization }: Place): boolean =>
  assignment.organization === organization;

/** Only an answer that completes the work is there to be rated. */
function nextStep({ kind, facts }: RequestEvent): string {
  if (kind === 'answered' && facts?.['completes'] !== true) return '其他承办单位仍在办理,办完后再请您评价。';
  if (kind === 'resumed') return '';
  return NEXT[kind] ?? '';
}

const ofAssignee = ({ kind }: RequestEvent): string =>
  kind === 'handed-over' ? '本件由贵单位继续办理,时限不变;请确定经办人,由其点“签收”接手。' : '';

function verbOf({ kind, facts }: RequestEvent): string {
  if (facts?.['isProgress'] === true) return '报告进展';
  if (facts?.['isByLimit'] === true) return '';
  const late = facts?.['isLate'] === true ? '(已超过时限)' : '';
  const adopted = ADOPTIONS.find((it) => it === facts?.['adopted']);
  const what = adopted === undefined ? '' : `:${ADOPTION_LABELS[adopted]}`;
  return `${VERBS[kind] ?? ''}${what}${late}`;
}

function noticeText(request: Request, event: RequestEvent, place: Place): string {
  const who = event.by?.organization ?? '系统';
  const text = event.text ? `:${event.text}` : '';
  const next = place.side === 'caller' ? nextStep(event) : ofAssignee(event);
  const absent = event.facts?.['absent'] === undefined ? '' : `(协办未参加:${String(event.facts['absent'])})`;
  const head = `${request.number}(${shorten(request.text, 20)}) ${who}${verbOf(event)}${absent}${text}`;
  return [/[。!?]$/.test(head) ? head : `${head}。`, next].filter(Boolean).join('');
}
