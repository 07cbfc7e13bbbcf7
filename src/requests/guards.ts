/** Whether a move is open to an actor now: by the kind, by who it is, by the state of the request. The reason says what else can be done. */
import { formatInstant } from '../calendar/local.js';
import { isConfidential, isEnded, isRestricted, type Request } from '../core/request.js';
import { answerDueOf } from './clock.js';
import { endOf } from './durations.js';
import {
  activeOf,
  currentLead,
  endedAt,
  extensionOf,
  isActive,
  isAssigned,
  isFinal,
  isHandedOver,
  isOfficeTask,
  isPaused,
  lastEvent,
  mustChoose,
  rulingInForce,
} from './log.js';
import { pausesSpent } from './pausing.js';
import type { Move } from './moves.js';
import { actsFor, isByDesk, isLeader, mayDo } from './permissions.js';
import type { Situation } from './situation.js';
import { assignmentWord, endedReason, labelOf, names, statusWord } from './words.js';

/** What is decided of a request that has ended, too. */
const AFTER_END: ReadonlySet<Move> = new Set(['reopen', 'correct-ruling', 'withdraw-ruling']);

/** Null when the move is open. */
export function whyNot(move: Move, situation: Situation): string | null {
  const { request, actor, assignment, policy } = situation;
  if (!policy.moves.includes(move))
    return (
      policy.texts.notAllowed[move] ??
      `${policy.name}没有“${labelOf(move, policy)}”这一步。请查看 ${request.number} 的卡片,按卡片上的按钮办理。`
    );
  if (
    isRestricted(request) &&
    !isConfidential(request) &&
    situation.side === 'assignee' &&
    !isLeader(actor) &&
    actor.roles.length > 0
  )
    return `${policy.name}涉及人员,由${assignment?.organization ?? ''}负责人办理,其他人员不能${labelOf(move, policy)}。`;
  const permitted = mayDo(move, actor, request, situation.side === 'assignee' ? assignment : null);
  // There is nothing to be rated yet, whoever rates it then.
  const isOfCaller = request.callers.some(({ organization }) => organization === actor.organization);
  const isEarly = move === 'rate' && isOfCaller && !isEnded(request) && request.status !== 'answered';
  if (permitted !== true) return isEarly ? `${GUARDS.rate(situation) ?? ''}${permitted}` : permitted;
  if (isEnded(request) && !AFTER_END.has(move)) return endedReason(situation);
  return GUARDS[move](situation);
}

type Guard = (situation: Situation) => string | null;

/** The assignment is the actor's to work on. */
const onActive: Guard = ({ request, assignment }) => {
  if (!assignment) return `${request.number} 没有贵单位的办理单。`;
  if (isActive(assignment)) return null;
  return `贵单位的办理单 ${assignment.id} ${assignmentWord(request, assignment)},${
    assignment.status === 'transferred' ? '由接手的单位办理' : '不需要再办理'
  }。${request.status === 'answered' ? '如有补充,请使用“补充说明”。' : '请查看最新的卡片。'}`;
};

const onWork: Guard = (s) => {
  const inactive = onActive(s);
  if (inactive) return inactive;
  if (s.assignment && isOfficeTask(s.request, s.assignment, s.policy))
    return s.request.status === 'admission'
      ? `这是待审核准入的交办,请选择“${labelOf('admit', s.policy)}”或“${labelOf('refuse-admission', s.policy)}”。`
      : `这是待裁定的请求,请使用“${labelOf('rule', s.policy)}”写明责任单位。`;
  return null;
};

/** A unit that the 编办 has ruled responsible cannot hand it back. */
export function isRuled({ request, assignment }: Situation): boolean {
  const ruled = rulingInForce(request);
  const support = String(ruled?.facts?.['support'] ?? '').split('、');
  const unit = assignment?.organization ?? '';
  return ruled !== null && (ruled.facts?.['lead'] === unit || support.includes(unit));
}

const onUnruled: Guard = (s) =>
  isRuled(s)
    ? `编办已裁定由${s.assignment?.organization}承担,不能再退回、转办或提请裁定。请按裁定办理;如有新的事实,请用“补充说明”写明。`
    : null;

/** Whom the coordinating desk has named works first; who is responsible may still be asked. */
const onUnassigned: Guard = (s) =>
  s.assignment && isAssigned(s.request, s.assignment.id)
    ? `督办已指定由${s.assignment.organization}主办,不能退回或转办。请先办理;认为责任不清的,可以提请裁定。`
    : onUnruled(s);

const approve: Guard = (s) => {
  const { request, policy, actor } = s;
  if (request.status !== 'approval') return inStatus('approval', '不在待同意上报阶段')(s);
  const by = policy.approval?.by ?? [];
  return actor.roles.some((role) => role === 'deadline-office' || by.some((it) => it === role))
    ? null
    : `${policy.name}上报须由${request.callers[0]?.organization ?? '请求单位'}负责人同意。`;
};

const onRuling: Guard = ({ request }) => {
  if (request.status === 'ruling') return `${request.number} 正在等待裁定,请直接使用“裁定”。`;
  return rulingInForce(request) ? null : `${request.number} 没有生效的裁定,不能更正或撤销。`;
};

