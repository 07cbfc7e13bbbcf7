/** 撤回. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { needs } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';

const withdraw: MoveSpec = {
  move: 'withdraw',
  isMeant: () => true,
  missing: needs('请写明撤回原因。'),
  make: (said) => ({ kind: 'withdraw', reason: said.text.trim() }),
  done: '已撤回。',
};

export const createWithdrawRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'withdraw_request', [withdraw]);
