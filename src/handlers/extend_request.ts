/** 延期: asked for, granted, refused. */
import type { Context, Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { addDays, toLocal } from '../calendar/local.js';
import { endOfWork, workdayFrom } from '../calendar/workdays.js';
import { wordsField } from './shared/move-form.js';
import { commandOf, nothing, needs } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';
import { parseTime } from '../nlu/dates/parse.js';
import { isWish, moreDaysIn } from '../nlu/slots.js';
import { caseOf, type RequestCase } from '../requests/case.js';
import { answerDueOf } from '../requests/clock.js';
import { isActive } from '../requests/log.js';
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

const askExtension: MoveSpec = {
  move: 'ask-extension',
  isMeant: () => true,
  missing: needs('请写明延期理由,以及预计何时办完。'),
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
    const time = parseTime(said.text, { now: ctx.now, calendar: world.calendar, purpose: 'deadline' });
    const isDated = time?.kind === 'instant' && isWish(time, said.text);
    const untilAt = isDated
      ? time.at
      : daysLater(said.text, caseOf(request, world, ctx.now), actor, assignment);
    return {
      kind: 'ask-extension',
      reason: said.text.trim(),
      ...(untilAt !== null && { untilAt }),
      ...(assignment && { assignment }),
    };
  },
  done: '已提出延期申请,等待请求单位或督办答复。',
};

/** 晚两天: so many days behind what is now the last; null where no number is said, or nothing is to be answered. */
function daysLater(text: string, on: RequestCase, actor: Actor, id?: string): number | null {
  const days = moreDaysIn(text);
  const own = on.request.assignments.filter((a) => isActive(a) && actsFor(actor, a.organization));
  const part = own.find((a) => a.id === id) ?? own[0];
  if (days === null || !part) return null;
  const { date } = toLocal(answerDueOf(on, part));
  return endOfWork(on.calendar, workdayFrom(on.calendar, addDays(date, days)));
}

export const createExtendRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'extend_request', [refuse, grant, askExtension]);
