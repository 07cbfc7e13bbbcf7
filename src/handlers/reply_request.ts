/** 答复, 办结, 补充说明. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { MIN_REASON, commandOf, needs, nothing, byWords } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';
import type { Act, Actor } from '../requests/moves.js';
import { isBareDone, isDone, isProgress, PROGRESS_HEAD } from '../requests/move-words.js';
import type { RequestWorld } from '../requests/effects.js';
import { parseTime } from '../nlu/dates/parse.js';
import { askOfDone, isAnsweredByWork, unsaidIn } from '../requests/done-words.js';
import { ADOPTION_LABELS, adoptionIn } from '../requests/adoption.js';
import { currentLead, isPaused } from '../requests/log.js';
import { actsFor, isCallerSide } from '../requests/permissions.js';
import type { FormField } from '../core/form.js';
import { ADOPTIONS, wantsAdoption, type Request } from '../core/request.js';
import { wordsField } from './shared/move-form.js';
import { offerToKeep } from './shared/inquiry.js';
import { actorIn } from './shared/requests.js';

/** What is said of a later time is a plan, no promise. */
const PROMISE_MAX_MS = 60 * 86_400_000;

const CONSENT: FormField = {
  ...{ kind: 'choice', name: 'consent', label: '结论', isRequired: true },
  options: [
    { label: '同意', value: 'yes' },
    { label: '不同意', value: 'no' },
  ],
};
const ADOPTED = {
  ...{ kind: 'choice', name: 'adopted', label: '结论', isRequired: true },
  options: ADOPTIONS.map((value) => ({ label: ADOPTION_LABELS[value], value: value as string })),
} satisfies FormField;

/** Asked for where the answer is filled in; nobody has to. */
const DONE: FormField[] = [
  { kind: 'words', name: 'when', label: '什么时候办的' },
  { kind: 'words', name: 'who', label: '由谁办的' },
];

/** 坑填平了,答复一下: the word that calls it is no part of what is answered. */
const CALLS_ANSWER =
  /(?<=\S{2}[,\uff0c。;\uff1b\s]{1,3})(?:就|先|请|可以|能)?(?:这样)?答复(?:一下|下|吧|了|他们|镇里)?[。!\uff01]?$/;

const answer: MoveSpec = {
  move: 'answer',
  isMeant: () => true,
  missing: (said, { request, ctx, world }) => {
    const isBare = ctx.match.via === 'example' && said.attachments.length === 0 && isBareDone(said.text);
    if (said.text.trim().length < MIN_REASON || isBare)
      return isAnsweredByWork(request)
        ? '请写明办理情况和结果(办了什么、什么时候、由谁办的),可附照片。'
        : '请写明办理情况和结果,可附照片。';
    const { consent, adopted } = said.filled ?? {};
    const isOther =
      (consent !== undefined && request.kind === 'consent' && consentIn(said.text) !== (consent === 'yes')) ||
      (adopted !== undefined && wantsAdoption(request) && adoptionIn(said.text) !== adopted);
    if (isOther) return '所选的结论与说明中写的不一致,请核对后重新填写。';
    if (request.kind === 'consent' && consentIn(said.text) === null)
      return '请明确答复“同意”或“不同意”,可说明理由。';
    if (wantsAdoption(request) && isLeadOf(request, actorIn(ctx, world)) && adoptionIn(said.text) === null)
      return '请明确答复“采纳”“部分采纳”或“不采纳”,并写明理由。';
    return null;
  },
  form: {
    fields: ({ text, request, ctx, world }) => [
      ...(request.kind === 'consent' ? [CONSENT] : []),
      ...(wantsAdoption(request) && isLeadOf(request, actorIn(ctx, world)) ? [ADOPTED] : []),
      wordsField(text, '办理情况和结果'),
      ...(isAnsweredByWork(request) ? DONE : []),
    ],
    wordsOf: ({ consent, adopted, text = '', when, who }) =>
      [
        consent === undefined ? '' : consent === 'yes' ? '同意' : '不同意',
        ADOPTED.options.find(({ value }) => value === adopted)?.label ?? '',
        text,
        when ? `办理时间:${when}` : '',
        who ? `办理人:${who}` : '',
      ]
        .filter(Boolean)
        .join('。'),
  },
  make: (said, { request, assignment }) => {
    const consent = request.kind === 'consent' ? consentIn(said.text) : null;
    const adopted = wantsAdoption(request) ? adoptionIn(said.text) : null;
    return {
      kind: 'answer',
      text: said.text.trim().replace(CALLS_ANSWER, ''),
      attachments: said.attachments,
      ...(consent !== null && { consent }),
      ...(adopted !== null && { adopted }),
      ...(assignment && { assignment }),
    };
  },
  done: ([act], request, { world }) => {
    const isAsked = act?.kind === 'answer' && isAnsweredByWork(request) && !act.attachments?.length;
    const unsaid = isAsked ? unsaidIn(act.text, world.directory) : [];
    return `已答复,等待请求单位评价。${askOfDone(unsaid, request.number)}`;
  },
  isPlain: isDone,
};

