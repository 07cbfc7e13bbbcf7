/** A request as cards and lists. One live card for each party, with the moves that the party has at this moment. Pure. */
import { formatInstant } from '../calendar/local.js';
import type { Block, Button, Card } from '../core/card.js';
import type { Role } from '../core/domain.js';
import { isEnded, type Assignment, type Evidence, type Request, type RequestEvent } from '../core/request.js';
import type { RequestCase } from './case.js';
import { currentLead, isApproval, isOfficeTask, makerOf, ruledDepartment } from './log.js';
import { clocksOf, type RunningClock } from './clock.js';
import { eventLine } from './events.js';
import { whyNot } from './guards.js';
import { situationOf } from './situation.js';
import { marksOf } from './marks.js';
import type { Actor, Draft, Move } from './moves.js';
import { actsFor, isCallerSide } from './permissions.js';
import { readableFor } from './confidential.js';
import type { Policy } from './policy.js';
import { assignmentWord, labelOf, names, PROVISIONAL, statusWord, until } from './words.js';
import { shorten } from '../text/shorten.js';

/** The unit for which a card is made, and what its people may be. */
export type Viewer = { organization: string; roles: Role[] };

/** More than these do not fit a telephone. */
const BUTTONS_MAX = 8;
/** The newest lines of the log on the card; the timeline shows all. */
const EVENTS_SHOWN = 4;
/** Characters. A card has to be one message (Telegram: 4,096), else it cannot be replaced in place; the timeline has all. */
const TEXT_SHOWN = 800;
const PLACE_SHOWN = 60;
const EVENT_SHOWN = 200;
/** The newest; earlier rounds are in the timeline. */
const ASSIGNMENTS_SHOWN = 12;

/** Buttons of moves, the likeliest first. */
const MOVE_BUTTONS: readonly [Move, string][] = [
  ['sign', 'req-sign'],
  ['approve', 'req-approve'],
  ['refuse-approval', 'req-no-approve'],
  ['admit', 'req-admit'],
  ['refuse-admission', 'req-no-admit'],
  ['rule', 'req-rule'],
  ['answer', 'req-answer'],
  ['grant-extension', 'req-grant'],
  ['refuse-extension', 'req-refuse'],
  ['rate', 'req-rate'],
  ['resume', 'req-resume'],
  ['transfer', 'req-transfer'],
  ['return', 'req-return'],
  ['add-support', 'req-support'],
  ['ask-extension', 'req-extend'],
  ['pause', 'req-pause'],
  ['ask-ruling', 'req-ask-ruling'],
  ['reopen', 'req-reopen'],
  ['urge', 'req-urge'],
  ['conclude', 'req-conclude'],
  ['close-unsolved', 'req-unsolved'],
  ['note', 'req-note'],
  ['withdraw', 'req-withdraw'],
];
const PRIMARY: ReadonlySet<Move> = new Set([
  'sign',
  'answer',
  'rule',
  'approve',
  'admit',
  'rate',
  'resume',
  'grant-extension',
]);

export function requestCard(given: RequestCase, viewer: Viewer | null): Card {
  const own = viewer?.organization ?? '';
  const isCaller = given.request.callers.some(({ organization }) => organization === own);
  const on = { ...given, request: readableFor(given.request, own, isCaller) };
  const { request, policy, now } = on;
  const { number, urgency, evidence } = request;
  const clocks = clocksOf(on);
  const urgent = urgency === 'urgent' ? '紧急' : '';
  return {
    title: `${urgent}${policy.name} ${number} · ${statusWord(request, policy)}`,
    marks: marksOf(on, clocks),
    blocks: [
      ...factBlocks(request, now),
      ...request.assignments
        .slice(-ASSIGNMENTS_SHOWN)
        .map((a) => assignmentBlock(on, a, clockOf(clocks, a.id), viewer)),
      ...waitingBlocks(clocks, now),
      ...request.events.slice(-EVENTS_SHOWN).map((event): Block => ({
        kind: 'text',
        text: shorten(eventLine(request, event, policy, now), EVENT_SHOWN),
      })),
      ...(clocks.some(({ isProvisional }) => isProvisional)
        ? [{ kind: 'source', text: PROVISIONAL_NOTE } satisfies Block]
        : []),
      ...(evidence ? [{ kind: 'source', text: sourceOf(evidence) } satisfies Block] : []),
    ],
    buttons: viewer ? buttonsFor(on, viewer) : [],
  };
}

