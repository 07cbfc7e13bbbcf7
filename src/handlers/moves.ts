/** The moves as they are spoken: when a message means one, what it still lacks, what is made of it. */
import { parseTime } from '../nlu/dates/parse.js';
import { isWish, parseScores } from '../nlu/slots.js';
import type { Desk } from '../requests/effects.js';
import type { Context } from '../core/types.js';
import type { MoveSpec } from './act.js';

const MIN_REASON = 2;
const needs = (question: string) => (said: { text: string }) =>
  said.text.trim().length >= MIN_REASON ? null : question;
const nothing = () => null;
/** By its button, or by words of the message. */
const byWords = (id: string, pattern: RegExp) => (input: { action: string; ctx: Context }) =>
  input.action === id ||
  (input.action === '' && (pattern.test(input.ctx.text) || pattern.test(commandOf(input.ctx))));

/** The word by which the intent was called: 协办 and 转办 are one intent and two moves. */
const commandOf = ({ update }: Context): string =>
  update.kind === 'message' ? (/^\/?([a-z]+|[\u4e00-\u9fff]+)/i.exec(update.text.trim())?.[0] ?? '') : '';

/** Units that the text names, without the one that holds the request now. */
function unitsIn(text: string, desk: Desk): string[] {
  return desk.directory.mentions(text).map(({ unit }) => unit);
}

export const sign: MoveSpec = {
  move: 'sign',
  isMeant: () => true,
  missing: nothing,
  make: (_, { assignment }) => ({ kind: 'sign', ...(assignment && { assignment }) }),
  done: '已签收。',
};

export const answer: MoveSpec = {
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
};

function consentIn(text: string): boolean | null {
  if (/不同意|不赞成|反对|不予同意/.test(text)) return false;
  return /同意|赞成|无异议|没有意见|无意见/.test(text) ? true : null;
}