const onLead: Guard = (s) =>
  onWork(s) ??
  (s.assignment?.role === 'lead'
    ? null
    : `贵单位是协办单位,请由主办单位(${currentLead(s.request)?.organization})提出;不属于贵单位的部分,可以退回并写明依据。`);

const onChoice: Guard = ({ request, policy }) => {
  if (mustChoose(request)) return null;
  if (request.status === 'open')
    return `${request.number} 正由${currentLead(request)?.organization}办理。主办单位退回后,您可以另选单位或提请裁定;现在可以“${labelOf('urge', policy)}”。`;
  return `${request.number} ${statusWord(request, policy)},现在不能另选单位或提请裁定。`;
};

const inStatus =
  (status: Request['status'], what: string): Guard =>
  ({ request, policy }) =>
    request.status === status ? null : `${request.number} ${statusWord(request, policy)},${what}。`;

const askExtension: Guard = (s) => {
  const inactive = onWork(s);
  if (inactive) return inactive;
  const { request, assignment, now } = s;
  if (!assignment) return null;
  if (assignment.status === 'waiting') return '请先签收,再申请延期。';
  if (extensionOf(request, assignment.id))
    return '每件办理单只能申请一次延期,已经申请过。请按期答复;确有困难的,请用“补充说明”告知请求单位。';
  if (isPaused(request, assignment))
    return '正在等待补充材料,计时已暂停,现在不需要延期。恢复计时后可以申请。';
  const due = answerDueOf(s, assignment);
  return now < due
    ? null
    : `延期应在到期前申请,本件应于${formatInstant(due, now)}前答复,已经到期。请尽快答复,并说明情况。`;
};

const decideExtension: Guard = ({ request, actor, assignment }) => {
  if (!assignment || !isActive(assignment) || extensionOf(request, assignment.id)?.state !== 'asked')
    return `${request.number} 没有待答复的延期申请。`;
  return actsFor(actor, assignment.organization)
    ? '本单位申请的延期,应由请求单位或督办决定。请等待对方答复。'
    : null;
};

const pause: Guard = (s) => {
  const inactive = onWork(s);
  if (inactive) return inactive;
  const { request, assignment, now } = s;
  if (!assignment) return null;
  if (assignment.status === 'waiting') return '请先签收,再说明需要补充的材料。';
  if (isPaused(request, assignment)) return '计时已经暂停,正在等待补充材料。';
  const spent = pausesSpent(s, assignment);
  if (spent) return spent;
  return now < answerDueOf(s, assignment)
    ? null
    : '已过答复时限,不能再暂停计时。请先答复已有情况,需要的材料写在答复里。';
};

const urge: Guard = (situation) => {
  const { request, policy, calendar, now } = situation;
  if (request.status === 'answered')
    return `${request.number} 已答复。如不满意,请评价或选择“${labelOf('reopen', policy)}”。`;
  if (mustChoose(request)) return '主办单位已退回,请先另选单位或提请裁定。';
  const active = activeOf(request);
  if (active.length > 0 && active.every((a) => isPaused(request, a)))
    return `${names(active.map((a) => a.organization))}正在等待请求单位补充材料。请先补充材料。`;
  const last = lastEvent(
    request,
    ({ kind, facts }) => kind === 'urged' && (facts?.['isDesk'] === true) === isByDesk(situation),
  );
  if (!last) return null;
  const again = endOf(policy.urgeEvery, last.at, calendar);
  if (now >= again) return null;
  const when = `${formatInstant(again, now)}后`;
  return `${formatInstant(last.at, now)}已经催办,承办单位已收到。${when}可以再次催办;情况有变化的,请用“补充说明”。`;
};

const conclude: Guard = ({ request, actor, policy }) => {
  if (request.status !== 'open' && request.status !== 'answered')
    return `${request.number} ${statusWord(request, policy)},还不能办结。不再需要办理的,请使用“撤回”。`;
  const others = request.callers.filter((c) => c.organization !== actor.organization);
  if (actor.roles.includes('deadline-office') && others.length === request.callers.length)
    return request.status === 'answered' ? null : '承办单位还没有答复,不能办结。可以先催办。';
  const open = others.filter((c) => request.status === 'open' || c.rating === null);
  return open.length === 0
    ? null
    : `本请求还有${names(open.map((c) => c.organization))}共同提出,不能由一个单位办结。${
        request.status === 'answered'
          ? '请您评价;各单位都评价后自动办结。'
          : '贵单位不再需要的,请使用“撤回”。'
      }`;
};

const FINAL = '对方已答复不同意,不能重新办理。情况有变化的,请另行征求意见。';

const closeUnsolved: Guard = (s) => {
  const { request, policy, actor } = s;
  if (request.status !== 'open' && request.status !== 'answered')
    return `${request.number} ${statusWord(request, policy)},现在不能结案。`;
  // What nobody can solve now, 督办 closes without an answer as well.
  return actor.roles.includes('deadline-office') ? null : conclude(s);
};

