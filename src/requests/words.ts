/** Words for states, moves and instants that refusals and cards share. Pure. */
import { formatInstant } from '../calendar/local.js';
import {
  isRestricted,
  type Assignment,
  type AssignmentStatus,
  type Request,
  type RequestEvent,
  type RequestStatus,
} from '../core/request.js';
import { ADOPTION_LABELS, adoptionOf } from './adoption.js';
import { activeOf, isPaused, isUnapproved, mergedInto, mustChoose, reviewEvent, wasSigned } from './log.js';
import { MOVE_LABELS, type Move } from './moves.js';
import type { Policy } from './policy.js';
import { shorten } from '../text/shorten.js';

const STATUS: Readonly<Record<RequestStatus, string>> = {
  approval: '待本单位负责人同意上报',
  admission: '待编办审核准入',
  open: '办理中',
  ruling: '待编办裁定',
  answered: '已答复,待评价',
  concluded: '已办结',
  withdrawn: '已撤回',
  refused: '未准予交办',
  unsolved: '未解决结案',
  merged: '已并入他件',
};

const ASSIGNMENT_STATUS: Readonly<Record<AssignmentStatus, string>> = {
  waiting: '待签收',
  signed: '办理中',
  answered: '已答复',
  returned: '已退回',
  transferred: '已转办',
  closed: '已结束',
};

export const labelOf = (move: Move, policy: Policy): string => policy.texts.labels[move] ?? MOVE_LABELS[move];

/** The unit that leads now; '' before any does. */
export const leadOf = ({ assignments }: Request): string =>
  assignments.findLast(({ role }) => role === 'lead')?.organization ?? '';

export function statusWord(request: Request, policy: Policy): string {
  const into = mergedInto(request);
  if (into !== null) return `已并入 ${into}`;
  if (mustChoose(request)) return '已退回,待另选单位';
  if (reviewEvent(request)) return '评价较低,待督办核查';
  if (request.status === 'refused' && isUnapproved(request)) return '本单位未同意上报';
  const own = policy.texts.status[request.status];
  if (request.status === 'open' && activeOf(request).every((a) => a.status === 'waiting') && !own)
    return '待签收';
  const adopted = /answered|concluded/.test(request.status) ? adoptionOf(request) : null;
  return `${own ?? STATUS[request.status]}${adopted === null ? '' : `(${ADOPTION_LABELS[adopted]})`}`;
}

export const assignmentWord = (request: Request, assignment: Assignment): string =>
  isPaused(request, assignment)
    ? '等待补充材料'
    : `${ASSIGNMENT_STATUS[assignment.status]}${missingWord(request, assignment)}`;

/** A part that ended because the request went on without it. */
const missingWord = (request: Request, { id, role, status }: Assignment): string =>
  status === 'closed' && role === 'support' ? (wasSigned(request, id) ? '(未反馈)' : '(未签收)') : '';

/** Behind an instant that was reckoned without the year's days off. */
export const PROVISIONAL = '(暂定)';

/** `11月25日(周三)18:00前`. */
export const until = (ms: number, now: number): string => `${formatInstant(ms, now)}前`;

export const names = (organizations: readonly string[]): string => organizations.join('、');

/** What happens with it now, said when it is filed. */
export const filedText = ({ status }: Request, { texts }: Policy): string =>
  status === 'approval' ? '须经本单位负责人同意后上报;同意后再送承办单位,结果会告知您。' : texts.filed;

/** Why nothing more is done to a request that has ended. */
export function endedReason({ request, policy }: { request: Request; policy: Policy }): string {
  const further =
    (request.status === 'concluded' || request.status === 'unsolved') && policy.moves.includes('reopen')
      ? `如问题没有解决,请求单位可以选择“${labelOf('reopen', policy)}”。`
      : request.status === 'merged'
        ? '请在并入的请求中办理;需要单独办理的,请督办拆分。'
        : '如仍需办理,请重新提交。';
  return `${request.number} ${statusWord(request, policy)},不能再办理。${further}`;
}

/** What it is about, in so many characters; of a person nothing is said but the kind. */
export const briefOf = (request: Request, { name }: Pick<Policy, 'name'>, most: number): string =>
  isRestricted(request) ? name : shorten(request.text, most);

/** `:…`, what an act was said with; of a person nothing. */
export const saidWith = (request: Request, { text }: RequestEvent): string =>
  text === undefined || isRestricted(request) ? '' : `:${text}`;