export const conclude: MoveSpec = {
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

export const addNote: MoveSpec = {
  move: 'note',
  isMeant: byWords('req-note', /^补充/),
  missing: (said) =>
    said.text.trim().length >= MIN_REASON || said.attachments.length > 0
      ? null
      : '请发送要补充的说明或照片。',
  make: (said, { assignment }) => ({
    kind: 'note',
    text: said.text.trim(),
    attachments: said.attachments,
    ...(assignment && { assignment }),
  }),
  done: '已补充。',
};

export const giveBack: MoveSpec = {
  move: 'return',
  isMeant: () => true,
  missing: needs('请写明退回理由:清单哪一项列明了其他单位,或者什么事实说明不属本单位职责。'),
  make: (said, { assignment }) => ({
    kind: 'return',
    reason: said.text.trim(),
    ...(assignment && { assignment }),
  }),
  done: '已退回请求单位。',
};

export const transfer: MoveSpec = {
  move: 'transfer',
  isMeant: byWords('req-transfer', /转/),
  missing: (said, { desk }) => {
    if (unitsIn(said.text, desk).length === 0) return '请写明转给哪个单位,以及转办理由。';
    return reasonBeside(said.text, desk) ? null : '请写明转办理由。';
  },
  make: (said, { desk, assignment }) => ({
    kind: 'transfer',
    to: unitsIn(said.text, desk)[0] ?? '',
    reason: said.text.trim(),
    ...(assignment && { assignment }),
  }),
  done: '已转办。',
};

export const addSupport: MoveSpec = {
  move: 'add-support',
  isMeant: byWords('req-support', /协办|配合|协助/),
  missing: (said, { desk }) => {
    if (unitsIn(said.text, desk).length === 0) return '请写明请哪个单位协办,以及需要它做什么。';
    return reasonBeside(said.text, desk) ? null : '请写明需要该单位做什么。';
  },
  make: (said, { desk, assignment }) => ({
    kind: 'add-support',
    organization: unitsIn(said.text, desk)[0] ?? '',
    reason: said.text.trim(),
    ...(assignment && { assignment }),
  }),
  done: '已请其协办。',
};

/** Whether something stands beside the names of units. */
function reasonBeside(text: string, desk: Desk): boolean {
  const rest = desk.directory
    .mentions(text)
    .reduce((left, { alias }) => left.replace(alias, ''), text)
    .replace(/转办?给?|转派|请求?|协办|配合|协助|由|给|[\s,\uff0c。:\uff1a、]/g, '');
  return rest.length >= MIN_REASON;
}

export const grant: MoveSpec = {
  move: 'grant-extension',
  isMeant: ({ action, ctx }) =>
    action === 'req-grant' ||
    (action === '' && /同意|批准|准予/.test(ctx.text) && !/不同意|不批准|不予/.test(ctx.text)),
  missing: nothing,
  make: (_, { assignment }) => ({ kind: 'grant-extension', ...(assignment && { assignment }) }),
  done: '已同意延期。',
};

export const refuse: MoveSpec = {
  move: 'refuse-extension',
  isMeant: ({ action, ctx }) =>
    action === 'req-refuse' || (action === '' && /不同意|不批准|不予|驳回/.test(ctx.text)),
  missing: needs('请写明不同意延期的理由。'),
  make: (said, { assignment }) => ({
    kind: 'refuse-extension',
    reason: said.text.trim(),
    ...(assignment && { assignment }),
  }),
  done: '已答复不同意延期。',
};

export const askExtension: MoveSpec = {
  move: 'ask-extension',
  isMeant: () => true,
  missing: needs('请写明延期理由,以及预计何时办完。'),
  make: (said, { ctx, desk, assignment }) => {
    const time = parseTime(said.text, { now: ctx.now, calendar: desk.calendar, purpose: 'deadline' });
    return {
      kind: 'ask-extension',
      reason: said.text.trim(),
      ...(time?.kind === 'instant' && isWish(time, said.text) && { untilAt: time.at }),
      ...(assignment && { assignment }),
    };
  },
  done: '已提出延期申请,等待请求单位或督办答复。',
};

export const urge: MoveSpec = {
  move: 'urge',
  isMeant: () => true,
  missing: nothing,
  make: (said) => ({ kind: 'urge', ...(said.text.trim() && { text: said.text.trim() }) }),
  done: '已催办。',
};

/** 满意 is the word that calls the intent and the rating itself. */
const scoresIn = (said: { text: string }, { update }: Context) =>
  parseScores(said.text || (update.kind === 'message' ? update.text : ''));

export const rate: MoveSpec = {
  move: 'rate',
  isMeant: () => true,
  missing: (said, { ctx }) =>
    scoresIn(said, ctx)
      ? null
      : '请评价:速度、办理、结果各 1 至 5 分(如“5 4 5 处置及时”),或直接回复“满意”“不满意”,可附说明。',
  make: (said, { ctx }) => {
    const scores = scoresIn(said, ctx);
    if (!scores) throw new Error('a rating without scores was not asked for');
    return { kind: 'rate', ...scores };
  },
  done: '已评价,感谢您的反馈。',
};

export const withdraw: MoveSpec = {
  move: 'withdraw',
  isMeant: () => true,
  missing: needs('请写明撤回原因。'),
  make: (said) => ({ kind: 'withdraw', reason: said.text.trim() }),
  done: '已撤回。',
};

export const reopen: MoveSpec = {
  move: 'reopen',
  isMeant: () => true,
  missing: needs('请写明哪里没有解决。'),
  make: (said) => ({ kind: 'reopen', reason: said.text.trim() }),
  done: '已重新交办,时限从现在起算。',
};

export const pause: MoveSpec = {
  move: 'pause',
  isMeant: byWords('req-pause', /暂停|待补充|需补充|缺材料/),
  missing: needs('请写明需要请求单位补充什么。'),
  make: (said, { assignment }) => ({
    kind: 'pause',
    reason: said.text.trim(),
    ...(assignment && { assignment }),
  }),
  done: '已请请求单位补充,办理计时暂停。',
};

export const resume: MoveSpec = {
  move: 'resume',
  isMeant: () => true,
  missing: (said) =>
    said.text.trim().length >= MIN_REASON || said.attachments.length > 0 ? null : '请发送补充的说明或照片。',
  make: (said, { assignment }) => ({
    kind: 'resume',
    text: said.text.trim() || '已补充附件',
    attachments: said.attachments,
    ...(assignment && { assignment }),
  }),
  done: '已补充,办理计时恢复。',
};

export const askRuling: MoveSpec = {
  move: 'ask-ruling',
  isMeant: byWords('req-ask-ruling', /^(申请|提请)裁定/),
  missing: needs('请写明争议所在,供编办裁定。'),
  make: (said, { assignment }) => ({
    kind: 'ask-ruling',
    reason: said.text.trim(),
    ...(assignment && { assignment }),
  }),
  done: '已提请编办裁定。',
};

export const admit: MoveSpec = {
  move: 'admit',
  isMeant: byWords('req-admit', /^(准予|同意)交办/),
  missing: nothing,
  make: (said, { assignment }) => ({
    kind: 'admit',
    ...(said.text.trim() && { text: said.text.trim() }),
    ...(assignment && { assignment }),
  }),
  done: '已准予交办。',
};

export const refuseAdmission: MoveSpec = {
  move: 'refuse-admission',
  isMeant: byWords('req-no-admit', /^(不予|不准|不同意)交办/),
  missing: needs('请写明不予交办的理由。'),
  make: (said, { assignment }) => ({
    kind: 'refuse-admission',
    reason: said.text.trim(),
    ...(assignment && { assignment }),
  }),
  done: '已答复不予交办。',
};

export const rule: MoveSpec = {
  move: 'rule',
  isMeant: () => true,
  missing: (said, { desk }) => {
    if (unitsIn(said.text, desk).length === 0)
      return '请写明由哪个单位主办(第一个单位)、哪些单位协办,以及理由和依据。';
    return reasonBeside(said.text, desk) ? null : '请写明裁定的理由和依据。';
  },
  make: (said, { desk, assignment }) => {
    const [lead = '', ...support] = unitsIn(said.text, desk);
    return { kind: 'rule', lead, support, text: said.text.trim(), ...(assignment && { assignment }) };
  },
  done: '已裁定。',
};
