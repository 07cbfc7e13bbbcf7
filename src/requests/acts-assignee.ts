/** What the organization of an assignment does. Each takes the copy, changes it and returns null, or the reason why not. */
import { formatInstant } from '../calendar/local.js';
import {
  isConfidential,
  wantsAdoption,
  type Adoption,
  type Assignment,
  type Request,
} from '../core/request.js';
import { isTownshipUnit } from '../organizations/names.js';
import { answerDueOf, clocksOf } from './clock.js';
import { endOf } from './durations.js';
import type { Situation } from './situation.js';
import { isPaused, leadReturns, returnedBy, wasHandedOn } from './log.js';
import type { Act } from './moves.js';
import { resumptionFacts } from './pausing.js';
import { ADOPTION_LABELS, ADOPTION_WORDS, MIN_ADOPTION_REASON } from './adoption.js';
import { isReason, MIN_SUBSTANCE } from './reasons.js';
import { complainants } from './confidential.js';
import { allowsTask, overseesLaw } from './routing.js';
import { completeIfDone, hasContent, log, makeAssignment, toRuling, type ActorWork } from './work.js';

type Of<K extends Act['kind']> = Extract<Act, { kind: K }>;
export type Apply<K extends Act['kind']> = (work: ActorWork, act: Of<K>) => string | null;

/** The second return of a request is not negotiated any more. */
const RETURNS_TO_RULING = 2;

/** The guards have seen to it that there is one. */
export function own({ assignment }: Situation) {
  if (!assignment) throw new Error('an act on an assignment came through without one');
  return assignment;
}

/** What comes after its time is marked for good: returned too, or whoever returns late would have lost no time. */
export function lateFacts(work: ActorWork, { id }: Pick<Assignment, 'id'>): { isLate: true } | null {
  const isLate = clocksOf(work).some(
    ({ assignment, clock, dueAt, isRunning }) =>
      assignment === id && (clock === 'sign' || clock === 'answer') && isRunning && dueAt < work.now,
  );
  return isLate ? { isLate } : null;
}

export const sign: Apply<'sign'> = (work) => {
  const assignment = own(work);
  const facts = lateFacts(work, assignment);
  assignment.status = 'signed';
  log(work, 'signed', work.actor, { assignment: assignment.id, ...(facts && { facts }) });
  return null;
};

export const answer: Apply<'answer'> = (work, { text, attachments, consent, adopted }) => {
  const assignment = own(work);
  if (!hasContent(text)) return '请写明办理情况,再提交答复。';
  if (work.request.kind === 'consent' && consent === undefined)
    return '请明确答复“同意”或“不同意”,并写明意见。';
  const isAdopting = wantsAdoption(work.request) && assignment.role === 'lead';
  if (isAdopting) {
    const refused = adoptionProblem(adopted, text);
    if (refused) return refused;
  }
  // Who answers has received it.
  if (assignment.status === 'waiting') sign(work, { kind: 'sign' });
  if (isPaused(work.request, assignment))
    log(work, 'resumed', work.actor, {
      assignment: assignment.id,
      facts: { isByAnswer: true, ...resumptionFacts(work, assignment) },
    });
  const late = lateFacts(work, assignment);
  assignment.status = 'answered';
  const event = log(work, 'answered', work.actor, {
    assignment: assignment.id,
    text,
    ...(attachments && { attachments }),
    ...((late !== null || work.request.kind === 'consent' || isAdopting) && {
      facts: {
        ...late,
        ...(work.request.kind === 'consent' && consent !== undefined && { consent }),
        ...(isAdopting && adopted !== undefined && { adopted }),
      },
    }),
  });
  completeIfDone(work, event);
  return null;
};

/** Who does not take a proposal up says why; who does may leave it at that. */
function adoptionProblem(adopted: Adoption | undefined, text: string): string | null {
  if (adopted === undefined) return '请明确答复“采纳”“部分采纳”或“不采纳”,并写明理由。';
  const reason = text.replace(ADOPTION_WORDS, '').replace(/[^\p{L}\p{N}]/gu, '');
  return adopted === 'yes' || reason.length >= MIN_ADOPTION_REASON
    ? null
    : `答复“${ADOPTION_LABELS[adopted]}”要写明理由(不少于${MIN_ADOPTION_REASON}个字)。`;
}