function factBlocks(request: Request, now: number): Block[] {
  const { text, place, wantedAt, callers, attachments } = request;
  const field = (label: string, value: string): Block => ({ kind: 'field', label, text: value });
  return [
    field('请求单位', names(callers.map(({ organization }) => organization))),
    field('内容', text.length > TEXT_SHOWN ? `${shorten(text, TEXT_SHOWN)}(全文见“办理经过”)` : text),
    ...(place ? [field('地点', shorten(place, PLACE_SHOWN))] : []),
    ...(wantedAt === null ? [] : [field('希望', until(wantedAt, now))]),
    ...(attachments.length > 0 ? [field('附件', `${attachments.length} 个`)] : []),
  ];
}

const PROVISIONAL_NOTE = '有时限落在节假日安排尚未公布或录入的年度,暂按周一至周五计算(暂定),录入后自动重算。';

const CLOCK_VERBS: Record<RunningClock['clock'], string> = {
  sign: '签收',
  answer: '答复',
  rate: '评价',
  caller: '由请求单位另选单位或补充材料',
  review: '由督办核查',
  promise: '按承办单位所说办好',
};

/** `应于11月26日(周四)18:00前答复`; a passed one is said as it is, without blame. */
function dueText({ clock, dueAt, isRunning, isProvisional }: RunningClock, now: number): string {
  const what = `${CLOCK_VERBS[clock]}${isProvisional ? PROVISIONAL : ''}`;
  if (!isRunning) return `${what}计时已暂停`;
  return dueAt > now ? `应于${until(dueAt, now)}${what}` : `${what}时限${formatInstant(dueAt, now)}已过`;
}

/** The clock of an assignment that ends first: sign before answer, the earliest caller's answer. */
function clockOf(clocks: RunningClock[], assignment: string): RunningClock | undefined {
  const own = clocks.filter(
    (c) => c.assignment === assignment && (c.clock === 'sign' || c.clock === 'answer'),
  );
  return own.sort((a, b) => a.dueAt - b.dueAt)[0];
}

/** The clock of one part of a case that ends first. */
export const assignmentClock = (on: RequestCase, { id }: Assignment): RunningClock | undefined =>
  clockOf(clocksOf(on), id);

/** What became of the leave that was asked for. */
function leaveWord({ status, events }: Request): string {
  if (status === 'approval') return '待负责人同意';
  if (events.some(({ kind }) => kind === 'approved')) return '已同意';
  return status === 'refused' ? '不同意' : '已结束';
}

export function assignmentBlock(
  { request, policy, now }: RequestCase,
  assignment: Assignment,
  clock: RunningClock | undefined,
  viewer: Viewer | null,
): Block {
  const { organization, role } = assignment;
  const isRuled = assignment.status === 'answered' && isOfficeTask(request, assignment, policy);
  const done = isRuled && makerOf(request, assignment.id).kind === 'ruling-asked' ? '已裁定' : '已审核';
  const word = isRuled ? done : assignmentWord(request, assignment);
  const isLeave = isApproval(request, assignment);
  const due = clock ? dueText(clock, now) : '';
  const parts = [isLeave ? leaveWord(request) : word, isLeave ? due.replace('答复', '同意上报') : due].filter(
    Boolean,
  );
  const isOffice = organization === policy.listOffice;
  // Two units that lead at once would be read as a mistake.
  const isPast = role === 'lead' && currentLead(request)?.id !== assignment.id;
  const label = isLeave
    ? '审批'
    : isOffice
      ? '编办'
      : role === 'lead'
        ? `${isPast ? '原' : ''}${policy.texts.lead}`
        : '协办';
  return {
    kind: 'field',
    label: `${label} ${organization}`,
    text: parts.join(','),
    isOwn: viewer?.organization === organization,
  };
}

/** What the callers or the offices are waited for. */
const waitingBlocks = (clocks: RunningClock[], now: number): Block[] =>
  clocks
    .filter(({ clock }) => clock !== 'sign' && clock !== 'answer')
    .map((clock): Block => ({
      kind: 'text',
      text: `${clock.caller ? `${clock.caller}` : ''}${dueText(clock, now)}。`,
    }));

export const sourceOf = ({ title, editionLabel, documentNumber, number, matter }: Evidence): string =>
  `依据:${[`《${title}》`, editionLabel, documentNumber, `第${number}项`].filter(Boolean).join(' · ')}“${matter}”`;