/** Units that are asked for their view beside the lead do not decide. */
const isLeadOf = (request: Request, actor: Actor | null): boolean => {
  const lead = currentLead(request);
  return actor !== null && lead !== null && actsFor(actor, lead.organization);
};

function consentIn(text: string): boolean | null {
  if (/不同意|不赞成|反对|不予同意/.test(text)) return false;
  return /同意|赞成|无异议|没有意见|无意见/.test(text) ? true : null;
}

const GOES_ON =
  /接着|继续|(?:再|还)(?:去|来|得|要)?(?:蹲|盯|守|巡|找|搜|查|看|跑|问|试|碰)|蹲[守点]?|盯着|守着|巡[查逻]/;
const ENDS = /[好完通亮齐妥净成]|答复|回话|结果|恢复|解决|到位|给(?:你|您|镇|个)/;
/** By when it will be done: "明天修好". A time at which something else happens is read as well, and only asked about. */
function promisedIn(text: string, now: number, { calendar }: RequestWorld): number | null {
  const time = parseTime(text, { now, calendar, purpose: 'deadline' });
  // 今晚接着蹲: by then nothing is done.
  if (time && GOES_ON.test(text.slice(time.index)) && !ENDS.test(text.slice(time.index))) return null;
  return time?.kind === 'instant' && time.at > now && time.at < now + PROMISE_MAX_MS ? time.at : null;
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

const closeUnsolved: MoveSpec = {
  move: 'close-unsolved',
  isMeant: byWords('req-unsolved', /^(?:按)?未解决结案/),
  missing: needs('请写明为什么现在解决不了。'),
  make: (said) => ({ kind: 'close-unsolved', reason: said.text.trim() }),
  done: '已按未解决结案,原因已记入。',
};

const SUPPLIES = /^再?补充?(?:说明|情况|一下|一句|一点)?[:\uff1a,\uff0c\s]+(?=\S)/;
/** 补充一下,…; 进展:…: the word that calls it is no part of what is added. */
const withoutCall = (text: string): string =>
  text.replace(SUPPLIES.test(text) ? SUPPLIES : PROGRESS_HEAD, '');
/** 名单明天补: what a unit waits for is only promised. */
const LATER =
  /(?:稍[后等]|等[下会]|晚[点些]|回头|改天|明[天早]|后天|下午|马上|尽快|正在?|这就)[^,\uff0c。;\uff1b]{0,8}(?:补|给|发|报|送|提供|找|问|查|核实|统计)|[还正]在[^,\uff0c。;\uff1b]{0,4}(?:找|查|问|统计|核|收集)|还没(?:找|查|问|统计|核|收|拿)|(?:补|给|提供|拿)不(?:了|出)/;

const addNote: MoveSpec = {
  move: 'note',
  isMeant: byWords('req-note', /^补充/),
  missing: (said) =>
    said.text.trim().length >= MIN_REASON || said.attachments.length > 0
      ? null
      : '请发送要补充的说明或照片。',
  make: (said, { ctx, world, request, assignment, actor }) => {
    const text = withoutCall(said.text.trim());
    const isSupplied =
      isCallerSide(actor, request) &&
      request.assignments.some((it) => isPaused(request, it)) &&
      !LATER.test(text);
    if (isSupplied) return { kind: 'resume', text: text || '已补充附件', attachments: said.attachments };
    // What a reading found (readings/case-speech.ts), or what the words say.
    const goesOn = isProgress(said.text) || ctx.match.slots['progress'] === 'yes';
    const promisedAt = goesOn ? promisedIn(said.text, ctx.now, world) : null;
    const note: Act = {
      kind: 'note',
      ...(goesOn && { isProgress: true, ...(promisedAt !== null && { promisedAt }) }),
      text,
      attachments: said.attachments,
      ...(assignment && { assignment }),
    };
    // Who says how it goes on has seen it.
    const waits = request.assignments.some((a) => actsFor(actor, a.organization) && a.status === 'waiting');
    return waits && goesOn ? [{ kind: 'sign' }, note] : note;
  },
  done: (acts) =>
    acts.length > 1
      ? '已签收,进展已告知请求单位。'
      : acts.some(({ kind }) => kind === 'resume')
        ? '已补充,办理计时恢复。'
        : '已补充。',
  isPlain: () => true,
};

export function createReplyRequest(deps: HandlerDeps): Handler {
  const act = createAct(deps, 'reply_request', [addNote, closeUnsolved, conclude, answer]);
  return async (ctx) => {
    const effects = await act(ctx);
    return [...effects, ...offerToKeep(effects, ctx, deps)];
  };
}
