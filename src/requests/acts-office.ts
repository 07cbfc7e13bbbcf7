/** What the 编办 decides: whether a 交办 may go out, and who is responsible. */
import { lateFacts, own, sign, type Apply } from './acts-assignee.js';
import { isPaused } from './log.js';
import { resumptionFacts } from './pausing.js';
import { cleanUnits, closeActive, concludeRequest, hasContent, log, makeAssignment } from './work.js';

export const admit: Apply<'admit'> = (work, { text }) => {
  const { request } = work;
  const office = own(work);
  const facts = request.events[0]?.facts;
  const lead = String(facts?.['lead'] ?? '');
  const support = cleanUnits(String(facts?.['support'] ?? '').split('、'), [lead]);
  const late = lateFacts(work, office);
  closeActive(work, 'answered');
  const made = [
    makeAssignment(request, lead, 'lead'),
    ...support.map((unit) => makeAssignment(request, unit, 'support')),
  ];
  request.status = 'open';
  log(work, 'admitted', work.actor, {
    assignment: office.id,
    made,
    ...(text !== undefined && { text }),
    ...(late && { facts: late }),
  });
  return null;
};

export const refuseAdmission: Apply<'refuse-admission'> = (work, { reason }) => {
  if (!hasContent(reason)) return '请写明不予交办的理由(如清单中没有列明镇街承担该事项)。';
  const office = own(work);
  const late = lateFacts(work, office);
  closeActive(work, 'answered');
  work.request.status = 'refused';
  log(work, 'admission-refused', work.actor, {
    assignment: office.id,
    text: reason,
    ...(late && { facts: late }),
  });
  return null;
};

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