export const returnIt: Apply<'return'> = (work, { reason, row }) => {
  const assignment = own(work);
  const hasRow = row !== undefined && row.trim() !== '';
  if (!isReason(reason, row))
    return `退回要写明理由和依据:引用清单的事项(如“《…清单》第12项”),或写明具体事实(不少于${MIN_SUBSTANCE}个字)。只写“不归我管”“属地管理”等不能退回;认为责任不清的,可以提请裁定。`;
  const late = lateFacts(work, assignment);
  assignment.status = 'returned';
  const event = log(work, 'returned', work.actor, {
    assignment: assignment.id,
    text: reason,
    ...((late || hasRow) && { facts: { ...late, ...(hasRow && { row: row.trim() }) } }),
  });
  if (assignment.role === 'support') completeIfDone(work, event);
  else if (leadReturns(work.request) >= RETURNS_TO_RULING)
    toRuling(work, null, { text: '第二次退回,自动提请编办裁定。', facts: { isAutomatic: true } });
  return null;
};

export const transfer: Apply<'transfer'> = (work, { to, reason }) => {
  const { request, assignment, policy } = work;
  const unit = to.trim();
  const refused = refuseTarget(work, unit);
  if (refused) return refused;
  if (work.side === 'caller' || !assignment) {
    endSupportOf(work, unit);
    const made = makeAssignment(request, unit, 'lead');
    log(work, 'transferred', work.actor, { made: [made], text: reason, facts: { to: unit, by: 'caller' } });
    return null;
  }
  if (!isReason(reason)) return `转办要写明依据:引用清单的事项,或写明具体事实(不少于${MIN_SUBSTANCE}个字)。`;
  assignment.status = 'transferred';
  const parts = { assignment: assignment.id, text: reason, facts: { to: unit, by: 'assignee' } };
  if (wasHandedOn(request, assignment.id)) {
    log(work, 'transferred', work.actor, parts);
    toRuling(work, null, {
      text: `已经转办过一次,再次转办自动提请${policy.listOffice}裁定。`,
      facts: { isAutomatic: true },
    });
    return null;
  }
  endSupportOf(work, unit);
  log(work, 'transferred', work.actor, { ...parts, made: [makeAssignment(request, unit, 'lead')] });
  return null;
};

function refuseTarget(work: ActorWork, unit: string): string | null {
  const { request, actor } = work;
  if (unit === '') return '请写明转给哪个单位。';
  if (unit === actor.organization || unit === actor.team)
    return '不能转给本单位。请选择其他单位,或提请裁定。';
  if (returnedBy(request).has(unit)) return `${unit}已经退回本请求。请选择其他单位,或提请裁定。`;
  return refuseUnit(work, unit);
}

/** Whoever gives it: units to which a request of the kind cannot go. */
export function refuseUnit({ request, policy }: ActorWork, unit: string): string | null {
  if (unit === '') return '请写明由哪个单位办理。';
  if (request.callers.some((c) => c.organization === unit))
    return `${unit}是本请求的请求单位,不能转给它。请选择其他单位,或提请裁定。`;
  if (unit === policy.listOffice) return `需要${unit}确定责任单位的,请使用“提请裁定”。`;
  // The unit that is complained of is asked for its part (add-support); the case itself stays with who oversees.
  if (policy.answeredBy === 'oversight' && !overseesLaw(unit))
    return `${policy.name}只能转司法所或县司法局。需要${unit}说明情况的,请使用“${policy.texts.labels['add-support'] ?? ''}”。`;
  const isTownship = isTownshipUnit(unit);
  // Down to a township goes only what the lists allow, or what the 编办 has found.
  if (policy.answeredBy === 'department' && isTownship)
    return `${unit}是镇街,${policy.name}不能转给镇街。确需镇街办理的,请另行提交交办,或提请裁定。`;
  if (policy.answeredBy === 'township' && !isTownship)
    return `${policy.name}由镇街承办,不能转给${unit}。认为应由部门办理的,请退回并写明依据,或提请裁定。`;
  return beyondLists(request, unit);
}

