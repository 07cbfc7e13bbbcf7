/** The request as a state machine: files it and applies one act to it. Pure; what is given is never changed. */
import { formatInstant } from '../calendar/local.js';
import { leadersUnit } from '../organizations/recipients.js';
import { isConfidential, yearOfNumber, type Request } from '../core/request.js';
import * as assignee from './acts-assignee.js';
import * as caller from './acts-caller.js';
import * as office from './acts-office.js';
import type { CaseTerms, RequestCase } from './case.js';
import { dueAtOf } from './clock.js';
import { whyNot } from './guards.js';
import { situationOf } from './situation.js';
import { autoConcludeAt, dueSteps } from './ladder.js';
import { isActive, signerOf } from './log.js';
import type { Act, Actor, ClockAct, Draft, Move, Outcome } from './moves.js';
import { pauseEndsAt } from './pausing.js';
import { isLeader } from './permissions.js';
import type { Policy } from './policy.js';
import { allowsTask, overseesLaw } from './routing.js';
import {
  cleanUnits,
  concludeRequest,
  hasContent,
  log,
  makeAssignment,
  type ActorWork,
  type Work,
} from './work.js';

/** Longer text does not fit the cards of the platforms; a file can be attached. */
export const MAX_TEXT = 2000;

/** `number` is QS-2026-000123. */
export function fileRequest(draft: Draft, actor: Actor, number: string, terms: CaseTerms): Outcome {
  const { policy, now } = terms;
  const isForOffice = policy.answeredBy === 'list-office';
  const lead = isForOffice ? policy.listOffice : draft.lead.trim();
  const refused = whyNotFiled(draft, lead, actor, now, policy);
  if (refused) return { ok: false, reason: refused };
  if (yearOfNumber(number) === null) throw new Error(`not a request number: ${number}`);
  const { kind, urgency, wantedAt } = draft;
  const support =
    isForOffice || isConfidential(draft)
      ? []
      : cleanUnits(draft.support, [lead, actor.organization, actor.team ?? '']);
  const isApproval = needsApproval(draft, actor, policy);
  const isAdmission = kind === 'task' && !allowsTask(draft.evidence, [lead, ...support]);
  const request: Request = {
    number,
    version: 0,
    kind,
    urgency,
    text: draft.text.trim(),
    place: draft.place.trim(),
    wantedAt,
    attachments: structuredClone(draft.attachments),
    callers: [
      {
        organization: actor.organization,
        account: actor.account,
        conversation: structuredClone(draft.conversation),
        joinedAt: now,
        rating: null,
      },
    ],
    evidence: structuredClone(draft.evidence),
    status: isApproval ? 'approval' : isAdmission ? 'admission' : kind === 'ruling' ? 'ruling' : 'open',
    assignments: [],
    events: [],
    dueAt: null,
  };
  const first = isApproval ? leadersUnit(actor.organization) : isAdmission ? policy.listOffice : null;
  const made = first
    ? [makeAssignment(request, first, 'lead')]
    : [
        makeAssignment(request, lead, 'lead'),
        ...support.map((unit) => makeAssignment(request, unit, 'support')),
      ];
  log({ ...terms, request }, 'filed', actor, {
    made,
    text: draft.text,
    attachments: request.attachments.length > 0 ? structuredClone(request.attachments) : [],
    facts: {
      lead,
      support: support.join('、'),
      ...(isAdmission && { admission: true }),
      ...(isApproval && { approval: true }),
      ...(wantedAt !== null && { isBinding: draft.isEmergency === true || isLeader(actor) }),
    },
  });
  request.dueAt = dueAtOf({ ...terms, request });
  return { ok: true, request };
}

/** Of a unit with leaders that agree to such requests, from somebody who is none of them. */
function needsApproval(draft: Draft, { roles }: Actor, { approval }: Policy): boolean {
  if (!approval || draft.isEmergency === true) return false;
  if (draft.urgency === 'urgent' && approval.urgent === 'skip') return false;
  const staff = { 'township-leader': 'township-cadre', 'department-head': 'department-officer' } as const;
  return (
    !roles.some((role) => approval.by.some((it) => it === role)) &&
    approval.by.some((role) => roles.includes(staff[role]))
  );
}

function whyNotFiled(draft: Draft, lead: string, actor: Actor, now: number, policy: Policy): string | null {
  const { name, filedBy } = policy;
  if (draft.kind !== policy.id) throw new Error(`policy of ${policy.id} for a draft of ${draft.kind}`);
  if (actor.roles.length === 0) return `您的账号尚未绑定岗位,不能提交${name}。请联系管理员绑定后再提交。`;
  if (!actor.roles.some((role) => filedBy.some((r) => r === role)))
    return `${name}不由您的岗位提交。${policy.summary}`;
  if (!hasContent(draft.text)) return `请写明${name}的内容:${policy.texts.ask}`;
  if (draft.text.length > MAX_TEXT) return tooLong();
  if (lead === '') return `请选择${policy.texts.lead}单位。`;
  if (lead === actor.organization || lead === actor.team)
    return `${policy.texts.lead}单位不能是本单位。请选择其他单位。`;
  if (isConfidential(draft) && !overseesLaw(lead)) return `${name}只能送司法所或县司法局,不能送${lead}。`;
  if (draft.wantedAt !== null && draft.wantedAt <= now)
    return `您希望办结的时间(${formatInstant(draft.wantedAt, now)})已经过去。请改为以后的时间,或不填写。`;
  return null;
}

