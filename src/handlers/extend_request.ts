/** 延期: asked for, granted, refused. */
import type { Request } from '../core/request.js';
import type { Context, Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { addDays, toLocal } from '../calendar/local.js';
import { endOfWork, workdayFrom } from '../calendar/workdays.js';
import { wordsField } from './shared/move-form.js';
import { commandOf, MIN_REASON, nothing, needs } from './shared/act-words.js';
import { actorIn } from './shared/requests.js';
import type { HandlerDeps } from './deps.js';
import { saidAnew, untilIn, wrongUntil, type Reckoned } from './shared/extension-until.js';
import { isWish, moreDaysIn } from '../nlu/slots.js';
import { caseOf, type RequestCase } from '../requests/case.js';
import { answerDueOf } from '../requests/clock.js';
import { isActive } from '../requests/log.js';
import { endOf } from '../requests/durations.js';
import type { RequestWorld } from '../requests/effects.js';
import type { Actor } from '../requests/moves.js';
import { actsFor } from '../requests/permissions.js';

const GRANTS = /同意|批准|准予/;
const REFUSES = /不同意|不批准|不予|驳回/;
/** The word that calls it says which: “同意延期 QS-…”. */
const saidIn = (ctx: Context): string => `${commandOf(ctx)} ${ctx.text}`;

const grant: MoveSpec = {
  move: 'grant-extension',
  isMeant: ({ action, ctx }) =>
    action === 'req-grant' || (action === '' && GRANTS.test(saidIn(ctx)) && !REFUSES.test(saidIn(ctx))),
  missing: nothing,
  make: (_, { assignment }) => ({ kind: 'grant-extension', ...(assignment && { assignment }) }),
  done: '已同意延期。',
};

const refuse: MoveSpec = {
  move: 'refuse-extension',
  isMeant: ({ action, ctx }) => action === 'req-refuse' || (action === '' && REFUSES.test(saidIn(ctx))),
  missing: needs('请写明不同意延期的理由。'),
  make: (said, { assignment }) => ({
    kind: 'refuse-extension',
    reason: said.text.trim(),
    ...(assignment && { assignment }),
  }),
  done: '已答复不同意延期。',
};

/** 这个得延期, 申请延几天: neither why nor until when. */
const BARE =
  /[这那](?:个|件|边)?(?:事情?)?|我们?|[咱俺]们?|申请|请求?|延期|延长|宽限|展期|延后|推迟|[延缓晚拖](?:几[天日]|些|点|一下)?|几[天日个]|一下|[得要想需再能会吧吗呢行不可以了恐怕可能应该希望][^\S\n]?|[,\uff0c。!\uff01?\uff1f\s]/g;

const askExtension: MoveSpec = {
  move: 'ask-extension',
  isMeant: () => true,
  missing: ({ text, filled }, { ctx, world, request }) => {
    if (filled?.['until'] !== undefined) return null;
    const on = reckoned(ctx, world, request);
    const said = saidAnew(text, on);
    if (said.replace(BARE, '').length < MIN_REASON) return '请写明延期理由,以及预计何时办完。';
    return wrongUntil(said, on);
  },
  form: {
    fields: ({ text }) => [
      wordsField(text, '延期理由'),
      { kind: 'day', name: 'until', label: '预计办完的日期' },
    ],
    wordsOf: ({ text = '' }) => text,
  },
  make: (said, { ctx, world, request, assignment, actor }) => {
    const until = said.filled?.['until'];
    if (until !== undefined)
      return {
        ...{ kind: 'ask-extension', reason: said.text.trim(), untilAt: endOfWork(world.calendar, until) },
        ...(assignment && { assignment }),
      };
    const reason = saidAnew(said.text, reckoned(ctx, world, request)).trim();
    const { time, isLed = false } = untilIn(reason, { now: ctx.now, calendar: world.calendar }) ?? {};
    const on = caseOf(request, world, ctx.now);
    const due = dueOf(on, actor, assignment);
    // 延期 12月11日 送市里检: what stands first by itself is until when, where it is later than now.
    const isFirst = time?.kind === 'instant' && leads(time, reason) && due !== null && time.at > due;
    const isDated = time?.kind === 'instant' && (isLed || isFirst || isWish(time, reason));
    const untilAt = isDated ? time.at : daysLater(reason, on, due);
    return {
      ...{ kind: 'ask-extension', reason },
      ...(untilAt !== null && { untilAt }),
      ...(assignment && { assignment }),
    };
  },
  done: '已提出延期申请,等待请求单位或督办答复。',
};

/** With the last day that the kind allows. */
function reckoned(ctx: Context, world: RequestWorld, request: Request): Reckoned {
  const on = caseOf(request, world, ctx.now);
  const actor = actorIn(ctx, world);
  const due = actor && dueOf(on, actor);
  const { extension } = on.policy;
  const latest = due !== null && extension ? endOf(extension, due, world.calendar) : null;
  return { now: ctx.now, calendar: world.calendar, latest };
}

const leads = ({ index, text: time }: { index: number; text: string }, text: string): boolean =>
  text.slice(0, index).trim() === '' && /^(?:$|[\s,\uff0c。;\uff1b])/.test(text.slice(index + time.length));

/** The last day now of what the speaker is to answer; null where nothing is. */
function dueOf(on: RequestCase, actor: Actor, id?: string): number | null {
  const own = on.request.assignments.filter((a) => isActive(a) && actsFor(actor, a.organization));
  const part = own.find((a) => a.id === id) ?? own[0];
  return part ? answerDueOf(on, part) : null;
}

/** 晚两天: so many days behind what is now the last; null where no number is said, or nothing is to be answered. */
function daysLater(text: string, on: RequestCase, due: number | null): number | null {
  const days = moreDaysIn(text);
  if (days === null || due === null) return null;
  const { date } = toLocal(due);
  return endOfWork(on.calendar, workdayFrom(on.calendar, addDays(date, days)));
}

export const createExtendRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'extend_request', [refuse, grant, askExtension]);
