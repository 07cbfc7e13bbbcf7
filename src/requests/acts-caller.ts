/** What the organizations that call do, and the deadline office beside them. */
import type { Apply } from './acts-assignee.js';
import { own } from './acts-assignee.js';
import { currentLead, isFinal, isLowRating, lowRatings, reviewEvent } from './log.js';
import { LOW_RATING_STEP } from './moves.js';
import { isByDesk } from './permissions.js';
import { closeActive, concludeRequest, hasContent, log, reopenRequest } from './work.js';

export const joinIt: Apply<'join'> = (work, { conversation, text, attachments }) => {
  const { request, actor, now } = work;
  const { organization, account } = actor;
  request.callers.push({
    organization,
    account,
    conversation: structuredClone(conversation),
    joinedAt: now,
    rating: null,
  });
  log(work, 'joined', actor, { ...(text !== undefined && { text }), ...(attachments && { attachments }) });
  return null;
};

export const grantExtension: Apply<'grant-extension'> = (work) => {
  log(work, 'extension-granted', work.actor, { assignment: own(work).id });
  return null;
};

export const refuseExtension: Apply<'refuse-extension'> = (work, { reason }) => {
  if (!hasContent(reason)) return '请写明不同意延期的理由。';
  log(work, 'extension-refused', work.actor, { assignment: own(work).id, text: reason });
  return null;
};

export const urge: Apply<'urge'> = (work, { text, toDesk, toHead }) => {
  const isOfDesk = isByDesk(work);
  log(work, 'urged', work.actor, {
    ...(text !== undefined && { text }),
    ...(isOfDesk && { facts: { isDesk: true, ...(toHead === true && { to: 'head' }) } }),
    ...(!isOfDesk && toDesk === true && { facts: { to: 'deadline-office' } }),
  });
  return null;
};

export const note: Apply<'note'> = (work, { text, attachments, isProgress, promisedAt }) => {
  if (!hasContent(text, attachments)) return '请写明或附上要补充的内容。';
  log(work, 'noted', work.actor, {
    ...(work.side === 'assignee' && work.assignment && { assignment: work.assignment.id }),
    text,
    ...(attachments && { attachments }),
    ...(isProgress === true &&
      work.side === 'assignee' && {
        facts: { isProgress, ...(promisedAt !== undefined && promisedAt > work.now && { promisedAt }) },
      }),
  });
  return null;
};

export const rate: Apply<'rate'> = (work, { speed, handling, result, words }) => {
  const { request, actor, policy, now } = work;
  if ([speed, handling, result].some((n) => !Number.isInteger(n) || n < 1 || n > 5))
    return '请就办理速度、办理过程、办理结果分别打1到5分。';
  const isLow = isLowRating(speed, handling, result);
  if (isLow && !hasContent(words)) return '评价较低(2分及以下),请写明哪里没有办好,以便重新办理。';
  const wasLow = lowRatings(request) > 0;
  const caller = request.callers.find((c) => c.organization === actor.organization);
  if (!caller) return '本请求不是贵单位提出的,不能评价。';
  caller.rating = { speed, handling, result, words: words.trim(), at: now };
  log(work, 'rated', actor, { text: words, facts: { speed, handling, result, isLow } });
  const isReviewed = reviewEvent(request) !== null;
  if (isLow && !wasLow && policy.moves.includes('reopen') && !isFinal(request)) {
    reopenRequest(work, null, { text: '评价较低,自动重新办理。', facts: { isAutomatic: true } });
  } else if (isLow && !isReviewed) {
    const lead = currentLead(request);
    log(work, 'escalated', null, {
      ...(lead && { assignment: lead.id }),
      text: '再次评价较低,已列入待督办核查。',
      facts: { step: LOW_RATING_STEP, clock: 'rate', to: 'deadline-office' },
    });
  } else if (!isReviewed && request.callers.every((c) => c.rating !== null)) {
    concludeRequest(work, null, { text: '请求单位均已评价。', facts: { isAutomatic: true } });
  }
  return null;
};

export const conclude: Apply<'conclude'> = (work, { text }) => {
  concludeRequest(work, work.actor, { ...(text !== undefined && { text }) });
  return null;
};

export const closeUnsolved: Apply<'close-unsolved'> = (work, { reason }) => {
  if (!hasContent(reason)) return '请写明为什么现在解决不了。';
  closeActive(work);
  work.request.status = 'unsolved';
  log(work, 'closed-unsolved', work.actor, { text: reason });
  return null;
};

export const reopen: Apply<'reopen'> = (work, { reason }) => {
  if (!hasContent(reason)) return '请写明为什么需要重新办理。';
  reopenRequest(work, work.actor, { text: reason });
  return null;
};

export const withdraw: Apply<'withdraw'> = (work, { reason }) => {
  const { request, actor } = work;
  if (!hasContent(reason)) return '请写明撤回的原因。';
  const others = request.callers.filter((c) => c.organization !== actor.organization);
  if (others.length > 0) {
    // The others still need it.
    request.callers = others;
    log(work, 'withdrawn', actor, { text: reason, facts: { isLeaving: true } });
    return null;
  }
  for (const a of request.assignments)
    if (a.status === 'waiting' || a.status === 'signed') a.status = 'closed';
  request.status = 'withdrawn';
  log(work, 'withdrawn', actor, { text: reason });
  return null;
};