const tooLong = (): string => `内容超过${MAX_TEXT}字。请精简,详细材料可以作为附件提交。`;

type Applies = { [K in Move]: assignee.Apply<K> };

const APPLIES: Applies = {
  join: caller.joinIt,
  admit: office.admit,
  'refuse-admission': office.refuseAdmission,
  approve: office.approve,
  'refuse-approval': office.refuseApproval,
  sign: assignee.sign,
  answer: assignee.answer,
  return: assignee.returnIt,
  transfer: assignee.transfer,
  'add-support': assignee.addSupport,
  'ask-extension': assignee.askExtension,
  'grant-extension': caller.grantExtension,
  'refuse-extension': caller.refuseExtension,
  pause: assignee.pause,
  resume: assignee.resume,
  urge: caller.urge,
  'ask-ruling': assignee.askRuling,
  rule: office.rule,
  'correct-ruling': office.correctRuling,
  'withdraw-ruling': office.withdrawRuling,
  'assign-lead': office.assignLead,
  note: caller.note,
  rate: caller.rate,
  conclude: caller.conclude,
  'close-unsolved': caller.closeUnsolved,
  reopen: caller.reopen,
  withdraw: caller.withdraw,
};

/** `actor` is null for what the clock does. */
export function applyMove(on: RequestCase, act: Act, actor: Actor | null): Outcome {
  const { request, policy, now } = on;
  if (request.kind !== policy.id) throw new Error(`policy of ${policy.id} for a request of ${request.kind}`);
  // Clocks of two machines differ a little; the log stays in order.
  const at = Math.max(now, request.events.at(-1)?.at ?? now);
  const work: Work = { ...on, request: structuredClone(request), now: at };
  const reason = isByClock(act) ? applyClock(work, act, actor) : applyPerson(work, act, actor);
  if (reason !== null) return { ok: false, reason };
  work.request.dueAt = dueAtOf(work);
  return { ok: true, request: work.request };
}

const BY_CLOCK: ReadonlySet<Act['kind']> = new Set([
  'escalate',
  'auto-conclude',
  'end-pause',
  'unreached',
  'hand-over',
]);
const isByClock = (act: Act): act is ClockAct => BY_CLOCK.has(act.kind);

function applyPerson(work: Work, act: Exclude<Act, ClockAct>, actor: Actor | null): string | null {
  if (!actor) return '这一步须由工作人员办理,不能自动进行。';
  const id = 'assignment' in act ? act.assignment : undefined;
  const situation = situationOf(act.kind, id, actor, work);
  if (typeof situation === 'string') return situation;
  const refused = whyNot(act.kind, situation);
  if (refused) return refused;
  if (textsOf(act).some((text) => text.length > MAX_TEXT)) return tooLong();
  const apply = APPLIES[act.kind] as (work: ActorWork, act: Act) => string | null;
  return apply(situation, act);
}

const textsOf = (act: Act): string[] =>
  Object.values(act).filter((value): value is string => typeof value === 'string');

function applyClock(work: Work, act: ClockAct, actor: Actor | null): string | null {
  const { request, now } = work;
  if (actor) return '这一步到期后自动进行,不能由人员操作。';
  if (act.kind === 'auto-conclude') {
    const at = autoConcludeAt(work);
    if (at === null || at > now) return `${request.number} 还没有到自动办结的时间。`;
    concludeRequest(work, null, { text: '答复后无人评价,到期自动办结。', facts: { isAutomatic: true } });
    return null;
  }
  if (act.kind === 'end-pause') return endPause(work, act.assignment);
  if (act.kind === 'hand-over') return handOver(work, act.assignment);
  if (act.kind === 'unreached') {
    const { assignment, chat, name, unit, step, next, notice } = act;
    log(work, 'unreached', null, {
      ...(assignment !== undefined && { assignment }),
      text: `${name}没有送达`,
      facts: {
        chat,
        ...(unit !== undefined && { unit }),
        ...(step !== undefined && { step }),
        ...(next !== undefined && { next }),
        ...(notice !== undefined && { notice }),
      },
    });
    return null;
  }
  const due = dueSteps(work).find(
    ({ step, clock }) =>
      step.id === act.step && clock.clock === act.clock && clock.assignment === act.assignment,
  );
  if (!due) return `${request.number} 现在不需要“${act.step}”这一步。`;
  log(work, 'escalated', null, {
    assignment: due.assignment,
    facts: { step: due.step.id, clock: act.clock, to: due.step.to, dueAt: due.clock.dueAt },
  });
  return null;
}

/** The clocks go on: what was signed for stays signed for, and anybody of the unit may sign for it anew. */
function handOver(work: Work, id: string): string | null {
  const { request } = work;
  const signer = signerOf(request, id);
  if (!signer || !request.assignments.some((a) => a.id === id && isActive(a)))
    return `${request.number} 没有可以交接的经办人。`;
  log(work, 'handed-over', null, {
    assignment: id,
    text: `${signer.name}已不在${request.assignments.find((a) => a.id === id)?.organization ?? ''}`,
    facts: { from: signer.account },
  });
  return null;
}

function endPause(work: Work, id: string): string | null {
  const { request, now } = work;
  const assignment = request.assignments.find((a) => a.id === id);
  const at = assignment ? pauseEndsAt(work, assignment) : null;
  if (at === null || at > now) return `${request.number} 的暂停还没有用完。`;
  log(work, 'resumed', null, {
    assignment: id,
    text: '可以暂停的时间已用完,计时自动恢复。',
    facts: { isByLimit: true, endedAt: at },
  });
  return null;
}
