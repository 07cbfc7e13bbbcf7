/** 延期: asked for, granted, refused. */
import type { Context, Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { endOfWork } from '../calendar/workdays.js';
import { wordsField } from './shared/move-form.js';
import { commandOf, nothing, needs } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';
import { parseTime } from '../nlu/dates/parse.js';
import { isWish } from '../nlu/slots.js';

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
  make: (said, { ctx, world, assignment }) => {
    const until = said.filled?.['until'];
    if (until !== undefined)
      return {
        ...{ kind: 'ask-extension', reason: said.text.trim(), untilAt: endOfWork(world.calendar, until) },
        ...(assignment && { assignment }),
      };
    const time = parseTime(said.text, { now: ctx.now, calendar: world.calendar, purpose: 'deadline' });
    return {
      kind: 'ask-extension',
      reason: said.text.trim(),
      ...(time?.kind === 'instant' && isWish(time, said.text) && { untilAt: time.at }),
      ...(assignment && { assignment }),
    };
  },
  done: '已提出延期申请,等待请求单位或督办答复。',
};

export const createExtendRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'extend_request', [refuse, grant, askExtension]);
