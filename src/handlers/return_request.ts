/** 退回: with a reason that names a row or a fact. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { needs } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';

const giveBack: MoveSpec = {
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

export const createReturnRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'return_request', [giveBack]);
