/** What the parties of a request are told in words when something happens to it. Pure. */
import { formatInstant } from '../calendar/local.js';
import { send } from '../core/effects.js';
import {
  ADOPTIONS,
  type Assignment,
  type EventKind,
  type Request,
  type RequestEvent,
} from '../core/request.js';
import type { Effect } from '../core/types.js';
import { shorten } from '../text/shorten.js';
import { ADOPTION_LABELS } from './adoption.js';
import { isActive } from './log.js';
import type { Place } from './parties.js';

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
  approved: 'caller',
  'approval-refused': 'caller',
  noted: 'both',
  reopened: 'assignee',
  withdrawn: 'assignee',
  'closed-unsolved': 'both',
  'handed-over': 'both',
  'lead-assigned': 'both',
  'ruling-corrected': 'both',
  'ruling-withdrawn': 'both',
  merged: 'both',
  split: 'both',
};

/** `ruled`: what was done about a ruling that was asked for (ruling-told.ts). */
export type Told = { isNew: boolean; ruled: string | null };

/** Words and pictures for a chat that the event concerns and whose people did not do it. */
export function noticesOf(
  request: Request,
  event: RequestEvent,
  place: Place,
  { isNew, ruled }: Told,
): Effect[] {
  const { by, attachments = [] } = event;
  const pictures = () =>
    attachments.map((attachment) => send(place.conversation, { attachment, text: `${request.number} 附件` }));
  if (isNew) return place.side === 'assignee' ? pictures() : [];
  const isForAll = event.facts?.['isByLimit'] === true || event.facts?.['splitFrom'] !== undefined;
  const side = isForAll ? 'both' : TOLD[event.kind];
  if (!side || (side !== 'both' && side !== place.side)) return [];
  // A unit need not be told what it did itself, nor who had a part once what those have to do who have one now.
  const isWithin = request.status === 'approval' || /^approv/.test(event.kind);
  if (!place.isTold || (by?.organization === place.organization && !isWithin)) return [];
  // Of words that are kept from this unit (confidential.ts) nothing is left to tell.
  if (event.kind === 'noted' && event.text === undefined && attachments.length === 0) return [];
  // Whoever came with the request that was merged has been told there.
  if (event.kind === 'merged' && namesIn(event, 'added').includes(place.organization)) return [];
  if (event.kind === 'urged' && !request.assignments.some((a) => isOwn(a, place) && isActive(a))) return [];
  return [send(place.conversation, { text: noticeText(request, event, place, ruled) }), ...pictures()];
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
  approved: '同意上报,已送承办单位',
  'approval-refused': '不同意上报',
  noted: '有补充说明',
  reopened: '认为尚未解决,请重新办理',
  withdrawn: '已撤回,不必再办',
  'closed-unsolved': '已按未解决结案',
  'handed-over': '提示',
  'ruling-withdrawn': '撤销裁定,重新确定责任单位',
};

const namesIn = ({ facts }: RequestEvent, key: string): string[] => String(facts?.[key] ?? '').split('、');

/** What the reader can do next. */
const NEXT: Partial<Record<EventKind, string>> = {
  answered: '请核实是否解决并评价;未解决的,可重新办理。',
  returned: '您可以转给其他单位、提请编办裁定或撤回。',
  'extension-asked': '请答复是否同意。',
  'approval-refused': '本件没有送出;需要修改的,请改好后重新提交。',
  paused: '请回复“补充 编号 内容”。',
  'handed-over': '本件由其单位继续办理,时限不变。',
};

const isOwn = (assignment: Assignment, { organization }: Place): boolean =>
  assignment.organization === organization;

/** Only an answer that completes the work is there to be rated. */
function nextStep({ kind, facts }: RequestEvent, ruled: string | null): string {
  if (ruled !== null) return ruled;
  if (kind === 'answered' && facts?.['completes'] !== true) return '其他承办单位仍在办理,办完后再请您评价。';
  if (kind === 'resumed') return '';
  return NEXT[kind] ?? '';
}

const ofAssignee = ({ kind }: RequestEvent): string =>
  kind === 'handed-over' ? '本件由贵单位继续办理,时限不变;请确定经办人,由其点“签收”接手。' : '';

/** What the coordinating desk or the 编办 has decided, with the units and numbers it names. */
function decided({ kind, facts = {} }: RequestEvent): string | null {
  if (kind === 'lead-assigned') return `指定${String(facts['to'])}主办`;
  if (kind === 'ruling-corrected') return `更正裁定,由${String(facts['lead'])}负责`;
  if (kind === 'split') return `将 ${String(facts['from'])}(${String(facts['callers'])})从本件拆出`;
  if (facts['splitFrom'] !== undefined) return '';
  if (kind !== 'merged') return null;
  return facts['into'] === undefined
    ? `将 ${String(facts['from'])}(${String(facts['callers'])})并入本件`
    : `将本件并入 ${String(facts['into'])},本件不再单独办理`;
}

function verbOf(event: RequestEvent): string {
  const { kind, at, facts } = event;
  const decision = decided(event);
  if (decision !== null) return decision;
  if (facts?.['isProgress'] === true) return '报告进展';
  if (facts?.['isByLimit'] === true) return '';
  const until = facts?.['untilAt'];
  if (typeof until === 'number') return `${VERBS[kind] ?? ''}至${formatInstant(until, at)}`;
  if (facts?.['isDesk'] === true) return '督办,请尽快办理';
  const late = facts?.['isLate'] === true ? '(已超过时限)' : '';
  const adopted = ADOPTIONS.find((it) => it === facts?.['adopted']);
  const what = adopted === undefined ? '' : `:${ADOPTION_LABELS[adopted]}`;
  return `${VERBS[kind] ?? ''}${what}${late}`;
}

function noticeText(request: Request, event: RequestEvent, place: Place, ruled: string | null): string {
  const who = event.by?.organization ?? '系统';
  const text = event.text ? `:${event.text}` : '';
  const next = place.side === 'caller' ? nextStep(event, ruled) : ofAssignee(event);
  const absent = event.facts?.['absent'] === undefined ? '' : `(协办未参加:${String(event.facts['absent'])})`;
  const head = `${request.number}(${shorten(request.text, 20)}) ${who}${verbOf(event)}${absent}${text}`;
  return [/[。!?]$/.test(head) ? head : `${head}。`, next].filter(Boolean).join('');
}
