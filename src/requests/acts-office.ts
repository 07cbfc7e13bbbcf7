/** What is decided of a request by those who do not work on it: whether it may go out, by the calling unit's leaders; by the 编办 whether a 交办 may go out, and who is responsible; and what it corrects or takes back of that. */
import { endSupportOf, lateFacts, own, refuseUnit, sign, type Apply } from './acts-assignee.js';
import type { Request } from '../core/request.js';
import { currentLead, isActive, isPaused, rulingInForce } from './log.js';
import { resumptionFacts } from './pausing.js';
import {
  cleanUnits,
  closeActive,
  concludeRequest,
  hasContent,
  log,
  makeAssignment,
  toRuling,
  type ActorWork,
} from './work.js';

/** It goes out as it was filed. */
const letOut =
  (event: 'approved' | 'admitted') =>
  (work: ActorWork, { text }: { text?: string }): null => {
    const { request } = work;
    const part = own(work);
    const late = lateFacts(work, part);
    closeActive(work, 'answered');
    request.status = 'open';
    log(work, event, work.actor, {
      assignment: part.id,
      made: makeFiled(request),
      ...(text !== undefined && { text }),
      ...(late && { facts: late }),
    });
    return null;
  };

/** `ask`: said where there is no reason. */
const notLetOut =
  (event: 'approval-refused' | 'admission-refused', ask: string) =>
  (work: ActorWork, { reason }: { reason: string }): string | null => {
    if (!hasContent(reason)) return ask;
    const part = own(work);
    const late = lateFacts(work, part);
    closeActive(work, 'answered');
    work.request.status = 'refused';
    log(work, event, work.actor, { assignment: part.id, text: reason, ...(late && { facts: late }) });
    return null;
  };

export const approve: Apply<'approve'> = letOut('approved');
export const refuseApproval: Apply<'refuse-approval'> = notLetOut(
  'approval-refused',
  '请写明不同意上报的理由。',
);
export const admit: Apply<'admit'> = letOut('admitted');
export const refuseAdmission: Apply<'refuse-admission'> = notLetOut(
  'admission-refused',
  '请写明不予交办的理由(如清单中没有列明镇街承担该事项)。',
);

/** The parts of those to whom it was filed. */
function makeFiled(request: Request): string[] {
  const facts = request.events[0]?.facts;
  const lead = String(facts?.['lead'] ?? '');
  const support = cleanUnits(String(facts?.['support'] ?? '').split('、'), [lead]);
  return [
    makeAssignment(request, lead, 'lead'),
    ...support.map((unit) => makeAssignment(request, unit, 'support')),
  ];
}

export const rule: Apply<'rule'> = (work, { lead, support, text }) => {
  const { request } = work;
  const office = own(work);
  const unit = lead.trim();
  if (unit === '') return '请写明由哪个单位负责。';
  if (!hasContent(text)) return '请写明裁定的理由和依据。';
  const callers = request.callers.map((c) => c.organization);
  const helping = cleanUnits(support, [unit]);
  if (office.status === 'waiting') sign(work, { kind: 'sign' });
  if (isPaused(request, office))
    log(work, 'resumed', work.actor, {
      assignment: office.id,
      facts: { isByAnswer: true, ...resumptionFacts(work, office) },
    });
  const parts = {
    assignment: office.id,
    text,
    facts: { lead: unit, support: helping.join('、'), ...lateFacts(work, office) },
  };
  closeActive(work, 'answered');
  const isAsked = request.kind === 'ruling' || request.kind === 'inquiry';
  if (isAsked || callers.includes(unit)) {
    log(work, 'ruled', work.actor, parts);
    concludeRequest(work, null, {
      text: isAsked ? '已作出裁定。' : `编办裁定由${unit}负责。`,
      facts: { isAutomatic: true },
    });
    return null;
  }
  const made = [
    makeAssignment(request, unit, 'lead'),
    ...cleanUnits(helping, callers).map((s) => makeAssignment(request, s, 'support')),
  ];
  request.status = 'open';
  log(work, 'ruled', work.actor, { ...parts, made });
  return null;
};

/** The old words stay in the log. What has ended stays as it ended: later answers follow what is right now. */
export const correctRuling: Apply<'correct-ruling'> = (work, { lead, support, text }) => {
  const { request } = work;
  const unit = lead.trim();
  if (unit === '') return '请写明由哪个单位负责。';
  if (!hasContent(text)) return '请写明更正的理由和依据。';
  const helping = cleanUnits(support, [unit]);
  const before = rulingInForce(request)?.facts;
  const facts = { lead: unit, support: helping.join('、'), was: String(before?.['lead'] ?? '') };
  if (before?.['lead'] === facts.lead && before['support'] === facts.support)
    return `原裁定就是由${unit}负责,不需要更正。`;
  if (request.status !== 'open') {
    log(work, 'ruling-corrected', work.actor, { text, facts });
    return null;
  }
  const callers = request.callers.map((c) => c.organization);
  if (callers.includes(unit)) {
    log(work, 'ruling-corrected', work.actor, { text, facts });
    concludeRequest(work, null, { text: `编办更正裁定,由${unit}负责。`, facts: { isAutomatic: true } });
    return null;
  }
  log(work, 'ruling-corrected', work.actor, {
    text,
    facts,
    made: regive(work, unit, cleanUnits(helping, callers)),
  });
  return null;
};

/** Who has a part already goes on with it; the parts of the others end. */
function regive({ request }: ActorWork, lead: string, support: string[]): string[] {
  const wanted = [
    { organization: lead, role: 'lead' as const },
    ...support.map((organization) => ({ organization, role: 'support' as const })),
  ];
  const isSame = (a: (typeof wanted)[number], b: (typeof wanted)[number]) =>
    a.organization === b.organization && a.role === b.role;
  for (const assignment of request.assignments)
    if (isActive(assignment) && !wanted.some((it) => isSame(it, assignment))) assignment.status = 'closed';
  return wanted
    .filter((it) => !request.assignments.some((a) => isActive(a) && isSame(it, a)))
    .map(({ organization, role }) => makeAssignment(request, organization, role));
}

/** Nobody is responsible by it any more; what is still worked on is ruled anew. */
export const withdrawRuling: Apply<'withdraw-ruling'> = (work, { reason }) => {
  if (!hasContent(reason)) return '请写明撤销裁定的理由。';
  log(work, 'ruling-withdrawn', work.actor, { text: reason });
  if (work.request.status === 'open')
    toRuling(work, null, { text: '裁定已撤销,重新裁定。', facts: { isAutomatic: true } });
  return null;
};

/** 指定主办: the coordinating desk ends a dispute over who begins; the 编办 may still be asked who is responsible. */
export const assignLead: Apply<'assign-lead'> = (work, { to, reason }) => {
  const { request } = work;
  const unit = to.trim();
  if (!hasContent(reason)) return '请写明指定主办的理由。';
  const refused = refuseLead(work, unit);
  if (refused) return refused;
  const lead = currentLead(request);
  if (lead && isActive(lead)) lead.status = 'closed';
  endSupportOf(work, unit);
  log(work, 'lead-assigned', work.actor, {
    made: [makeAssignment(request, unit, 'lead')],
    text: reason,
    facts: { to: unit, ...(lead && { was: lead.organization }) },
  });
  return null;
};

function refuseLead(work: ActorWork, unit: string): string | null {
  const lead = currentLead(work.request);
  if (lead && isActive(lead) && lead.organization === unit)
    return `${unit}已经是主办单位。需要加快的,请催办。`;
  return refuseUnit(work, unit);
}