/** The moves that are open to the viewer's side now. Who presses is looked at again when somebody does. */
export function buttonsFor(on: RequestCase, viewer: Viewer): Button[] {
  const { request, policy } = on;
  const actor: Actor = { account: '', name: '', ...viewer };
  const buttons: Button[] = [];
  for (const [move, id] of MOVE_BUTTONS) {
    const situation = situationOf(move, undefined, actor, on);
    if (typeof situation === 'string' || whyNot(move, situation) !== null) continue;
    if (isUnwanted(move, request, viewer)) continue;
    const assignment = situation.assignment;
    const value = assignment && move !== 'rate' ? `${request.number} ${assignment.id}` : request.number;
    buttons.push({ id, label: labelOf(move, policy), value, ...(PRIMARY.has(move) && { style: 'primary' }) });
  }
  const ruled = isCallerSide(viewer, request) ? ruledDepartment(request) : null;
  const more: Button[] = [
    ...(ruled !== null && ruled !== viewer.organization
      ? [{ id: 'file-ruled', label: '呼叫裁定单位', value: request.number, style: 'primary' as const }]
      : []),
    { id: 'req-timeline', label: '办理经过', value: request.number },
    ...(isEnded(request) ? [] : [{ id: 'req-why-due', label: '时限怎么算', value: request.number }]),
  ];
  return [...buttons.slice(0, BUTTONS_MAX - more.length), ...more];
}

/** Allowed, but not what a card should suggest at that moment; the command does it all the same. */
function isUnwanted(move: Move, request: Request, viewer: Viewer): boolean {
  const isCaller = isCallerSide(viewer, request);
  const isAssignee = request.assignments.some((a) => actsFor(viewer, a.organization));
  if (move === 'conclude' || move === 'close-unsolved') return request.status !== 'answered';
  if (move === 'note') return isEnded(request);
  // The caller asks the one who leads to bring in others only through a note; the button is the assignee's.
  if (move === 'add-support') return isCaller && !isAssignee;
  return false;
}

export function timelineCard(request: Request, policy: Policy, now: number): Card {
  return {
    title: `${request.number} 办理经过 · ${statusWord(request, policy)}`,
    blocks: [
      { kind: 'field', label: '内容', text: request.text },
      ...request.events.map((event: RequestEvent): Block => ({
        kind: 'text',
        text: eventLine(request, event, policy, now),
      })),
    ],
    buttons: [],
  };
}

/** The fields of a draft, each with its button. */
export function draftCard(
  draft: Draft,
  policy: Policy,
  now: number,
  { organization, note }: { organization: string; note: string },
): Card {
  const { urgency, text, place, wantedAt, attachments, evidence, lead, support } = draft;
  const field = (label: string, value: string): Block => ({ kind: 'field', label, text: value || '未填' });
  const isOffice = policy.answeredBy === 'list-office';
  return {
    title: `请确认:${policy.name}`,
    blocks: [
      field('请求单位', organization),
      field(`${policy.texts.lead}单位`, isOffice ? policy.listOffice : lead),
      ...(isOffice ? [] : [field('协办单位', support.length > 0 ? names(support) : '无')]),
      field('内容', text),
      field('地点', place),
      field('希望', wantedAt === null ? '按规定时限' : until(wantedAt, now)),
      field('紧急程度', urgency === 'urgent' ? '紧急' : '一般'),
      ...(attachments.length > 0 ? [field('附件', `${attachments.length} 个`)] : []),
      ...(note ? [{ kind: 'text', text: note } satisfies Block] : []),
      ...(evidence ? [{ kind: 'source', text: sourceOf(evidence) } satisfies Block] : []),
    ],
    buttons: [
      { id: 'draft-send', label: '提交', style: 'primary' },
      ...(isOffice
        ? []
        : [
            { id: 'draft-lead', label: `改${policy.texts.lead}` },
            { id: 'draft-support', label: '改协办' },
          ]),
      { id: 'draft-text', label: '改内容' },
      { id: 'draft-place', label: '改地点' },
      { id: 'draft-wanted', label: '改时限' },
      { id: 'draft-urgency', label: urgency === 'urgent' ? '改为一般' : '改为紧急' },
      { id: 'draft-photos', label: '加照片' },
      { id: 'draft-kind', label: '改类型' },
      { id: 'draft-drop', label: '放弃' },
    ],
  };
}
