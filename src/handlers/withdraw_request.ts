/** 撤回. */
import type { Handler } from '../core/types.js';
import { createAct } from './act.js';
import type { HandlerDeps } from './deps.js';
import { withdraw } from './moves.js';

export const createWithdrawRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'withdraw_request', [withdraw]);
