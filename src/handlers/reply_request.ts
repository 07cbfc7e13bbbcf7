/** 答复, 办结, 补充说明. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { MIN_REASON, commandOf, nothing, byWords } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';
import type { Act } from '../requests/moves.js';
import { isDone, isProgress } from '../requests/move-words.js';
import { actsFor } from '../requests/permissions.js';

const answer: MoveSpec = {
  move: 'answer',
  isMeant: () => true,
  missing: (said, { request }) => {
    if (said.text.trim().length < MIN_REASON) return '请写明办理情况和结果,可附照片。';
    if (request.kind === 'consent' && consentIn(said.text) === null)
      return '请明确答复“同意”或“不同意”,可说明理由。';
    return null;
  },
  make: (said, { request, assignment }) => {
    const consent = request.kind === 'consent' ? consentIn(said.text) : null;
    return {
      kind: 'answer',
      text: said.text.trim(),
      attachments: said.attachments,
      ...(consent !== null && { consent }),
      ...(assignment && { assignment }),
    };
  },
  done: '已答复,等待请求单位评价。',
  isPlain: isDone,
};

function consentIn(text: string): boolean | null {
  if (/不同意|不赞成|反对|不予同意/.test(text)) return false;
  return /同意|赞成|无异议|没有意见|无意见/.test(text) ? true : null;
}

const conclude: MoveSpec = {
  move: 'conclude',
  isMeant: ({ action, ctx, actor }) =>
    action === 'req-conclude' ||
    // 办结 is what a unit says when it answers, and what a caller says when it is content.
    (action === '' &&
      /^办结/.test(commandOf(ctx)) &&
      actor.roles.some((role) => role.startsWith('township') || role === 'deadline-office')),
  missing: nothing,
  make: (said) => ({ kind: 'conclude', ...(said.text.trim() && { text: said.text.trim() }) }),
  done: '已办结。',
};

const addNote: MoveSpec = {
  move: 'note',
  isMeant: byWords('req-note', /^补充/),
  missing: (said) =>
    said.text.trim().length >= MIN_REASON || said.attachments.length > 0
      ? null
      : '请发送要补充的说明或照片。',
  make: (said, { request, assignment, actor }) => {
    const note: Act = {
      kind: 'note',
      text: said.text.trim(),
      attachments: said.attachments,
      ...(assignment && { assignment }),
    };
    // Who says how it goes on has seen it.
    const waits = request.assignments.some((a) => actsFor(actor, a.organization) && a.status === 'waiting');
    return waits && isProgress(said.text) ? [{ kind: 'sign' }, note] : note;
  },
  done: (acts) => (acts.length > 1 ? '已签收,进展已告知请求单位。' : '已补充。'),
  isPlain: () => true,
};

export const createReplyRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'reply_request', [addNote, conclude, answer]);