function beyondLists({ kind, evidence }: Request, unit: string): string | null {
  return kind === 'task' && isTownshipUnit(unit) && !allowsTask(evidence, [unit])
    ? `清单没有列明${unit}承担该事项,不能直接交给它。请另行提交交办,由编办审核准入。`
    : null;
}

/** A unit that now leads does not also support. */
export function endSupportOf({ request }: ActorWork, unit: string): void {
  for (const a of request.assignments)
    if (a.role === 'support' && a.organization === unit && (a.status === 'waiting' || a.status === 'signed'))
      a.status = 'closed';
}

export const addSupport: Apply<'add-support'> = (work, { organization, reason }) => {
  const { request, actor } = work;
  const unit = organization.trim();
  if (unit === '') return '请写明请哪个单位协办。';
  if (unit === actor.organization || unit === actor.team) return '不能请本单位协办。请选择其他单位。';
  if (request.callers.some((c) => c.organization === unit))
    return `${unit}是本请求的请求单位,不需要再列为协办。`;
  const present = request.assignments.find(
    (a) => a.organization === unit && (a.status === 'waiting' || a.status === 'signed'),
  );
  if (present) return `${unit}已经是本请求的${present.role === 'lead' ? '主办' : '协办'}单位。可以催办。`;
  if (!hasContent(reason)) return `请写明需要${unit}协办什么。`;
  const betrayed = isConfidential(request)
    ? complainants(request).find((it) => reason.includes(it))
    : undefined;
  if (betrayed !== undefined) return `通报的话里有反映人姓名(${betrayed}),没有通报。请改写后重新发送。`;
  const beyond = beyondLists(request, unit);
  if (beyond) return beyond;
  const { assignment } = work;
  log(work, 'support-added', actor, {
    ...(work.side === 'assignee' && assignment && { assignment: assignment.id }),
    made: [makeAssignment(request, unit, 'support')],
    text: reason,
    facts: { to: unit },
  });
  return null;
};

export const askExtension: Apply<'ask-extension'> = (work, { reason, untilAt }) => {
  const { policy, calendar, now } = work;
  const assignment = own(work);
  if (!hasContent(reason)) return '请写明延期的原因。';
  const due = answerDueOf(work, assignment);
  if (untilAt !== undefined && untilAt <= due)
    return `希望延至的时间应晚于现在的期限(${formatInstant(due, now)})。`;
  if (policy.extension && untilAt !== undefined) {
    const latest = endOf(policy.extension, due, calendar);
    if (untilAt > latest) return `最多可以延至${formatInstant(latest, now)}。请改为不晚于这一时间。`;
  }
  log(work, 'extension-asked', work.actor, {
    assignment: assignment.id,
    text: reason,
    ...(untilAt !== undefined && { facts: { untilAt } }),
  });
  return null;
};

export const pause: Apply<'pause'> = (work, { reason }) => {
  if (!hasContent(reason)) return '请写明需要请求单位补充什么材料。';
  log(work, 'paused', work.actor, { assignment: own(work).id, text: reason });
  return null;
};

/** By either side: the caller supplies, or the assignee needs it no more. */
export const resume: Apply<'resume'> = (work, { text, attachments }) => {
  if (work.side === 'caller' && !hasContent(text, attachments)) return '请写明或附上需要补充的材料。';
  const assignment = own(work);
  const facts = resumptionFacts(work, assignment);
  log(work, 'resumed', work.actor, {
    assignment: assignment.id,
    text,
    ...(attachments && { attachments }),
    ...(facts.endedAt !== undefined && { facts: { endedAt: facts.endedAt } }),
  });
  return null;
};

/** By either side; see `guards.ts` for when. */
export const askRuling: Apply<'ask-ruling'> = (work, { reason }) => {
  const { assignment, side } = work;
  if (side === 'caller' ? !hasContent(reason) : !isReason(reason))
    return `提请裁定要写明争议在哪里:引用清单的事项,或写明具体事实${side === 'caller' ? '' : `(不少于${MIN_SUBSTANCE}个字)`}。`;
  toRuling(work, work.actor, {
    ...(side === 'assignee' && assignment && { assignment: assignment.id }),
    text: reason,
  });
  return null;
};