const reopen: Guard = ({ request, policy, calendar, now }) => {
  if (isFinal(request)) return FINAL;
  if (request.status === 'answered') return null;
  if (request.status === 'withdrawn' || request.status === 'refused')
    return `${request.number} ${statusWord(request, policy)},不能重新办理。如仍需办理,请重新提交。`;
  if (request.status === 'merged') return endedReason({ request, policy });
  if (request.status !== 'concluded' && request.status !== 'unsolved')
    return `${request.number} 正在办理,不需要重新办理。需要加快的,请催办。`;
  const ruled = rulingInForce(request);
  if (request.kind !== 'ruling' && request.callers.some((c) => c.organization === ruled?.facts?.['lead']))
    return `编办已裁定由${ruled?.facts?.['lead']}负责,不能重新办理。如有新的情况,请重新提交。`;
  const ended = endedAt(request) ?? now;
  const until = endOf(policy.reopenWithin, ended, calendar);
  return now <= until
    ? null
    : `${request.number} 于${formatInstant(ended, now)}办结,可以重新办理的期限(${formatInstant(until, now)})已过。请重新提交,并在说明中写上原来的编号。`;
};

const GUARDS: Readonly<Record<Move, Guard>> = {
  join: ({ request, actor, policy }) => {
    if (request.callers.some((c) => c.organization === actor.organization))
      return `贵单位已经在 ${request.number} 中,不需要重复加入。可以发送“${request.number}”查看进展。`;
    // One that gave its part back as well: the 编办 may still find it responsible.
    if (request.assignments.some((a) => actsFor(actor, a.organization)))
      return `贵单位是 ${request.number} 的承办单位,不能同时作为请求单位加入。有情况要说明的,请用“补充说明”。`;
    if (!actor.roles.some((role) => policy.filedBy.some((r) => r === role)))
      return `${policy.name}不由您的岗位提出,不能加入 ${request.number}。`;
    return request.status === 'open' || request.status === 'ruling'
      ? null
      : `${request.number} ${statusWord(request, policy)},不能再加入。请另行提交。`;
  },
  approve,
  'refuse-approval': approve,
  admit: inStatus('admission', '不在审核准入阶段'),
  'refuse-admission': inStatus('admission', '不在审核准入阶段'),
  sign: (s) =>
    onActive(s) ??
    (s.assignment?.status === 'signed' && !isHandedOver(s.request, s.assignment.id)
      ? `贵单位已经签收 ${s.request.number},不需要再次签收。`
      : null),
  answer: (s) => (s.request.kind === 'ruling' ? `请使用“${labelOf('rule', s.policy)}”答复。` : onWork(s)),
  return: (s) => onWork(s) ?? onUnassigned(s),
  transfer: (s) => (s.side === 'caller' ? onChoice(s) : (onLead(s) ?? onUnassigned(s))),
  'add-support': (s) => {
    if (s.side === 'assignee') return onLead(s);
    if (isConfidential(s.request))
      return `是否通报、向谁通报,由${currentLead(s.request)?.organization ?? '监督机构'}决定。您有情况要说明的,请用“补充说明”。`;
    if (mustChoose(s.request)) return '主办单位已退回,请先另选主办单位或提请裁定,再请求协办。';
    return inStatus('open', '不能再增加协办单位')(s);
  },
  'ask-extension': askExtension,
  'grant-extension': decideExtension,
  'refuse-extension': decideExtension,
  pause,
  resume: ({ request, assignment }) =>
    assignment && isPaused(request, assignment) ? null : `${request.number} 没有暂停计时,不需要恢复。`,
  urge,
  'ask-ruling': (s) => (s.side === 'caller' ? onChoice(s) : (onLead(s) ?? onUnruled(s))),
  // What the 编办 has answered may become a precedent afterwards.
  rule: (s) => (s.request.kind === 'inquiry' ? null : inStatus('ruling', '没有待裁定的事项')(s)),
  'correct-ruling': onRuling,
  'withdraw-ruling': onRuling,
  'assign-lead': (s) => {
    if (s.request.status !== 'open') return inStatus('open', '不能指定主办单位')(s);
    const ruled = rulingInForce(s.request)?.facts?.['lead'];
    return ruled !== undefined && ruled === currentLead(s.request)?.organization
      ? `编办已裁定由${ruled}负责,不能另行指定。需要改变的,请编办更正裁定。`
      : null;
  },
  note: () => null,
  rate: ({ request, actor, policy }) => {
    if (request.status !== 'answered')
      return `${request.number} ${statusWord(request, policy)},答复后才能评价。`;
    return request.callers.find((c) => c.organization === actor.organization)?.rating
      ? '贵单位已经评价,每次答复评价一次。如有补充,请使用“补充说明”。'
      : null;
  },
  conclude,
  'close-unsolved': closeUnsolved,
  reopen,
  withdraw: ({ request, policy }) =>
    request.status === 'answered'
      ? `${request.number} 已答复,不能撤回。请评价,或选择“${labelOf('conclude', policy)}”。`
      : null,
};
