/** 延期: asked for, granted, refused. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { nothing, needs } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';
import { parseTime } from '../nlu/dates/parse.js';
import { isWish } from '../nlu/slots.js';

const grant: MoveSpec = {
  move: 'grant-extension',
  isMeant: ({ action, ctx }) =>
    action === 'req-grant' ||
    (action === '' && /同意|批准|准予/.test(ctx.text) && !/不同意|不批准|不予/.test(ctx.text)),
  missing: nothing,
  make: (_, { assignment }) => ({ kind: 'grant-extension', ...(assignment && { assignment }) }),
  done: '已同意延期。',
};

const refuse: MoveSpec = {
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

const askExtension: MoveSpec = {
  move: 'ask-extension',
  isMeant: () => true,
  missing: needs('请写明延期理由,以及预计何时办完。'),
  make: (said, { ctx, world, assignment }) => {
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
