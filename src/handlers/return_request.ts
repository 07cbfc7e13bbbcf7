/** 退回: with a reason that names a row or a fact. */
import type { Handler } from '../core/types.js';
import { createAct } from './act.js';
import type { HandlerDeps } from './deps.js';
import { giveBack } from './moves.js';

export const createReturnRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'return_request', [giveBack]);
